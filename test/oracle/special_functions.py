#!/usr/bin/env python3
"""Gamma and normal distributions and their functions by mpmath, as C values.

Prints the rows of golden answers in test/unit/base/test_incomplete_gamma.c,
test_normal.c and test_special.c, and, with the argument --series, the tables of
src/base/special.c.  Debian: apt-get install python3-mpmath (1.2.1 made those
there).
"""
import sys

from mpmath import cos, erfc, erfinv, euler, exp, findroot, gammainc, inf, loggamma, mp, mpf, pi, psi, sqrt

mp.dps = 60


def chebyshev(f, n, points=120):
    """The first n coefficients of f on [-1, 1]; the constant one counts once."""
    t = [cos(pi * (k + mpf(1) / 2) / points) for k in range(points)]
    y = [f(x) for x in t]
    return [(2 if j else 1) / mpf(points) * sum(y[k] * cos(pi * j * (k + mpf(1) / 2) / points) for k in range(points))
            for j in range(n)]


def scaled_erfc(t):
    x = mpf(15) / 4 * (1 + t) / (1 - t)
    # erfc(x) exp(x^2), where that is 0 times infinity
    scaled = erfc(x) * exp(x * x) if x < 1000 else (1 - 1 / (2 * x * x) + 3 / (4 * x ** 4) - 15 / (8 * x ** 6)) / (x * sqrt(pi))
    return (1 + 2 * x) * scaled


if "--series" in sys.argv:
    for name, f, n in (
        ("erfc_series", scaled_erfc, 28),
        ("near_one", lambda t: loggamma(1 + t / 2) / (t / 2), 31),
        ("near_two", lambda t: loggamma(2 + t / 2) / (t / 2), 21),
    ):
        print("static const double %s[] = {" % name)
        print("\n".join("\t%s," % mp.nstr(c, 17) for c in chebyshev(f, n)) + "\n};")
    sys.exit()

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
for chance in (*(0.5 - 2.0 ** -k for k in (2, 3, 5, 10, 20, 30, 40, 50, 53)), 0.2499999, 0.2500001, 0.26, 0.4, 0.49, 0.499999, 0.51,
               0.5 + 2.0 ** -40):
    print("\t{%r, %s}," % (chance, mp.nstr(sqrt(2) * erfinv(1 - 2 * mpf(chance)), 17)))

print()
for z in (0.0, 0.1, -1.0, 1.959963984540054, 5.0, -10.0, 37.0):
    print("\t{%r, %s}," % (z, mp.nstr(erfc(abs(mpf(z)) / sqrt(2)), 17)))

print()
for x in (1e-300, 1e-9, 0.01, 0.3, 0.49999, 0.5, 0.75, 0.999, 1 - 2.0**-40, 1 + 2.0**-40, 1.001, 1.25, 1.4616, 1.4999, 1.5, 1.75,
          1.999, 2 - 2.0**-40, 2 + 2.0**-40, 2.001, 2.3, 2.4999, 2.5, 3.0, 3.7, 7.25, 12.875, 15.999, 16.0, 17.5, 100.0, 12345.6, 1e9,
          1e100, 1e305):
    print("\t{%r, %s}," % (x, mp.nstr(loggamma(mpf(x)), 17)))

print()
for z in (1e-30, 1e-17, 1e-10, 0.001, 0.25, 0.4999, 0.5, 0.75, 0.999, 1.0):
    print("\t{%r, %s}," % (z, mp.nstr(loggamma(1 + mpf(z)), 17)))

print()
for x in (-30.0, -3.0, -0.5, -1e-9, 0.0, 1e-20, 1e-3, 0.1, 0.4769, 0.84375, 1.0, 1.25, 2.0, 2.857, 3.75, 6.0, 10.0, 15.3, 20.0, 26.0,
          26.5):
    print("\t{%r, %s}," % (x, mp.nstr(erfc(mpf(x)), 17)))

print()
for x in (1e-5, 0.002, 0.1, 0.3, 1.0, 2.5, 8.4999, 8.5, 15.9, 16.0, 100.0, 12345.6, 1e9, 1e300):
    print("\t{%r, %s, %s}," % (x, mp.nstr(psi(0, mpf(x)), 17), mp.nstr(exp(psi(0, mpf(x))), 17)))
