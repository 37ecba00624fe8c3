/*-------------------------------------------------------------------------
 *
 * ratings.h
 *	  Ratings of items by users, as recommenders use them: one list per user and
 *	  one list per item.
 *
 * src/kernel/recommend/ratings.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RATINGS_H
#define SEG_KERNEL_RATINGS_H

#include "base/env.h"

typedef struct SegRating
{
	int32_t user;
	int32_t item;
	double value;
} SegRating;

/* Ratings as they were collected, in blocks. */
typedef struct SegRatingBlock
{
	const SegRating *rating;
	int64_t n;
} SegRatingBlock;

typedef struct SegRatingBlocks
{
	const SegRatingBlock *block;
	int64_t count;
	int64_t n;                 /* ratings in all */
	const int32_t *user_place; /* of the users of the blocks; NULL: as is */
	const int32_t *item_place;
	int32_t users;
	int32_t items;
} SegRatingBlocks;

/* Lists, one after another: list l is start[l] .. start[l + 1] - 1. */
typedef struct SegRatingLists
{
	int32_t count;
	const int64_t *start; /* count + 1 */
	const int32_t *other; /* ascending in each list */
	const double *value;
} SegRatingLists;

typedef struct SegRatings
{
	int32_t users;
	int32_t items;
	int64_t n;
	SegRatingLists by_user;
	SegRatingLists by_item;
	double mean;
	double least;
	double most;
} SegRatings;

/* How several ratings of one item by one user are merged. */
typedef enum SegDuplicates
{
	SEG_DUPLICATES_MEAN,
	SEG_DUPLICATES_SUM
} SegDuplicates;

extern SegStatus
seg_ratings_build(SegEnv *env, const SegRatingBlocks *blocks,
                  SegDuplicates duplicates, SegRatings *ratings);

/* The same from one list per user. */
extern SegStatus seg_ratings_of_users(SegEnv *env, const SegRatingLists *lists,
                                      int32_t items, SegRatings *ratings);

/* The same elements as count lists by the other side. */
extern SegStatus seg_lists_transpose(SegEnv *env, const SegRatingLists *from,
                                     int32_t count, SegRatingLists *result);

/* One list: what one user rated, or who rated one item. */
typedef struct SegHistory
{
	int64_t n;
	const int32_t *other;
	const double *value;
} SegHistory;

/* Ratings of one user, in any order, as a list. */
extern SegStatus
seg_history_build(SegEnv *env, const SegRating *rating, int64_t n,
                  SegDuplicates duplicates, SegHistory *history);

static inline int64_t
seg_list_length(const SegRatingLists *lists, int64_t l)
{
	return lists->start[l + 1] - lists->start[l];
}

static inline SegHistory
seg_list(const SegRatingLists *lists, int64_t l)
{
	return (SegHistory){seg_list_length(lists, l),
	                    lists->other + lists->start[l],
	                    lists->value + lists->start[l]};
}

#endif /* SEG_KERNEL_RATINGS_H */
