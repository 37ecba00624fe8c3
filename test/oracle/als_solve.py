#!/usr/bin/env python3
"""Half-steps of alternating least squares by numpy, as SQL values.

Prints the rows of golden answers in test/pgtap/recommend/als_solve.sql: lambda, dimension,
and the solutions of als_solve, als_wr_solve, both with weights, and als_solve with
a gram.  Debian: apt-get install python3-numpy (1.24.2 made the numbers there).
"""
import numpy as np

for lam in (0.1, 5.0):
    for dim in (1, 2, 3, 7):
        rows = np.arange(1, 41)
        columns = np.arange(1, dim + 1)
        f = ((rows[:, None] * (columns + 3) * 7 + columns * columns) % 19 - 9) / 10
        r = (rows * 5) % 9 - 3.5
        w = 1 + rows % 3 / 2
        eye = np.eye(dim)
        gram = f.T @ f
        answers = [
            np.linalg.solve(gram + lam * eye, f.T @ r),
            np.linalg.solve(gram + lam * len(rows) * eye, f.T @ r),
            np.linalg.solve((f.T * w) @ f + lam * eye, f.T @ (w * r)),
            np.linalg.solve((f.T * w) @ f + lam * w.sum() * eye, f.T @ (w * r)),
            np.linalg.solve(gram + (f.T * w) @ f + lam * eye, f.T @ (w * r)),
        ]
        print("\t(%r, %d, %s)," % (lam, dim, ", ".join("'{%s}'" % ",".join(repr(float(x)) for x in a) for a in answers)))
