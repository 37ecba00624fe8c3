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

# ranked scores: with ties, and nearly without
from fractions import Fraction
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, roc_auc_score, roc_curve


def corners(points):
    """Leaves out points on a straight line between others."""
    kept = []
    for p in points:
        while len(kept) > 1 and (kept[-1][1] - kept[-2][1]) * (p[0] - kept[-1][0]) == \
                (p[1] - kept[-1][1]) * (kept[-1][0] - kept[-2][0]):
            kept.pop()
        kept.append(p)
    return kept


for name, s in (("ties", score), ("few ties", (i * 7919 % 1999) / 1000.0 - 0.5 + label / 4)):
    fpr, tpr, threshold = roc_curve(label, s, drop_intermediate=False)
    exact = [(Fraction(f).limit_denominator(2000), Fraction(t).limit_denominator(2000), h)
             for f, t, h in zip(fpr, tpr, threshold)]
    kept = corners(exact)
    costs = [(1 * np.sum((s >= h) & ~label) + 3 * np.sum((s < h) & label), -h) for h in [np.inf, *s]]
    print("-- %s: roc_auc, average_precision, corners, sums of their rates and thresholds, least cost, threshold" % name)
    print("\t('%s', %r, %r, %d, %r, %r, %r, %r, %r)," % (
        name, float(roc_auc_score(label, s)), float(average_precision_score(label, s)), len(kept),
        float(sum(p[0] for p in kept)), float(sum(p[1] for p in kept)), float(sum(p[2] for p in kept[1:])),
        float(min(costs)[0]), float(-min(costs)[1])))
for strategy in ("uniform", "quantile"):
    for bins in (1, 7, 10):
        rate, mean = calibration_curve(label, np.minimum(score, 1), n_bins=bins, strategy=strategy)
        print("\t('%s', %d, '{%s}', '{%s}')," % (strategy, bins, ",".join(map(repr, map(float, mean))),
                                                ",".join(map(repr, map(float, rate)))))
