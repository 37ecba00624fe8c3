/*-------------------------------------------------------------------------
 *
 * logrank.c
 *	  The log-rank test of k groups [1][2].
 *
 * At each time with d events among n users at risk, of whom n_g are in group g,
 * the group would have had d n_g / n of them if all groups were alike.  Over all
 * times, observed less expected is compared with its covariance: the sum of
 *
 *     d (n - d) / (n - 1) * (n_g / n) (delta_gh - n_h / n).
 *
 * Rows of that matrix sum to zero, so one group is left out of the quadratic
 * form, which is the same whichever it is.  We leave out the largest, because
 * the pivots of the others are then far from cancelling, however small they
 * are.  A group that is never at risk at a time with events is left out too, as
 * in R's survdiff [3].
 *
 * Times go from the last to the first, so that users at risk are sums of whole
 * numbers, and the result does not depend on the order of the map.  Times that are equal
 * but for rounding are one (timefix.h), of all groups together.
 *
 * [1] N. Mantel, "Evaluation of Survival Data and Two New Rank Order Statistics
 * Arising in Its Consideration", Cancer Chemotherapy Reports 50, 1966.
 *
 * [2] R. Peto, J. Peto, "Asymptotically Efficient Rank Invariant Test
 * Procedures", Journal of the Royal Statistical Society A 135, 1972.
 *
 * [3] T. M. Therneau, survival 3.5, survdiff.
 *
 * src/kernel/survival/logrank.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/survival/logrank.h"

#include <math.h>
#include <string.h>

#include "base/incomplete_gamma.h"
#include "base/label_order.h"
#include "base/linalg.h"
#include "base/radix_sort.h"
#include "base/timefix.h"

#define MAX_ROWS      SEG_DURATION_MAX_ROWS
#define STOP_INTERVAL 65536
#define TOLERANCE     1e-12 /* of a pivot that is zero but for rounding */

int64_t
seg_logrank_key_size(SegText group)
{
	return (int64_t) sizeof(double) + group.length;
}

void
seg_logrank_key(double duration, bool event, SegText group, char *key)
{
	duration = seg_duration_key(duration, event);
	memcpy(key, &duration, sizeof(duration));
	memcpy(key + sizeof(duration), group.bytes, (size_t) group.length);
}

/* What the pass over the times works with. */
typedef struct Test
{
	const SegCountMap *map;
	int64_t keys;
	SegRadixItem *items; /* keys of the map, by ascending time */
	int64_t *group;      /* of each key of the map, its number in order */
	bool *event;         /* of each key of the map */
	int64_t k;
	SegText *names;
	int64_t *users;
	int64_t *observed;
	double *expected;
	double *covariance; /* k * k, lower triangle */
	int64_t *at_risk;   /* in each group */
	double *share;      /* of each group among those at risk */
} Test;

