"""k-means in SQL against scikit-learn; kmeans.sql makes the tables.

Prints Markdown.  ROWS and RUNS come from the environment.
"""

import io
import json
import os
import struct
import warnings

import numpy as np
import psycopg2
import sklearn
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_info, threadpool_limits

from measure import Session, interleave
from report import against, head, line, setup_line

RUNS = int(os.environ["RUNS"])
CLUSTERS = (5, 20)
PASSES = 25
COLUMNS = "a, b, c, d, e, f, g, h"

warnings.simplefilter("ignore", ConvergenceWarning)
warnings.simplefilter("ignore", FutureWarning)


# ---------- the database's side ----------

def train_sql(table, k, options=None):
    """Train and keep the model for kmeans_assign."""
    options = ", '%s'" % json.dumps(options) if options else ""
    return ("WITH trained AS (SELECT kmeans_train(v, %d%s) AS model FROM %s_vectors) "
            "SELECT (model::text::json->>'iterations')::int, (model::text::json->>'inertia')::float8 "
            "FROM trained" % (k, options, table))


def same_start(session, k):
    rows = session.run("SELECT %s FROM uniform_columns WHERE user_id <= %d "
                       "ORDER BY user_id" % (COLUMNS, k))
    return [list(row) for row in rows]


# ---------- the Python path ----------

def copy_out(session, sql, form):
    out = io.BytesIO()
    session.cursor.copy_expert("COPY (%s) TO STDOUT (FORMAT %s)" % (sql, form), out)
    return out.getvalue()


def parse_binary(data):
    """COPY's binary format of an int4 and eight float8 that are never NULL."""
    (extension,) = struct.unpack_from(">i", data, 15)
    fields = [("n", ">i2"), ("l0", ">i4"), ("id", ">i4")]
    for i in range(8):
        fields += [("l%d" % (i + 1), ">i4"), ("x%d" % i, ">f8")]
    at = 19 + extension
    dtype = np.dtype(fields)
    rows = np.frombuffer(data, dtype, (len(data) - at - 2) // dtype.itemsize, at)
    x = np.empty((len(rows), 8))
    for i in range(8):
        x[:, i] = rows["x%d" % i]
    return rows["id"].astype(np.int32), x


def parse_text(data):
    table = np.loadtxt(io.BytesIO(data), delimiter=",")
    return table[:, 0].astype(np.int32), np.ascontiguousarray(table[:, 1:])


def copy_labels_back(session, ids, labels):
    rows = np.empty(len(ids), [("n", ">i2"), ("l0", ">i4"), ("id", ">i4"),
                               ("l1", ">i4"), ("label", ">i4")])
    rows["n"], rows["l0"], rows["l1"] = 2, 4, 4
    rows["id"], rows["label"] = ids, labels + 1
    data = (b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0) + rows.tobytes() +
            struct.pack(">h", -1))
    session.run("CREATE UNLOGGED TABLE labels (user_id int, cluster int)")
    session.cursor.copy_expert("COPY labels FROM STDIN (FORMAT binary)",
                               io.BytesIO(data))
    session.run("DROP TABLE labels")


def python_path(session, table, make, form):
    """Everything Python has to do to store a cluster for each user."""
    data = copy_out(session, "SELECT user_id, %s FROM %s_columns" % (COLUMNS, table), form)
    ids, x = parse_binary(data) if form == "binary" else parse_text(data)
    if table == "users":
        x = StandardScaler().fit_transform(x)
    with threadpool_limits(1):
        model = make().fit(x)
    copy_labels_back(session, ids, model.labels_)


def sql_path(session, sql, table):
    """The same in the database: train, keep the model, score into a table."""
    session.run("CREATE UNLOGGED TABLE labels AS "
                "WITH trained AS (SELECT %s AS model FROM %s_vectors) "
                "SELECT user_id, kmeans_assign((SELECT model FROM trained), v) AS cluster "
                "FROM %s_vectors" % (sql, table, table))
    session.run("DROP TABLE labels")


# ---------- tables ----------

