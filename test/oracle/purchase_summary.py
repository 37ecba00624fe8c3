#!/usr/bin/env python3
"""Purchase histories by pandas, as SQL values.

Prints the rows of golden answers in test/pgtap/lifetime/purchase_summary.sql, for as many
customers as the argument says (10).  What is computed is what the documentation of
lifetimes.utils.summary_data_from_transaction_data describes, in our own words:
lifetimes itself does not run with this pandas.  Debian: apt-get install
python3-pandas (1.5.3 made the numbers there, with numpy 1.24.2).
"""
import sys

import numpy as np
import pandas as pd

CUSTOMERS = int(sys.argv[1]) if len(sys.argv) > 1 else 10
START = pd.Timestamp("2023-11-20")
SPAN = 500 * 86400  # seconds
UNITS = [("1 day", "D"), ("1 week", "W"), ("1 month", "M")]
ENDS = ["2024-02-29 12:00", "2024-07-01 00:00", "2024-12-31 23:59:59"]


def purchase(c, i):
    """Purchase i of customer c: some at midnight, some a second before."""
    at = (c * 7919 + i * i * 104729 * 13 + c * i * 3571) % SPAN
    if i % 5 == 1:
        at -= at % 86400
    elif i % 5 == 2:
        at -= at % 86400 + 1
    amount = np.nan if (c + i) % 13 == 0 else ((c * 31 + i * 17) % 401 - 40) / 8
    return c, START + pd.Timedelta(seconds=at), amount


def histories(rows, end, freq):
    end = pd.Timestamp(end).to_period(freq).start_time
    rows = rows.assign(period=rows.paid_at.dt.to_period(freq).dt.start_time)
    rows = rows[rows.period <= end]
    # one purchase for each period, in order; the sum takes a missing amount for 0
    periods = rows.groupby(["customer", "period"]).amount.sum().reset_index()
    repeats = periods[periods.duplicated("customer")]
    unit = np.timedelta64(1, freq)
    first, last = (periods.groupby("customer").period.agg(f) for f in ("min", "max"))
    return pd.DataFrame({
        "frequency": periods.groupby("customer").size() - 1,
        "recency": (last - first) / unit,
        "age": (end - first) / unit,
        "monetary": repeats.groupby("customer").amount.mean().reindex(first.index).fillna(0),
    })


data = pd.DataFrame([purchase(c, i) for c in range(1, CUSTOMERS + 1) for i in range(c * 7 % 12 + 1)],
                    columns=["customer", "paid_at", "amount"])
for unit, freq in UNITS:
    for end in ENDS:
        for customer, h in histories(data, end, freq).iterrows():
            print("\t('%s', '%s', %d, %d, %r, %r, %r)," % (
                unit, end, customer, h.frequency, float(h.recency), float(h.age), float(h.monetary)))
