#!/usr/bin/env python3
"""Key drivers one combination at a time, as SQL values.

Prints the rows of golden answers in test/pgtap/pattern/key_drivers.sql: attributes,
then the columns of key_driver.  Sums are exact fractions; the part of a combination in
the change of a rate is scipy's numerical integral of the definition of Aumann and
Shapley.  Debian: apt-get install python3-scipy (1.10.1 made the numbers there).
"""
from fractions import Fraction
from itertools import combinations

from scipy.integrate import quad

rows = []
for i in range(1, 201):
    attributes = ["country=" + "AT DE FR".split()[i * 7 % 11 % 3], "plan=" + "free pro".split()[i * 5 % 7 % 2],
                  "device=" + "app web".split()[i * i % 5 % 2]]
    rows.append((frozenset(attributes), Fraction(i * 13 % 37 + (30 if i % 2 == 0 and i * 7 % 11 % 3 == 0 else 0), 4),
                 Fraction(1 + i % 5), i % 2 == 0))


def sums(which, column, combination):
    return sum((r[column] for r in rows if r[3] == which and r[0] >= combination), Fraction(0))


def quotient(a, b):
    return None if a is None or b is None or b == 0 else a / b


def value(x):
    return "NULL" if x is None else repr(float(x))


def describe(combination, is_rate):
    nothing = frozenset()
    n = {g: sums(g, 1, combination) for g in (False, True)}
    d = {g: sums(g, 2, combination) for g in (False, True)}
    n_all = {g: sums(g, 1, nothing) for g in (False, True)}
    d_all = {g: sums(g, 2, nothing) for g in (False, True)}
    metric = (lambda a, b: quotient(a, b)) if is_rate else (lambda a, b: a)
    test, control = metric(n[True], d[True]), metric(n[False], d[False])
    growth = quotient(metric(n_all[True] - n[True], d_all[True] - d[True]),
                      metric(n_all[False] - n[False], d_all[False] - d[False]))
    difference = None if test is None or control is None else test - control
    change = metric(n_all[True], d_all[True]) - metric(n_all[False], d_all[False])
    if is_rate:
        dn, dd = float(n[True] - n[False]), float(d[True] - d[False])

        def step(t):
            at_n = (1 - t) * float(n_all[False]) + t * float(n_all[True])
            at_d = (1 - t) * float(d_all[False]) + t * float(d_all[True])
            return dn / at_d - at_n * dd / at_d ** 2

        part = quad(step, 0, 1, epsabs=1e-14, epsrel=1e-13)[0]
    else:
        part = difference
    weight, weight_all = (d, d_all) if is_rate else (n, n_all)
    return (test, control, difference, quotient(difference, control),
            None if growth is None or test is None or control is None else test - control * growth,
            part, part / float(change), max(weight[g] / weight_all[g] for g in (False, True)))


every = sorted(set().union(*(r[0] for r in rows)))
for is_rate in (False, True):
    for length in (0, 1, 2):
        for chosen in combinations(every, length):
            if len({c.split("=")[0] for c in chosen}) == length:
                numbers = [value(x) for x in describe(frozenset(chosen), is_rate)]
                print("\t(%s, '{%s}', %s,\n\t\t%s)," % (
                    "true" if is_rate else "false", ",".join(chosen), ", ".join(numbers[:4]), ", ".join(numbers[4:])))
