#!/bin/sh
# scikit-learn 1.2.1: LatentDirichletAllocation.perplexity() depends on how many
# documents it is given, not only on how well they are predicted.
#
# It takes exp(- bound / words) with the bound of the whole model, so that the cost of
# the topics themselves is charged to the documents at hand.  The same documents given
# twice have another perplexity than given once, and a few held-out ones one that is
# many times too high.  Seen with Debian 12's packages: 448.9 for 20 documents, 223.4
# for the same documents twice.
#
# Unpacks scikit-learn into a temporary folder; needs Python with numpy and scipy.
# Exit status: 0 as described, 1 it has changed, 77 the packages cannot be had.
set -eu
python=/usr/bin/python3
"$python" -c 'import scipy' 2> /dev/null || { echo "skipped: there is no scipy"; exit 77; }
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq python3-sklearn=1.2.1+dfsg-1 python3-sklearn-lib=1.2.1+dfsg-1 python3-joblib python3-threadpoolctl \
	> /dev/null 2>&1 || { echo "skipped: the packages cannot be had"; exit 77; }
for package in *.deb; do dpkg-deb -x "$package" .; done
PYTHONPATH=$dir/usr/lib/python3/dist-packages "$python" - <<'P'
import numpy as np
import sklearn
from sklearn.decomposition import LatentDirichletAllocation
x = np.random.RandomState(1).poisson(0.3, (200, 100))
model = LatentDirichletAllocation(5, random_state=1).fit(x)
once, twice = model.perplexity(x[:20]), model.perplexity(np.vstack([x[:20], x[:20]]))
print("scikit-learn %s: 20 documents %.1f, the same twice %.1f" % (sklearn.__version__, once, twice))
raise SystemExit(0 if once > 1.5 * twice else 1)
P
