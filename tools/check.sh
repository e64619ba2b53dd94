#!/bin/sh
# Sets up and runs every check: lint, types, the import contract, the wheel alone, the tests.
cd "$(dirname "$0")/.."
extra=dev
. tools/setup.sh
set -x
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy
.venv/bin/lint-imports
sh tools/smoke_wheel.sh
.venv/bin/python -m pytest -n auto --dist loadfile "$@"
