/*-------------------------------------------------------------------------
 *
 * cf_score.h
 *	  A recommender made ready to answer: predictions, recommendations, similar
 *	  items, reasons.
 *
 * src/kernel/recommend/cf_score.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_SCORE_H
#define SEG_KERNEL_CF_SCORE_H

#include "kernel/recommend/cf.h"
#include "kernel/recommend/cf_knn.h"
#include "kernel/recommend/cf_loops.h"

/* Not an id of the model. */
#define SEG_CF_UNKNOWN (-1)

typedef struct SegCfAlgorithm SegCfAlgorithm;

typedef struct SegCfScorer
{
	SegEnv home; /* where it lives */
	const SegCf *model;
	const SegCfAlgorithm *algorithm;
	void *own; /* what only the method knows */
	SegIds users;
	SegIds items;
	int64_t *popular; /* items, the most popular first */

	/* what is expected of a user and an item alone */
	const double *user_biases; /* NULL: none */
	const double *item_biases;

	/* if the model has factors */
	const SegCfLoops *loops;
	int64_t width;
	double *item_factors; /* rows of width */
	double *item_squares;

	/* if the model has histories */
	SegRatings ratings;
	SegKnn *item_knn;     /* similarities of items, made on demand */
	SegKnnRule item_rule; /* set when the method makes ready */
} SegCfScorer;

/*
 * Make a model ready, in the memory of the environment.
 */
extern SegStatus
seg_cf_scorer(SegEnv *env, const SegCf *model, SegCfScorer **result);

/*
 * Somebody to predict for: a user of the model, or a visitor with a history.
 * With neither, is_known is false, and the predictions are those for users in
 * general.
 */
typedef struct SegCfUser
{
	bool is_known;
	SegHistory history; /* of a visitor; of a user if the model has it */
	double bias;
	double *factors; /* of the scorer's width */
	SegKnnUser knn;
} SegCfUser;

extern SegStatus
seg_cf_user(SegEnv *env, SegCfScorer *scorer, int64_t user, SegCfUser *result);

/* Ratings of items of the model, in any order; their users are ignored. */
extern SegStatus
seg_cf_visitor(SegEnv *env, SegCfScorer *scorer, const SegRating *rating,
               int64_t n, SegCfUser *result);

/* Clip a prediction to the range of ratings. */
extern double seg_cf_clip(const SegCf *model, double prediction);

extern SegStatus
seg_cf_predict(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user,
               int64_t item, double *prediction);

/* Refuse a model without factors. */
extern SegStatus seg_cf_check_factors(SegEnv *env, const SegCf *model);

/* Why: the users or items that a prediction comes from. */
typedef struct SegCfReasons
{
	const SegIds *ids;
	int64_t n;
	SegKnnReason *reason; /* the most similar first */
} SegCfReasons;

extern SegStatus
seg_cf_reasons(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user,
               int64_t item, SegCfReasons *reasons);

/* The items most similar to one, at most n, if they are similar at all. */
extern SegStatus seg_cf_similar(SegEnv *env, SegCfScorer *scorer, int64_t item,
                                int64_t n, SegTop *top);

/* ---------- recommendations ---------- */

typedef struct SegCfRequest
{
	int64_t n;
	const bool *is_seen; /* of each item: leave it out */
	double diversity;    /* 0 to 1 */
	bool fallback;       /* fill up with popular items */

	/* items that fill up before these, the best first */
	int64_t listed_count;
	const int64_t *listed;

	/* how often each item was shown lately; NULL: never */
	const double *shown;
	double fatigue;    /* the share of its score that an item loses by that */
	double most_shown; /* who was shown so often is left out; NaN: nobody */
} SegCfRequest;

/* Where the items of a list come from: these many first, and the next ones. */
typedef struct SegCfSources
{
	int64_t predicted;
	int64_t listed; /* in the request; the rest is popular */
} SegCfSources;

typedef enum SegCfFallback
{
	SEG_CF_POPULARITY,
	SEG_CF_NO_FALLBACK
} SegCfFallback;

typedef struct SegCfRequestParams
{
	double diversity;
	int fallback;
	SegTexts fallback_items;
	SegNamedNumbers shown;
	double fatigue;
	double most_shown;
} SegCfRequestParams;

extern const SegOption seg_cf_request_options[];

/* At most n items, the best first, in a new array. */
extern SegStatus
seg_cf_recommend(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user,
                 const SegCfRequest *request, SegScored **items, int64_t *count,
                 SegCfSources *sources);

#endif /* SEG_KERNEL_CF_SCORE_H */
