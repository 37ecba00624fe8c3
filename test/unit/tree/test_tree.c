/*
 * test_tree.c
 *	  Trees against a search of all splits, explanations against Shapley values
 *	  over all subsets, and what must hold for every model.
 */
#include "unit.h"

#include <float.h>

#include "base/missing.h"
#include "kernel/tree/tree.h"
#include "kernel/tree/tree_rules.h"

#define MOST_DIM 6

typedef struct Data
{
	double x[4000 * (MOST_DIM + 2)];
	int64_t n;
	int32_t dim;
	int32_t stride;
	int64_t classes;
	SegMemoryRows source;
	SegClassRows labels;
	int64_t ends[8];
	double keys[8];
	int32_t numbers[8];
} Data;

/*
 * Rows of small whole numbers and a label that depends on them; a share of
 * elements is missing.
 */
static void
make_data(Data *d, uint64_t seed, int64_t n, int32_t dim, int64_t classes,
          int missing_percent, bool weighted)
{
	d->n = n;
	d->dim = dim;
	d->stride = dim + 1 + weighted;
	d->classes = classes;
	for (int64_t i = 0; i < n; i++)
	{
		double *row = d->x + i * d->stride;
		double f = 0.0;

		for (int j = 0; j < dim; j++)
		{
			row[j] = unit_draw(&seed, 9 + 3 * j);
			f += row[j] * (j % 2 == 0 ? 1.0 : -0.5) +
			     (row[0] > 4.0 ? row[j] : 0.0);
			if (unit_draw(&seed, 100) < missing_percent)
				row[j] = seg_missing();
		}
		f += unit_draw(&seed, 1000) / 100.0;
		row[dim] = f;
		if (classes > 0)
			row[dim] = (double) ((int64_t) (fabs(f) / 6.0) % classes);
		if (weighted)
			row[dim + 1] = 0.5 + unit_draw(&seed, 8) / 4.0;
	}
	for (int64_t k = 0; k < classes; k++)
	{
		d->keys[k] = (double) k;
		d->numbers[k] = (int32_t) k;
		d->ends[k] = k + 1;
	}
	d->labels = (SegClassRows){&d->source.rows,
	                           classes,
	                           {d->ends, "abcdefgh", classes},
	                           d->keys,
	                           d->numbers};
	seg_memory_rows(&d->source, d->x, n, dim, d->stride, 100);
}

typedef enum Kind
{
	TREE,
	FOREST,
	BOOSTING
} Kind;

static const SegMethod *const methods[] = {&seg_tree_method,
                                           &seg_forest_method,
                                           &seg_boosting_method};

static SegTreeParams
defaults(Kind kind)
{
	static const SegOption *const options[] = {seg_tree_options,
	                                           seg_forest_options,
	                                           seg_boosting_options};
	SegTreeParams params;

	seg_options_defaults(options[kind], &params, sizeof(params));
	return params;
}

static SegStatus
train(SegEnv *env, Kind kind, Data *d, const SegTreeParams *params,
      SegTree *model)
{
	const SegClassRows *classes = d->classes > 0 ? &d->labels : NULL;
	SegRows *rows = &d->source.rows;

	*model = (SegTree){.options = {"{}", 2}, .version = {"", 0}};
	if (kind == TREE)
		return seg_tree_train(env, rows, classes, params, model);
	if (kind == FOREST)
		return seg_forest_train(env, rows, classes, params, model);
	return seg_boosting_train(env, rows, classes, params, model);
}

/* ---------- the best split, by trying all ---------- */

/*
 * The squares about the means of some rows, summed over classes.
 */
static double
squares_of(const Data *d, const int64_t *rows, int64_t n)
{
	int64_t outputs = d->classes > 0 ? d->classes : 1;
	double total = 0.0;

	for (int64_t k = 0; k < outputs; k++)
	{
		double weight = 0.0, sum = 0.0, squares = 0.0;

		for (int64_t i = 0; i < n; i++)
		{
			const double *row = d->x + rows[i] * d->stride;
			double w = d->stride > d->dim + 1 ? row[d->dim + 1] : 1.0;
			double y = row[d->dim];

			if (d->classes > 0)
				y = y == (double) k;
			weight += w;
			sum += w * y;
			squares += w * y * y;
		}
		total += squares - (weight > 0.0 ? sum * sum / weight : 0.0);
	}
	return total;
}

/*
 * Squares that a split takes away.
 */
