#!/usr/bin/env bash
# Everything that must hold before a change lands. Called by `make test`.
# usage: tools/gate.sh CONFIGURATION NETHEREUM(true|false)
# REQUIRE_ALL=1 makes a group that is left out a failure (CI).
set -u -o pipefail
cd "$(dirname "$0")/.." || exit 1
configuration=$1 nethereum=$2
flags=(-c "$configuration" "-p:Nethereum=$nethereum")
passed=0 failed=0 skipped=0
declare -a left_out=() broken=()
started=$SECONDS

title() { printf '\n== %s (%d s)\n' "$1" $((SECONDS - started)); }
count() { passed=$((passed + $1)); failed=$((failed + $2)); skipped=$((skipped + $3)); }
step() { # name, command...: one thing that passes or fails
  local name=$1; shift
  if "$@"; then count 1 0 0; else count 0 1 0; broken+=("$name"); fi
}

: "${CREDENTIALS_VECTORS:=$PWD/../shared/vectors}"; export CREDENTIALS_VECTORS
[ -d "$CREDENTIALS_VECTORS" ] || left_out+=("vectors: no folder $CREDENTIALS_VECTORS; set CREDENTIALS_VECTORS to a copy of the public test vectors")
: "${CREDENTIALS_CHROMIUM:=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}"; export CREDENTIALS_CHROMIUM
[ -n "$CREDENTIALS_CHROMIUM" ] || left_out+=("browser: no Chromium; install it (Debian: apt-get install chromium) or set CREDENTIALS_CHROMIUM")

postgres=0
if compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null; then postgres=1
else left_out+=("postgres: no PostgreSQL server; install it (Debian: apt-get install postgresql)"); fi

title "build, warnings as errors"
if ! dotnet build Credentials.sln "${flags[@]}" -v quiet -clp:NoSummary; then
  echo "The build failed: nothing else was run."; echo "0 passed, 1 failed, 0 skipped"; exit 1
fi
count 1 0 0

# What needs one core and touches nothing that the tests touch runs beside them, at a lower priority; its words come at the end.
aside=$(mktemp -d)
(
  nice env Nethereum="$nethereum" dotnet format Credentials.sln --verify-no-changes --no-restore >"$aside/format" 2>&1
  echo $? >"$aside/format.status"
  cd contracts && nice npm test --silent >"$aside/contracts" 2>&1
  echo $? >"$aside/contracts.status"
) &
asides=$!

run_tests() { # name, project or solution, extra arguments...
  local name=$1; shift
  local log; log=$(mktemp)
  dotnet test "$@" "${flags[@]}" --no-build --nologo -v quiet --logger "console;verbosity=minimal" 2>&1 | tee "$log"
  local status=${PIPESTATUS[0]} p=0 f=0 s=0
  read -r f p s < <(grep -oE 'Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+' "$log" | awk -F'[:,]' '{f+=$2; p+=$4; s+=$6} END {print f+0, p+0, s+0}')
  count "$p" "$f" "$s"
  if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then count 0 1 0; fi
  if [ "$status" -ne 0 ]; then broken+=("$name"); fi
  if [ $((p + f)) -eq 0 ]; then count 0 1 0; broken+=("$name: no test ran"); fi
  rm -f "$log"
}

# Libraries and hosts first, together; whole processes, chains and browsers afterwards, one by one.
quick=() ; slow=()
for project in tests/*/*.csproj; do
  grep -q '<IsTestProject>true' "$project" || continue
  if grep -q '<RequiresNethereum>' "$project" && [ "$nethereum" != true ]; then continue; fi
  case $project in
    tests/EndToEnd/*) slow+=("$project") ;;
    tests/Browser/*) [ -n "$CREDENTIALS_CHROMIUM" ] && slow+=("$project") ;;
    *) quick+=("$project") ;;
  esac
done
for project in "${quick[@]}" "${slow[@]}"; do
  title "$(basename "$project" .csproj)"
  run_tests "$(basename "$project" .csproj)" "$project"
done
if [ "$postgres" = 1 ]; then
  title "the issuer's API on PostgreSQL"
  CREDENTIALS_STORAGE=postgres run_tests "on PostgreSQL" tests/Credentials.IssuerApi.Tests --filter \
    'FullyQualifiedName~IssueTests|FullyQualifiedName~IdempotencyTests|FullyQualifiedName~.BatchTests|FullyQualifiedName~BatchCrashTests|FullyQualifiedName~StatusTests|FullyQualifiedName~StatusAllocatorTests|FullyQualifiedName~LinkTests|FullyQualifiedName~ApiKeyTests|FullyQualifiedName~InstitutionTests|FullyQualifiedName~ReadingTests|FullyQualifiedName~PursuitTests|FullyQualifiedName~RollbackTests|FullyQualifiedName~KeysAtRestTests|FullyQualifiedName~Wallets.CredentialTests|FullyQualifiedName~Wallets.RedemptionCrashTests'
fi
[ "$nethereum" = true ] || left_out+=("nethereum: the package feed does not carry Nethereum 6.1.0; where it does, make NETHEREUM=1 test runs the same law-book on it")

wait "$asides"
title "format"
cat "$aside/format"
step format test "$(cat "$aside/format.status")" = 0

title "contracts"
cat "$aside/contracts"
read -r p s < <(sed -nE 's/^contracts: ([0-9]+) tests passed, ([0-9]+) skipped.*/\1 \2/p' "$aside/contracts" | tail -1)
count "${p:-0}" 0 "${s:-0}"
if [ "$(cat "$aside/contracts.status")" != 0 ] || [ "${p:-0}" -eq 0 ]; then broken+=(contracts); count 0 1 0; fi
rm -r "$aside"

title "samples"
for sample in samples/*.cs; do
  echo "-- $sample"
  step "$sample" dotnet run "$sample" -c "$configuration"
done

title "the story of make demo"
step demo dotnet "artifacts/bin/Pilot/${configuration,,}/Pilot.dll" demo

title "done"
for group in "${left_out[@]:-}"; do
  [ -n "$group" ] || continue
  echo "left out: $group"
  case $group in nethereum:*) ;; *) if [ "${REQUIRE_ALL:-0}" = 1 ]; then count 0 1 0; broken+=("left out: $group"); fi ;; esac
done
for name in "${broken[@]:-}"; do [ -n "$name" ] && echo "failed: $name"; done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
