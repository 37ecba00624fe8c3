/*-------------------------------------------------------------------------
 *
 * cox.c
 *	  Cox regression: options, stored form, and what a model says about a row.
 *
 * Predictions are relative to a reference: a row of the training means, but
 * with 0 for an element that is always -1, 0 or 1, so that the reference for a
 * yes or no is "no".  That is R's rule, and its answers are R's.
 *
 * The chance that a user is still there is exp(-H h), H being the cumulative
 * hazard of the reference [1] and h the user's relative hazard.
 *
 * [1] N. E. Breslow, contribution to the discussion of Cox (1972); with Efron's
 * ties as in T. M. Therneau, survival 3.5, survfit.coxph.
 *
 * src/kernel/survival/cox.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/survival/cox.h"

#include <float.h>
#include <math.h>

#include "base/incomplete_gamma.h"
#include "kernel/survival/concordance.h"
#include "kernel/survival/cox_rows.h"
#include "base/tags.h"

#define HUGE_COUNT 9007199254740992.0
#define HUGE_PAIRS 4611686018427387904.0 /* a sum of two is an int64_t */

#define OPTION(member) offsetof(SegCoxParams, member)

static const char *const ties_words[] =
	{[SEG_TIES_EFRON] = "efron", [SEG_TIES_BRESLOW] = "breslow", NULL};

