"""Differentially private results against PostgreSQL's own by user; privacy.sql makes the table.

Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import ratios, setup_line

RUNS = int(os.environ["RUNS"])


def beside(session, title, queries, goals):
    figures = interleave(session, RUNS, {
        name: (lambda sql=sql: session.run(sql)) for name, sql in queries.items()})
    ratios(title, figures, next(iter(queries)), goals)


def main():
    session = Session()
    print(setup_line(session))
    print("%d rows of %d users; medians of %d runs by turns." % (
        session.value("SELECT count(*) FROM privacy_rows"),
        session.value("SELECT count(DISTINCT user_id) FROM privacy_rows"), RUNS))
    for unit in ("user_id", "user_name"):
        calls = {
            "sum(paid) by user": "SELECT sum(s) FROM (SELECT sum(paid) AS s FROM privacy_rows GROUP BY %s) AS q" % unit,
            "dp_count": "SELECT dp_count(%s, 1.0) FROM privacy_rows" % unit,
            "dp_sum": "SELECT dp_sum(%s, paid, 0, 100, 1.0) FROM privacy_rows" % unit,
            "dp_avg": "SELECT dp_avg(%s, paid, 0, 100, 1.0) FROM privacy_rows" % unit,
        }
        beside(session, "By %s" % unit, calls, {name: 2 for name in calls if name.startswith("dp")})
    calls = {
        "count(*)": "SELECT max(n) FROM (SELECT count(*) AS n FROM privacy_rows GROUP BY user_id) AS q",
        "dp_count, Laplace": "SELECT max(n) FROM (SELECT dp_count(user_id, 1.0) AS n FROM privacy_rows GROUP BY user_id) AS q",
        "dp_count, Gaussian": "SELECT max(n) FROM (SELECT dp_count(user_id, 1.0, 1e-6) AS n FROM privacy_rows GROUP BY user_id) AS q",
    }
    beside(session, "A result for each user", calls, {})


main()
