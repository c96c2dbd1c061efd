"""East Kazakhstan on 25.08.2021, made up around the published figures: docs/figures.md says what is invented."""
