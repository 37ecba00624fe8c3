/*-------------------------------------------------------------------------
 *
 * contingency.h
 *	  How often two labels occur together.
 *
 * src/base/contingency.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_CONTINGENCY_H
#define SEG_BASE_CONTINGENCY_H

#include "base/count_map.h"

/* A table is a count map with one int64_t, the count, for each pair. */
#define SEG_CONTINGENCY_WIDTH 1

/* The key of a pair: the length of the first label, then both. */
extern int64_t seg_pair_key_size(SegText a, SegText b);
extern void seg_pair_key(SegText a, SegText b, char *key);
extern SegStatus seg_pair_split(SegEnv *env, SegText key, SegText label[2]);

/* The table with its margins. */
typedef struct SegContingency
{
	const SegCountMap *pairs;
	SegCountMap *margin[2]; /* counts of the first and second label */
	int64_t *label[2];      /* of each cell: its number in the margin */
	int64_t n;              /* rows */
} SegContingency;

extern SegStatus seg_contingency_read(SegEnv *env, const SegCountMap *pairs,
                                      SegContingency *table);

static inline int64_t
seg_contingency_count(const SegCountMap *map, int64_t i)
{
	return *(const int64_t *) seg_count_map_words(map, i);
}

#endif /* SEG_BASE_CONTINGENCY_H */