/* clang-format off */
const SegOption seg_cox_options[] = {
	{"ties", SEG_OPTION_ENUM, OPTION(ties), SEG_TIES_EFRON, 0, 1, ties_words,
		"efron, breslow"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 20, 1, 10000, NULL,
		"steps of Newton's method at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-12, 1e-14, 0.01, NULL,
		"stop when the log-likelihood would rise by less than this share of itself"},
	{"timefix", SEG_OPTION_BOOL, OPTION(timefix), 1, 0, 1, NULL,
		"times that are equal but for rounding are one"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegCox, dim, 1, SEG_COX_MAX_DIM),
	SEG_INT(SegCox, rank, 0, SEG_COX_MAX_DIM),
	SEG_INT(SegCox, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegCox, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegCox, event_count, 1, HUGE_COUNT),
	SEG_INT(SegCox, iterations, 0, HUGE_COUNT),
	SEG_BOOL(SegCox, converged),
	SEG_REAL(SegCox, gradient_norm, 0, DBL_MAX),
	SEG_REAL(SegCox, null_log_likelihood, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegCox, log_likelihood, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegCox, likelihood_ratio, 0, DBL_MAX),
	SEG_REAL(SegCox, wald, 0, DBL_MAX),
	SEG_REAL(SegCox, score, 0, DBL_MAX),
	SEG_REAL(SegCox, concordance, 0, 1),
	SEG_INT(SegCox, concordant_pairs, 0, HUGE_PAIRS),
	SEG_INT(SegCox, discordant_pairs, 0, HUGE_PAIRS),
	SEG_INT(SegCox, tied_pairs, 0, HUGE_PAIRS),
	SEG_REAL(SegCox, longest_duration, 0, DBL_MAX),
	SEG_JSON_FIELD(SegCox, options),
	SEG_TEXT_FIELD(SegCox, version),
	SEG_FEATURE_NAMES_FIELDS(SegCox, SEG_COX_MAX_DIM),
	SEG_TRAINING_ROWS_FIELDS(SegCox, SEG_COX_MAX_DIM),
	SEG_INT(SegCox, event_times, 1, (double) SEG_IMAGE_MAX_COUNT),
	SEG_REALS(SegCox, coefficients, dim, -DBL_MAX, DBL_MAX),
	SEG_BOOLS(SegCox, aliased, dim),
	SEG_REALS(SegCox, means, dim, -DBL_MAX, DBL_MAX),
	SEG_REAL_MATRIX(SegCox, covariance, dim, dim, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegCox, times, event_times, 0, DBL_MAX),
	SEG_REALS(SegCox, cumulative_hazards, event_times, 0, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * Every coefficient has a variance, except those of aliased elements.
 */
static bool
coefficients_are_sound(const SegCox *m)
{
	int64_t rank = 0;

	for (int64_t i = 0; i < m->dim; i++)
	{
		const double *row = m->covariance + i * m->dim;
		bool has_variance = row[i] > 0.0;

		if (has_variance == (m->aliased[i] != 0) ||
		    (!has_variance && m->coefficients[i] != 0.0))
			return false;
		rank += has_variance;
		for (int64_t j = 0; j < i; j++)
		{
			if (row[j] != m->covariance[j * m->dim + i])
				return false;
		}
	}
	return rank == m->rank;
}

static bool
hazards_are_sound(const SegCox *m)
{
	for (int64_t i = 1; i < m->event_times; i++)
	{
		if (m->times[i] <= m->times[i - 1] ||
		    m->cumulative_hazards[i] < m->cumulative_hazards[i - 1])
			return false;
	}
	return m->event_times <= m->event_count &&
	       m->times[m->event_times - 1] <= m->longest_duration;
}

static bool
cox_is_sound(const void *value)
{
	const SegCox *m = value;
	SegConcordance pairs = {m->concordant_pairs,
	                        m->discordant_pairs,
	                        m->tied_pairs};

	return m->event_count <= m->rows_used &&
	       (m->names == 0 || m->names == m->dim) &&
	       seg_training_rows_are_sound(&m->training_rows, m->dim) &&
	       m->concordance == seg_concordance_index(&pairs) &&
	       coefficients_are_sound(m) && hazards_are_sound(m);
}

int64_t
seg_cox_row_bytes(int64_t dim)
{
	/* plus the linear predictor, its rank, and a count of each rank */
	return SEG_COX_ROWS_BYTES(dim) + 3 * (int64_t) sizeof(double);
}

/*
 * What can be checked once the dimension is known.
 */
SegStatus
seg_cox_check(SegEnv *env, int64_t dim)
{
	if (dim > SEG_COX_MAX_DIM)
		return seg_fail(env,
		                SEG_LIMIT,
		                "vector elements for Cox regression",
		                (double) dim,
		                SEG_COX_MAX_DIM);
	return SEG_OK;
}

/* ---------- what a model says ---------- */

double
seg_cox_p_value(const SegCox *model, double statistic)
{
	return model->rank > 0
	           ? seg_chi_square_upper(statistic, (double) model->rank)
	           : 1.0;
}

SegStatus
seg_cox_hazard(SegEnv *env, const SegCox *model, const double *x,
               double *result)
{
	double sum = 0.0;

	for (int64_t j = 0; j < model->dim; j++)
		sum += (x[j] - model->means[j]) * model->coefficients[j];
	*result = exp(sum);
	if (!isfinite(*result))
		return seg_fail(env, SEG_NOT_FINITE, "relative hazard", *result, 0);
	return SEG_OK;
}

static double
cumulative_hazard(const SegCox *model, double time)
{
	int64_t low = 0;
	int64_t high =
		model->event_times; /* times[low - 1] <= time < times[high] */

	while (low < high)
	{
		int64_t mid = (low + high) / 2;

		if (model->times[mid] <= time)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 ? model->cumulative_hazards[low - 1] : 0.0;
}

bool
seg_cox_survival(const SegCox *model, double hazard, double given, double time,
                 double *survival)
{
	double between = time > given ? cumulative_hazard(model, time) -
	                                    cumulative_hazard(model, given)
	                              : 0.0;

	*survival = exp(-between * hazard);
	return fmax(time, given) <= model->longest_duration;
}

static int64_t
dim_of(const void *model)
{
	return ((const SegCox *) model)->dim;
}

static SegStatus
cox_predict(SegEnv *env, const void *model, const double *x, double *result)
{
	return seg_cox_hazard(env, model, x, result);
}

/*
 * On the log of the hazard, beyond the reference's, which is 0.
 */
static SegStatus
cox_explain(SegEnv *env, const void *model, const double *x,
            int64_t class_number, double *contributions, double *base)
{
	const SegCox *m = model;

	(void) env;
	(void) class_number;
	*base = 0.0;
	for (int64_t j = 0; j < m->dim; j++)
		contributions[j] = m->coefficients[j] * (x[j] - m->means[j]);
	return SEG_OK;
}

static SegCoefficient
coefficient(const void *model, int64_t i)
{
	const SegCox *m = model;
	SegCoefficient c = {.number = i + 1,
	                    .is_aliased = m->aliased[i] != 0,
	                    .estimate = m->coefficients[i],
	                    .std_error = sqrt(m->covariance[i * m->dim + i])};

	if (m->names > 0)
		c.feature = seg_texts_get(&m->feature_names, i);
	return c;
}

static const SegSupervised cox_supervised = {.dim = dim_of,
                                             .predict = cox_predict,
                                             .coefficient_count = dim_of,
                                             .coefficient = coefficient,
                                             .explain = cox_explain};

const SegMethod seg_cox_method = {.tag = SEG_TAG_COX,
                                  .format = 1,
                                  .name = "cox",
                                  .title = "Cox model",
                                  .fields = fields,
                                  .size = sizeof(SegCox),
                                  .is_sound = cox_is_sound,
                                  .supervised = &cox_supervised,
                                  .is_score = true};
