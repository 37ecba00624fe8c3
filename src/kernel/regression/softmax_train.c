/*-------------------------------------------------------------------------
 *
 * softmax_train.c
 *	  Softmax regression: from rows to a model.
 *
 * Newton's method (base/climb.h) on the log-likelihood of all coefficients
 * together, class by class, the intercept of each class last [1]. Adding a row of
 * numbers to the coefficients of every class changes no chance. So without a
 * penalty, those of the first class are held at 0: it is the reference. A penalty
 * settles all but the intercepts, of which the first is held at 0 for the climb;
 * in the model their mean is 0.
 *
 * The information of two classes k and l is the sum of w p_k (d - p_l) x x', with
 * d = 1 for k = l. It is summed for each pair of classes that are not held.
 *
 * [1] A. Agresti, Categorical Data Analysis, 3rd ed., 2013, section 8.1.
 *
 * src/kernel/regression/softmax_train.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"
#include "kernel/regression/regression_covariance.h"
#include "kernel/regression/softmax.h"

/* The pass, and what is summed for classes. */
typedef struct Classes
{
	SegRegressionPass pass;
	const SegClassRows *rows;
	int64_t first;      /* class that is not held */
	double *scores;     /* count * SEG_TILE_ROWS; then chances */
	SegTileSums *pairs; /* of classes k >= l, row by row */
	double *weights;    /* count: of rows */
	const double *at;   /* coefficients of this pass */
	double value[SEG_TILE_LANES];
} Classes;

static SegTileSums *
pair_of(const Classes *c, int64_t k, int64_t l)
{
	return &c->pairs[k * (k + 1) / 2 + l];
}

#define EACH_PAIR(c, k, l) \
	for (int64_t k = (c)->first; k < (c)->rows->count; k++) \
		for (int64_t l = (c)->first; l <= k; l++)

/* ---------- passes ---------- */

/*
 * Rows of each class.
 */
static SegStatus
count_classes(SegEnv *env, Classes *c)
{
	SegRows *rows = c->rows->rows;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			c->weights[seg_class_of(c->rows, x[rows->dim])] +=
				c->pass.weight > 0 ? x[c->pass.weight] : 1.0;
		}
	}
	return SEG_OK;
}

/*
 * The chances of all classes for the rows of a tile, and what those of their own
 * add to the log-likelihood.
 */
static void
find_chances(Classes *c, const int32_t *own)
{
	SegRegressionPass *t = &c->pass;
	SegTile *tile = &t->tile;

	for (int64_t k = 0; k < c->rows->count; k++)
	{
		t->loops->predict(tile, c->at + k * t->n);
		memcpy(c->scores + k * SEG_TILE_ROWS, tile->eta, sizeof(tile->eta));
	}
	for (int i = 0; i < SEG_TILE_ROWS; i++)
		tile->mean[i] = c->scores[own[i] * SEG_TILE_ROWS + i];
	t->loops->normalize(tile, c->scores, c->rows->count);
	for (int i = 0; i < SEG_TILE_ROWS; i++)
		c->value[i % SEG_TILE_LANES] +=
			tile->weight[i] * (tile->mean[i] - tile->eta[i]);
}

static void
visit_classes(SegRegressionPass *t, void *context)
{
	Classes *c = context;
	SegTile *tile = &t->tile;
	int32_t own[SEG_TILE_ROWS];

	for (int i = 0; i < SEG_TILE_ROWS; i++)
		own[i] = seg_class_of(c->rows, tile->y[i]);
	find_chances(c, own);
	EACH_PAIR(c, k, l)
	{
		const double *p = c->scores + k * SEG_TILE_ROWS;
		const double *q = c->scores + l * SEG_TILE_ROWS;

		for (int i = 0; i < SEG_TILE_ROWS; i++)
		{
			double w = tile->weight[i];

			tile->gradient[i] = k == l ? w * ((own[i] == k) - p[i]) : 0.0;
			tile->curvature[i] = w * p[i] * ((k == l) - q[i]);
		}
		t->loops->add(tile, pair_of(c, k, l));
	}
}

/*
 * The sums of one pair of classes go to its place in the information.
 */
