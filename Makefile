# Rahdari. `make help` tells what there is; README.md tells the rest.

SHELL := /bin/sh
.DEFAULT_GOAL := help
# Where bytecode may not be kept, every start compiles thousands of modules anew: 12 seconds instead of 2.
unexport PYTHONDONTWRITEBYTECODE
export RASA_TELEMETRY_ENABLED := false
export SQLALCHEMY_SILENCE_UBER_WARNING := 1
export PYTHON

BIN := .venv/bin
PORT ?= 5005
UV ?= uv

.PHONY: help run chat test setup ingest lock

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 16

run: setup ## set up, read the documents, serve the bot: make run PORT=5006 elsewhere than at 5005
	@$(BIN)/rahdari serve --port $(PORT)

chat: setup ## set up, read the documents, talk to the bot in the terminal
	@$(BIN)/rahdari chat

test: setup ## set up and run every test there is
	@scripts/test

setup: ## make .venv from requirements.txt; PYTHON=/path/to/python3.10 names the interpreter
	@scripts/set-up

ingest: setup ## read the documents into the store anew where they changed
	@$(BIN)/rahdari ingest

lock: ## write requirements.txt, with hashes, from pyproject.toml (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: pip install uv, or make lock UV=/path/to/uv" >&2; exit 1; }
	@python=$$(scripts/find-python) && $(UV) pip compile pyproject.toml --quiet --extra dev --generate-hashes \
		--python "$$python" --no-python-downloads --no-emit-index-url --no-emit-find-links \
		--custom-compile-command "make lock" --output-file requirements.txt
