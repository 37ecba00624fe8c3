#!/usr/bin/env bash
# lint.sh LIBRARY: rules a reviewer should not have to remember
#
# Each rule is a function that prints violations; no output means a pass.
# LIBRARY is the built segment.so, whose exported symbols are checked.
set -uo pipefail
. "$(dirname "$0")/common.sh"
library=${1:?usage: lint.sh LIBRARY}
cd "$top"
clang_format=14 # other versions break lines differently

tracked()
{
	git -c safe.directory='*' ls-files -co --exclude-standard 2> /dev/null ||
		find . -type f -not -path './build/*' -not -path './.git/*' -not -name '*.o' | sed 's,^\./,,'
}

c_files() { find src test -name '*.[ch]' | sort; }

rule_exported_symbols() # the library exports only our names
{
	nm -D --defined-only "$library" |
		grep -vE ' (pg_finfo_)?seg(ment)?_| feature_vector_| _PG_init$| Pg_magic_func$| _(init|fini|edata|end|_bss_start)$'
}

rule_kernel_is_pure() # base, draw and kernel include no headers of the server, pg or fmgr
{
	grep -nE '#include "(postgres|pg/|fmgr)' -r src/base src/draw src/kernel 2> /dev/null
	grep -nE '#include <' -r src/base src/draw src/kernel 2> /dev/null |
		grep -vE '<(stdint|stddef|stdbool|string|math|float|limits|inttypes|immintrin)\.h>'
}

rule_stable_math() # no function of libm whose last digits differ between versions of glibc
{
	grep -nE '\b(lgamma|tgamma|erfc?)(_r|f|l)?[(]' -r src 2> /dev/null
}

rule_layers() # each layer includes only those below it; pg, draw and base include no family
{
	grep -nE '#include "draw/' -r src/base src/pg 2> /dev/null
	grep -nE '#include "(kernel|pg|fmgr)/' -r src/base src/draw 2> /dev/null
	grep -nE '#include "(kernel|fmgr)/' -r src/pg 2> /dev/null
}

# Includes allowed from one family into another; each line says why.
crossings='
kernel/model/methods.c kernel/.*                     the table of all methods
kernel/lifetime/sbg.c kernel/value/value.h           sbg_ltv is ltv with a retention that rises
kernel/evaluate/ranking.c kernel/vector/vector_algebra.h   diversity is a mean of distances
kernel/evaluate/model_drift.h kernel/prepare/feature_summary.h   drift leads from training rows to a summary
kernel/policy/bandit.h kernel/experiment/chance_to_win.h     a bandit shows what may be the best
kernel/chart/tree_chart.h kernel/tree/tree.h         tree_svg draws a model of trees
fmgr/chart/tree_svg_fmgr.c fmgr/tree/tree_models.h   tree_svg takes what tree_rules takes
kernel/chart/dendrogram.h kernel/hierarchy/hierarchical.h    dendrogram_svg draws a hierarchy
fmgr/tier/profile_score_fmgr.c kernel/vector/vector_algebra.h   a profile score is an inner product
'

rule_families() # a family includes itself, pg, draw and base, except for the crossings listed in lint.sh
{
	grep -noE '#include "(kernel|fmgr)/[^"]*"' -r src/kernel src/fmgr 2> /dev/null |
		sed -E 's,^src/([^:]*):[0-9]+:#include "(.*)"$,\1 \2,' |
		awk -v crossings="$crossings" '
			BEGIN {
				n = split(crossings, line, "\n")
				for (i = 1; i <= n; i++)
					if (split(line[i], word, " ") > 1) allowed[word[1] " " word[2]] = 1
			}
			{
				split($1, from, "/"); split($2, to, "/")
				if (from[2] == to[2] && !(from[1] == "kernel" && to[1] == "fmgr")) next
				for (a in allowed) if ($0 ~ "^" a "$") { used[a] = 1; next }
				print "src/" $1 " includes " $2
			}
			END { for (a in allowed) if (!(a in used)) print "no longer needed: " a }'
}

rule_rooms() # kernel, fmgr, unit and pgTAP tests and sql/install have the same families, no folder over 36 files
{
	local families layer folder

	families=$(ls src/fmgr)
	for layer in kernel test/unit test/pgtap sql/install; do
		folder=$layer
		[ -d "$folder" ] || folder=src/$layer
		for f in $(find "$folder" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sed -E 's/^[0-9]+-//'); do
			case $layer/$f in test/unit/base | test/unit/draw) continue ;; esac
			grep -qx "$f" <<< "$families" || echo "$folder: $f is no family of src/fmgr"
		done
	done
	find src/kernel src/fmgr -maxdepth 1 -type f
	find src sql/install test/unit test/pgtap -mindepth 2 -maxdepth 2 -type d | while read -r f; do
		[ "$(find "$f" -maxdepth 1 -type f | wc -l)" -le 36 ] || echo "$f: more than 36 files"
	done
}

