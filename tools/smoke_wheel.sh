#!/bin/sh
# The built wheel, alone in a clean environment without any development tool, runs the demo: with the newest versions of
# the libraries, and with the lowest that pyproject.toml allows.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
.venv/bin/python -m build --wheel --outdir "$work/dist" . >"$work/build.log" 2>&1 || { cat "$work/build.log" >&2; exit 1; }
.venv/bin/python -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$work"/dist/*.whl
cd "$work"
"$work/venv/bin/verifier" demo --data "$work/demo" >"$work/demo.log" || { cat "$work/demo.log" >&2; exit 1; }
"$work/venv/bin/verifier" archive check --data "$work/demo"
"$work/venv/bin/verifier" report --data "$work/demo" --format json |
    "$work/venv/bin/python" -c 'import json, sys; found = len(json.load(sys.stdin)["findings"]); print("wheel: demo gave", found, "findings"); sys.exit(not found)'
"$work/venv/bin/python" - "$work/demo" <<'PYTHON'
import sys
from pathlib import Path

from db.store import Store
from verifier.review.app import create_app
from verifier.settings import Settings

settings = Settings(data=Path(sys.argv[1]))
with Store.open(settings.store_url) as store:
    desk = create_app(settings, store, ("false",)).test_client()
    for path in ("/", "/documents/1", "/static/desk.css", "/static/desk.js", "/static/htmx.min.js", "/static/icon.svg"):
        answer = desk.get(path, headers={"Host": "localhost"})
        assert answer.status_code == 200, path
print("wheel: the desk answers")
PYTHON

"$OLDPWD/.venv/bin/uv" venv --quiet --python "$OLDPWD/.venv/bin/python" "$work/lowest"
"$OLDPWD/.venv/bin/uv" pip install --quiet --python "$work/lowest/bin/python" --resolution lowest-direct \
    -r "$OLDPWD/pyproject.toml"
"$OLDPWD/.venv/bin/uv" pip install --quiet --python "$work/lowest/bin/python" --no-deps "$work"/dist/*.whl
"$work/lowest/bin/verifier" demo --data "$work/demo-lowest" >"$work/lowest.log" 2>&1 || { cat "$work/lowest.log" >&2; exit 1; }
echo "wheel: the demo runs with the lowest versions"
