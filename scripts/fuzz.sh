#!/usr/bin/env bash
# fuzz.sh PROGRAM...: run each libFuzzer program for its share of FUZZ_SECONDS
#
# Inputs worth keeping are in test/fuzz/corpus/NAME; new ones go to the folder
# next to the program, findings to NAME.crash-*. Those that are kept must still be
# what they were kept for: sound ones (fuzz_input_is in test/fuzz/fuzz.h).
set -euo pipefail
. "$(dirname "$0")/common.sh"

if [ $# -eq 0 ]; then
	echo "skipped: there are no fuzz targets"
	echo "0 passed, 0 failed"
	exit 0
fi
share=$((${FUZZ_SECONDS:-60} / $#))
[ $share -ge 2 ] || share=2
[ $share -le 15 ] || share=15
passed=0 failed=0
for program; do
	name=${program##*/}
	mkdir -p "$program.corpus"
	corpus=("$program.corpus")
	kept=$top/test/fuzz/corpus/$name
	if [ -d "$kept" ]; then
		corpus+=("$kept")
		for input in "$kept"/*; do
			if FUZZ_SOUND=1 "$program" -verbosity=0 -artifact_prefix="$program." "$input" > "$program.log" 2>&1; then
				passed=$((passed + 1))
			else
				failed=$((failed + 1))
				echo "$name: ${input#"$top/"} is no longer sound: make it anew"
				head -n 3 "$program.log"
			fi
		done
	fi
	if "$program" -max_total_time=$share -seed=1 -max_len=4096 -timeout=10 -print_final_stats=0 -verbosity=0 \
		-artifact_prefix="$program." "${corpus[@]}"; then
		passed=$((passed + 1))
		echo "$name: $share s, $(ls "$program.corpus" | wc -l) inputs worth keeping"
	else
		failed=$((failed + 1))
		echo "$name: FAILED"
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
