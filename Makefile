# The two commands of the README: `make run` and `make test`. Both make the environment first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test catalogues clean

run: $(VENV)/.run
	$(BIN)/atrama run

test: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy --strict bot knowledge referrals
	$(BIN)/atrama knowledge check
	$(BIN)/pytest -n auto --dist worksteal $(PYTEST_FLAGS)

$(VENV)/.run: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# After a change of sentences: extract them and bring the three catalogues up to date.
catalogues: $(VENV)/.dev
	$(BIN)/pybabel -q extract -F pyproject.toml --no-location --sort-output -c "Translators:" --project Atrama --version 1 -o locales/bot.pot .
	for language in lt en uk; do \
	  $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete -w 100 -D bot -i locales/bot.pot -d locales -l $$language; \
	done

clean:
	rm -rf $(VENV) .var
