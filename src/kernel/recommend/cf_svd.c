/*-------------------------------------------------------------------------
 *
 * cf_svd.c
 *	  Biased matrix factorization by stochastic gradient descent.
 *
 * The model is r = mean + b_u + b_i + p_u . q_i [1]; each rating in turn moves
 * its two biases and two vectors along the gradient of
 *
 *     e^2 + regularization (b_u^2 + b_i^2 + |p_u|^2 + |q_i|^2)
 *
 * where p and q both move by the old values.  Steps shrink from epoch to epoch,
 * so that the last ones settle what the first ones stirred up.
 *
 * Ratings are learned in units of their standard deviation, so that the options
 * mean the same for stars from 1 to 5 and for points from 0 to 100.  On the way
 * back, with s the deviation, biases are multiplied by s and factors by the
 * root of s.
 *
 * Order.  All ratings are shuffled once, in memory; each epoch then takes short
 * stretches of them in a new random order.  That is as good as a new shuffle,
 * and since ratings are read in sequence, their factors can be fetched before
 * they are needed: the factors of many users do not fit into a cache.
 *
 * Folding in a user minimizes the same sum of squares over p_u and b_u alone,
 * with q and b_i held.
 *
 * [1] Y. Koren, R. Bell, C. Volinsky, "Matrix Factorization Techniques for
 * Recommender Systems", IEEE Computer 42(8), 2009, equation 5.
 *
 * src/kernel/recommend/cf_svd.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_svd.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "kernel/recommend/cf_algorithm.h"

/*
 * STEPS counts users or items while factors are drawn, ratings while they are
 * shuffled, and, roughly, factors in an epoch.
 */
#define MAX_STRETCH 256   /* ratings that stay together */
#define STRETCHES   1024  /* at least this many, given enough ratings */
#define STEPS       16384 /* between checks whether to stop */

/* Streams of random draws; epoch e shuffles with SHUFFLE + 1 + e. */
enum
{
	USER_FACTORS = 1,
	ITEM_FACTORS,
	SHUFFLE
};

/* ---------- random numbers ---------- */

static inline int64_t
draw_below(uint64_t seed, uint64_t stream, int64_t i, int64_t n)
{
	uint64_t bits = seg_random_bits(seed, stream, (uint64_t) i) >> 32;

	return (int64_t) (bits * (uint64_t) n >> 32);
}

/*
 * Uniform numbers around 0: the variance of normal ones, without the logarithm.
 */
static SegStatus
draw_factors(SegEnv *env, uint64_t seed, uint64_t stream, int64_t n,
             int64_t factors, int64_t width, double deviation, double **result)
{
	double scale = 2.0 * sqrt(3.0) * deviation;
	double *x;

	SEG_ALLOC(env, x, n * width + 1);
	for (int64_t i = 0; i < n; i++)
	{
		if (i % STEPS == 0 && env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t f = 0; f < factors; f++)
			x[i * width + f] =
				scale *
				(seg_random_real(seed, stream, (uint64_t) (i * factors + f)) -
			     0.5);
	}
	*result = x;
	return SEG_OK;
}

/* ---------- the order of ratings ---------- */

typedef struct Walk
{
	SegRating *rating; /* standardized */
	int64_t n;
	int64_t stretch;
	int64_t count; /* of stretches */
	int64_t *order;
	bool shuffle;
	uint64_t seed;
} Walk;

static SegStatus
plan_walk(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
          double deviation, Walk *c)
{
	const SegRatingLists *lists = &ratings->by_user;

	c->n = ratings->n;
	c->shuffle = params->shuffle;
	c->seed = (uint64_t) params->seed;
	c->stretch = c->n / STRETCHES;
	if (c->stretch > MAX_STRETCH)
		c->stretch = MAX_STRETCH;
	if (c->stretch < 1)
		c->stretch = 1;
	c->count = (c->n + c->stretch - 1) / c->stretch;
	SEG_ALLOC(env, c->rating, c->n);
	SEG_ALLOC(env, c->order, c->count);
	for (int64_t i = 0; i < c->count; i++)
		c->order[i] = i;
	for (int32_t u = 0; u < lists->count; u++)
		for (int64_t i = lists->start[u]; i < lists->start[u + 1]; i++)
			c->rating[i] =
				(SegRating){u,
			                lists->other[i],
			                (lists->value[i] - ratings->mean) / deviation};
	if (!c->shuffle)
		return SEG_OK;
	for (int64_t i = c->n - 1; i > 0; i--)
	{
		int64_t j = draw_below(c->seed, SHUFFLE, i, i + 1);
		SegRating r = c->rating[i];

		if (i % STEPS == 0 && env->stop(env->host))
			return SEG_STOPPED;
		c->rating[i] = c->rating[j];
		c->rating[j] = r;
	}
	return SEG_OK;
}

