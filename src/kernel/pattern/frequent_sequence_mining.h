/*-------------------------------------------------------------------------
 *
 * frequent_sequence_mining.h
 *	  PrefixSpan, and paths in the form it needs.
 *
 * src/kernel/pattern/frequent_sequence_mining.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FREQUENT_SEQUENCE_MINING_H
#define SEG_KERNEL_FREQUENT_SEQUENCE_MINING_H

#include "kernel/pattern/frequent_sequence.h"

#define SEG_PATH_END (-1)

/*
 * The paths, packed together, with an end before and after each.  Items are
 * numbers of the frequent ones by id.  Rare ones are left out or, if gaps are
 * measured, appear as the number "items".
 */
typedef struct SegPaths
{
	int64_t n;
	int32_t min_count;
	int32_t max_gap; /* 0: any */
	int32_t most;    /* items that a sequence may have */
	int32_t items;   /* frequent ones */
	int32_t size;    /* of places */
	const int32_t *places;
	const int32_t *path_of; /* of each place, if gaps are measured */
	const int32_t *starts;  /* of each path: the end before it */
} SegPaths;

extern SegStatus
seg_paths_make(SegEnv *env, const SegItemRows *rows, int32_t min_count,
               int32_t max_gap, SegPaths *paths, SegIds *frequent);

extern SegStatus seg_prefix_span(SegEnv *env, const SegPaths *paths,
                                 size_t most_work, SegItemTreeWriter *writer);

#endif /* SEG_KERNEL_FREQUENT_SEQUENCE_MINING_H */
