# `make grade` and `make test` are all the set-up that a fresh machine with Python 3.10+ needs.
PYTHON ?= python3
JOBS ?= 2
RUN := .venv/bin/python
CLASS := grades/example_class/submissions
GRADES := grades/example_class

.PHONY: help install build grade test validate test-slow test-corpus test-docker test-docker-quick test-browser test-install test-gpu attacks attacks-grade benchmark lint format types check lock pictures clean

help:
	@echo "make grade    build hw4_mlp and grade the example class"
	@echo "make test     run the tests"
	@echo "make test-slow  run all that takes long: a class of 200 killed in the middle, full disks, kernels"
	@echo "make validate try every question on its right, wrong, stock and hostile answers"
	@echo "make test-docker  build the grading image and grade in real containers, half an hour"
	@echo "make test-browser  do in JupyterLab what a student does, where Chromium is"
	@echo "make test-install  set up a student's machine from each zip alone, and run its notebook there"
	@echo "make test-gpu     run every lesson, and the answers on tensors of a GPU, where there is one"
	@echo "make attacks  run the suite of hostile submissions, a quarter of an hour"
	@echo "make benchmark  measure beside plain Otter, write docs/performance.md, ten minutes"
	@echo "make build    build every assignment that has a master"
	@echo "make check    lint, types and tests"
	@echo "make install  make .venv (the others do it when needed)"

install:
	@$(PYTHON) -c 'import sys; sys.exit("The kit needs Python 3.10 or newer, and $(PYTHON) is %d.%d; name another one: make install PYTHON=python3.12" % sys.version_info[:2] if sys.version_info < (3, 10) else 0)'
	@$(PYTHON) tools/install.py

build: install
	$(RUN) -m autograder build

grade: install
	$(RUN) -m autograder build hw4_mlp
	$(RUN) -m tests.example_class $(CLASS)
	$(RUN) -m autograder grade hw4_mlp $(CLASS) --out $(GRADES) --jobs $(JOBS)

test: install
	$(RUN) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder \
		-m "not attack and not browser and not corpus and not docker and not gpu and not install and not long"

# A class of two hundred, killed in the middle and in any order; full disks; and, once more, every lesson in a kernel.
test-slow: install
	$(RUN) -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder -m "(slow or long) and not attack and not docker"

validate: build
	$(RUN) -m autograder validate --jobs $(JOBS)

# Every notebook of tests/notebooks through `autograder check`, `otter run` and a Jupyter kernel too, a quarter of an hour.
test-corpus: install
	$(RUN) -m pytest -n $(JOBS) tests/test_corpus.py -m corpus

# With the Docker engine that is there, else as root with one that is started for it: see tests/docker/engine.py.
test-docker: install
	$(RUN) -m pytest tests/docker -m docker

# Both ways of building the image, the example class, ways out of the container: about five minutes.
test-docker-quick: install
	$(RUN) -m pytest tests/docker -m "docker and not slow"

# JupyterLab on a student's folder, in headless Chromium, where there is one.
test-browser: install
	$(RUN) -m pytest tests/browser -m browser

# From the zips alone, in environments made by their README, with packages from the internet: half an hour.
test-install: install
	$(RUN) -m pytest -s tests/install -m install

# On a machine with CUDA, in an environment whose torch was built for it. Skipped with a word where there is none.
test-gpu: install
	$(RUN) -m pytest tests/test_gpu.py -m gpu

# Take a machine for themselves: loops, memory and fork storms, as root and as an ordinary user.
attacks: install
	$(RUN) -m pytest tests/test_attacks.py -m attack
	FUZZ=whole $(RUN) -m pytest tests/test_fuzz.py

# Through `autograder grade` only, and as an ordinary user what attacks the machine: a quarter of the time.
attacks-grade: install
	$(RUN) -m pytest tests/test_attacks.py -m "attack and not slow"

# Beside plain Otter, on the same notebooks: a quiet machine, please. Less: make benchmark SIZES=1,10 PLAIN=1
SIZES ?= 1,10,60,240
PLAIN ?= 4
benchmark: install
	$(RUN) -m autograder build hw4_mlp
	$(RUN) -m benchmarks --sizes $(SIZES) --plain $(PLAIN) --jobs $(JOBS) --write

lint: install
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

format: install
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

types: install
	$(RUN) -m mypy

check: lint types test

# The locks for every platform and every Python from 3.10 on: of the kit, and of the grading image, which has the
# same versions of what grading needs.
LOCK := -m uv pip compile pyproject.toml tools/torch.in --universal --python-version 3.10 --no-annotate \
	--no-emit-index-url --quiet --custom-compile-command "make lock"
lock: install
	$(RUN) $(LOCK) --extra dev --override tools/not_in_kit.txt -o requirements.lock
	$(RUN) $(LOCK) --constraint requirements.lock --override tools/not_in_image.txt \
		-o autograder/authoring/recipe/requirements.txt

# The pictures in README, of a made-up class. Needs Chromium on the path.
pictures: install
	$(RUN) -m autograder build hw4_mlp
	$(RUN) -m tests.made_up_class grades/made_up
	$(RUN) -m autograder grade hw4_mlp grades/made_up/submissions --out grades/made_up/reports \
		--roster grades/made_up/students.csv --jobs $(JOBS)
	$(RUN) -m tools.pictures grades/made_up/reports brandtkaya_1030

clean:
	rm -rf dist grades build .pytest_cache .mypy_cache .ruff_cache autograder.egg-info