static void
shuffle_stretches(Walk *c, int64_t epoch)
{
	for (int64_t i = c->count - 1; i > 0 && c->shuffle; i--)
	{
		int64_t j =
			draw_below(c->seed, SHUFFLE + 1 + (uint64_t) epoch, i, i + 1);
		int64_t s = c->order[i];

		c->order[i] = c->order[j];
		c->order[j] = s;
	}
}

/* ---------- descent ---------- */

static SegStatus
run_epoch(SegEnv *env, const SegCfLoops *loops, const SegDescent *descent,
          const Walk *c, double *squares)
{
	int64_t between = STEPS / (c->stretch * (descent->width + 8)) + 1;

	*squares = 0.0;
	for (int64_t i = 0; i < c->count; i++)
	{
		int64_t first = c->order[i] * c->stretch;
		int64_t n = c->n - first < c->stretch ? c->n - first : c->stretch;

		if (i % between == 0 && env->stop(env->host))
			return SEG_STOPPED;
		*squares += loops->descend(descent, c->rating + first, n);
	}
	return SEG_OK;
}

static SegStatus
run_epochs(SegEnv *env, const SegCfParams *params, SegDescent *descent, Walk *c,
           double deviation, double *rmse)
{
	const SegCfLoops *loops = seg_cf_loops();

	descent->rate = params->learning_rate;
	descent->regularization = params->regularization;
	for (int64_t epoch = 0; epoch < params->iterations; epoch++)
	{
		double squares;

		shuffle_stretches(c, epoch);
		SEG_TRY(run_epoch(env, loops, descent, c, &squares));
		*rmse = sqrt(squares / (double) c->n) * deviation;
		if (!isfinite(*rmse))
			return seg_fail(env,
			                SEG_DIVERGED,
			                "learning_rate",
			                (double) (epoch + 1),
			                0);
		if (env->progress != NULL)
			env->progress(env->host,
			              "svd",
			              epoch + 1,
			              *rmse,
			              (double) (epoch + 1) / (double) params->iterations);
		descent->rate *= params->learning_rate_decay;
	}
	return SEG_OK;
}

static double
deviation_of(const SegRatings *ratings)
{
	double range = ratings->most - ratings->least;
	double squares = 0.0;
	/* squares of smaller gaps would be too small for a float8 */
	double unit = range > 0.0 && range < 1e-100 ? range : 1.0;

	for (int64_t i = 0; i < ratings->n; i++)
	{
		double gap = (ratings->by_user.value[i] - ratings->mean) / unit;

		squares += gap * gap;
	}
	/* all ratings equal: nothing to scale */
	return squares > 0.0
	           ? fmax(sqrt(squares / (double) ratings->n) * unit, DBL_MIN)
	           : 1.0;
}

static void
scale(double *x, int64_t n, double by)
{
	for (int64_t i = 0; i < n; i++)
		x[i] *= by;
}

SegStatus
seg_svd_train(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
              SegSvd *svd)
{
	uint64_t seed = (uint64_t) params->seed;
	int64_t users = ratings->users;
	int64_t items = ratings->items;
	int64_t width = seg_cf_width(params->factors);
	SegDescent d = {.width = width};
	double root;
	Walk walk;

	svd->deviation = params->standardize ? deviation_of(ratings) : 1.0;
	SEG_ALLOC(env, d.user_biases, users);
	SEG_ALLOC(env, d.item_biases, items);
	SEG_TRY(draw_factors(env,
	                     seed,
	                     USER_FACTORS,
	                     users,
	                     params->factors,
	                     width,
	                     params->init_deviation,
	                     &d.user_factors));
	SEG_TRY(draw_factors(env,
	                     seed,
	                     ITEM_FACTORS,
	                     items,
	                     params->factors,
	                     width,
	                     params->init_deviation,
	                     &d.item_factors));
	SEG_TRY(plan_walk(env, ratings, params, svd->deviation, &walk));
	SEG_TRY(run_epochs(env, params, &d, &walk, svd->deviation, &svd->rmse));

	root = sqrt(svd->deviation);
	scale(d.user_biases, users, svd->deviation);
	scale(d.item_biases, items, svd->deviation);
	scale(d.user_factors, users * width, root);
	scale(d.item_factors, items * width, root);
	svd->biases = (SegBiases){ratings->mean, d.user_biases, d.item_biases};
	svd->factors = (SegFactors){width, d.user_factors, d.item_factors};
	return SEG_OK;
}

/* ---------- folding in ---------- */

/*
 * Add an item to the normal equations: its factors and, for the bias, a 1.
 */
static void
cf_svd_add_item(const SegSvdItems *items, const SegCfLoops *loops, int32_t item,
                double rating, double *row, double *a, double *b)
{
	int64_t width = items->width + SEG_CF_STRIDE;
	double rest = rating - items->mean - items->biases[item];

	memcpy(row,
	       items->factors + item * items->width,
	       (size_t) items->width * sizeof(double));
	row[items->width] = 1.0;
	loops->add_gram(a, width, row, 1);
	for (int64_t f = 0; f < width; f++)
		b[f] += rest * row[f];
}

