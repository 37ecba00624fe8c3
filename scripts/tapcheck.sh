#!/usr/bin/env bash
# tapcheck.sh [FILE...]: the Perl tests, each with servers of its own
#
# They use the installation that $PG_CONFIG names, segment included, and the
# modules PostgreSQL::Test that come with its headers.  A server refuses root,
# so root runs them as user "postgres", on a copy that this user can read.
set -euo pipefail
umask 022
. "$(dirname "$0")/common.sh"
cd "$top"
find_postgres
tests=("$@")
[ $# -gt 0 ] || tests=(test/t/*.pl)
source_dir=$("$PG_CONFIG" --pgxs)
source_dir=${source_dir%/makefiles/pgxs.mk}

# under /tmp: a socket path must be short.  The modules leave their own
# temporary files behind when a test fails, so those go here too.
work=$(mktemp -d /tmp/segment-tap.XXXXXX)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
mkdir "$work/t" "$work/tmp"
cp "${tests[@]}" "$work/t/"
cp -r test/data test/oracle "$work/" 2> /dev/null || true
cp -r examples "$work/"
cp docs/guides/applications.md docs/guides/as_it_happens.md docs/guides/privacy.md "$work/"
[ "$(id -u)" != 0 ] || chown -R postgres: "$work"

rc=0
# PGHOST etc. name the server of the other tests, not of these
as_postgres env -u PGHOST -u PGUSER -u PGDATABASE -u PGPORT -u PGTZ TMPDIR="$work/tmp" \
	PATH="$pg_bindir:$PATH" PGPORT=65432 SEGMENT_DATA="${SEGMENT_DATA-$top/../shared/data}" \
	PG_REGRESS="$source_dir/test/regress/pg_regress" \
	TESTDIR="$work" TESTDATADIR="$work/tmp" TESTLOGDIR="$work/tmp" \
	sh -c 'cd "$1" && exec prove --verbose --timer -I "$2" t/*.pl' - "$work" "$source_dir/test/perl" \
	2>&1 | tee "$work/log" || rc=$?
if [ $rc -ne 0 ]; then
	# the servers' logs, for whoever has to find the cause
	find "$work" -name '*.log' -path '*tmp*' -exec tail -n 10 {} + | cut -c1-300
	echo "What failed:"
	grep -E '^(not ok|#)' "$work/log" | cut -c1-300 | head -n 60
fi
count_tap "$work/log"
exit $rc
