/*
 * test_isolation.c
 *	  Isolation forests against trees grown anew from the same draws, and against
 *	  the expected depth over all trees that could be drawn.
 */
#include "unit.h"

#include <float.h>

#include "base/hash.h"
#include "base/missing.h"
#include "kernel/tree/isolation.h"

#define MOST_ROWS 700
#define MOST_DIM  1000

static double data[300 * (MOST_DIM + 1)];
static SegMemoryRows source;

static void
make_rows(uint64_t seed, int64_t n, int32_t dim, int missing_percent)
{
	for (int64_t i = 0; i < n; i++)
	{
		for (int j = 0; j < dim; j++)
		{
			double *x = &data[i * (dim + 1) + j];

			*x = unit_draw(&seed, 4 + 30 * (j % 8)) / 4.0 +
			     (i % 50 == 7 ? 20.0 : 0.0);
			if (unit_draw(&seed, 100) < missing_percent)
				*x = seg_missing();
		}
	}
	seg_memory_rows(&source, data, n, dim, dim + 1, 64);
}

static SegIsolationParams
defaults(void)
{
	SegIsolationParams params;

	seg_options_defaults(seg_isolation_options, &params, sizeof(params));
	return params;
}

static SegStatus
train(SegEnv *env, const SegIsolationParams *params, SegTree *model)
{
	*model = (SegTree){.options = {"{}", 2}, .version = {"", 0}};
	return seg_isolation_train(env, &source.rows, params, model);
}

static double
score_of(SegEnv *env, const SegTree *model, const double *x)
{
	double score = -1.0;

	CHECK(seg_isolation_method.supervised->predict(env, model, x, &score) ==
	      SEG_OK);
	return score;
}

/* ---------- the same trees, grown by recursion ---------- */

typedef struct Twin
{
	const SegTree *model;
	uint64_t seed;
	int64_t tree;
	int64_t sample_size;
	int64_t max_depth;
	int32_t dim;
	uint64_t draws;
	int elements[MOST_DIM];
	int64_t node; /* of the model, the next one */
	int64_t child;
} Twin;

/* What is left to grow: a queue. */
typedef struct Part
{
	int64_t rows[MOST_ROWS];
	int64_t n;
	int64_t depth;
} Part;

static Part parts[2 * MOST_ROWS];

static double
twin_draw(Twin *t)
{
	return seg_random_real(t->seed, 2 * (uint64_t) t->tree + 1, t->draws++);
}

static void
twin_sample(const Twin *t, int64_t n, Part *root)
{
	static char taken[MOST_ROWS];

	memset(taken, 0, sizeof(taken));
	root->n = 0;
	root->depth = 0;
	for (int64_t j = n - t->sample_size, i = 0; j < n; j++, i++)
	{
		int64_t row = (int64_t) floor(
			seg_random_real(t->seed, 2 * (uint64_t) t->tree, (uint64_t) i) *
			(double) (j + 1));

		taken[taken[row] ? j : row] = 1;
	}
	for (int64_t row = 0; row < n; row++)
	{
		if (taken[row])
			root->rows[root->n++] = row;
	}
	CHECK(root->n == t->sample_size);
}

static double
at(const Twin *t, int64_t row, int element)
{
	return data[row * (t->dim + 1) + element];
}

/*
 * Split a part at a draw; compare with the model's node, or with its leaf.
 */
