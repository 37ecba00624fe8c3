/*-------------------------------------------------------------------------
 *
 * segment_profile.c
 *	  How the elements of the vectors of each segment differ from those of all.
 *
 * A profile is a feature summary whose elements are those of the first segment,
 * then those of the second, and so on. Segments are in the order of their names,
 * so a profile is a function of the set of rows alone, and profiles add up to
 * the bytes of the whole.
 *
 * src/kernel/prepare/segment_profile.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/segment_profile.h"

#include <float.h>
#include <math.h>

#include "base/label_order.h"
#include "base/missing.h"
#include "base/tags.h"
#include "base/exact_sum.h"

#define MAX_ROWS     9007199254740992.0 /* 2^53 */
#define MAX_ELEMENTS (16000.0 * SEG_PROFILE_MAX_SEGMENTS)

#define IN_FEATURES(member) offsetof(SegSegmentProfile, features.member)
#define PER_ELEMENT         IN_FEATURES(dim), SEG_NO_COUNT

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegSegmentProfile, dim, 1, 16000),
	SEG_INT(SegSegmentProfile, segments, 1, SEG_PROFILE_MAX_SEGMENTS),
	SEG_IDS_FIELD(SegSegmentProfile, names, segments, SEG_FEW),
	SEG_INTS(SegSegmentProfile, segment_rows, segments, 1, MAX_ROWS),
	{"elements", SEG_FIELD_INT, IN_FEATURES(dim), SEG_NO_COUNT, SEG_NO_COUNT, 1, MAX_ELEMENTS},
	{"rows_used", SEG_FIELD_INT, IN_FEATURES(rows_used), SEG_NO_COUNT, SEG_NO_COUNT, 1, MAX_ROWS},
	{"lowest_digit", SEG_FIELD_INT, IN_FEATURES(lowest_digit), SEG_NO_COUNT, SEG_NO_COUNT, SEG_EXACT_LOWEST, 0},
	{"digits", SEG_FIELD_INT, IN_FEATURES(digits), SEG_NO_COUNT, SEG_NO_COUNT, 2, SEG_EXACT_MAX_DIGITS},
	{"square_digits", SEG_FIELD_INT, IN_FEATURES(square_digits), SEG_NO_COUNT, SEG_NO_COUNT,
		3, SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS)},
	{"counts", SEG_FIELD_INT, IN_FEATURES(counts), PER_ELEMENT, 0, MAX_ROWS},
	{"minima", SEG_FIELD_OPTIONAL, IN_FEATURES(minima), PER_ELEMENT, -DBL_MAX, DBL_MAX},
	{"maxima", SEG_FIELD_OPTIONAL, IN_FEATURES(maxima), PER_ELEMENT, -DBL_MAX, DBL_MAX},
	{"sums", SEG_FIELD_INT, IN_FEATURES(sums), IN_FEATURES(dim), IN_FEATURES(digits),
		-(double) SEG_EXACT_MAX_DIGIT, (double) SEG_EXACT_MAX_DIGIT},
	{"squares", SEG_FIELD_INT, IN_FEATURES(squares), IN_FEATURES(dim), IN_FEATURES(square_digits),
		-(double) SEG_EXACT_MAX_DIGIT, (double) SEG_EXACT_MAX_DIGIT},
	SEG_FIELD_END
};
/* clang-format on */

static bool
segment_profile_is_sound(const void *value)
{
	const SegSegmentProfile *v = value;
	int64_t rows = 0;

	if (v->features.dim != v->dim * v->segments ||
	    !seg_labels_are_set(&v->names))
		return false;
	for (int64_t s = 0; s < v->segments; s++)
	{
		SegFeatureSummary part;

		if (v->segment_rows[s] > v->features.rows_used - rows)
			return false;
		rows += v->segment_rows[s];
		part = seg_segment_profile_features(v, s);
		if (!seg_feature_summary_is_sound(&part))
			return false;
	}
	return rows == v->features.rows_used;
}

/* ---------- making one ---------- */

SegStatus
seg_segment_profile_create(SegEnv *env, int64_t dim, SegSegmentProfile *result)
{
	*result = (SegSegmentProfile){.dim = dim};
	SEG_ALLOC(env, result->segment_rows, 1);
	return seg_feature_summary_create(env, 0, &result->features);
}

/*
 * The same rows, with a place for each of more segments.
 */
