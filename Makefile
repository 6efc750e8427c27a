# Everything starts here: `make demo` shows the tool at work, `make test` proves it.
# Both install what they need into .venv and .fonts and, as root or with sudo, from Debian's packages.

export DEBIAN_FRONTEND = noninteractive
export LANG = C.UTF-8
export LC_ALL = C.UTF-8
SHELL = /bin/bash
.SHELLFLAGS = -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += -j2 --no-print-directory

VENV ?= .venv
DEMO ?= demo
PYTHON = $(VENV)/bin/python
UV = $(VENV)/bin/uv
PYTEST = $(PYTHON) -m pytest
SAY = @printf '== %s\n'

# libpango: PDF. Noto: characters that Fandol lacks. The servers: what the demo scans.
DEMO_PACKAGES = libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk \
                nmap openssh-server nginx-light redis-server
TEST_PACKAGES = postgresql vsftpd poppler-utils chromium chromium-sandbox \
                libreoffice-calc-nogui libreoffice-writer-nogui

.PHONY: help demo test quick lint format catalogue reference lock clean \
        ready-demo ready-test debian-demo debian-test fonts-demo fonts-test

help:
	@echo 'make demo       install what is needed, then run the main job on a small lab on loopback'
	@echo 'make test       lint, types, layers, and the whole test suite'
	@echo 'make quick      the same without the slow tests'
	@echo 'make lint       ruff, mypy, import-linter     make format    let ruff write the layout'
	@echo 'make catalogue  compile the translations      make lock      work out requirements/ anew'
	@echo 'make reference  write docs/reference/ from the code'
	@echo 'make clean      remove what these made'

demo: ready-demo
	$(SAY) 'demo: the main job, from the inventory to the report, into $(DEMO)/'
	@rm -rf $(DEMO) # what an earlier demo left: all of it is sample
	@$(VENV)/bin/secops demo $(DEMO)

test: lint
	$(SAY) 'test: the whole suite'
	@$(PYTEST) $(PYTEST_ARGS)

quick: lint
	$(SAY) 'test: all but the slow ones'
	@$(PYTEST) -m 'not slow' $(PYTEST_ARGS)

lint: ready-test
	$(SAY) 'lint: ruff'
	@$(PYTHON) -m ruff check --quiet
	@$(PYTHON) -m ruff format --check --quiet || { echo 'not formatted: run make format'; exit 1; }
	$(SAY) 'types: mypy --strict'
	@$(PYTHON) -m mypy
	$(SAY) 'layers: import-linter'
	@$(VENV)/bin/lint-imports --no-cache --no-logo

format: $(VENV)/test.stamp
	@$(PYTHON) -m ruff check --fix --exit-zero --quiet
	@$(PYTHON) -m ruff format

# ---- Set-up. Debian's packages and Python's are independent of each other and run side by side. ----

MO = secops/locale/zh_CN/LC_MESSAGES/secops.mo
PO = $(wildcard secops/locale/zh_CN/LC_MESSAGES/*.po)

ready-demo: fonts-demo $(VENV)/demo.stamp
	@$(PYTHON) tools/compile_catalogue.py
ready-test: fonts-test $(VENV)/test.stamp
	@$(PYTHON) tools/compile_catalogue.py

catalogue: $(VENV)/demo.stamp
	@$(PYTHON) tools/compile_catalogue.py

reference: $(VENV)/test.stamp catalogue
	$(SAY) 'docs: the pages that are made from the code'
	@$(PYTHON) tools/make_command_reference.py
	@$(PYTHON) tools/make_template_reference.py

debian-demo:
	@tools/install_debian $(DEMO_PACKAGES)
debian-test:
	@tools/install_debian $(DEMO_PACKAGES) $(TEST_PACKAGES)

fonts-demo: debian-demo
	@tools/get_fandol .fonts
fonts-test: debian-test
	@tools/get_fandol .fonts

# The demo installs over what is there, so that it never takes the tests' packages away.
$(VENV)/demo.stamp: requirements/build.txt requirements/demo.txt pyproject.toml tools/install_python
	@test $(VENV)/test.stamp -nt requirements/demo.txt || \
		tools/install_python $(VENV) requirements/demo.txt
	@touch $@

$(VENV)/test.stamp: requirements/build.txt requirements/test.txt pyproject.toml tools/install_python
	@tools/install_python $(VENV) requirements/test.txt
	@touch $@

lock: $(VENV)/test.stamp
	$(SAY) 'lock: the newest releases that fit together'
	@tools/lock $(UV)

clean:
	rm -rf $(VENV) .fonts $(DEMO) build dist $(MO) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find $(wildcard secops tests tools benchmarks) -name __pycache__ -prune -exec rm -rf {} +
