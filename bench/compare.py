"""Two builds side by side: CPU seconds of the same queries on two servers.

    compare.py HOST_BEFORE HOST_AFTER [CASE...]

Each host is the socket directory of a server with the extension of one build.  The
tables are those of the other benchmarks, ROWS rows (100000), made once in database
"compare".  Cases run in turn on both (A B, B A, …), RUNS times (9); figures are
medians of the backends' CPU seconds, and ratios are ratios of medians.
"""

import os
import statistics
import subprocess
import sys

import psycopg2

from measure import Session

ROWS = os.environ.get("ROWS", "100000")
RUNS = int(os.environ.get("RUNS", "9"))
STEPS = ", ".join("kind = %d" % k for k in range(5))
TABLES = ("kmeans", "events", "lifetime", "cf", "itemset")

CASES = {
    "rows collected (no training)": "SELECT collect_rows(v, 2) FROM uniform_vectors",
    "kmeans_train, k = 8": "SELECT model_size(kmeans_train(v, 8)) FROM users_vectors",
    "kmeans_assign": "SELECT sum(kmeans_assign((SELECT kmeans_train(v, 8, '{\"restarts\": 1, \"max_iterations\": 1}') "
        "FROM (SELECT v FROM users_vectors LIMIT 2000) AS t), v)) FROM users_vectors",
    "tier_train": "SELECT model_size(tier_train(a, 5)) FROM users_columns",
    "rfm_train": "SELECT model_size(rfm_train(a, b, c)) FROM users_columns",
    "cox_train": "SELECT model_size(cox_train(h, d > 50, ARRAY[a, b, c])) FROM users_columns WHERE h > 0 AND user_id % 5 = 0",
    "bgnbd_train": "SELECT model_size(bgnbd_train(frequency, recency, age)) FROM weekly",
    "small groups: tier_train of 10 rows each": "SELECT count(m) FROM (SELECT tier_train(a, 2) AS m FROM users_columns GROUP BY user_id / 10) AS t",
    "window_funnel, 5 steps": "SELECT sum(f) FROM (SELECT window_funnel('7 days', ts, %s) AS f FROM events GROUP BY user_id) AS t" % STEPS,
    "sequence_match": "SELECT count(*) FILTER (WHERE f) FROM (SELECT sequence_match('(?1).*(?t<=3600)(?2).*(?3)', ts, kind = 0, kind = 1, kind = 2) AS f "
        "FROM events GROUP BY user_id) AS t",
    "retention": "SELECT count(f) FROM (SELECT retention(ts, '2026-01-01', '1 day', 30) AS f FROM events GROUP BY user_id) AS t",
    "cf_train, svd": "SELECT model_size(cf_train(user_id, item_id, rating)) FROM ratings",
    "cf_train, als_implicit": "SELECT model_size(cf_train(user_id, item_id, rating, '{\"method\": \"als_implicit\"}')) FROM ratings",
    "cf_train, ease": "SELECT model_size(cf_train(user_id, item_id, rating, '{\"method\": \"ease\"}')) FROM ratings WHERE item_id < 1000",
    "cf_recommend, item_knn": "SELECT count(*) FROM (SELECT cf_train(user_id, item_id, rating, '{\"method\": \"item_knn\"}') AS m FROM ratings) AS t, "
        "generate_series(1, 300) AS u, cf_recommend(m, u, NULL::int[], 10)",
    "itemset_train": "SELECT model_size(itemset_train(items, '{\"min_support\": 0.01}')) FROM baskets",
    "itemset_train, closed, dense": "SELECT model_size(itemset_train(items, '{\"min_support\": 0.2, \"target\": \"closed\"}')) FROM dense",
}


def prepare(host):
    """A database of that server with the tables of the benchmarks, made if missing."""
    environment = dict(os.environ, PGHOST=host, PGDATABASE="postgres")
    connection = psycopg2.connect(host=host, dbname="postgres")
    connection.autocommit = True
    cursor = connection.cursor()
    cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'compare'")
    if cursor.fetchone() is None:
        cursor.execute("CREATE DATABASE compare")
        environment["PGDATABASE"] = "compare"
        for name in TABLES:
            subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-v", "rows=" + ROWS,
                            "-f", os.path.join(os.path.dirname(__file__), name + ".sql")],
                           env=environment, check=True)
    os.environ.update(PGHOST=host, PGDATABASE="compare")
    return Session()


def main():
    sessions = [prepare(host) for host in sys.argv[1:3]]
    wanted = sys.argv[3:] or CASES
    print("| case | before, CPU s | after, CPU s | ratio |")
    print("|---|---|---|---|")
    for name in wanted:
        runs = ([], [])
        for run in range(RUNS + 1):
            pairs = list(zip(sessions, runs))
            for session, times in pairs if run % 2 else reversed(pairs):
                start = session.cpu()
                session.run(CASES[name])
                if run:  # the first round warms the caches
                    times.append(session.cpu() - start)
        before, after = (statistics.median(times) for times in runs)
        print("| %s | %.3f | %.3f | %.3f |" % (name, before, after, after / before), flush=True)


main()
