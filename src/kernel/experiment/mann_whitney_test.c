/*-------------------------------------------------------------------------
 *
 * mann_whitney_test.c
 *	  Are the values of one group larger than those of another? The test of
 *	  Wilcoxon [1], Mann and Whitney [2].
 *
 * U and its variance under ties [3] are fractions of whole numbers, which are
 * counted exactly. The p-value is that of the normal distribution, with half a
 * pair as the continuity correction.
 *
 * [1] F. Wilcoxon, "Individual Comparisons by Ranking Methods", Biometrics
 * Bulletin 1, 1945.
 *
 * [2] H. B. Mann, D. R. Whitney, "On a Test of Whether One of Two Random Variables
 * Is Stochastically Larger than the Other", Annals of Mathematical Statistics
 * 18, 1947.
 *
 * [3] E. L. Lehmann, Nonparametrics, 1975, 1.4.
 *
 * src/kernel/experiment/mann_whitney_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/mann_whitney_test.h"

#include <math.h>

#include "base/missing.h"
#include "base/normal.h"

/*
 * n^3 - n. Ties take away from its share of the variance, and may leave next to
 * nothing.
 */
static __int128
cube_less_one(int64_t n)
{
	return ((__int128) n * n - 1) * n;
}

SegStatus
seg_mann_whitney_test(SegEnv *env, const SegCountMap *map,
                      SegMannWhitneyTest *t)
{
	double missing = seg_missing();
	SegGroupValues v;
	__int128 twice_u = 0; /* pairs with a larger second value, ties once */
	__int128 untied;      /* n^3 - n less t^3 - t for each t tied values */
	int64_t below = 0;    /* of the first group */
	int64_t users;
	__int128 twice_gap; /* from half of the pairs */
	double n, pairs, variance;

	*t = (SegMannWhitneyTest){.u = missing,
	                          .share = missing,
	                          .z = missing,
	                          .p_value = missing};
	SEG_TRY(seg_group_values_read(env, map, "groups", 2, &v));
	SEG_TRY(seg_group_values_order(env, &v));
	t->groups = v.groups;
	for (int64_t i = 0; i < v.groups; i++)
	{
		t->names[i] = v.names[i];
		t->users[i] = v.rows[i];
	}
	if (t->groups < 2)
		return SEG_OK;
	users = t->users[0] + t->users[1];
	untied = cube_less_one(users);
	n = (double) users;
	pairs = (double) t->users[0] * (double) t->users[1];
	for (int64_t i = 0, next; i < v.n; i = next)
	{
		int64_t tied[2] = {0, 0};

		for (next = i; next < v.n && v.values[next] == v.values[i]; next++)
			tied[v.group_of[next]] += v.counts[next];
		twice_u += (__int128) tied[1] * (2 * below + tied[0]);
		below += tied[0];
		untied -= cube_less_one(tied[0] + tied[1]);
	}
	t->u = 0.5 * (double) twice_u;
	t->share = t->u / pairs;
	variance = pairs / 12.0 * ((double) untied / n / (n - 1.0));
	if (untied == 0)
		return SEG_OK;
	twice_gap = twice_u - (__int128) t->users[0] * t->users[1];
	/* half a pair towards zero */
	twice_gap += (twice_gap < 0) - (twice_gap > 0);
	t->z = 0.5 * (double) twice_gap / sqrt(variance);
	t->p_value = seg_normal_two_sided(t->z);
	return SEG_OK;
}
