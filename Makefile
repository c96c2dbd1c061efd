# Everything one does here. Needs Python 3.11 or newer, and nothing else; `make run` first.
PYTHON ?= python3
VERB = @exec $(PYTHON) config/bootstrap.py $@ $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help run test check fix bench messages screenshots reset

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.* ## /  make \1\t/p' Makefile | expand -t 22

run: ## The whole portal with sample data, on http://127.0.0.1:8000/ (PORT=…, HOST=…)
	$(VERB)

test: ## The whole suite (ARGS="-k name"; ARGS=--cov with coverage)
	$(VERB)

check: ## Format, lint, types, imports, migrations, settings
	$(VERB)

fix: ## Repair format and lint where a tool can
	$(VERB)

bench: ## The measurements
	$(VERB)

messages: ## Bring new sentences into the catalogues
	$(VERB)

screenshots: ## The pictures in README.md, taken anew
	$(VERB)

reset: ## Delete the database, the sample and the logs of `make run`
	$(VERB)