static void
twin_node(Twin *t, const Part *part, int64_t *n_parts)
{
	const SegTree *m = t->model;
	int64_t node = t->node++;
	double c = seg_isolation_mean_depth(t->sample_size);
	double threshold = 0.0;
	int element = -1;

	CHECK(m->covers[node] == (double) part->n);
	for (int k = 0;
	     k < t->dim && element < 0 && part->n > 1 && part->depth < t->max_depth;
	     k++)
	{
		int from = k + (int) (twin_draw(t) * (t->dim - k));
		int e = t->elements[from];
		double low = DBL_MAX, high = -DBL_MAX;

		t->elements[from] = t->elements[k];
		t->elements[k] = e;
		for (int64_t i = 0; i < part->n; i++)
		{
			double x = at(t, part->rows[i], e);

			if (isnan(x))
				continue;
			low = fmin(low, x);
			high = fmax(high, x);
		}
		if (low < high)
		{
			double u = twin_draw(t);

			element = e;
			threshold = fmax(low, fmin(low * (1 - u) + high * u, high));
			if (threshold == high)
				threshold = low;
		}
	}
	CHECK(m->features[node] == element);
	if (element >= 0)
	{
		Part *left = &parts[(*n_parts)++];
		Part *right = &parts[(*n_parts)++];
		int64_t balance = 0;

		CHECK(m->thresholds[node] == threshold);
		CHECK(m->links[node] == t->child);
		t->child += 2;
		left->n = right->n = 0;
		left->depth = right->depth = part->depth + 1;
		for (int64_t i = 0; i < part->n; i++)
		{
			double x = at(t, part->rows[i], element);

			balance += isnan(x) ? 0 : x <= threshold ? 1 : -1;
		}
		CHECK(m->missing_left[node] == (balance >= 0));
		for (int64_t i = 0; i < part->n; i++)
		{
			double x = at(t, part->rows[i], element);
			Part *to =
				(isnan(x) ? balance >= 0 : x <= threshold) ? left : right;

			to->rows[to->n++] = part->rows[i];
		}
		return;
	}
	CHECK_NEAR(m->values[m->links[node]],
	           -((double) part->depth + seg_isolation_mean_depth(part->n)) / c /
	               (double) m->trees,
	           1e-15);
}

static void
grows_what_is_drawn(int64_t n, int32_t dim, int missing, int64_t sample_size,
                    int64_t max_depth, uint64_t seed, int64_t trees)
{
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree model;
	Twin t = {.seed = seed, .dim = dim};

	make_rows(seed + 11, n, dim, missing);
	params.trees = trees;
	params.sample_size = sample_size;
	params.max_depth = max_depth;
	params.seed = (int64_t) seed;
	CHECK(train(&env, &params, &model) == SEG_OK);
	CHECK(seg_image_validate(&env, &seg_isolation_method, &model) == SEG_OK);
	CHECK(model.trees == trees && model.rows_used == n);
	t.model = &model;
	t.sample_size = sample_size < n ? sample_size : n;
	t.max_depth = max_depth;
	while (t.max_depth == 0 || (max_depth == 0 && pow(2, (double) t.max_depth) <
	                                                  (double) t.sample_size))
		t.max_depth++;
	for (t.tree = 0; t.tree < trees; t.tree++)
	{
		int64_t n_parts = 1;

		t.draws = 0;
		t.child = t.node + 1;
		for (int j = 0; j < dim; j++)
			t.elements[j] = j;
		twin_sample(&t, n, &parts[0]);
		for (int64_t i = 0; i < n_parts; i++)
			twin_node(&t, &parts[i], &n_parts);
		CHECK(t.node == model.tree_ends[t.tree]);
	}
	CHECK(t.node == model.nodes);
	unit_env_free(&env);
}

/* ---------- the mean over all trees ---------- */

/*
 * The expected depth of x among the rows in a set (bits of a word), over all
 * splits that may be drawn.
 */
