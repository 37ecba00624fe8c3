#!/usr/bin/env bash
# install.sh [GOAL...]: build out of tree, for the server that $PG_CONFIG names
#
# Without a goal: install.  The objects are in build/obj-MAJOR, those of a build
# with SANITIZE=1 (see Makefile) in build/obj-MAJOR-sanitize.
set -euo pipefail
. "$(dirname "$0")/common.sh"
find_postgres
objects=$top/build/obj-$pg_major${SANITIZE:+-sanitize}
mkdir -p "$objects"
# with_llvm: a PostgreSQL built with LLVM needs bitcode too; not every machine has clang
llvm=()
command -v clang > /dev/null && [ -z "${SANITIZE-}" ] || llvm=(with_llvm=no)
exec make -s -j"$(nproc)" -C "$objects" -f "$top/Makefile" VPATH="$top" PG_CONFIG="$PG_CONFIG" \
	"${llvm[@]}" "${@:-install}"
