#!/bin/sh
# A view that compares values of an extension's type with IS DISTINCT FROM, NULLIF
# or JOIN USING does not restore from its dump.
#
# Seen with PostgreSQL 15 and the server's own extension hstore: the server
# prints these without the schema of the operator =, and a dump is restored with an
# empty search_path, so psql says: operator does not exist: public.hstore =
# public.hstore.  Written with the operator, a = b, the view restores.
#
# Needs a server that PGHOST and PGUSER name, and rights to create databases.  Exit
# status: 0 as described, 1 it has changed.
set -eu
dir=$(mktemp -d)
trap 'psql -qX -d postgres -c "DROP DATABASE IF EXISTS finding_a" -c "DROP DATABASE IF EXISTS finding_b" 2> /dev/null; rm -rf "$dir"' EXIT
psql -qX -d postgres -c 'CREATE DATABASE finding_a' -c 'CREATE DATABASE finding_b'
psql -qX -v ON_ERROR_STOP=1 -d finding_a <<'SQL'
CREATE EXTENSION hstore;
CREATE TABLE t (a hstore, b hstore);
CREATE VIEW plain AS SELECT a = b AS same FROM t;
CREATE VIEW distinct_from AS SELECT a IS DISTINCT FROM b AS other FROM t;
CREATE VIEW null_if AS SELECT NULLIF(a, b) AS a FROM t;
CREATE VIEW join_using AS SELECT a FROM t JOIN (SELECT a FROM t) AS u USING (a);
SQL
pg_dump finding_a > "$dir/dump.sql"
psql -qX -d finding_b -f "$dir/dump.sql" 2> "$dir/errors" > /dev/null || true
views=$(psql -qXAt -d finding_b -c "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class WHERE relkind = 'v' AND relnamespace = 'public'::regnamespace")
echo "views restored: $views; errors: $(grep -c 'operator does not exist: public.hstore = public.hstore' "$dir/errors")"
[ "$views" = plain ]