static void
place_pair(const Classes *c, int64_t k, int64_t l, SegHeight *height)
{
	int64_t n = c->pass.n;
	int64_t size = c->rows->count * n;
	const SegTileSums *sums = pair_of(c, k, l);
	const double *lanes = sums->information;

	for (int64_t i = 0; i < n; i++)
	{
		double *row = height->information + (k * n + i) * size + l * n;

		for (int64_t j = 0; j <= i; j++, lanes += SEG_TILE_LANES)
		{
			row[j] = seg_tile_lanes_sum(lanes);
			if (k != l)
				row[(j - i) * size + i] = row[j];
		}
		if (k == l)
			height->gradient[k * n + i] =
				seg_tile_lanes_sum(sums->gradient + i * SEG_TILE_LANES);
	}
}

/*
 * The penalized log-likelihood and its derivatives, for the climb.
 */
static SegStatus
softmax_height(SegEnv *env, void *context, const double *x, SegHeight *height)
{
	Classes *c = context;
	int64_t n = c->pass.n;
	int64_t size = c->rows->count * n;

	c->at = x;
	memset(c->value, 0, sizeof(c->value));
	EACH_PAIR(c, k, l)
	seg_tile_sums_clear(n, pair_of(c, k, l));
	SEG_TRY(seg_regression_pass(env, &c->pass, NULL, visit_classes, c));
	height->value = seg_tile_lanes_sum(c->value);
	memset(height->gradient, 0, (size_t) size * sizeof(double));
	memset(height->information, 0, (size_t) (size * size) * sizeof(double));
	EACH_PAIR(c, k, l)
	place_pair(c, k, l, height);
	for (int64_t v = 0; v < size; v++)
	{
		double l2 = c->pass.l2[v % n];

		if (l2 == 0.0)
			continue;
		height->value -= 0.5 * l2 * x[v] * x[v];
		height->gradient[v] -= l2 * x[v];
		height->information[v * size + v] += l2;
	}
	return SEG_OK;
}

/* ---------- the model ---------- */

/*
 * Coefficients in units of the rows; with a penalty, intercepts about 0.
 */
static SegStatus
softmax_coefficients(SegEnv *env, const Classes *c, const SegClimb *climb,
                     SegSoftmax *model)
{
	const SegRegressionPass *t = &c->pass;
	int64_t count = c->rows->count;
	double *coefficients, *intercepts;
	int64_t *aliased;
	double mean = 0.0;

	SEG_ALLOC(env, coefficients, count * t->dim);
	SEG_ALLOC(env, intercepts, count);
	SEG_ALLOC(env, aliased, count * t->dim);
	for (int64_t k = 0; k < count; k++)
	{
		const double *x = climb->here.x + k * t->n;

		if (t->params->intercept)
			intercepts[k] = x[t->dim];
		for (int64_t j = 0; j < t->dim; j++)
		{
			double b = x[j] * t->columns.inverse[j];

			if (!isfinite(b))
				return seg_fail(env, SEG_NOT_FINITE, "coefficient", b, 0);
			coefficients[k * t->dim + j] = b;
			aliased[k * t->dim + j] =
				k >= c->first && climb->is_fixed[k * t->n + j];
			intercepts[k] -= b * t->columns.center[j];
		}
		mean += intercepts[k] / (double) count;
	}
	for (int64_t k = 0; c->first == 0 && k < count; k++)
		intercepts[k] -= mean;
	model->coefficients = coefficients;
	model->intercepts = intercepts;
	model->aliased = aliased;
	return SEG_OK;
}

static void
softmax_statistics(const Classes *c, const SegClimb *climb, SegSoftmax *m)
{
	double null_value = 0.0;

	for (int64_t k = 0; k < c->rows->count; k++)
		null_value += c->weights[k] * (c->pass.params->intercept
		                                   ? log(c->weights[k] / m->weight)
		                                   : -log((double) c->rows->count));
	m->gradient_norm = seg_climb_gradient_norm(climb);
	m->log_likelihood = fmin(seg_tile_lanes_sum(c->value), 0.0);
	m->deviance = fmax(-2.0 * m->log_likelihood, 0.0);
	m->null_deviance = fmax(-2.0 * null_value, 0.0);
	m->r_squared =
		m->null_deviance > 0.0 ? 1.0 - m->deviance / m->null_deviance : 0.0;
	m->aic = 2.0 * ((double) m->rank - m->log_likelihood);
}

