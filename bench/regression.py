"""Regressions in SQL against scikit-learn; regression.sql makes the tables.

Training in SQL reads the table and gives standard errors; scikit-learn's fits start
from arrays in memory and give none.  One thread each.  Prints Markdown.  RUNS comes
from the environment.
"""

import os
import warnings

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from measure import Session, arrays, interleave
from report import against, head, line, ratios, setup_line

RUNS = int(os.environ["RUNS"])

warnings.simplefilter("ignore")


def fitted(session, table):
    """The same answer, and the time it takes."""
    x, y = arrays(session, table, "yes")
    train = "SELECT sum(std_error) FROM (SELECT logistic_train(yes, v%s) AS m FROM " + table + ") AS t, coefficients(m)"
    cases = {
        "LogisticRegression, lbfgs": lambda: LogisticRegression(C=1.0).fit(x, y),
        "LogisticRegression, newton-cholesky": lambda: LogisticRegression(C=1.0, solver="newton-cholesky").fit(x, y),
        "logistic_train": lambda: session.value(train % ""),
        "logistic_train, l2": lambda: session.value((train % ", '{\"l2\": 1}'").replace("std_error", "estimate")),
        "logistic_train, hc3": lambda: session.value(train % ", '{\"std_errors\": \"hc3\"}'"),
        "the scan": lambda: session.value("SELECT count(l2_norm(v)) FROM %s WHERE yes IS NOT NULL" % table),
    }
    figures = interleave(session, RUNS, cases)
    ratios("%d rows of %d elements" % x.shape, figures, "LogisticRegression, lbfgs", {"logistic_train": 0.6})
    ours = np.array([r[0] for r in session.run(
        "SELECT estimate FROM (SELECT logistic_train(yes, v, '{\"l2\": 1}') AS m FROM %s) AS t, coefficients(m)" % table)])
    model = figures["LogisticRegression, newton-cholesky"].result
    print("\nWith the same penalty, coefficients agree to %.0e with newton-cholesky and %.0e with lbfgs." % (
        np.abs(ours - np.r_[model.intercept_, model.coef_[0]]).max(),
        np.abs(ours - np.r_[figures["LogisticRegression, lbfgs"].result.intercept_,
                            figures["LogisticRegression, lbfgs"].result.coef_[0]]).max()))


def classes(session):
    x, y = arrays(session, "narrow", "plan")
    cases = {
        "LogisticRegression, multinomial": lambda: LogisticRegression(C=1.0).fit(x, y),
        "softmax_train": lambda: session.value(
            "SELECT sum(std_error) FROM (SELECT softmax_train(plan, v) AS m FROM narrow) AS t, coefficients(m)"),
    }
    ratios("Three classes, %d rows of %d elements" % x.shape, interleave(session, RUNS, cases),
           "LogisticRegression, multinomial", {})


def growth(session):
    """Ten times the rows."""
    train = "SELECT model_size(logistic_train(yes, v)) FROM (SELECT * FROM narrow LIMIT %d) AS t"
    rows = session.value("SELECT count(*) FROM narrow")
    figures = interleave(session, RUNS, {n: (lambda n=n: session.value(train % n)) for n in (rows // 10, rows)})
    head("Ten times the rows", "rows", "CPU s", "to a tenth")
    line(str(rows // 10), "%.3f" % figures[rows // 10].cpu, "")
    line(str(rows), "%.3f" % figures[rows].cpu, against(figures[rows].cpu / figures[rows // 10].cpu, 11))


def scoring(session):
    model = "(SELECT logistic_train(yes, v) FROM (SELECT * FROM narrow LIMIT 2000) AS t)"
    session.run("CREATE TEMP TABLE scored AS SELECT %s AS m, (SELECT softmax_train(plan, v) FROM (SELECT * FROM narrow LIMIT 2000) AS t) AS s" % model)
    cases = {
        "count(l2_norm(v))": "SELECT count(l2_norm(v)) FROM narrow",
        "count(predict(model, v))": "SELECT count(predict((SELECT m FROM scored), v)) FROM narrow",
        "count(predict_class(model, v))": "SELECT count(predict_class((SELECT s FROM scored), v)) FROM narrow",
        "explain_prediction of a tenth": "SELECT count(*) FROM (SELECT v FROM narrow LIMIT (SELECT count(*) / 10 FROM narrow)) AS t, "
            "explain_prediction((SELECT m FROM scored), v)",
    }
    ratios("Scoring", interleave(session, RUNS, {name: (lambda sql=sql: session.value(sql)) for name, sql in cases.items()}),
           "count(l2_norm(v))", {"count(predict(model, v))": 1.5})


def main():
    session = Session()
    print(setup_line(session, "; scikit-learn %s, numpy %s" % (sklearn.__version__, np.__version__)))
    print("Medians of %d runs by turns." % RUNS)
    with threadpool_limits(1):
        fitted(session, "narrow")
        fitted(session, "wide")
        classes(session)
    growth(session)
    scoring(session)


main()
