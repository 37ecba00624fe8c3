#!/usr/bin/env bash
# pgtapcheck.sh [FILE...]: the pgTAP tests, against the server that PGHOST names
#
# All run in one new database with pgtap and segment; each file rolls back its
# own work.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"
db=segment_pgtap
tests=("$@")
[ $# -gt 0 ] || tests=(test/pgtap/*/*.sql)

psql -Xqd postgres -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS $db" -c "CREATE DATABASE $db"
psql -Xqd $db -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION segment'
tap=$(mktemp)
trap 'rm -f "$tap"' EXIT
rc=0
pg_prove --verbose --dbname $db ${PG_PROVE_OPTS-} "${tests[@]}" 2>&1 | tee "$tap" || rc=$?
psql -Xqd postgres -c "DROP DATABASE $db"
count_tap "$tap"
exit $rc
