/*-------------------------------------------------------------------------
 *
 * cf_ease.h
 *	  A linear model from items to items, in closed form.
 *
 * src/kernel/recommend/cf_ease.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_EASE_H
#define SEG_KERNEL_CF_EASE_H

#include "kernel/recommend/cf_options.h"
#include "kernel/recommend/ratings.h"

/* Bytes that training needs besides the ratings. */
extern double seg_ease_memory(int64_t items);

/*
 * List i has the items that speak for item i, with their weights: the largest,
 * of either sign.
 */
extern SegStatus
seg_ease_train(SegEnv *env, const SegRatings *ratings,
               const SegCfParams *params, SegRatingLists *weights);

#endif /* SEG_KERNEL_CF_EASE_H */
