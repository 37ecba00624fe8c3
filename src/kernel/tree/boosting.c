/*-------------------------------------------------------------------------
 *
 * boosting.c
 *	  Gradient boosting: each tree is grown on the gradient of the loss that the
 *	  trees before it leave [1].
 *
 * Several classes have a score each, and a tree per score in each round.
 *
 * With early stopping, a share of the rows is held out; rounds end when the loss
 * of these has not become smaller for some rounds, and the trees after the best
 * round are dropped.
 *
 * [1] J. H. Friedman, "Greedy function approximation: a gradient boosting
 * machine" (2001); second derivatives and l2 as in T. Chen and C. Guestrin,
 * "XGBoost" (2016); histograms as in G. Ke et al., "LightGBM" (2017).
 *
 * src/kernel/tree/boosting.c
 *
 *-------------------------------------------------------------------------
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/missing.h"
#include "base/radix_sort.h"
#include "kernel/tree/tree.h"
#include "kernel/tree/tree_loss.h"
#include "kernel/tree/tree_store.h"

typedef struct Boosting
{
	const SegTreeParams *params;
	SegTreeRows rows;
	SegLoss loss;
	SegTreeData data;
	SegGrowth growth;
	SegGrower grower;
	SegTreeStore store;
	double *base;    /* scores */
	double *score;   /* scores * n */
	double *log_sum; /* softmax: n */
	double *covers;  /* per leaf */
	double *values;
	unsigned char *is_drawn; /* row_share below 1 */
	SegRadixItem *residuals; /* quantile: of a leaf */
	SegRadixItem *scratch;
} Boosting;

static SegLossKind
kind_of_loss(const SegTreeParams *params, int64_t classes)
{
	if (classes > 0)
		return classes == 2 ? SEG_LOSS_KIND_LOGISTIC : SEG_LOSS_KIND_SOFTMAX;
	if (params->loss == SEG_LOSS_POISSON)
		return SEG_LOSS_KIND_POISSON;
	return params->loss == SEG_LOSS_QUANTILE ? SEG_LOSS_KIND_QUANTILE
	                                         : SEG_LOSS_KIND_SQUARED;
}

/* ---------- quantiles ---------- */

/*
 * The smallest number that has at least a share of the weight up to it. Sorts
 * the items, whose keys become numbers' and whose number is a weight.
 */
static SegStatus
weighted_quantile(SegEnv *env, Boosting *b, int64_t n, double share,
                  double *result)
{
	double total = 0.0;
	double sum = 0.0;
	int64_t i = 0;

	SEG_TRY(seg_radix_sort(env, b->residuals, b->scratch, n));
	for (int64_t k = 0; k < n; k++)
		total += b->residuals[k].number;
	for (; i < n - 1; i++)
	{
		sum += b->residuals[i].number;
		if (sum >= share * total)
			break;
	}
	*result = seg_radix_unkey(b->residuals[i].key);
	return SEG_OK;
}

/*
 * Of the residuals of some rows.
 */
static SegStatus
quantile_of_rows(SegEnv *env, Boosting *b, const uint32_t *rows, int64_t n,
                 double *result)
{
	for (int64_t i = 0; i < n; i++)
	{
		double residual = b->rows.y[rows[i]] - b->score[rows[i]];

		b->residuals[i] =
			(SegRadixItem){seg_radix_key(residual),
		                   .number = seg_tree_weight(&b->rows, rows[i])};
	}
	return weighted_quantile(env, b, n, b->params->quantile, result);
}

/* ---------- where it begins ---------- */

/*
 * All rows that are not held out, into the grower.
 */
static int64_t
list_rows(Boosting *b)
{
	int64_t n = 0;

	for (int64_t i = 0; i < b->rows.n; i++)
	{
		b->grower.rows[n] = (uint32_t) i;
		n += b->rows.is_held_out == NULL || !b->rows.is_held_out[i];
	}
	return n;
}

/*
 * The constants that make the loss small; for several classes the logarithms of
 * their shares.
 */
static SegStatus
find_base(SegEnv *env, Boosting *b)
{
	const SegTreeRows *rows = &b->rows;
	double mean = rows->mean;

	switch (b->loss.kind)
	{
		case SEG_LOSS_KIND_LOGISTIC:
			mean = fmin(fmax(mean, DBL_EPSILON), 1.0 - DBL_EPSILON);
			b->base[0] = log(mean / (1.0 - mean));
			break;
		case SEG_LOSS_KIND_SOFTMAX:
			for (int64_t i = 0; i < rows->n; i++)
			{
				if (rows->is_held_out == NULL || !rows->is_held_out[i])
					b->base[(int64_t) rows->y[i]] += seg_tree_weight(rows, i);
			}
			for (int64_t k = 0; k < rows->classes; k++)
				b->base[k] =
					log(fmax(b->base[k] / rows->total_weight, DBL_EPSILON));
			break;
		case SEG_LOSS_KIND_SQUARED:
			b->base[0] = mean;
			break;
		case SEG_LOSS_KIND_POISSON:
			b->base[0] = log(fmax(mean, DBL_MIN));
			break;
		case SEG_LOSS_KIND_QUANTILE:
			SEG_TRY(quantile_of_rows(env,
			                         b,
			                         b->grower.rows,
			                         list_rows(b),
			                         &b->base[0]));
			break;
	}
	for (int64_t k = 0; k < b->loss.scores; k++)
	{
		for (int64_t i = 0; i < rows->n; i++)
			b->score[k * rows->n + i] = b->base[k];
	}
	return SEG_OK;
}