static SegStatus
logrank_damaged(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

/* ---------- reading the map ---------- */

/*
 * Number the groups as they come, and sort the keys by time.
 */
static SegStatus
read_keys(SegEnv *env, Test *t, SegCountMap **labels)
{
	SegRadixItem *scratch;

	SEG_TRY(seg_count_map_validate(env, t->map));
	SEG_TRY(seg_count_map_create(env, 1, labels));
	SEG_ALLOC(env, t->items, t->keys + 1);
	SEG_ALLOC(env, scratch, t->keys + 1);
	SEG_ALLOC(env, t->group, t->keys + 1);
	SEG_ALLOC(env, t->event, t->keys + 1);
	for (int64_t i = 0; i < t->keys; i++)
	{
		SegText key = seg_count_map_key(t->map, i);
		double time;

		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (!seg_duration_of_key(key.bytes, key.length, &time, &t->event[i]))
			return logrank_damaged(env, "keys");
		t->items[i] = (SegRadixItem){seg_radix_key(time), .index = i};
		SEG_TRY(seg_count_map_insert(env,
		                             labels,
		                             key.bytes + sizeof(time),
		                             key.length - (int64_t) sizeof(time),
		                             &t->group[i]));
		if ((*labels)->n > SEG_LOGRANK_MAX_GROUPS)
			return seg_fail(env,
			                SEG_LIMIT,
			                "groups",
			                (double) (*labels)->n,
			                SEG_LOGRANK_MAX_GROUPS);
	}
	return seg_radix_sort(env, t->items, scratch, t->keys);
}

/*
 * Renumber the groups in the order of their names.
 */
static SegStatus
order_groups(SegEnv *env, Test *t, const SegCountMap *labels)
{
	int64_t place[SEG_LOGRANK_MAX_GROUPS];

	t->k = labels->n;
	SEG_ALLOC(env, t->names, t->k + 1);
	for (int64_t i = 0; i < t->k; i++)
	{
		SegText name = seg_count_map_key(labels, i);
		int64_t j = i;

		for (; j > 0 && seg_label_compare(t->names[j - 1], name) > 0; j--)
			t->names[j] = t->names[j - 1];
		t->names[j] = name;
	}
	for (int64_t i = 0; i < t->k; i++)
		place[seg_count_map_find(labels, t->names[i].bytes, t->names[i].length)] =
			i;
	for (int64_t i = 0; i < t->keys; i++)
		t->group[i] = place[t->group[i]];
	return SEG_OK;
}

static SegStatus
make_sums(SegEnv *env, Test *t)
{
	SEG_ALLOC(env, t->users, t->k + 1);
	SEG_ALLOC(env, t->observed, t->k + 1);
	SEG_ALLOC(env, t->expected, t->k + 1);
	SEG_ALLOC(env, t->covariance, t->k * t->k + 1);
	SEG_ALLOC(env, t->at_risk, t->k + 1);
	SEG_ALLOC(env, t->share, t->k + 1);
	return SEG_OK;
}

/* ---------- the pass over the times ---------- */

static double
time_at(const Test *t, int64_t i)
{
	return seg_radix_unkey(t->items[i].key);
}

static SegTimefix
logrank_fix_times(const Test *t)
{
	SegTimefix fix = {.gap = 0.0};

	for (int64_t i = 0; i < t->keys; i++)
	{
		if (i == 0 || t->items[i].key != t->items[i - 1].key)
			seg_timefix_add(&fix, time_at(t, i));
	}
	seg_timefix_settle(&fix);
	return fix;
}

/*
 * Add a time with d events among n users at risk.
 */
static void
add_time(Test *t, double d, double n)
{
	double factor = n > 1.0 ? d * (n - d) / (n - 1.0) : 0.0;

	for (int64_t g = 0; g < t->k; g++)
	{
		t->share[g] = (double) t->at_risk[g] / n;
		t->expected[g] += d * t->share[g];
	}
	if (factor == 0.0)
		return;
	for (int64_t g = 0; g < t->k; g++)
	{
		double *row = t->covariance + g * t->k;
		double weight = factor * t->share[g];

		if (weight == 0.0)
			continue;
		for (int64_t h = 0; h < g; h++)
			row[h] -= weight * t->share[h];
		row[g] += weight * ((n - (double) t->at_risk[g]) / n);
	}
}

static SegStatus
pass_over_times(SegEnv *env, Test *t, bool timefix)
{
	SegTimefix fix = timefix ? logrank_fix_times(t) : (SegTimefix){.gap = 0.0};
	int64_t rows = 0;
	int64_t events = 0; /* at this time */
	int64_t work = 0;

	for (int64_t i = t->keys - 1; i >= 0; i--)
	{
		int64_t key = t->items[i].index;
		int64_t g = t->group[key];
		int64_t count = *(const int64_t *) seg_count_map_words(t->map, key);

		if (count < 0 || count > MAX_ROWS - rows)
			return logrank_damaged(env, "counts");
		rows += count;
		t->users[g] += count;
		t->at_risk[g] += count;
		if (t->event[key])
		{
			t->observed[g] += count;
			events += count;
		}
		work++;
		if (i > 0 && seg_timefix_joins(&fix, time_at(t, i - 1), time_at(t, i)))
			continue;
		if (events > 0)
		{
			add_time(t, (double) events, (double) rows);
			work += t->k * t->k;
		}
		events = 0;
		if (work < STOP_INTERVAL)
			continue;
		if (env->stop(env->host))
			return SEG_STOPPED;
		work = 0;
	}
	return SEG_OK;
}

/* ---------- the test ---------- */

static int64_t
largest_group(const Test *t)
{
	int64_t largest = 0;

	for (int64_t g = 1; g < t->k; g++)
	{
		if (t->expected[g] > t->expected[largest])
			largest = g;
	}
	return largest;
}

/*
 * The quadratic form, over the groups that can be compared except the largest.
 */
static SegStatus
compare_groups(SegEnv *env, Test *t, SegLogrank *result)
{
	int64_t largest = largest_group(t);
	double *matrix, *gap, *solution;
	int64_t *used;
	int64_t m = 0;

	SEG_ALLOC(env, used, t->k + 1);
	for (int64_t g = 0; g < t->k; g++)
	{
		if (g != largest && t->expected[g] > 0.0)
			used[m++] = g;
	}
	SEG_ALLOC(env, matrix, m * m + 1);
	SEG_ALLOC(env, gap, m + 1);
	SEG_ALLOC(env, solution, m + 1);
	for (int64_t i = 0; i < m; i++)
	{
		int64_t g = used[i];

		gap[i] = solution[i] = (double) t->observed[g] - t->expected[g];
		for (int64_t j = 0; j <= i; j++)
			matrix[i * m + j] = t->covariance[g * t->k + used[j]];
	}
	result->degrees_of_freedom = seg_cholesky(matrix, m, TOLERANCE);
	if (result->degrees_of_freedom == 0)
		return SEG_OK;
	seg_cholesky_solve(matrix, m, solution);
	result->chi_square = fmax(seg_dot(gap, solution, m), 0.0);
	result->p_value = seg_chi_square_upper(result->chi_square,
	                                       (double) result->degrees_of_freedom);
	return SEG_OK;
}

SegStatus
seg_logrank(SegEnv *env, const SegCountMap *map, bool timefix,
            SegLogrank *result)
{
	Test t = {.map = map, .keys = map->n};
	SegCountMap *labels;

	SEG_TRY(read_keys(env, &t, &labels));
	SEG_TRY(order_groups(env, &t, labels));
	SEG_TRY(make_sums(env, &t));
	SEG_TRY(pass_over_times(env, &t, timefix));
	*result = (SegLogrank){.groups = t.k,
	                       .names = t.names,
	                       .users = t.users,
	                       .observed = t.observed,
	                       .expected = t.expected};
	return compare_groups(env, &t, result);
}
