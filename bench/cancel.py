"""Cancel: how long after it a statement still runs, for everything that may run long.

    cancel.py [CASE...]

    cancel.py --again [CASE...]     with the tables of the run before

Each case is cancelled RUNS times (20), at moments spread over its first seconds.  CPU
time is the backend's, from the cancel on; the other is the client's, from sending the
cancel to receiving the error, which also depends on what else the machine does.  The large model
has about SIZE (300) MB.  It is stored without compression, as the server does not look
for cancel while it compresses.
"""

import os
import statistics
import sys
import threading
import time

import psycopg2

from measure import Session

RUNS = int(os.environ.get("RUNS", "20"))
SIZE = int(os.environ.get("SIZE", "300"))

TABLES = f"""
DROP SCHEMA IF EXISTS bench_cancel CASCADE;
CREATE SCHEMA bench_cancel;
CREATE TABLE large (model segment_model, t text);
ALTER TABLE large ALTER t SET STORAGE external, ALTER model SET STORAGE external;
INSERT INTO large (model) SELECT cf_train(i, i % 1000, i % 5, '{{"factors": 64, "epochs": 1}}') AS model
    FROM generate_series(1, {SIZE} * 2000) AS i;
UPDATE large SET t = model::text;
CREATE TABLE curve (summary segment_summary, t text);
ALTER TABLE curve ALTER t SET STORAGE external, ALTER summary SET STORAGE external;
INSERT INTO curve (summary) SELECT kaplan_meier(sqrt(i), i % 3 > 0) AS summary FROM generate_series(1, 2000000) AS i;
UPDATE curve SET t = summary::text;
CREATE TABLE rows AS SELECT i, ARRAY[sin(i), cos(i * 7), sin(i * 3), i % 101, sqrt(i), cos(i)]::feature_vector AS v,
    1 + i % 50 AS frequency, 1 + i % 9000 / 10.0 AS recency, 1000 + i / 1000.0 AS age FROM generate_series(1, 300000) AS i;
CREATE TABLE ratings AS SELECT i % 20000 AS u, (i::bigint * i % 3001)::int AS item, 1 + i % 5 AS rating FROM generate_series(1, 1000000) AS i;
CREATE TABLE neighbours AS SELECT cf_train(u, item, rating, '{{"method": "item_knn"}}') AS model FROM ratings WHERE u < 4000;
CREATE TABLE baskets AS SELECT array_agg(j) AS items FROM generate_series(1, 20000) AS i, generate_series(1, 60) AS j
    WHERE (i::bigint * i * j + i * 7919 + j * j * 31) % 10007 % 100 < 45 GROUP BY i;
CREATE TABLE catalog AS SELECT array_agg(i) AS ids, array_agg(sin(i)::float8) AS scores, array_agg(v) AS vectors
    FROM generate_series(1, 4000) AS i, LATERAL (SELECT array_agg(sin(i * j))::float8[]::feature_vector AS v FROM generate_series(1, 100) AS j) AS w;
CREATE TABLE sets AS SELECT itemset_train(ARRAY[1,2,3,4,5,6,7,8,9,10,11,12,13,14], '{{"min_support": 0.5}}') AS model FROM generate_series(1, 4);
CREATE TABLE events AS SELECT i % 7 AS u, timestamp '2026-01-01' + i * interval '1 second' AS ts, i % 11 AS kind FROM generate_series(1, 2000000) AS i;
"""

FOREVER = "generate_series(1, 1000000) AS again"
ROWS = "FROM rows"
RATINGS = "FROM ratings"

