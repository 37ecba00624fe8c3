#!/bin/sh
# RODBC 1.3-20 over psqlODBC 13.02 drops the last character of a value longer than
# 255 characters, without a warning, where the driver does not know its type.
#
# Seen with PostgreSQL 15 and Debian 12's packages: a value of type path whose text
# has 463 characters arrives with 462; as text the same value arrives whole.  With
# UnknownsAsLongVarchar=1 and MaxLongVarcharSize=1000000, and a cast to text, every
# value arrives whole.
#
# Unpacks the packages into a temporary folder and starts a server there; needs R.
# Exit status: 0 as described, 1 it has changed, 77 the packages cannot be had.
set -eu
command -v Rscript > /dev/null || { echo "skipped: there is no R"; exit 77; }
dir=$(mktemp -d)
chmod 755 "$dir"
as_server() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
bin=$dir/usr/lib/postgresql/15/bin
trap 'as_server "$bin/pg_ctl" -D "$dir/run/data" -m immediate stop > /dev/null 2>&1 || true; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq postgresql-15 libpq5 r-cran-rodbc=1.3-20-1 odbc-postgresql=1:13.02.0000-2+b1 libodbc2 libodbcinst2 libltdl7 > /dev/null 2>&1 ||
	{ echo "skipped: the packages cannot be had"; exit 77; }
for package in *.deb; do dpkg-deb -x "$package" .; done
mkdir -m 777 run
lib=$dir/usr/lib/$(uname -m)-linux-gnu
export LD_LIBRARY_PATH="$lib" R_LIBS="$dir/usr/lib/R/site-library" PGHOST="$dir/run" DRIVER="$lib/odbc/psqlodbcw.so"
as_server "$bin/initdb" -D run/data -U finding -A trust > /dev/null
as_server "$bin/pg_ctl" -D run/data -o "-k $dir/run -c listen_addresses=" -l run/log -w start > /dev/null
cat > "$dir/x.R" <<'R'
suppressMessages(library(RODBC))
db <- odbcDriverConnect(paste0("Driver=", Sys.getenv("DRIVER"), ";Servername=", Sys.getenv("PGHOST"),
	";Username=finding;Database=postgres"))
path <- "(SELECT '[' || string_agg('(' || i || ',' || i || ')', ',') || ']' FROM generate_series(1, 60) AS i)::path"
get <- function(type) sqlQuery(db, paste0("SELECT (", path, ")", type, " AS v"), stringsAsFactors = FALSE)$v
cat(nchar(get("")), nchar(get("::text")), "\n")
odbcClose(db)
R
seen=$(Rscript "$dir/x.R")
echo "characters of a path, and of the same as text: $seen"
[ "$seen" = "462 463 " ]
