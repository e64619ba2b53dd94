#!/bin/sh
# Sets up and runs the demo: offline but for the installation, no configuration.
cd "$(dirname "$0")/.."
extra=
. tools/setup.sh
exec .venv/bin/verifier demo "$@"
