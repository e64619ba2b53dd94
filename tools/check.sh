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
# Twice the cores: most tests wait for a process or a server of their own. Files in the order of tests/conftest.py, not
# those with many tests first: these are the quick ones.
.venv/bin/python -m pytest -n "$((2 * $(getconf _NPROCESSORS_ONLN)))" --dist loadfile --no-loadscope-reorder "$@"
