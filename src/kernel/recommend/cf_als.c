/*-------------------------------------------------------------------------
 *
 * cf_als.c
 *	  Matrix factorization of implicit feedback, by alternating least squares.
 *
 * Every pair of a user and an item counts [1]: p_u . q_i should be 1 where
 * there is a weight r, with confidence 1 + alpha r, and 0 elsewhere, with
 * confidence 1.  The squares of the vectors are penalized as in [2]: by
 * regularization times the sum of a user's (or item's) confidences, to a power,
 * so that one regularization suits short and long histories.
 *
 * With the items held, each user is a linear system,
 *
 *     (G + alpha sum r q q' + penalty I) p = sum (1 + alpha r) q,   G = Q' Q
 *
 * where the sums run over the user's own items, since G, computed once per
 * sweep, covers all the others.  It is positive definite, and solved by
 * Cholesky factorization.  The result does not depend on the order of users.
 *
 * The last sweep is over the users: folding in a history solves the same system,
 * and so gives what training gave.
 *
 * [1] Y. Hu, Y. Koren, C. Volinsky, "Collaborative Filtering for Implicit
 * Feedback Datasets", ICDM 2008.
 *
 * [2] S. Rendle, W. Krichene, L. Zhang, Y. Koren, "Revisiting the Performance of
 * iALS on Item Recommendation Benchmarks", RecSys 2022, with nu for the exponent
 * and 1 / alpha for the weight of pairs that were not observed.
 *
 * src/kernel/recommend/cf_als.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_als.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "kernel/recommend/cf_algorithm.h"

#define BATCH 32      /* rows of held factors laid side by side */
#define CHUNK 64      /* rows of a Gram matrix that stay in the cache */
#define WORK  4000000 /* multiplications between checks whether to stop */

#define FIRST_USERS 1 /* the stream of random draws */

/* ---------- one side ---------- */

/*
 * Ask whether to stop, but only once per WORK multiplications.
 */
static SegStatus
cf_als_ask(SegEnv *env, SegAlsSide *side, int64_t work)
{
	side->work += work;
	if (side->work < WORK)
		return SEG_OK;
	side->work = 0;
	return env->stop(env->host) ? SEG_STOPPED : SEG_OK;
}

static SegStatus
make_gram(SegEnv *env, SegAlsSide *side)
{
	size_t bytes = (size_t) (side->width * side->width) * sizeof(double);

	memset(side->gram, 0, bytes);
	for (int64_t i = 0; i < side->count; i += CHUNK)
	{
		int64_t left = side->count - i;

		if (env->stop(env->host))
			return SEG_STOPPED;
		side->loops->add_gram(side->gram,
		                      side->width,
		                      side->row + i * side->width,
		                      left < CHUNK ? left : CHUNK);
	}
	return SEG_OK;
}

static SegStatus
create_side(SegEnv *env, const SegAlsPenalty *penalty, int64_t width,
            const double *row, int64_t count, SegAlsSide *side)
{
	*side = (SegAlsSide){.loops = seg_cf_loops(),
	                     .penalty = *penalty,
	                     .width = width,
	                     .count = count,
	                     .row = row};
	SEG_ALLOC(env, side->gram, width * width);
	SEG_ALLOC(env, side->a, width * width);
	SEG_ALLOC(env, side->batch, BATCH * width);
	SEG_ALLOC(env, side->b, width);
	SEG_ALLOC(env, side->scratch, 2 * width);
	return SEG_OK;
}

SegStatus
seg_als_side(SegEnv *env, const SegAlsPenalty *penalty, int64_t width,
             const double *row, int64_t count, SegAlsSide *side)
{
	SEG_TRY(create_side(env, penalty, width, row, count, side));
	return make_gram(env, side);
}

static double
cf_als_sum_of(const SegHistory *history)
{
	double sum = 0.0;

	for (int64_t i = 0; i < history->n; i++)
		sum += history->value[i];
	return sum;
}

static double
penalty_of(const SegAlsSide *side, double weights)
{
	double confidence = (double) side->count + side->penalty.alpha * weights;

	return side->penalty.regularization *
	       (side->penalty.exponent == 1.0
	            ? confidence
	            : pow(confidence, side->penalty.exponent));
}

/*
 * Multiply rows of held factors by the root of their confidence above 1, so
 * that their Gram matrix is the sum over this history.
 */
