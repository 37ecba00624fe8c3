/*-------------------------------------------------------------------------
 *
 * calibration.c
 *	  From scores to probabilities: isotonic regression, Platt's logistic curve.
 *
 * Rows are sorted by score and added up over equal scores; both methods work on
 * these levels.
 *
 * Isotonic regression is the step function of least squares that never descends,
 * found by pooling adjacent violators [1]; between the steps a probability is
 * interpolated.  Platt's curve [2] is a logistic regression on the score, whose
 * targets are moved away from 0 and 1 by as much as one more row of each label
 * would, so it is finite even if the score separates the labels.  It is found by
 * Newton's method in the form of [3].  Both are as in scikit-learn
 * (IsotonicRegression, CalibratedClassifierCV).
 *
 * [1] R. E. Barlow, D. J. Bartholomew, J. M. Bremner, H. D. Brunk, "Statistical
 * Inference under Order Restrictions", Wiley, 1972.
 *
 * [2] J. C. Platt, "Probabilistic Outputs for Support Vector Machines", Advances
 * in Large Margin Classifiers, MIT Press, 1999.
 *
 * [3] H.-T. Lin, C.-J. Lin, R. C. Weng, "A Note on Platt's Probabilistic Outputs
 * for Support Vector Machines", Machine Learning 68, 2007.
 *
 * src/kernel/evaluate/calibration.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/calibration.h"

#include <float.h>
#include <math.h>

#include "base/radix_sort.h"
#include "base/tags.h"

#define HUGE_COUNT     9007199254740992.0
#define MAX_ITERATIONS 100
#define TOLERANCE      1e-12
#define SHORTEST       1e-10 /* share of a step */

static const char *const rule_words[] = {"platt", "isotonic", NULL};

/* clang-format off */
const SegOption seg_calibration_options[] = {
	{"method", SEG_OPTION_ENUM, offsetof(SegCalibrationParams, method), SEG_CALIBRATION_PLATT, 0, 1, rule_words,
		"platt, isotonic"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegCalibration, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegCalibration, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegCalibration, positives, 1, HUGE_COUNT),
	SEG_REAL(SegCalibration, slope, -DBL_MAX, DBL_MAX),
	SEG_REAL(SegCalibration, intercept, -DBL_MAX, DBL_MAX),
	SEG_INT(SegCalibration, iterations, 0, MAX_ITERATIONS),
	SEG_BOOL(SegCalibration, converged),
	SEG_REAL(SegCalibration, log_loss, 0, DBL_MAX),
	SEG_INT(SegCalibration, points, 0, SEG_IMAGE_MAX_COUNT),
	SEG_JSON_FIELD(SegCalibration, options),
	SEG_TEXT_FIELD(SegCalibration, version),
	SEG_REALS(SegCalibration, scores, points, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegCalibration, probabilities, points, 0, 1),
	SEG_FIELD_END
};
/* clang-format on */

static bool
calibration_is_sound(const void *value)
{
	const SegCalibration *m = value;

	if (m->positives >= m->rows_used ||
	    (m->points > 0 &&
	     (m->slope != 0 || m->intercept != 0 || m->iterations > 0)))
		return false;
	for (int64_t i = 1; i < m->points; i++)
	{
		if (m->scores[i - 1] >= m->scores[i] ||
		    m->probabilities[i - 1] > m->probabilities[i])
			return false;
	}
	return true;
}

const SegMethod seg_calibration_method = {.tag = SEG_TAG_CALIBRATION,
                                          .format = 1,
                                          .name = "calibration",
                                          .title = "calibration model",
                                          .fields = fields,
                                          .size = sizeof(SegCalibration),
                                          .is_sound = calibration_is_sound};

/* ---------- levels ---------- */

/* Rows of one score. */
typedef struct Level
{
	double score;
	double weight;
	double positive; /* weight of true rows */
} Level;

typedef struct Levels
{
	Level *level; /* scores ascend */
	int64_t n;
	double weight[2]; /* of rows with label 0 and 1 */
} Levels;

/*
 * A row as its score and its weight, negative for label 0.
 */
