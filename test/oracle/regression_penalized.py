#!/usr/bin/env python3
# Penalized regressions by scikit-learn, as SQL.
#
# Prints the golden answers of test/pgtap/regression/regression_penalized.sql.
# Debian: apt-get install python3-sklearn (1.2.1 made those there).
import warnings

import numpy as np
from sklearn.linear_model import ElasticNet, LogisticRegression, PoissonRegressor, Ridge

warnings.filterwarnings("ignore")

# ---- data: arithmetic that the test repeats ----

i = np.arange(1, 301)
noise = (i * 31337) % 211 / 211
x = np.column_stack([(i * 7919) % 101 / 10, (i * 104729) % 37 / 10, (i * 31) % 2, (i * 613) % 17 / 4])
yes = 0.3 * x[:, 0] - 0.05 * x[:, 1] + 6 * noise > 4.5
spend = 20 + 3 * x[:, 0] + x[:, 1] / 4 + 40 * noise
orders = np.floor(np.exp(0.1 * x[:, 0] + 0.5 * x[:, 2] + noise) * 0.8)
plan = np.where(spend > 60, "pro", np.where(orders > 1, "team", "free"))
n = len(i)


def golden(key, *numbers):
    print("\t('%s', '{%s}')," % (key, ",".join("%.17g" % v for part in numbers for v in np.ravel(part))))


def fit(key, model, y):
    model.fit(x, y)
    if np.ndim(model.intercept_) and len(model.intercept_) > 1:
        golden(key, *(part for pair in zip(model.intercept_, model.coef_) for part in pair))
    else:
        golden(key, model.intercept_, model.coef_)


exactly = dict(tol=1e-12, max_iter=100000)
fit("ridge", Ridge(alpha=50, solver="cholesky"), spend)
# ElasticNet divides the squares by 2 n, and the penalties are alpha (share, 1 - share)
fit("lasso", ElasticNet(alpha=200 / n, l1_ratio=1, **exactly), spend)
fit("elastic net", ElasticNet(alpha=300 / n, l1_ratio=2 / 3, **exactly), spend)
fit("logistic l2", LogisticRegression(C=1 / 5, solver="newton-cholesky", **exactly), yes)
fit("logistic l1", LogisticRegression(C=1 / 8, penalty="l1", solver="saga", **exactly), yes)
fit("logistic elastic net", LogisticRegression(C=1 / 12, penalty="elasticnet", l1_ratio=2 / 3, solver="saga", **exactly), yes)
# PoissonRegressor takes means over rows
fit("poisson l2", PoissonRegressor(alpha=10 / n, solver="newton-cholesky", **exactly), orders)
fit("softmax l2", LogisticRegression(C=1 / 5, multi_class="multinomial", solver="newton-cg", **exactly), plan)
fit("softmax elastic net", LogisticRegression(C=1 / 12, penalty="elasticnet", l1_ratio=2 / 3, multi_class="multinomial", solver="saga", **exactly), plan)
