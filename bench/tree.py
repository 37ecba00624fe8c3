"""Trees in SQL against scikit-learn, XGBoost and ranger; tree.sql makes the tables.

Training in SQL reads the table; the others start from arrays in memory.  One thread
each.  Prints Markdown.  RUNS comes from the environment; forests run once, and ranger,
in R, measures itself.
"""

import os
import shutil
import subprocess
import tempfile
import warnings

import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.metrics import log_loss
from threadpoolctl import threadpool_limits

from measure import Figure, Session, arrays, interleave, timed
from report import head, line, ratios, setup_line

RUNS = int(os.environ["RUNS"])
TREES, LEAVES, DEPTH, LEAF_ROWS = 100, 31, 12, 5

warnings.simplefilter("ignore")

RANGER = """
library(ranger)
d <- read.table(commandArgs(TRUE)[1])
names(d)[1] <- "y"
d$y <- factor(d$y)
t <- system.time(ranger(y ~ ., d, num.trees = %d, max.depth = %d, min.node.size = %d,
                        probability = TRUE, num.threads = 1, verbose = FALSE))
cat(t[["user.self"]] + t[["sys.self"]])
""" % (TREES, DEPTH, LEAF_ROWS)


def model(session, table, call):
    """Train, and keep the model for what comes after."""
    session.run("DROP TABLE IF EXISTS model; CREATE TEMP TABLE model AS SELECT %s AS m FROM %s" % (call, table))


def boosting(session, table):
    x, y = arrays(session, table, "yes")
    peer = HistGradientBoostingClassifier(max_iter=TREES, max_leaf_nodes=LEAVES, early_stopping=False)
    xgb = xgboost.XGBClassifier(tree_method="hist", n_estimators=TREES, max_leaves=LEAVES, max_depth=0,
                                grow_policy="lossguide", learning_rate=0.1, n_jobs=1)
    figures = interleave(session, RUNS, {
        "HistGradientBoostingClassifier": lambda: peer.fit(x, y),
        "XGBClassifier, hist": lambda: xgb.fit(x, y),
        "boosting_train": lambda: model(session, table, "boosting_train(yes, v)"),
    })
    ratios("Boosting, %d rows of %d elements" % x.shape, figures, "HistGradientBoostingClassifier",
           {"boosting_train": 0.45})
    print("\nTo XGBoost: %.2f (goal 0.45)." % (figures["boosting_train"].cpu / figures["XGBClassifier, hist"].cpu))
    print("Log loss in training: %.5f; scikit-learn %.5f; XGBoost %.5f." % (
        session.value("SELECT log_loss(yes, predict(m, v)) FROM model, %s" % table),
        log_loss(y, peer.predict_proba(x)[:, 1]), log_loss(y, xgb.predict_proba(x)[:, 1])))
    scoring(session, table, x, peer, xgb)


def scoring(session, table, x, peer, xgb):
    some = xgboost.DMatrix(x[:2000])
    session.run("DROP TABLE IF EXISTS explained; CREATE TEMP TABLE explained AS SELECT v FROM %s LIMIT 2000" % table)
    figures = interleave(session, RUNS, {
        "count(l2_norm(v))": lambda: session.value("SELECT count(l2_norm(v)) FROM %s" % table),
        "count(predict(model, v))": lambda: session.value("SELECT count(predict(m, v)) FROM model, %s" % table),
        "HistGradientBoostingClassifier": lambda: peer.predict_proba(x),
        "explain_prediction, 2000 rows": lambda: session.value(
            "SELECT count(*) FROM model, explained, explain_prediction(m, v)"),
        "XGBoost, pred_contribs, 2000 rows": lambda: xgb.get_booster().predict(some, pred_contribs=True),
    })
    head("Scoring with %d trees of %d leaves" % (TREES, LEAVES), "what", "CPU s", "µs a row")
    for name, f in figures.items():
        line(name, "%.3f" % f.cpu, "%.2f" % (f.cpu / (2000 if "2000" in name else len(x)) * 1e6))


def forest(session, table):
    x, y = arrays(session, table, "yes")
    figures = {name: Figure() for name in ("RandomForestClassifier", "ranger", "forest_train")}
    peer = RandomForestClassifier(TREES, max_depth=DEPTH, min_samples_leaf=LEAF_ROWS, n_jobs=1)
    timed(figures["forest_train"], session, lambda: model(session, table, "forest_train(yes, v)"))
    timed(figures["RandomForestClassifier"], session, lambda: peer.fit(x, y))
    if shutil.which("Rscript"):
        with tempfile.NamedTemporaryFile("wb", suffix=".txt") as rows:
            session.cursor.copy_expert(
                "COPY (SELECT yes::int || E' ' || array_to_string(v::float8[], ' ') FROM %s) TO STDOUT" % table, rows)
            rows.flush()
            out = subprocess.run(["Rscript", "-e", RANGER, rows.name], capture_output=True, text=True)
            seconds = float(out.stdout) if out.returncode == 0 else float("nan")
        figures["ranger"].cpu_runs = figures["ranger"].wall_runs = [seconds]
    ratios("Forests, %d rows of %d elements" % x.shape, figures, "RandomForestClassifier", {"forest_train": 0.35})
    print("\nTo ranger: %.2f (goal 0.8)." % (figures["forest_train"].cpu / figures["ranger"].cpu))
    print("Log loss in training: %.5f; scikit-learn %.5f." % (
        session.value("SELECT log_loss(yes, predict(m, v)) FROM model, %s" % table),
        log_loss(y, peer.predict_proba(x)[:, 1])))


def main():
    session = Session()
    print(setup_line(session, "; scikit-learn %s, XGBoost %s" % (sklearn.__version__, xgboost.__version__)))
    print("Medians of %d runs by turns; forests ran once." % RUNS)
    with threadpool_limits(1):
        for table in ("narrow", "wide"):
            boosting(session, table)
        for table in ("narrow", "wide"):
            forest(session, table)


main()
