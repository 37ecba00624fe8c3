#!/bin/sh
# scipy 1.10.1: t.ppf() has nine digits where the distribution function has sixteen.
#
# stats.t.ppf(0.975, 59) is 2.00099537704821; R's qt gives 2.000995378088267, and so
# does scipy's own t.sf, solved for 0.025.  Intervals of statsmodels are off by as much.
#
# Exit status: 0 as described, 1 it has changed, 77 the packages cannot be had.
set -eu
python=/usr/bin/python3
"$python" -c 'import scipy.stats' 2> /dev/null || { echo "skipped: there is no scipy"; exit 77; }
"$python" - <<'P'
import scipy
from scipy import stats
t = stats.t.ppf(0.975, 59)
print("scipy %s: quantile %.16g, chance beyond it %.16g" % (scipy.__version__, t, stats.t.sf(t, 59)))
raise SystemExit(0 if abs(stats.t.sf(t, 59) - 0.025) > 1e-12 else 1)
P
