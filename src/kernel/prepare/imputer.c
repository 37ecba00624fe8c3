/*-------------------------------------------------------------------------
 *
 * imputer.c
 *	  Fill in the missing elements of vectors.
 *
 * As scikit-learn's SimpleImputer, with keep_empty_features: an element that no
 * row has becomes 0, or the constant. With indicators, elements 0 and 1 are
 * appended that say what was missing, one for each element that was missing in
 * some row of the training.
 *
 * src/kernel/prepare/imputer.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/imputer.h"

#include <float.h>
#include <math.h>

#include "base/expression.h"
#include "base/tags.h"
#include "kernel/prepare/feature_quantiles.h"
#include "kernel/prepare/feature_summary.h"

#define MAX_ROWS 9007199254740992.0
#define MAX_DIM  16000

#define OPTION(member) offsetof(SegImputerParams, member)

static const char *const imputing_words[] = {[SEG_IMPUTE_MEAN] = "mean",
                                             [SEG_IMPUTE_MEDIAN] = "median",
                                             [SEG_IMPUTE_CONSTANT] = "constant",
                                             NULL};

/* clang-format off */
static const SegOption options[] = {
	{"fill_value", SEG_OPTION_REAL, OPTION(fill_value), 0, -DBL_MAX, DBL_MAX, NULL,
		"what strategy constant fills in"},
	{"indicator", SEG_OPTION_BOOL, OPTION(indicator), 0, 0, 1, NULL,
		"append an element for each one that was missing in training: 1 where missing"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegImputer, dim, 1, MAX_DIM),
	SEG_INT(SegImputer, rows_used, 1, MAX_ROWS),
	SEG_INT(SegImputer, rows_skipped, 0, MAX_ROWS),
	SEG_TEXT_FIELD(SegImputer, strategy),
	SEG_INT(SegImputer, indicators, 0, MAX_DIM),
	SEG_JSON_FIELD(SegImputer, options),
	SEG_TEXT_FIELD(SegImputer, version),
	SEG_FEATURE_NAMES_FIELDS(SegImputer, MAX_DIM),
	SEG_REALS(SegImputer, fills, dim, -DBL_MAX, DBL_MAX),
	SEG_INTS(SegImputer, missing_counts, dim, 0, MAX_ROWS),
	SEG_INTS(SegImputer, indicated, indicators, 1, MAX_DIM),
	SEG_FIELD_END
};
/* clang-format on */

static bool
imputer_is_sound(const void *value)
{
	const SegImputer *m = value;
	bool known = false;

	for (int i = 0; imputing_words[i] != NULL; i++)
		known |= (int64_t) strlen(imputing_words[i]) == m->strategy.length &&
		         memcmp(imputing_words[i],
		                m->strategy.bytes,
		                (size_t) m->strategy.length) == 0;
	for (int64_t j = 0; j < m->dim; j++)
		known &= m->missing_counts[j] <= m->rows_used;
	for (int64_t i = 0; i < m->indicators; i++)
		known &= m->indicated[i] <= m->dim &&
		         (i == 0 || m->indicated[i] > m->indicated[i - 1]) &&
		         m->missing_counts[m->indicated[i] - 1] > 0;
	return known && m->dim + m->indicators <= MAX_DIM &&
	       (m->names == 0 || m->names == m->dim);
}

/* ---------- training ---------- */

/*
 * The fills; 0 where no row has the element.
 */
static SegStatus
find_fills(SegEnv *env, SegRows *rows, const SegImputerParams *params,
           const SegFeatureSummary *summary, double *fills)
{
	static const double middle = 0.5;

	if (params->strategy == SEG_IMPUTE_MEDIAN)
		SEG_TRY(seg_feature_quantiles(env, rows, &middle, 1, fills));
	for (int64_t j = 0; j < rows->dim; j++)
	{
		if (params->strategy == SEG_IMPUTE_CONSTANT)
			fills[j] = params->fill_value + 0.0;
		else if (summary->counts[j] == 0)
			fills[j] = 0.0;
		else if (params->strategy == SEG_IMPUTE_MEAN)
			fills[j] = seg_feature_statistics(summary, j).mean;
	}
	return SEG_OK;
}

