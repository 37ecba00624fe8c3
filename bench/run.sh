#!/usr/bin/env bash
# run.sh: all benchmarks, against the server that the environment names
#
# "make bench" calls it in a private server.  The tables go to standard output
# and to build/bench/kmeans.md.
#
# ROWS  users in the tables (1000000)
# RUNS  measured runs of each case (5)
set -euo pipefail
cd "$(dirname "$0")"
out=../build/bench
export ROWS=${ROWS:-1000000} RUNS=${RUNS:-5}
# these would choose OpenBLAS's kernels by hand, or keep threads from sklearn
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS OMP_NUM_THREADS

mkdir -p "$out"
psql -X -q -v ON_ERROR_STOP=1 -v rows="$ROWS" -f kmeans.sql > /dev/null
PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 kmeans.py | tee "$out/kmeans.md"
