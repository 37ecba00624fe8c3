/*-------------------------------------------------------------------------
 *
 * conformal.c
 *	  How wrong predictions were on held-out rows, and so how far the next one may
 *	  be off: split conformal prediction.
 *
 * If the next row is drawn as the n rows were, its error is equally likely to have
 * any place among theirs, so it is at most the k-th smallest of them with a chance
 * of k / (n + 1) at least, whatever the model and the distribution [1, 2].
 *
 * [1] H. Papadopoulos, K. Proedrou, V. Vovk, A. Gammerman, "Inductive Confidence
 * Machines for Regression", ECML 2002.
 *
 * [2] J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani, L. Wasserman,
 * "Distribution-Free Predictive Inference for Regression", Journal of the American
 * Statistical Association 113, 2018; for classes M. Sadinle, J. Lei, L. Wasserman,
 * "Least Ambiguous Set-Valued Classifiers With Bounded Error Levels", the same 114,
 * 2019.
 *
 * src/kernel/evaluate/conformal.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/conformal.h"

#include <float.h>
#include <math.h>

#include "base/radix_sort.h"
#include "base/tags.h"
#include "kernel/evaluate/loss.h"

#define HUGE_COUNT 9007199254740992.0

static const char *const rule_words[] = {"absolute", "signed", NULL};

/* clang-format off */
#define COVERAGE_OPTION \
	{"coverage", SEG_OPTION_REAL, offsetof(SegConformalParams, coverage), 0.9, 0.001, 0.999999, NULL, \
		"share of the rows whose outcome is covered"}

const SegOption seg_conformal_options[] = {
	COVERAGE_OPTION,
	{"method", SEG_OPTION_ENUM, offsetof(SegConformalParams, method), SEG_CONFORMAL_ABSOLUTE, 0, 1, rule_words,
		"absolute, signed"},
	SEG_OPTION_END
};

static const SegOption class_options[] = {
	COVERAGE_OPTION,
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegConformal, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegConformal, rows_skipped, 0, HUGE_COUNT),
	SEG_BOOL(SegConformal, classes),
	SEG_REAL(SegConformal, coverage, 0, 1),
	SEG_REAL(SegConformal, low, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegConformal, high, -DBL_MAX, DBL_MAX),
	SEG_JSON_FIELD(SegConformal, options),
	SEG_TEXT_FIELD(SegConformal, version),
	SEG_FIELD_END
};
/* clang-format on */

static bool
conformal_is_sound(const void *value)
{
	const SegConformal *m = value;

	return m->low <= m->high && (!m->classes || (m->low >= 0 && m->high == 1));
}

const SegMethod seg_conformal_method = {.tag = SEG_TAG_CONFORMAL,
                                        .format = 1,
                                        .name = "conformal",
                                        .title = "conformal model",
                                        .fields = fields,
                                        .size = sizeof(SegConformal),
                                        .is_sound = conformal_is_sound};

/* ---------- order statistics ---------- */

/* A number of a row. */
typedef double (*RowNumber)(const double *row);

static double
residual(const double *row)
{
	return row[0] - row[1];
}

static double
absolute_residual(const double *row)
{
	return fabs(row[0] - row[1]);
}

static double
minus_probability(const double *row)
{
	return -row[0];
}

static SegStatus
sort_numbers(SegEnv *env, SegRows *rows, RowNumber number, SegRadixItem **items)
{
	SegRadixItem *item, *scratch;
	int64_t steps = 0;
	SegBlock block;

	SEG_ALLOC(env, *items, rows->n);
	SEG_ALLOC(env, scratch, rows->n);
	item = *items;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
			(item++)->key = seg_radix_key(number(block.x + i * rows->stride));
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	return seg_radix_sort(env, *items, scratch, rows->n);
}

/*
 * The least k of which k / (n + 1) is the share at least, but for the rounding of
 * the share; it may be above n.
 */
static int64_t
place_of(int64_t n, double share)
{
	return (int64_t) ceil((double) (n + 1) * share * (1 - 4 * DBL_EPSILON));
}

