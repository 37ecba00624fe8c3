#!/bin/sh
# scikit-learn 1.2.1: LatentDirichletAllocation.perplexity() depends on how many
# documents it is given, not only on how well they are predicted.
#
# It takes exp(- bound / words) with the bound of the whole model, so that the cost of
# the topics themselves is charged to the documents at hand.  The same documents given
# twice have another perplexity than given once, and a few held-out ones one that is
# many times too high.
#
# Exit status: 0 as described, 1 it has changed, 77 there is no scikit-learn.
set -eu
python=/usr/bin/python3
"$python" -c 'import sklearn' 2> /dev/null || { echo "skipped: there is no scikit-learn"; exit 77; }
"$python" - <<'P'
import numpy as np
from sklearn.decomposition import LatentDirichletAllocation
x = np.random.RandomState(1).poisson(0.3, (200, 100))
model = LatentDirichletAllocation(5, random_state=1).fit(x)
once, twice = model.perplexity(x[:20]), model.perplexity(np.vstack([x[:20], x[:20]]))
print("20 documents %.1f, the same twice %.1f" % (once, twice))
raise SystemExit(0 if once > 1.5 * twice else 1)
P
