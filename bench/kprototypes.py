"""k-prototypes in SQL against the Python package kmodes; kprototypes.sql makes the rows.

Prints Markdown.  RUNS comes from the environment.  kmodes is no package of Debian:
it is compared with if Python finds it.
"""

import os

import numpy as np

from measure import Session, interleave
from report import head, line, setup_line

try:
    from kmodes.kprototypes import KPrototypes
except ImportError:
    KPrototypes = None

RUNS = int(os.environ["RUNS"])
ROWS = 2000
K = 6


def train_sql(rows, call):
    return "SELECT (model_info(%s) ->> 'cost')::float8 FROM people WHERE id <= %d" % (call, rows)


def read_rows(session):
    """Standardized numbers, and categories as numbers."""
    text = session.value("SELECT string_agg(array_to_string(v, ',') || ',' || "
                         "regexp_replace(array_to_string(c, ','), '[a-d]', '', 'g'), ';' ORDER BY id) "
                         "FROM people WHERE id <= %d" % ROWS)
    x = np.array([row.split(",") for row in text.split(";")], dtype=float)
    x[:, :4] = (x[:, :4] - x[:, :4].mean(0)) / x[:, :4].std(0)
    return x


def kmodes_cost(x, starts):
    fit = KPrototypes(K, init="Huang", n_init=starts, random_state=1)
    return fit.fit(x, categorical=[4, 5, 6, 7]).cost_


session = Session()
print(setup_line(session, ""))
calls = {"kprototypes_train": lambda: session.value(train_sql(ROWS, "kprototypes_train(v, c, %d)" % K))}
if KPrototypes is not None:
    people = read_rows(session)
    for starts in (1, 3):
        calls["kmodes, %d starts" % starts] = lambda n=starts: kmodes_cost(people, n)
figures = interleave(session, RUNS, calls)
ours = figures["kprototypes_train"]
head("%d rows of 4 numbers and 4 categories, k = %d" % (ROWS, K), "what", "CPU s", "wall s", "range of CPU s",
     "CPU of kprototypes_train to this", "cost")
for name, f in figures.items():
    line(name, "%.3f" % f.cpu, "%.3f" % f.wall, f.spread, "%.4f" % (ours.cpu / f.cpu), "%.3f" % float(f.result))

MANY = {
    "kprototypes_train": "kprototypes_train(v, c, %d)" % K,
    "kprototypes_train, no categories": "kprototypes_train(v, '{}', %d)" % K,
    "kmodes_train": "kmodes_train(c, %d)" % K,
}
figures = interleave(session, RUNS, {
    name: lambda call=call: session.value(train_sql(10**6, call)) for name, call in MANY.items()})
head("A million of them", "what", "CPU s", "wall s", "range of CPU s")
for name, f in figures.items():
    line(name, "%.3f" % f.cpu, "%.3f" % f.wall, f.spread)