def training(session, title, table, x, k, options, make):
    call = "kmeans_train(v, %d%s)" % (
        k, ", '%s'" % json.dumps(options) if options else "")
    train = train_sql(table, k, options)

    def fit(threads, **changes):
        with threadpool_limits(threads):
            model = make(**changes).fit(x)
        return model.n_iter_, model.inertia_

    cases = {
        "kmeans_train": lambda: session.run(train)[0],
        "KMeans.fit, 1 thread": lambda: fit(1),
        "KMeans.fit, all threads": lambda: fit(os.cpu_count()),
        "train and assign, in SQL": lambda: sql_path(session, call, table),
        "Python path, binary COPY": lambda: python_path(session, table, make, "binary"),
        "Python path, text COPY": lambda: python_path(session, table, make, "csv"),
    }
    figures = interleave(session, RUNS, cases)
    if title.startswith("(b)"):
        figures.update(interleave(session, 1, {
            "KMeans.fit, 1 thread, n_init=10": lambda: fit(1, n_init=10)}))
    ours = figures["kmeans_train"]
    head("%s, k = %d" % (title, k), "what", "CPU s", "wall s", "range of CPU s",
         "CPU of kmeans_train to this", "passes", "inertia")
    for name, f in figures.items():
        ratio = ours.cpu / f.cpu
        line(name, "%.3f" % f.cpu, "%.3f" % f.wall, f.spread,
             against(ratio, 0.5) if name == "KMeans.fit, 1 thread" else
             "1 to %.1f (≥ 7: %s)" % (1 / ratio, "met" if ratio <= 1 / 7 else "**missed**")
             if name.startswith("Python") else "%.2f" % ratio,
             *(("%d" % f.result[0], "%.12g" % f.result[1]) if f.result else ("", "")))
    return ours.result, figures["KMeans.fit, 1 thread"].result


def same_work(session, x, k):
    start = same_start(session, k)
    options = {"init": start, "standardize": False, "tolerance": 0,
               "max_iterations": PASSES}
    ours, theirs = training(
        session, "(a) same start, %d passes" % PASSES, "uniform", x, k, options,
        lambda **changes: KMeans(k, init=np.array(start), n_init=1, tol=0,
                                 max_iter=PASSES, **changes))
    agree = abs(ours[1] - theirs[1]) <= 1e-9 * theirs[1]
    if ours[0] != PASSES or theirs[0] != PASSES or not agree:
        raise SystemExit("the two sides did not do the same work: %r, %r" % (ours, theirs))
    print("\nBoth made %d passes; inertia agrees to %.0e." %
          (PASSES, max(abs(ours[1] / theirs[1] - 1), 1e-16)))


def defaults(session, x, k):
    training(session, "(b) defaults, with seeding", "users", x, k, None,
             lambda **changes: KMeans(k, **{"n_init": 1, "random_state": 42, **changes}))


def scans(session):
    """Reading, collecting and scoring, against scans that do nothing."""
    plain = "SELECT %s FROM uniform_vectors"
    one_pass = {"standardize": False, "max_iterations": 1, "init": [[0.5] * 8]}
    for k in (5, 500):
        session.run("INSERT INTO models SELECT 'k%d', kmeans_train(v, %d, "
                    "'{\"max_iterations\": 3, \"restarts\": 1}') "
                    "FROM uniform_vectors" % (k, k))
    assign = "count(kmeans_assign((SELECT model FROM models WHERE name = 'k%d'), v))"
    queries = {
        "sums": "SELECT %s FROM uniform_columns" %
                ", ".join("sum(%s)" % c for c in COLUMNS.split(", ")),
        "count(v)": plain % "count(v)",
        "count(dims(v))": plain % "count(dims(v))",
        "count(l2_norm(v))": plain % "count(l2_norm(v))",
        "collect": plain % "collect_rows(v, 5)",
        "one pass": plain % ("pg_column_size(kmeans_train(v, 1, '%s'))" % json.dumps(one_pass)),
        "assign 5": plain % (assign % 5),
        "assign 500": plain % (assign % 500),
        "avg(v)": plain % "avg(v)",
        "avgs": "SELECT %s FROM uniform_columns" %
                ", ".join("avg(%s)" % c for c in COLUMNS.split(", ")),
    }
    f = interleave(session, RUNS, {name: (lambda sql=sql: session.value(sql))
                                   for name, sql in queries.items()})

    head("Scans", "what", "CPU s", "wall s", "ratio")

    def show(name, text, ratio=""):
        line(text, "%.3f" % f[name].cpu, "%.3f" % f[name].wall, ratio)

    def ratio(name, base):
        return f[name].cpu / f[base].cpu

    show("sums", "`SELECT sum(a), …, sum(h)` over 8 float8 columns")
    show("count(v)", "`count(v)`")
    show("collect", "rows collected (transition function alone)",
         against(ratio("collect", "count(v)"), 2) + " to count(v)")
    show("one pass", "rows collected, ordered, surveyed, one pass (k = 1)",
         "%.2f to count(v)" % ratio("one pass", "count(v)"))
    show("count(dims(v))", "`count(dims(v))`: a trivial C function")
    show("count(l2_norm(v))", "`count(l2_norm(v))`: one that reads the elements",
         "%.2f to dims" % ratio("count(l2_norm(v))", "count(dims(v))"))
    show("assign 5", "`count(kmeans_assign(model, v))`, k = 5",
         "%s to dims; stretch 1.5; %.2f to l2_norm" % (
             against(ratio("assign 5", "count(dims(v))"), 2),
             ratio("assign 5", "count(l2_norm(v))")))
    show("assign 500", "the same, k = 500")
    show("avgs", "`SELECT avg(a), …, avg(h)` over 8 float8 columns")
    show("avg(v)", "`avg(v)`", "%.2f to the eight" % ratio("avg(v)", "avgs"))


