/*-------------------------------------------------------------------------
 *
 * cf_options.c
 *	  The methods of recommenders and the options of each.
 *
 * Each method has a table of its own, so that defaults are the method's and an
 * option that a method does not use is refused.
 *
 * src/kernel/recommend/cf_options.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_options.h"

#include <math.h>
#include <string.h>

#define MAX_SEED  9007199254740992.0
#define MAX_STEPS 100000
#define MAX_K     1000000
#define TINY      1e-12

const char *const seg_cf_method_words[] =
	{"svd", "baseline", "user_knn", "item_knn", "als_implicit", "ease", NULL};

static const char *const feedback_words[] = {"explicit", "implicit", NULL};
static const char *const similarity_words[] = {"msd",
                                               "cosine",
                                               "pearson",
                                               "pearson_baseline",
                                               NULL};
static const char *const center_words[] = {"mean", "baseline", "none", NULL};

#define OPTION(member) offsetof(SegCfParams, member)

/* clang-format off */
#define METHOD(which) \
	{"method", SEG_OPTION_ENUM, OPTION(method), which, 0, 0, seg_cf_method_words, \
		"svd, baseline, user_knn, item_knn, als_implicit, ease"}
#define RATING_RANGE \
	{"rating_min", SEG_OPTION_REAL, OPTION(rating_min), NAN, -SEG_CF_MAX_RATING, SEG_CF_MAX_RATING, NULL, \
		"least prediction"}, \
	{"rating_max", SEG_OPTION_REAL, OPTION(rating_max), NAN, -SEG_CF_MAX_RATING, SEG_CF_MAX_RATING, NULL, \
		"largest prediction"}
#define SEED \
	{"seed", SEG_OPTION_INT, OPTION(seed), 42, 0, MAX_SEED, NULL, \
		"seed of the random draws"}

const SegOption seg_cf_method_option[] = {
	METHOD(SEG_CF_SVD),
	SEG_OPTION_END
};

static const SegOption svd_options[] = {
	METHOD(SEG_CF_SVD),
	{"factors", SEG_OPTION_INT, OPTION(factors), 64, 0, SEG_CF_MAX_FACTORS, NULL,
		"factors of each user and item"},
	{"epochs", SEG_OPTION_INT, OPTION(iterations), 40, 1, MAX_STEPS, NULL,
		"passes over the ratings"},
	{"learning_rate", SEG_OPTION_REAL, OPTION(learning_rate), 0.02, TINY, 1, NULL,
		"length of a step in the first epoch"},
	{"learning_rate_decay", SEG_OPTION_REAL, OPTION(learning_rate_decay), 0.97, TINY, 1, NULL,
		"by which the length is multiplied after each epoch"},
	{"regularization", SEG_OPTION_REAL, OPTION(regularization), 0.08, 0, 1e6, NULL,
		"weight of the squares of biases and factors, for each rating"},
	{"init_deviation", SEG_OPTION_REAL, OPTION(init_deviation), 0.03, 0, 10, NULL,
		"standard deviation of the first factors"},
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 1, 0, 1, NULL,
		"learn from ratings divided by their standard deviation"},
	{"shuffle", SEG_OPTION_BOOL, OPTION(shuffle), 1, 0, 1, NULL,
		"take the ratings in random order"},
	SEED,
	RATING_RANGE,
	SEG_OPTION_END
};

static const SegOption baseline_options[] = {
	METHOD(SEG_CF_BASELINE),
	{"iterations", SEG_OPTION_INT, OPTION(iterations), 10, 1, MAX_STEPS, NULL,
		"rounds of fitting items, then users"},
	{"user_regularization", SEG_OPTION_REAL, OPTION(user_regularization), 15, 0, 1e9, NULL,
		"ratings at the mean that each user is given"},
	{"item_regularization", SEG_OPTION_REAL, OPTION(item_regularization), 10, 0, 1e9, NULL,
		"ratings at the mean that each item is given"},
	RATING_RANGE,
	SEG_OPTION_END
};

#define KNN_OPTIONS(which) \
	METHOD(which), \
	{"feedback", SEG_OPTION_ENUM, OPTION(feedback), SEG_CF_EXPLICIT, 0, 0, feedback_words, \
		"explicit, implicit"}, \
	{"similarity", SEG_OPTION_ENUM, OPTION(similarity), -1, 0, 0, similarity_words, \
		"msd, cosine, pearson, pearson_baseline"}, \
	{"center", SEG_OPTION_ENUM, OPTION(center), -1, 0, 0, center_words, \
		"mean, baseline, none"}, \
	{"k", SEG_OPTION_INT, OPTION(k), 40, 1, MAX_K, NULL, \
		"neighbours that count at most"}, \
	{"min_k", SEG_OPTION_INT, OPTION(min_k), 1, 1, MAX_K, NULL, \
		"neighbours without which there is no prediction from them"}, \
	{"min_support", SEG_OPTION_INT, OPTION(min_support), 1, 1, MAX_K, NULL, \
		"ratings in common without which a similarity is 0"}, \
	{"shrinkage", SEG_OPTION_REAL, OPTION(shrinkage), NAN, 0, 1e9, NULL, \
		"ratings in common at which a similarity is halved"}, \
	RATING_RANGE, \
	SEG_OPTION_END

