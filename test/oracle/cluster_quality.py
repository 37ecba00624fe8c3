#!/usr/bin/env python3
"""Scores of small clusterings by scikit-learn, as SQL values.

Prints the rows of golden answers in test/pgtap/cluster/cluster_quality.sql.  Debian:
apt-get install python3-sklearn (1.2.1 made the numbers there).
"""
import math

from sklearn.metrics import (adjusted_rand_score, calinski_harabasz_score,
                             davies_bouldin_score, normalized_mutual_info_score,
                             silhouette_score)

N = 400
ROWS = range(1, N + 1)


def points(offset, scale):
    return [[offset + scale * ((i % 4) * 2 + (i * 7 % 11) / 11),
             offset + scale * (i * i % 13) / 3,
             offset + scale * (i % 2) * 0.5] for i in ROWS]


LABELS = {
    "i % 4": [i % 4 for i in ROWS],
    "i % 2": [i % 2 for i in ROWS],
    "i * i % 13 / 5": [i * i % 13 // 5 for i in ROWS],
    "CASE WHEN i < 3 THEN i ELSE 0 END": [i if i < 3 else 0 for i in ROWS],
}
# not far from zero: there scikit-learn's own distances lose digits
SHAPES = [(0, 1), (0, 1e-3), (0, 1e6)]

for offset, scale in SHAPES:
    x = points(offset, scale)
    for name, labels in LABELS.items():
        print("\t('%s', %r, %r, %r, %r, %r)," % (
            name, float(offset), float(scale), float(silhouette_score(x, labels)),
            float(calinski_harabasz_score(x, labels)), float(davies_bouldin_score(x, labels))))

PAIRS = [
    ("i % 4", lambda i: i % 4, "i % 2", lambda i: i % 2),
    ("i % 3", lambda i: i % 3, "i % 7", lambda i: i % 7),
    ("i % 5", lambda i: i % 5, "i * i % 11", lambda i: i * i % 11),
    ("i / 50", lambda i: i // 50, "i / 40", lambda i: i // 40),
    ("i % 3", lambda i: i % 3, "5 - i % 3", lambda i: 5 - i % 3),
    ("1", lambda i: 1, "1", lambda i: 1),
    ("1", lambda i: 1, "i % 3", lambda i: i % 3),
    ("i", lambda i: i, "i", lambda i: i),
    ("i", lambda i: i, "1", lambda i: 1),
    ("i", lambda i: i, "i % 2", lambda i: i % 2),
    ("i % 2", lambda i: i % 2, "i / 2 % 2", lambda i: i // 2 % 2),
]
print()
for a_name, a, b_name, b in PAIRS:
    left = [a(i) for i in ROWS]
    right = [b(i) for i in ROWS]
    print("\t('%s', '%s', %r, %r)," % (a_name, b_name, float(adjusted_rand_score(left, right)),
                                     float(normalized_mutual_info_score(left, right))))
