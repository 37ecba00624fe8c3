"""Charts against the GROUP BY that each of them sums, or against averages of the rows that
they count in bins; chart.sql makes the tables.

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


def of_points(session):
    """Charts that count rows in bins beside the averages of these."""
    averages = "avg(x) + avg(y)"
    charts = ["scatter_svg(x, y)", "scatter_svg(x, y, '{\"width\": 700}')", "grouped_scatter_svg(x, y, series)",
              "histogram_svg(x)"]
    queries = {averages: "SELECT %s FROM chart_points" % averages}
    for chart in charts:
        queries[chart] = "SELECT length(%s) FROM chart_points" % chart
    figures = interleave(session, RUNS, {
        name: (lambda sql=sql: session.run(sql)) for name, sql in queries.items()})
    ratios("Rows in bins", figures, averages, {chart: 2 for chart in charts[:2]})


def main():
    session = Session()
    print(setup_line(session))
    print("%d rows; medians of %d runs by turns." % (
        session.value("SELECT count(*) FROM chart_rows"), RUNS))
    beside(session, "source", ["bar_svg", "funnel_svg"])
    beside(session, "source, target", ["heatmap_svg", "grouped_funnel_svg", "sankey_svg"])
    beside(session, "step, source, target", ["path_sankey_svg"])
    of_points(session)


main()
