/*-------------------------------------------------------------------------
 *
 * tier_transition.c
 *	  How many users went from which tier to which: a matrix that adds up.
 *
 * Tiers are known by name and have a fixed order (whole numbers by value, then
 * everything else in byte order), so a matrix depends only on what was counted,
 * not on the order in which it was added up.
 *
 * src/kernel/tier/tier_transition.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/tier_transition.h"

#include <string.h>

#include "base/label_order.h"
#include "base/tags.h"

#define HUGE_COUNT INT64_C(9007199254740992)

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegTierTransition, tiers, 0, SEG_TIER_TRANSITION_MAX_TIERS),
	SEG_INT(SegTierTransition, states, 1, SEG_TIER_TRANSITION_MAX_TIERS + 1),
	SEG_INT(SegTierTransition, rows_used, 0, (double) HUGE_COUNT),
	SEG_INT(SegTierTransition, rows_skipped, 0, (double) HUGE_COUNT),
	SEG_IDS_FIELD(SegTierTransition, names, tiers, SEG_FEW),
	SEG_INT_MATRIX(SegTierTransition, counts, states, states, 0, (double) HUGE_COUNT),
	SEG_FIELD_END
};
/* clang-format on */

static bool
tier_transition_is_sound(const void *value)
{
	const SegTierTransition *v = value;
	int64_t sum = 0;

	if (v->states != v->tiers + 1)
		return false;
	for (int64_t i = 1; i < v->tiers; i++)
	{
		if (seg_label_compare(seg_texts_get(&v->names, i - 1),
		                      seg_texts_get(&v->names, i)) >= 0)
			return false;
	}
	for (int64_t i = 0; i < v->states * v->states; i++)
	{
		sum += v->counts[i];
		if (sum > HUGE_COUNT)
			return false;
	}
	return sum == v->rows_used && v->counts[v->states * v->states - 1] == 0;
}

int64_t
seg_tier_transition_find(const SegTierTransition *value, const SegText *tier)
{
	int64_t low = 0;
	int64_t high = value->tiers - 1;

	if (tier == NULL)
		return value->tiers;
	while (low <= high)
	{
		int64_t mid = (low + high) / 2;
		int order = seg_label_compare(seg_texts_get(&value->names, mid), *tier);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid - 1;
	}
	return -1;
}

/* ---------- making one ---------- */

static void
append_name(SegTierTransition *value, SegText name)
{
	int64_t n = value->tiers++;
	int64_t start = n > 0 ? value->names.ends[n - 1] : 0;

	/* ours alone until we hand it over */
	memcpy((char *) value->names.bytes + start,
	       name.bytes,
	       (size_t) name.length);
	((int64_t *) value->names.ends)[n] = start + name.length;
}

static SegStatus
make_names(SegEnv *env, int64_t count, int64_t bytes, SegTierTransition *value)
{
	int64_t *ends;
	char *text;

	SEG_ALLOC(env, ends, count + 1);
	SEG_ALLOC(env, text, bytes + 1);
	*value = (SegTierTransition){.names = {ends, text, 0}};
	return SEG_OK;
}

static SegStatus
make_counts(SegEnv *env, SegTierTransition *value, int64_t **counts)
{
	if (value->tiers > SEG_TIER_TRANSITION_MAX_TIERS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "different tiers",
		                (double) value->tiers,
		                SEG_TIER_TRANSITION_MAX_TIERS);
	value->names.count = value->tiers;
	value->states = value->tiers + 1;
	SEG_ALLOC(env, *counts, value->states * value->states);
	value->counts = *counts;
	return SEG_OK;
}

SegStatus
seg_tier_transition_single(SegEnv *env, const SegText *from, const SegText *to,
                           SegTierTransition *result)
{
	int64_t bytes = (from ? from->length : 0) + (to ? to->length : 0);
	int64_t *counts;
	int order = 0;

	SEG_TRY(make_names(env, 2, bytes, result));
	if (from != NULL && to != NULL)
		order = seg_label_compare(*from, *to);
	if (to != NULL && order > 0)
		append_name(result, *to);
	if (from != NULL)
		append_name(result, *from);
	if (to != NULL && (from == NULL || order < 0))
		append_name(result, *to);
	SEG_TRY(make_counts(env, result, &counts));
	if (from == NULL && to == NULL)
		result->rows_skipped = 1;
	else
	{
		counts[seg_tier_transition_find(result, from) * result->states +
		       seg_tier_transition_find(result, to)] = 1;
		result->rows_used = 1;
	}
	return SEG_OK;
}

/* ---------- adding two up ---------- */

static int64_t
names_bytes(const SegTierTransition *value)
{
	return value->tiers > 0 ? value->names.ends[value->tiers - 1] : 0;
}

/*
 * The names of both, each once, in order.
 */
static void
merge_names(const SegTierTransition *a, const SegTierTransition *b,
            SegTierTransition *merged)
{
	int64_t i = 0;
	int64_t j = 0;

	while (i < a->tiers || j < b->tiers)
	{
		int order = i == a->tiers ? 1
		            : j == b->tiers
		                ? -1
		                : seg_label_compare(seg_texts_get(&a->names, i),
		                                    seg_texts_get(&b->names, j));

		append_name(merged,
		            seg_texts_get(order <= 0 ? &a->names : &b->names,
		                          order <= 0 ? i : j));
		i += order <= 0;
		j += order >= 0;
	}
}

static void
tier_transition_add_counts(const SegTierTransition *from,
                           const SegTierTransition *into, int64_t *place,
                           int64_t *counts)
{
	for (int64_t i = 0; i < from->tiers; i++)
	{
		SegText name = seg_texts_get(&from->names, i);

		place[i] = seg_tier_transition_find(into, &name);
	}
	place[from->tiers] = into->tiers;
	for (int64_t i = 0; i < from->states; i++)
	{
		for (int64_t j = 0; j < from->states; j++)
			counts[place[i] * into->states + place[j]] +=
				from->counts[i * from->states + j];
	}
}

static SegStatus
tier_transition_merge(SegEnv *env, const void *value_a, const void *value_b,
                      void *merged)
{
	const SegTierTransition *a = value_a;
	const SegTierTransition *b = value_b;
	SegTierTransition *sum = merged;
	int64_t *counts, *place;

	if (a->rows_used + b->rows_used > HUGE_COUNT ||
	    a->rows_skipped + b->rows_skipped > HUGE_COUNT)
		return seg_fail(env, SEG_NOT_FINITE, "number of rows", 0, 0);
	SEG_TRY(make_names(env,
	                   a->tiers + b->tiers,
	                   names_bytes(a) + names_bytes(b),
	                   sum));
	merge_names(a, b, sum);
	SEG_TRY(make_counts(env, sum, &counts));
	SEG_ALLOC(env, place, sum->states);
	tier_transition_add_counts(a, sum, place, counts);
	tier_transition_add_counts(b, sum, place, counts);
	sum->rows_used = a->rows_used + b->rows_used;
	sum->rows_skipped = a->rows_skipped + b->rows_skipped;
	return SEG_OK;
}

const SegMethod seg_tier_transition_method = {.tag = SEG_TAG_TIER_TRANSITION,
                                              .format = 1,
                                              .is_summary = true,
                                              .name = "tier_transition",
                                              .title =
                                                  "tier transition summary",
                                              .fields = fields,
                                              .size = sizeof(SegTierTransition),
                                              .is_sound =
                                                  tier_transition_is_sound,
                                              .merge = tier_transition_merge};