static double
gain_of(const Data *d, const int64_t *rows, int64_t n, int32_t element,
        double threshold, bool missing_left, int64_t least)
{
	static int64_t left[4000], right[4000];
	int64_t n_left = 0, n_right = 0;

	for (int64_t i = 0; i < n; i++)
	{
		double x = d->x[rows[i] * d->stride + element];

		if (isnan(x) ? missing_left : x <= threshold)
			left[n_left++] = rows[i];
		else
			right[n_right++] = rows[i];
	}
	if (n_left < least || n_right < least)
		return 0.0;
	return squares_of(d, rows, n) - squares_of(d, left, n_left) -
	       squares_of(d, right, n_right);
}

/*
 * The largest gain of any split of some rows.
 */
static double
best_gain(const Data *d, const int64_t *rows, int64_t n, int64_t least)
{
	double best = 0.0;

	for (int32_t j = 0; j < d->dim; j++)
	{
		for (double at = 0.0; at < 9 + 3 * j; at++)
		{
			best = fmax(best, gain_of(d, rows, n, j, at, true, least));
			best = fmax(best, gain_of(d, rows, n, j, at, false, least));
		}
	}
	return best;
}

/*
 * Every split of a tree gains as much as any other would, and every leaf that
 * could be split further gains nothing.
 */
static void
check_node(const Data *d, const SegTree *m, int64_t node, int64_t depth,
           const SegTreeParams *params, const int64_t *rows, int64_t n)
{
	int64_t *left = malloc((size_t) n * sizeof(int64_t));
	int64_t *right = malloc((size_t) n * sizeof(int64_t));
	int64_t n_left = 0, n_right = 0;
	double best = best_gain(d, rows, n, params->min_leaf_rows);
	double total = squares_of(d, rows, n);

	if (m->features[node] < 0)
		CHECK(depth == params->max_depth || best <= 1e-9 * (1.0 + total));
	else
	{
		CHECK_NEAR(gain_of(d,
		                   rows,
		                   n,
		                   m->features[node],
		                   m->thresholds[node],
		                   m->missing_left[node] != 0,
		                   params->min_leaf_rows),
		           best,
		           1e-7);
		for (int64_t i = 0; i < n; i++)
		{
			double x = d->x[rows[i] * d->stride + m->features[node]];

			if (isnan(x) ? m->missing_left[node] : x <= m->thresholds[node])
				left[n_left++] = rows[i];
			else
				right[n_right++] = rows[i];
		}
		check_node(d, m, m->links[node], depth + 1, params, left, n_left);
		check_node(d, m, m->links[node] + 1, depth + 1, params, right, n_right);
	}
	free(left);
	free(right);
}

static void
test_splits(void)
{
	static Data d;
	static int64_t rows[4000];

	for (int i = 0; i < 4000; i++)
		rows[i] = i;
	for (int round = 0; round < 12; round++)
	{
		SegEnv env = unit_env();
		SegTreeParams params = defaults(TREE);
		SegTree m;

		make_data(&d,
		          100 + round,
		          150,
		          2 + round % 3,
		          round % 4 == 0 ? 0 : 1 + round % 4,
		          round % 2 * 10,
		          round % 3 == 1);
		params.max_depth = 4;
		params.min_leaf_rows = 3;
		CHECK(round % 4 == 0 || d.classes >= 2);
		CHECK(train(&env, TREE, &d, &params, &m) == SEG_OK);
		CHECK(seg_tree_method.is_sound(&m));
		CHECK(m.nodes > 3);
		check_node(&d, &m, 0, 0, &params, rows, d.n);
		unit_env_free(&env);
	}
}

/* ---------- explanations, over all subsets ---------- */

/*
 * The mean of a tree's leaves if only the elements of a set are known.
 */
static double
value_of_set(const SegTree *m, int64_t node, const double *x, unsigned set,
             int64_t k)
{
	int32_t element = m->features[node];
	int64_t child = m->links[node];
	double share;

	if (element < 0)
		return m->values[child * m->leaf_width + (m->leaf_width > 1 ? k : 0)];
	if (set >> element & 1)
	{
		bool left = isnan(x[element]) ? m->missing_left[node] != 0
		                              : x[element] <= m->thresholds[node];

		return value_of_set(m, child + !left, x, set, k);
	}
	share = m->covers[child] / (m->covers[child] + m->covers[child + 1]);
	return share * value_of_set(m, child, x, set, k) +
	       (1.0 - share) * value_of_set(m, child + 1, x, set, k);
}

