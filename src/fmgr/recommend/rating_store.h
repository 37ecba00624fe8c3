/*-------------------------------------------------------------------------
 *
 * rating_store.h
 *	  Ratings of items by users on their way from the executor to a kernel.
 *
 * src/fmgr/recommend/rating_store.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_RATING_STORE_H
#define SEGMENT_FMGR_RATING_STORE_H

#include "kernel/recommend/ratings.h"
#include "pg/id_dictionary.h"

typedef struct RatingStore
{
	MemoryContext context;
	IdDictionary *users;
	IdDictionary *items;
	int64 n;
	SegRatingBlock *block; /* the last one has room for more */
	int32 blocks;
	int32 room;  /* for blocks */
	int32 left;  /* ratings that still fit into the last one */
	int64 bytes; /* charged */
} RatingStore;

/* A store lives in an aggregate context. */
extern RatingStore *
rating_store_create(MemoryContext context, const IdReader *user,
                    const IdReader *item);
extern void rating_store_add(RatingStore *store, const SegId *user,
                             const SegId *item, double rating);

/* What a kernel sees of them, with ids in their order. */
typedef struct RatingView
{
	SegRatingBlocks blocks;
	SegIds users;
	SegIds items;
} RatingView;

/* In the memory of the environment; the store stays as it is. */
extern RatingView rating_store_view(SegEnv *env, const RatingStore *store);

/* Refuse a fit that would want more memory than the settings allow. */
extern void rating_store_check_fit(double bytes);

/* What to do about a model or a fit that is too large. */
#define RATING_WAY_OUT \
	"Use the row form, which keeps no ratings in memory: als_solve() and " \
	"cf_predict() with GROUP BY."

#endif /* SEGMENT_FMGR_RATING_STORE_H */
