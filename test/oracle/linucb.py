#!/usr/bin/env python3
"""LinUCB by numpy, as SQL values.

Prints the rows of golden answers in test/pgtap/policy/linucb.sql: dimension,
lambda, number of rows, coefficients, their widths, and the mean and the width of
three contexts.  A is inverted as a whole, which is not how segment does it.
Debian: apt-get install python3-numpy (1.24.2 made the numbers there).
"""
import numpy as np

for dim, lam, n in ((1, 1.0, 40), (2, 0.1, 1), (3, 1.0, 40), (5, 50.0, 200), (10, 1.0, 6), (10, 0.25, 500)):
    i = np.arange(1, n + 1)
    j = np.arange(1, dim + 1)
    x = ((i[:, None] * (j + 3) * 7 + j * j * i[:, None] * i[:, None]) % 23 - 11) / 8
    r = (i * 5) % 9 / 4 - 0.5
    inverse = np.linalg.inv(lam * np.eye(dim) + x.T @ x)
    theta = inverse @ (x.T @ r)
    c = ((np.arange(1, 4)[:, None] * j * j) % 7 - 3) / 2
    answers = theta, np.sqrt(np.diag(inverse)), c @ theta, np.sqrt(np.einsum("ij,jk,ik->i", c, inverse, c))
    print("\t(%d, %r, %d, %s)," % (dim, lam, n, ", ".join("'{%s}'" % ",".join(repr(float(v)) for v in a) for a in answers)))
