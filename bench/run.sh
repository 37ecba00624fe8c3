#!/usr/bin/env bash
# run.sh [NAME...]: benchmarks, all or those named, against the server that the
# environment names
#
# "make bench" calls it in a private server.  The tables go to standard output
# and to build/bench/NAME.md.
#
# ROWS  users in the tables (1000000)
# RUNS  measured runs of each case (5)
set -euo pipefail
cd "$(dirname "$0")"
out=../build/bench
export ROWS=${ROWS:-1000000} RUNS=${RUNS:-5}
# these would choose OpenBLAS's kernels by hand, or keep threads from sklearn
unset OPENBLAS_CORETYPE OPENBLAS_L2_SIZE OPENBLAS_NUM_THREADS OMP_NUM_THREADS

names=("$@")
[ $# -gt 0 ] || names=(kmeans hierarchy lda value events lifetime cf itemset regression tree evaluate privacy phrase chart)
mkdir -p "$out"
for name in "${names[@]}"; do
	printf '\n## %s\n\n' "$name"
	psql -X -q -v ON_ERROR_STOP=1 -v rows="$ROWS" -f "$name.sql" > /dev/null
	PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$name.py" | tee "$out/$name.md"
done
