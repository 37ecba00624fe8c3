/*-------------------------------------------------------------------------
 *
 * ab_quantile_state.c
 *	  All outcomes of an experiment's users, each distinct one with its number.
 *
 * A quantile of several days is no function of the quantiles of each, so a state
 * that adds up keeps every value.
 *
 * src/kernel/experiment/ab_quantile_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_quantile_state.h"

#include <float.h>
#include <math.h>

#include "base/label_order.h"
#include "base/radix_sort.h"
#include "base/tags.h"

#define STOP_INTERVAL 65536
#define MAX_DISTINCT  ((double) SEG_IMAGE_MAX_COUNT)
#define MAX_ROWS      ((double) SEG_GROUP_VALUES_MAX_ROWS)

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegAbQuantileState, variants, 1, SEG_AB_MAX_VARIANTS),
	SEG_INT(SegAbQuantileState, rows_used, 1, MAX_ROWS),
	SEG_INT(SegAbQuantileState, distinct, 1, MAX_DISTINCT),
	SEG_IDS_FIELD(SegAbQuantileState, names, variants, SEG_FEW),
	SEG_INTS(SegAbQuantileState, ends, variants, 1, MAX_DISTINCT),
	SEG_REALS(SegAbQuantileState, values, distinct, -DBL_MAX, DBL_MAX),
	SEG_INTS(SegAbQuantileState, counts, distinct, 1, MAX_ROWS),
	SEG_FIELD_END
};
/* clang-format on */

static int64_t
values_start(const SegAbQuantileState *value, int64_t variant)
{
	return variant > 0 ? value->ends[variant - 1] : 0;
}

static bool
ab_quantile_state_is_sound(const void *value)
{
	const SegAbQuantileState *v = value;
	int64_t rows = 0;

	if (!seg_labels_are_set(&v->names) ||
	    v->ends[v->variants - 1] != v->distinct)
		return false;
	for (int64_t i = 0; i < v->variants; i++)
	{
		int64_t start = values_start(v, i);

		if (v->ends[i] <= start || v->ends[i] > v->distinct)
			return false;
		for (int64_t j = start; j < v->ends[i]; j++)
		{
			if ((j > start && !(v->values[j] > v->values[j - 1])) ||
			    (v->values[j] == 0.0 && signbit(v->values[j])) ||
			    v->counts[j] > v->rows_used - rows)
				return false;
			rows += v->counts[j];
		}
	}
	return rows == v->rows_used;
}

/* ---------- making one ---------- */

/*
 * A state with room for so many values, and none yet.
 */
static SegStatus
create_state(SegEnv *env, const SegTexts *names, int64_t most,
             SegAbQuantileState *result)
{
	if (names->count > SEG_AB_MAX_VARIANTS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "variants",
		                (double) names->count,
		                SEG_AB_MAX_VARIANTS);
	if (most > SEG_IMAGE_MAX_COUNT)
		return seg_fail(env,
		                SEG_LIMIT,
		                "distinct outcomes",
		                (double) most,
		                MAX_DISTINCT);
	*result = (SegAbQuantileState){.variants = names->count, .names = *names};
	SEG_ALLOC(env, result->ends, names->count + 1);
	SEG_ALLOC(env, result->values, most + 1);
	SEG_ALLOC(env, result->counts, most + 1);
	return SEG_OK;
}

/*
 * Add a value to the last variant, which has none that is larger.
 */
static void
append(SegAbQuantileState *into, int64_t start, double x, int64_t count)
{
	int64_t at = into->distinct;

	if (at > start && into->values[at - 1] == x)
		into->counts[at - 1] += count;
	else
	{
		into->values[at] = x;
		into->counts[at] = count;
		into->distinct++;
	}
	into->rows_used += count;
}

static SegStatus
texts_of(SegEnv *env, const SegText *names, int64_t n, SegTexts *result)
{
	int64_t *ends;
	char *bytes;
	int64_t length = 0;

	for (int64_t i = 0; i < n; i++)
		length += names[i].length;
	SEG_ALLOC(env, ends, n + 1);
	SEG_ALLOC(env, bytes, length + 1);
	length = 0;
	for (int64_t i = 0; i < n; i++)
	{
		memcpy(bytes + length, names[i].bytes, (size_t) names[i].length);
		length += names[i].length;
		ends[i] = length;
	}
	*result = (SegTexts){ends, bytes, n};
	return SEG_OK;
}