/*
 * The unknowns are the factors and, after them, the bias; the padding of the
 * last stride appears in no equation and comes out as 0.
 */
SegStatus
seg_svd_fold_in(SegEnv *env, const SegSvdItems *items,
                const SegHistory *history, double *factors, double *bias)
{
	const SegCfLoops *loops = seg_cf_loops();
	int64_t width = items->width + SEG_CF_STRIDE;
	double n = (double) history->n;
	double *a;
	double *b;
	double *row;
	double *scratch;

	SEG_ALLOC(env, a, width * width);
	SEG_ALLOC(env, b, width);
	SEG_ALLOC(env, row, width);
	SEG_ALLOC(env, scratch, 2 * width);
	for (int64_t f = 0; f < items->width; f++)
		a[f * width + f] = n * items->factor_penalty;
	a[items->width * width + items->width] = n * items->bias_penalty;
	for (int64_t i = 0; i < history->n; i++)
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		cf_svd_add_item(items,
		                loops,
		                history->other[i],
		                history->value[i],
		                row,
		                a,
		                b);
	}
	loops->solve(a, width, b, scratch);
	memcpy(factors, b, (size_t) items->width * sizeof(double));
	*bias = b[items->width];
	return SEG_OK;
}

/* ---------- as a recommender method ---------- */

/* clang-format off */
static const SegOption svd_options[] = {
	SEG_CF_METHOD_OPTION(SEG_CF_SVD),
	{"factors", SEG_OPTION_INT, SEG_CF_OPTION(factors), 64, 0, SEG_CF_MAX_FACTORS, NULL,
		"factors of each user and item"},
	{"epochs", SEG_OPTION_INT, SEG_CF_OPTION(iterations), 40, 1, SEG_CF_MAX_STEPS, NULL,
		"passes over the ratings"},
	{"learning_rate", SEG_OPTION_REAL, SEG_CF_OPTION(learning_rate), 0.02, SEG_CF_TINY, 1, NULL,
		"length of a step in the first epoch"},
	{"learning_rate_decay", SEG_OPTION_REAL, SEG_CF_OPTION(learning_rate_decay), 0.97, SEG_CF_TINY, 1, NULL,
		"by which the length is multiplied after each epoch"},
	{"regularization", SEG_OPTION_REAL, SEG_CF_OPTION(regularization), 0.08, 0, 1e6, NULL,
		"weight of the squares of biases and factors, for each rating"},
	{"init_deviation", SEG_OPTION_REAL, SEG_CF_OPTION(init_deviation), 0.03, 0, 10, NULL,
		"standard deviation of the first factors"},
	{"standardize", SEG_OPTION_BOOL, SEG_CF_OPTION(standardize), 1, 0, 1, NULL,
		"learn from ratings divided by their standard deviation"},
	{"shuffle", SEG_OPTION_BOOL, SEG_CF_OPTION(shuffle), 1, 0, 1, NULL,
		"take the ratings in random order"},
	SEG_CF_SEED_OPTION,
	SEG_CF_RATING_RANGE_OPTIONS,
	SEG_OPTION_END
};
/* clang-format on */

static SegStatus
train_svd(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
          SegCf *model)
{
	SegSvd svd;

	SEG_TRY(seg_svd_train(env, ratings, params, &svd));
	if (!seg_cf_take_factors(&svd.factors, model) ||
	    seg_cf_are_large(svd.biases.user, model->users) ||
	    seg_cf_are_large(svd.biases.item, model->items))
		return seg_fail(env,
		                SEG_DIVERGED,
		                "learning_rate",
		                (double) params->iterations,
		                0);
	model->user_biases = svd.biases.user;
	model->item_biases = svd.biases.item;
	model->deviation = svd.deviation;
	model->loss = svd.rmse;
	model->iterations = params->iterations;
	return SEG_OK;
}

static SegStatus
svd_visitor(SegEnv *env, SegCfScorer *s, SegCfUser *result)
{
	const SegCf *m = s->model;
	/* learned from ratings divided by their deviation */
	SegSvdItems items = {s->width,
	                     s->item_factors,
	                     m->item_biases,
	                     m->mean,
	                     m->regularization * m->deviation,
	                     m->regularization};

	return seg_svd_fold_in(env,
	                       &items,
	                       &result->history,
	                       result->factors,
	                       &result->bias);
}

const SegCfAlgorithm seg_cf_svd = {
	.options = svd_options,
	.feedback = SEG_CF_EXPLICIT,
	.arrays = SEG_CF_BIASES | SEG_CF_FACTORS,
	.rating_bytes = sizeof(SegRating), /* in random order */
	.train = train_svd,
	.visitor = svd_visitor,
};
