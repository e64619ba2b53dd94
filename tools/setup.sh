# Sourced by the other scripts: a virtual environment in .venv with this project and, if asked, its development tools.
# usage: extra=dev; . tools/setup.sh (dash passes no arguments to a sourced file)
set -eu
PYTHON=${PYTHON:-}
if [ -z "$PYTHON" ]; then
    for candidate in python3.11 python3.12 python3.13 python3; do
        if command -v "$candidate" >/dev/null 2>&1 &&
            "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHON=$candidate
            break
        fi
    done
fi
if [ -z "$PYTHON" ]; then
    echo "Verifier needs Python 3.11 or newer; install it, or name it: PYTHON=/path/to/python3.11 $0" >&2
    exit 2
fi
quiet=--quiet
if [ ! -x .venv/bin/verifier ]; then
    echo "Installing Verifier and its libraries into .venv; this takes a minute or two, once." >&2
    quiet=
    "$PYTHON" -m venv .venv
fi
# shellcheck disable=SC2086 - one option or none
.venv/bin/python -m pip install $quiet --disable-pip-version-check -e ".${extra:+[$extra]}" >&2