static double
model_of_set(const SegTree *m, const double *x, unsigned set, int64_t k)
{
	double sum = m->base[k];
	int64_t root = 0;

	for (int64_t t = 0; t < m->trees; t++)
	{
		if (m->leaf_width > 1 || t % m->scores == k)
			sum += value_of_set(m, root, x, set, k);
		root = m->tree_ends[t];
	}
	return sum;
}

static double
factorial(int n)
{
	return n < 2 ? 1.0 : n * factorial(n - 1);
}

static double
shapley(const SegTree *m, const double *x, int element, int64_t k)
{
	int dim = (int) m->dim;
	double sum = 0.0;

	for (unsigned set = 0; set < 1u << dim; set++)
	{
		int size = __builtin_popcount(set);

		if (set >> element & 1)
			continue;
		sum += factorial(size) * factorial(dim - size - 1) / factorial(dim) *
		       (model_of_set(m, x, set | 1u << element, k) -
		        model_of_set(m, x, set, k));
	}
	return sum;
}

static void
check_explanation(SegEnv *env, const SegTree *m, const double *x, int64_t k)
{
	int64_t class = m->class_count == 2 ? 1 : k;
	double contributions[MOST_DIM], base, scores[8];
	double sum;

	CHECK(seg_tree_explain(env, m, x, class, contributions, &base) == SEG_OK);
	CHECK_NEAR(base, model_of_set(m, x, 0, k), 1e-12);
	sum = base;
	for (int j = 0; j < m->dim; j++)
	{
		CHECK_NEAR(contributions[j], shapley(m, x, j, k), 1e-11);
		sum += contributions[j];
	}
	seg_tree_scores(m, x, scores);
	CHECK_NEAR(sum, scores[k], 1e-11);
	if (m->class_count != 2)
		return;
	/* of the other class: the same with the other sign */
	CHECK(seg_tree_explain(env, m, x, 0, contributions, &base) == SEG_OK);
	for (int j = 0; j < m->dim; j++)
		CHECK_NEAR(contributions[j], -shapley(m, x, j, k), 1e-11);
}

static void
test_explanations(void)
{
	static const int64_t classes[] = {0, 2, 3};
	static Data d;

	for (int round = 0; round < 9; round++)
	{
		SegEnv env = unit_env();
		Kind kind = (Kind) (round % 3);
		SegTreeParams params = defaults(kind);
		SegTree m;

		make_data(&d, 7 + round, 600, MOST_DIM, classes[round / 3], 5, true);
		params.trees = 4;
		params.min_leaf_rows = 2;
		CHECK(train(&env, kind, &d, &params, &m) == SEG_OK);
		/* paths that use elements more than once */
		CHECK(m.depth > 4);
		for (int64_t i = 0; i < 5; i++)
		{
			for (int64_t k = 0; k < m.scores; k++)
				check_explanation(&env, &m, d.x + i * d.stride, k);
		}
		unit_env_free(&env);
	}
}

/* ---------- what must hold for every model ---------- */

static bool
is_same(const SegTree *a, const SegTree *b)
{
	size_t reals = (size_t) (a->leaves * a->leaf_width) * sizeof(double);

	return a->nodes == b->nodes && a->leaves == b->leaves &&
	       memcmp(a->features, b->features, (size_t) a->nodes * 4) == 0 &&
	       memcmp(a->thresholds, b->thresholds, (size_t) a->nodes * 8) == 0 &&
	       memcmp(a->values, b->values, reals) == 0;
}

/*
 * The size of blocks does not matter, nor does a weight that all rows share to a
 * tree's shape; a row of weight 2 is two rows to a tree.
 */
