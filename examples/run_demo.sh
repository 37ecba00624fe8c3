#!/usr/bin/env bash
#
# run_demo.sh
#	  Load the sample course platform and go through its steps, one by one.
#
# Called by `make demo`: the server that PGHOST, PGPORT, PGUSER and PGDATABASE
# name must have the extension installed and let us create a database.  The
# demo owns the database segment_demo, which it drops first.
#
# DATA=directory loads users.csv, courses.csv … from there in place of the
# generated rows; course_platform/README.md describes the files.
#
# Every step is a file course_platform/steps/NN-name.sql that begins with its
# title and what it does as comments, which are printed, and that ends with the
# result to show.  A new step is a new file.  At the end the files of
# course_platform/report become one page, build/report.html or REPORT=file.

set -eu

here=$(cd "$(dirname "$0")" && pwd)
platform=$here/course_platform
report=${REPORT:-$(dirname "$here")/build/report.html}
database=segment_demo
tables='users courses enrolments payments lesson_views events ratings coupon_exposures'
number=0

work=$(mktemp -d "${TMPDIR:-/tmp}/segment_demo.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Dates without a time zone are UTC, and only what is asked for is printed.
export PGOPTIONS="${PGOPTIONS:-} -c timezone=UTC -c datestyle=ISO -c client_min_messages=warning"
export PGCLIENTENCODING=UTF8 PGAPPNAME=segment_demo

fail()
{
	printf '%s\n' "$*" >&2
	exit 1
}

sql()
{
	psql -X -q -v ON_ERROR_STOP=1 -P pager=off -P footer=off -d "$database" "$@"
}

# step TITLE TEXT COMMAND …: run a command, print its title, time, text and
# output; on failure its complaint, and no further.
step()
{
	local title=$1 text=$2 elapsed TIMEFORMAT='%2R'
	shift 2
	number=$((number + 1))
	printf -- '-- %d. %s … ' "$number" "$title"
	if ! { time "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time"
	then
		printf 'failed\n'
		cat "$work/out"
		cat "$work/err" >&2
		exit 1
	fi
	elapsed=$(tail -n 1 "$work/time")
	printf '%s s\n' "${elapsed/,/.}"
	[ -z "$text" ] || printf '%s\n' "$text"
	printf '\n'
	if [ -s "$work/out" ]
	then
		cat "$work/out"
	fi
	cat "$work/err" >&2
}

# Lines of the comment at the top of a file: "title FILE", "text FILE".
title()
{
	sed -n '1s/^-- *//p' "$1"
}

text()
{
	sed -n '2,${/^--/!q;s/^--/  /;s/^ *$//;/./p;}' "$1"
}

create_database()
{
	psql -X -q -v ON_ERROR_STOP=1 -c "DROP DATABASE IF EXISTS $database" \
		-c "CREATE DATABASE $database TEMPLATE template0 ENCODING 'UTF8'"
	sql -c 'CREATE EXTENSION segment' -f "$platform/schema.sql"
}

count_rows()
{
	sql <<-'END'
		SELECT (SELECT count(*) FROM users) AS users,
			   (SELECT count(*) FROM courses) AS courses,
			   (SELECT count(*) FROM payments) AS payments,
			   (SELECT count(*) FROM lesson_views) AS lesson_views,
			   (SELECT count(*) FROM events) AS events,
			   (SELECT count(*) FROM ratings) AS ratings,
			   (SELECT count(*) FROM coupon_exposures) AS exposures;
	END
}

load_generated()
{
	create_database
	sql -f "$platform/generate.sql" -f "$platform/keys.sql" -f "$platform/hold_back.sql"
	sql -c 'ANALYZE'
	count_rows
}

# The column names in the first line of a CSV file, one a line.
header()
{
	head -n 1 "$1" | tr -d '\r"' | tr ',' '\n' |
		sed $'1s/^\xEF\xBB\xBF//;s/^ *//;s/ *$//'
}

# load_table NAME: check the file's columns against the table's, then copy.
load_table()
{
	local table=$1 file=$DATA/$1.csv column known needed given

	given=$(header "$file")
	known=$(sql -A -t -c "SELECT attname FROM pg_attribute
						  WHERE attrelid = '$table'::regclass AND attnum > 0")
	needed=$(sql -A -t -c "SELECT attname FROM pg_attribute
						   WHERE attrelid = '$table'::regclass AND attnum > 0 AND attnotnull")
	for column in $needed
	do
		printf '%s\n' "$given" | grep -qxF -e "$column" ||
			fail "$file: the column \"$column\" is missing from the header"
	done
	printf '%s\n' "$given" >"$work/given"
	while IFS= read -r column
	do
		printf '%s\n' "$known" | grep -qxF -e "$column" ||
			fail "$file: the column \"$column\" is unknown; table $table has: $(printf '%s' "$known" | tr '\n' ' ')"
	done <"$work/given"
	sql -c "\\copy $table ($(printf '%s' "$given" | tr '\n' ',')) FROM pstdin WITH (FORMAT csv, HEADER true)" <"$file" ||
		fail "$file: could not be loaded"
}

load_files()
{
	local table

	for table in $tables
	do
		[ -r "$DATA/$table.csv" ] ||
			fail "$DATA/$table.csv: no such file (with no such data, a file of the header line alone will do)"
	done
	create_database
	for table in $tables
	do
		load_table "$table"
	done
	sql -f "$platform/keys.sql" -f "$platform/hold_back.sql"
	sql -c 'ANALYZE'
	count_rows
}

# The page: what each section prints, between its text and its SQL.  psql puts the
# pieces together, in one session; a new section is a new file.
make_report()
{
	local pieces=$platform/report file sections=() contents=()

	for file in "$pieces"/[0-9]*.sql
	do
		contents+=(-c "\\set file '$file'" -f "$pieces/contents.sql")
		sections+=(-c "\\set file '$file'" -f "$pieces/section.sql")
	done
	mkdir -p "$(dirname "$report")"
	sql -A -t -P null='<p>There are no rows to draw.</p>' -P border=0 -o "$report" \
		-f "$pieces/functions.sql" -f "$pieces/begin.sql" "${contents[@]}" \
		-f "$pieces/middle.sql" "${sections[@]}" -f "$pieces/end.sql"
}

# bash suspends set -e inside a tested command, so a step's functions run in a
# shell of their own, where it holds.
if [ "${1:-}" = load_generated ] || [ "${1:-}" = load_files ] || [ "${1:-}" = make_report ]
then
	"$1"
	exit
fi

if [ -n "${DATA:-}" ]
then
	export DATA
	[ -d "$DATA" ] || fail "DATA: no such directory: $DATA"
	step "load the files of $DATA" '   The last month is held back, to arrive later.' \
		"$BASH" "$here/run_demo.sh" load_files
else
	step 'make a course platform of two years' '   Invented, and the same on every machine; the last month is held back, to arrive later.' \
		"$BASH" "$here/run_demo.sh" load_generated
fi

for file in "$platform"/steps/[0-9]*.sql
do
	step "$(title "$file")" "$(text "$file")" sql -f "$file"
done

step 'the report, for people who would rather look than read' '' \
	"$BASH" "$here/run_demo.sh" make_report

echo "The report is one page, which any browser opens and prints: ${report#"$PWD/"}"
echo "All of it is ordinary SQL: the steps are in ${platform#"$PWD/"}/steps, and"
echo "docs/guides/first_segmentation.md explains them on a table of your own."
