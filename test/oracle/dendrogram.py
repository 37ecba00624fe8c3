# dendrogram.py: the order of leaves in scipy's dendrogram, for the rows of
# test/pgtap/chart/dendrogram_svg.sql
#
# Prints the leaves from the top, all of them and those of the last 12 merges.
import textwrap

import numpy as np
from scipy.cluster.hierarchy import dendrogram, linkage

i = np.arange(1, 61)
x = np.column_stack([i * i * 37 % 1009 / 10, i * i * i * 13 % 997 / 50, i * 71 % 503 / 7])


def show(texts):
    return textwrap.fill("'{%s}'" % ', '.join(texts), 120)


for method in ('ward', 'average', 'complete', 'single'):
    z = linkage(x, method)
    leaves = [str(i[row]) for row in dendrogram(z, no_plot=True)['leaves']]
    last = [str(t) for t in dendrogram(z, p=12, truncate_mode='lastp', no_plot=True, labels=i)['ivl']]
    last = [t.strip('()') + ' rows' if t[0] == '(' else t for t in last]
    print("\t('%s', %s,\n%s)," % (method, show(leaves), show(last)))
