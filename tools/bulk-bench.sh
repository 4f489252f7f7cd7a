#!/usr/bin/env bash
# 100,000 diplomas in one file through real processes: when they are signed, anchored and final, as JSON lines.
# usage: tools/bulk-bench.sh CONFIGURATION NETHEREUM(true|false)
set -eu -o pipefail
cd "$(dirname "$0")/.."
log=$(mktemp); trap 'rm -f "$log"' EXIT
CREDENTIALS_BULK=${CREDENTIALS_BULK:-100000} CREDENTIALS_BENCH_LOG=$log \
  dotnet test tests/EndToEnd -c "$1" "-p:Nethereum=$2" --no-build --nologo --filter FullyQualifiedName~BulkTests >&2
cat "$log"
