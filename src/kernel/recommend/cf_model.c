/*-------------------------------------------------------------------------
 *
 * cf_model.c
 *	  The stored form of a recommender.
 *
 * src/kernel/recommend/cf_model.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>

#include "base/tags.h"
#include "kernel/recommend/cf_algorithm.h"

#define HUGE_COUNT 9007199254740992.0
#define COUNT      ((double) SEG_CF_MAX_COUNT)
#define RATING     (SEG_CF_MAX_RATING * COUNT) /* a sum of that many */

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegCf, algorithm, 0, SEG_CF_METHODS - 1),
	SEG_INT(SegCf, feedback, SEG_CF_EXPLICIT, SEG_CF_IMPLICIT),
	SEG_INT(SegCf, users, 1, COUNT),
	SEG_INT(SegCf, items, 1, COUNT),
	SEG_INT(SegCf, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegCf, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegCf, ratings, 1, HUGE_COUNT),
	SEG_INT(SegCf, iterations, 0, HUGE_COUNT),
	SEG_REAL(SegCf, loss, -DBL_MAX, DBL_MAX),
	SEG_JSON_FIELD(SegCf, options),
	SEG_TEXT_FIELD(SegCf, version),
	SEG_REAL(SegCf, mean, -RATING, RATING),
	SEG_REAL(SegCf, rating_min, -RATING, RATING),
	SEG_REAL(SegCf, rating_max, -RATING, RATING),
	SEG_REAL(SegCf, deviation, 0, RATING),
	SEG_REAL(SegCf, regularization, 0, 1e12),
	SEG_REAL(SegCf, regularization_exponent, 0, 1),
	SEG_REAL(SegCf, alpha, 0, 1e9),
	SEG_INT(SegCf, similarity, SEG_CF_MSD, SEG_CF_PEARSON_BASELINE),
	SEG_INT(SegCf, center, SEG_CF_CENTER_MEAN, SEG_CF_CENTER_NONE),
	SEG_INT(SegCf, k, 0, HUGE_COUNT),
	SEG_INT(SegCf, min_k, 0, HUGE_COUNT),
	SEG_INT(SegCf, min_support, 0, HUGE_COUNT),
	SEG_REAL(SegCf, shrinkage, 0, 1e9),
	SEG_INT(SegCf, user_number_count, 0, COUNT),
	SEG_INT(SegCf, user_name_count, 0, COUNT),
	SEG_INT(SegCf, item_number_count, 0, COUNT),
	SEG_INT(SegCf, item_name_count, 0, COUNT),
	SEG_INT(SegCf, user_bias_count, 0, COUNT),
	SEG_INT(SegCf, item_bias_count, 0, COUNT),
	SEG_INT(SegCf, factors, 0, SEG_CF_MAX_FACTORS),
	SEG_INT(SegCf, user_factor_count, 0, COUNT),
	SEG_INT(SegCf, item_factor_count, 0, COUNT),
	SEG_INT(SegCf, history_count, 0, COUNT),
	SEG_INT(SegCf, history_length, 0, COUNT),
	SEG_INT(SegCf, weight_list_count, 0, COUNT),
	SEG_INT(SegCf, weight_count, 0, COUNT),
	SEG_INTS(SegCf, user_numbers, user_number_count, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegCf, user_names, user_name_count, SEG_MANY),
	SEG_INTS(SegCf, item_numbers, item_number_count, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegCf, item_names, item_name_count, SEG_MANY),
	SEG_INTS(SegCf, item_counts, items, 1, COUNT),
	SEG_REALS(SegCf, user_biases, user_bias_count, -RATING, RATING),
	SEG_REALS(SegCf, item_biases, item_bias_count, -RATING, RATING),
	SEG_REAL_MATRIX(SegCf, user_factors, user_factor_count, factors, -SEG_CF_MAX_FACTOR, SEG_CF_MAX_FACTOR),
	SEG_REAL_MATRIX(SegCf, item_factors, item_factor_count, factors, -SEG_CF_MAX_FACTOR, SEG_CF_MAX_FACTOR),
	SEG_INTS(SegCf, history_ends, history_count, 1, COUNT),
	SEG_INTS(SegCf, history_items, history_length, 0, COUNT),
	SEG_REALS(SegCf, history_ratings, history_length, -RATING, RATING),
	SEG_INTS(SegCf, weight_ends, weight_list_count, 0, COUNT),
	SEG_INTS(SegCf, weight_items, weight_count, 0, COUNT),
	SEG_REALS(SegCf, weights, weight_count, -SEG_CF_MAX_FACTOR, SEG_CF_MAX_FACTOR),
	SEG_FIELD_END
};
/* clang-format on */

