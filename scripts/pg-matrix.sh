#!/usr/bin/env bash
# pg-matrix.sh VERSION CMD [ARG...]
#
# Runs CMD against a throw-away PostgreSQL server of major VERSION (15, 17, 18 or 19) in a copy of the
# current directory, e.g.
#
#   scripts/pg-matrix.sh 17 scripts/check.sh build installcheck
#   scripts/pg-matrix.sh all make install installcheck   # every version in turn
#
# CMD runs with root rights, gcc/make of that Debian suite, $PG_CONFIG, psql, pg_prove, pgTAP,
# PGHOST/PGUSER/PGDATABASE set, a running server (unix socket only, superuser "postgres", trust).
# `pgctl restart` restarts the server (after `echo ... >> $PGDATA/postgresql.conf`).
# Files that it leaves in /out are kept in $PG_MATRIX_OUT (default: CACHE/out/VERSION).
# Exit status: CMD's; 70 if CMD passed but the server crashed meanwhile; 64 for wrong usage; 69 if
# that version is unavailable here (no root rights, no network, no namespaces).
#
# The server, its headers, pgTAP and a compiler are unpacked (never configured) with
# mmdebstrap's "extract" variant from the Debian suite that has that version, into a cached tree
# that is never changed afterwards; each run gets an overlay on it in RAM inside its own mount,
# PID, IPC and network namespaces, so nothing (process, socket, mount, file) outlives the run,
# and several versions may run at the same time.
#
# Needs: Debian, root, and (installed here if missing) mmdebstrap. Network only to fill the cache.
# Environment: PG_MATRIX_CACHE (default build/matrix), PG_MATRIX_PACKAGES (more Debian packages for
# the tree, comma-separated), PG_MATRIX_OUT, PG_MATRIX_MIRROR (default: the Debian mirror this
# machine's apt uses).
set -euo pipefail

# version -> suites; PostgreSQL 16 is in no Debian suite
suites() {
	case $1 in
	15) echo bookworm ;;
	17) echo trixie ;;
	18) echo forky ;;
	19) echo sid experimental ;;
	*) return 1 ;;
	esac
}
all="15 17 18 19"

die() { echo "pg-matrix: $*" >&2; exit 64; }
unavailable() { echo "pg-matrix: PostgreSQL $v cannot be had here: $*" >&2; exit 69; }

# ---- inside the namespaces: mount, chroot, run -----------------------------------------------
if [ "${1-}" = --inside ]; then
	tree=$2 work=$3 out=$4 src=$5 v=$6; shift 6
	mount --make-rprivate /
	mount -t tmpfs -o mode=755 tmpfs "$work"
	mkdir "$work"/{up,wk,root}
	mount -t overlay overlay -o "lowerdir=$tree,upperdir=$work/up,workdir=$work/wk" "$work/root"
	root=$work/root
	mkdir -p "$root"/{proc,dev/shm,src,out,run,tmp}
	chmod 1777 "$root/tmp"
	mount -t proc proc "$root/proc"
	for d in null zero full random urandom tty; do
		[ -e "$root/dev/$d" ] || : > "$root/dev/$d"
		mount --bind "/dev/$d" "$root/dev/$d"
	done
	ln -sfn /proc/self/fd "$root/dev/fd"
	mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
	mount --bind "$out" "$root/out"
	if command -v ip > /dev/null; then ip link set lo up; fi
	# a clean copy of the sources, without object files of another version
	cd "$src"
	if git rev-parse --is-inside-work-tree > /dev/null 2>&1; then
		git -c safe.directory='*' ls-files -coz --exclude-standard
	else
		find . -mindepth 1 \( -name .git -prune -o \( -type f -o -type l \) -print0 \)
	fi | while IFS= read -r -d '' f; do if [ -e "$f" ] || [ -L "$f" ]; then printf '%s\0' "$f"; fi; done |
		tar --null -T - -cf - | tar -C "$root/src" --no-same-owner -xf -
	cat > "$root/run/start" <<-'EOF'
		set -euo pipefail
		v=$1; shift
		cd /src
		bin=/usr/lib/postgresql/$v/bin
		export PATH=$bin:/usr/local/bin:/usr/bin:/usr/sbin LC_ALL=C.UTF-8 HOME=/tmp TMPDIR=/tmp TZ=UTC
		export PG_CONFIG=$bin/pg_config PGDATA=/var/lib/pgdata PGHOST=/tmp PGUSER=postgres PGDATABASE=postgres
		mkdir -p /usr/local/bin
		printf '#!/bin/sh\nexec setpriv --reuid=postgres --regid=postgres --clear-groups %s/pg_ctl -s -w -l /tmp/server.log "$@"\n' "$bin" > /usr/local/bin/pgctl
		chmod +x /usr/local/bin/pgctl
		install -d -o postgres -g postgres -m 700 "$PGDATA"
		setpriv --reuid=postgres --regid=postgres --clear-groups \
			initdb -N -A trust -U postgres -E UTF8 --locale=C.UTF-8 > /tmp/initdb.log 2>&1 || { cat /tmp/initdb.log; exit 1; }
		printf '%s\n' "listen_addresses=''" "unix_socket_directories='/tmp'" fsync=off full_page_writes=off \
			synchronous_commit=off shared_buffers=128MB >> "$PGDATA/postgresql.conf"
		pgctl start
		rc=0; "$@" || rc=$?
		pgctl -m fast stop || true
		if grep -E 'was terminated by signal|PANIC:|TRAP:' /tmp/server.log >&2; then [ $rc -ne 0 ] || rc=70; fi
		if [ $rc -ne 0 ]; then
			tail -n 30 /tmp/server.log >&2
		fi
		cp /tmp/server.log /out/ 2> /dev/null || true
		exit $rc
	EOF
	exec chroot "$root" /bin/bash /run/start "$v" "$@"
