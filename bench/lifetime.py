"""Fits of lifetime models against a GROUP BY of the same rows;
lifetime.sql has made the tables.

Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import against, head, line, ratios, setup_line

RUNS = int(os.environ["RUNS"])

COLUMNS = "frequency, recency, age"


def grouped(session):
    """Many equal customers: only distinct ones are fitted."""
    group = "SELECT count(*) FROM (SELECT %s, count(*) FROM weekly GROUP BY 1, 2, 3) AS g" % COLUMNS
    distinct = session.value(group)
    cases = {"GROUP BY frequency, recency, age": group}
    for method in ("bgnbd", "paretonbd"):
        cases["%s_train" % method] = "SELECT pg_column_size(%s_train(%s)) FROM weekly" % (method, COLUMNS)
    cases["gamma_gamma_train"] = "SELECT pg_column_size(gamma_gamma_train(frequency, monetary)) FROM weekly"
    cases["bgnbd_train over the groups"] = (
        "SELECT pg_column_size(bgnbd_train(%s, '{}', n)) FROM "
        "(SELECT %s, count(*) AS n FROM weekly GROUP BY 1, 2, 3) AS g" % (COLUMNS, COLUMNS))
    figures = interleave(session, RUNS, {
        name: (lambda sql=sql: session.value(sql)) for name, sql in cases.items()})
    ratios("%d customers, %d of them distinct" % (
        session.value("SELECT count(*) FROM weekly"), distinct), figures,
        "GROUP BY frequency, recency, age", {"bgnbd_train": 3})


def distinct(session):
    """No two customers are equal."""
    rows = session.value("SELECT count(*) FROM customers")
    head("%d distinct customers" % rows, "what", "CPU s", "wall s", "goal, s", "converged", "iterations")
    for method in ("bgnbd", "paretonbd"):
        sql = ("SELECT model_info(%s_train(%s)) FROM customers" % (method, COLUMNS))
        f = interleave(session, RUNS, {method: lambda: session.value(sql)})[method]
        line(method + "_train", "%.3f" % f.cpu, "%.3f" % f.wall, against(f.cpu, 2),
             str(f.result["converged"]), str(f.result["iterations"]))


def scoring(session):
    cases = {"avg(recency)": "SELECT avg(recency) FROM customers"}
    for call in ("bgnbd_p_alive", "bgnbd_expected_purchases", "paretonbd_p_alive", "paretonbd_expected_purchases"):
        method = call.split("_")[0]
        horizon = ", 180" if call.endswith("purchases") else ""
        cases[call] = ("WITH m AS MATERIALIZED (SELECT %s_train(%s) AS model FROM (SELECT * FROM customers LIMIT 2000) AS c) "
                       "SELECT avg(%s((SELECT model FROM m), %s%s)) FROM customers" % (method, COLUMNS, call, COLUMNS, horizon))
    figures = interleave(session, RUNS, {
        name: (lambda sql=sql: session.value(sql)) for name, sql in cases.items()})
    rows = session.value("SELECT count(*) FROM customers")
    head("Scoring, training of 2000 customers included", "what", "CPU s", "µs a customer")
    for name, f in figures.items():
        line(name, "%.3f" % f.cpu, "%.2f" % (1e6 * f.cpu / rows))


def main():
    session = Session()
    print(setup_line(session))
    print("Medians of %d runs by turns." % RUNS)
    grouped(session)
    distinct(session)
    scoring(session)


main()