static SegStatus
sort_rows(SegEnv *env, SegRows *rows, SegRadixItem **items, int64_t *positives)
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
		for (int64_t i = 0; i < block.n; i++, item++)
		{
			const double *row = block.x + i * rows->stride;
			double weight = rows->stride > 2 ? row[2] : 1;

			item->key = seg_radix_key(row[1]);
			item->number = row[0] != 0 ? weight : -weight;
			*positives += row[0] != 0;
		}
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	return seg_radix_sort(env, *items, scratch, rows->n);
}

static SegStatus
make_levels(SegEnv *env, const SegRadixItem *items, int64_t n, Levels *levels)
{
	Level *last;

	SEG_ALLOC(env, levels->level, n);
	last = levels->level - 1;
	for (int64_t i = 0; i < n; i++)
	{
		double weight = fabs(items[i].number);
		bool positive = items[i].number > 0;

		if (i == 0 || items[i].key != items[i - 1].key)
			(++last)->score = seg_radix_unkey(items[i].key);
		last->weight += weight;
		last->positive += positive ? weight : 0;
		levels->weight[positive] += weight;
	}
	levels->n = last - levels->level + 1;
	if (!isfinite(levels->weight[0] + levels->weight[1]))
		return seg_fail(env, SEG_NOT_FINITE, "sum of the weights", 0, 0);
	return SEG_OK;
}

/* ---------- isotonic ---------- */

/* Levels with one probability. */
typedef struct Pool
{
	double weight;
	double positive;
	int64_t first; /* level */
	int64_t last;
} Pool;

static double
probability_of(const Pool *pool)
{
	return pool->positive / pool->weight;
}

/*
 * Each level is a pool at first; a pool that is not above the one before is
 * joined to it.
 */
static SegStatus
pool_levels(SegEnv *env, const Levels *levels, Pool **pools, int64_t *n)
{
	Pool *top;
	int64_t steps = 0;

	SEG_ALLOC(env, *pools, levels->n);
	top = *pools - 1;
	for (int64_t i = 0; i < levels->n; i++)
	{
		const Level *level = &levels->level[i];

		*++top = (Pool){level->weight, level->positive, i, i};
		while (top > *pools && probability_of(top) <= probability_of(top - 1))
		{
			top[-1].weight += top->weight;
			top[-1].positive += top->positive;
			top[-1].last = top->last;
			top--;
		}
		SEG_TRY(seg_count_steps(env, &steps, 4));
	}
	*n = top - *pools + 1;
	return SEG_OK;
}

/*
 * The ends of each pool are the points between which a score is interpolated.
 */
static SegStatus
fit_isotonic(SegEnv *env, const Levels *levels, SegCalibration *model)
{
	double *scores, *probabilities;
	Pool *pools;
	int64_t n;

	SEG_TRY(pool_levels(env, levels, &pools, &n));
	SEG_ALLOC(env, scores, 2 * n);
	SEG_ALLOC(env, probabilities, 2 * n);
	for (int64_t i = 0; i < n; i++)
	{
		double p = probability_of(&pools[i]);

		for (int end = 0; end <= (pools[i].first < pools[i].last); end++)
		{
			int64_t level = end == 0 ? pools[i].first : pools[i].last;

			scores[model->points] = levels->level[level].score;
			probabilities[model->points++] = fmin(p, 1);
		}
	}
	model->scores = scores;
	model->probabilities = probabilities;
	return SEG_OK;
}

/* ---------- Platt ---------- */

/* What is minimized, with its derivatives by slope and intercept. */
typedef struct Loss
{
	double value;
	double by_slope;
	double by_intercept;
	double slope_slope;
	double slope_intercept;
	double intercept_intercept;
} Loss;

/* Scores on a scale on which they have mean 0 and deviation 1. */
typedef struct Scale
{
	double unit; /* the largest magnitude */
	double mean; /* in this unit */
	double deviation;
} Scale;

