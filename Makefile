PYTHON := .venv/bin/python
CATALOGUE := quiz/locale/id/LC_MESSAGES/netral

.PHONY: install test check lint types imports bank messages schema snapshots bench

install:  ## a virtual environment with everything a contributor needs
	python3 -m venv .venv
	.venv/bin/pip install -e '.[dev]'

check: test lint types imports bank  ## what has to pass before a change is offered

test:
	.venv/bin/pytest

lint:
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .

types:
	.venv/bin/mypy

imports:
	.venv/bin/lint-imports

bank:  ## every quote of the bundled bank, against its source
	.venv/bin/netral check

messages:  ## bring the catalogue up to date with the code, and compile it
	.venv/bin/pybabel -q extract -k _ -k N_ -k n_:1,2 --no-location --sort-output -o $(CATALOGUE).pot quiz
	@# Babel's header names people and times; the catalogue's own, up to its first empty line, stays.
	sed '/^$$/q' $(CATALOGUE).po > $(CATALOGUE).head
	.venv/bin/pybabel -q update --omit-header --no-wrap --no-fuzzy-matching --ignore-obsolete -l id -i $(CATALOGUE).pot -o $(CATALOGUE).po
	cat $(CATALOGUE).head $(CATALOGUE).po > $(CATALOGUE).pot
	mv $(CATALOGUE).pot $(CATALOGUE).po
	rm $(CATALOGUE).head
	.venv/bin/pybabel -q compile -l id -i $(CATALOGUE).po -o $(CATALOGUE).mo

schema:  ## write the format of a scenario anew from the models, for editors
	.venv/bin/netral --lang en schema > quiz/scenario.schema.json

snapshots:  ## write the pictures of the screens anew; look at each before you commit it
	.venv/bin/pytest -n 0 tests/tui --snapshot-update

bench:  ## ratios against a bare Textual app and PyYAML's own reader; limits of a long history; a room's load and crashes
	$(PYTHON) tests/bench/speed.py
	$(PYTHON) tests/bench/limits.py
	$(PYTHON) tests/bench/crash.py
	$(PYTHON) tests/bench/load.py