static SegStatus
check_losses(SegEnv *env, const Boosting *b)
{
	for (int64_t i = 0; b->loss.kind == SEG_LOSS_KIND_POISSON && i < b->rows.n;
	     i++)
	{
		if (b->rows.y[i] < 0.0)
			return seg_fail(env, SEG_ARGUMENT_BELOW, "label", b->rows.y[i], 0);
	}
	if (b->rows.held_out == b->rows.n)
		return seg_fail(env,
		                SEG_TOO_FEW_ROWS,
		                "training row besides those held out",
		                0,
		                1);
	return SEG_OK;
}

static SegStatus
begin_boosting(SegEnv *env, Boosting *b)
{
	const SegTreeParams *params = b->params;
	int64_t n = b->rows.n;
	int64_t scores = b->rows.classes > 2 ? b->rows.classes : 1;

	b->loss = (SegLoss){.kind = kind_of_loss(params, b->rows.classes),
	                    .quantile = params->quantile,
	                    .rows = &b->rows,
	                    .scores = scores};
	SEG_TRY(check_losses(env, b));
	b->data = (SegTreeData){.bins = &b->rows.bins, .outputs = 1};
	b->growth =
		(SegGrowth){.rules = {.min_leaf_rows = params->min_leaf_rows,
	                          .min_leaf_hessian = params->min_leaf_hessian,
	                          .l2 = params->l2},
	                .max_depth = params->max_depth,
	                .max_leaves = params->max_leaves,
	                .seed = (uint64_t) params->seed};
	SEG_TRY(
		seg_tree_monotone(env, params, &b->rows, &b->growth.rules.monotone));
	SEG_ALLOC(env, b->data.gradients, n);
	SEG_ALLOC(env, b->base, scores);
	SEG_ALLOC(env, b->score, scores * n);
	if (scores > 1)
		SEG_ALLOC(env, b->log_sum, n);
	if (params->row_share < 1.0)
		SEG_ALLOC(env, b->is_drawn, n);
	if (b->loss.kind == SEG_LOSS_KIND_QUANTILE)
	{
		SEG_ALLOC(env, b->residuals, n);
		SEG_ALLOC(env, b->scratch, n);
	}
	b->loss.score = b->score;
	b->loss.log_sum = b->log_sum;
	SEG_ALLOC(env, b->covers, params->max_leaves);
	SEG_ALLOC(env, b->values, params->max_leaves);
	SEG_TRY(seg_grower_make(env, &b->data, &b->growth, n, &b->grower));
	SEG_TRY(seg_tree_store_make(env,
	                            b->rows.bins.dim,
	                            1,
	                            params->trees * scores,
	                            &b->store));
	return find_base(env, b);
}

/* ---------- a tree ---------- */

/*
 * Draw a share of the rows; how many.
 */
static int64_t
draw_share(Boosting *b, int64_t round, double share)
{
	int64_t n = 0;

	for (int64_t i = 0; i < b->rows.n; i++)
	{
		bool held_out = b->rows.is_held_out != NULL && b->rows.is_held_out[i];

		b->is_drawn[i] =
			!held_out && seg_random_real((uint64_t) b->params->seed,
		                                 (uint64_t) round + 1,
		                                 (uint64_t) i) < share;
		b->grower.rows[n] = (uint32_t) i;
		n += b->is_drawn[i];
	}
	return n;
}

/*
 * The rows that a round learns from: all, if they are so few that none is drawn.
 */
static int64_t
draw_rows(Boosting *b, int64_t round)
{
	int64_t n;

	if (b->is_drawn == NULL)
		return list_rows(b);
	n = draw_share(b, round, b->params->row_share);
	return n > 0 ? n : draw_share(b, round, 1.0);
}

/*
 * What each leaf adds, and the weight of its rows.
 */
static SegStatus
fill_leaves(SegEnv *env, Boosting *b)
{
	for (int64_t i = 0; i < b->grower.n_nodes; i++)
	{
		const SegNode *node = &b->grower.nodes[i];
		const uint32_t *rows = b->grower.rows + node->low;
		int64_t n = node->high - node->low;
		double value = node->value;

		if (node->element >= 0)
			continue;
		if (b->loss.kind == SEG_LOSS_KIND_QUANTILE)
		{
			SEG_TRY(quantile_of_rows(env, b, rows, n, &value));
			value = fmin(fmax(value, node->range.low), node->range.high);
		}
		b->values[node->link] = b->params->learning_rate * value;
		b->covers[node->link] = b->rows.weights != NULL ? 0.0 : (double) n;
		for (int64_t r = 0; b->rows.weights != NULL && r < n; r++)
			b->covers[node->link] += b->rows.weights[rows[r]];
	}
	return SEG_OK;
}

