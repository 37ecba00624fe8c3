"""Hierarchical clustering in SQL against scipy and fastcluster; hierarchy.sql makes the rows.

Prints Markdown.  RUNS comes from the environment.
"""

import os

import fastcluster
import numpy as np
import scipy
from scipy.cluster.hierarchy import linkage

from measure import Session, arrays, interleave
from report import against, head, line, setup_line

RUNS = int(os.environ["RUNS"])
ROWS = 10000
MANY = 30000
LINKAGES = ("ward", "average", "complete", "single")


def train_sql(method, rows):
    """The sum of the heights, so that they are compared as well."""
    return ("SELECT sum(height) FROM (SELECT hierarchical_train(id, v, "
            "hierarchical_options(linkage => '%s', standardize => false)) AS model "
            "FROM points WHERE id <= %d) AS t, hierarchical_merges(model)" % (method, rows))


def compare(session, x, method):
    figures = interleave(session, RUNS, {
        "hierarchical_train": lambda: session.value(train_sql(method, ROWS)),
        "scipy": lambda: linkage(x, method)[:, 2].sum(),
        "fastcluster": lambda: fastcluster.linkage(x, method)[:, 2].sum(),
    })
    ours = figures["hierarchical_train"]
    goals = {"scipy": 0.2 if method == "ward" else 1, "fastcluster": 0.6 if method == "ward" else None}
    for name, f in figures.items():
        if abs(f.result / ours.result - 1) > 1e-9:
            raise SystemExit("%s, %s: heights differ: %r, %r" % (method, name, ours.result, f.result))
        ratio = ours.cpu / f.cpu
        goal = goals.get(name)
        line(method, name, "%.3f" % f.cpu, "%.3f" % f.wall, f.spread,
             against(ratio, goal) if goal else "%.2f" % ratio)


def many_rows():
    """A fresh backend, whose memory is measured."""
    session = Session()
    session.value("SELECT count(l2_norm(v)) FROM points")
    session.reset_peak()
    before = session.peak()
    figures = interleave(session, RUNS, {
        method: lambda sql=train_sql(method, MANY): session.value(sql) for method in ("ward", "single")})
    peak = session.peak() - before
    head("%d rows, without a matrix (which would take %d MB)" % (MANY, MANY * (MANY - 1) / 2 * 8 / 2 ** 20),
         "linkage", "CPU s", "wall s", "range of CPU s")
    for method, f in figures.items():
        line(method, against(f.cpu, 15) if method == "ward" else "%.3f" % f.cpu, "%.3f" % f.wall, f.spread)
    print("\nMemory at most: %.1f MB." % peak)


session = Session()
session.run("SET segment.training_memory = '1GB'")
x, _ = arrays(session, "labels", "id")
print(setup_line(session, "; scipy %s, fastcluster %s, numpy %s" %
                 (scipy.__version__, fastcluster.__version__, np.__version__)))
head("%d rows of %d elements" % x.shape, "linkage", "what", "CPU s", "wall s", "range of CPU s",
     "CPU of hierarchical_train to this")
for each in LINKAGES:
    compare(session, x, each)
many_rows()
