#!/usr/bin/env bash
# The check of the GitHub Action (action.yml): runs Verifier, writes SARIF and a summary, and decides whether to fail.
set -euo pipefail

case "$INPUT_FAIL_ON" in
accusations | open | never) ;;
*)
    echo "::error::fail-on is accusations, open or never, not $INPUT_FAIL_ON"
    exit 2
    ;;
esac

paths=()
while IFS= read -r path; do
    [ -z "$path" ] || paths+=("$path")
done <<<"$INPUT_PATHS"
if [ "${#paths[@]}" -eq 0 ]; then
    echo "::error::paths names no document and no folder"
    exit 2
fi
options=(--data "$INPUT_DATA")
[ -z "$INPUT_CONFIG" ] || options+=(--config "$INPUT_CONFIG")

# What is printed quotes documents: a line of theirs is no command to the runner.
mark=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
code=0
echo "::stop-commands::$mark"
verifier run "${options[@]}" -- "${paths[@]}" || code=$?
echo "::$mark::"
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ "$code" -eq 2 ] || [ "$code" -eq 4 ]; then
    exit "$code"
fi

verifier report "${options[@]}" --format sarif --output "$INPUT_SARIF"
echo "sarif=$INPUT_SARIF" >>"$GITHUB_OUTPUT"
report=$(verifier report "${options[@]}")
[ "${#report}" -le 250000 ] || report="${report:0:250000}…" # a summary may have 1 MiB
fence='````'
while [[ "$report" == *"$fence"* ]]; do fence+='`'; done # a document may quote a fence, and must not end ours
printf '%stext\n%s\n%s\n' "$fence" "$report" "$fence" >>"$GITHUB_STEP_SUMMARY"

if [ "$code" -gt 4 ]; then
    exit "$code"
fi
if [ "$code" -eq 3 ]; then
    echo "::warning::The check is not complete; the summary says what is left."
fi
# A check that is not complete may have found something too: the code says only one of both.
read -r new open < <(python - "$INPUT_SARIF" <<'END'
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    (run,) = json.load(file)["runs"]
open_now = [one for one in run["results"] if one["level"] == "error" and "suppressions" not in one]
print(sum(one["baselineState"] == "new" for one in open_now), len(open_now))
END
)
if [ "$new" -gt 0 ] && [ "$INPUT_FAIL_ON" != never ]; then
    echo "::error::There are new accusations ($new); the summary names them."
    exit 1
elif [ "$open" -gt 0 ] && [ "$INPUT_FAIL_ON" = open ]; then
    echo "::error::Accusations are open ($open); the summary names them."
    exit 1
fi
