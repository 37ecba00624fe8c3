#!/usr/bin/env bash
# with-server.sh CMD [ARG...]: run CMD in the source tree with a private server
#
# Installs what is missing, starts the server, and stops it again, whatever
# happens to CMD or to this script.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"

mkdir -p build
exec 9> build/lock
flock -n 9 || die "this source tree is busy: another make check, demo or bench runs in it"

scripts/setup.sh
child=
trap 'scripts/server.sh stop 9>&-' EXIT
# in its own process group, so that we can end it with everything it started
trap '[ -z "$child" ] || kill -TERM -- -$child 2> /dev/null; exit 143' INT TERM HUP
scripts/server.sh start 9>&-
eval "$(scripts/server.sh env)"
set -m
"$@" < /dev/null 9>&- &
child=$!
set +m
wait $child
