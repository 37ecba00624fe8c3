#!/usr/bin/env python3
"""Tails of gamma and normal distributions by mpmath, as C values.

Prints the rows of golden answers in test/unit/base/test_incomplete_gamma.c and
test_normal.c.  Debian: apt-get install python3-mpmath (1.2.1 made those there).
"""
from mpmath import erfc, erfinv, findroot, gammainc, inf, mp, mpf, sqrt

mp.dps = 60

GAMMA = [
    (0.01, 1e-8), (0.01, 0.3), (0.01, 1.0), (0.01, 5.0), (0.5, 1e-10), (0.5, 0.25), (0.5, 1.4999), (0.5, 1.5001),
    (0.5, 20.0), (0.5, 700.0), (0.999, 1.9), (1.0, 0.001), (1.0, 3.0), (1.5, 2.0), (2.5, 1e-3), (7.0, 3.5), (7.0, 40.0),
    (23.4, 20.0), (23.6, 30.0), (100.0, 60.0), (100.0, 100.0), (100.0, 250.0), (150.0, 2.5), (499.5, 520.0),
    (1e4, 9.4e3), (1e4, 1e4 + 1), (1e4, 1.06e4), (1e5, 9.9e4), (1e5, 1.02e5),
]
for a, x in GAMMA:
    print("\t{%r, %r, %s, %s}," % (a, x, *(mp.nstr(gammainc(mpf(a), lo, hi, regularized=True), 17)
                                         for lo, hi in ((0, mpf(x)), (mpf(x), inf)))))

print()
for chance in (0.5, 0.3, 0.1587, 0.05, 0.025, 0.005, 1e-4, 1e-9, 1e-17, 1e-100, 1e-300, 0.75, 0.999):
    p = mpf(chance)
    start = sqrt(2) * erfinv(1 - 2 * p) if p > 1e-20 else sqrt(-2 * mp.log(p))
    z = findroot(lambda z: mp.log(erfc(z / sqrt(2)) / 2) - mp.log(p), start)
    print("\t{%r, %s}," % (chance, mp.nstr(z, 17)))

print()
for z in (0.0, 0.1, -1.0, 1.959963984540054, 5.0, -10.0, 37.0):
    print("\t{%r, %s}," % (z, mp.nstr(erfc(abs(mpf(z)) / sqrt(2)), 17)))