SegStatus
seg_ab_quantile_state_make(SegEnv *env, const SegGroupValues *v,
                           SegAbQuantileState *result)
{
	int64_t *next;  /* of each group, in order */
	int64_t *order; /* positions of values, by group and then by value */
	SegTexts names;

	SEG_TRY(texts_of(env, v->names, v->groups, &names));
	SEG_TRY(create_state(env, &names, v->n, result));
	SEG_ALLOC(env, next, v->groups + 1);
	SEG_ALLOC(env, order, v->n + 1);
	for (int64_t i = 0; i < v->n; i++)
		next[v->group_of[i] + 1]++;
	for (int64_t g = 1; g < v->groups; g++)
		next[g] += next[g - 1];
	for (int64_t i = 0; i < v->n; i++)
		order[next[v->group_of[i]]++] = i;
	for (int64_t g = 0, i = 0; g < v->groups; g++)
	{
		int64_t start = result->distinct;

		for (; i < v->n && v->group_of[order[i]] == g; i++)
			append(result, start, v->values[order[i]], v->counts[order[i]]);
		result->ends[g] = result->distinct;
	}
	return SEG_OK;
}

/* ---------- adding up ---------- */

/* The values of one variant in a state; none if it is not there. */
typedef struct Run
{
	const SegAbQuantileState *of;
	int64_t at;
	int64_t end;
} Run;

static Run
run_of(const SegAbQuantileState *value, SegText name)
{
	int64_t variant = seg_labels_find(&value->names, name);

	if (variant < 0)
		return (Run){value, 0, 0};
	return (Run){value, values_start(value, variant), value->ends[variant]};
}

static double
next_value(const Run *run)
{
	return run->at < run->end ? run->of->values[run->at] : INFINITY;
}

static SegStatus
ab_quantile_state_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	const SegAbQuantileState *left = a;
	const SegAbQuantileState *right = b;
	SegAbQuantileState *sum = merged;
	SegTexts names;

	if (left->rows_used > SEG_GROUP_VALUES_MAX_ROWS - right->rows_used)
		return seg_fail(env,
		                SEG_LIMIT,
		                "rows",
		                (double) left->rows_used + (double) right->rows_used,
		                MAX_ROWS);
	SEG_TRY(seg_labels_unite(env, &left->names, &right->names, &names));
	SEG_TRY(create_state(env, &names, left->distinct + right->distinct, sum));
	for (int64_t i = 0; i < names.count; i++)
	{
		Run x = run_of(left, seg_texts_get(&names, i));
		Run y = run_of(right, seg_texts_get(&names, i));
		int64_t start = sum->distinct;

		while (x.at < x.end || y.at < y.end)
		{
			Run *first = next_value(&x) <= next_value(&y) ? &x : &y;

			append(sum,
			       start,
			       first->of->values[first->at],
			       first->of->counts[first->at]);
			first->at++;
			if (sum->distinct % STOP_INTERVAL == 0 && env->stop(env->host))
				return SEG_STOPPED;
		}
		sum->ends[i] = sum->distinct;
	}
	return SEG_OK;
}

/* ---------- taking out ---------- */

static SegStatus
is_no_part(SegEnv *env, double count)
{
	return seg_fail_facts(env,
	                      SEG_ABOVE,
	                      (SegDiag){.what = "a count of part",
	                                .name = "that of whole",
	                                .got = count,
	                                .want = 0.0});
}

/*
 * The values of a variant without those of a part of its users.
 */
static SegStatus
subtract_run(SegEnv *env, Run whole, Run part, SegAbQuantileState *rest)
{
	int64_t start = rest->distinct;

	for (; whole.at < whole.end; whole.at++)
	{
		double x = whole.of->values[whole.at];
		int64_t count = whole.of->counts[whole.at];

		if (next_value(&part) < x)
			break;
		if (next_value(&part) == x)
		{
			SEG_TRY(seg_subtract_count(env, part.of->counts[part.at], &count));
			part.at++;
		}
		if (count > 0)
			append(rest, start, x, count);
	}
	if (part.at < part.end)
		return is_no_part(env, (double) part.of->counts[part.at]);
	return SEG_OK;
}

