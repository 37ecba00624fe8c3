#!/usr/bin/env python3
"""Chances to win and expected losses by scipy, as SQL values.

Prints the golden answers of test/pgtap/experiment/ab_bayes.sql: successes and trials of each
variant, chances, losses.  The integrals are of scipy.integrate.quad over the range of each
beta distribution.
"""
import numpy as np
from scipy import integrate, stats

CASES = [((45, 60), (500, 500)), ((0, 0), (100, 100)), ((3, 1, 7), (10, 8, 12)), ((0, 5), (0, 9)),
         ((2000, 2100, 2050), (10000, 10000, 10000)), ((1, 90), (1000, 100)), ((7,), (9,))]


def answers(laws):
    points = sorted({float(np.clip(law.mean() + k * law.std(), *law.support()))
                     for law in laws for k in (-40, -20, -10, -6, -4, -2, -1, 0, 1, 2, 4, 6, 10, 20, 40)})
    chances, losses = [], []
    for i, law in enumerate(laws):
        others = lambda x: np.prod([o.cdf(x) for j, o in enumerate(laws) if j != i])
        total = [0.0, 0.0]
        for low, high in zip(points, points[1:]):
            for k, f in enumerate((lambda x: law.pdf(x) * others(x), lambda x: law.cdf(x) * (1 - others(x)))):
                total[k] += integrate.quad(f, low, high, epsabs=0, epsrel=1e-13)[0]
        chances.append(total[0])
        losses.append(total[1])
    return chances, losses


def array(x):
    return "'{%s}'" % ",".join("%.17g" % v for v in x)


for successes, trials in CASES:
    chances, losses = answers([stats.beta(1 + s, 1 + n - s) for s, n in zip(successes, trials)])
    print("\t(%s, %s,\n\t\t%s,\n\t\t%s)," % (array(successes), array(trials), array(chances), array(losses)))
