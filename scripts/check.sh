#!/usr/bin/env bash
# check.sh [STAGE...]: the stages of "make check", inside with-server.sh
#
# Prints one line per stage, the output of those that fail, and finally the sum of
# all tests: "N passed, M failed".  Logs are in build/log.
set -uo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"
log=$top/build/log
mkdir -p "$log"
passed=0 failed=0

# Each stage is a function that ends with a line "N passed, M failed".

stage_build() # compile with -Werror, JIT bitcode included, and install
{
	scripts/install.sh all && scripts/install.sh install && echo "1 passed, 0 failed"
}

stage_lint() # layout, layers, names, comments, documentation
{
	scripts/install.sh lint
}

stage_unitcheck() # kernels without a server, under sanitizers
{
	scripts/install.sh unitcheck
}

stage_clangcheck() # no warnings from clang either
{
	scripts/install.sh clangcheck
}

stage_fuzzcheck() # decoders and parsers, for a short time each
{
	scripts/install.sh fuzzcheck
}

stage_installcheck() # pg_regress: SQL and its text output
{
	local out rc

	out=$(scripts/install.sh installcheck 2>&1)
	rc=$?
	printf '%s\n' "$out"
	[ $rc -eq 0 ] || cat "$top"/build/obj-*/regression.diffs 2> /dev/null
	# "All 5 tests passed." or "1 of 5 tests failed."
	printf '%s\n' "$out" | sed -nE \
		-e 's/^[# ]*All ([0-9]+) tests passed\..*/\1 passed, 0 failed/p' \
		-e 's/^[# ]*([0-9]+) of ([0-9]+) tests failed.*/\2 \1/p' |
		awk 'NF == 2 { $0 = $1 - $2 " passed, " $2 " failed" } { print }'
	return $rc
}

# Run a command with the library of SANITIZE=1, which ends the server process at
# the first fault and says where in the server's log. No JIT: its copy of the code
# has no checks.
sanitized()
{
	local rc=0

	SANITIZE=1 scripts/install.sh install &&
		SANITIZE=1 PGOPTIONS='-c jit=off' "$@" || rc=$?
	grep 'runtime error' "${SEGMENT_HOME-}/server/log" 2> /dev/null
	scripts/install.sh install && return $rc
}

stage_sanitizecheck() # pg_regress again, in a build with checks for undefined behaviour and unset variables
{
	sanitized stage_installcheck
}

stage_attack() # random calls of every function, in the same build; "make attack" makes others
{
	ATTACK_SECONDS=${ATTACK_SECONDS:-45} ATTACK_SEED=${ATTACK_SEED:-20261129} sanitized test/attack/attack.pl
}

stage_pgtapcheck() # pgTAP: numbers and properties
{
	scripts/pgtapcheck.sh
}

stage_tapcheck() # upgrade, parallel plans: servers of their own
{
	scripts/tapcheck.sh
}

stage_doccheck() # the examples of README.md and docs/
{
	scripts/doccheck
}

stage_demo() # what "make demo" runs
{
	if [ ! -x examples/run_demo.sh ]; then
		echo "skipped: there is no examples/run_demo.sh"
		echo "0 passed, 0 failed"
		return
	fi
	examples/run_demo.sh && echo "1 passed, 0 failed"
}

stage_chartcheck() # every chart of the tests: well-formed, and nothing but what charts may have
{
	# the build with checks parses what pgTAP tests draw
	local rc=0

	{
		scripts/chartcheck || rc=1
		sanitized scripts/pgtapcheck.sh test/pgtap/chart/*.sql || rc=1
		[ $rc -eq 0 ]
	} 2>&1 | awk '
		/^[0-9]+ passed, [0-9]+ failed$/ { p += $1; f += $3 }
		{ print }
		END { print p + 0 " passed, " f + 0 " failed" }'
}

stage_browsercheck() # charts, and the report of the demo, in a browser
{
	scripts/setup.sh browser || return
	if ! command -v chromedriver > /dev/null; then
		echo "skipped: there is no package chromium-driver for this machine"
		echo "0 passed, 0 failed"
		return
	fi
	# what an earlier "make demo" left need not be what the source says now
	if grep -rq report.html examples && [ ! build/report.html -nt build/log/build.log ]; then
		examples/run_demo.sh || return
	fi
	scripts/browsercheck
}

run_stage() # name -> adds to passed and failed
{
	local name=$1 start=$SECONDS rc=0 p=0 f=0 line note=

	printf '%-13s %s ... ' "$name" "$(sed -n "s/^stage_$name() # //p" scripts/check.sh)"
	"stage_$name" > "$log/$name.log" 2>&1 || rc=$?
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log/$name.log" | tail -n 1)
	[ -z "$line" ] || read -r p _ f _ <<< "$line"
	[ $rc -eq 0 ] || [ "$f" -gt 0 ] || f=1 # it broke before or outside its tests
	[ -n "$line" ] || [ $rc -ne 0 ] || f=1 # it printed no count
	note=$(sed -n 's/^skipped: /; skipped: /p' "$log/$name.log" | tr -d '\n')
	echo "$p passed, $f failed, $((SECONDS - start)) s$note"
	if [ "$f" -gt 0 ]; then
		echo "---- $name: last lines of ${log#"$top/"}/$name.log"
		tail -n 200 "$log/$name.log"
		echo "----"
	fi
	passed=$((passed + p)) failed=$((failed + f))
	[ "$f" -eq 0 ]
}

stages=${*:-build lint unitcheck clangcheck fuzzcheck installcheck pgtapcheck tapcheck sanitizecheck attack doccheck demo chartcheck browsercheck}
find_postgres
echo "Checking segment on PostgreSQL $pg_major"
for name in $stages; do
	declare -F "stage_$name" > /dev/null || die "unknown stage: $name"
done
case " $stages " in
	*" build "*) ;;
	*) scripts/install.sh > "$log/build.log" 2>&1 || { cat "$log/build.log"; die "build failed"; } ;;
esac
for name in $stages; do
	if ! run_stage "$name" && [ "$name" = build ]; then
		break # nothing else can succeed
	fi
done
echo "${SUMMARY_PREFIX-}$passed passed, $failed failed"
[ "$failed" -eq 0 ]