static SegStatus
ab_quantile_state_subtract(SegEnv *env, const void *a, const void *b,
                           void *result, bool *is_empty)
{
	const SegAbQuantileState *whole = a;
	const SegAbQuantileState *part = b;
	SegAbQuantileState *rest = result;
	SegText *names;
	SegTexts kept;
	int64_t n = 0;

	for (int64_t i = 0; i < part->variants; i++)
	{
		if (seg_labels_find(&whole->names, seg_texts_get(&part->names, i)) < 0)
			return is_no_part(env,
			                  (double) part->counts[values_start(part, i)]);
	}
	SEG_TRY(create_state(env, &whole->names, whole->distinct, rest));
	SEG_ALLOC(env, names, whole->variants);
	for (int64_t i = 0; i < whole->variants; i++)
	{
		SegText name = seg_texts_get(&whole->names, i);
		int64_t before = rest->distinct;

		SEG_TRY(
			subtract_run(env, run_of(whole, name), run_of(part, name), rest));
		if (rest->distinct == before)
			continue;
		names[n] = name;
		rest->ends[n++] = rest->distinct;
	}
	SEG_TRY(texts_of(env, names, n, &kept));
	rest->names = kept;
	rest->variants = n;
	*is_empty = n == 0;
	return SEG_OK;
}

/* ---------- answers ---------- */

SegStatus
seg_ab_quantile_state_values(SegEnv *env, const SegAbQuantileState *value,
                             int64_t variant, SegOrderedValues *result)
{
	int64_t start = values_start(value, variant);

	return seg_ordered_values(env,
	                          value->values + start,
	                          value->counts + start,
	                          value->ends[variant] - start,
	                          result);
}

/*
 * The quantile of the users of all variants together.
 */
static SegStatus
quantile_of_all(SegEnv *env, const SegAbQuantileState *value, double quantile,
                double *result)
{
	int64_t n = value->distinct;
	SegRadixItem *items, *scratch;
	double *x;
	int64_t *counts;
	SegOrderedValues all;

	SEG_ALLOC(env, items, n);
	SEG_ALLOC(env, scratch, n);
	SEG_ALLOC(env, x, n);
	SEG_ALLOC(env, counts, n);
	for (int64_t i = 0; i < n; i++)
		items[i] = (SegRadixItem){seg_radix_key(value->values[i]), .index = i};
	SEG_TRY(seg_radix_sort(env, items, scratch, n));
	for (int64_t i = 0; i < n; i++)
	{
		x[i] = value->values[items[i].index];
		counts[i] = value->counts[items[i].index];
	}
	SEG_TRY(seg_ordered_values(env, x, counts, n, &all));
	*result = seg_ordered_quantile(&all, quantile);
	return SEG_OK;
}

SegStatus
seg_ab_winsorize(SegEnv *env, const SegAbQuantileState *value, double quantile,
                 SegAbState *result)
{
	SegAbState growing;
	double cap;

	if (!(quantile > 0.0 && quantile < 1.0))
		return seg_fail_share(env, "quantile", quantile);
	SEG_TRY(quantile_of_all(env, value, quantile, &cap));
	SEG_TRY(seg_ab_state_create(env, 1, cap, &growing));
	for (int64_t i = 0; i < value->variants; i++)
	{
		SegText name = seg_texts_get(&value->names, i);

		for (int64_t j = values_start(value, i); j < value->ends[i]; j++)
		{
			SEG_TRY(seg_ab_state_add_times(env,
			                               &growing,
			                               name,
			                               value->values[j],
			                               value->counts[j]));
			if (j % STOP_INTERVAL == 0 && env->stop(env->host))
				return SEG_STOPPED;
		}
	}
	return seg_ab_state_copy(env, &growing, result);
}

const SegMethod seg_ab_quantile_state_method =
	{.tag = SEG_TAG_AB_QUANTILE_STATE,
     .format = 1,
     .is_summary = true,
     .name = "ab_quantile_state",
     .title = "variant quantile summary",
     .fields = fields,
     .size = sizeof(SegAbQuantileState),
     .is_sound = ab_quantile_state_is_sound,
     .merge = ab_quantile_state_merge,
     .subtract = ab_quantile_state_subtract};
