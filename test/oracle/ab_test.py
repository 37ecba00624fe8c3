#!/usr/bin/env python3
"""Tests of an experiment by statsmodels and scipy, as SQL values.

Prints the golden answers of test/pgtap/experiment/ab_test.sql: kind of test, variant,
and one column of ab_test after another.  The users are made by the same arithmetic as there.
Needs numpy, scipy and statsmodels.
"""
import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

ALPHA = 0.05
i = np.arange(1, 3001)
variant = np.array(["a", "b", "c"])[(i * i + i // 7) % 3]
past = (i * 7919 % 101).astype(float)
spend = (i * i * 31 % 57) / 4 + past / 2 + np.select([variant == "b", variant == "c"], [1.25, 0.5], 0)
converted = (i * i * 13 + i) % 100 < np.select([variant == "b", variant == "c"], [26, 19], 20)
clicks = (i * i * 17 % 5 + np.where(variant == "b", i % 2, 0)).astype(float)
views = (5 + i * 11 % 13).astype(float)
VARIANTS = ("b", "c")


def show(kind, rows):
    for name, row in rows.items():
        for column, value in row.items():
            print("\t('%s', '%s', '%s', %r)," % (kind, name, column, float(value)))


def adjust(rows, method):
    p = [rows[v]["p_value"] for v in VARIANTS]
    for v, q in zip(VARIANTS, multipletests(p, method=method)[1]):
        rows[v]["adjusted_p_value"] = q


def lift(mean, base, variance, base_variance, quantile):
    half = quantile * np.sqrt(variance / mean ** 2 + base_variance / base ** 2)
    return {"lift": mean / base - 1, "lift_low": mean / base * np.exp(-half) - 1,
            "lift_high": mean / base * np.exp(half) - 1}


srm = stats.chisquare([np.sum(variant == v) for v in "abc"]).pvalue

# shares
rows = {}
counts = {v: (converted[variant == v].sum(), np.sum(variant == v)) for v in "abc"}
for v in VARIANTS:
    (x, n), (x0, n0) = counts[v], counts["a"]
    z, p = proportions_ztest([x, x0], [n, n0])
    low, high = confint_proportions_2indep(x, n, x0, n0, method="newcomb", compare="diff", alpha=ALPHA)
    ratio = confint_proportions_2indep(x, n, x0, n0, method="log", compare="ratio", alpha=ALPHA)
    rows[v] = {"n": n, "mean": x / n, "difference": x / n - x0 / n0, "ci_low": low, "ci_high": high,
               "lift": x / n / (x0 / n0) - 1, "lift_low": ratio[0] - 1, "lift_high": ratio[1] - 1,
               "statistic": z, "p_value": p, "srm_p_value": srm}
adjust(rows, "holm")
show("share", rows)


def welch(values, more=None):
    rows = {}
    control = values[variant == "a"]
    for v in VARIANTS:
        x = values[variant == v]
        t = stats.ttest_ind(x, control, equal_var=False)
        compare = CompareMeans(DescrStatsW(x), DescrStatsW(control))
        low, high = compare.tconfint_diff(alpha=ALPHA, usevar="unequal")
        df = compare.dof_satt()
        rows[v] = {"n": len(x), "mean": x.mean(), "difference": x.mean() - control.mean(), "ci_low": low, "ci_high": high,
                   "statistic": t.statistic, "degrees_of_freedom": df, "p_value": t.pvalue, "srm_p_value": srm}
        rows[v].update(lift(x.mean(), control.mean(), x.var(ddof=1) / len(x), control.var(ddof=1) / len(control),
                            stats.t.ppf(1 - ALPHA / 2, df)))
        rows[v].update(more or {})
    adjust(rows, "fdr_bh")
    return rows


show("mean", welch(spend))

# CUPED: ordinary least squares of the outcome on the covariate and the variant gives the slope
dummies = np.column_stack([past] + [variant == v for v in "abc"]).astype(float)
slope = np.linalg.lstsq(dummies, spend, rcond=None)[0][0]
within = [(spend[variant == v] - spend[variant == v].mean(), past[variant == v] - past[variant == v].mean()) for v in "abc"]
y, x = (np.concatenate(parts) for parts in zip(*within))
show("covariate", welch(spend - slope * (past - past.mean()), {"variance_reduction": np.corrcoef(x, y)[0, 1] ** 2}))

# ratios: the delta method is the variance of the linear part
rows = {}
part = {}
for v in "abc":
    c, w = clicks[variant == v], views[variant == v]
    r = c.sum() / w.sum()
    part[v] = (len(c), r, ((c - r * w) / w.mean()).var(ddof=1) / len(c))
for v in VARIANTS:
    (n, r, s), (n0, r0, s0) = part[v], part["a"]
    z = (r - r0) / np.sqrt(s + s0)
    half = stats.norm.ppf(1 - ALPHA / 2)
    rows[v] = {"n": n, "mean": r, "difference": r - r0, "ci_low": r - r0 - half * np.sqrt(s + s0),
               "ci_high": r - r0 + half * np.sqrt(s + s0), "statistic": z, "p_value": 2 * stats.norm.sf(abs(z)),
               "srm_p_value": srm}
    rows[v].update(lift(r, r0, s, s0, half))
adjust(rows, "holm")
show("ratio", rows)


def sequential(statistic, difference, variance, tau, p_fixed, half_of):
    z = stats.norm.isf(p_fixed / 2)
    total = variance + tau ** 2
    ratio = np.sqrt(variance / total) * np.exp(z ** 2 * tau ** 2 / 2 / total)
    # the interval holds the effects whose likelihood ratio stays below 1 / alpha
    edge = np.sqrt(total / tau ** 2 * (2 * np.log(1 / ALPHA) + np.log(total / variance)))
    half = half_of(stats.norm.sf(edge)) * np.sqrt(variance)
    return {"difference": difference, "ci_low": difference - half, "ci_high": difference + half, "statistic": statistic,
            "p_value": min(1, 1 / ratio)}


# always valid, with an expected effect of 0.05 and of 2
rows = {}
for v in VARIANTS:
    (x, n), (x0, n0) = counts[v], counts["a"]
    s = sum((k + 1) / (m + 2) * (m - k + 1) / (m + 2) / m for k, m in ((x, n), (x0, n0)))
    d = x / n - x0 / n0
    rows[v] = sequential(d / np.sqrt(s), d, s, 0.05, 2 * stats.norm.sf(abs(d) / np.sqrt(s)), stats.norm.isf)
adjust(rows, "holm")
show("share always", rows)
rows = {}
for v in VARIANTS:
    x, control = spend[variant == v], spend[variant == "a"]
    t = stats.ttest_ind(x, control, equal_var=False)
    df = CompareMeans(DescrStatsW(x), DescrStatsW(control)).dof_satt()
    s = x.var(ddof=1) / len(x) + control.var(ddof=1) / len(control)
    rows[v] = sequential(t.statistic, x.mean() - control.mean(), s, 2, t.pvalue, lambda q: stats.t.isf(q, df))
adjust(rows, "holm")
show("mean always", rows)
