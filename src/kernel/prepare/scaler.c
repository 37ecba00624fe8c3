/*-------------------------------------------------------------------------
 *
 * scaler.c
 *	  Bring the elements of vectors to one scale, and back.
 *
 * The definitions are those of scikit-learn's StandardScaler, MinMaxScaler,
 * MaxAbsScaler and RobustScaler: missing elements do not count and stay missing,
 * and an element that is constant is only centered.
 *
 * src/kernel/prepare/scaler.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/scaler.h"

#include <float.h>
#include <math.h>

#include "base/expression.h"
#include "base/missing.h"
#include "base/tags.h"
#include "kernel/prepare/feature_quantiles.h"

#define MAX_ROWS 9007199254740992.0

const char *const seg_scaling_words[] = {[SEG_SCALE_STANDARD] = "standard",
                                         [SEG_SCALE_MINMAX] = "minmax",
                                         [SEG_SCALE_MAXABS] = "maxabs",
                                         [SEG_SCALE_ROBUST] = "robust",
                                         NULL};

static const SegField fields[] = {SEG_INT(SegScaler, dim, 1, 16000),
                                  SEG_INT(SegScaler, rows_used, 1, MAX_ROWS),
                                  SEG_INT(SegScaler, rows_skipped, 0, MAX_ROWS),
                                  SEG_TEXT_FIELD(SegScaler, scaling),
                                  SEG_TEXT_FIELD(SegScaler, version),
                                  SEG_OPTIONAL_REALS(SegScaler, centers, dim,
                                                     -DBL_MAX, DBL_MAX),
                                  SEG_REALS(SegScaler, scales, dim, 0, DBL_MAX),
                                  SEG_FIELD_END};

static bool
scaler_is_sound(const void *value)
{
	const SegScaler *m = value;
	bool known = false;

	for (int i = 0; seg_scaling_words[i] != NULL; i++)
		known |= (int64_t) strlen(seg_scaling_words[i]) == m->scaling.length &&
		         memcmp(seg_scaling_words[i],
		                m->scaling.bytes,
		                (size_t) m->scaling.length) == 0;
	for (int64_t j = 0; j < m->dim; j++)
	{
		if (m->scales[j] == 0.0)
			return false;
	}
	return known;
}

/* ---------- training ---------- */

/*
 * Center and width of an element from its statistics.
 */
static void
place_by_statistics(const SegFeatureStatistics *s, SegScaling method,
                    double *center, double *width)
{
	switch (method)
	{
		case SEG_SCALE_STANDARD:
			*center = s->mean;
			*width = seg_feature_deviation(s, s->count);
			break;
		case SEG_SCALE_MINMAX:
			*center = s->min;
			*width = s->max - s->min;
			break;
		default:
			*center = 0.0;
			*width = fmax(fabs(s->min), fabs(s->max));
	}
}

static SegStatus
place_by_quartiles(SegEnv *env, SegRows *rows, double *centers, double *widths)
{
	static const double fractions[] = {0.25, 0.5, 0.75};
	double *quartiles;

	SEG_ALLOC(env, quartiles, 3 * (int64_t) rows->dim);
	SEG_TRY(seg_feature_quantiles(env, rows, fractions, 3, quartiles));
	for (int64_t j = 0; j < rows->dim; j++)
	{
		const double *q = quartiles + 3 * j;

		centers[j] = q[1];
		widths[j] = isnan(q[1]) ? 0.0 : q[2] - q[0];
	}
	return SEG_OK;
}

/*
 * The model of these centers and widths.
 */
static SegStatus
fill_scaler(SegEnv *env, SegScaling method, int64_t dim, int64_t rows,
            double *centers, double *widths, SegScaler *model)
{
	for (int64_t j = 0; j < dim; j++)
	{
		if (isinf(widths[j]))
			return seg_fail_facts(env,
			                      SEG_VALUE_RANGE,
			                      (SegDiag){.what = "range",
			                                .name = "large",
			                                .got = widths[j],
			                                .want = (double) j + 1});
		if (widths[j] == 0.0)
			widths[j] = 1.0;
	}
	model->dim = dim;
	model->rows_used = rows;
	model->scaling = (SegText){seg_scaling_words[method],
	                           (int64_t) strlen(seg_scaling_words[method])};
	model->centers = centers;
	model->scales = widths;
	return SEG_OK;
}

