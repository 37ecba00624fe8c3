/*-------------------------------------------------------------------------
 *
 * power.c
 *	  Make the distribution of each element more like the normal one.
 *
 * The lambda of Yeo and Johnson's transformation [1] maximizes the likelihood of
 * normal values: for n rows, with variance v of the transformed values,
 *
 *		-n/2 log v + (lambda - 1) sum(sign(x) log(1 + |x|)).
 *
 * We look for the root of its derivative, which has the covariance of the
 * transformed values with their derivatives over v: the maximum itself is flat,
 * and would leave half of the digits open. All elements search at once, one pass over
 * the rows for each step.
 *
 * [1] I.-K. Yeo, R. A. Johnson, "A New Family of Power Transformations to Improve
 * Normality or Symmetry", Biometrika 87, 2000.
 *
 * src/kernel/prepare/power.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/power.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/expression.h"
#include "base/missing.h"
#include "base/preparation.h"
#include "base/tags.h"
#include "kernel/prepare/feature_summary.h"

#define MAX_ROWS   9007199254740992.0
#define MAX_DIM    16000
#define MAX_LAMBDA 64.0
#define MAX_PASSES 100
#define TOLERANCE  1e-11 /* of lambda; rounding of sums moves it by less */

#define OPTION(member) offsetof(SegPowerParams, member)

static const char *const power_words[] =
	{[SEG_POWER_YEO_JOHNSON] = "yeo_johnson", [SEG_POWER_LOG1P] = "log1p", NULL};

/* clang-format off */
static const SegOption options[] = {
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 1, 0, 1, NULL,
		"bring the transformed values to mean 0 and deviation 1"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegPower, dim, 1, MAX_DIM),
	SEG_INT(SegPower, rows_used, 1, MAX_ROWS),
	SEG_INT(SegPower, rows_skipped, 0, MAX_ROWS),
	SEG_INT(SegPower, iterations, 0, MAX_PASSES),
	SEG_BOOL(SegPower, converged),
	SEG_TEXT_FIELD(SegPower, transformation),
	SEG_JSON_FIELD(SegPower, options),
	SEG_TEXT_FIELD(SegPower, version),
	SEG_FEATURE_NAMES_FIELDS(SegPower, MAX_DIM),
	SEG_REALS(SegPower, lambdas, dim, -MAX_LAMBDA, MAX_LAMBDA),
	SEG_OPTIONAL_REALS(SegPower, centers, dim, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegPower, scales, dim, 0, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
power_is_sound(const void *value)
{
	const SegPower *m = value;
	bool known = false;

	for (int i = 0; power_words[i] != NULL; i++)
		known |= (int64_t) strlen(power_words[i]) == m->transformation.length &&
		         memcmp(power_words[i],
		                m->transformation.bytes,
		                (size_t) m->transformation.length) == 0;
	for (int64_t j = 0; j < m->dim; j++)
		known &= m->scales[j] > 0.0;
	return known && (m->names == 0 || m->names == m->dim);
}

/* ---------- the search for lambda ---------- */

/*
 * The search for one element: the derivative of the likelihood is positive at
 * low and negative at high.
 */
typedef struct Search
{
	double logs;            /* sum of sign(x) log(1 + |x|), per row */
	double low, high;       /* lambda */
	double at_low, at_high; /* weights of the ends; 0: the end is not known */
	double next;            /* the lambda to look at */
	double step;            /* outwards, while an end is not known */
	int side;               /* of the end found last: -1 low, 1 high */
	bool done;

	/* of the pass at hand; relative to the first value */
	int64_t n;
	double first, first_slope;
	double sum, square, slope_sum, product;
} Search;

static void
see_value(Search *s, double x)
{
	double slope;
	double y = seg_yeo_johnson(x, s->next, &slope);

	if (s->n++ == 0)
	{
		s->first = y;
		s->first_slope = slope;
	}
	y -= s->first;
	slope -= s->first_slope;
	s->sum += y;
	s->square += y * y;
	s->slope_sum += slope;
	s->product += y * slope;
}

static SegStatus
search_pass(SegEnv *env, SegRows *rows, Search *searches)
{
	int64_t steps = 0;
	SegBlock block;

	for (int64_t j = 0; j < rows->dim; j++)
	{
		searches[j].n = 0;
		searches[j].sum = searches[j].square = 0.0;
		searches[j].slope_sum = searches[j].product = 0.0;
	}
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			for (int64_t j = 0; j < rows->dim; j++)
			{
				if (!searches[j].done && !isnan(x[j]))
					see_value(&searches[j], x[j]);
			}
			SEG_TRY(seg_count_steps(env, &steps, 16 * rows->dim));
		}
	}
	return SEG_OK;
}

