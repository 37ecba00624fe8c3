#!/usr/bin/env python3
"""Calibrated probabilities by scikit-learn, as SQL values.

Prints the golden answers in test/pgtap/evaluate/calibration.sql.  scikit-learn stops
its search for Platt's curve early, so that is found here from its loss, with scipy, to
full precision; scikit-learn's own parameters are printed beside it.
Debian: apt-get install python3-sklearn (1.2.1 made the numbers there).
"""
import numpy as np
from scipy.optimize import root
from scipy.special import expit
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

i = np.arange(1, 2001)
score = (i * 7919 % 101) / 100.0
label = (i * i * 31 + i * 17) % 1009 < score * score * 1009
few = (i * 7919 % 1999) / 1000.0 - 0.5 + label / 4
weight = (1 + i % 5) / 4.0
asked = np.array([-1, -0.25, 0, 0.005, 0.111, 0.5, 0.777, 0.999, 1, 2])


def platt(s, y, w):
    w = np.ones(len(s)) if w is None else w
    n, p = w[~y].sum(), w[y].sum()
    t = np.where(y, (p + 1) / (p + 2), 1 / (n + 2))

    def gradient(c):
        error = w * (expit(c[0] * s + c[1]) - t)
        return [(error * s).sum(), error.sum()]
    return root(gradient, [1, 0], tol=1e-15).x


for name, s, w in (("ties", score, None), ("few ties", few, None), ("weighted", score, weight)):
    a, b = platt(s, label, w)
    theirs = _SigmoidCalibration().fit(s, label, w)
    isotonic = IsotonicRegression(out_of_bounds="clip").fit(s, label, w)
    print("\t-- scikit-learn: slope %r, intercept %r" % (-theirs.a_, -theirs.b_))
    print("\t('%s', %r, %r, %d, '{%s}')," % (name, float(a), float(b), len(isotonic.X_thresholds_),
                                           ",".join(repr(float(p)) for p in isotonic.predict(asked))))
# labels that the score separates
a, b = platt(np.arange(10.0), np.arange(10) > 4, None)
print("\t-- separated: %r, %r" % (float(a), float(b)))
