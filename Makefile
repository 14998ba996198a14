# The two that matter: `make demo` and `make test`. `make help` lists the rest.

VENV ?= .venv
PYTHON ?= python3
PY := $(VENV)/bin/python
SHARED ?= ../shared
TEXTS = --texts $(SHARED)/annotation/segments_labelled.jsonl \
	--texts $(SHARED)/data/segments_unlabelled.jsonl.gz
ANNOTATIONS = annotations/labels.tsv $(TEXTS)
TUNED ?= build/sdgalign-nl-en
# Where pip finds the CPU build of torch, when your machine does not offer it by itself.
TORCH_INDEX ?=
PIP_INSTALL = $(PY) -m pip install --quiet --constraint constraints.txt \
	$(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))

.DEFAULT_GOAL := help
.PHONY: help install demo test lint types unit browser bench reading scale train rehearse heads evaluate corpora pictures fuzz wheel clean

help:  ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

install: $(VENV)/.installed  ## Install sdgalign into .venv

$(VENV)/.pip: constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --upgrade 'pip>=25.1'
	@touch $@

$(VENV)/.installed: $(VENV)/.pip pyproject.toml
	@echo "Installing sdgalign into $(VENV) (a few minutes the first time) ..."
	$(PIP_INSTALL) --editable .
	@touch $@

$(VENV)/.developed: $(VENV)/.installed
	$(PIP_INSTALL) --group dev
	@touch $@

demo: install  ## Analyse the bundled documents and name the reports to open
	$(VENV)/bin/sdgalign analyze corpora/*.pdf --format html --format xlsx --out demo-output
	@echo
	@echo "Open in a browser: $(CURDIR)/demo-output/oevermeer-meerjarenplan-2026-2031.html"
	@echo "or in Excel:       $(CURDIR)/demo-output/oevermeer-meerjarenplan-2026-2031.xlsx"

test: lint types unit  ## Install what is needed, lint, type-check, test

lint: $(VENV)/.developed
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check

types: $(VENV)/.developed
	$(VENV)/bin/mypy

unit: $(VENV)/.developed browser
	$(VENV)/bin/pytest

# The tests of the HTML report drive a real browser; without one they are skipped with a reason.
browser:
	@command -v chromium >/dev/null || [ ! -x /usr/bin/apt-get ] || [ "$$(id -u)" != 0 ] || \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } || \
	echo "no Chromium could be installed: its tests will be skipped"

bench: $(VENV)/.developed  ## Time reading, classifying, the whole and every report
	$(PY) evaluation/bench.py corpora $(wildcard $(SHARED)/pdf/real/vlaams_regeerakkoord_2019.pdf)
	$(PY) evaluation/bench_reports.py $(firstword $(wildcard $(SHARED)/pdf/real/vlaams_regeerakkoord_2019.pdf) \
		corpora/oevermeer-meerjarenplan-2026-2031.pdf)

reading: $(VENV)/.developed  ## Measure reading on known layouts and real files; writes docs/reading.md
	$(PY) evaluation/reading.py --shared $(SHARED) --write docs/reading.md

scale: $(VENV)/.developed  ## Measure whole runs: pages per core, two processes, memory, kill and resume (20 minutes)
	$(PY) evaluation/scale.py --shared $(SHARED) --write

train: $(VENV)/.developed  ## Make models/default again: encoder (2.5 hours on two cores) and heads (6 minutes)
	$(PIP_INSTALL) --group train
	$(PY) evaluation/train_encoder.py --shared $(SHARED) --work build --out $(TUNED)
	$(MAKE) heads

rehearse: $(VENV)/.developed  ## Go through all steps of `make train` on a small part (10 minutes), into build/
	$(PIP_INSTALL) --group train
	$(PY) evaluation/train_encoder.py --shared $(SHARED) --work build --rehearse

heads: $(VENV)/.developed  ## Only the heads of models/default, from the encoder in build/
	$(VENV)/bin/sdgalign train $(ANNOTATIONS) --exemplars annotations/exemplars \
		--splits annotations/splits.json --encoder $(TUNED) --out models/default

evaluate: $(VENV)/.developed  ## Evaluate models/default on held-out documents; writes evaluation/
	$(PIP_INSTALL) --group train
	$(VENV)/bin/sdgalign evaluate $(ANNOTATIONS) --splits annotations/splits.json \
		--previous evaluation/previous.json \
		--goal-texts $(SHARED)/data/goals_en_trail22.csv --out evaluation

corpora: $(VENV)/.developed  ## Render the bundled documents again
	$(PY) corpora/render.py

pictures: $(VENV)/.developed browser  ## Take the README's pictures again
	$(VENV)/bin/sdgalign analyze corpora/oevermeer-meerjarenplan-2026-2031.pdf --lang nl --out demo-output
	$(VENV)/bin/sdgalign compare corpora/oevermeer-bestuursakkoord-2025-2030.pdf corpora/oevermeer-meerjarenplan-2026-2031.pdf --lang nl --format html --out demo-output
	$(PY) docs/pictures.py
	[ ! -d $(SHARED) ] || { $(VENV)/bin/sdgalign run $(SHARED)/data/mjp2026_actions.jsonl.gz --out build/mjp --yes \
	&& $(VENV)/bin/sdgalign overview build/mjp --format json && $(PY) docs/euro_picture.py build/mjp/overview.json; }

fuzz: $(VENV)/.developed  ## Feed broken files to the readers for MINUTES=5; SEED=, CASE= and ONLY= do one again
	$(PY) evaluation/fuzz.py --minutes $(or $(MINUTES),5) $(if $(SEED),--seed $(SEED)) $(if $(CASE),--case $(CASE)) $(if $(ONLY),--only $(ONLY))

wheel: $(VENV)/.developed  ## Build dist/*.whl with the default model inside
	$(PY) -m build --wheel

clean:  ## Remove what the targets above made
	rm -rf $(VENV) build dist demo-output .mypy_cache .ruff_cache .pytest_cache
