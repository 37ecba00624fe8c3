#!/usr/bin/env python3
"""Trends of users by pandas and NumPy, as SQL values.

Prints the rows of golden answers in test/pgtap/journey/trend.sql.  Totals of days are
pandas' resample, slopes NumPy's polyfit through them, streaks the runs of a rolling
calendar.  Debian: apt-get install python3-pandas (1.5.3 made the numbers there, with
numpy 1.24.2).
"""
import numpy as np
import pandas as pd

AS_OF = pd.Timestamp("2026-04-01")
WINDOWS = [7, 30, 90]


def event(u, i):
    """Event i of user u; some are after AS_OF."""
    hours = (u * 7919 + i * i * 1047 + u * i * 357) % ((40 + 30 * u) * 24)
    return u, AS_OF + pd.Timedelta(days=5) - pd.Timedelta(hours=hours + 0.5), ((u * 31 + i * 17) % 401 - 40) / 8


def longest(active):
    """Length of each run of True, and of the one at the end."""
    run = active.groupby((~active).cumsum()).cumsum()
    return int(run.max()), int(run.iloc[-1])


data = pd.DataFrame([event(u, i) for u in range(1, 9) for i in range(u * 7 % 40 + 3)], columns=["u", "ts", "value"])
for u, rows in data[data.ts < AS_OF].groupby("u"):
    daily = rows.set_index("ts").value.resample("D").agg(["sum", "count"])
    daily = daily.reindex(pd.date_range(AS_OF - pd.Timedelta(days=371), AS_OF - pd.Timedelta(days=1)), fill_value=0)
    assert daily["count"].sum() == len(rows)
    days, now = longest(daily["count"] > 0)
    weeks, now_weeks = longest(daily["count"].rolling(7).sum().iloc[6::7] > 0)
    ago = (AS_OF - rows.ts) / pd.Timedelta(days=1)
    last = daily.iloc[-max(WINDOWS):]
    slopes = [float(np.polyfit(np.arange(w), daily["sum"].iloc[-w:], 1)[0]) for w in WINDOWS]
    earlier = [float(daily["sum"].iloc[-2 * w:-w].sum()) for w in WINDOWS]
    totals = [float(daily["sum"].iloc[-w:].sum()) for w in WINDOWS]
    ratios = ["NULL" if e <= 0 else repr(t / e) for t, e in zip(totals, earlier)]
    print("\t(%d, %r, %r, %d, %d, %d, %d, '{%s}', '{%s}', '{%s}', '{%s}', '{%s}', '{%s}')," % (
        u, ago.min(), ago.max(), now, days, now_weeks, weeks,
        ",".join(str(daily["count"].iloc[-w:].sum()) for w in WINDOWS),
        ",".join(str((daily["count"].iloc[-w:] > 0).sum()) for w in WINDOWS),
        ",".join(map(repr, totals)), ",".join(map(repr, earlier)), ",".join(ratios), ",".join(map(repr, slopes))))