/*
 * The fewest rows that have a place for the share.
 */
static SegStatus
check_rows_for(SegEnv *env, int64_t n, double share)
{
	double least = floor(share / (1 - share) * (1 - 4 * DBL_EPSILON));

	while (place_of((int64_t) least, share) > (int64_t) least)
		least++;
	if ((double) n >= least)
		return SEG_OK;
	return seg_name_options(env,
	                        seg_fail(env,
	                                 SEG_SHORT_OF_ROWS,
	                                 "this coverage",
	                                 (double) n,
	                                 least),
	                        "the option \"coverage\"");
}

/* ---------- training ---------- */

SegStatus
seg_conformal_train(SegEnv *env, SegRows *rows,
                    const SegConformalParams *params, SegConformal *model)
{
	bool is_signed = params->method == SEG_CONFORMAL_SIGNED;
	double share = is_signed ? (1 + params->coverage) / 2 : params->coverage;
	int64_t n = rows->n;
	SegRadixItem *items;
	int64_t place = place_of(n, share);

	model->rows_used = n;
	model->coverage = params->coverage;
	SEG_TRY(check_rows_for(env, n, share));
	SEG_TRY(sort_numbers(env,
	                     rows,
	                     is_signed ? residual : absolute_residual,
	                     &items));
	model->high = seg_radix_unkey(items[place - 1].key);
	model->low =
		is_signed ? seg_radix_unkey(items[n - place].key) : -model->high;
	model->low += 0.0; /* -0 is 0 */
	return SEG_OK;
}

SegStatus
seg_conformal_classes_train(SegEnv *env, SegRows *rows,
                            const SegConformalParams *params,
                            SegConformal *model)
{
	int64_t n = rows->n;
	SegRadixItem *items;

	model->rows_used = n;
	model->coverage = params->coverage;
	model->classes = true;
	SEG_TRY(check_rows_for(env, n, params->coverage));
	SEG_TRY(sort_numbers(env, rows, minus_probability, &items));
	model->low =
		0.0 - seg_radix_unkey(items[place_of(n, params->coverage) - 1].key);
	model->high = 1;
	return SEG_OK;
}

/* ---------- the trainers ---------- */

static SegStatus
conformal_check_row(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	SEG_TRY(seg_check_finite(env, "actual value", numbers[0]));
	SEG_TRY(seg_check_finite(env, "predicted value", numbers[1]));
	if (!isfinite(residual(numbers)))
		return seg_fail(env, SEG_NOT_FINITE, "error of the prediction", 0, 0);
	return SEG_OK;
}

static SegStatus
conformal_check_probability(SegEnv *env, double *probability, bool *counts)
{
	*counts = true;
	return seg_check_probability(env, *probability);
}

static int64_t
conformal_row_bytes(int64_t dim)
{
	(void) dim;
	return (int64_t) (2 * sizeof(SegRadixItem));
}

static SegStatus
conformal_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_conformal_train(env, rows, params, model);
}

static SegStatus
conformal_classes_train(SegEnv *env, void *rows, const void *params,
                        void *model)
{
	return seg_conformal_classes_train(env, rows, params, model);
}

const SegTrainer seg_conformal_trainer = {.method = &seg_conformal_method,
                                          .title = "a conformal model",
                                          .columns = {{SEG_COLUMN_NUMBER},
                                                      {SEG_COLUMN_NUMBER}},
                                          .options = seg_conformal_options,
                                          .params_size =
                                              sizeof(SegConformalParams),
                                          .check_row = conformal_check_row,
                                          .row_bytes = conformal_row_bytes,
                                          .train = conformal_train};

const SegTrainer seg_conformal_classes_trainer =
	{.method = &seg_conformal_method,
     .title = "a conformal model",
     .columns = {{SEG_COLUMN_NUMBER}},
     .options = class_options,
     .params_size = sizeof(SegConformalParams),
     .check_row = conformal_check_probability,
     .row_bytes = conformal_row_bytes,
     .train = conformal_classes_train};
