"""Rates and values against avg() over the same rows; value.sql makes the table.

Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import ratios, setup_line

RUNS = int(os.environ["RUNS"])


def beside(session, title, calls, goals):
    figures = interleave(session, RUNS, {
        call: (lambda sql="SELECT %s FROM value_users" % call: session.run(sql)) for call in calls})
    ratios(title, figures, calls[0], goals)


def main():
    session = Session()
    print(setup_line(session))
    print("%d users; medians of %d runs by turns." % (
        session.value("SELECT count(*) FROM value_users"), RUNS))
    within = 1.2
    calls = ["avg(revenue)", "arpu(revenue)", "ltv(revenue, churned)", "churn_rate(churned)",
             "churn_rate(before, after)", "churn_rate(last_active, '2026-03-01', '30 days')"]
    beside(session, "Over float8", calls, dict.fromkeys(calls[1:], within))
    calls = ["avg(money)", "arpu(money)", "ltv(money, churned)"]
    beside(session, "Over numeric", calls, dict.fromkeys(calls[1:], within))


main()
