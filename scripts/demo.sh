#!/usr/bin/env bash
# demo.sh: the examples on a sample course platform, inside with-server.sh
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"
mkdir -p build/log
scripts/install.sh > build/log/build.log 2>&1 || { cat build/log/build.log >&2; die "build failed"; }
[ -x examples/run_demo.sh ] || { echo "demo: there is no examples/run_demo.sh yet"; exit 0; }
exec examples/run_demo.sh