static const SegOption user_knn_options[] = { KNN_OPTIONS(SEG_CF_USER_KNN) };
static const SegOption item_knn_options[] = { KNN_OPTIONS(SEG_CF_ITEM_KNN) };

static const SegOption als_options[] = {
	METHOD(SEG_CF_ALS),
	{"factors", SEG_OPTION_INT, OPTION(factors), 64, 1, SEG_CF_MAX_FACTORS, NULL,
		"factors of each user and item"},
	{"iterations", SEG_OPTION_INT, OPTION(iterations), 15, 1, MAX_STEPS, NULL,
		"rounds of solving for items, then users"},
	{"alpha", SEG_OPTION_REAL, OPTION(alpha), 10, TINY, 1e9, NULL,
		"what a weight of 1 adds to the confidence of 1 of every pair"},
	{"regularization", SEG_OPTION_REAL, OPTION(regularization), 0.03, TINY, 1e9, NULL,
		"weight of the squares of factors, for each unit of confidence"},
	{"regularization_exponent", SEG_OPTION_REAL, OPTION(regularization_exponent), 1, 0, 1, NULL,
		"power of the confidence in it; 0: the same for all"},
	{"init_deviation", SEG_OPTION_REAL, OPTION(init_deviation), 0.1, TINY, 10, NULL,
		"length of the first factors of a user"},
	SEED,
	SEG_OPTION_END
};

static const SegOption ease_options[] = {
	METHOD(SEG_CF_EASE),
	{"regularization", SEG_OPTION_REAL, OPTION(regularization), 500, TINY, 1e12, NULL,
		"weight of the squares of the item weights"},
	{"neighbours", SEG_OPTION_INT, OPTION(k), 100, 1, MAX_K, NULL,
		"weights that each item keeps, the largest"},
	SEG_OPTION_END
};
/* clang-format on */

static const SegOption *const tables[SEG_CF_METHODS] = {
	[SEG_CF_SVD] = svd_options,
	[SEG_CF_BASELINE] = baseline_options,
	[SEG_CF_USER_KNN] = user_knn_options,
	[SEG_CF_ITEM_KNN] = item_knn_options,
	[SEG_CF_ALS] = als_options,
	[SEG_CF_EASE] = ease_options,
};

const SegOption *
seg_cf_options(SegCfMethod method)
{
	return tables[method];
}

static bool
has_option(SegCfMethod method, const char *name)
{
	for (const SegOption *o = tables[method]; o->name != NULL; o++)
	{
		if (strcmp(o->name, name) == 0)
			return true;
	}
	return false;
}

bool
seg_cf_option_is_foreign(SegCfMethod method, const char *name)
{
	bool is_known = false;

	for (int other = 0; other < SEG_CF_METHODS; other++)
		is_known = is_known || has_option((SegCfMethod) other, name);
	return is_known && !has_option(method, name);
}

SegStatus
seg_cf_check_rating(SegEnv *env, bool is_implicit, double rating)
{
	double least = is_implicit ? 0.0 : -SEG_CF_MAX_RATING;
	const char *what = is_implicit ? "rating as implicit feedback" : "rating";

	SEG_TRY(seg_check_finite(env, what, rating));
	if (rating < least || rating > SEG_CF_MAX_RATING)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      what,
		                      rating,
		                      least,
		                      SEG_CF_MAX_RATING);
	return SEG_OK;
}

static SegStatus
settle_neighbours(SegEnv *env, SegCfParams *p)
{
	if (p->feedback == SEG_CF_IMPLICIT)
	{
		if (p->similarity >= 0 && p->similarity != SEG_CF_COSINE)
			return seg_fail_name(env,
			                     SEG_OPTION_WORD,
			                     "similarity",
			                     "cosine (with implicit feedback)");
		if (p->center >= 0 && p->center != SEG_CF_CENTER_NONE)
			return seg_fail_name(env,
			                     SEG_OPTION_WORD,
			                     "center",
			                     "none (with implicit feedback)");
		p->similarity = SEG_CF_COSINE;
		p->center = SEG_CF_CENTER_NONE;
	}
	if (p->similarity < 0)
		p->similarity = SEG_CF_MSD;
	if (p->center < 0)
		p->center = p->similarity == SEG_CF_PEARSON_BASELINE
		                ? SEG_CF_CENTER_BASELINE
		                : SEG_CF_CENTER_MEAN;
	if (isnan(p->shrinkage))
		p->shrinkage = p->similarity == SEG_CF_PEARSON_BASELINE ? 100 : 0;
	return SEG_OK;
}

SegStatus
seg_cf_settle(SegEnv *env, SegCfParams *p)
{
	if (p->rating_min > p->rating_max)
		return seg_fail_range(env,
		                      SEG_OPTION_RANGE,
		                      "rating_max",
		                      p->rating_max,
		                      p->rating_min,
		                      SEG_CF_MAX_RATING);
	if (p->method != SEG_CF_USER_KNN && p->method != SEG_CF_ITEM_KNN)
		return SEG_OK;
	return settle_neighbours(env, p);
}
