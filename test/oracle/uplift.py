#!/usr/bin/env python3
"""Uplift tables and Qini curves by scikit-uplift, as SQL values.

Prints the golden answers in test/pgtap/experiment/uplift.sql.
Debian: apt-get install python3-sklearn python3-pandas (1.2.1 and 1.5.3), and the package
scikit-uplift 0.5.1 (its sklift/metrics is all that is used).
"""
import sys

import numpy as np

if len(sys.argv) > 1:
    sys.path.insert(0, sys.argv[1])  # where sklift is
from sklift.metrics import qini_auc_score, qini_curve, uplift_by_percentile, uplift_curve

i = np.arange(1, 2000)
level = i * 7919 % 23
treated = (i * i * 7 + i) % 11 < 7
ordered = (i * i * 31 + i * 17) % 1009 < 200 + np.where(treated, 10 * level, 0)
scores = {
    "ties": level.astype(float),
    "few ties": (i * 7919 % 1999) / 1000.0 + level / 4,
    "worse than chance": -level.astype(float),
    "says nothing": (i * 31 % 1999).astype(float),
}


def sql_array(x):
    return "'{%s}'" % ",".join(repr(float(v)) for v in x)


y, t = ordered.astype(int), treated.astype(int)
print("-- Qini coefficients")
for name, score in scores.items():
    print("\t('%s', %r)," % (name, float(qini_auc_score(y, score, t))))

print("-- Qini curve and uplift curve, with ties: users, qini, gain")
users, qini = qini_curve(y, scores["ties"], t)
same, gain = uplift_curve(y, scores["ties"], t)
assert (users == same).all()
print("\t(%s,\n\t%s,\n\t%s)" % (sql_array(users), sql_array(qini), sql_array(gain)))

print("-- uplift by percentile, without ties: n_treated, n_control, mean_treated, mean_control, uplift")
for bins in (5, 10):
    table = uplift_by_percentile(y, i * 7919 % 1999, t, strategy="overall", bins=bins)
    for b, row in enumerate(table.itertuples(), 1):
        print("\t(%d, %d, %d, %d, %r, %r, %r)," % (
            bins, b, row.n_treatment, row.n_control, float(row.response_rate_treatment),
            float(row.response_rate_control), float(row.uplift)))
