/*-------------------------------------------------------------------------
 *
 * cluster_quality_labels.c
 *	  Agreement between two labelings of the same rows.
 *
 * Only the counts of pairs of labels are kept.  They are exact integers, so any
 * plan gives the same bits.  The adjusted Rand index is a fraction of integers
 * of up to n^4, for which doubles with twice the digits are used.  The
 * entropies are sums of logarithms over cells that come in an order that
 * depends on the plan; they are added in fixed point, where order does not
 * matter.
 *
 * The definitions are scikit-learn's, special cases included.
 *
 * L. Hubert, P. Arabie, "Comparing Partitions", Journal of Classification 2,
 * 1985; pair counts as in M. J. Warrens, H. van der Hoef, "Understanding the
 * Adjusted Rand Index", Journal of Classification 39, 2022.
 *
 * N. X. Vinh, J. Epps, J. Bailey, "Information Theoretic Measures for
 * Clusterings Comparison", JMLR 11, 2010 (the normalization by the arithmetic
 * mean of the entropies).
 *
 * src/kernel/cluster/cluster_quality_labels.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/cluster_quality_labels.h"

#include <float.h>
#include <math.h>

#include "base/contingency.h"
#include "base/wide.h"

static __int128
sum_of_squares(const SegCountMap *map)
{
	__int128 sum = 0;

	for (int64_t i = 0; i < map->n; i++)
		sum += (__int128) seg_contingency_count(map, i) *
		       seg_contingency_count(map, i);
	return sum;
}

/*
 * Counts of ordered pairs of different rows: together in both labelings (tp),
 * in neither (tn), in only one (fn, fp).
 */
SegStatus
seg_adjusted_rand(SegEnv *env, const SegCountMap *pairs, double *result)
{
	SegContingency t;
	__int128 n, squares;
	SegWide tp, tn, fp, fn, above, below;

	SEG_TRY(seg_contingency_read(env, pairs, &t));
	n = t.n;
	squares = sum_of_squares(pairs);
	fp = seg_wide_from_int(sum_of_squares(t.margin[1]) - squares);
	fn = seg_wide_from_int(sum_of_squares(t.margin[0]) - squares);
	if (fp.hi == 0.0 && fn.hi == 0.0)
	{
		*result = 1.0; /* the same partition, trivial ones included */
		return SEG_OK;
	}
	tp = seg_wide_from_int(squares - n);
	tn = seg_wide_from_int(n * n + squares - sum_of_squares(t.margin[0]) -
	                       sum_of_squares(t.margin[1]));
	above =
		seg_wide_subtract(seg_wide_multiply(tp, tn), seg_wide_multiply(fn, fp));
	below = seg_wide_add(seg_wide_multiply(seg_wide_add(tp, fn),
	                                       seg_wide_add(fn, tn)),
	                     seg_wide_multiply(seg_wide_add(tp, fp),
	                                       seg_wide_add(fp, tn)));
	*result = 2.0 * above.hi / below.hi + 0.0;
	return SEG_OK;
}

/*
 * Terms of an entropy are below 64 in magnitude and there are fewer than 2^30.
 */
static void
add_term(__int128 *sum, double term)
{
	*sum += (__int128) (term * 0x1p90);
}

static double
value_of(__int128 sum)
{
	return (double) sum * 0x1p-90;
}

static double
entropy(const SegCountMap *margin, double n)
{
	__int128 sum = 0;

	for (int64_t i = 0; i < margin->n; i++)
	{
		double count = (double) seg_contingency_count(margin, i);

		add_term(&sum, count / n * (log(count) - log(n)));
	}
	return -value_of(sum);
}

static double
mutual_information(const SegContingency *t)
{
	double n = (double) t->n;
	__int128 sum = 0;

	for (int64_t i = 0; i < t->pairs->n; i++)
	{
		double count = (double) seg_contingency_count(t->pairs, i);
		double a = (double) seg_contingency_count(t->margin[0], t->label[0][i]);
		double b = (double) seg_contingency_count(t->margin[1], t->label[1][i]);
		double share = count / n;
		double term = share * (log(count) - log(n)) +
		              share * (log(n) + log(n) - log(a * b));

		/* anything left of an independent cell is rounding */
		if (fabs(term) >= DBL_EPSILON)
			add_term(&sum, term);
	}
	return sum > 0 ? value_of(sum) : 0.0;
}

SegStatus
seg_normalized_mutual_information(SegEnv *env, const SegCountMap *pairs,
                                  double *result)
{
	SegContingency t;
	double information;

	SEG_TRY(seg_contingency_read(env, pairs, &t));
	if (t.margin[0]->n == 1 || t.margin[1]->n == 1)
	{
		/* a match if neither labeling splits the rows, none if one does */
		*result = t.margin[0]->n == t.margin[1]->n ? 1.0 : 0.0;
		return SEG_OK;
	}
	information = mutual_information(&t);
	*result = information == 0.0
	              ? 0.0
	              : information / ((entropy(t.margin[0], (double) t.n) +
	                                entropy(t.margin[1], (double) t.n)) /
	                               2.0);
	return SEG_OK;
}
