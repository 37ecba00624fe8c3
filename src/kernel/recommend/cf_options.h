/*-------------------------------------------------------------------------
 *
 * cf_options.h
 *	  The methods of recommenders and the options of each.
 *
 * src/kernel/recommend/cf_options.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CF_OPTIONS_H
#define SEG_KERNEL_CF_OPTIONS_H

#include "base/options.h"

#define SEG_CF_MAX_FACTORS 1000
#define SEG_CF_MAX_ITEMS   20000 /* of ease, whose time grows with n^3 */
#define SEG_CF_MAX_RATING  1e50  /* squares of squares stay far from overflow */

/* In the order of seg_cf_method_words; the numbers stand in models. */
typedef enum SegCfMethod
{
	SEG_CF_SVD,
	SEG_CF_BASELINE,
	SEG_CF_USER_KNN,
	SEG_CF_ITEM_KNN,
	SEG_CF_ALS,
	SEG_CF_EASE,
	SEG_CF_METHODS
} SegCfMethod;

typedef enum SegCfFeedback
{
	SEG_CF_EXPLICIT, /* ratings: how good */
	SEG_CF_IMPLICIT  /* weights: how often */
} SegCfFeedback;

typedef enum SegCfSimilarity
{
	SEG_CF_MSD,
	SEG_CF_COSINE,
	SEG_CF_PEARSON,
	SEG_CF_PEARSON_BASELINE
} SegCfSimilarity;

/* What ratings are seen relative to. */
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
	int feedback;
	double rating_min; /* NaN: that of the ratings */
	double rating_max;
	/* factors */
	int64_t factors;
	int64_t iterations; /* the option epochs, where steps are of ratings */
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

/* The option that chooses the method, alone. */
extern const SegOption seg_cf_method_option[];

/* All options of a method, the method among them. */
extern const SegOption *seg_cf_options(SegCfMethod method);

/* Is there an option of this name, of any method but not of this one? */
extern bool seg_cf_option_is_foreign(SegCfMethod method, const char *name);

/* Is it about how often, not about how good? */
static inline bool
seg_cf_is_implicit(int method, int feedback)
{
	return method == SEG_CF_ALS || method == SEG_CF_EASE ||
	       feedback == SEG_CF_IMPLICIT;
}

/* Finite, not too large, and a weight not negative. */
extern SegStatus
seg_cf_check_rating(SegEnv *env, bool is_implicit, double rating);

/* Defaults that depend on other options, and what does not go together. */
extern SegStatus seg_cf_settle(SegEnv *env, SegCfParams *params);

#endif /* SEG_KERNEL_CF_OPTIONS_H */
