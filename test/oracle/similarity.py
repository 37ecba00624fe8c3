#!/usr/bin/env python3
"""Cosine and Pearson of small samples by scikit-learn and scipy, as SQL values.

Prints the rows of golden answers in test/pgtap/recommend/similarity.sql.  Debian: apt-get
install python3-sklearn python3-scipy (1.2.1 and 1.10.1 made the numbers there).
"""
from scipy.stats import pearsonr
from sklearn.metrics.pairwise import cosine_similarity

# not further from zero: there scipy's own deviations lose digits
SHAPES = [(0.0, 1.0), (0.0, 1e6), (1000.0, 0.25)]

for offset, scale in SHAPES:
    for g in (3, 5, 8, 13):
        rows = range(1, 4 * g + 1)
        a = [offset + scale * (1 + i * g % 5 + i % 3 / 2) for i in rows]
        b = [offset + scale * (1 + i * i % 7 + g % 3 - i % 5 / 4) for i in rows]
        print("\t(%r, %r, %d, %r, %r)," % (offset, scale, g, float(cosine_similarity([a], [b])[0, 0]),
                                         float(pearsonr(a, b)[0])))
