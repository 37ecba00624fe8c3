"""Frequent itemsets, rules and sequences; itemset.sql makes the tables.

With mushroom.csv of the reference data in the folder that SEGMENT_DATA names, its
itemsets are counted, too.  Prints Markdown.  RUNS comes from the environment.
"""

import csv
import os

from measure import Session, interleave
from report import against, head, line, ratios, setup_line

RUNS = int(os.environ["RUNS"])


def options(**values):
    return "itemset_options(%s)" % ", ".join("%s => %r" % pair for pair in values.items())


def train(table, **values):
    return "SELECT model_info(itemset_train(items, %s)) FROM %s" % (options(**values), table)


def pairs(session):
    """Frequent pairs: by a self-join of the table, and mined."""
    least = session.value("SELECT ceil(0.001 * count(*)) FROM baskets")
    cases = {
        "itemset_train, pairs": "SELECT (model_info(itemset_train(items, %s)) ->> 'set_count')::int FROM baskets"
                                % options(min_support=0.001, max_length=2),
        "the same from single rows": "SELECT (model_info(itemset_train(items, %s)) ->> 'set_count')::int FROM "
                                     "(SELECT array_agg(item) AS items FROM orders GROUP BY basket_id) AS b"
                                     % options(min_support=0.001, max_length=2),
        "self-join": "SELECT count(*) FROM (SELECT a.item, b.item FROM orders AS a JOIN orders AS b USING (basket_id) "
                     "WHERE a.item < b.item GROUP BY 1, 2 HAVING count(*) >= %d) AS p" % least,
        "self-join of frequent items": "WITH often AS MATERIALIZED (SELECT item FROM orders GROUP BY item HAVING count(*) >= %d), "
                                       "kept AS MATERIALIZED (SELECT * FROM orders JOIN often USING (item)) "
                                       "SELECT count(*) FROM (SELECT a.item, b.item FROM kept AS a JOIN kept AS b USING (basket_id) "
                                       "WHERE a.item < b.item GROUP BY 1, 2 HAVING count(*) >= %d) AS p" % (least, least)}
    session.run("SET work_mem = '512MB'")
    figures = interleave(session, RUNS, {name: (lambda sql=sql: session.value(sql)) for name, sql in cases.items()})
    head("Frequent pairs of %d baskets, %d items in all, support 0.1 %%" % session.run(
        "SELECT count(DISTINCT basket_id), count(*) FROM orders")[0],
        "what", "CPU s", "range of CPU s", "CPU to itemset_train", "sets")
    base = figures["itemset_train, pairs"].cpu
    for name, f in figures.items():
        ratio = f.cpu / base
        line(name, "%.3f" % f.cpu, f.spread, against(ratio, 10, most=False) if name == "self-join" else "%.2f" % ratio, str(f.result))
    session.run("RESET work_mem")


def mining(session, title, table, supports, goals):
    head(title, "support", "algorithm", "sets", "longest", "CPU s", "range of CPU s", "goal, s", "memory over the baseline, MB")
    for support in supports:
        # apriori exists to check the others, and takes minutes for many sets
        for algorithm in ("eclat", "fp_growth", "apriori")[:3 if support == supports[0] else 2]:
            sql = train(table, min_support=support, algorithm=algorithm)
            f = interleave(session, RUNS, {"": lambda: session.value(sql)})[""]
            own = Session()
            own.run("SET segment.training_memory = '1GB'; SELECT count(items) FROM " + table)
            own.reset_peak()
            base = own.peak()
            own.run(sql)
            goal = goals.get(support) if algorithm == "eclat" else None
            line("%g %%" % (100 * support), algorithm, str(f.result["set_count"]), str(f.result["longest"]), "%.3f" % f.cpu,
                 f.spread, against(f.cpu, goal) if goal else "", "%.0f" % (own.peak() - base))
            own.connection.close()


def targets(session):
    cases = {target: train("dense", min_support=0.1, target=target) for target in ("all", "closed", "maximal")}
    figures = interleave(session, RUNS, {name: (lambda sql=sql: session.value(sql)) for name, sql in cases.items()})
    head("Targets: dense, support 10 %", "target", "sets", "CPU s", "range of CPU s")
    for name, f in figures.items():
        line(name, str(f.result["set_count"]), "%.3f" % f.cpu, f.spread)


def use(session):
    """Rules of a model, recommendations for baskets, paths."""
    session.run("DROP TABLE IF EXISTS rules; CREATE UNLOGGED TABLE rules AS SELECT itemset_train(items, %s) AS model FROM baskets"
                % options(min_support=0.002))
    cases = {
        "association_rules": "SELECT count(*) FROM rules, association_rules(model, 0.1)",
        "rule_recommend for 1000 baskets": "SELECT count(*) FROM (SELECT items FROM baskets LIMIT 1000) AS b, rules, rule_recommend(model, items, 5)",
        "frequent_sequence_train, support 0.5 %": "SELECT (model_info(frequent_sequence_train(items, frequent_sequence_options(min_support => 0.005))) ->> 'sequence_count')::int FROM baskets",
    }
    figures = interleave(session, RUNS, {name: (lambda sql=sql: session.value(sql)) for name, sql in cases.items()})
    head("Use, and sequences", "what", "CPU s", "range of CPU s", "rows or sequences")
    for name, f in figures.items():
        line(name, "%.3f" % f.cpu, f.spread, str(f.result))


def mushroom(session):
    """The goal is one and a half times the time of a dedicated program."""
    folder = os.environ.get("SEGMENT_DATA", "")
    path = os.path.join(folder, "rules", "mushroom.csv")
    if not folder or not os.path.exists(path):
        print("\nNo mushroom.csv: SEGMENT_DATA does not name the folder of reference data.")
        return
    session.run("DROP TABLE IF EXISTS mushroom; CREATE UNLOGGED TABLE mushroom (items int[])")
    with open(path) as f:
        for row in csv.DictReader(f):
            session.run("INSERT INTO mushroom VALUES (%s)", [int(x) for x in row["items"].split()])
    mining(session, "mushroom: 8124 rows of 22 columns", "mushroom", (0.2, 0.1, 0.05), {0.05: 1.5 * 0.58})


def main():
    session = Session()
    print(setup_line(session))
    print("Medians of %d runs by turns." % RUNS)
    pairs(session)
    mining(session, "Sparse baskets", "baskets", (0.01, 0.001, 0.0002), {})
    mining(session, "Dense: 8000 rows of 22 columns", "dense", (0.2, 0.1), {})
    targets(session)
    mushroom(session)
    use(session)


main()
