/*-------------------------------------------------------------------------
 *
 * isolation.h
 *	  Isolation forests: how unlike all others a row is.
 *
 * src/kernel/tree/isolation.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_ISOLATION_H
#define SEG_KERNEL_ISOLATION_H

#include "kernel/tree/tree.h"

#define SEG_ISOLATION_MAX_SAMPLE 1000000

typedef struct SegIsolationParams
{
	int64_t trees;
	int64_t sample_size; /* rows that a tree is grown from */
	int64_t max_depth; /* 0: the binary logarithm of sample_size, rounded up */
	int64_t seed;
} SegIsolationParams;

extern const SegOption seg_isolation_options[];
extern const SegMethod seg_isolation_method; /* a SegTree */
extern const SegTrainer seg_isolation_trainer;

/*
 * The mean number of splits on the way to a row in a random binary tree of n
 * rows.
 */
extern double seg_isolation_mean_depth(int64_t n);

extern SegStatus
seg_isolation_train(SegEnv *env, SegRows *rows,
                    const SegIsolationParams *params, SegTree *model);

#endif /* SEG_KERNEL_ISOLATION_H */
