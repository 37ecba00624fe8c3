/*-------------------------------------------------------------------------
 *
 * cf_options.h
 *	  The recommender methods and the options of each.
 *
 * src/kernel/recommend/cf_options.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_OPTIONS_H
#define SEG_KERNEL_CF_OPTIONS_H

#include <math.h>

#include "base/options.h"

#define SEG_CF_MAX_FACTORS 1000
#define SEG_CF_MAX_ITEMS   20000 /* of ease, whose time grows with n^3 */
#define SEG_CF_MAX_RATING  1e50  /* squares of squares stay far from overflow */

/*
 * All methods, in the one place that lists them.  Their order numbers them, in
 * models too: a new one comes last.  Method "word" is seg_cf_word, a table in
 * its own file, see cf_algorithm.h.
 */
#define SEG_CF_METHOD_LIST(METHOD) \
	METHOD(SVD, svd) \
	METHOD(BASELINE, baseline) \
	METHOD(USER_KNN, user_knn) \
	METHOD(ITEM_KNN, item_knn) \
	METHOD(ALS, als_implicit) \
	METHOD(EASE, ease)

/* clang-format off */
typedef enum SegCfMethod
{
#define SEG_CF_NUMBER(NAME, word) SEG_CF_##NAME,
	SEG_CF_METHOD_LIST(SEG_CF_NUMBER)
	SEG_CF_METHODS,
	SEG_CF_DEFAULT = SEG_CF_SVD /* where no option says which */
} SegCfMethod;
/* clang-format on */

typedef enum SegCfFeedback
{
	SEG_CF_EXPLICIT, /* ratings: how good */
	SEG_CF_IMPLICIT, /* weights: how often */
	SEG_CF_EITHER    /* of a method: an option says which */
} SegCfFeedback;

typedef enum SegCfSimilarity
{
	SEG_CF_MSD,
	SEG_CF_COSINE,
	SEG_CF_PEARSON,
	SEG_CF_PEARSON_BASELINE
} SegCfSimilarity;

/* What ratings are relative to. */
typedef enum SegCfCenter
{
	SEG_CF_CENTER_MEAN,
	SEG_CF_CENTER_BASELINE,
	SEG_CF_CENTER_NONE
} SegCfCenter;

typedef struct SegCfParams
{
	int method;
	/* ratings */
	int feedback;      /* set for every method once settled */
	double rating_min; /* NaN: that of the ratings */
	double rating_max;
	/* factors */
	int64_t factors;
	int64_t iterations; /* in svd, the option epochs */
	double learning_rate;
	double learning_rate_decay;
	double regularization;
	double regularization_exponent;
	double alpha;
	double init_deviation;
	bool standardize;
	bool shuffle;
	int64_t seed;
	/* biases */
	double user_regularization;
	double item_regularization;
	/* neighbours */
	int similarity;
	int center;
	int64_t k; /* the option neighbours in ease */
	int64_t min_k;
	int64_t min_support;
	double shrinkage;
} SegCfParams;

extern const char *const seg_cf_method_words[];

/*
 * Options that several methods have, and bounds.
 */
#define SEG_CF_MAX_STEPS 100000
#define SEG_CF_MAX_K     1000000
#define SEG_CF_TINY      1e-12

#define SEG_CF_OPTION(member) offsetof(SegCfParams, member)

/* The help of the option "method" is its words, without the first comma. */
/* clang-format off */
#define SEG_CF_COMMA_WORD(NAME, word) ", " #word
#define SEG_CF_METHOD_OPTION(which) \
	{"method", SEG_OPTION_ENUM, SEG_CF_OPTION(method), which, 0, 0, seg_cf_method_words, \
		&(SEG_CF_METHOD_LIST(SEG_CF_COMMA_WORD))[2]}
#define SEG_CF_RATING_RANGE_OPTIONS \
	{"rating_min", SEG_OPTION_REAL, SEG_CF_OPTION(rating_min), NAN, -SEG_CF_MAX_RATING, SEG_CF_MAX_RATING, NULL, \
		"least prediction"}, \
	{"rating_max", SEG_OPTION_REAL, SEG_CF_OPTION(rating_max), NAN, -SEG_CF_MAX_RATING, SEG_CF_MAX_RATING, NULL, \
		"largest prediction"}
#define SEG_CF_SEED_OPTION \
	{"seed", SEG_OPTION_INT, SEG_CF_OPTION(seed), 42, 0, 9007199254740992.0, NULL, \
		"seed of the random draws"}
/* clang-format on */

/* Only the option that chooses the method. */
extern const SegOption seg_cf_method_option[];

/* All options of a method, including the one that chooses it. */
extern const SegOption *seg_cf_options(SegCfMethod method);

/* Check a rating: finite, not too large and, if a weight, not negative. */
extern SegStatus
seg_cf_check_rating(SegEnv *env, bool is_implicit, double rating);

/* Set what follows from the method or other options; refuse contradictions. */
extern SegStatus seg_cf_settle(SegEnv *env, SegCfParams *params);

#endif /* SEG_KERNEL_CF_OPTIONS_H */
