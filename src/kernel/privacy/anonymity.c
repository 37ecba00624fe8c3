/*-------------------------------------------------------------------------
 *
 * anonymity.c
 *	  How well rows hide among those with the same quasi-identifiers.
 *
 * L. Sweeney, "k-Anonymity: A Model for Protecting Privacy", International
 * Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10, 2002;
 * A. Machanavajjhala, D. Kifer, J. Gehrke, M. Venkitasubramaniam, "l-Diversity:
 * Privacy Beyond k-Anonymity", ACM TKDD 1, 2007 (distinct l-diversity).
 *
 * src/kernel/privacy/anonymity.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/privacy/anonymity.h"

#include <string.h>

SegStatus
seg_anonymity(SegEnv *env, const SegCountMap *map, int64_t *least)
{
	int64_t done = 0;

	*least = 0;
	for (int64_t i = 0; i < map->n; i++)
	{
		int64_t rows = *(const int64_t *) seg_count_map_words(map, i);

		if (rows < 1)
			return seg_fail_name(env,
			                     SEG_CORRUPT,
			                     "state of the aggregate",
			                     "counts");
		if (i == 0 || rows < *least)
			*least = rows;
		SEG_TRY(seg_count_steps(env, &done, 1));
	}
	return SEG_OK;
}

/*
 * The quasi-identifiers of a key.
 */
static SegStatus
quasi_identifiers(SegEnv *env, SegText key, SegText *quasi)
{
	SegDiversityTail sensitive;
	int64_t tail = sizeof(sensitive);

	if (key.length >= tail)
	{
		memcpy(&sensitive, key.bytes + key.length - tail, sizeof(sensitive));
		*quasi = (SegText){key.bytes, key.length - tail - sensitive};
		if (quasi->length >= 0)
			return SEG_OK;
	}
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "keys");
}

SegStatus
seg_diversity(SegEnv *env, const SegCountMap *map, int64_t *least)
{
	SegCountMap *values;
	int64_t done = 0;

	SEG_TRY(seg_count_map_create(env, SEG_ANONYMITY_WIDTH, &values));
	for (int64_t i = 0; i < map->n; i++)
	{
		SegText quasi;
		int64_t at;

		SEG_TRY(quasi_identifiers(env, seg_count_map_key(map, i), &quasi));
		SEG_TRY(
			seg_count_map_insert(env, &values, quasi.bytes, quasi.length, &at));
		++*(int64_t *) seg_count_map_words(values, at);
		SEG_TRY(seg_count_steps(env, &done, 1));
	}
	return seg_anonymity(env, values, least);
}
