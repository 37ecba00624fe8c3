"""Memory: of a group of 20 rows, for every mergeable aggregate; and of a large group,
next to what the page of the aggregate says.

    memory.py [groups | pages]

The aggregates come from the catalogue, see test/data/mergeable.sql.  Memory of groups
is what the plan's hash table has, less that of count(*).  Memory of a large group is
the backend's peak (VmHWM), less that of count(*) over the same rows.
"""

import re
import sys
from pathlib import Path

from measure import Session

TOP = Path(__file__).resolve().parent.parent
GROUPS = 20011  # a prime, so that a group has rows of all kinds
ROWS = 1050000  # just after a table of 2^20 keys has grown
BUDGET = 16  # MB

BYTES = r"up to (\d+) bytes"
MEGABYTES = r"up to (\d+) MB"

# call, page, what the page says, what memory is divided by, five times the key if the
# page leaves that out
PAGES = [
    ("kaplan_meier(i, true)", "kaplan_meier", BYTES, ROWS, 0),
    ("kaplan_meier(i / 2, i % 2 = 0)", "kaplan_meier", BYTES, ROWS / 2, 0),
    ("logrank_test('a', i, true)", "logrank", BYTES, ROWS, 5),
    ("logrank_test('a', i / 2, i % 2 = 0)", "logrank", BYTES, ROWS / 2, 5),
    ("adjusted_rand(i, i)", "cluster_quality", BYTES, ROWS, 75),
    ("catalog_coverage(ARRAY[i], 10000000)", "ranking", BYTES, ROWS, 35),
    ("arpu(1, i)", "value", BYTES, ROWS, 35),
    ("top_interest(i)", "interest", BYTES, ROWS, 35),
    ("top_keywords(to_tsvector('simple', i::text), 5)", "interest", BYTES, ROWS, 35),
    ("model_size(bgnbd_train(1 + i % 50, 1 + i % 9000 / 10.0, 1000 + i / 1000.0))", "bgnbd", MEGABYTES, 2**20, BUDGET),
    ("model_size(paretonbd_train(1 + i % 50, 1 + i % 9000 / 10.0, 1000 + i / 1000.0))", "paretonbd", MEGABYTES, 2**20, BUDGET),
    ("model_size(gamma_gamma_train(1 + i % 50, 1 + i / 100.0))", "gamma_gamma", MEGABYTES, 2**20, BUDGET),
]


def of_groups():
    session = Session()
    session.run("DROP SCHEMA IF EXISTS bench_memory CASCADE; CREATE SCHEMA bench_memory; SET search_path = bench_memory, public")
    session.run((TOP / "test/data/mergeable.sql").read_text().replace("VACUUM (ANALYZE, FREEZE) facts;", ""))
    # rows of a group far apart, so that all states grow at the same time
    session.run("CREATE TABLE many AS SELECT f.i + 600 * c AS i, (f.i + 600 * c) %% %d AS g, f.k, f.part, f.x + c AS x, f.v, f.ts, f.document, "
                "f.items, f.summary FROM generate_series(0, %d) AS c, facts AS f" % (GROUPS, 20 * GROUPS // 600 - 1))
    # memory for all groups, but not in large blocks: these would be what is measured
    session.run("ANALYZE many; SET work_mem = '1MB'; SET hash_mem_multiplier = 1000; SET enable_sort = off")

    def hash_table(call):
        plan = session.value("EXPLAIN (ANALYZE, COSTS off, TIMING off, FORMAT json) SELECT g, %s FROM many GROUP BY g" % call)
        return plan[0]["Plan"]["Peak Memory Usage"] * 1024

    print("| aggregate | bytes per group of 20 rows | declared |\n| --- | --: | --: |")
    empty = hash_table("count(*)")
    seen = set()
    for signature, call, space, state in session.run(
            "SELECT signature, opening || arguments || ')', space, aggtransfn::text || aggcombinefn FROM mergeable ORDER BY signature"):
        name = signature.split("(")[0]
        if (name, state, call) in seen:
            continue
        seen.add((name, state, call))
        print("| %s | %d | %d |" % (signature, (hash_table(call) - empty) / GROUPS, space))
    session.run("DROP SCHEMA bench_memory CASCADE")


def peak(call):
    session = Session()
    session.run("SET segment.training_memory = '%dMB'" % BUDGET)
    query = "SELECT %s FROM (SELECT generate_series(1, %d) AS i) AS t"
    session.run(query % (call, 10))
    session.reset_peak()
    before = session.peak()
    session.run(query % (call, ROWS))
    return (session.peak() - before) * 2**20


def of_pages():
    print("| call | measured | the page says at most | |\n| --- | --: | --: | --- |")
    rows = peak("count(*)")
    for call, page, pattern, unit, extra in PAGES:
        name = re.search(r"(\w+)\((?!\w*_train)", call).group(1)
        text = (TOP / "docs/reference" / (page + ".md")).read_text()
        contract = text[text.index("<!-- contract: %s" % name):]
        contract = contract[:contract.index("<!-- end -->")]
        costs = (re.sub(r"\s+", " ", cost) for cost in re.findall(r"^Cost (.*?)^Errors ", contract, re.M | re.S))
        said = next(int(found.group(1)) for found in (re.search(pattern, cost) for cost in costs) if found) + extra
        measured = (peak(call) - rows) / unit
        print("| %s | %d | %d | %s |" % (call, round(measured), said, "" if measured <= said else "**more**"))


if __name__ == "__main__":
    if sys.argv[1:] != ["pages"]:
        of_groups()
    if sys.argv[1:] != ["groups"]:
        of_pages()
