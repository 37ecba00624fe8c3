#!/usr/bin/env python3
"""Metrics of predictions by scikit-learn, as SQL values.

Prints the golden answers in test/pgtap/evaluate/confusion_matrix.sql and loss.sql.
Debian: apt-get install python3-sklearn (1.2.1 made the numbers there).
"""
import numpy as np
from sklearn.metrics import (accuracy_score, brier_score_loss, log_loss, mean_absolute_error, mean_squared_error,
                             precision_recall_fscore_support, r2_score)

i = np.arange(1, 2001)

# three classes, one of them never predicted, and a fourth that is only predicted
actual = np.array(["a", "b", "c"])[(i * i * 7 + i) % 11 % 3]
predicted = np.where(i % 3 > 0, np.where(actual == "c", "a", actual), np.array(["a", "b", "d"])[i % 7 % 3])
print("-- class, precision, recall, f1, support")
labels = ["a", "b", "c", "d"]
for c, p, r, f, s in zip(labels, *precision_recall_fscore_support(actual, predicted, labels=labels, zero_division=0)):
    print("\t('%s', NULL, %r, %r, %r, %d)," % (c, float(p), float(r), float(f), s))
print("\t(NULL, 'accuracy', %r, ...)," % float(accuracy_score(actual, predicted)))
for average in ("macro", "weighted"):
    p, r, f, _ = precision_recall_fscore_support(actual, predicted, labels=labels, average=average, zero_division=0)
    print("\t(NULL, '%s', %r, %r, %r, 2000)," % (average, float(p), float(r), float(f)))

weight = (1 + i % 5) / 4.0
y = 1000 + (i * 7919 % 1009) / 10.0
guess = y + (i * i * 31 % 101 - 50) / 7.0
score = (i * 7919 % 101) / 100.0
label = (i * i * 31 + i * 17) % 1009 < score * 1009
for name, w in (("unweighted", None), ("weighted", weight)):
    print("-- %s: mae, rmse, r2, log_loss, brier_score" % name)
    print("\t('%s', %r, %r, %r, %r, %r)," % (
        name,
        float(mean_absolute_error(y, guess, sample_weight=w)),
        float(mean_squared_error(y, guess, sample_weight=w, squared=False)),
        float(r2_score(y, guess, sample_weight=w)),
        float(log_loss(label, score, sample_weight=w)),
        float(brier_score_loss(label, score, sample_weight=w))))
