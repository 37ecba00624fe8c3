"""Golden numbers of test/pgtap/recommend/cf.sql, by numpy: EASE, and implicit ALS.

    /usr/bin/python3 test/oracle/cf.py

The fixture is arithmetic, the same as in the test.  EASE is written down as its
paper has it.  Of ALS, which begins with random factors, the loss where it ends is
compared: from many starts, the least one.
"""

import numpy as np

USERS, ITEMS = 40, 15


def known(u, i):
    return (u * 7 + i * 11 + u * i) % 5 < 2 or u % ITEMS + 1 == i


x = np.zeros((USERS, ITEMS))
for u in range(1, USERS + 1):
    for i in range(1, ITEMS + 1):
        if known(u, i):
            x[u - 1, i - 1] = 1 + (u * i) % 3


def ease(regularization):
    p = np.linalg.inv(x.T @ x + regularization * np.eye(ITEMS))
    b = -p / np.diag(p)
    np.fill_diagonal(b, 0)
    return b


def als_loss(p, q, alpha, regularization):
    confidence = 1 + alpha * x
    loss = (confidence * ((x > 0) - p @ q.T) ** 2).sum()
    loss += regularization * (confidence.sum(1) * (p ** 2).sum(1)).sum()
    return loss + regularization * (confidence.sum(0) * (q ** 2).sum(1)).sum()


def als_half(held, confidence, target, regularization):
    rows = np.empty((len(confidence), held.shape[1]))
    for k, c in enumerate(confidence):
        a = (held.T * c) @ held + regularization * c.sum() * np.eye(held.shape[1])
        rows[k] = np.linalg.solve(a, held.T @ (c * target[k]))
    return rows


def als(factors, alpha, regularization, seed):
    q = np.random.default_rng(seed).normal(0, 0.1, (ITEMS, factors))
    confidence = 1 + alpha * x
    target = (x > 0).astype(float)
    for _ in range(3000):
        p = als_half(q, confidence, target, regularization)
        q = als_half(p, confidence.T, target.T, regularization)
    p = als_half(q, confidence, target, regularization)
    return als_loss(p, q, alpha, regularization)


b = ease(20)
print("ease: weights j -> i", [(j, i, round(b[j - 1, i - 1], 12)) for j, i in ((2, 1), (1, 2), (7, 3), (15, 14))])
print("ease: scores (user, item)", [(u, i, round(float(x[u - 1] @ b[:, i - 1]), 12)) for u, i in ((1, 1), (5, 9), (40, 15))])
print("ease: sum of absolute weights", round(np.abs(b).sum(), 10))
losses = [als(2, 5, 0.1, seed) for seed in range(20)]
print("als: least loss of 2 factors, alpha 5, regularization 0.1: %.6f" % min(losses), "worst %.6f" % max(losses))
