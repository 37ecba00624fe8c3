/*-------------------------------------------------------------------------
 *
 * sort.h
 *	  Stable sorting of things given by number.
 *
 * src/base/sort.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_SORT_H
#define SEG_BASE_SORT_H

#include "base/env.h"

/* Negative, zero, positive: a goes before, with, after b. */
typedef int (*SegCompare)(const void *of, int64_t a, int64_t b);

/*
 * Put n numbers in order; equal ones keep their order. Numbers that are already
 * in order cost one pass.
 */
extern SegStatus seg_sort(SegEnv *env, int64_t *order, int64_t n,
                          SegCompare compare, const void *of);

/* The same with room for n more numbers from the caller. */
extern SegStatus
seg_sort_in(SegEnv *env, int64_t *order, int64_t n, SegCompare compare,
            const void *of, int64_t *scratch);

#endif /* SEG_BASE_SORT_H */
