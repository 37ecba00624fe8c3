"""Aggregates over events against count(*) with the same grouping; events.sql makes
the tables.

Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import against, head, line, ratios, setup_line

RUNS = int(os.environ["RUNS"])

STEPS = ", ".join("kind = %d" % k for k in range(5))
WORDS = ", ".join("event = '%s'" % e for e in ("view", "lesson", "quiz", "trial", "pay"))
BY_USER = "SELECT count(*), count(x) FROM (SELECT %s AS x FROM %s GROUP BY user_id) AS t"


def query(session, call, table="events"):
    sql = BY_USER % (call, table)
    return lambda: session.run(sql)


def by_user(session):
    goals = {"window_funnel, 5 steps": 2}
    calls = {
        "count(*)": "count(*)",
        "window_funnel, 5 steps": "window_funnel('7 days', ts, %s)" % STEPS,
        "the same, steps compare texts": "window_funnel('7 days', ts, %s)" % WORDS,
        "strict_once": "window_funnel('7 days', 'strict_once', ts, %s)" % STEPS,
        "strict_increase": "window_funnel('7 days', 'strict_increase', ts, %s)" % STEPS,
        "strict_order": "window_funnel('7 days', 'strict_order', ts, %s)" % STEPS,
        "funnel_times": "funnel_times('7 days', ts, %s)" % STEPS,
        "sequence_match": "sequence_match('(?1).*(?t<=3600)(?2).*(?3)', ts, kind = 0, kind = 1, kind = 2)",
        "sequence_count": "sequence_count('(?1)(?2)', ts, kind = 0, kind = 1)",
        "sequence_next": "sequence_next(kind, ts, kind = 0, kind = 1)",
        "retention, 30 days": "retention(ts, '2026-01-01', '1 day', 30)",
        "retention, 12 months": "retention(ts, '2026-01-01', '1 month', 12)",
        "lifecycle": "lifecycle(ts, '2026-03-01', '1 month')",
    }
    session.run("SET work_mem = '256MB'")
    figures = interleave(session, RUNS, {
        name: query(session, call) for name, call in calls.items()})
    ratios("%d events of %d users, GROUP BY user_id (hash)" % session.run(
        "SELECT count(*), count(DISTINCT user_id) FROM events")[0], figures, "count(*)", goals)

    # sorting three columns is more work than sorting one
    session.run("SET enable_hashagg = off")
    base = "max(ts), max(kind)"
    calls[base] = "ROW(max(ts), max(kind))"
    names = (base, "window_funnel, 5 steps", "strict_order", "retention, 30 days", "lifecycle")
    figures = interleave(session, RUNS, {name: query(session, calls[name]) for name in names})
    ratios("The same, sorted by user_id", figures, base, {})
    session.run("RESET enable_hashagg")


def days(session):
    """Counts of ten days by joining each with the month before it, against those of all days."""
    joined = ("SELECT day, count(DISTINCT user_id) FILTER (WHERE ts >= day), "
              "count(DISTINCT user_id) FILTER (WHERE ts >= day - interval '6 days'), count(DISTINCT user_id) "
              "FROM (SELECT (SELECT max(ts)::date FROM visits) - i * interval '1 day' AS day FROM generate_series(1, 10) AS i) AS d "
              "JOIN visits ON ts >= day - interval '29 days' AND ts < day + interval '1 day' GROUP BY day")
    each = "SELECT cardinality(active_users(user_id, ts%s)) FROM visits"
    figures = interleave(session, RUNS, {
        "join, the last ten days": lambda: session.run(joined),
        "active_users, all days": lambda: session.run(each % ""),
        "windows of 90 and 365 days": lambda: session.run(each % ", 90, 365"),
        "count(DISTINCT user_id)": lambda: session.run("SELECT count(DISTINCT user_id) FROM visits")})
    ratios("Active users: %d events, %d days" % session.run(
        "SELECT count(*), max(ts)::date - min(ts)::date FROM visits")[0],
        figures, "join, the last ten days", {"active_users, all days": 0.15})


def memory():
    """Peak memory of the backend per group, less that of count(*)."""
    head("Memory of a group: few_events, 3 events a user", "what", "bytes a user", "goal")
    calls = {
        "count(*)": "count(*)",
        "window_funnel": "window_funnel('7 days', ts, %s)" % STEPS,
        "strict_order": "window_funnel('7 days', 'strict_order', ts, %s)" % STEPS,
        "sequence_next": "sequence_next(kind, ts, kind = 0, kind = 1)",
        "retention, 30 days": "retention(ts, '2026-01-01', '1 day', 30)",
        "lifecycle": "lifecycle(ts, '2026-03-01', '1 month')",
    }
    for name, call in calls.items():
        session = Session()  # a separate backend, with its own baseline
        session.run("SET work_mem = '512MB'")
        users = session.value("SELECT count(DISTINCT user_id) FROM few_events")
        session.run("SELECT count(*) FROM few_events")
        session.reset_peak()
        base = session.peak()
        session.run(BY_USER % (call, "few_events"))
        bytes_each = (session.peak() - base) * 1048576 / users
        line(name, "%.0f" % bytes_each,
             against(bytes_each, 500) if name != "count(*)" else "")
        session.connection.close()


def plans(session):
    """What workers and leader compute in a parallel plan."""
    session.run("SET max_parallel_workers_per_gather = 2; SET enable_hashagg = on; "
                "SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0")
    print("\n### Parallel plans\n")
    for title, sql in (
            ("mergeable, no GROUP BY",
             "SELECT retention(ts, '2026-01-01', '1 day', 30), lifecycle(ts, '2026-03-01', '1 month') FROM events"),
            ("mergeable, by user", "SELECT user_id, lifecycle(ts, '2026-03-01', '1 month') FROM events GROUP BY user_id"),
            ("collecting, by user", "SELECT user_id, window_funnel('7 days', ts, %s) FROM events GROUP BY user_id" % STEPS)):
        print("%s:\n" % title)
        for (text,) in session.run("EXPLAIN (COSTS OFF) " + sql):
            print("    " + text)
        print()


def main():
    session = Session()
    print(setup_line(session))
    print("Medians of %d runs by turns." % RUNS)
    by_user(session)
    days(session)
    memory()
    plans(session)


main()
