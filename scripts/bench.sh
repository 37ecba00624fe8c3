#!/usr/bin/env bash
# bench.sh: the benchmarks, inside with-server.sh
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"
mkdir -p build/log
scripts/install.sh > build/log/build.log 2>&1 || { cat build/log/build.log >&2; die "build failed"; }
[ -x bench/run.sh ] || { echo "bench: there is no bench/run.sh yet"; exit 0; }
createdb segment_bench
PGDATABASE=segment_bench exec bench/run.sh
