#!/usr/bin/env python3
"""Golden figures of k-prototypes and k-modes by the Python package kmodes.

Prints what as_kmodes() in test/unit/cluster/test_kprototypes.c holds, for the rows
of test/oracle/kprototypes.R: gamma, the cost from the first four rows as prototypes,
and the least cost of 100 random starts; and the same for categories alone.

Needs the package kmodes (0.12.2 made the figures there) and python3-sklearn.
"""
import numpy as np
from kmodes.kmodes import KModes
from kmodes.kprototypes import KPrototypes

i = np.arange(120)
numbers = np.column_stack([(i**2 * 37) % 1009 / 100, (i**3 * 13) % 997 / 50])
categories = np.column_stack([i % 3, i * i % 5, i * 7 % 11 % 4])
rows = np.column_stack([numbers, categories])
standard = np.column_stack([(numbers - numbers.mean(0)) / numbers.std(0), categories])

for gamma in (2.5, 12):
    fit = KPrototypes(4, init=[numbers[:4].copy(), categories[:4].copy()], n_init=1, gamma=gamma)
    fit.fit(rows, categorical=[2, 3, 4])
    print("gamma", gamma, "from the first rows", repr(fit.cost_), np.bincount(fit.labels_))
for name, x in (("as they are", rows), ("standardized", standard)):
    for k in (3, 6):
        fit = KPrototypes(k, init="Huang", n_init=100, random_state=1).fit(x, categorical=[2, 3, 4])
        print(name, "k", k, "gamma", repr(fit.gamma), "cost", repr(fit.cost_))
for k in (3, 6):
    fit = KModes(k, init="Huang", n_init=100, random_state=1).fit(categories)
    print("k-modes, k", k, "cost", fit.cost_)