static Scale
scale_of_levels(const Levels *levels)
{
	double total = levels->weight[0] + levels->weight[1];
	const Level *level = levels->level;
	Scale scale = {0, 0, 0};
	double squares = 0;

	scale.unit = fmax(fabs(level[0].score), fabs(level[levels->n - 1].score));
	if (scale.unit == 0)
		scale.unit = 1;
	for (int64_t i = 0; i < levels->n; i++)
		scale.mean += level[i].weight / total * (level[i].score / scale.unit);
	for (int64_t i = 0; i < levels->n; i++)
	{
		double off = level[i].score / scale.unit - scale.mean;

		squares += level[i].weight / total * (off * off);
	}
	scale.deviation = levels->n > 1 && squares > 0 ? sqrt(squares) : 1;
	return scale;
}

static double
score_on_scale(const Scale *scale, double score)
{
	return (score / scale->unit - scale->mean) / scale->deviation;
}

/* Parameters on the scale. */
typedef struct Curve
{
	double slope;
	double intercept;
} Curve;

/*
 * Targets of true and false rows, see [2]. Weights count as shares, whose
 * products neither overflow nor vanish.
 */
static Loss
loss_at(const Levels *levels, const Scale *scale, Curve curve)
{
	double total = levels->weight[0] + levels->weight[1];
	double low = 1 / (levels->weight[0] + 2);
	double high = (levels->weight[1] + 1) / (levels->weight[1] + 2);
	Loss loss = {0};

	for (int64_t i = 0; i < levels->n; i++)
	{
		const Level *level = &levels->level[i];
		double x = levels->n > 1 ? score_on_scale(scale, level->score) : 0;
		double z = curve.slope * x + curve.intercept;
		double tail = exp(-fabs(z));
		double p = (z > 0 ? 1 : tail) / (1 + tail);
		double weight = level->weight / total;
		double positive = level->positive / total;
		double target = positive * high + (weight - positive) * low;
		double error = weight * p - target;
		double bend = weight * (tail / (1 + tail) / (1 + tail));

		loss.value += weight * (fmax(z, 0) + log1p(tail)) - target * z;
		loss.by_slope += error * x;
		loss.by_intercept += error;
		loss.slope_slope += bend * x * x;
		loss.slope_intercept += bend * x;
		loss.intercept_intercept += bend;
	}
	return loss;
}

/*
 * The step to the minimum of the parabola that touches the loss; along the
 * intercept alone where all scores are equal.
 */
static Curve
newton_step(const Loss *loss, bool scores_differ)
{
	double det = loss->slope_slope * loss->intercept_intercept -
	             loss->slope_intercept * loss->slope_intercept;

	if (!scores_differ)
		return (Curve){0, -loss->by_intercept / loss->intercept_intercept};
	return (Curve){(loss->slope_intercept * loss->by_intercept -
	                loss->intercept_intercept * loss->by_slope) /
	                   det,
	               (loss->slope_intercept * loss->by_slope -
	                loss->slope_slope * loss->by_intercept) /
	                   det};
}

static Curve
moved(Curve from, Curve step, double share)
{
	return (Curve){from.slope + share * step.slope,
	               from.intercept + share * step.intercept};
}

/*
 * Newton's steps, halved while the loss would rise by more than rounding.  It is
 * convex, and its minimum finite.
 */
static SegStatus
fit_platt(SegEnv *env, const Levels *levels, SegCalibration *model)
{
	Scale scale = scale_of_levels(levels);
	Curve curve = {0, log((levels->weight[1] + 1) / (levels->weight[0] + 1))};
	double size = 1;

	while (model->iterations < MAX_ITERATIONS && size > TOLERANCE)
	{
		Loss loss = loss_at(levels, &scale, curve);
		Curve step = newton_step(&loss, levels->n > 1);
		double most = loss.value * (1 + TOLERANCE);
		double share = 1;

		while (
			share > SHORTEST &&
			!(loss_at(levels, &scale, moved(curve, step, share)).value <= most))
			share /= 2;
		if (share <= SHORTEST)
			break;
		curve = moved(curve, step, share);
		size = share * (fabs(step.slope) + fabs(step.intercept));
		model->iterations++;
		seg_report(env,
		           "calibration",
		           model->iterations,
		           loss.value,
		           (double) model->iterations / MAX_ITERATIONS);
		if (env->stop(env->host))
			return SEG_STOPPED;
	}
	/* where no step lowers the loss by more than rounding, it has its minimum */
	model->converged = model->iterations < MAX_ITERATIONS || size <= TOLERANCE;
	model->slope = curve.slope / scale.deviation / scale.unit;
	model->intercept =
		curve.intercept - curve.slope / scale.deviation * scale.mean;
	if (!isfinite(model->slope) || !isfinite(model->intercept))
		return seg_fail(env, SEG_NOT_FINITE, "slope", 0, 0);
	return SEG_OK;
}