static SegStatus
choose_indicators(SegEnv *env, SegImputer *model)
{
	int64_t *indicated;

	SEG_ALLOC(env, indicated, model->dim);
	for (int64_t j = 0; j < model->dim; j++)
	{
		if (model->missing_counts[j] > 0)
			indicated[model->indicators++] = j + 1;
	}
	model->indicated = indicated;
	if (model->dim + model->indicators > MAX_DIM)
		return seg_fail(env,
		                SEG_DIM_LIMIT,
		                "vectors with indicators",
		                (double) (model->dim + model->indicators),
		                MAX_DIM);
	return SEG_OK;
}

static SegStatus
imputer_train(SegEnv *env, void *rows, const void *parameters, void *result)
{
	SegRows *r = rows;
	const SegImputerParams *params = parameters;
	SegImputer *model = result;
	SegFeatureSummary summary;
	const char *word = imputing_words[params->strategy];
	double *fills;
	int64_t *missing;

	SEG_ALLOC(env, fills, r->dim);
	SEG_ALLOC(env, missing, r->dim);
	SEG_TRY(seg_feature_summary_of_rows(env, r, &summary));
	SEG_TRY(find_fills(env, r, params, &summary, fills));
	for (int64_t j = 0; j < r->dim; j++)
		missing[j] = r->n - summary.counts[j];
	model->dim = r->dim;
	model->rows_used = r->n;
	model->strategy = (SegText){word, (int64_t) strlen(word)};
	model->fills = fills;
	model->missing_counts = missing;
	return params->indicator ? choose_indicators(env, model) : SEG_OK;
}

/* ---------- use ---------- */

SegStatus
seg_impute(SegEnv *env, const void *model, const double *x, double *result)
{
	const SegImputer *m = model;

	(void) env;
	for (int64_t j = 0; j < m->dim; j++)
		result[j] = isnan(x[j]) ? m->fills[j] : x[j] + 0.0; /* no -0 */
	for (int64_t i = 0; i < m->indicators; i++)
		result[m->dim + i] = isnan(x[m->indicated[i] - 1]) ? 1.0 : 0.0;
	return SEG_OK;
}

/*
 * As an SQL expression: an array.
 */
static SegStatus
write_imputer(SegEnv *env, const void *model, SegExpression *e)
{
	const SegImputer *m = model;

	(void) env;
	for (int64_t j = 0; j < m->dim; j++)
	{
		seg_express(e, j > 0 ? ", coalesce(" : "ARRAY[coalesce(");
		seg_express_column(e, j);
		seg_express(e, " + ");
		seg_express_number(e, 0.0); /* no -0 */
		seg_express(e, ", ");
		seg_express_number(e, m->fills[j]);
		seg_express(e, ")");
	}
	for (int64_t i = 0; i < m->indicators; i++)
	{
		seg_express(e, ", CASE WHEN ");
		seg_express_column(e, m->indicated[i] - 1);
		seg_express(e, " IS NULL THEN ");
		seg_express_number(e, 1.0);
		seg_express(e, " ELSE ");
		seg_express_number(e, 0.0);
		seg_express(e, " END");
	}
	seg_express(e, "]");
	return SEG_OK;
}

static const SegExpressible imputer_expressible = {.write = write_imputer};

/* ---------- tables ---------- */

const SegMethod seg_imputer_method = {.tag = SEG_TAG_IMPUTER,
                                      .format = 1,
                                      .name = "imputer",
                                      .title = "imputer",
                                      .fields = fields,
                                      .size = sizeof(SegImputer),
                                      .is_sound = imputer_is_sound,
                                      .expressible = &imputer_expressible};

const SegTrainer seg_imputer_trainer = {.method = &seg_imputer_method,
                                        .title = "an imputer",
                                        .columns = {{SEG_COLUMN_VECTOR},
                                                    {SEG_COLUMN_WORD,
                                                     "strategy",
                                                     offsetof(SegImputerParams,
                                                              strategy),
                                                     imputing_words}},
                                        .takes_missing = true,
                                        .options = options,
                                        .params_size = sizeof(SegImputerParams),
                                        .smaller = "shorter vectors",
                                        .train = imputer_train};