CASES = {
    "large model: to text": "SELECT octet_length(model::text) FROM large, " + FOREVER,
    "large model: to json": "SELECT octet_length((model::json)::text) FROM large, " + FOREVER,
    "large model: from text": "SELECT model_size(t::segment_model) FROM large, " + FOREVER,
    "large model: send": "SELECT length(segment_model_send(model)) FROM large, " + FOREVER,
    "large model: hash": "SELECT segment_model_hash(model) FROM large, " + FOREVER,
    "large model: compare": "SELECT a.model = b.model FROM large AS a, large AS b, " + FOREVER,
    "large model: info": "SELECT model_info(model) FROM large, " + FOREVER,
    "large model: score": "SELECT sum(cf_predict(model, again, 1)) FROM large, " + FOREVER,
    "large model: recommend": "SELECT count(*) FROM large, %s, cf_recommend(model, again, NULL::int[], 10)" % FOREVER,
    "summary: to text": "SELECT octet_length(summary::text) FROM curve, " + FOREVER,
    "summary: from text": "SELECT count(t::segment_summary) FROM curve, " + FOREVER,
    "survival_curve": "SELECT count(*) FROM curve, %s, survival_curve(summary)" % FOREVER,
    "rollup": "SELECT rollup(summary) FROM curve, " + FOREVER,
    "kaplan_meier": "SELECT model_size(kaplan_meier(i, true)) FROM generate_series(1, 2000000) AS i",
    "logrank_test": "SELECT logrank_test(i % 900, i, i % 2 = 0) FROM generate_series(1, 2000000) AS i",
    "adjusted_rand": "SELECT adjusted_rand(i, i) FROM generate_series(1, 2000000) AS i",
    "top_interest": "SELECT top_interest(i) FROM generate_series(1, 3000000) AS i",
    "mmr": "SELECT count(*) FROM catalog, %s, mmr(ids, scores, vectors, 4000, 1.0 / (1 + again))" % FOREVER,
    "association_rules": "SELECT count(*) FROM sets, %s, association_rules(model, 0.1 / again)" % FOREVER,
    "rule_recommend": "SELECT count(*) FROM sets, %s, rule_recommend(model, ARRAY[1, 2, again], 10)" % FOREVER,
    "cf_recommend, item_knn": "SELECT count(*) FROM neighbours, %s, cf_recommend(model, again %% 4000, NULL::int[], 10)" % FOREVER,
    "cf_similar_items": "SELECT count(*) FROM neighbours, %s, cf_similar_items(model, again %% 3000, 10)" % FOREVER,
    "kmeans_train": "SELECT kmeans_train(v, 200, '{\"restarts\": 100}') " + ROWS,
    "kmeans_elbow": "SELECT kmeans_elbow(v, 2, 40) " + ROWS,
    "silhouette": "SELECT silhouette(i % 5, v) " + ROWS,
    "davies_bouldin": "SELECT davies_bouldin(i % 5000, v) " + ROWS,
    "tier_train": "SELECT tier_train(sqrt(i), 50, '{\"method\": \"jenks\"}') " + ROWS,
    "rfm_train": "SELECT rfm_train(recency, frequency, age) FROM rows, generate_series(1, 20)",
    "cox_train": "SELECT cox_train(age, i % 2 = 0, v) " + ROWS,
    "bgnbd_train": "SELECT bgnbd_train(frequency, recency, age) " + ROWS,
    "paretonbd_train": "SELECT paretonbd_train(frequency, recency, age) " + ROWS,
    "gamma_gamma_train": "SELECT gamma_gamma_train(frequency, age) FROM rows, generate_series(1, 10)",
    "sbg_train": "SELECT sbg_train(age, i % 2 = 0) FROM rows, generate_series(1, 20)",
    "itemset_train, apriori": "SELECT itemset_train(items, '{\"min_support\": 0.01, \"algorithm\": \"apriori\"}') FROM baskets",
    "itemset_train, closed": "SELECT itemset_train(items, '{\"min_support\": 0.01, \"target\": \"closed\"}') FROM baskets",
    "itemset_train, maximal": "SELECT itemset_train(items, '{\"min_support\": 0.01, \"target\": \"maximal\"}') FROM baskets",
    "frequent_sequence_train": "SELECT frequent_sequence_train(items, '{\"min_support\": 0.01}') FROM baskets",
    "cf_train, svd": "SELECT cf_train(u, item, rating, '{\"epochs\": 1000}') " + RATINGS,
    "cf_train, baseline": "SELECT cf_train(u, item, rating, '{\"method\": \"baseline\"}') " + RATINGS,
    "cf_train, als_implicit": "SELECT cf_train(u, item, rating, '{\"method\": \"als_implicit\", \"iterations\": 1000}') " + RATINGS,
    "cf_train, ease": "SELECT cf_train(u, item, rating, '{\"method\": \"ease\"}') " + RATINGS,
    "cf_train, item_knn": "SELECT cf_train(u, item, rating, '{\"method\": \"item_knn\"}') " + RATINGS,
    "cf_train, user_knn": "SELECT cf_train(u, item, rating, '{\"method\": \"user_knn\"}') " + RATINGS,
    "window_funnel": "SELECT window_funnel('1 day', ts, kind = 1, kind = 2, kind = 3) FROM events GROUP BY u",
    "sequence_count": "SELECT sequence_count('(?1).*(?2).*(?3)', ts, kind = 1, kind = 2, kind = 3) FROM events GROUP BY u",
    "retention": "SELECT retention(ts, '2026-01-01', '1 second', 600) FROM events GROUP BY u",
    "purchase_summary": "SELECT purchase_summary(ts, 1, '2027-01-01') FROM events GROUP BY u",
}


def late(session, query, after):
    """Milliseconds from a cancel to the end, CPU and clock; None: the query was not cancelled."""
    ended = []

    def run():
        try:
            session.run(query)
        except psycopg2.errors.QueryCanceled:
            ended.append(time.perf_counter())

    thread = threading.Thread(target=run)
    thread.start()
    time.sleep(after)
    alive = thread.is_alive()
    begun, cpu = time.perf_counter(), session.cpu()
    session.connection.cancel()
    thread.join()
    return (1000 * (session.cpu() - cpu), 1000 * (ended[0] - begun)) if alive and ended else None


def percentile(times, share):
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main():
    session = Session()
    session.run("SET segment.max_model_size = '512MB'; SET segment.training_memory = '4GB'; SET search_path = bench_cancel, public")
    if "--again" not in sys.argv:
        session.run(TABLES)
    print("| statement | cancelled | median CPU, ms | worst CPU, ms | median, ms | worst, ms |\n| --- | --: | --: | --: | --: | --: |")
    every = []
    for name in [name for name in sys.argv[1:] if name in CASES] or CASES:
        times = [late(session, CASES[name], 0.05 + 4.0 * (run * 7 % RUNS) / RUNS) for run in range(RUNS)]
        times = [t for t in times if t is not None]
        every += times
        cells = ["%.0f" % f(column) for column in zip(*times) for f in (statistics.median, max)]
        print("| %s | %d | %s |" % (name, len(times), " | ".join(cells)), flush=True)
    for kind, column in zip(("CPU", "clock"), zip(*every)):
        print("\n%d statements, %s: median %.0f ms, 99 %% within %.0f ms, worst %.0f ms"
              % (len(every), kind, statistics.median(column), percentile(column, 0.99), max(column)))


if __name__ == "__main__":
    main()