/* Lists of items: list l ends before element ends[l]. */
typedef struct ItemLists
{
	int64_t count;
	int64_t length;
	const int64_t *ends;
	const int64_t *items;
} ItemLists;

/*
 * Do the lists use all elements, with ascending items?
 */
static bool
lists_are_sound(const ItemLists *lists, int64_t items)
{
	int64_t at = 0;

	for (int64_t l = 0; l < lists->count; l++)
	{
		if (lists->ends[l] < at || lists->ends[l] > lists->length)
			return false;
		for (int64_t first = at; at < lists->ends[l]; at++)
		{
			if (lists->items[at] < 0 || lists->items[at] >= items ||
			    (at > first && lists->items[at] <= lists->items[at - 1]))
				return false;
		}
	}
	return at == lists->length;
}

/*
 * Are there as many users of each item as the counts say?
 */
static bool
counts_are_sound(const SegCf *m)
{
	int64_t sum = 0;

	for (int64_t i = 0; i < m->items && sum <= m->ratings; i++)
	{
		if (m->item_counts[i] > m->users)
			return false;
		sum += m->item_counts[i];
	}
	return sum == m->ratings;
}

/*
 * Each user has a history, and weights of implicit feedback are positive.
 */
static bool
histories_are_sound(const SegCf *m)
{
	ItemLists lists = {m->history_count,
	                   m->history_length,
	                   m->history_ends,
	                   m->history_items};

	if (m->history_length != m->ratings || !lists_are_sound(&lists, m->items))
		return false;
	for (int64_t u = 1; u < m->users; u++)
	{
		if (m->history_ends[u] == m->history_ends[u - 1])
			return false;
	}
	for (int64_t i = 0; m->feedback == SEG_CF_IMPLICIT && i < m->history_length;
	     i++)
	{
		if (!(m->history_ratings[i] > 0))
			return false;
	}
	return true;
}

static bool
weights_are_sound(const SegCf *m)
{
	ItemLists lists = {m->weight_list_count,
	                   m->weight_count,
	                   m->weight_ends,
	                   m->weight_items};
	int64_t at = 0;

	if (!lists_are_sound(&lists, m->items))
		return false;
	for (int64_t i = 0; i < m->items; i++)
	{
		for (; at < m->weight_ends[i]; at++)
		{
			if (m->weight_items[at] == i)
				return false;
		}
	}
	return true;
}

/*
 * Does the model have the arrays of its method?
 */
static bool
arrays_are_sound(const SegCf *m)
{
	const SegCfAlgorithm *algorithm = seg_cf_algorithms[m->algorithm];
	bool biases = algorithm->arrays & SEG_CF_BIASES;
	bool factors = algorithm->arrays & SEG_CF_FACTORS;
	bool histories = algorithm->arrays & SEG_CF_HISTORIES;
	bool weights = algorithm->arrays & SEG_CF_WEIGHTS;

	return m->user_bias_count == (biases ? m->users : 0) &&
	       m->item_bias_count == (biases ? m->items : 0) &&
	       m->user_factor_count == (factors ? m->users : 0) &&
	       m->item_factor_count == (factors ? m->items : 0) &&
	       (factors || m->factors == 0) &&
	       m->history_count == (histories ? m->users : 0) &&
	       (histories || m->history_length == 0) &&
	       m->weight_list_count == (weights ? m->items : 0) &&
	       (weights || m->weight_count == 0);
}

/*
 * Does the method take such feedback, and does it have the options it needs?
 */
static bool
algorithm_is_sound(const SegCf *m)
{
	const SegCfAlgorithm *algorithm = seg_cf_algorithms[m->algorithm];

	return (algorithm->feedback == SEG_CF_EITHER ||
	        algorithm->feedback == m->feedback) &&
	       (algorithm->is_sound == NULL || algorithm->is_sound(m));
}

static bool
cf_model_is_sound(const void *value)
{
	const SegCf *m = value;
	SegIds users = seg_cf_users(m);
	SegIds items = seg_cf_items(m);

	return arrays_are_sound(m) && algorithm_is_sound(m) &&
	       m->rating_min <= m->rating_max &&
	       seg_ids_are_sound(&users,
	                         m->user_number_count,
	                         m->user_name_count) &&
	       seg_ids_are_sound(&items,
	                         m->item_number_count,
	                         m->item_name_count) &&
	       counts_are_sound(m) &&
	       (m->history_count == 0 || histories_are_sound(m)) &&
	       (m->weight_list_count == 0 || weights_are_sound(m));
}

const SegMethod seg_cf_method = {.tag = SEG_TAG_CF,
                                 .format = 1,
                                 .name = "cf",
                                 .title = "recommender",
                                 .fields = fields,
                                 .size = sizeof(SegCf),
                                 .is_sound = cf_model_is_sound};
