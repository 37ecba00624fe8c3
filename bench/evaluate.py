"""Metrics and feature preparation against PostgreSQL's own aggregates on the same rows;
evaluate.sql makes the table.  Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import ratios, setup_line

RUNS = int(os.environ["RUNS"])


def compare(session, title, calls, goals, table="scored"):
    """The first call is the base."""
    cases = {call: (lambda call=call: session.value("SELECT %s FROM %s" % (call, table))) for call in calls}
    ratios(title, interleave(session, RUNS, cases), calls[0], goals)


def main():
    session = Session()
    print(setup_line(session))
    print("Medians of %d runs by turns; %d rows." % (RUNS, session.value("SELECT count(*) FROM scored")))
    compare(session, "Metrics that sort", [
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY chance)",
        "roc_auc(yes, chance)",
        "average_precision(yes, chance)",
        "(best_threshold(yes, chance, 1, 5)).threshold",
    ], {"roc_auc(yes, chance)": 1.5})
    compare(session, "Metrics that add up", [
        "avg(chance)",
        "log_loss(yes, chance)",
        "brier_score(yes, chance)",
        "rmse(yes::int, chance)",
        "confusion_matrix(yes, chance > 0.5) IS NULL",
    ], {})
    compare(session, "Features, 8 elements", [
        "avg(v) IS NULL",
        "feature_summary(v) IS NULL",
        "correlation_matrix(v) IS NULL",
        "scaler_train(v, 'standard') IS NULL",
        "feature_quantiles(v, ARRAY[0.1, 0.5, 0.9]) IS NULL",
        "pca_train(v, 3) IS NULL",
    ], {})
    compare(session, "Experiments", [
        "avg(spent) + avg(spent_before)",
        "ab_state(variant, spent, spent_before) IS NULL",
        "ab_state(variant, spent) IS NULL",
        "ab_state(variant, ordered) IS NULL",
    ], {"ab_state(variant, spent, spent_before) IS NULL": 1.5}, "experiment")
    compare(session, "Uplift", [
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY spent)",
        "qini_coefficient(variant = 'new', ordered, spent)",
        "uplift_table(variant = 'new', ordered, spent, 10) IS NULL",
        "uplift_table(variant = 'new', spent_before, spent, 10) IS NULL",
        "uplift_table(variant = 'new', ordered, spent_before, 10) IS NULL",
    ], {"uplift_table(variant = 'new', ordered, spent, 10) IS NULL": 1.5}, "experiment")


main()
