/*-------------------------------------------------------------------------
 *
 * feature_hash.h
 *	  Words as numbers without a list of the words, and values as buckets.
 *
 * src/kernel/prepare/feature_hash.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FEATURE_HASH_H
#define SEG_KERNEL_FEATURE_HASH_H

#include "base/env.h"

/* MurmurHash3 with 32 bits and seed 0. */
extern uint32_t seg_murmur_hash(const char *bytes, int64_t length);

/*
 * Count a word, in UTF-8, with the sign of its hash at the place that the hash
 * gives it among n.
 */
extern void seg_feature_hash_add(SegText word, int64_t n, double *counts);

/* The number of edges at or below a value; the edges ascend. */
extern int64_t seg_bucket(const double *edges, int64_t n, double value);

/* Are edges finite, each above the one before? */
extern bool seg_edges_ascend(const double *edges, int64_t n);

#endif /* SEG_KERNEL_FEATURE_HASH_H */
