# `make demo` and `make test` need git, make and Python 3.11 or newer; they set up the rest themselves.
RUN = sh scripts/run
OUT = build/demo
# The example town is written for this day; on a later one its reviews and data would be overdue.
AS_OF = 2026-10-01

FUZZ_SECONDS = 3600
# A number here, and each run tries the same in the same order; else every run goes on where the last one stopped.
FUZZ_SEED =
SOAK_RUNS = 1000

.DEFAULT_GOAL = help
.PHONY: help demo test check lint bench fuzz soak spark docs dev lock sbom audit clean

help:  ## these lines
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 8

demo:  ## the example town: check, attainment, social index, council papers, handbook
	@sh scripts/setup run
	$(RUN) sozplan check --as-of $(AS_OF)
	$(RUN) sozplan status --as-of $(AS_OF)
	$(RUN) sozplan index sozialindex --period 2023 --as-of $(AS_OF)
	$(RUN) sozplan index sozialindex --period 2023 --as-of $(AS_OF) --dossier nordhafen --out $(OUT)/dossier-nordhafen.pdf
	$(RUN) sozplan report --out $(OUT) --trust-templates --as-of $(AS_OF)
	$(RUN) sozplan handbook --out $(OUT)/handbuch.pdf --as-of $(AS_OF)
	@printf '\nFertig. Die PDF-Dateien / Done. The PDF files:\n'
	@ls $(OUT)/*.pdf | sed 's,^,  $(CURDIR)/,'

test:  ## all tests, against the built wheel (ARGS="-k …" for some of them)
	@sh scripts/setup test
	SOZPLAN_TESTS=wheel $(RUN) pytest --numprocesses auto $(ARGS)

check: lint test  ## all that CI checks

lint:  ## style, types, and whether the generated pages are up to date
	@sh scripts/setup test
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) mypy --platform win32 src
	$(RUN) python docs/generate.py --check

bench:  ## measure speed and memory on generated planning repositories
	@sh scripts/setup test
	$(RUN) python bench/run.py

fuzz:  ## broken files for every reader, FUZZ_SECONDS=3600 long on two processes (ARGS="yaml csv" for some readers)
	@sh scripts/setup test
	@$(RUN) python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
		--requirement requirements/fuzz.txt 2>/dev/null || echo "atheris: für diesen Rechner nicht zu haben / not to be had for this machine"
	$(RUN) python -m tests.fuzz.run --seconds $(FUZZ_SECONDS) $(if $(FUZZ_SEED),--seed $(FUZZ_SEED)) $(ARGS)

soak:  ## SOAK_RUNS=1000 checks of the town in one process: no growth of memory, no temporary files
	@sh scripts/setup test
	$(RUN) python -m tests.process.soak $(SOAK_RUNS) .

sbom:  ## what the program consists of, as CycloneDX: build/sbom.cdx.json
	@sh scripts/setup run
	$(RUN) python scripts/sbom.py build/sbom.cdx.json

audit:  ## look up known weaknesses of the locked packages (asks a public database)
	@sh scripts/setup run
	sh scripts/audit

spark:  ## the same answers out of Spark as out of files (450 MB to install, needs Java 17)
	@sh scripts/setup spark
	SOZPLAN_SPARK=1 $(RUN) pytest tests/spark

docs:  ## write the generated pages anew
	@sh scripts/setup test
	$(RUN) python docs/generate.py

dev:  ## for work on the code: sozplan runs from src/
	@sh scripts/setup dev

lock:  ## resolve the dependencies anew (ARGS=--upgrade for the newest)
	@sh scripts/setup run
	sh scripts/lock $(ARGS)

clean:  ## remove all that make has made
	rm -rf .venv .system build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/*/node_modules