rule_pages() # the stem of each boundary file begins with the stem of a page in docs/reference
{
	local stem page

	for stem in $(find src/fmgr -name '*_fmgr.c' -printf '%f\n' | sed 's/_fmgr\.c$//'); do
		[ "$stem" != segment ] || continue # the module itself
		for page in docs/reference/*.md; do
			page=${page##*/} page=${page%.md}
			case ${stem}_ in "${page}_"*) continue 2 ;; esac
		done
		echo "$stem has no page"
	done
}

rule_static_names() # no two static functions have the same name, so that a debugger can tell them apart
{
	find src -name '*.[ch]' -not -name '*_body.h' -print0 | xargs -0 awk '
		/^(pg_noreturn )?static / && !/[;={]/ {
			line = $0
			if (line !~ /\(/) { getline; line = $0 }
			if (match(line, /[a-z_0-9]+\(/)) {
				name = substr(line, RSTART, RLENGTH - 1)
				if (!((name, FILENAME) in seen)) { seen[name, FILENAME] = 1; n[name]++; where[name] = where[name] " " FILENAME }
			}
		}
		END { for (name in n) if (n[name] > 1) print name ":" where[name] }'
}

rule_pg_function_args() # only fmgr unpacks arguments
{
	grep -lE '^segment_[a-z_0-9]+\(PG_FUNCTION_ARGS\)' -r src/base src/draw src/kernel src/pg 2> /dev/null
}

rule_chart_result() # every chart leaves through chart_result, where the build with checks parses it
{
	grep -nE 'result_text\(' src/fmgr/chart/*.c 2> /dev/null | grep -v '^src/fmgr/chart/chart_result\.c:'
}

rule_version_tests() # only compat.h tests PG_VERSION_NUM
{
	grep -ln PG_VERSION_NUM -r src | grep -v '^src/pg/compat\.h$'
}

rule_server_words() # the server's own words change with its version: \set VERBOSITY terse leaves out DETAIL and HINT
{
	grep -nE '^HINT:  (No function matches|You might need to add)' expected/*.out
}

rule_sql_folder() # sql/ itself contains only built scripts: pg_regress would run others
{
	find sql -maxdepth 1 -type f -not -name 'segment--*.sql'
}

rule_ascii_scripts() # scripts run by CREATE EXTENSION are ASCII: they must be text in any encoding
{
	sed '/^---/d' sql/install/*.sql sql/install/*/*.sql | LC_ALL=C grep -n '[^ -~	]'
	find segment.control sql/upgrade sql/released -type f 2> /dev/null | LC_ALL=C xargs grep -n '[^ -~	]'
}

rule_unique_names() # no two source files have the same name
{
	find src -name '*.[ch]' -printf '%f\n' | sort | uniq -d
}

rule_function_length() # no C function is longer than 100 lines
{
	c_files | while read -r f; do
		awk -v f="$f" '/^\{/ { s = NR } /^\}/ { if (s && NR - s > 100) print f ":" s ": " NR - s " lines"; s = 0 }' "$f"
	done
}

rule_machine_paths() # no paths of a particular machine
{
	tracked | while read -r f; do
		[ ! -f "$f" ] || grep -nIHE '(^|[^][A-Za-z0-9_$}.~/-])/(work|root|home)(/|$|[^A-Za-z0-9_])' "$f"
	done
}

rule_expected_output() # each SQL test has its expected output, and vice versa
{
	diff <(find test/sql -name '*.sql' -printf '%f\n' 2> /dev/null | sed 's/\.sql$//' | sort) \
		<(find expected -name '*.out' -printf '%f\n' 2> /dev/null | sed -E 's/(_[0-9])?\.out$//' | sort -u) | grep '^[<>]'
}

rule_sql_objects() # public objects have a contract, a comment, a reference page and a test
{
	scripts/lint_sql.pl
}

rule_versions() # segment.control and META.json name the same version
{
	local version

	version=$(sed -n "s/^default_version *= *'\(.*\)'/\1/p" segment.control)
	[ "$(grep -c "\"version\": \"$version\"" META.json)" = 2 ] || echo "META.json: version is not $version"
}

rule_clang_format() # layout follows .clang-format
{
	if ! clang-format --version | grep -q "version $clang_format\."; then
		echo "skipped: layout, which needs clang-format $clang_format" >&2
		return
	fi
	c_files | xargs clang-format --dry-run -Werror 2>&1
}

rule_overview() # the tables of methods in README.md and docs are those of docs/methods.tsv
{
	scripts/overview --check
}

rule_page_words() # the words at the top of a page are those of docs/guides/words.md
{
	scripts/page_words --check
}

rule_methods() # docs/methods.tsv has every page and no function but those of sql/install, each named on its page
{
	local family page functions f stem

	diff <(tail -n +2 docs/methods.tsv | cut -f 2 | sort) \
		<(find docs/reference -name '*.md' -not -name README.md -printf '%f\n' | sed 's/\.md$//' | sort) |
		sed -n 's/^< \(.*\)/docs\/methods.tsv: there is no page \1/p; s/^> \(.*\)/docs\/methods.tsv lacks the page \1/p'
	tail -n +2 docs/methods.tsv | cut -f 1,2,4 | while IFS=$'\t' read -r family page functions; do
		[ -f "docs/reference/$page.md" ] || continue
		for stem in $(find src/fmgr -name "${page}_fmgr.c"); do
			[ "$stem" = "src/fmgr/$family/${page}_fmgr.c" ] || echo "docs/methods.tsv: $page is not of the family $family"
		done
		for f in $functions; do
			case $f in
				segment.*) grep -q "\"$f\"" -r src/pg ;;
				*) grep -qE "^CREATE (FUNCTION|AGGREGATE|TYPE) $f\>" -r sql/install ;;
			esac || echo "docs/methods.tsv: there is no $f"
			grep -qw "$f" "docs/reference/$page.md" || echo "docs/reference/$page.md does not name $f"
		done
	done
	# public is what a contract names in its head
	for f in $(perl -0ne '
		while (/((?:^---(?: .*)?\n)+)/mg) {
			my ($head) = $1 =~ /\A((?:--- .*\n)+)/ or next;
			$head =~ s/\n---\s{2,}/ /g;
			print "$1\n" while $head =~ /(?:^---|,) ([a-z_0-9]+)\(/mg;
		}' sql/install/*/*.sql | sort -u); do
		cut -f 4 docs/methods.tsv | grep -qw "$f" || find docs/reference -name '*.md' -not -name README.md -print0 |
			xargs -0 grep -qw "$f" || echo "$f is neither in docs/methods.tsv nor on a page of docs/reference"
	done
}

rule_block_width() # no line in a block of docs is wider than 109 columns, but for messages; none of a SQL test wider than 139
{
	find docs -name '*.md' -print0 | xargs -0 perl -CSD -ne '
		if (/^```/) { $inside = !$inside; next }
		1 while s/\t/" " x (4 - $-[0] % 4)/e;
		s/\s+$//;
		print "$ARGV:$.: ", length, " columns\n"
			if $inside && length > 109 && !/^(ERROR|WARNING|NOTICE|DETAIL|HINT|CONTEXT): /;
		if (eof) { close ARGV; $inside = 0 }'
	find test/sql test/pgtap -name '*.sql' -print0 | xargs -0 perl -CSD -ne '
		1 while s/\t/" " x (4 - $-[0] % 4)/e;
		s/\s+$//;
		print "$ARGV:$.: ", length, " columns\n" if length > 139;
		close ARGV if eof'
}

rule_links() # every link of a page leads to a file of ours, and to a heading in it
{
	git ls-files -co --exclude-standard '*.md' | perl -CSD -Mutf8 -MFile::Spec -ne '
		use File::Basename qw(dirname);
		chomp;
		push @pages, $_;
		sub text { open my $in, "<", $_[0] or return; local $/; return scalar <$in> }
		# without blocks of code, whose brackets are no links
		sub prose { (my $t = text($_[0])) =~ s/^```.*?^```$//msg; return $t }
		sub anchors
		{
			my %seen;
			return map { my $a = lc; $a =~ s/[^\w\- ]//g; $a =~ tr/ /-/; $a => 1 } prose($_[0]) =~ /^#+ (.*?)\s*$/mg;
		}
		END
		{
			for my $page (@pages)
			{
				for my $link (prose($page) =~ /\]\(([^)\s]+)\)/g)
				{
					next if $link =~ /^\w+:/;
					my ($file, $heading) = split /#/, $link;
					my $target = $file eq "" ? $page : File::Spec->catfile(dirname($page), $file);
					my %there = -f $target && $target =~ /\.md$/ ? anchors($target) : ();
					print "$page: $link\n" if !-e $target || (defined $heading && !$there{$heading});
				}
			}
		}'
}

rule_plain_words() # no phrase of scripts/plain_words.txt, which says what to write instead
{
	local pattern instead

	while IFS=$'\t' read -r pattern instead; do
		case $pattern in '' | '#'*) continue ;; esac
		grep -rnIEi --exclude-dir=corpus -- "$pattern" src sql/install docs README.md CHANGELOG.md CONTRIBUTING.md test |
			awk -v instead="$instead" '{ print $0 " -> " instead }'
	done < scripts/plain_words.txt
}

passed=0 failed=0
for rule in $(sed -n 's/^\(rule_[a-z_]*\)() #.*/\1/p' "$0"); do
	found=$("$rule")
	if [ -z "$found" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "Broken rule:$(sed -n "s/^$rule() #//p" "$0")"
		printf '%s\n' "$found" | head -n 60 | sed 's/^/    /'
	fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