/*
 * The derivative of the likelihood, per row; NaN or infinite if powers overflow.
 */
static double
derivative(const Search *s)
{
	double n = (double) s->n;
	double variance = s->square - s->sum * (s->sum / n);
	double covariance = s->product - s->sum * (s->slope_sum / n);

	return s->logs - covariance / variance;
}

/*
 * Regula falsi: where a line between the ends meets zero, but never at an end. If
 * one end stays twice, its weight is halved (the Illinois rule).
 */
static void
choose_next(Search *s)
{
	double margin = TOLERANCE * fmax(1.0, fabs(s->low));
	double guess =
		s->low + (s->high - s->low) * (s->at_low / (s->at_low - s->at_high));

	s->next = fmin(fmax(guess, s->low + margin), s->high - margin);
	s->done = s->high - s->low <= 2 * margin;
	if (s->done)
		s->next = s->low + (s->high - s->low) / 2;
}

static void
see_derivative(Search *s, double slope)
{
	int side = slope > 0.0 ? -1 : 1;

	if (slope == 0.0)
	{
		s->done = true;
		return;
	}
	if (side < 0)
	{
		s->low = s->next;
		s->at_low = slope;
		s->at_high *= s->side == side ? 0.5 : 1.0;
	}
	else
	{
		s->high = s->next;
		s->at_high = slope;
		s->at_low *= s->side == side ? 0.5 : 1.0;
	}
	s->side = side;
	if (s->at_low != 0.0 && s->at_high != 0.0)
	{
		choose_next(s);
		return;
	}
	s->next -= side * s->step;
	s->step *= 2;
	s->done = fabs(s->next) > MAX_LAMBDA;
	if (s->done)
		s->next = s->next > 0.0 ? MAX_LAMBDA : -MAX_LAMBDA;
}

/*
 * Look at the derivative of every search that is not done; count those.
 */
static SegStatus
see_derivatives(SegEnv *env, Search *searches, int64_t dim, bool first,
                int64_t *open)
{
	*open = 0;
	for (int64_t j = 0; j < dim; j++)
	{
		Search *s = &searches[j];
		double slope;

		if (s->done)
			continue;
		slope = derivative(s);
		if (!isfinite(slope) && first)
			return seg_fail_facts(env,
			                      SEG_VALUE_RANGE,
			                      (SegDiag){.what = "square",
			                                .name = s->square > 1.0 ? "large"
			                                                        : "small",
			                                .got = s->square,
			                                .want = (double) j + 1});
		/* powers overflow far from where the search began, at 1 */
		if (!isfinite(slope))
			slope = s->next > 1.0 ? -1.0 : 1.0;
		see_derivative(s, slope);
		*open += !s->done;
	}
	return SEG_OK;
}

/*
 * The sums of logs, and which elements have something to search for.
 */
