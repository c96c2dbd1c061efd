"""How dates and numbers are written in each language. What is not said here, Django says."""
