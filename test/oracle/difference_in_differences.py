"""Differences in differences and event studies by statsmodels, as SQL values.

Prints the golden answers of test/pgtap/experiment/difference_in_differences.sql: which
rows, which error, which number, its value. The rows are made by the same arithmetic as
there. Needs python3-statsmodels.
"""
import numpy as np
import statsmodels.api as sm
from scipy import stats


def rows(kind):
    """unit, treated, period, outcome: 60 units, 6 periods, some rows missing or repeated"""
    for u in range(1, 61):
        for t in range(1, 7):
            for copy in range(1, 3):
                seed = u * 7919 + t * 104729 + copy * 31
                if seed % 11 < (1 if copy == 1 else 8):
                    continue
                treated = u % 5 < 2 if kind != "mixed" else (u + t) % 3 == 0
                noise = (seed * seed) % 1009 / 100 + (u * u * 13) % 97 / 10
                effect = (3.25 if kind != "trend" else 1.5 * t) * treated * (t >= 4)
                yield u, treated, t, noise + t * 0.5 + effect + (t * treated * 0.75 if kind == "trend" else 0)


def show(kind, errors, name, value):
    print(f"\t('{kind}', {errors}, '{name}', {float(value)!r}),")


def fit(y, x, unit, errors):
    if errors == "'unit'":
        return sm.OLS(y, x).fit(cov_type="cluster", cov_kwds={"groups": unit}, use_t=True)
    return sm.OLS(y, x).fit(cov_type="HC1", use_t=True)


def interval(effect, error, freedom):
    """as conf_int, but by a quantile with all its digits: that of scipy 1.10 has nine"""
    t = stats.t.ppf(0.975, freedom)
    for _ in range(3):
        t += (stats.t.sf(t, freedom) - 0.025) / stats.t.pdf(t, freedom)
    return effect - t * error, effect + t * error


def study(kind, errors):
    unit, treated, period, y = (np.array(c) for c in zip(*rows(kind)))
    after = period >= 4
    x = np.column_stack([np.ones(len(y)), treated, after, treated & after]).astype(float)
    f = fit(y, x, unit, errors)
    freedom = len(set(unit)) - 1 if errors == "'unit'" else f.df_resid
    low, high = interval(f.params[3], f.bse[3], freedom)
    assert np.allclose([low, high], f.conf_int(0.05)[3], rtol=1e-7)
    for name, value in dict(effect=f.params[3], standard_error=f.bse[3], statistic=f.tvalues[3],
                            degrees_of_freedom=freedom, p_value=f.pvalues[3], ci_low=low, ci_high=high).items():
        show(kind, errors, name, value)
    others = [1, 2, 4, 5, 6]
    x = np.column_stack([np.ones(len(y)), treated] + [period == k for k in others]
                        + [treated & (period == k) for k in others]).astype(float)
    f = fit(y, x, unit, errors)
    freedom = freedom if errors == "'unit'" else f.df_resid
    for i, k in enumerate(others):
        at = 7 + i
        low, high = interval(f.params[at], f.bse[at], freedom)
        assert np.allclose([low, high], f.conf_int(0.05)[at], rtol=1e-7)
        for name, value in dict(effect=f.params[at], standard_error=f.bse[at], statistic=f.tvalues[at],
                                p_value=f.pvalues[at], ci_low=low, ci_high=high).items():
            show(kind, errors, f"{name} {k}", value)
    test = f.wald_test(np.eye(12)[7:9], use_f=True, scalar=True)
    show(kind, errors, "pretrend statistic", test.statistic)
    show(kind, errors, "pretrend p_value", test.pvalue)


for kind in ("step", "trend", "mixed"):
    for errors in ("'unit'", "NULL"):
        study(kind, errors)
