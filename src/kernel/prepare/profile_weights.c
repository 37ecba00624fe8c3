/*-------------------------------------------------------------------------
 *
 * profile_weights.c
 *	  Weights of the features of a profile, learned from data, and the score that
 *	  they make.
 *
 * How they are weighed is in profile_weighting.c.
 *
 * src/kernel/prepare/profile_weights.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/profile_weights.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/missing.h"
#include "base/tags.h"
#include "kernel/prepare/feature_summary.h"
#include "kernel/prepare/profile_weighting.h"

#define MAX_ROWS 9007199254740992.0
#define MAX_DIM  1000

#define OPTION(member) offsetof(SegProfileWeightsParams, member)

static const char *const method_words[] =
	{[SEG_WEIGHTS_ENTROPY] = "entropy",
     [SEG_WEIGHTS_PCA] = "pca",
     [SEG_WEIGHTS_CRITIC] = "critic",
     [SEG_WEIGHTS_REGRESSION] = NULL}; /* has no word, but an outcome */
static const char regression_word[] = "regression";

static const char *const missing_words[] = {[SEG_MISSING_ERROR] = "error",
                                            [SEG_MISSING_MEAN] = "mean",
                                            [SEG_MISSING_WORST] = "worst",
                                            NULL};
/* before the regression nobody knows what is worst */
static const char *const outcome_missing_words[] =
	{[SEG_MISSING_ERROR] = "error", [SEG_MISSING_MEAN] = "mean", NULL};

/* clang-format off */
static const SegOption options[] = {
	{"directions", SEG_OPTION_TEXTS, OPTION(directions), 0, 0, 0, NULL,
		"of each element, whether more or less of it is better"},
	{"missing", SEG_OPTION_ENUM, OPTION(missing), SEG_MISSING_ERROR, 0, 0,
		missing_words, "error, mean, worst"},
	SEG_OPTION_END
};