fi

# ---- outside ---------------------------------------------------------------------------------
[ $# -ge 2 ] || die "usage: pg-matrix.sh VERSION|all CMD [ARG...]"
self=$(readlink -f "$0")
if [ "$1" = all ]; then
	shift; bad=
	for v in $all; do
		echo "== PostgreSQL $v" >&2
		setpriv --pdeathsig TERM "$self" "$v" "$@" || bad="$bad $v"
	done
	[ -z "$bad" ] || { echo "pg-matrix: failed on:$bad" >&2; exit 1; }
	exit 0
fi
v=$1; shift
suites "$v" > /dev/null || die "no Debian suite has PostgreSQL $v (known: $all)"
[ "$(id -u)" = 0 ] || unavailable "not root (it takes mounts and chroot)"
unshare --mount --pid --net --ipc --fork true 2> /dev/null || unavailable "no right to make namespaces"

cache=${PG_MATRIX_CACHE:-$(dirname "$self")/../build/matrix}
out=${PG_MATRIX_OUT:-$cache/out/$v}
mkdir -p "$cache" "$out"
cache=$(readlink -f "$cache") out=$(readlink -f "$out")

# bash..util-linux: the minimum that an unconfigured tree needs
pkgs=postgresql-$v,libtap-parser-sourcehandler-pgtap-perl,gcc,libc6-dev,make
pkgs+=,base-files,bash,coreutils,dash,diffutils,findutils,grep,gzip,libc-bin,mawk,perl,sed,tar,util-linux
pkgs+=${PG_MATRIX_PACKAGES:+,$PG_MATRIX_PACKAGES}
tree=$cache/pg$v-$({ echo "$pkgs"; suites "$v"; sed -n '/^build_tree/,/^}/p' "$self"; } | sha256sum | cut -c1-12)

build_tree() {
	local t=$tree.new mirror sec code src=() s
	code=$(. /etc/os-release; echo "$VERSION_CODENAME")
	indextargets() { apt-get indextargets --no-release-info --format '$(RELEASE) $(REPO_URI)' | awk -v r="$1" '$1==r{print $2; exit}'; }
	mirror=${PG_MATRIX_MIRROR:-$(indextargets "$code")}
	sec=$(indextargets "$code-security")
	[ -n "$mirror" ] || unavailable "this machine's apt names no Debian mirror: set PG_MATRIX_MIRROR"
	for s in $(suites "$v"); do
		src+=("deb $mirror $s main")
		case $s in bookworm | trixie) [ -z "$sec" ] || src+=("deb $sec $s-security main") ;; esac
	done
	command -v mmdebstrap > /dev/null || {
		apt-get -qq -o DPkg::Lock::Timeout=300 update
		DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends mmdebstrap > /dev/null
	}
	# an archive snapshot can be older than forky's and sid's one-week validity: check dates as this
	# machine's own apt does (signatures are checked anyway)
	local aptopt=() o x
	for o in Acquire::Check-Valid-Until Acquire::Check-Date; do
		x=; eval "$(apt-config shell x "$o")"; [ -z "$x" ] || aptopt+=("--aptopt=$o \"$x\"")
	done
	rm -rf "$t"
	# Of experimental, which apt takes only by name, no more than PostgreSQL itself.  pgTAP is SQL alone
	# and in no suite for a release candidate: that of the version before does.
	local pgtap=postgresql-$v-pgtap
	[ "$v" -lt 19 ] || pgtap=postgresql-18-pgtap
	# The server headers bypass dependency resolution: postgresql-server-dev-N depends
	# on clang and LLVM (650 MB), which only the JIT bitcode needs.
	mmdebstrap --mode=root --variant=extract --include="$pkgs" \
		--aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Retries "3"' "${aptopt[@]}" \
		--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
		--setup-hook="printf '%s\\n' 'Package: src:postgresql-$v' 'Pin: release a=experimental' 'Pin-Priority: 990' > \"\$1/etc/apt/preferences.d/postgresql\"" \
		--extract-hook="set -e; mkdir \"\$1/x\"; cd \"\$1/x\"; export APT_CONFIG=\"\$MMDEBSTRAP_APT_CONFIG\"
			apt-get -qq -o APT::Sandbox::User=root download postgresql-server-dev-$v $pgtap
			for d in *.deb; do dpkg -x \"\$d\" \"\$1\"; done
			cd /; rm -r \"\$1/x\"" \
		"$(suites "$v" | cut -d' ' -f1)" "$t" "${src[@]}" < /dev/null
	# the work of the packages' own scripts
	printf '%s\n' root:x:0:0::/:/bin/bash postgres:x:999:999::/var/lib/postgresql:/bin/bash > "$t/etc/passwd"
	printf '%s\n' root:x:0: postgres:x:999: > "$t/etc/group"
	[ "$v" = "${pgtap//[^0-9]/}" ] ||
		cp "$t/usr/share/postgresql/${pgtap//[^0-9]/}/extension"/pgtap* "$t/usr/share/postgresql/$v/extension/"
	[ -e "$t/usr/bin/awk" ] || ln -s mawk "$t/usr/bin/awk"
	[ -e "$t/usr/bin/cc" ] || ln -s gcc "$t/usr/bin/cc"
	sed -i 's/^with_llvm[[:space:]]*=.*/with_llvm = no/' "$t/usr/lib/postgresql/$v/lib/pgxs/src/Makefile.global"
	rm -rf "$t"/usr/share/{doc,man,locale,info} "$t"/var/cache/apt/* "$t"/var/lib/apt/lists/*
	chroot "$t" "/usr/lib/postgresql/$v/bin/postgres" --version >&2
	mv -T "$t" "$tree"
}
(
	flock 9
	[ -d "$tree" ] || build_tree
) 9> "$tree.lock" &
# waited for in the background: "set -e" has no effect on the left side of ||
wait $! || unavailable "its packages could not be fetched"

# every run mounts its own RAM disk on the same folder, each in its own namespace. When this script
# ends, however it ends, so does everything it started (unshare alone ignores a TERM).
mkdir -p "$cache/mnt"
trap 'exit 143' TERM INT HUP
setpriv --pdeathsig KILL unshare --mount --pid --net --ipc --fork --kill-child -- \
	"$BASH" "$self" --inside "$tree" "$cache/mnt" "$out" "$PWD" "$v" "$@" <&0 &
rc=0; wait $! || rc=$?
exit $rc