static void
add_batch(SegAlsSide *side, const SegHistory *history, int64_t from, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		const double *q = side->row + history->other[from + i] * side->width;
		double weight = side->penalty.alpha * history->value[from + i];
		double root = sqrt(weight);
		double *to = side->batch + i * side->width;

		for (int64_t f = 0; f < side->width; f++)
		{
			to[f] = root * q[f];
			side->b[f] += (1.0 + weight) * q[f];
		}
	}
	side->loops->add_gram(side->a, side->width, side->batch, n);
}

SegStatus
seg_als_solve_row(SegEnv *env, SegAlsSide *side, const SegHistory *history,
                  double *vector, double *loss)
{
	int64_t width = side->width;
	size_t bytes = (size_t) width * sizeof(double);
	double weights = cf_als_sum_of(history);
	double penalty = penalty_of(side, weights);
	double gained = 0.0;

	memcpy(side->a, side->gram, (size_t) width * bytes);
	memset(side->b, 0, bytes);
	for (int64_t f = 0; f < width; f++)
		side->a[f * width + f] += penalty;
	for (int64_t i = 0; i < history->n; i += BATCH)
	{
		int64_t left = history->n - i;

		SEG_TRY(cf_als_ask(env, side, BATCH * width * width / 2));
		add_batch(side, history, i, left < BATCH ? left : BATCH);
	}
	SEG_TRY(cf_als_ask(env, side, width * width * width / 6));
	memcpy(vector, side->b, bytes);
	side->loops->solve(side->a, width, vector, side->scratch);
	for (int64_t f = 0; f < width; f++)
		gained += side->b[f] * vector[f];
	*loss = (double) history->n + side->penalty.alpha * weights - gained;
	return SEG_OK;
}

/* ---------- training ---------- */

/*
 * Solve all rows of one side, which is the one held next.
 */
static SegStatus
sweep(SegEnv *env, SegAlsSide *held, const SegRatingLists *lists, double *rows,
      double *loss)
{
	int64_t width = held->width;

	SEG_TRY(make_gram(env, held));
	*loss = 0.0;
	for (int32_t l = 0; l < lists->count; l++)
	{
		SegHistory history = seg_list(lists, l);
		double remains;

		SEG_TRY(
			seg_als_solve_row(env, held, &history, rows + l * width, &remains));
		*loss += remains;
	}
	return SEG_OK;
}

/*
 * Penalties of the held side, which the losses of rows leave out.
 */
static double
held_penalties(const SegAlsSide *held, const SegAlsSide *other,
               const SegRatingLists *lists)
{
	double sum = 0.0;

	for (int32_t l = 0; l < lists->count; l++)
	{
		SegHistory history = seg_list(lists, l);
		const double *x = held->row + l * held->width;
		double square = 0.0;

		for (int64_t f = 0; f < held->width; f++)
			square += x[f] * x[f];
		sum += penalty_of(other, cf_als_sum_of(&history)) * square;
	}
	return sum;
}

/*
 * Initial vectors of users, of the given length up to chance.
 */
static SegStatus
draw_users(SegEnv *env, const SegCfParams *params, int64_t users, int64_t width,
           double **result)
{
	int64_t factors = params->factors;
	double scale = 2.0 * sqrt(3.0 / (double) factors) * params->init_deviation;
	double *x;

	SEG_ALLOC(env, x, users * width);
	for (int64_t u = 0; u < users; u++)
	{
		if (u % CHUNK == 0 && env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t f = 0; f < factors; f++)
			x[u * width + f] =
				scale * (seg_random_real((uint64_t) params->seed,
			                             FIRST_USERS,
			                             (uint64_t) (u * factors + f)) -
			             0.5);
	}
	*result = x;
	return SEG_OK;
}

SegStatus
seg_als_train(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
              SegFactors *factors, double *loss)
{
	SegAlsPenalty penalty = {params->alpha,
	                         params->regularization,
	                         params->regularization_exponent};
	int64_t width = seg_cf_width(params->factors);
	SegAlsSide users;
	SegAlsSide items;
	double *p;
	double *q;

	SEG_TRY(draw_users(env, params, ratings->users, width, &p));
	SEG_ALLOC(env, q, ratings->items * width);
	SEG_TRY(create_side(env, &penalty, width, p, ratings->users, &users));
	SEG_TRY(create_side(env, &penalty, width, q, ratings->items, &items));
	for (int64_t i = 0; i < params->iterations; i++)
	{
		SEG_TRY(sweep(env, &users, &ratings->by_item, q, loss));
		SEG_TRY(sweep(env, &items, &ratings->by_user, p, loss));
		*loss += held_penalties(&items, &users, &ratings->by_item);
		if (!isfinite(*loss))
			return seg_fail(env, SEG_NOT_FINITE, "loss", *loss, 0);
		if (env->progress != NULL)
			env->progress(env->host,
			              "als_implicit",
			              i + 1,
			              *loss,
			              (double) (i + 1) / (double) params->iterations);
	}
	*factors = (SegFactors){width, p, q};
	return SEG_OK;
}