static const SegOption regression_weights_options[] = {
	{"missing", SEG_OPTION_ENUM, OPTION(missing), SEG_MISSING_ERROR, 0, 0,
		outcome_missing_words, "error, mean"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegProfileWeights, dim, 1, MAX_DIM),
	SEG_INT(SegProfileWeights, rows_used, 1, MAX_ROWS),
	SEG_INT(SegProfileWeights, rows_skipped, 0, MAX_ROWS),
	SEG_TEXT_FIELD(SegProfileWeights, weighting),
	SEG_JSON_FIELD(SegProfileWeights, options),
	SEG_TEXT_FIELD(SegProfileWeights, version),
	SEG_FEATURE_NAMES_FIELDS(SegProfileWeights, MAX_DIM),
	SEG_TRAINING_ROWS_FIELDS(SegProfileWeights, MAX_DIM),
	SEG_REALS(SegProfileWeights, weights, dim, 0, 1),
	SEG_OPTIONAL_REALS(SegProfileWeights, statistics, dim, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REALS(SegProfileWeights, minima, dim, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REALS(SegProfileWeights, maxima, dim, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REALS(SegProfileWeights, fills, dim, 0, 1),
	SEG_BOOLS(SegProfileWeights, less_is_better, dim),
	SEG_FIELD_END
};
/* clang-format on */

static SegText
word_of(SegWeighting method)
{
	const char *word = method == SEG_WEIGHTS_REGRESSION ? regression_word
	                                                    : method_words[method];

	return (SegText){word, (int64_t) strlen(word)};
}

static bool
profile_weights_are_sound(const void *value)
{
	const SegProfileWeights *m = value;
	bool known = false;
	double sum = 0.0;

	for (int i = SEG_WEIGHTS_ENTROPY; i <= SEG_WEIGHTS_REGRESSION; i++)
		known |= seg_text_compare(word_of(i), m->weighting) == 0;
	for (int64_t j = 0; j < m->dim; j++)
	{
		double range = m->maxima[j] - m->minima[j];

		known &= isnan(m->minima[j]) == isnan(m->maxima[j]) && !(range < 0.0) &&
		         !isinf(range) && isnan(m->fills[j]) == isnan(m->fills[0]);
		sum += m->weights[j];
	}
	return known && fabs(sum - 1.0) <= 1e-6 &&
	       (m->names == 0 || m->names == m->dim) &&
	       seg_training_rows_are_sound(&m->training_rows, m->dim);
}

/* ---------- scores ---------- */

SegStatus
seg_profile_score(SegEnv *env, const SegProfileWeights *m, const double *x,
                  double *score)
{
	double sum = 0.0;

	for (int64_t j = 0; j < m->dim; j++)
	{
		double z = seg_profile_place(m, j, x[j]);

		if (isnan(z))
			return seg_fail(env,
			                SEG_MISSING,
			                "profile_score",
			                (double) j + 1,
			                0);
		sum += m->weights[j] * z;
	}
	*score = fmin(sum, 1.0); /* weights add up to 1 but for rounding */
	return SEG_OK;
}

/* ---------- training ---------- */

/* The arrays of a model in the making. */
typedef struct Parts
{
	double *weights;
	double *statistics;
	double *minima;
	double *maxima;
	double *fills;
	int64_t *less_is_better;
} Parts;

static SegStatus
make_parts(SegEnv *env, int64_t dim, Parts *parts, SegProfileWeights *model)
{
	SEG_ALLOC(env, parts->weights, dim);
	SEG_ALLOC(env, parts->statistics, dim);
	SEG_ALLOC(env, parts->minima, dim);
	SEG_ALLOC(env, parts->maxima, dim);
	SEG_ALLOC(env, parts->fills, dim);
	SEG_ALLOC(env, parts->less_is_better, dim);
	model->dim = dim;
	model->weights = parts->weights;
	model->statistics = parts->statistics;
	model->minima = parts->minima;
	model->maxima = parts->maxima;
	model->fills = parts->fills;
	model->less_is_better = parts->less_is_better;
	return SEG_OK;
}

/*
 * How features are placed from 0 to 1.
 */
static SegStatus
place_features(SegEnv *env, const SegFeatureSummary *summary,
               const SegProfileWeightsParams *params, Parts *parts,
               SegProfileWeights *model)
{
	for (int64_t j = 0; j < model->dim; j++)
	{
		SegFeatureStatistics s = seg_feature_statistics(summary, j);

		parts->minima[j] = s.count > 0 ? s.min : seg_missing();
		parts->maxima[j] = s.count > 0 ? s.max : seg_missing();
		if (s.count > 0 && isinf(s.max - s.min))
			return seg_fail_facts(env,
			                      SEG_VALUE_RANGE,
			                      (SegDiag){.what = "range",
			                                .name = "large",
			                                .got = s.max - s.min,
			                                .want = (double) j + 1});
		if (params->directions.count > 0)
			parts->less_is_better[j] =
				seg_texts_get(&params->directions, j).bytes[0] == 'l';
		parts->statistics[j] = seg_missing();
		parts->fills[j] =
			params->missing == SEG_MISSING_ERROR ? seg_missing() : 0.0;
		if (params->missing == SEG_MISSING_MEAN && s.count > 0)
			parts->fills[j] = seg_profile_place(model, j, s.mean);
	}
	return SEG_OK;
}

/*
 * Make weights add up to 1, and what an outcome says is worse worth less.
 */
static SegStatus
finish_weights(SegEnv *env, SegWeighting method, const char *lacking,
               Parts *parts, SegProfileWeights *model)
{
	double sum = 0.0;

	for (int64_t j = 0; j < model->dim; j++)
		sum += parts->weights[j];
	if (!(sum > 0.0))
		return seg_fail_facts(env,
		                      SEG_NO_TERMS,
		                      (SegDiag){.what = "a profile score",
		                                .name = lacking,
		                                .options = "the features",
		                                .got = (double) model->rows_used});
	for (int64_t j = 0; j < model->dim; j++)
	{
		parts->weights[j] /= sum;
		if (method != SEG_WEIGHTS_REGRESSION || !(parts->statistics[j] < 0.0))
			continue;
		parts->less_is_better[j] = 1;
		parts->fills[j] = 1.0 - parts->fills[j];
	}
	return SEG_OK;
}

static SegStatus
find_weights(SegEnv *env, SegRows *rows, SegWeighting method,
             const SegProfileWeightsParams *params, SegProfileWeights *model)
{
	SegFeatureSummary summary;
	const char *lacking;
	Parts parts;

	model->rows_used = rows->n;
	model->weighting = word_of(method);
	SEG_TRY(make_parts(env, rows->dim, &parts, model));
	SEG_TRY(seg_feature_summary_of_rows(env, rows, &summary));
	SEG_TRY(place_features(env, &summary, params, &parts, model));
	SEG_TRY(seg_profile_weigh(env,
	                          rows,
	                          method,
	                          model,
	                          parts.statistics,
	                          parts.weights,
	                          &lacking));
	return finish_weights(env, method, lacking, &parts, model);
}

static SegStatus
profile_weights_train(SegEnv *env, void *rows, const void *params, void *model)
{
	const SegProfileWeightsParams *p = params;

	return find_weights(env, rows, (SegWeighting) p->method, p, model);
}

static SegStatus
profile_weights_regression_train(SegEnv *env, void *rows, const void *params,
                                 void *model)
{
	return find_weights(env, rows, SEG_WEIGHTS_REGRESSION, params, model);
}

/* ---------- checks ---------- */

/*
 * Directions are words.
 */
static SegStatus
profile_weights_settle(SegEnv *env, void *params)
{
	const SegTexts *directions =
		&((const SegProfileWeightsParams *) params)->directions;

	for (int64_t j = 0; j < directions->count; j++)
	{
		SegText word = seg_texts_get(directions, j);
		char *seen;

		if (seg_text_compare(word, (SegText){"more", 4}) == 0 ||
		    seg_text_compare(word, (SegText){"less", 4}) == 0)
			continue;
		SEG_ALLOC(env, seen, word.length + 1);
		memcpy(seen, word.bytes, (size_t) word.length);
		return seg_fail_facts(env,
		                      SEG_OPTION_WORD,
		                      (SegDiag){.what = "directions",
		                                .seen = seen,
		                                .name = "more, less"});
	}
	return SEG_OK;
}

static SegStatus
profile_weights_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	int64_t given =
		((const SegProfileWeightsParams *) params)->directions.count;

	if (dim > MAX_DIM)
		return seg_fail(env,
		                SEG_LIMIT,
		                "vector elements for profile weights",
		                (double) dim,
		                MAX_DIM);
	if (given > 0 && given != dim)
		return seg_option_bad_size(env, "directions", "words", given, dim);
	return SEG_OK;
}

static SegStatus
check_outcome_row(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	return seg_check_finite(env, "outcome", numbers[0]);
}

/* ---------- tables ---------- */

const SegMethod seg_profile_weights_method = {.tag = SEG_TAG_PROFILE_WEIGHTS,
                                              .format = 1,
                                              .name = "profile_weights",
                                              .title = "profile weights model",
                                              .fields = fields,
                                              .size = sizeof(SegProfileWeights),
                                              .is_sound =
                                                  profile_weights_are_sound};

const SegTrainer seg_profile_weights_trainer =
	{.method = &seg_profile_weights_method,
     .title = "training of profile weights",
     .columns = {{SEG_COLUMN_VECTOR},
                 {SEG_COLUMN_WORD, "method", OPTION(method), method_words}},
     .takes_missing = true,
     .options = options,
     .params_size = sizeof(SegProfileWeightsParams),
     .settle = profile_weights_settle,
     .check_dim = profile_weights_check_dim,
     .smaller = "shorter vectors",
     .train = profile_weights_train};

const SegTrainer seg_profile_weights_regression_trainer =
	{.method = &seg_profile_weights_method,
     .title = "training of profile weights",
     .columns = {{SEG_COLUMN_NUMBER}, {SEG_COLUMN_VECTOR}},
     .takes_missing = true,
     .options = regression_weights_options,
     .params_size = sizeof(SegProfileWeightsParams),
     .check_dim = profile_weights_check_dim,
     .check_row = check_outcome_row,
     .smaller = "shorter vectors",
     .train = profile_weights_regression_train};