SegStatus
seg_scaler_from_summary(SegEnv *env, const SegFeatureSummary *summary,
                        SegScaling method, SegScaler *model)
{
	double *centers, *widths;

	SEG_ALLOC(env, centers, summary->dim);
	SEG_ALLOC(env, widths, summary->dim);
	for (int64_t j = 0; j < summary->dim; j++)
	{
		SegFeatureStatistics s = seg_feature_statistics(summary, j);

		centers[j] = seg_missing();
		if (s.count > 0)
			place_by_statistics(&s, method, &centers[j], &widths[j]);
	}
	return fill_scaler(env,
	                   method,
	                   summary->dim,
	                   summary->rows_used,
	                   centers,
	                   widths,
	                   model);
}

static SegStatus
scaler_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegRows *r = rows;
	int64_t method = ((const SegScalerParams *) params)->method;
	SegFeatureSummary summary;
	double *centers, *widths;

	if (method != SEG_SCALE_ROBUST)
	{
		SEG_TRY(seg_feature_summary_of_rows(env, r, &summary));
		return seg_scaler_from_summary(env, &summary, method, result);
	}
	SEG_ALLOC(env, centers, r->dim);
	SEG_ALLOC(env, widths, r->dim);
	SEG_TRY(place_by_quartiles(env, r, centers, widths));
	return fill_scaler(env, method, r->dim, r->n, centers, widths, result);
}

/* ---------- use ---------- */

static SegStatus
store_scaled(SegEnv *env, const char *what, const double *x, int64_t j,
             double scaled, double *result)
{
	if (isinf(scaled))
		return seg_fail(env, SEG_ELEMENT_RANGE, what, x[j], (double) (j + 1));
	result[j] = isnan(scaled) ? seg_missing() : scaled + 0.0; /* no -0 */
	return SEG_OK;
}

SegStatus
seg_scale(SegEnv *env, const void *model, const double *x, double *result)
{
	const SegScaler *m = model;

	for (int64_t j = 0; j < m->dim; j++)
	{
		double scaled = (x[j] - m->centers[j]) / m->scales[j];

		SEG_TRY(store_scaled(env, "scaled element", x, j, scaled, result));
	}
	return SEG_OK;
}

SegStatus
seg_unscale(SegEnv *env, const void *model, const double *x, double *result)
{
	const SegScaler *m = model;

	for (int64_t j = 0; j < m->dim; j++)
	{
		double unscaled = x[j] * m->scales[j] + m->centers[j];

		SEG_TRY(store_scaled(env, "unscaled element", x, j, unscaled, result));
	}
	return SEG_OK;
}

/*
 * As an SQL expression: an array. Adding 0 leaves no -0.
 */
static SegStatus
write_scaler(SegEnv *env, const void *model, SegExpression *e)
{
	const SegScaler *m = model;

	(void) env;
	for (int64_t j = 0; j < m->dim; j++)
	{
		seg_express(e, j > 0 ? ", " : "ARRAY[");
		if (isnan(m->centers[j]))
		{
			seg_express(e, "NULL::float8");
			continue;
		}
		seg_express(e, "(");
		seg_express_column(e, j);
		seg_express(e, " - ");
		seg_express_number(e, m->centers[j]);
		seg_express(e, ") / ");
		seg_express_number(e, m->scales[j]);
		seg_express(e, " + ");
		seg_express_number(e, 0.0);
	}
	seg_express(e, "]");
	return SEG_OK;
}

static const SegExpressible scaler_expressible = {.write = write_scaler};

/* ---------- tables ---------- */

const SegMethod seg_scaler_method = {.tag = SEG_TAG_SCALER,
                                     .format = 1,
                                     .name = "scaler",
                                     .title = "scaler",
                                     .fields = fields,
                                     .size = sizeof(SegScaler),
                                     .is_sound = scaler_is_sound,
                                     .expressible = &scaler_expressible};

const SegTrainer seg_scaler_trainer = {.method = &seg_scaler_method,
                                       .title = "a scaler",
                                       .columns = {{SEG_COLUMN_VECTOR},
                                                   {SEG_COLUMN_WORD,
                                                    "method",
                                                    offsetof(SegScalerParams,
                                                             method),
                                                    seg_scaling_words}},
                                       .takes_missing = true,
                                       .params_size = sizeof(SegScalerParams),
                                       .smaller = "shorter vectors",
                                       .train = scaler_train};
