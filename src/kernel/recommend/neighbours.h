/*-------------------------------------------------------------------------
 *
 * neighbours.h
 *	  A rating predicted from those of neighbours, one row per neighbour.
 *
 * src/kernel/recommend/neighbours.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_NEIGHBOURS_H
#define SEG_KERNEL_NEIGHBOURS_H

#include "base/env.h"
#include "base/wide.h"

/*
 * Neighbours, as the state of an aggregate: an array of doubles.
 */
typedef struct SegNeighbours
{
	double user_mean;
	SegWide deviations; /* sum of similarity * (rating - mean) */
	SegWide weights;    /* sum of |similarity| */
} SegNeighbours;

extern SegStatus
seg_neighbours_begin(SegEnv *env, double user_mean, SegNeighbours *state);
extern SegStatus
seg_neighbours_add(SegEnv *env, SegNeighbours *state, double similarity,
                   double rating, double mean);

/* Can these numbers be sums over neighbours? */
extern SegStatus seg_neighbours_check(SegEnv *env, const SegNeighbours *state);
extern void
seg_neighbours_merge(SegNeighbours *into, const SegNeighbours *from);

/* The prediction; false: undefined. */
extern bool seg_neighbours_predict(const SegNeighbours *state, double *result);

#endif /* SEG_KERNEL_NEIGHBOURS_H */