/*
 * The inverse of the information, for all classes but the first.
 */
static SegStatus
softmax_covariance(SegEnv *env, const Classes *c, const SegClimb *climb,
                   SegSoftmax *model)
{
	const SegRegressionPass *t = &c->pass;
	int64_t n = t->n;
	int64_t blocks = c->rows->count - 1;
	int64_t all = climb->slope->n;
	int64_t size = blocks * (t->dim + 1);
	double *inverse, *matrix, *covariance;

	if (c->first == 0)
		return SEG_OK; /* biased estimates have no standard errors */
	SEG_ALLOC(env, inverse, all * all);
	SEG_ALLOC(env, matrix, blocks * n * blocks * n);
	SEG_ALLOC(env, covariance, size * size);
	seg_cholesky_invert(climb->here.factor, all, inverse);
	for (int64_t i = 0; i < blocks * n; i++)
		memcpy(matrix + i * blocks * n,
		       inverse + (n + i) * all + n,
		       (size_t) (blocks * n) * sizeof(double));
	if (!seg_unscale_covariance(t, blocks, matrix))
		return SEG_OK;
	for (int64_t i = 0; i < blocks * n; i++)
	{
		int64_t row = i / n * (t->dim + 1) + i % n;

		for (int64_t j = 0; j <= i; j++)
		{
			int64_t column = j / n * (t->dim + 1) + j % n;
			double x = matrix[i * blocks * n + j];

			if (!isfinite(x))
				return seg_fail(env, SEG_NOT_FINITE, "covariance", x, 0);
			covariance[row * size + column] = covariance[column * size + row] =
				x;
		}
	}
	model->covariance_size = size;
	model->covariance = covariance;
	return SEG_OK;
}

/* ---------- training ---------- */

static SegStatus
make_classes(SegEnv *env, Classes *c)
{
	int64_t count = c->rows->count;

	SEG_ALLOC(env, c->scores, count * SEG_TILE_ROWS);
	SEG_ALLOC(env, c->weights, count);
	SEG_ALLOC(env, c->pairs, count * (count + 1) / 2);
	EACH_PAIR(c, k, l)
	SEG_TRY(seg_tile_sums_create(env, c->pass.n, pair_of(c, k, l)));
	return count_classes(env, c);
}

/*
 * Which variables stay at their start, and which have no name in a message;
 * penalties.
 */
static SegStatus
settle_variables(SegEnv *env, const Classes *c, SegSlope *slope)
{
	const SegRegressionPass *t = &c->pass;
	bool *is_held, *is_nameless;
	double *l1;

	SEG_ALLOC(env, is_held, slope->n);
	SEG_ALLOC(env, is_nameless, slope->n);
	SEG_ALLOC(env, l1, slope->n);
	for (int64_t v = 0; v < slope->n; v++)
	{
		int64_t j = v % t->n;

		is_nameless[v] = j == t->dim;
		is_held[v] = v < t->n && (c->first > 0 || j == t->dim);
		if (t->l1 != NULL)
			l1[v] = t->l1[j];
	}
	slope->is_held = is_held;
	slope->is_nameless = is_nameless;
	if (t->l1 != NULL)
		slope->l1 = l1;
	return SEG_OK;
}

static SegStatus
refuse_one_class(SegEnv *env, const SegClassRows *rows)
{
	SegText only = seg_texts_get(&rows->names, 0);
	char *name;

	SEG_ALLOC(env, name, only.length + 1);
	memcpy(name, only.bytes, (size_t) only.length);
	return seg_fail_facts(env,
	                      SEG_ONE_CLASS,
	                      (SegDiag){.what = seg_regression_titles[SEG_SOFTMAX],
	                                .name = name,
	                                .got = (double) rows->rows->n});
}

