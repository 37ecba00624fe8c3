/*-------------------------------------------------------------------------
 *
 * winsorizer.c
 *	  Pull extreme elements of vectors in to a quantile.
 *
 * What is below the lower quantile of the rows of training becomes that, and what
 * is above the upper one becomes that [1]. Quantiles are those of percentile_cont.
 *
 * [1] W. J. Dixon, "Simplified Estimation from Censored Normal Samples", Annals of
 * Mathematical Statistics 31, 1960, who names the method after C. P. Winsor.
 *
 * src/kernel/prepare/winsorizer.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/winsorizer.h"

#include <float.h>
#include <math.h>

#include "base/expression.h"
#include "base/missing.h"
#include "base/tags.h"
#include "kernel/prepare/feature_quantiles.h"

#define MAX_ROWS 9007199254740992.0
#define MAX_DIM  16000

#define OPTION(member) offsetof(SegWinsorizerParams, member)

/* clang-format off */
static const SegOption options[] = {
	{"lower", SEG_OPTION_REAL, OPTION(lower), 0.01, 0, 1, NULL,
		"share of the rows that is pulled up, or nearly so"},
	{"upper", SEG_OPTION_REAL, OPTION(upper), 0.99, 0, 1, NULL,
		"share of the rows above which the rest is pulled down"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegWinsorizer, dim, 1, MAX_DIM),
	SEG_INT(SegWinsorizer, rows_used, 1, MAX_ROWS),
	SEG_INT(SegWinsorizer, rows_skipped, 0, MAX_ROWS),
	SEG_JSON_FIELD(SegWinsorizer, options),
	SEG_TEXT_FIELD(SegWinsorizer, version),
	SEG_FEATURE_NAMES_FIELDS(SegWinsorizer, MAX_DIM),
	SEG_REAL(SegWinsorizer, lower, 0, 1),
	SEG_REAL(SegWinsorizer, upper, 0, 1),
	SEG_OPTIONAL_REALS(SegWinsorizer, lows, dim, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REALS(SegWinsorizer, highs, dim, -DBL_MAX, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
winsorizer_is_sound(const void *value)
{
	const SegWinsorizer *m = value;

	for (int64_t j = 0; j < m->dim; j++)
	{
		if ((isnan(m->lows[j]) != 0) != (isnan(m->highs[j]) != 0) ||
		    m->lows[j] > m->highs[j])
			return false;
	}
	return m->lower < m->upper && (m->names == 0 || m->names == m->dim);
}

/* ---------- training ---------- */

static SegStatus
winsorizer_settle(SegEnv *env, void *parameters)
{
	const SegWinsorizerParams *params = parameters;

	if (params->lower < params->upper)
		return SEG_OK;
	return seg_fail_facts(env,
	                      SEG_NOT_BELOW,
	                      (SegDiag){.what = "option \"lower\"",
	                                .name = "option \"upper\"",
	                                .got = params->lower,
	                                .want = params->upper});
}

static SegStatus
winsorizer_train(SegEnv *env, void *rows, const void *parameters, void *result)
{
	const SegWinsorizerParams *params = parameters;
	const double fractions[] = {params->lower, params->upper};
	SegWinsorizer *model = result;
	SegRows *r = rows;
	double *quantiles, *lows, *highs;

	SEG_ALLOC(env, quantiles, 2 * (int64_t) r->dim);
	SEG_ALLOC(env, lows, r->dim);
	SEG_ALLOC(env, highs, r->dim);
	SEG_TRY(seg_feature_quantiles(env, r, fractions, 2, quantiles));
	for (int64_t j = 0; j < r->dim; j++)
	{
		lows[j] = quantiles[2 * j];
		highs[j] = quantiles[2 * j + 1];
	}
	model->dim = r->dim;
	model->rows_used = r->n;
	model->lower = params->lower;
	model->upper = params->upper;
	model->lows = lows;
	model->highs = highs;
	return SEG_OK;
}

/* ---------- use ---------- */

SegStatus
seg_winsorize(SegEnv *env, const void *model, const double *x, double *result)
{
	const SegWinsorizer *m = model;

	(void) env;
	for (int64_t j = 0; j < m->dim; j++)
	{
		if (isnan(x[j]) || isnan(m->lows[j]))
			result[j] = seg_missing();
		else
			result[j] = fmin(fmax(x[j], m->lows[j]), m->highs[j]) + 0.0;
	}
	return SEG_OK;
}

/*
 * As an SQL expression: an array. Adding 0 leaves no -0.
 */
static SegStatus
write_winsorizer(SegEnv *env, const void *model, SegExpression *e)
{
	const SegWinsorizer *m = model;

	(void) env;
	for (int64_t j = 0; j < m->dim; j++)
	{
		seg_express(e, j > 0 ? ", " : "ARRAY[");
		if (isnan(m->lows[j]))
		{
			seg_express(e, "NULL::float8");
			continue;
		}
		/* not least(greatest()), which take a NULL for no limit */
		seg_express(e, "CASE WHEN ");
		seg_express_column(e, j);
		seg_express(e, " < ");
		seg_express_number(e, m->lows[j]);
		seg_express(e, " THEN ");
		seg_express_number(e, m->lows[j]);
		seg_express(e, " WHEN ");
		seg_express_column(e, j);
		seg_express(e, " > ");
		seg_express_number(e, m->highs[j]);
		seg_express(e, " THEN ");
		seg_express_number(e, m->highs[j]);
		seg_express(e, " ELSE ");
		seg_express_column(e, j);
		seg_express(e, " + ");
		seg_express_number(e, 0.0);
		seg_express(e, " END");
	}
	seg_express(e, "]");
	return SEG_OK;
}

static const SegExpressible winsorizer_expressible = {.write =
                                                          write_winsorizer};

/* ---------- tables ---------- */

const SegMethod seg_winsorizer_method = {.tag = SEG_TAG_WINSORIZER,
                                         .format = 1,
                                         .name = "winsorizer",
                                         .title = "winsorizer",
                                         .fields = fields,
                                         .size = sizeof(SegWinsorizer),
                                         .is_sound = winsorizer_is_sound,
                                         .expressible =
                                             &winsorizer_expressible};

const SegTrainer seg_winsorizer_trainer = {.method = &seg_winsorizer_method,
                                           .title = "a winsorizer",
                                           .columns = {{SEG_COLUMN_VECTOR}},
                                           .takes_missing = true,
                                           .options = options,
                                           .params_size =
                                               sizeof(SegWinsorizerParams),
                                           .settle = winsorizer_settle,
                                           .smaller = "shorter vectors",
                                           .train = winsorizer_train};