/*
 * Add the tree to the scores of all rows: those that it was grown from lie by
 * leaf, the others have to find theirs.
 */
static SegStatus
add_to_scores(SegEnv *env, Boosting *b, double *score)
{
	const unsigned char *learned = b->is_drawn;
	int64_t steps = 0;

	for (int64_t i = 0; i < b->grower.n_nodes; i++)
	{
		const SegNode *node = &b->grower.nodes[i];

		for (int64_t r = node->low; node->element < 0 && r < node->high; r++)
			score[b->grower.rows[r]] += b->values[node->link];
	}
	if (learned == NULL && b->rows.held_out == 0)
		return SEG_OK;
	for (int64_t i = 0; i < b->rows.n; i++)
	{
		if (learned != NULL ? !learned[i] : b->rows.is_held_out[i])
			score[i] += b->values[seg_grower_leaf(&b->grower, i)->link];
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	return SEG_OK;
}

static SegStatus
boost(SegEnv *env, Boosting *b, int64_t round, int64_t k)
{
	int64_t n = draw_rows(b, round);

	SEG_TRY(seg_loss_gradients(env, &b->loss, k, &b->data));
	SEG_TRY(seg_grow(env, &b->grower, n, b->store.trees));
	SEG_TRY(fill_leaves(env, b));
	SEG_TRY(add_to_scores(env, b, b->score + k * b->rows.n));
	return seg_tree_store_add(env, &b->store, &b->grower, b->covers, b->values);
}

/*
 * The rounds; *holdout_loss is that of the best one.
 */
static SegStatus
run_rounds(SegEnv *env, Boosting *b, double *holdout_loss)
{
	const SegTreeParams *params = b->params;
	bool stops = b->rows.held_out > 0;
	double best = INFINITY;
	int64_t best_round = 0;

	for (int64_t round = 0; round < params->trees; round++)
	{
		double loss = 0.0;

		if (b->log_sum != NULL)
			SEG_TRY(seg_loss_log_sums(env, &b->loss, b->log_sum));
		for (int64_t k = 0; k < b->loss.scores; k++)
			SEG_TRY(boost(env, b, round, k));
		if (b->log_sum != NULL)
			SEG_TRY(seg_loss_log_sums(env, &b->loss, b->log_sum));
		if (stops)
			SEG_TRY(seg_loss_mean(env, &b->loss, true, &loss));
		if (env->progress != NULL)
			env->progress(env->host,
			              "boosting",
			              round + 1,
			              loss,
			              (double) (round + 1) / (double) params->trees);
		if (!stops)
			continue;
		if (loss < best)
		{
			best = loss;
			best_round = round;
		}
		else if (round - best_round >= params->patience)
			break;
	}
	if (!stops)
		return SEG_OK;
	seg_tree_store_cut(&b->store, (best_round + 1) * b->loss.scores);
	*holdout_loss = best;
	return seg_check_finite(env, "loss of the rows held out", best);
}

SegStatus
seg_boosting_train(SegEnv *env, SegRows *rows, const SegClassRows *classes,
                   const SegTreeParams *params, SegTree *model)
{
	static const SegTreeLink links[] = {
		[SEG_LOSS_KIND_LOGISTIC] = SEG_LINK_LOGIT,
		[SEG_LOSS_KIND_SOFTMAX] = SEG_LINK_SOFTMAX,
		[SEG_LOSS_KIND_SQUARED] = SEG_LINK_IDENTITY,
		[SEG_LOSS_KIND_POISSON] = SEG_LINK_LOG,
		[SEG_LOSS_KIND_QUANTILE] = SEG_LINK_IDENTITY,
	};
	Boosting b = {.params = params};
	double share = params->patience > 0 ? params->holdout_share : 0.0;

	SEG_TRY(seg_tree_read(env,
	                      rows,
	                      classes,
	                      params,
	                      "gradient boosting",
	                      share,
	                      &b.rows,
	                      model));
	SEG_TRY(begin_boosting(env, &b));
	model->train_loss = model->holdout_loss = model->out_of_bag_score =
		seg_missing();
	SEG_TRY(run_rounds(env, &b, &model->holdout_loss));
	if (b.rows.held_out == 0)
		SEG_TRY(seg_loss_mean(env, &b.loss, false, &model->train_loss));
	model->link = links[b.loss.kind];
	model->scores = b.loss.scores;
	model->base = b.base;
	return seg_tree_store_finish(env, &b.store, model);
}
