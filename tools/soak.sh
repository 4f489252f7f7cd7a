#!/usr/bin/env bash
# The randomised tests with their full numbers; writes docs/soak.md with the commit.
# usage: tools/soak.sh CONFIGURATION NETHEREUM(true|false)
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1
export CREDENTIALS_SOAK=1
: "${CREDENTIALS_VECTORS:=$PWD/../shared/vectors}"; export CREDENTIALS_VECTORS
log=$(mktemp); export CREDENTIALS_SOAK_LOG="$log"
status=0
started=$SECONDS
chain_log=$(mktemp)
(cd contracts && npm run --silent soak) > "$chain_log" 2>&1 &
contracts=$!
for project in EndToEnd Credentials.Verification.Tests Credentials.Ethereum.Tests Credentials.IssuerApi.Tests Credentials.Tests Credentials.JsonLd.Tests; do
  echo "== $project"
  echo "$project" >> "$log"
  dotnet test "tests/$project" -c "$1" "-p:Nethereum=$2" --no-build --nologo --logger "console;verbosity=detailed" 2>&1 | tee -a "$log" \
    | grep --line-buffered -E '^ *soak:|^ *(Failed|Passed|Skipped|Total tests): |^  Failed |error'
  [ "${PIPESTATUS[0]}" -eq 0 ] || status=1
done
echo "== contracts"
wait "$contracts" || status=1
tail -3 "$chain_log"
{
  echo "# Soak"
  echo
  echo "Made by \`make soak\` at commit $(git rev-parse --short HEAD)$(git diff --quiet HEAD -- src contracts tests || echo ', with uncommitted changes') on $(date -u +%Y-%m-%d), $(nproc) cores, $((SECONDS - started)) s: $([ $status -eq 0 ] && echo 'everything held' || echo '**something failed**')."
  echo
  echo '```'
  grep -E '^(Credentials\..*Tests|EndToEnd)$|^ *soak:|^ *(Failed|Passed|Skipped|Total tests): ' "$log" | sed 's/^ */  /; s/^  \([CE][A-Za-z.]*\)$/\1/'
  grep -E '^ *soak:' "$chain_log"
  grep -E 'Ran [0-9]+ test' "$chain_log" | tail -1 | sed 's/\x1b\[[0-9;]*m//g'
  echo '```'
} > docs/soak.md
cat docs/soak.md
rm -f "$log" "$chain_log"
exit $status
