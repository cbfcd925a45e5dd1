# The whole daily vocabulary. Every target prepares .venv first; that costs nothing when it is ready.
.PHONY: setup run dev test check bench docs
BIN := .venv/bin
JOBS ?= 2
TESTS ?= tests

setup:          ## the environment and the built desk, nothing else
	@tools/setup
	@tools/web

run: setup      ## the product on http://127.0.0.1:8000, data in ./data (or $ZHIKE_HOME)
	@$(BIN)/zhike serve

dev: setup      ## the same for developers: data in ./.data, pages that follow every keystroke on :5173
	@tools/dev

test: setup     ## all tests; TESTS=tests/unit for some
	@tools/browser >/dev/null
	@$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

check: setup    ## format, lint, types, floors, packages; the same for web/
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/audit.py
	tools/web check

bench: setup    ## how fast, against a floor without a product
	@$(BIN)/python -m bench

docs: setup     ## the generated reference, the operations the pages may ask for, pictures of the pages
	@$(BIN)/python tools/reference.py
	@$(BIN)/python -m tools.web_operations
	@$(BIN)/python -m tools.pictures
