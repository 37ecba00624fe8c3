/*-------------------------------------------------------------------------
 *
 * sort.h
 *	  Stable sorting of things that are known by number.
 *
 * src/base/sort.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_SORT_H
#define SEG_BASE_SORT_H

#include "base/env.h"

/* Negative, zero, positive: a stands before, with, after b. */
typedef int (*SegCompare)(const void *of, int64_t a, int64_t b);

/*
 * Bring n numbers into order; equal ones stay as they stood.  Numbers that are
 * in order already cost one look at each.
 */
extern SegStatus seg_sort(SegEnv *env, int64_t *order, int64_t n,
                          SegCompare compare, const void *of);

/* The same in room for n more numbers that the caller has. */
extern SegStatus
seg_sort_in(SegEnv *env, int64_t *order, int64_t n, SegCompare compare,
            const void *of, int64_t *scratch);

#endif /* SEG_BASE_SORT_H */
