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
#include <string.h>

#include "base/label_order.h"
#include "base/missing.h"
#include "base/normal.h"
#include "base/radix_sort.h"

#define MAX_ROWS      (INT64_C(1) << 40) /* the cube of rows in 128 bits */
#define STOP_INTERVAL 65536

int64_t
seg_mann_whitney_key_size(SegText group)
{
	return (int64_t) sizeof(double) + group.length;
}

void
seg_mann_whitney_key(double x, SegText group, char *key)
{
	x += 0.0; /* -0 is 0 */
	memcpy(key, &x, sizeof(x));
	memcpy(key + sizeof(x), group.bytes, (size_t) group.length);
}

static SegStatus
ranks_damaged(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

/*
 * The number of a group, which may be new.
 */
static SegStatus
group_of(SegEnv *env, SegMannWhitneyTest *t, SegText name, int64_t *group)
{
	for (*group = 0; *group < t->groups; (*group)++)
	{
		if (seg_label_compare(t->names[*group], name) == 0)
			return SEG_OK;
	}
	if (t->groups == 2)
		return seg_fail(env, SEG_LIMIT, "groups", 3, 2);
	t->names[t->groups++] = name;
	return SEG_OK;
}

/*
 * Sort the keys of the map by value, and count the users of each group.
 */
static SegStatus
read_values(SegEnv *env, const SegCountMap *map, SegMannWhitneyTest *t,
            SegRadixItem **items, int64_t **groups)
{
	SegRadixItem *scratch;
	int64_t n = map->n;

	SEG_TRY(seg_count_map_validate(env, map));
	SEG_ALLOC(env, *items, n + 1);
	SEG_ALLOC(env, scratch, n + 1);
	SEG_ALLOC(env, *groups, n + 1);
	for (int64_t i = 0; i < n; i++)
	{
		SegText key = seg_count_map_key(map, i);
		int64_t count = *(const int64_t *) seg_count_map_words(map, i);
		SegText name = {key.bytes + sizeof(double),
		                key.length - (int64_t) sizeof(double)};
		double x;

		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (name.length < 0)
			return ranks_damaged(env, "keys");
		memcpy(&x, key.bytes, sizeof(x));
		if (x - x != 0.0)
			return ranks_damaged(env, "keys");
		if (count < 1 || count > MAX_ROWS - t->users[0] - t->users[1])
			return ranks_damaged(env, "counts");
		SEG_TRY(group_of(env, t, name, &(*groups)[i]));
		t->users[(*groups)[i]] += count;
		(*items)[i] = (SegRadixItem){seg_radix_key(x + 0.0), .index = i};
	}
	return seg_radix_sort(env, *items, scratch, n);
}

/*
 * Groups in the order of their names.
 */
static void
order_two_groups(SegMannWhitneyTest *t, int64_t *groups, int64_t n)
{
	SegText name = t->names[0];
	int64_t users = t->users[0];

	if (t->groups < 2 || seg_label_compare(t->names[0], t->names[1]) < 0)
		return;
	t->names[0] = t->names[1];
	t->users[0] = t->users[1];
	t->names[1] = name;
	t->users[1] = users;
	for (int64_t i = 0; i < n; i++)
		groups[i] = 1 - groups[i];
}

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
	SegRadixItem *items;
	int64_t *groups;
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
	SEG_TRY(read_values(env, map, t, &items, &groups));
	if (t->groups < 2)
		return SEG_OK;
	order_two_groups(t, groups, map->n);
	users = t->users[0] + t->users[1];
	untied = cube_less_one(users);
	n = (double) users;
	pairs = (double) t->users[0] * (double) t->users[1];
	for (int64_t i = 0, next; i < map->n; i = next)
	{
		int64_t tied[2] = {0, 0};

		for (next = i; next < map->n && items[next].key == items[i].key; next++)
		{
			int64_t at = items[next].index;

			tied[groups[at]] += *(const int64_t *) seg_count_map_words(map, at);
		}
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