static SegStatus
begin_searches(SegEnv *env, SegRows *rows, const SegFeatureSummary *summary,
               Search *searches)
{
	int64_t steps = 0;
	SegBlock block;

	for (int64_t j = 0; j < rows->dim; j++)
		searches[j] =
			(Search){.next = 1.0,
		             .step = 1.0,
		             .done = summary->counts[j] == 0 ||
		                     summary->minima[j] == summary->maxima[j]};
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			for (int64_t j = 0; j < rows->dim; j++)
			{
				if (!isnan(x[j]))
					searches[j].logs += copysign(log1p(fabs(x[j])), x[j]) /
					                    (double) summary->counts[j];
			}
			SEG_TRY(seg_count_steps(env, &steps, 8 * rows->dim));
		}
	}
	return SEG_OK;
}

static SegStatus
find_lambdas(SegEnv *env, SegRows *rows, const SegFeatureSummary *summary,
             SegPower *model, double *lambdas)
{
	Search *searches;
	int64_t open = 0;

	SEG_ALLOC(env, searches, rows->dim);
	SEG_TRY(begin_searches(env, rows, summary, searches));
	for (int64_t j = 0; j < rows->dim; j++)
		open += !searches[j].done;
	while (model->iterations < MAX_PASSES && open > 0)
	{
		bool first = model->iterations == 0;

		SEG_TRY(search_pass(env, rows, searches));
		SEG_TRY(see_derivatives(env, searches, rows->dim, first, &open));
		model->iterations++;
		seg_report(env,
		           "power transformation",
		           model->iterations,
		           (double) open,
		           1.0 - (double) open / (double) rows->dim);
	}
	model->converged = open == 0;
	for (int64_t j = 0; j < rows->dim; j++)
	{
		lambdas[j] = searches[j].next;
		if (fabs(lambdas[j]) == MAX_LAMBDA)
			seg_note(env,
			         SEG_NOTE_AT_BOUND,
			         (SegDiag){.what = "power transformation",
			                   .name = "lambda"});
	}
	return SEG_OK;
}

/* ---------- training ---------- */

static SegPreparedPower
power_of_model(const SegPower *model)
{
	return model->transformation.bytes[0] == 'l' ? SEG_PREPARED_LOG1P
	                                             : SEG_PREPARED_YEO_JOHNSON;
}

/*
 * log1p of a number at or below -1 does not exist.
 */
static SegStatus
check_logs(SegEnv *env, const SegFeatureSummary *summary)
{
	for (int64_t j = 0; j < summary->dim; j++)
	{
		if (summary->minima[j] <= -1.0)
			return seg_fail_facts(env,
			                      SEG_NO_LOGARITHM,
			                      (SegDiag){.got = summary->minima[j],
			                                .want = (double) j + 1});
	}
	return SEG_OK;
}

/*
 * Mean and deviation of the transformed values, from exact sums.
 */
static SegStatus
find_scales(SegEnv *env, SegRows *rows, const SegPower *model, double *centers,
            double *scales)
{
	SegPreparedPower power = power_of_model(model);
	SegFeatureSummary counting, summary;
	int64_t steps = 0;
	SegBlock block;
	double *y;

	SEG_ALLOC(env, y, rows->dim);
	SEG_TRY(seg_feature_summary_create(env, rows->dim, &counting));
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			for (int64_t j = 0; j < rows->dim; j++)
			{
				y[j] = isnan(x[j])
				           ? seg_missing()
				           : seg_power_value(power, model->lambdas[j], x[j]);
				if (isinf(y[j]))
					return seg_fail_facts(env,
					                      SEG_VALUE_RANGE,
					                      (SegDiag){.what = "value",
					                                .name = "large",
					                                .got = x[j],
					                                .want = (double) j + 1});
			}
			SEG_TRY(seg_feature_summary_add(env, &counting, y));
			SEG_TRY(seg_count_steps(env, &steps, 16 * rows->dim));
		}
	}
	SEG_TRY(seg_feature_summary_copy(env, &counting, &summary));
	for (int64_t j = 0; j < rows->dim; j++)
	{
		SegFeatureStatistics s = seg_feature_statistics(&summary, j);

		centers[j] = s.mean;
		if (s.count > 0 && s.min < s.max)
			scales[j] = seg_feature_deviation(&s, s.count);
	}
	return SEG_OK;
}