def large_model(session, rows):
    """A model of several megabytes: is it opened once, or for every row?"""
    session.run("INSERT INTO models SELECT 'large', kmeans_train(v, 5, kmeans_options("
                "restarts => 1, max_iterations => 1, feature_names => (SELECT "
                "array_agg(repeat('x', 500000) || i) FROM generate_series(1, 8) AS i))) "
                "FROM (SELECT v FROM uniform_vectors LIMIT 100) AS part")
    size = session.value("SELECT pg_column_size(model) FROM models WHERE name = 'large'")

    def assign(name, n):
        return lambda: session.value(
            "SELECT count(kmeans_assign((SELECT model FROM models WHERE name = %s), v)) "
            "FROM (SELECT v FROM uniform_vectors LIMIT %s) AS part", name, n)

    few, many = rows // 10, rows
    cases = {(name, n): assign(name, n) for n in (few, many) for name in ("k5", "large")}
    f = interleave(session, RUNS, cases)
    head("A model of %.1f MB (k = 5, long names) beside one of 1 KB" % (size / 1e6),
         "rows", "small model, CPU s", "large model, CPU s", "difference, ms",
         "a row, ns")
    for n in (few, many):
        small, large = f["k5", n].cpu, f["large", n].cpu
        line("%d" % n, "%.4f" % small, "%.4f" % large, "%.1f" % (1e3 * (large - small)),
             "%.1f" % (1e9 * (large - small) / n))


# ---------- memory ----------

def copies(n, columns="user_id, v"):
    return "(" + " UNION ALL ".join(
        ["SELECT %s FROM uniform_vectors" % columns] * n) + ") AS rows"


def memory(rows):
    """Peak memory of the backend above its baseline."""
    head("Memory", "what", "rows", "CPU s", "segment.training_memory, MB",
         "peak over baseline, MB", "target")
    row_mb = 66 * rows / 1048576
    small = max(1, int(row_mb / 1.03))  # a tenth of what ten copies need
    cases = [
        ("one model, in memory", 1, 256, "SELECT kmeans_train(v, 5) FROM " + copies(1)),
        ("one model, 10 × the budget", 10, small,
         "SELECT kmeans_train(v, 5) FROM " + copies(10)),
        ("1000 interleaved groups, 10 × the budget", 10, small,
         "SELECT count(model) FROM (SELECT kmeans_train(v, 5) AS model FROM %s "
         "GROUP BY user_id %% 1000) AS groups" % copies(10)),
        ("%d groups of 5 rows" % rows, 5, 256,
         "SELECT count(model) FROM (SELECT kmeans_train(v, 2) AS model FROM ("
         "SELECT user_id, v * (1 + s) AS v FROM uniform_vectors, generate_series(1, 5) AS s) "
         "AS rows GROUP BY user_id) AS groups"),
    ]
    for name, n, budget, sql in cases:
        session = Session()  # a separate backend, with its own baseline
        session.run("SET segment.training_memory = '%dMB'" % budget)
        session.run("SELECT count(kmeans_assign(model, v)) FROM models, uniform_vectors "
                    "WHERE name = 'k5'")
        session.reset_peak()
        base, before = session.peak(), session.cpu()
        session.run(sql)
        grown = session.peak() - base
        goal = budget + 10
        line(name, "%d" % (n * rows), "%.2f" % (session.cpu() - before), "%d" % budget,
             "%.0f" % grown, "≤ %d: %s" % (goal, "met" if grown <= goal else "**missed**"))
        session.connection.close()


# ---------- all ----------

def describe(session, rows):
    blas = ["%s %s, kernels %s" % (i["internal_api"], i["version"], i["architecture"])
            for i in threadpool_info() if i["user_api"] == "blas"]
    print(setup_line(session, "; scikit-learn %s, numpy %s, %s" % (
        sklearn.__version__, np.__version__, "; ".join(blas) or "no BLAS known")))
    print("%d rows of 8 elements; medians of %d runs by turns." % (rows, RUNS))


def main():
    session = Session()
    rows = session.value("SELECT count(*) FROM uniform_columns")
    describe(session, rows)
    for table in ("uniform", "users"):
        data = copy_out(session, "SELECT user_id, %s FROM %s_columns" % (COLUMNS, table), "binary")
        _, x = parse_binary(data)
        del data
        if table == "users":
            x = StandardScaler().fit_transform(x)
        for k in CLUSTERS:
            (same_work if table == "uniform" else defaults)(session, x, k)
    scans(session)
    large_model(session, rows)
    memory(rows)


main()
