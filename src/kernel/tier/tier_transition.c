/*-------------------------------------------------------------------------
 *
 * tier_transition.c
 *	  How many users went from which tier to which: a matrix that adds up.
 *
 * A user may have no tier before or after, but not both.
 *
 * src/kernel/tier/tier_transition.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/tier_transition.h"

#include "base/tags.h"

#define TIERS "different tiers"

/* clang-format off */
static const SegField fields[] = {
	{"tiers", SEG_FIELD_INT, offsetof(SegLabelMatrix, labels), SEG_NO_COUNT, SEG_NO_COUNT, 0, SEG_LABEL_MATRIX_MAX_LABELS},
	SEG_INT(SegLabelMatrix, states, 1, SEG_LABEL_MATRIX_MAX_LABELS + 1),
	SEG_INT(SegLabelMatrix, rows_used, 0, (double) SEG_LABEL_MATRIX_MAX_COUNT),
	SEG_INT(SegLabelMatrix, rows_skipped, 0, (double) SEG_LABEL_MATRIX_MAX_COUNT),
	SEG_IDS_FIELD(SegLabelMatrix, names, labels, SEG_FEW),
	SEG_INT_MATRIX(SegLabelMatrix, counts, states, states, 0, (double) SEG_LABEL_MATRIX_MAX_COUNT),
	SEG_FIELD_END
};
/* clang-format on */

static bool
tier_transition_is_sound(const void *value)
{
	const SegLabelMatrix *v = value;

	return v->states == v->labels + 1 && seg_label_matrix_is_sound(v) &&
	       v->counts[v->states * v->states - 1] == 0;
}

SegStatus
seg_tier_transition_single(SegEnv *env, const SegText *from, const SegText *to,
                           SegLabelMatrix *result)
{
	return seg_label_matrix_single(env, from, to, true, TIERS, result);
}

static SegStatus
tier_transition_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	return seg_label_matrix_merge(env, a, b, TIERS, merged);
}

static SegStatus
tier_transition_subtract(SegEnv *env, const void *whole, const void *part,
                         void *rest, bool *is_empty)
{
	const SegLabelMatrix *left = rest;

	SEG_TRY(seg_label_matrix_subtract(env, whole, part, rest));
	*is_empty = left->rows_used == 0 && left->rows_skipped == 0;
	return SEG_OK;
}

const SegMethod seg_tier_transition_method = {.tag = SEG_TAG_TIER_TRANSITION,
                                              .format = 1,
                                              .is_summary = true,
                                              .name = "tier_transition",
                                              .title =
                                                  "tier transition summary",
                                              .fields = fields,
                                              .size = sizeof(SegLabelMatrix),
                                              .is_sound =
                                                  tier_transition_is_sound,
                                              .merge = tier_transition_merge,
                                              .subtract =
                                                  tier_transition_subtract};
