"""Charts against the GROUP BY that each of them sums; chart.sql makes the table.

Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import ratios, setup_line

RUNS = int(os.environ["RUNS"])
GOAL = 1.3


def beside(session, labels, charts):
    """Charts of these labels beside the sums by them."""
    sums = "sum(value) by %s" % labels
    queries = {sums: "SELECT count(*) FROM (SELECT sum(value) FROM chart_rows GROUP BY %s) AS t" % labels}
    for chart in charts:
        queries[chart] = "SELECT length(%s(%s, value)) FROM chart_rows" % (chart, labels)
    figures = interleave(session, RUNS, {
        name: (lambda sql=sql: session.run(sql)) for name, sql in queries.items()})
    ratios("By %s" % labels, figures, sums, {chart: GOAL for chart in charts})


def main():
    session = Session()
    print(setup_line(session))
    print("%d rows; medians of %d runs by turns." % (
        session.value("SELECT count(*) FROM chart_rows"), RUNS))
    beside(session, "source", ["bar_svg", "funnel_svg"])
    beside(session, "source, target", ["heatmap_svg", "grouped_funnel_svg", "sankey_svg"])
    beside(session, "step, source, target", ["path_sankey_svg"])


main()