/* ---------- as a recommender method ---------- */

/* clang-format off */
static const SegOption als_options[] = {
	SEG_CF_METHOD_OPTION(SEG_CF_ALS),
	{"factors", SEG_OPTION_INT, SEG_CF_OPTION(factors), 32, 1, SEG_CF_MAX_FACTORS, NULL,
		"factors of each user and item"},
	{"iterations", SEG_OPTION_INT, SEG_CF_OPTION(iterations), 15, 1, SEG_CF_MAX_STEPS, NULL,
		"rounds of solving for items, then users"},
	{"alpha", SEG_OPTION_REAL, SEG_CF_OPTION(alpha), 10, SEG_CF_TINY, 1e9, NULL,
		"what a weight of 1 adds to the confidence of 1 of every pair"},
	{"regularization", SEG_OPTION_REAL, SEG_CF_OPTION(regularization), NAN, SEG_CF_TINY, 1e9, NULL,
		"weight of the squares of factors, for each unit of confidence"},
	{"regularization_exponent", SEG_OPTION_REAL, SEG_CF_OPTION(regularization_exponent), 1, 0, 1, NULL,
		"power of the confidence in it; 0: the same for all"},
	{"init_deviation", SEG_OPTION_REAL, SEG_CF_OPTION(init_deviation), 0.1, SEG_CF_TINY, 10, NULL,
		"length of the first factors of a user"},
	SEG_CF_SEED_OPTION,
	SEG_OPTION_END
};
/* clang-format on */

/*
 * The penalty of a mean user is the confidence of so many items: a share of the
 * cube root of how many there are.  One number for the regularization itself would not
 * do: with it, what halves a history of two courses of 300 does nothing to one of
 * 60 films of 1,000.  If all items are equally popular, all factors vanish where
 * the penalty of users is what their own items weigh; it stays below that.
 */
#define USUAL_SHARE 0.3
#define MOST_SHARE  0.9 /* of a user's own items */

static double
usual_regularization(const SegRatings *ratings, const SegCfParams *p)
{
	double history = (double) ratings->n / ratings->users;
	double item = 1.0 + p->alpha * ratings->mean;
	double user = ratings->items + p->alpha * ratings->mean * history;
	double items =
		fmin(USUAL_SHARE * cbrt(ratings->items), MOST_SHARE * history);

	return items * item / pow(user, p->regularization_exponent);
}

static SegStatus
train_als(SegEnv *env, const SegRatings *ratings, const SegCfParams *params,
          SegCf *model)
{
	SegCfParams p = *params;
	SegFactors factors;

	if (isnan(p.regularization))
		p.regularization = usual_regularization(ratings, params);
	model->regularization = p.regularization;
	SEG_TRY(seg_als_train(env, ratings, &p, &factors, &model->loss));
	if (!seg_cf_take_factors(&factors, model))
		return seg_fail(env, SEG_NOT_FINITE, "factor", 0, 0);
	model->iterations = params->iterations;
	return SEG_OK;
}

static bool
als_is_sound(const SegCf *m)
{
	return m->factors > 0;
}

static SegStatus
ready_als(SegEnv *env, SegCfScorer *s)
{
	const SegCf *m = s->model;
	SegAlsPenalty penalty = {m->alpha,
	                         m->regularization,
	                         m->regularization_exponent};
	SegAlsSide *items;

	SEG_ALLOC(env, items, 1);
	s->own = items;
	return seg_als_side(env,
	                    &penalty,
	                    s->width,
	                    s->item_factors,
	                    m->items,
	                    items);
}

static SegStatus
als_visitor(SegEnv *env, SegCfScorer *s, SegCfUser *result)
{
	double loss;

	return seg_als_solve_row(env,
	                         s->own,
	                         &result->history,
	                         result->factors,
	                         &loss);
}

const SegCfAlgorithm seg_cf_als_implicit = {
	.options = als_options,
	.feedback = SEG_CF_IMPLICIT,
	.arrays = SEG_CF_FACTORS,
	.train = train_als,
	.is_sound = als_is_sound,
	.ready = ready_als,
	.visitor = als_visitor,
};
