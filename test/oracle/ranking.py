#!/usr/bin/env python3
"""Scores of ranked lists by scikit-learn, as SQL values.

Prints the rows of golden answers in test/pgtap/recommend/ranking.sql: k, the number of users
scored, and the means over them of precision, recall, NDCG (two grades, linear,
exponential) of the first k; then average precision and the reciprocal rank of one
relevant item, of the whole list.  Debian: apt-get install python3-sklearn (1.2.1
made the numbers there).
"""
import numpy as np
from sklearn.metrics import (average_precision_score, label_ranking_average_precision_score,
                             ndcg_score, precision_score, recall_score)

ITEMS = 20
scores = np.arange(ITEMS, 0, -1)  # of the places of a list

users = []
for u in range(1, 41):
    ranked = [(p * 3 + u * 7) % ITEMS for p in range(ITEMS)]
    grade = np.array([0 if u % 10 == 0 else max(0, (u * i * i + 3 * u + i * 5) % 11 - 6) for i in ranked])
    if grade.any():
        users.append(grade)

for k in (1, 3, 5, 10, 20):
    top = (scores > ITEMS - k).astype(int)
    print("\t(%d, %d, %r, %r, %r, %r, %r)," % (
        k, len(users),
        float(np.mean([precision_score(g > 0, top, zero_division=0) for g in users])),
        float(np.mean([recall_score(g > 0, top) for g in users])),
        float(np.mean([ndcg_score([(g > 0).astype(int)], [scores], k=k) for g in users])),
        float(np.mean([ndcg_score([g], [scores], k=k) for g in users])),
        float(np.mean([ndcg_score([2.0 ** g - 1], [scores], k=k) for g in users]))))

print(repr(float(np.mean([average_precision_score(g > 0, scores) for g in users]))))
# with one relevant item this is the reciprocal rank
print(repr(float(label_ranking_average_precision_score([np.arange(ITEMS) == g.argmax() for g in users],
                                                       [scores] * len(users)))))