static double
expected_depth(const double *x, int32_t dim, unsigned set, int n, int depth,
               int max_depth)
{
	int count = __builtin_popcount(set);
	double total = 0.0;
	int differ = 0;

	if (count == 1 || depth == max_depth)
		return depth + seg_isolation_mean_depth(count);
	for (int j = 0; j < dim; j++)
	{
		double numbers[16];
		int k = 0;

		for (int i = 0; i < n; i++)
		{
			double y = data[i * (dim + 1) + j];
			int p = k;

			if (!(set >> i & 1) || isnan(y))
				continue;
			for (k++; p > 0 && numbers[p - 1] > y; p--)
				numbers[p] = numbers[p - 1];
			numbers[p] = y;
		}
		if (k == 0 || numbers[0] == numbers[k - 1])
			continue;
		differ++;
		for (int g = 0; g + 1 < k; g++)
		{
			double share =
				(numbers[g + 1] - numbers[g]) / (numbers[k - 1] - numbers[0]);
			unsigned left = 0;
			bool missing_left = 2 * (g + 1) >= k;
			bool goes_left = isnan(x[j]) ? missing_left : x[j] <= numbers[g];

			if (share == 0.0)
				continue;
			for (int i = 0; i < n; i++)
			{
				double y = data[i * (dim + 1) + j];

				if (set >> i & 1 && (isnan(y) ? missing_left : y <= numbers[g]))
					left |= 1u << i;
			}
			total += share * expected_depth(x,
			                                dim,
			                                goes_left ? left : set & ~left,
			                                n,
			                                depth + 1,
			                                max_depth);
		}
	}
	return differ > 0 ? total / differ
	                  : depth + seg_isolation_mean_depth(count);
}

static void
scores_are_expected(int missing)
{
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree model;
	enum
	{
		N = 8
	};

	make_rows(5, N, 3, missing);
	data[2 * 4] = 40.0; /* one far away */
	params.trees = 20000;
	CHECK(train(&env, &params, &model) == SEG_OK);
	for (int i = 0; i < N; i++)
	{
		const double *x = data + i * 4;
		double mean = expected_depth(x, 3, (1u << N) - 1, N, 0, 3);

		/* depths deviate by less than 1, their mean by less than 0.01 */
		CHECK_NEAR(-log2(score_of(&env, &model, x)) *
		               seg_isolation_mean_depth(N),
		           mean,
		           0.015);
	}
	unit_env_free(&env);
}

/* ---------- what must hold ---------- */

static bool
is_same(const SegTree *a, const SegTree *b)
{
	size_t nodes = (size_t) a->nodes;

	return a->nodes == b->nodes && a->leaves == b->leaves &&
	       memcmp(a->features, b->features, nodes * sizeof(int32_t)) == 0 &&
	       memcmp(a->thresholds, b->thresholds, nodes * sizeof(double)) == 0 &&
	       memcmp(a->values, b->values, (size_t) a->leaves * sizeof(double)) ==
	           0;
}

/* Neither the blocks of the rows nor the number of passes matter. */
static void
blocks_do_not_matter(void)
{
	static const int64_t block_rows[] = {1, 7, 4096};
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree first, model;

	make_rows(3, 600, 4, 10);
	CHECK(train(&env, &params, &first) == SEG_OK);
	for (int b = 0; b < 3; b++)
	{
		seg_memory_rows(&source, data, 600, 4, 5, block_rows[b]);
		CHECK(train(&env, &params, &model) == SEG_OK);
		CHECK(is_same(&first, &model));
	}
	params.seed = 1;
	CHECK(train(&env, &params, &model) == SEG_OK);
	CHECK(!is_same(&first, &model));
	unit_env_free(&env);
}

/* Contributions add up to the binary logarithm of the score. */
static void
reasons_add_up(void)
{
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree model;

	make_rows(9, 500, 4, 20);
	CHECK(train(&env, &params, &model) == SEG_OK);
	for (int i = 0; i < 50; i++)
	{
		const double *x = data + i * 5;
		double parts_of[4], sum;

		CHECK(seg_isolation_method.supervised
		          ->explain(&env, &model, x, 0, parts_of, &sum) == SEG_OK);
		for (int j = 0; j < 4; j++)
			sum += parts_of[j];
		CHECK_NEAR(sum, log2(score_of(&env, &model, x)), 1e-12);
	}
	unit_env_free(&env);
}

