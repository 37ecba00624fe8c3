#!/usr/bin/env bash
# server.sh start|stop|env: a private PostgreSQL server
#
# start  copies PostgreSQL's files to build/pg (it finds its parts relative to
#        itself), so that "make install" into the copy touches
#        nothing of the system, and starts a server on a new data directory:
#        Unix socket only, no durability.  A leftover server is stopped first.
# env    prints the environment to reach it, for eval
# stop   stops it and removes its data
#
# As root the server runs as user "postgres".  Where that user cannot reach
# build/ (a clone below a private home), everything is in a directory under /tmp,
# which "stop" removes.
set -euo pipefail
umask 022
. "$(dirname "$0")/common.sh"
state=$top/build/server.env

stop()
{
	[ -f "$state" ] || return 0
	(
		. "$state"
		as_postgres "$(dirname "$PG_CONFIG")/pg_ctl" -s -D "$SEGMENT_HOME/server/data" -m immediate -w stop 2> /dev/null || true
		if [ -d "$SEGMENT_HOME/server" ]; then
			cp "$SEGMENT_HOME/server/log" "$top/build/server.log" 2> /dev/null || true
			rm -rf "$SEGMENT_HOME/server"
		fi
		case $PGHOST in /tmp/segment-socket.*) rm -rf "$PGHOST" ;; esac
		case $SEGMENT_HOME in /tmp/segment.*) rm -rf "$SEGMENT_HOME" ;; esac
	)
	rm -f "$state"
}

# Copy the installation, without any segment that it may contain
copy_postgres()
{
	local d

	rm -rf "$home/pg"
	for d in lib share include; do
		mkdir -p "$home/pg/$d/postgresql"
		# -L: some shared files are links into /etc or other packages; one
		# that dangles is not our concern
		cp -aL "$pg_root/$d/postgresql/$pg_major" "$home/pg/$d/postgresql/" 2> /dev/null || true
	done
	bin=$home/pg/lib/postgresql/$pg_major/bin
	[ -f "$home/pg/share/postgresql/$pg_major/postgres.bki" ] && "$bin/postgres" --version > /dev/null ||
		die "could not copy PostgreSQL $pg_major from $pg_root to $home/pg"
	rm -rf "$home/pg/share/postgresql/$pg_major/extension"/segment{.control,--*} \
		"$bin/../lib/segment.so" "$bin/../lib/bitcode"/segment{,.index.bc}
}

start()
{
	stop
	find_postgres
	mkdir -p "$top/build"
	home=$top/build
	if [ "$(id -u)" = 0 ]; then
		id postgres > /dev/null 2>&1 || die "there is no user \"postgres\" to run a server as"
		as_postgres test -x "$home" || { home=$(mktemp -d /tmp/segment.XXXXXX); chmod 755 "$home"; }
	fi
	copy_postgres

	local run=$home/server socket=$home/server/s
	rm -rf "$run"
	mkdir -p "$run"
	# a socket path has at most 107 bytes
	if [ "$(printf %s "$socket/.s.PGSQL.5432" | wc -c)" -gt 100 ]; then socket=$(mktemp -d /tmp/segment-socket.XXXXXX); fi
	mkdir -p "$socket"
	chmod 700 "$socket"
	[ "$(id -u)" != 0 ] || chown -R postgres: "$run" "$socket"
	cat > "$state" <<-END
		export SEGMENT_HOME='$home' PG_CONFIG='$bin/pg_config' PGHOST='$socket' PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
		export PATH='$bin':"\$PATH" LC_ALL=C.UTF-8 PGTZ=UTC
		unset PGHOSTADDR PGPASSWORD PGSERVICE PGOPTIONS PGDATESTYLE PGCLIENTENCODING PGSSLMODE PGAPPNAME PSQLRC
	END

	as_postgres "$bin/initdb" -N -A trust -U postgres -E UTF8 --locale=C.UTF-8 -D "$run/data" > "$top/build/initdb.log" 2>&1 ||
		{ cat "$top/build/initdb.log" >&2; die "initdb failed"; }
	as_postgres tee -a "$run/data/postgresql.conf" > /dev/null <<-END
		listen_addresses = ''
		unix_socket_directories = '$socket'
		port = 5432
		fsync = off
		synchronous_commit = off
		full_page_writes = off
		shared_buffers = 128MB
		max_wal_size = 2GB
		timezone = 'UTC'
		log_line_prefix = '%m [%p] %d '
	END
	as_postgres "$bin/pg_ctl" -s -w -t 120 -D "$run/data" -l "$run/log" start ||
		{ cat "$run/log" >&2; die "the private server did not start"; }
}

case ${1-} in
	start) start ;;
	stop) stop ;;
	env) [ ! -f "$state" ] || cat "$state" ;;
	*) die "usage: server.sh start|stop|env" ;;
esac
