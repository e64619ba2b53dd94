#!/usr/bin/env bash
# The check of the GitHub Action (action.yml): runs Verifier, writes SARIF and a summary, and decides whether to fail.
set -euo pipefail

case "$INPUT_FAIL_ON" in
accusations | never) ;;
*)
    echo "::error::fail-on is accusations or never, not $INPUT_FAIL_ON"
    exit 2
    ;;
esac

paths=()
while IFS= read -r path; do
    [ -z "$path" ] || paths+=("$path")
done <<<"$INPUT_PATHS"
options=(--data "$INPUT_DATA")
[ -z "$INPUT_CONFIG" ] || options+=(--config "$INPUT_CONFIG")

code=0
verifier run "${options[@]}" -- "${paths[@]}" || code=$?
echo "exit-code=$code" >>"$GITHUB_OUTPUT"
if [ "$code" -eq 2 ] || [ "$code" -eq 4 ]; then
    exit "$code"
fi

verifier report "${options[@]}" --format sarif --output "$INPUT_SARIF"
echo "sarif=$INPUT_SARIF" >>"$GITHUB_OUTPUT"
{
    echo '````text'
    verifier report "${options[@]}"
    echo '````'
} >>"$GITHUB_STEP_SUMMARY"

if [ "$code" -eq 3 ]; then
    echo "::warning::The check is not complete; the summary says what is left."
elif [ "$code" -eq 1 ] && [ "$INPUT_FAIL_ON" = accusations ]; then
    echo "::error::There are new accusations; the summary names them."
    exit 1
elif [ "$code" -gt 4 ]; then
    exit "$code"
fi
