#!/bin/sh
# A view that compares values of an extension's type with IS DISTINCT FROM, NULLIF
# or JOIN USING does not restore from its dump.
#
# Seen with Debian 12's PostgreSQL 15 and the server's own extension hstore: the
# server prints these without the schema of the operator =, and a dump is restored
# with an empty search_path, so psql says: operator does not exist: public.hstore =
# public.hstore.  Written with the operator, a = b, the view restores.
#
# Unpacks the packages into a temporary folder and starts a server there.  Exit
# status: 0 as described, 1 it has changed, 77 the packages cannot be had.
set -eu
dir=$(mktemp -d)
chmod 755 "$dir"
as_server() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
bin=$dir/usr/lib/postgresql/15/bin
trap 'as_server "$bin/pg_ctl" -D "$dir/run/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq postgresql-15 postgresql-client-15 libpq5 > /dev/null 2>&1 ||
	{ echo "skipped: PostgreSQL 15's packages cannot be had"; exit 77; }
for package in *.deb; do dpkg-deb -x "$package" .; done
mkdir -m 777 run
export LD_LIBRARY_PATH="$dir/usr/lib/$(uname -m)-linux-gnu" PGHOST="$dir/run" PGUSER=finding PATH="$bin:$PATH"
as_server initdb -D run/data -U finding -A trust > /dev/null
as_server pg_ctl -D run/data -o "-k $dir/run -c listen_addresses=" -l run/log -w start > /dev/null
postgres --version
psql -qX -d postgres -c 'CREATE DATABASE a' -c 'CREATE DATABASE b'
psql -qX -v ON_ERROR_STOP=1 -d a <<'SQL'
CREATE EXTENSION hstore;
CREATE TABLE t (a hstore, b hstore);
CREATE VIEW plain AS SELECT a = b AS same FROM t;
CREATE VIEW distinct_from AS SELECT a IS DISTINCT FROM b AS other FROM t;
CREATE VIEW null_if AS SELECT NULLIF(a, b) AS a FROM t;
CREATE VIEW join_using AS SELECT a FROM t JOIN (SELECT a FROM t) AS u USING (a);
SQL
pg_dump a > dump.sql
psql -qX -d b -f dump.sql 2> errors > /dev/null || true
views=$(psql -qXAt -d b -c "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace")
echo "views restored: $views; errors: $(grep -c 'operator does not exist: public.hstore = public.hstore' errors)"
[ "$views" = plain ]
