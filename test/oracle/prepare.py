#!/usr/bin/env python3
# prepare.py: golden numbers for test/pgtap/prepare
#
# Exact fractions for feature_statistics, scikit-learn 1.2 for the others.
# Rows are built from the same integer arithmetic as in the tests.
from fractions import Fraction
from math import sqrt

import numpy as np
from scipy.optimize import brentq
from sklearn.decomposition import PCA
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_selection import f_classif, f_regression
from sklearn.impute import SimpleImputer
from sklearn.metrics import mutual_info_score
from sklearn.preprocessing import MaxAbsScaler, MinMaxScaler, PowerTransformer, RobustScaler, StandardScaler


def heading(text):
    print("-- " + text)


heading("feature_summary")
MAGNITUDES = (1e-300, 0.1, 1.0, 1e15, 1e300)
for j, magnitude in enumerate(MAGNITUDES):
    x = [Fraction((i * 37 % 101 - 20) * magnitude) for i in range(1, 201)]
    mean = sum(x) / len(x)
    variance = sum((v - mean) ** 2 for v in x) / (len(x) - 1)
    # the root of a fraction, scaled into the range of float
    scale = Fraction(magnitude)
    print("\t(%d, %r, %r)," % (j + 1, float(mean), sqrt(variance / scale ** 2) * magnitude))


def rows():
    # element 2 is missing in every fourth row, element 3 is constant
    nan = float("nan")
    return np.array([[i * 37 % 101 / 8, 1e6 + i * 11 % 17 * 0.25 if i % 4 else nan, 0.1, (i * 29 % 83 - 41) ** 3 / 1000]
                     for i in range(1, 201)])


def numbers(values):
    return "{%s}" % ",".join("NULL" if v != v else repr(float(v)) for v in values)


heading("scaler: method, row 1 scaled, row 4 scaled")
for method, scaler in (("standard", StandardScaler()), ("minmax", MinMaxScaler()), ("maxabs", MaxAbsScaler()),
                       ("robust", RobustScaler())):
    scaled = scaler.fit_transform(rows())
    print("\t('%s', '%s', '%s')," % (method, numbers(scaled[0]), numbers(scaled[3])))

heading("imputer: strategy, row 4 imputed, the same with indicator")
for strategy in ("mean", "median", "constant"):
    row = rows()[3:4]
    plain = SimpleImputer(strategy=strategy, fill_value=-1.5).fit(rows()).transform(row)
    marked = SimpleImputer(strategy=strategy, fill_value=-1.5, add_indicator=True).fit(rows()).transform(row)
    print("\t('%s', '%s', '%s')," % (strategy, numbers(plain[0]), numbers(marked[0])))

heading("feature_quantiles: fraction, quantiles")
for fraction in (0, 0.05, 1 / 3, 0.5, 0.9, 1):
    print("\t(%r, '%s')," % (fraction, numbers(np.nanquantile(rows(), fraction, axis=0))))

heading("feature_hash: tokens, n, vector")
for tokens, n in ((["games"], 8), (["work", "travel"], 8), (["a", "b", "b", "caf\u00e9", ""], 5),
                  (["tag%d" % i for i in range(40)], 16)):
    vector = FeatureHasher(n_features=n, input_type="string").transform([tokens]).toarray()[0]
    print("\t('{%s}', %d, '%s')," % (",".join('"%s"' % t for t in tokens), n, numbers(vector)))


def yeo_johnson_lambda(x):
    # the root of the derivative of the likelihood, in long double; lambda of scikit-learn is near it
    x = np.asarray(x[~np.isnan(x)], np.longdouble)
    logs = np.log1p(np.abs(x))

    def derivative(value):
        power = np.where(x < 0, 2 - np.longdouble(value), np.longdouble(value))
        y = np.sign(x) * np.expm1(power * logs) / power
        slope = (logs * np.exp(power * logs) - np.abs(y)) / power
        return float(np.mean(np.sign(x) * logs) - np.mean((y - y.mean()) * (slope - slope.mean())) / np.var(y))

    return brentq(derivative, -1.9, 1.9, xtol=1e-14, rtol=1e-14)


heading("power: element, lambda, of scikit-learn, rows 1 and 4 by scikit-learn's transformation with that lambda, standardized")
ALL = np.array([[i * 37 % 101 / 8 * (i * 37 % 101), i * 11 % 17 * 0.25 if i % 4 else float("nan"), (i * 29 % 83 - 41) ** 3 / 1000]
                for i in range(1, 201)])
transformer = PowerTransformer(standardize=False).fit(ALL)
for j in range(3):
    best = yeo_johnson_lambda(ALL[:, j])
    y = transformer._yeo_johnson_transform(ALL[:, j].copy(), best)
    y = StandardScaler().fit_transform(y[:, None])[:, 0]
    print("\t(%d, %r, %r, '%s')," % (j + 1, best, float(transformer.lambdas_[j]), numbers((y[0], y[3]))))


heading("pca: component, variance, share, loadings, rows 1 and 4 projected, the same whitened")
TABLE = np.array([[i * 37 % 101 / 8, 1e3 + i * 37 % 101 / 4 + i % 5, i * 11 % 17 * 0.25, (i * 29 % 83 - 41) / 10, i % 3]
                  for i in range(1, 201)])
# signs as in scikit-learn 1.5: the largest loading is positive
plain, white = PCA(n_components=4).fit(TABLE), PCA(n_components=4, whiten=True).fit(TABLE)
for k in range(4):
    loadings = plain.components_[k]
    sign = np.sign(loadings[np.argmax(np.abs(loadings))])
    rows_1_4 = np.concatenate([t.transform(TABLE[[0, 3]])[:, k] * np.sign(t.components_[k] @ loadings) for t in (plain, white)])
    print("\t(%d, %r, %r,\n\t\t'%s', '%s')," % (k + 1, float(plain.explained_variance_[k]),
                                             float(plain.explained_variance_ratio_[k]), numbers(loadings * sign),
                                             numbers(rows_1_4 * sign)))


def bins(x):
    # ten of equal frequency: edges at the values of ranks n b / 10
    edges = np.unique(np.sort(x)[len(x) * np.arange(1, 10) // 10])
    return np.digitize(x, edges[edges > x.min()])


heading("feature_relevance: label, element, mutual information, F, p-value")
CLASSES = np.array(["abc"[i * 7 % 11 % 3] for i in range(1, 301)])
NUMBERS = np.array([i * 7 % 11 + i % 13 / 4 for i in range(1, 301)])
X = [[i * 7 % 11 + i * 37 % 29 / 3, i * 13 % 31, (i * 7 % 11 - 5) ** 2 + i % 5, i * 7 % 11 * 1e6 + i % 2 if i % 6 else float("nan")]
     for i in range(1, 301)]
for name, label, test in (("class", CLASSES, f_classif), ("number", NUMBERS, f_regression)):
    for j in range(4):
        x = np.array([row[j] for row in X])
        seen = ~np.isnan(x)
        f, p = test(x[seen][:, None], label[seen])
        information = mutual_info_score(bins(x[seen]), label[seen] if name == "class" else bins(label[seen]))
        print("\t('%s', %d, %r, %r, %r)," % (name, j + 1, float(information), float(f[0]), float(p[0])))
