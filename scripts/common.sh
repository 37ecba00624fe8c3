# common.sh: functions shared by the scripts; sourced by them, never run.
#
# find_postgres sets
#   pg_major    major version of the PostgreSQL that we build and test with
#   pg_root     the parent of its directories: $pg_root/lib/postgresql/15 …
#   pg_bindir   $pg_root/lib/postgresql/$pg_major/bin

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
supported_versions="15 16 17 18 19"

die() { echo "${0##*/}: $*" >&2; exit 1; }

# The installation that $PG_CONFIG names, else the first complete one that we
# support, else the first that apt could install on this machine.
find_postgres()
{
	local bindir v

	if [ -n "${PG_CONFIG-}" ]; then
		bindir=$("$PG_CONFIG" --bindir) || die "PG_CONFIG=$PG_CONFIG does not run"
		use_bindir "$bindir" ||
			die "PG_CONFIG=$PG_CONFIG: a private server can be made from Debian's layout (…/lib/postgresql/15/bin) of PostgreSQL ${supported_versions// /, } only; with any other installation, use make install and make installcheck"
		return
	fi
	if bindir=$(pg_config --bindir 2> /dev/null) && [ -x "$bindir/postgres" ] && use_bindir "$bindir"; then
		return
	fi
	for v in $supported_versions; do
		bindir=/usr/lib/postgresql/$v/bin
		[ -x $bindir/postgres ] && [ -x $bindir/pg_config ] && use_bindir $bindir && return
	done
	for v in $supported_versions; do
		[ -n "$(apt_candidate postgresql-server-dev-$v)" ] && use_bindir /usr/lib/postgresql/$v/bin && return
	done
	use_bindir /usr/lib/postgresql/15/bin # what apt-get update may still provide
}

use_bindir()
{
	case $1 in */lib/postgresql/[0-9]*/bin) ;; *) return 1 ;; esac
	pg_bindir=$1
	pg_major=${1%/bin} pg_major=${pg_major##*/}
	pg_root=${1%/lib/postgresql/*}
	case " $supported_versions " in *" $pg_major "*) ;; *) return 1 ;; esac
}

# Version of a package that apt would install; empty if none
apt_candidate()
{
	apt-cache policy "$1" 2> /dev/null | sed -n 's/^ *Candidate: *//p' | grep -v '(none)' || true
}

# Run a command as the user "postgres" if we are root (a server refuses root)
as_postgres()
{
	if [ "$(id -u)" = 0 ]; then
		(cd / && exec setpriv --reuid=postgres --regid=postgres --init-groups env HOME=/tmp "$@")
	else
		(cd / && exec "$@")
	fi
}

# Sum the TAP lines of a file: "N passed, M failed".  Indented lines belong to
# subtests, which their parent counts.
count_tap()
{
	awk '/^ok [0-9]/ { ok++ } /^not ok [0-9]/ { if (/# TODO/) ok++; else bad++ }
		END { printf "%d passed, %d failed\n", ok, bad }' "$1"
}