static void
edges(void)
{
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree model;
	double x = 0.0;

	CHECK(seg_isolation_mean_depth(0) == 0.0);
	CHECK(seg_isolation_mean_depth(1) == 0.0);
	CHECK(seg_isolation_mean_depth(2) == 1.0);
	CHECK_NEAR(seg_isolation_mean_depth(256), 10.244770920119917, 1e-15);

	/* one row; rows that are equal; rows without a number */
	for (int64_t n = 1; n < 400; n += 133)
	{
		for (int64_t i = 0; i < n; i++)
			data[i] = n < 200 ? 3.0 : seg_missing();
		seg_memory_rows(&source, data, n, 1, 1, 64);
		CHECK(train(&env, &params, &model) == SEG_OK);
		CHECK_NEAR(score_of(&env, &model, &x), 0.5, 1e-14);
	}

	/* numbers whose distance is infinite, or none */
	data[0] = -DBL_MAX;
	data[1] = DBL_MAX;
	data[2] = nextafter(DBL_MAX, 0.0);
	data[3] = 0.0;
	data[4] = 5e-324;
	seg_memory_rows(&source, data, 5, 1, 1, 64);
	CHECK(train(&env, &params, &model) == SEG_OK);
	CHECK(seg_image_validate(&env, &seg_isolation_method, &model) == SEG_OK);
	for (int i = 0; i < 5; i++)
	{
		double score = score_of(&env, &model, &data[i]);

		CHECK(score > 0.0 && score < 1.0);
	}
	unit_env_free(&env);
}

static void
fails_cleanly(void)
{
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree model;
	int allocations, questions;

	make_rows(3, 600, 4, 10);
	params.trees = 10;
	CHECK(train(&env, &params, &model) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	CHECK(questions >= 20);
	unit_env_free(&env);
	for (int k = 0; k < allocations; k++)
	{
		env = unit_env();
		unit_env_fail_after(&env, k);
		CHECK(train(&env, &params, &model) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int k = 0; k < questions; k++)
	{
		env = unit_env();
		unit_env_stop_after(&env, k);
		CHECK(train(&env, &params, &model) == SEG_STOPPED);
		unit_env_free(&env);
	}
	env = unit_env();
	params.sample_size = SEG_ISOLATION_MAX_SAMPLE;
	source.rows.n = SEG_ISOLATION_MAX_SAMPLE;
	source.rows.dim = 68;
	CHECK(train(&env, &params, &model) == SEG_LIMIT);
	CHECK(env.diag.got == 68e6);
	unit_env_free(&env);
}

/* A model of another method is refused, and the other way round. */
static void
links_are_checked(void)
{
	SegEnv env = unit_env();
	SegIsolationParams params = defaults();
	SegTree model;

	make_rows(3, 100, 2, 0);
	params.trees = 2;
	CHECK(train(&env, &params, &model) == SEG_OK);
	CHECK(seg_isolation_method.is_sound(&model));
	CHECK(!seg_forest_method.is_sound(&model));
	model.link = SEG_LINK_IDENTITY;
	CHECK(!seg_isolation_method.is_sound(&model));
	CHECK(seg_forest_method.is_sound(&model));
	unit_env_free(&env);
}

extern void test_isolation(void);

void
test_isolation(void)
{
	grows_what_is_drawn(300, 3, 0, 256, 0, 0, 20);
	grows_what_is_drawn(300, 5, 30, 64, 0, 1, 20);
	grows_what_is_drawn(700, 2, 10, 256, 0, 2, 20);
	grows_what_is_drawn(100, 4, 60, 256, 3, 3, 20);
	grows_what_is_drawn(40, 1, 50, 1000000, 20, 4, 20);
	grows_what_is_drawn(260, 1000, 10, 256, 0, 5, 70); /* in two passes */
	scores_are_expected(0);
	scores_are_expected(30);
	blocks_do_not_matter();
	reasons_add_up();
	edges();
	fails_cleanly();
	links_are_checked();
}
