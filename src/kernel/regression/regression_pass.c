/*-------------------------------------------------------------------------
 *
 * regression_pass.c
 *	  Passes over the rows of a regression.
 *
 * src/kernel/regression/regression_pass.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/regression/regression_pass.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/range.h"
#include "base/special.h"

const char *const seg_regression_titles[] = {[SEG_LINEAR] = "linear regression",
                                             [SEG_LOGISTIC] =
                                                 "logistic regression",
                                             [SEG_POISSON] =
                                                 "Poisson regression",
                                             [SEG_GAMMA] = "gamma regression",
                                             [SEG_SOFTMAX] =
                                                 "softmax regression"};

/* ---------- the first pass ---------- */

#define LEAST_DEVIATION 1e-7 /* share of a range; less is rounding */

/* Weighted sums about the first row. */
typedef struct Survey
{
	double *first;
	double *low;
	double *high;
	double *sum;
	double *square;
} Survey;

static void
survey_columns(int64_t columns, const double *restrict x, double w,
               const double *restrict first, double *restrict low,
               double *restrict high, double *restrict sum,
               double *restrict square)
{
	for (int64_t j = 0; j < columns; j++)
	{
		double from_first = x[j] - first[j];

		low[j] = x[j] < low[j] ? x[j] : low[j];
		high[j] = x[j] > high[j] ? x[j] : high[j];
		sum[j] += w * from_first;
		square[j] += w * from_first * from_first;
	}
}

static void
survey_label(SegLabels *l, SegFamily family, double y, double w)
{
	l->weight += w;
	l->sum += w * y;
	l->low = fmin(l->low, y);
	l->high = fmax(l->high, y);
	if (family == SEG_POISSON)
	{
		l->constant -= w * seg_log_gamma(y + 1.0);
		l->saturated += y > 0.0 ? w * y * (log(y) - 1.0) : 0.0;
	}
	else if (family == SEG_GAMMA)
	{
		l->constant += w * log(y);
		l->saturated -= w * (1.0 + log(y));
	}
}

/*
 * How a column is centered and scaled.
 */
static void
settle_column(const Survey *s, int64_t j, double weight, bool centers,
              double *mean, double *center, double *scale)
{
	double from_first = s->sum[j] / weight;
	double variance =
		fmax(s->square[j] / weight - from_first * from_first, 0.0);
	double range = s->high[j] - s->low[j];

	*mean = s->first[j] + from_first;
	*center = centers ? *mean : 0.0;
	*scale = sqrt(centers ? variance : variance + *mean * *mean);
	if (range == 0.0 && centers)
		*scale = 1.0;
	else if (!(*scale > range * LEAST_DEVIATION))
		*scale = range;
	if (!(*scale > 0.0))
		*scale = 1.0;
}

/*
 * Only a linear model's label is centered and scaled, and no offset is.
 */
static SegStatus
settle_columns(SegEnv *env, SegRegressionPass *t, const Survey *s)
{
	const SegLabels *l = &t->labels;
	double mean;

	if (!(l->weight > 0.0 && l->weight <= DBL_MAX && fabs(l->sum) <= DBL_MAX))
		return seg_fail(env, SEG_NOT_FINITE, "sum of the weights", l->weight, 0);
	for (int64_t j = 0; j < t->dim; j++)
	{
		bool is_offset = j + 1 == t->params->offset;

		SEG_TRY(seg_check_range(env, s->low[j], s->high[j], j + 1));
		settle_column(s,
		              j,
		              l->weight,
		              t->params->intercept && !is_offset,
		              &t->mean[j],
		              &t->columns.center[j],
		              &t->scale[j]);
		if (is_offset)
			t->scale[j] = 1.0;
	}
	t->label_scale = 1.0;
	if (t->family != SEG_LINEAR)
		return SEG_OK;
	if (l->high > l->low && l->high - l->low < SEG_SMALL_RANGE)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "range of the labels",
		                      l->high - l->low,
		                      SEG_SMALL_RANGE,
		                      SEG_LARGE_VALUE);
	settle_column(s,
	              t->dim,
	              l->weight,
	              t->params->intercept,
	              &mean,
	              &t->label_center,
	              &t->label_scale);
	return SEG_OK;
}

