/*-------------------------------------------------------------------------
 *
 * cf_knn.h
 *	  Similarities of users, or of items, and predictions from the ratings of
 *	  the most similar ones.
 *
 * Both are one method: "own" lists are those of the users or of the items,
 * "other" lists the same ratings the other way round.
 *
 * src/kernel/recommend/cf_knn.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_KNN_H
#define SEG_KERNEL_CF_KNN_H

#include "base/top.h"
#include "kernel/recommend/cf_bias.h"
#include "kernel/recommend/cf_options.h"

typedef struct SegKnnRule
{
	SegCfSimilarity similarity;
	SegCfCenter center;
	bool implicit;
	int64_t k;
	int64_t min_k;
	int64_t min_support;
	double shrinkage;
} SegKnnRule;

/* What two lists have in common, summed. */
typedef struct SegPairSums
{
	double n;
	double xy; /* for msd, the squares of x - y */
	double xx;
	double yy;
	double x;
	double y;
} SegPairSums;

typedef struct SegKnn
{
	SegEnv home; /* where rows live */
	SegKnnRule rule;
	bool of_users;
	const SegRatingLists *own;
	const SegRatingLists *other;
	SegRatingLists own_seen; /* the values that are compared */
	SegRatingLists other_seen;
	SegBiases center;   /* what ratings are relative to */
	SegBiases baseline; /* what correlations subtract first */
	double *square;     /* implicit: sum of squares of each list */

	/* rows of similarities that were asked for */
	int64_t room; /* most neighbours kept at once, over all items */
	int64_t slots;
	int64_t next;
	int32_t *slot_of;  /* list: its slot + 1; 0: not there */
	int32_t *owner_of; /* slot: its list */
	double **row;

	SegPairSums *pair; /* scratch: per list, zero unless it was met */
	int32_t *touched;  /* lists that were met */
	int64_t met;
	SegTop top;
} SegKnn;

/* Who asks: a user of the model, or one who came with a history. */
typedef struct SegKnnUser
{
	int32_t user;       /* -1: not in the model */
	SegHistory history; /* ratings as they are */
	double bias;        /* of the user, as in center */
	double *row;        /* if the user is not in the model: similarities */
} SegKnnUser;

extern SegStatus
seg_knn_create(SegEnv *env, const SegRatings *ratings, const SegKnnRule *rule,
               bool of_users, SegKnn **result);

/* Similarity of a list to all lists; to itself 0.  Valid until the next call. */
extern SegStatus
seg_knn_row(SegEnv *env, SegKnn *knn, int32_t list, const double **row);

/* A user who came with a history, and one in the model. */
extern SegStatus seg_knn_visitor(SegEnv *env, SegKnn *knn,
                                 const SegHistory *history, SegKnnUser *user);
extern void seg_knn_user(const SegKnn *knn, int32_t user, SegKnnUser *result);

/* A neighbour that counts, and what it adds to the prediction. */
typedef struct SegKnnReason
{
	int32_t neighbour;
	double similarity;
	double rating;
	double contribution;
} SegKnnReason;

/*
 * Prediction of the user's rating of an item; reasons, if not NULL, has room for
 * k of them.  found: how many neighbours there are; below min_k the prediction
 * is the center.
 */
extern SegStatus
seg_knn_predict(SegEnv *env, SegKnn *knn, const SegKnnUser *user, int32_t item,
                double *prediction, int64_t *found, SegKnnReason *reasons);

/* The same for all items; found shows which have few neighbours. */
extern SegStatus
seg_knn_predict_all(SegEnv *env, SegKnn *knn, const SegKnnUser *user,
                    double *prediction, int64_t *found);

#endif /* SEG_KERNEL_CF_KNN_H */