static void
test_invariance(void)
{
	static Data d, twice;

	for (int kind = TREE; kind <= BOOSTING; kind++)
	{
		SegEnv env = unit_env();
		SegTreeParams params = defaults((Kind) kind);
		SegTree a, b;

		params.trees = 5;
		make_data(&d, 3, 1000, 4, kind == FOREST ? 3 : 2, 10, false);
		CHECK(train(&env, (Kind) kind, &d, &params, &a) == SEG_OK);
		CHECK(methods[kind]->is_sound(&a));
		d.source.block_rows = 7;
		CHECK(train(&env, (Kind) kind, &d, &params, &b) == SEG_OK);
		CHECK(is_same(&a, &b));
		if (kind == FOREST) /* draws rows by their number */
		{
			unit_env_free(&env);
			continue;
		}
		make_data(&twice, 3, 2000, 4, 2, 10, false);
		for (int64_t i = 0; i < 1000; i++)
		{
			for (int copy = 0; copy < 2; copy++)
				memcpy(twice.x + (2 * i + copy) * twice.stride,
				       d.x + i * d.stride,
				       (size_t) d.stride * sizeof(double));
		}
		make_data(&d, 3, 1000, 4, 2, 10, true);
		for (int64_t i = 0; i < 1000; i++)
		{
			memcpy(d.x + i * d.stride,
			       twice.x + 2 * i * twice.stride,
			       (size_t) twice.stride * sizeof(double));
			d.x[i * d.stride + 5] = 2.0;
		}
		params.min_leaf_rows = 1;
		params.max_leaves = 8;
		CHECK(train(&env, (Kind) kind, &d, &params, &a) == SEG_OK);
		CHECK(train(&env, (Kind) kind, &twice, &params, &b) == SEG_OK);
		CHECK(a.nodes == b.nodes);
		for (int64_t i = 0; i < a.leaves && i < b.leaves; i++)
			CHECK_NEAR(a.values[i], b.values[i], 1e-6);
		unit_env_free(&env);
	}
}

/*
 * Predictions rise with an element if they must.
 */
static void
test_monotone(void)
{
	static Data d;
	static const double signs[] = {1.0, -1.0, 0.0};

	for (int kind = TREE; kind <= BOOSTING; kind++)
	{
		SegEnv env = unit_env();
		SegTreeParams params = defaults((Kind) kind);
		const SegSupervised *entry = methods[kind]->supervised;
		SegTree m;

		make_data(&d, 31 + kind, 2000, 3, kind == FOREST ? 2 : 0, 0, false);
		params.trees = 20;
		params.monotone = (SegMatrix){signs, 1, 3};
		CHECK(train(&env, (Kind) kind, &d, &params, &m) == SEG_OK);
		CHECK(m.nodes > m.trees);
		for (int64_t i = 0; i < 200; i++)
		{
			double x[3], low, high;

			memcpy(x, d.x + i * d.stride, sizeof(x));
			CHECK(entry->predict(&env, &m, x, &low) == SEG_OK);
			x[0] += 1.0;
			CHECK(entry->predict(&env, &m, x, &high) == SEG_OK);
			CHECK(high >= low - 1e-12 * fabs(low));
			x[0] -= 1.0;
			x[1] += 1.0;
			CHECK(entry->predict(&env, &m, x, &high) == SEG_OK);
			CHECK(high <= low + 1e-12 * fabs(low));
		}
		unit_env_free(&env);
	}
}

/*
 * Numbers: boosting without a limit reaches every label; a quantile has its
 * share of labels below; a Poisson model keeps the sum of labels.
 */
static void
test_losses(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegTreeParams params = defaults(BOOSTING);
	double sum = 0.0, predicted = 0.0, below = 0.0;
	SegTree m;

	make_data(&d, 5, 3000, 4, 0, 0, false);
	params.loss = SEG_LOSS_QUANTILE;
	params.quantile = 0.8;
	params.min_leaf_rows = 50;
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_OK);
	for (int64_t i = 0; i < d.n; i++)
	{
		double p;

		CHECK(seg_boosting_method.supervised->predict(&env,
		                                              &m,
		                                              d.x + i * d.stride,
		                                              &p) == SEG_OK);
		below += d.x[i * d.stride + 4] <= p;
	}
	CHECK_NEAR(below / 3000.0, 0.8, 0.03);

	params.loss = SEG_LOSS_POISSON;
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_ARGUMENT_BELOW);
	for (int64_t i = 0; i < d.n; i++)
		d.x[i * d.stride + 4] = fabs(d.x[i * d.stride + 4]);
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_OK);
	CHECK(m.link == SEG_LINK_LOG);
	for (int64_t i = 0; i < d.n; i++)
	{
		double p;

		CHECK(seg_boosting_method.supervised->predict(&env,
		                                              &m,
		                                              d.x + i * d.stride,
		                                              &p) == SEG_OK);
		CHECK(p > 0.0);
		predicted += p;
		sum += d.x[i * d.stride + 4];
	}
	CHECK_NEAR(predicted / sum, 1.0, 1e-3);

	/* one leaf per row */
	params = defaults(BOOSTING);
	params.min_leaf_rows = 1;
	params.max_leaves = 4000;
	params.learning_rate = 1.0;
	params.trees = 3;
	make_data(&d, 9, 60, 3, 0, 0, false);
	for (int64_t i = 0; i < d.n; i++)
		d.x[i * d.stride] = (double) i;
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_OK);
	for (int64_t i = 0; i < d.n; i++)
	{
		double p;

		CHECK(seg_boosting_method.supervised->predict(&env,
		                                              &m,
		                                              d.x + i * d.stride,
		                                              &p) == SEG_OK);
		CHECK_NEAR(p, d.x[i * d.stride + 3], 1e-6);
	}
	unit_env_free(&env);
}