static SegStatus
survey_rows(SegEnv *env, SegRegressionPass *t)
{
	int64_t columns = t->dim + 1;
	SegLabels *l = &t->labels;
	SegBlock block;
	Survey s;

	SEG_ALLOC(env, s.first, columns);
	SEG_ALLOC(env, s.low, columns);
	SEG_ALLOC(env, s.high, columns);
	SEG_ALLOC(env, s.sum, columns);
	SEG_ALLOC(env, s.square, columns);
	t->rows->rewind(t->rows);
	while (t->rows->next(t->rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * t->rows->stride;
			double w = t->weight > 0 ? x[t->weight] : 1.0;
			size_t bytes = (size_t) columns * sizeof(double);

			if (block.first + i == 0)
			{
				memcpy(s.first, x, bytes);
				memcpy(s.low, x, bytes);
				memcpy(s.high, x, bytes);
				l->low = l->high = x[t->dim];
			}
			survey_columns(columns,
			               x,
			               w,
			               s.first,
			               s.low,
			               s.high,
			               s.sum,
			               s.square);
			survey_label(l, t->family, x[t->dim], w);
		}
	}
	return settle_columns(env, t, &s);
}

/*
 * Labels from which a family can learn nothing.
 */
static SegStatus
check_labels(SegEnv *env, const SegRegressionPass *t)
{
	const SegLabels *l = &t->labels;
	const char *only = NULL;

	if (t->family == SEG_LOGISTIC && l->low == l->high)
		only = l->low != 0.0 ? "true" : "false";
	if (t->family == SEG_POISSON && l->high == 0.0)
		only = "0";
	if (only != NULL)
		return seg_fail_facts(env,
		                      SEG_ONE_CLASS,
		                      (SegDiag){.what =
		                                    seg_regression_titles[t->family],
		                                .name = only,
		                                .got = (double) t->rows->n});
	return SEG_OK;
}

/*
 * Penalties are on coefficients of the elements as they are, unless the user
 * wants them on standardized ones.
 */
static void
settle_penalties(SegRegressionPass *t)
{
	for (int64_t j = 0; j < t->dim; j++)
	{
		double unit = t->params->standardize ? 1.0 : t->scale[j];

		if (j + 1 == t->params->offset)
			continue;
		t->l2[j] = t->params->l2 / (unit * unit);
		if (t->l1 != NULL)
			t->l1[j] = t->params->l1 / (unit * t->label_scale);
	}
}

SegStatus
seg_regression_look(SegEnv *env, SegRegressionPass *t)
{
	int64_t n = t->n;

	SEG_ALLOC(env, t->mean, t->dim);
	t->columns.dim = t->dim;
	SEG_ALLOC(env, t->columns.center, t->dim);
	SEG_ALLOC(env, t->scale, t->dim);
	SEG_ALLOC(env, t->columns.inverse, t->dim);
	SEG_ALLOC(env, t->l2, n);
	if (t->params->l1 > 0.0)
		SEG_ALLOC(env, t->l1, n);
	SEG_ALLOC(env, t->tile.x, n * SEG_TILE_ROWS);
	SEG_TRY(seg_tile_sums_create(env, n, &t->sums));
	SEG_TRY(survey_rows(env, t));
	SEG_TRY(check_labels(env, t));
	settle_penalties(t);
	t->tile.n = n;
	for (int64_t j = 0; j < t->dim; j++)
		t->columns.inverse[j] = 1.0 / t->scale[j];
	for (int i = 0; t->params->intercept && i < SEG_TILE_ROWS; i++)
		t->tile.x[t->dim * SEG_TILE_ROWS + i] = 1.0;
	return SEG_OK;
}

/* ---------- sums ---------- */

SegStatus
seg_tile_sums_create(SegEnv *env, int64_t n, SegTileSums *sums)
{
	SEG_ALLOC(env, sums->gradient, n * SEG_TILE_LANES);
	SEG_ALLOC(env, sums->information, n * (n + 1) / 2 * SEG_TILE_LANES);
	return SEG_OK;
}

void
seg_tile_sums_clear(int64_t n, SegTileSums *sums)
{
	size_t lane = SEG_TILE_LANES * sizeof(double);

	memset(sums->value, 0, sizeof(sums->value));
	memset(sums->gradient, 0, (size_t) n * lane);
	memset(sums->information, 0, (size_t) (n * (n + 1) / 2) * lane);
}

