#!/bin/sh
# RODBC 1.3-20 over psqlODBC 13.02 drops the last character of a value longer than
# 255 characters, without a warning, where the driver does not know its type.
#
# Seen with PostgreSQL 15 and Debian 12's packages: a value of type path whose text
# has 463 characters arrives with 462; as text the same value arrives whole.  With
# UnknownsAsLongVarchar=1 and MaxLongVarcharSize=1000000, and a cast to text, every
# value arrives whole.
#
# Needs a server that PGHOST, PGUSER and PGDATABASE name.  Exit status: 0 as
# described, 1 it has changed, 77 the packages are not here.
set -eu
for package in r-cran-rodbc=1.3-20 odbc-postgresql=13.02; do
	dpkg-query -W -f '${Version}' "${package%=*}" 2> /dev/null | grep -q "${package#*=}" || {
		echo "skipped: needs Debian's package ${package%=*} ${package#*=}"
		exit 77
	}
done
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat > "$dir/x.R" <<'R'
suppressMessages(library(RODBC))
db <- odbcDriverConnect(paste0("Driver=PostgreSQL Unicode;Servername=", Sys.getenv("PGHOST"),
	";Port=", Sys.getenv("PGPORT", "5432"), ";Username=", Sys.getenv("PGUSER"),
	";Database=", Sys.getenv("PGDATABASE")))
path <- "(SELECT '[' || string_agg('(' || i || ',' || i || ')', ',') || ']' FROM generate_series(1, 60) AS i)::path"
get <- function(type) sqlQuery(db, paste0("SELECT (", path, ")", type, " AS v"), stringsAsFactors = FALSE)$v
cat(nchar(get("")), nchar(get("::text")), "\n")
odbcClose(db)
R
seen=$(Rscript "$dir/x.R")
echo "characters of a path, and of the same as text: $seen"
[ "$seen" = "462 463 " ]
