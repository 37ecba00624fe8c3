#!/usr/bin/env bash
# check-versions.sh [VERSION...]: build, and the tests that need a server, on
# each version of PostgreSQL that is available (see pg-matrix.sh)
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"
export PG_MATRIX_PACKAGES=libipc-run-perl
mkdir -p build/log
rc=0
for version in ${*:-15 17 18 19}; do
	log=build/log/matrix-$version.log
	status=0
	scripts/pg-matrix.sh "$version" true > "$log" 2>&1 || status=$?
	if [ $status -ne 0 ]; then
		echo "PostgreSQL $version: skipped, it cannot be had here:"
		tail -n 5 "$log" | sed 's/^/    /'
		[ $status -eq 69 ] || rc=1
		continue
	fi
	SUMMARY_PREFIX="PostgreSQL $version: " scripts/pg-matrix.sh "$version" \
		scripts/check.sh build installcheck pgtapcheck tapcheck || { rc=1; echo "PostgreSQL $version: FAILED"; }
done
exit $rc