/* ---------- passes ---------- */

static void
place_label(SegRegressionPass *t, int64_t at, const double *x)
{
	t->tile.y[at] = (x[t->dim] - t->label_center) / t->label_scale;
	t->tile.weight[at] = t->weight > 0 ? x[t->weight] : 1.0;
}

/*
 * Place rows of a block from number i on, as many as there are lanes if there is
 * room; how many.
 */
static int64_t
place_next(SegRegressionPass *t, int64_t at, const SegBlock *block, int64_t i)
{
	const SegTileColumns *columns = &t->columns;
	int64_t stride = t->rows->stride;
	const double *x = block->x + i * stride;

	if (at + SEG_TILE_LANES <= SEG_TILE_ROWS && i + SEG_TILE_LANES <= block->n)
	{
		t->loops->place(&t->tile, at, columns, x, stride);
		for (int64_t lane = 0; lane < SEG_TILE_LANES; lane++)
			place_label(t, at + lane, x + lane * stride);
		return SEG_TILE_LANES;
	}
	for (int64_t j = 0; j < t->dim; j++)
		t->tile.x[j * SEG_TILE_ROWS + at] =
			(x[j] - columns->center[j]) * columns->inverse[j];
	place_label(t, at, x);
	return 1;
}

/*
 * Call visit for all rows, 64 at a time, with their predictions.
 */
SegStatus
seg_regression_pass(SegEnv *env, SegRegressionPass *t,
                    const double *coefficients, SegTileVisit visit,
                    void *context)
{
	SegTile *tile = &t->tile;
	int64_t filled = 0;
	SegBlock block;

	seg_tile_sums_clear(t->n, &t->sums);
	t->rows->rewind(t->rows);
	while (t->rows->next(t->rows, &block))
	{
		for (int64_t i = 0; i < block.n;)
		{
			int64_t placed = place_next(t, filled, &block, i);
			bool is_last;

			i += placed;
			filled += placed;
			is_last = block.first + i == t->rows->n;
			for (; is_last && filled < SEG_TILE_ROWS; filled++)
			{
				tile->weight[filled] = 0.0;
				tile->y[filled] = 1.0;
			}
			if (filled < SEG_TILE_ROWS)
				continue;
			if (env->stop(env->host))
				return SEG_STOPPED;
			if (coefficients != NULL)
				t->loops->predict(tile, coefficients);
			visit(t, context);
			filled = 0;
		}
	}
	return SEG_OK;
}

double
seg_tile_lanes_sum(const double *lane)
{
	return ((lane[0] + lane[1]) + (lane[2] + lane[3])) +
	       ((lane[4] + lane[5]) + (lane[6] + lane[7]));
}

void
seg_regression_information(const SegRegressionPass *t, double *information)
{
	const double *lanes = t->sums.information;

	for (int64_t i = 0; i < t->n; i++)
	{
		for (int64_t j = 0; j <= i; j++, lanes += SEG_TILE_LANES)
			information[i * t->n + j] = seg_tile_lanes_sum(lanes);
	}
}

static void
visit_likelihood(SegRegressionPass *t, void *context)
{
	(void) context;
	t->loops->differentiate[t->family](&t->tile, &t->sums);
	t->loops->add(&t->tile, &t->sums);
}

/*
 * The penalized log-likelihood and its derivatives, for the climb.
 */
SegStatus
seg_regression_height(SegEnv *env, void *context, const double *x,
                      SegHeight *height)
{
	SegRegressionPass *t = context;

	SEG_TRY(seg_regression_pass(env, t, x, visit_likelihood, NULL));
	height->value = seg_tile_lanes_sum(t->sums.value);
	seg_regression_information(t, height->information);
	for (int64_t j = 0; j < t->n; j++)
	{
		height->gradient[j] =
			seg_tile_lanes_sum(t->sums.gradient + j * SEG_TILE_LANES);
		if (t->l2[j] == 0.0)
			continue;
		height->value -= 0.5 * t->l2[j] * x[j] * x[j];
		height->gradient[j] -= t->l2[j] * x[j];
		height->information[j * t->n + j] += t->l2[j];
	}
	return SEG_OK;
}