/*
 * Early stopping keeps the rounds up to the best one; shares of classes add up
 * to 1; balanced classes have the same base.
 */
static void
test_classes(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegTreeParams params = defaults(BOOSTING);
	double shares[8];
	SegTree m;

	make_data(&d, 11, 3000, 4, 4, 5, false);
	params.patience = 3;
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_OK);
	CHECK(m.held_out_rows > 200 && m.held_out_rows < 400);
	CHECK(m.trees % 4 == 0 && m.trees < 400 && m.scores == 4);
	CHECK(m.holdout_loss > 0.0 && m.holdout_loss < log(4.0));
	CHECK(seg_boosting_method.is_sound(&m));
	for (int64_t i = 0; i < 50; i++)
	{
		double sum = 0.0;

		CHECK(seg_boosting_method.supervised->probabilities(&env,
		                                                    &m,
		                                                    d.x + i * d.stride,
		                                                    shares) == SEG_OK);
		for (int k = 0; k < 4; k++)
			sum += shares[k];
		CHECK_NEAR(sum, 1.0, 1e-12);
	}
	params = defaults(BOOSTING);
	params.class_weights = SEG_CLASS_WEIGHTS_BALANCED;
	params.trees = 1;
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_OK);
	for (int k = 0; k < 4; k++)
		CHECK_NEAR(m.base[k], -log(4.0), 1e-12);
	d.labels.count = 1;
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_ONE_CLASS);
	unit_env_free(&env);
}

/*
 * One row; a constant; elements that are all missing; a host that runs out of
 * memory or stops.
 */
static void
test_bad_input(void)
{
	static Data d;

	for (int kind = TREE; kind <= BOOSTING; kind++)
	{
		SegEnv env = unit_env();
		SegTreeParams params = defaults((Kind) kind);
		double result;
		SegTree m;

		params.trees = 3;
		make_data(&d, 1, 1, 3, 0, 0, false);
		CHECK(train(&env, (Kind) kind, &d, &params, &m) == SEG_OK);
		CHECK(m.nodes == m.trees);
		CHECK(methods[kind]->is_sound(&m));
		CHECK(methods[kind]->supervised->predict(&env, &m, d.x, &result) ==
		      SEG_OK);
		CHECK_NEAR(result, d.x[3], 1e-12);
		make_data(&d, 1, 500, 3, 0, 100, false);
		CHECK(train(&env, (Kind) kind, &d, &params, &m) == SEG_OK);
		CHECK(m.nodes == m.trees);
		make_data(&d, 1, 500, 3, 0, 0, false);
		for (int64_t i = 0; i < d.n; i++)
			d.x[i * d.stride + 3] = 7.25;
		CHECK(train(&env, (Kind) kind, &d, &params, &m) == SEG_OK);
		CHECK(methods[kind]->supervised->predict(&env, &m, d.x, &result) ==
		      SEG_OK);
		CHECK_NEAR(result, 7.25, 1e-12);
		unit_env_free(&env);
		for (int after = 0; after < 60; after++)
		{
			SegStatus status;

			env = unit_env();
			make_data(&d, 1, 500, 3, 2, 5, true);
			if (after % 2 == 0)
				unit_env_fail_after(&env, after / 2);
			else
				unit_env_stop_after(&env, after / 2);
			status = train(&env, (Kind) kind, &d, &params, &m);
			CHECK(status == SEG_OK ||
			      status == (after % 2 == 0 ? SEG_NO_MEMORY : SEG_STOPPED));
			unit_env_free(&env);
		}
	}
}

/* ---------- what is in a model ---------- */

typedef struct Seen
{
	const SegTree *model;
	const double *x;
	int64_t rules;
	int64_t matches;
	double value;
} Seen;

static void
see_rule(void *arg, const SegTreeRule *rule)
{
	Seen *seen = arg;
	bool matches = true;

	seen->rules++;
	for (int i = 0; i < rule->n; i++)
	{
		double x = seen->x[rule->conditions[i].element];

		matches &= x > rule->conditions[i].low && x <= rule->conditions[i].high;
	}
	seen->matches += matches;
	if (matches)
		seen->value += seen->model->values[seen->model->links[rule->node]];
}