static SegStatus
power_train(SegEnv *env, void *rows, const void *parameters, void *result)
{
	SegRows *r = rows;
	const SegPowerParams *params = parameters;
	SegPower *model = result;
	const char *word = power_words[params->method];
	SegFeatureSummary summary;
	double *lambdas, *centers, *scales;

	SEG_ALLOC(env, lambdas, r->dim);
	SEG_ALLOC(env, centers, r->dim);
	SEG_ALLOC(env, scales, r->dim);
	SEG_TRY(seg_feature_summary_of_rows(env, r, &summary));
	model->dim = r->dim;
	model->rows_used = r->n;
	model->converged = 1;
	model->transformation = (SegText){word, (int64_t) strlen(word)};
	model->lambdas = lambdas;
	model->centers = centers;
	model->scales = scales;
	for (int64_t j = 0; j < r->dim; j++)
	{
		centers[j] = summary.counts[j] == 0 ? seg_missing() : 0.0;
		scales[j] = 1.0;
	}
	if (params->method == SEG_POWER_LOG1P)
		SEG_TRY(check_logs(env, &summary));
	else
		SEG_TRY(find_lambdas(env, r, &summary, model, lambdas));
	if (params->standardize)
		SEG_TRY(find_scales(env, r, model, centers, scales));
	return SEG_OK;
}

/* ---------- use ---------- */

static SegStatus
store_power(SegEnv *env, const char *what, const double *x, int64_t j, double y,
            double center, double *result)
{
	if (isnan(x[j]) || isnan(center))
	{
		result[j] = seg_missing();
		return SEG_OK;
	}
	if (!isfinite(y))
		return seg_fail(env, SEG_ELEMENT_RANGE, what, x[j], (double) (j + 1));
	result[j] = y + 0.0; /* no -0 */
	return SEG_OK;
}

SegStatus
seg_power_transform(SegEnv *env, const void *model, const double *x,
                    double *result)
{
	const SegPower *m = model;

	for (int64_t j = 0; j < m->dim; j++)
	{
		double y = seg_power_value(power_of_model(m), m->lambdas[j], x[j]);

		y = (y - m->centers[j]) / m->scales[j];
		SEG_TRY(store_power(env,
		                    "transformed element",
		                    x,
		                    j,
		                    y,
		                    m->centers[j],
		                    result));
	}
	return SEG_OK;
}

SegStatus
seg_power_inverse(SegEnv *env, const void *model, const double *x,
                  double *result)
{
	const SegPower *m = model;

	for (int64_t j = 0; j < m->dim; j++)
	{
		double y = x[j] * m->scales[j] + m->centers[j];

		y = seg_power_argument(power_of_model(m), m->lambdas[j], y);
		SEG_TRY(
			store_power(env, "original element", x, j, y, m->centers[j], result));
	}
	return SEG_OK;
}

static SegStatus
write_power(SegEnv *env, const void *model, SegExpression *e)
{
	(void) model;
	(void) e;
	return seg_express_refuse_power(env);
}

static const SegExpressible power_expressible = {.write = write_power};

/* ---------- tables ---------- */

const SegMethod seg_power_method = {.tag = SEG_TAG_POWER,
                                    .format = 1,
                                    .name = "power",
                                    .title = "power transformation",
                                    .fields = fields,
                                    .size = sizeof(SegPower),
                                    .is_sound = power_is_sound,
                                    .expressible = &power_expressible};

const SegTrainer seg_power_trainer = {.method = &seg_power_method,
                                      .title = "a power transformation",
                                      .columns = {{SEG_COLUMN_VECTOR},
                                                  {SEG_COLUMN_WORD,
                                                   "method",
                                                   offsetof(SegPowerParams,
                                                            method),
                                                   power_words}},
                                      .takes_missing = true,
                                      .options = options,
                                      .params_size = sizeof(SegPowerParams),
                                      .smaller = "shorter vectors",
                                      .train = power_train};
