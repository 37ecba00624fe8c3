#!/usr/bin/env bash
# setup.sh [browser]: install what is missing for building and testing; with "browser",
# also Chromium, where there is one for this processor, and what looks at charts with it
#
# Asks apt only for missing packages, so a second run needs no network.  Starts no
# server and creates no database cluster; a PostgreSQL that is already running is
# left alone.
set -euo pipefail
. "$(dirname "$0")/common.sh"

what=${1-}
knows_all=yes # apt, as far as we can make it
[ "$(id -u)" != 0 ] || knows_all=
missing=()
need() { local package=$1; shift; "$@" > /dev/null 2>&1 || missing+=("$package"); }
have_fuzzer() { ls "$(clang -print-runtime-dir)"/libclang_rt.fuzzer* || ls "$(dirname "$(clang -print-libgcc-file-name)")"/libclang_rt.fuzzer* || ls /usr/lib/llvm-*/lib/clang/*/lib/linux/libclang_rt.fuzzer*; }

list_missing()
{
	missing=()
	find_postgres
	need "postgresql-$pg_major" test -x "$pg_bindir/postgres"
	need "postgresql-server-dev-$pg_major" test -f "$pg_root/include/postgresql/$pg_major/server/postgres.h"
	need "postgresql-$pg_major-pgtap" test -f "$pg_root/share/postgresql/$pg_major/extension/pgtap.control"
	need libtap-parser-sourcehandler-pgtap-perl command -v pg_prove
	need libipc-run-perl perl -MIPC::Run -e 1
	need perl perl -MTest::More -MTAP::Harness -e 1
	need gcc command -v gcc
	need libc6-dev test -f /usr/include/stdio.h
	need make command -v make
	need clang command -v clang
	need libclang-rt-dev have_fuzzer
	need clang-format command -v clang-format
	need libxml2-utils command -v xmllint
	[ "$what" != browser ] || list_missing_browser
}

list_missing_browser()
{
	need chromium have_or_nowhere chromium chromium
	need chromium-driver have_or_nowhere chromium-driver chromedriver
	need fonts-dejavu-core test -f /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
	need fonts-liberation has_liberation_sans
}

# COMMAND is there, or apt, once it is up to date, knows no such PACKAGE
have_or_nowhere() { command -v "$2" || { [ -n "$knows_all" ] && [ -z "$(apt_candidate "$1")" ]; }; }
has_liberation_sans() { ls /usr/share/fonts/truetype/liberation*/LiberationSans-Regular.ttf; }

list_missing
[ ${#missing[@]} -gt 0 ] || exit 0

command -v apt-get > /dev/null ||
	die "this is no Debian; what Debian calls ${missing[*]} is missing: install it, then try again"
[ "$(id -u)" = 0 ] ||
	die "missing packages; as root: apt-get install --no-install-recommends ${missing[*]}"

apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"; }

echo "setup: installing ${missing[*]}" >&2
apt update || echo "setup: apt-get update failed, trying with what apt knows" >&2
knows_all=yes
list_missing # apt may now know another version of PostgreSQL
[ ${#missing[@]} -gt 0 ] || exit 0

# The server package would create a cluster and start it: tell it not to, during
# this installation only
no_cluster=/etc/postgresql-common/createcluster.d/segment-setup.conf
log=$(mktemp)
made=
[ -d "${no_cluster%/*}" ] || made=${no_cluster%/*}
trap 'rm -f "$no_cluster" "$log"; [ -z "$made" ] || rmdir --ignore-fail-on-non-empty "$made"' EXIT
mkdir -p "${no_cluster%/*}"
echo "create_main_cluster = false" > "$no_cluster"
if ! apt install --no-install-recommends "${missing[@]}" > "$log" 2>&1; then
	tail -n 20 "$log" >&2
	die "apt could not install ${missing[*]}"
fi

list_missing
[ ${#missing[@]} -eq 0 ] || die "still missing after installation: ${missing[*]}"