static SegStatus
softmax_check(SegEnv *env, const SegClassRows *rows,
              const SegRegressionParams *params)
{
	int64_t size = rows->count * (rows->rows->dim + params->intercept);

	SEG_TRY(seg_regression_check(env, params, rows->rows->dim));
	if (rows->count < 2)
		return refuse_one_class(env, rows);
	if (size > SEG_SOFTMAX_MAX_COEFFICIENTS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "coefficients of a softmax regression",
		                (double) size,
		                SEG_SOFTMAX_MAX_COEFFICIENTS);
	return SEG_OK;
}

SegStatus
seg_softmax_train(SegEnv *env, const SegClassRows *rows,
                  const SegRegressionParams *params, SegSoftmax *model,
                  int64_t *runaway)
{
	int64_t dim = rows->rows->dim;
	bool is_penalized = params->l1 > 0.0 || params->l2 > 0.0;
	Classes c = {.pass = {.family = SEG_SOFTMAX,
	                      .params = params,
	                      .rows = rows->rows,
	                      .loops = seg_tile_loops(),
	                      .dim = dim,
	                      .n = dim + params->intercept,
	                      .weight = rows->rows->stride > dim + 1 ? dim + 1 : 0},
	             .rows = rows,
	             .first = is_penalized ? 0 : 1};
	SegSlope slope = {.height_at = softmax_height,
	                  .context = &c,
	                  .n = rows->count * c.pass.n,
	                  .max_iterations = params->max_iterations,
	                  .tolerance = params->tolerance,
	                  .name = seg_regression_titles[SEG_SOFTMAX]};
	SegClimb climb;

	SEG_TRY(softmax_check(env, rows, params));
	SEG_TRY(seg_regression_look(env, &c.pass));
	SEG_TRY(make_classes(env, &c));
	SEG_TRY(settle_variables(env, &c, &slope));
	SEG_TRY(seg_climb_create(env, &slope, &climb));
	for (int64_t k = 1; params->intercept && k < rows->count; k++)
		climb.here.x[k * c.pass.n + dim] = log(c.weights[k] / c.weights[0]);
	SEG_TRY(seg_climb(env, &climb));

	model->dim = dim;
	model->class_count = rows->count;
	model->rank = climb.rank;
	model->rows_used = rows->rows->n;
	model->weight = c.pass.labels.weight;
	model->iterations = climb.iterations;
	model->converged = climb.converged;
	model->degrees_of_freedom =
		fmax(model->weight * (double) (rows->count - 1) - (double) climb.rank,
	         0.0);
	model->has_intercept = params->intercept;
	model->has_reference = c.first;
	model->means = c.pass.mean;
	model->classes = rows->names;
	model->class_weights = c.weights;
	*runaway = climb.runaway > 0 ? (climb.runaway - 1) % c.pass.n + 1 : 0;
	SEG_TRY(softmax_coefficients(env, &c, &climb, model));
	softmax_statistics(&c, &climb, model);
	return softmax_covariance(env, &c, &climb, model);
}

/* ---------- the trainer ---------- */

static SegStatus
softmax_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	return seg_regression_check(env, params, dim);
}

static int64_t
softmax_model_bytes(const void *params, int64_t dim)
{
	(void) params;
	return (dim + 1) * (dim + 1) * (int64_t) sizeof(double);
}

static SegStatus
softmax_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegSoftmax *model = result;
	int64_t runaway;

	SEG_TRY(seg_softmax_train(env, rows, params, model, &runaway));
	if (!model->converged)
		seg_regression_note(env, SEG_SOFTMAX, model->iterations, runaway);
	return SEG_OK;
}

const SegTrainer seg_softmax_trainer = {.method = &seg_softmax_method,
                                        .title = "softmax regression",
                                        .columns = {{SEG_COLUMN_CLASS},
                                                    {SEG_COLUMN_VECTOR}},
                                        .warns_of_leaks = true,
                                        .preparations = SEG_PREPARE_ANYTHING,
                                        .options = seg_softmax_options,
                                        .params_size =
                                            sizeof(SegRegressionParams),
                                        .check_dim = softmax_check_dim,
                                        .model_bytes = softmax_model_bytes,
                                        .smaller =
                                            "shorter vectors or fewer classes",
                                        .train = softmax_train};
