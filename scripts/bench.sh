#!/usr/bin/env bash
# bench.sh: the benchmarks, inside with-server.sh
#
# They compare against Debian's scikit-learn, XGBoost, ranger, scipy and fastcluster, which
# are installed here and not by setup.sh because nothing else needs them.
set -euo pipefail
. "$(dirname "$0")/common.sh"
cd "$top"

packages=(python3 python3-sklearn python3-numpy python3-psycopg2 python3-threadpoolctl libopenblas0 python3-xgboost r-cran-ranger
	python3-scipy python3-fastcluster python3-gensim)
have_packages() { dpkg-query -W "${packages[@]}" > /dev/null 2>&1; }

if ! have_packages; then
	[ "$(id -u)" = 0 ] || die "missing packages; as root: apt-get install --no-install-recommends ${packages[*]}"
	echo "bench: installing ${packages[*]}" >&2
	apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@"; }
	apt update || true
	apt install --no-install-recommends "${packages[@]}" > /dev/null
	have_packages || die "apt could not install ${packages[*]}"
fi

mkdir -p build/log
scripts/install.sh > build/log/build.log 2>&1 || { cat build/log/build.log >&2; die "build failed"; }

# the tables fit into the server's memory, so that I/O is not measured
psql -X -q -c "ALTER SYSTEM SET shared_buffers = '1GB'"
as_postgres "$(dirname "$PG_CONFIG")/pg_ctl" -s -w -D "$SEGMENT_HOME/server/data" -l "$SEGMENT_HOME/server/log" restart
createdb segment_bench
PGDATABASE=segment_bench exec bench/run.sh ${BENCH-}