static SegStatus
spread_profile(SegEnv *env, const SegSegmentProfile *value,
               const SegTexts *names, SegSegmentProfile *result)
{
	int64_t *places;

	if (names->count > SEG_PROFILE_MAX_SEGMENTS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "segments",
		                (double) names->count,
		                SEG_PROFILE_MAX_SEGMENTS);
	*result = (SegSegmentProfile){.dim = value->dim,
	                              .segments = names->count,
	                              .names = *names};
	SEG_ALLOC(env, places, value->segments + 1);
	SEG_ALLOC(env, result->segment_rows, names->count);
	for (int64_t s = 0; s < value->segments; s++)
	{
		places[s] = seg_labels_find(names, seg_texts_get(&value->names, s));
		result->segment_rows[places[s]] = value->segment_rows[s];
	}
	return seg_feature_summary_spread(env,
	                                  &value->features,
	                                  value->dim,
	                                  places,
	                                  names->count,
	                                  &result->features);
}

SegStatus
seg_segment_profile_add(SegEnv *env, SegSegmentProfile *value, SegText segment,
                        const double *x)
{
	int64_t at = seg_labels_find(&value->names, segment);

	if (at < 0)
	{
		SegTexts one = {&segment.length, segment.bytes, 1};
		SegTexts names;
		SegSegmentProfile wider;

		SEG_TRY(seg_labels_unite(env, &value->names, &one, &names));
		SEG_TRY(spread_profile(env, value, &names, &wider));
		*value = wider;
		at = seg_labels_find(&value->names, segment);
	}
	value->segment_rows[at]++;
	return seg_feature_summary_add_part(env,
	                                    &value->features,
	                                    at * value->dim,
	                                    x,
	                                    value->dim);
}

SegStatus
seg_segment_profile_copy(SegEnv *env, const SegSegmentProfile *value,
                         SegSegmentProfile *result)
{
	*result = *value;
	return seg_feature_summary_copy(env, &value->features, &result->features);
}

/* ---------- adding up ---------- */

static SegStatus
segment_profile_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	const SegSegmentProfile *left = a;
	const SegSegmentProfile *right = b;
	SegSegmentProfile first, second;
	SegSegmentProfile *sum = merged;
	SegTexts names;

	if (left->dim != right->dim)
		return seg_fail(env,
		                SEG_BAD_DIM,
		                "vectors",
		                (double) right->dim,
		                (double) left->dim);
	SEG_TRY(seg_labels_unite(env, &left->names, &right->names, &names));
	SEG_TRY(spread_profile(env, left, &names, &first));
	SEG_TRY(spread_profile(env, right, &names, &second));
	*sum = first;
	for (int64_t s = 0; s < sum->segments; s++)
		sum->segment_rows[s] += second.segment_rows[s];
	return seg_feature_summary_merge(env,
	                                 &first.features,
	                                 &second.features,
	                                 &sum->features);
}

SegStatus
seg_segment_profile_overall(SegEnv *env, const SegSegmentProfile *value,
                            SegFeatureSummary *overall)
{
	SegFeatureSummary first = seg_segment_profile_features(value, 0);

	SEG_TRY(seg_feature_summary_copy(env, &first, overall));
	for (int64_t s = 1; s < value->segments; s++)
	{
		SegFeatureSummary part = seg_segment_profile_features(value, s);
		SegFeatureSummary sum;

		SEG_TRY(seg_feature_summary_merge(env, overall, &part, &sum));
		*overall = sum;
	}
	return SEG_OK;
}

/* ---------- answers ---------- */

double
seg_standardized_difference(const SegFeatureStatistics *segment,
                            const SegFeatureStatistics *overall)
{
	double difference = segment->mean - overall->mean;
	double deviation;

	if (segment->count == 0 || overall->count < 2 ||
	    !(overall->sum_of_squares > 0.0))
		return seg_missing();
	deviation = seg_feature_deviation(overall, overall->count - 1);
	if (isfinite(difference) && isfinite(deviation))
		return difference / deviation;
	/* of halves */
	difference = segment->mean / 2.0 - overall->mean / 2.0;
	deviation =
		ldexp(sqrt(overall->sum_of_squares / (double) (overall->count - 1)),
	          overall->exponent / 2 - 1);
	return difference / deviation;
}

const SegMethod seg_segment_profile_method = {.tag = SEG_TAG_SEGMENT_PROFILE,
                                              .format = 1,
                                              .is_summary = true,
                                              .name = "segment_profile",
                                              .title = "segment profile",
                                              .fields = fields,
                                              .size = sizeof(SegSegmentProfile),
                                              .is_sound =
                                                  segment_profile_is_sound,
                                              .merge = segment_profile_merge};
