# hierarchical.py: scipy's linkage on the rows of test/pgtap/hierarchy/hierarchical.sql
#
# Prints SQL: name, heights, and for some k the clusters in order of ids, numbered by
# the first id of each. Rows with weights are repeated; of their merges the last are
# those of the distinct rows.
import textwrap

import numpy as np
from scipy.cluster.hierarchy import cut_tree, linkage

i = np.arange(1, 61)
x = np.column_stack([i * i * 37 % 1009 / 10, i * i * i * 13 % 997 / 50, i * 71 % 503 / 7])
weight = 1 + i % 4


def clusters(z, k):
    labels = cut_tree(z, k)[:, 0]
    first = {}
    return [first.setdefault(c, len(first) + 1) for c in labels]


def show(name, z, n=60, labels=True):
    heights = ', '.join('%.13g' % h for h in z[-(n - 1):, 2])
    print("\t('%s', '{\n%s}'," % (name, textwrap.fill(heights, 120)))
    cuts = ["\t\t'{%s}'" % ','.join(map(str, clusters(z, k))) if labels else '\t\tNULL' for k in (2, 4, 9)]
    print('%s),' % ',\n'.join(cuts))


for method in ('ward', 'average', 'complete', 'single'):
    show('%s raw' % method, linkage(x, method))
    show('%s standardized' % method, linkage(x / x.std(axis=0), method))
    show('%s weighted' % method, linkage(np.repeat(x, weight, axis=0), method), labels=False)
