# tree.py: predictions of scikit-learn on the rows of test/pgtap/tree/tree.sql
#
# scikit-learn's DecisionTree searches all splits; its HistGradientBoosting has the
# bins that we have where an element has few values. It rounds gradients to 24 bits,
# so we agree with it to about six digits.
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

i = np.arange(1, 2001)
x = np.column_stack([i * 37 % 61, i * 13 % 8, i * 11 % 97]).astype(float)
y = x[:, 0] / 10 + (x[:, 1] > 3) * x[:, 2] / 20 + i * 7919 % 1009 / 300 + np.log(i) / 10
c = np.where(y > 8, 2, np.where(y > 5, 1, 0))
m = x.copy()
m[i % 5 == 0, 0] = np.nan
m[i % 7 == 0, 2] = np.nan
rows = [0, 1, 2, 99, 499, 999, 1999]


def show(name, values):
    print(name, ' '.join('%.12g' % v for v in np.asarray(values).ravel()))


tree = dict(max_depth=4, min_samples_leaf=20)
show('tree_number', DecisionTreeRegressor(**tree).fit(x, y).predict(x[rows]))
show('tree_class', DecisionTreeClassifier(**tree).fit(x, c).predict_proba(x[rows])[:, 1])
boost = dict(max_iter=50, early_stopping=False, max_leaf_nodes=15)
show('number', HistGradientBoostingRegressor(**boost).fit(x, y).predict(x[rows]))
show('missing', HistGradientBoostingRegressor(**boost).fit(m, y).predict(m[rows]))
show('poisson', HistGradientBoostingRegressor(loss='poisson', **boost).fit(x, y).predict(x[rows]))
show('quantile', HistGradientBoostingRegressor(loss='quantile', quantile=0.9, **boost).fit(x, y).predict(x[rows]))
show('l2', HistGradientBoostingRegressor(l2_regularization=5, max_depth=3, **boost).fit(x, y).predict(x[rows]))
show('boolean', HistGradientBoostingClassifier(**boost).fit(x, y > 6).predict_proba(x[rows])[:, 1])
show('class', HistGradientBoostingClassifier(**boost).fit(x, c).predict_proba(x[rows])[:, 1])
w = 1.0 + i % 3
show('weight', HistGradientBoostingRegressor(**boost).fit(x, y, sample_weight=w).predict(x[rows]))