/*
 * Exactly one rule of each tree holds for a row, and these give its score.
 */
static void
test_rules(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegTreeParams params = defaults(BOOSTING);
	int64_t splits[4], total = 0;
	double gains[4], sum = 0.0;
	SegTree m;

	params.trees = 10;
	make_data(&d, 77, 1500, 4, 0, 0, false);
	CHECK(train(&env, BOOSTING, &d, &params, &m) == SEG_OK);
	for (int64_t i = 0; i < 100; i++)
	{
		Seen seen = {&m, d.x + i * d.stride, 0, 0, m.base[0]};
		double score;

		seg_tree_each_rule(&m, see_rule, &seen);
		seg_tree_scores(&m, seen.x, &score);
		CHECK(seen.rules == m.leaves && seen.matches == m.trees);
		CHECK_NEAR(seen.value, score, 1e-12);
	}
	seg_tree_importance(&m, splits, gains);
	for (int j = 0; j < 4; j++)
	{
		total += splits[j];
		sum += gains[j];
	}
	CHECK(total == m.leaves - m.trees);
	CHECK_NEAR(sum, 1.0, 1e-12);
	CHECK(gains[0] > gains[1]);
	unit_env_free(&env);
}

/*
 * Damaged models are told from sound ones.
 */
static void
test_soundness(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegTreeParams params = defaults(TREE);
	SegTree m, bad;
	int32_t *links;

	make_data(&d, 5, 500, 3, 0, 0, false);
	CHECK(train(&env, TREE, &d, &params, &m) == SEG_OK);
	CHECK(seg_tree_method.is_sound(&m));
	links = (int32_t *) m.links;
	links[0] = 2;
	CHECK(!seg_tree_method.is_sound(&m));
	links[0] = 0;
	CHECK(!seg_tree_method.is_sound(&m));
	links[0] = 1;
	links[m.nodes - 1] ^= 1;
	CHECK(!seg_tree_method.is_sound(&m));
	links[m.nodes - 1] ^= 1;
	CHECK(seg_tree_method.is_sound(&m));
	bad = m;
	bad.depth++;
	CHECK(!seg_tree_method.is_sound(&bad));
	bad = m;
	bad.leaves++;
	CHECK(!seg_tree_method.is_sound(&bad));
	bad = m;
	bad.class_count = 1;
	CHECK(!seg_tree_method.is_sound(&bad));
	bad = m;
	bad.link = SEG_LINK_SOFTMAX;
	CHECK(!seg_tree_method.is_sound(&bad));
	unit_env_free(&env);
}

/*
 * Labels and weights near the smallest double: a model whose numbers are finite,
 * or an error, but never anything else.
 */
static void
test_tiny_numbers(void)
{
	static const double scales[] =
		{1.0, 1e-100, 1e-150, 1e-200, 1e-300, 1e-308, 5e-324, 0x1p-1060};
	static Data d;

	for (int kind = TREE; kind <= BOOSTING; kind++)
	{
		for (int i = 0; i < 64; i++)
		{
			SegEnv env = unit_env();
			SegTreeParams params = defaults(kind);
			SegTree m;
			SegStatus status;

			make_data(&d, 3, 200, 2, 0, 10, true);
			for (int64_t r = 0; r < d.n; r++)
			{
				d.x[r * d.stride + 2] *= scales[i % 8];
				d.x[r * d.stride + 3] *= scales[i / 8];
			}
			params.trees = 3;
			status = train(&env, kind, &d, &params, &m);
			CHECK(status == SEG_OK || status == SEG_NOT_FINITE);
			CHECK(status == SEG_OK || i / 8 > 0); /* labels may be tiny */
			for (int64_t r = 0; r < d.n && status == SEG_OK; r += 20)
			{
				double p = NAN;

				CHECK(methods[kind]->supervised->predict(&env,
				                                         &m,
				                                         d.x + r * d.stride,
				                                         &p) == SEG_OK);
				CHECK(isfinite(p));
			}
			if (status == SEG_OK)
				CHECK(seg_image_validate(&env, methods[kind], &m) == SEG_OK);
			unit_env_free(&env);
		}
	}
}

void
test_tree(void)
{
	test_tiny_numbers();
	test_splits();
	test_explanations();
	test_invariance();
	test_monotone();
	test_losses();
	test_classes();
	test_bad_input();
	test_rules();
	test_soundness();
}
