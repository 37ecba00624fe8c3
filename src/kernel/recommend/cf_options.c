/*-------------------------------------------------------------------------
 *
 * cf_options.c
 *	  The recommender methods and the options of each.
 *
 * Each method has its own table, so that it has its own defaults and refuses
 * options that it does not use.
 *
 * src/kernel/recommend/cf_options.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_options.h"

#include <string.h>

#include "kernel/recommend/cf_algorithm.h"

/* clang-format off */
const char *const seg_cf_method_words[] = {
#define WORD(NAME, word) #word,
	SEG_CF_METHOD_LIST(WORD)
	NULL
};

const SegCfAlgorithm *const seg_cf_algorithms[] = {
#define TABLE(NAME, word) &seg_cf_##word,
	SEG_CF_METHOD_LIST(TABLE)
};

const SegOption seg_cf_method_option[] = {
	SEG_CF_METHOD_OPTION(SEG_CF_DEFAULT),
	SEG_OPTION_END
};
/* clang-format on */

const SegOption *
seg_cf_options(SegCfMethod method)
{
	return seg_cf_algorithms[method]->options;
}

SegStatus
seg_cf_lacks(SegEnv *env, const SegCf *model, const char *what)
{
	return seg_fail_name(env,
	                     SEG_NOT_IN_METHOD,
	                     what,
	                     seg_cf_method_words[model->algorithm]);
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

SegStatus
seg_cf_settle(SegEnv *env, SegCfParams *p)
{
	const SegCfAlgorithm *algorithm = seg_cf_algorithms[p->method];

	if (p->rating_min > p->rating_max)
		return seg_fail_range(env,
		                      SEG_OPTION_RANGE,
		                      "rating_max",
		                      p->rating_max,
		                      p->rating_min,
		                      SEG_CF_MAX_RATING);
	if (algorithm->feedback != SEG_CF_EITHER)
		p->feedback = algorithm->feedback;
	return algorithm->settle != NULL ? algorithm->settle(env, p) : SEG_OK;
}