/* ---------- training and scoring ---------- */

/*
 * Of the rows; a chance that is 0 or 1 by rounding counts as one next to it.
 */
static double
log_loss_of(const Levels *levels, const SegCalibration *model)
{
	double total = levels->weight[0] + levels->weight[1];
	double sum = 0;

	for (int64_t i = 0; i < levels->n; i++)
	{
		const Level *level = &levels->level[i];
		double p = seg_calibrate(model, level->score);

		if (level->positive > 0)
			sum -= level->positive / total * log(fmax(p, DBL_MIN));
		if (level->positive < level->weight)
			sum -= (level->weight - level->positive) / total *
			       log(fmax(1 - p, DBL_EPSILON / 2));
	}
	return fmax(sum, 0);
}

SegStatus
seg_calibration_train(SegEnv *env, SegRows *rows,
                      const SegCalibrationParams *params, SegCalibration *model)
{
	Levels levels = {0};
	SegRadixItem *items;

	model->rows_used = rows->n;
	SEG_TRY(sort_rows(env, rows, &items, &model->positives));
	if (model->positives == 0 || model->positives == rows->n)
		return seg_fail_facts(env,
		                      SEG_ONE_CLASS,
		                      (SegDiag){.what = "calibration",
		                                .name = model->positives == 0 ? "false"
		                                                              : "true",
		                                .got = (double) rows->n});
	SEG_TRY(make_levels(env, items, rows->n, &levels));
	model->converged = 1;
	if (params->method == SEG_CALIBRATION_ISOTONIC)
		SEG_TRY(fit_isotonic(env, &levels, model));
	else
		SEG_TRY(fit_platt(env, &levels, model));
	model->log_loss = log_loss_of(&levels, model);
	return SEG_OK;
}

/*
 * Beyond the points, the probability is that of the nearest one.
 */
static double
interpolate(const SegCalibration *model, double score)
{
	const double *x = model->scores;
	const double *p = model->probabilities;
	int64_t low = 0;
	int64_t high = model->points - 1;
	double share;

	if (score <= x[0])
		return p[0];
	if (score >= x[high])
		return p[high];
	while (high - low > 1)
	{
		int64_t mid = (low + high) / 2;

		if (x[mid] <= score)
			low = mid;
		else
			high = mid;
	}
	/* halves, because a difference of large scores may overflow */
	share = (score / 2 - x[low] / 2) / (x[high] / 2 - x[low] / 2);
	return p[low] + (p[high] - p[low]) * share;
}

double
seg_calibrate(const SegCalibration *model, double score)
{
	if (model->points > 0)
		return interpolate(model, score);
	return 1 / (1 + exp(-(model->slope * score + model->intercept)));
}

/* ---------- the trainer ---------- */

static SegStatus
calibration_check_row(SegEnv *env, double *numbers, bool *counts)
{
	*counts = true;
	return seg_check_finite(env, "score", numbers[1]);
}

static int64_t
calibration_row_bytes(int64_t dim)
{
	(void) dim;
	return (int64_t) (2 * sizeof(SegRadixItem) + sizeof(Level) + sizeof(Pool));
}

static SegStatus
calibration_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_calibration_train(env, rows, params, model);
}

const SegTrainer seg_calibration_trainer = {.method = &seg_calibration_method,
                                            .title = "calibration",
                                            .columns = {{SEG_COLUMN_NUMBER},
                                                        {SEG_COLUMN_NUMBER}},
                                            .options = seg_calibration_options,
                                            .params_size =
                                                sizeof(SegCalibrationParams),
                                            .check_row = calibration_check_row,
                                            .row_bytes = calibration_row_bytes,
                                            .smaller = "fewer distinct scores",
                                            .train = calibration_train};
