/*-------------------------------------------------------------------------
 *
 * experiment_variant.h
 *	  Which variant of an experiment a user sees.
 *
 * src/kernel/experiment/experiment_variant.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_EXPERIMENT_VARIANT_H
#define SEG_KERNEL_EXPERIMENT_VARIANT_H

#include "base/env.h"
#include "base/place.h"

#define SEG_EXPERIMENT_MAX_VARIANTS 1000

/*
 * The variant, from 1, whose part of the line from 0 to 1 the place is in. Parts
 * follow each other, with lengths in proportion to the weights.
 */
extern SegStatus
seg_experiment_variant(SegEnv *env, uint64_t place, const double *weights,
                       int64_t n, int32_t *variant);

#endif /* SEG_KERNEL_EXPERIMENT_VARIANT_H */
