# isolation.py: outlier scores of scikit-learn on the rows of test/pgtap/tree/isolation.sql
#
# Trees are drawn at random, so ours and scikit-learn's agree in expectation: with 4000
# trees each to about 0.002. scikit-learn keeps features as float4.
import sys

import numpy as np
from sklearn.ensemble import IsolationForest

i = np.arange(1, 201)
x = np.column_stack([i * 37 % 61, i * 13 % 8, i * i % 97 / 10]).astype(float)
x[i == 50] = [200, 3, 4]
x[i == 100] = [30, 40, 4]
x[i == 150] = [30, 3, -30]


def scores(x, **options):
    return -IsolationForest(n_estimators=4000, random_state=1, **options).fit(x).score_samples(x)


def show(name, values):
    print(name, ','.join('%.4f' % v for v in values))


show('all', scores(x))
show('sample', scores(x, max_samples=32))
if len(sys.argv) > 1:  # breast_cancer.csv of shared/data/clustering, for test/t/033_isolation_data.pl
    from scipy.stats import spearmanr
    from sklearn.metrics import roc_auc_score

    table = np.loadtxt(sys.argv[1], delimiter=',', skiprows=1)
    score = scores(table[:, 1:31])
    show('breast cancer', score[:40])
    print('area under the curve %.4f' % roc_auc_score(table[:, 31] == 0, score))
    one = -IsolationForest(random_state=2).fit(table[:, 1:31]).score_samples(table[:, 1:31])
    print('rank correlation of 100 trees with 4000: %.4f' % spearmanr(one, score)[0])
