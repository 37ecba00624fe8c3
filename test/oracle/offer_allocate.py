#!/usr/bin/env python3
"""Bounds and optima for test/pgtap/policy/offer_allocate.sql.

The linear relaxation by scipy's linprog and the integer program by milp (both
HiGHS), over rows made by the same arithmetic as in the test. Offers that
exceed a limit all alone are left out, as offer_allocate does.

Written for scipy 1.10.
"""
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_matrix


def rows(users, offers):
    for u in range(1, users + 1):
        for o in range(1, offers + 1):
            value = (u * 7919 + o * 104729) % 1009 / 100 - 0.5
            cost = (u * 6007 + o * 3571 + u * o * 31) % 499 / 100
            yield u, o, value, cost


def solve(users, offers, per_user, budget, offer_budgets, capacities):
    fits = [
        (u, o, v, c)
        for u, o, v, c in rows(users, offers)
        if v > 0
        and (budget is None or c <= budget)
        and c <= offer_budgets.get(o, c)
        and capacities.get(o, 1) >= 1
    ]
    limits = [(lambda r, u=u: r[0] == u, lambda r: 1, per_user) for u in range(1, users + 1)]
    if budget is not None:
        limits.append((lambda r: True, lambda r: r[3], budget))
    limits += [(lambda r, o=o: r[1] == o, lambda r: r[3], b) for o, b in offer_budgets.items()]
    limits += [(lambda r, o=o: r[1] == o, lambda r: 1, c) for o, c in capacities.items()]
    at = [(i, j, use(r)) for i, (of, use, _) in enumerate(limits) for j, r in enumerate(fits) if of(r)]
    i, j, x = zip(*at)
    a = coo_matrix((x, (i, j)), shape=(len(limits), len(fits))).tocsr()
    b = np.array([most for _, _, most in limits], float)
    value = np.array([r[2] for r in fits])
    tight = dict(primal_feasibility_tolerance=1e-10, dual_feasibility_tolerance=1e-10)
    bound = linprog(-value, A_ub=a, b_ub=b, bounds=(0, 1), method="highs", options=tight)
    best = milp(
        -value,
        constraints=LinearConstraint(a, -np.inf, b),
        integrality=np.ones(len(fits)),
        bounds=Bounds(0, 1),
        options=dict(mip_rel_gap=0, time_limit=300),
    )
    return -bound.fun, -best.fun, best.status == 0


for name, arguments in {
    "one budget": (200, 5, 1, 100, {}, {}),
    "a small budget": (200, 5, 1, 7.5, {}, {}),
    "budgets of offers": (200, 5, 1, 300, {1: 20, 2: 35.5, 3: 40}, {}),
    "capacities": (200, 5, 1, 250, {}, {2: 30, 4: 11, 5: 25}),
    "everything": (150, 6, 1, 120, {1: 10, 2: 17.5, 6: 30}, {1: 9, 3: 12, 4: 20, 5: 8}),
    "two for each": (120, 6, 2, 150, {1: 25, 6: 30}, {3: 15, 4: 20}),
    "capacities alone": (100, 4, 1, None, {}, {1: 20, 2: 15, 3: 10, 4: 12}),
}.items():
    bound, best, proven = solve(*arguments)
    print(f"('{name}', {bound:.12g}, {best:.12g}),", "" if proven else "-- not proven")
