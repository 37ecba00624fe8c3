/* test_kprototypes.c: k-prototypes without a server, against all partitions */
#include "kernel/cluster/kprototypes.h"

#include "base/hash.h"
#include "base/missing.h"
#include "kernel/cluster/kprototypes_pass.h"
#include "unit.h"

void test_kprototypes(void);

/* ---------- rows ---------- */

#define LABELS 26

static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
static const int64_t letter_ends[LABELS] = {1,  2,  3,  4,  5,  6,  7,  8,  9,
                                            10, 11, 12, 13, 14, 15, 16, 17, 18,
                                            19, 20, 21, 22, 23, 24, 25, 26};

typedef struct Data
{
	int64_t n;
	int32_t dim;
	int32_t categories;
	double *x; /* vector, weight, categories */
} Data;

static int32_t
width(const Data *d)
{
	return d->dim + 1 + d->categories;
}

static double *
row_at(const Data *d, int64_t i)
{
	return d->x + i * width(d);
}

static Data
make_data(SegEnv *env, int64_t n, int32_t dim, int32_t categories)
{
	Data d = {n, dim, categories, NULL};

	d.x = env->alloc(env->host, (size_t) (n * width(&d)) * sizeof(double));
	for (int64_t i = 0; i < n; i++)
		row_at(&d, i)[dim] = 1.0;
	return d;
}

static SegKPrototypesParams
defaults(int64_t k)
{
	SegKPrototypesParams p;

	seg_options_defaults(seg_kprototypes_options, &p, sizeof(p));
	p.k = k;
	return p;
}

static SegStatus
train_in_blocks(SegEnv *env, const Data *d, const SegKPrototypesParams *params,
                int64_t block, SegKPrototypes *model)
{
	SegMemoryRows source;
	SegCategoryRows rows = {&source.rows,
	                        d->categories,
	                        {letter_ends, letters, LABELS}};

	*model = (SegKPrototypes){0};
	seg_memory_rows(&source, d->x, d->n, d->dim, width(d), block);
	return seg_kprototypes_train(env, &rows, params, model);
}

static SegStatus
train(SegEnv *env, const Data *d, const SegKPrototypesParams *params,
      SegKPrototypes *model)
{
	return train_in_blocks(env, d, params, 256, model);
}

/* ---------- the cost of a partition, from its definition ---------- */

typedef struct Scale
{
	double unit[8]; /* of each element */
	double gamma;
} Scale;

static Scale
scale_of(const Data *d, bool standardize)
{
	Scale s = {{0}, 0};
	double total = 0.0;
	double sum = 0.0;
	int varying = 0;

	for (int64_t i = 0; i < d->n; i++)
		total += row_at(d, i)[d->dim];
	for (int32_t j = 0; j < d->dim; j++)
	{
		double mean = 0.0;
		double variance = 0.0;

		for (int64_t i = 0; i < d->n; i++)
			mean += row_at(d, i)[d->dim] * row_at(d, i)[j] / total;
		for (int64_t i = 0; i < d->n; i++)
			variance +=
				row_at(d, i)[d->dim] * pow(row_at(d, i)[j] - mean, 2) / total;
		s.unit[j] = standardize && variance > 1e-20 ? sqrt(variance) : 1.0;
		if (variance > 1e-20)
		{
			sum += sqrt(variance) / s.unit[j];
			varying++;
		}
	}
	s.gamma = varying > 0 ? 0.5 * sum / varying : 1.0;
	return s;
}

static double
numbers_cost(const Data *d, const Scale *s, const int *part, int c, int32_t j)
{
	double mass = 0.0;
	double sum = 0.0;
	double cost = 0.0;

	for (int64_t i = 0; i < d->n; i++)
	{
		mass += part[i] == c ? row_at(d, i)[d->dim] : 0.0;
		sum += part[i] == c ? row_at(d, i)[d->dim] * row_at(d, i)[j] : 0.0;
	}
	for (int64_t i = 0; i < d->n; i++)
		if (part[i] == c)
			cost += row_at(d, i)[d->dim] *
			        pow((row_at(d, i)[j] - sum / mass) / s->unit[j], 2);
	return cost;
}

static double
category_cost(const Data *d, const int *part, int c, int32_t j)
{
	double count[LABELS] = {0};
	double all = 0.0;
	double most = 0.0;

	for (int64_t i = 0; i < d->n; i++)
	{
		const double *row = row_at(d, i);

		if (part[i] != c || isnan(row[d->dim + 1 + j]))
			continue;
		count[(int) row[d->dim + 1 + j]] += row[d->dim];
		all += row[d->dim];
	}
	for (int l = 0; l < LABELS; l++)
		most = fmax(most, count[l]);
	return all - most;
}

static double
partition_cost(const Data *d, const Scale *s, const int *part, int k)
{
	double cost = 0.0;

	for (int c = 0; c < k; c++)
	{
		for (int32_t j = 0; j < d->dim; j++)
			cost += numbers_cost(d, s, part, c, j);
		for (int32_t j = 0; j < d->categories; j++)
			cost += s->gamma * category_cost(d, part, c, j);
	}
	return cost;
}

/* The least cost of all ways to put the rows into k parts. */
static double
least_cost(const Data *d, const Scale *s, int k)
{
	int part[16] = {0};
	double least = INFINITY;
	int64_t i;

	do
	{
		least = fmin(least, partition_cost(d, s, part, k));
		for (i = 0; i < d->n && ++part[i] == k; i++)
			part[i] = 0;
	} while (i < d->n);
	return least;
}

/* ---------- what a model says of its rows ---------- */

static SegStatus
score(SegEnv *env, const SegKPrototypesScorer *s, const Data *d, int64_t i,
      int64_t *nearest, double *cost)
{
	const double *category = row_at(d, i) + d->dim + 1;

	for (int32_t j = 0; j < d->categories; j++)
		s->places[j] =
			isnan(category[j]) ? SEG_CATEGORY_MISSING : (int64_t) category[j];
	return seg_kprototypes_nearest(env, s, row_at(d, i), nearest, cost);
}

/* Sizes, masses and costs are those of scoring, to the bit. */
static void
check_scores(SegEnv *env, const Data *d, const SegKPrototypes *m, int *part)
{
	SegKPrototypesScorer *s;
	int64_t *sizes = env->alloc(env->host, (size_t) m->k * sizeof(int64_t));
	double *costs = env->alloc(env->host, (size_t) m->k * sizeof(double));
	double *masses = env->alloc(env->host, (size_t) m->k * sizeof(double));
	double total = 0.0;

	CHECK(seg_kprototypes_scorer(env, m, &s) == SEG_OK);
	for (int64_t i = 0; i < d->n; i++)
	{
		int64_t at;
		double cost;

		CHECK(score(env, s, d, i, &at, &cost) == SEG_OK);
		sizes[at]++;
		masses[at] += row_at(d, i)[d->dim];
		costs[at] += row_at(d, i)[d->dim] * cost;
		if (part != NULL)
			part[i] = (int) at;
	}
	for (int64_t c = 0; c < m->k; c++)
	{
		CHECK(sizes[c] == m->sizes[c]);
		CHECK(masses[c] == m->masses[c]);
		CHECK(costs[c] == m->cluster_costs[c]);
		total += costs[c];
	}
	CHECK(total == m->cost);
}

/* ---------- small sets ---------- */

/*
 * Some rows near each other, some with weights or without a category.
 */
static Data
small_data(SegEnv *env, uint64_t *draws, int64_t n, int32_t dim,
           int32_t categories)
{
	Data d = make_data(env, n, dim, categories);
	bool weighted = unit_draw(draws, 2) == 0;

	for (int64_t i = 0; i < n; i++)
	{
		double *row = row_at(&d, i);

		for (int32_t j = 0; j < dim; j++)
			row[j] = unit_draw(draws, 1000) / 100.0 +
			         (unit_draw(draws, 3) == 0 ? 10.0 : 0.0);
		if (weighted)
			row[dim] = 0.25 * (1 + unit_draw(draws, 8));
		for (int32_t j = 0; j < categories; j++)
			row[dim + 1 + j] =
				unit_draw(draws, 10) == 0 ? seg_missing() : unit_draw(draws, 4);
	}
	return d;
}

/*
 * With many starts the best of all partitions is found, but for one or two sets in a
 * hundred, where no rows as first prototypes lead to it; and the cost is that of
 * the partition it stands for.
 */
static void
best_of_all_partitions(void)
{
	uint64_t draws = 5;
	int found = 0;
	int best = 0;

	for (int t = 0; t < 150; t++)
	{
		SegEnv env = unit_env();
		int32_t dim = t % 4;
		int32_t categories = dim == 0 ? 3 : unit_draw(&draws, 4);
		int k = 2 + t % 2;
		Data d = small_data(&env, &draws, k == 2 ? 9 : 7, dim, categories);
		SegKPrototypesParams params = defaults(k);
		Scale s;
		SegKPrototypes m;
		SegStatus status;
		int part[16];

		params.restarts = 30;
		params.standardize = t % 3 != 0;
		s = scale_of(&d, params.standardize);
		status = train(&env, &d, &params, &m);
		/* few labels: sometimes rows cannot be told apart */
		CHECK(status == SEG_OK || (dim == 0 && status == SEG_TOO_FEW_ROWS));
		if (status == SEG_OK)
		{
			double least = least_cost(&d, &s, k);

			CHECK(m.converged == 1);
			CHECK_NEAR(m.gamma, s.gamma, 1e-12);
			check_scores(&env, &d, &m, part);
			CHECK(m.cost >= partition_cost(&d, &s, part, k) - 1e-9);
			CHECK(m.cost >= least - 1e-9);
			best += m.cost <= least + 1e-9;
			found++;
		}
		unit_env_free(&env);
	}
	CHECK(found > 120);
	CHECK(best >= found - found / 50);
}

/* ---------- larger sets ---------- */

/*
 * Groups that differ in all elements and categories; one row in noise has a
 * category of any label.
 */
static Data
planted(SegEnv *env, int64_t n, int32_t dim, int32_t categories, int k,
        int noise)
{
	Data d = make_data(env, n, dim, categories);
	uint64_t draws = 11;

	for (int64_t i = 0; i < n; i++)
	{
		double *row = row_at(&d, i);
		int group = (int) (i % k);

		for (int32_t j = 0; j < dim; j++)
			row[j] = 10.0 * ((group + j) % k) +
			         (unit_draw(&draws, 2001) - 1000) / 1000.0;
		for (int32_t j = 0; j < categories; j++)
			row[dim + 1 + j] = unit_draw(&draws, noise) == 0
			                       ? unit_draw(&draws, k)
			                       : (group + j) % k;
	}
	return d;
}

static void
check_groups(const Data *d, const int *part, int k)
{
	int of_group[LABELS];

	for (int g = 0; g < k; g++)
		of_group[g] = part[g];
	for (int64_t i = 0; i < d->n; i++)
		CHECK(part[i] == of_group[i % k]);
	for (int g = 1; g < k; g++)
		for (int h = 0; h < g; h++)
			CHECK(of_group[g] != of_group[h]);
}

static void
planted_groups(void)
{
	static const int32_t shapes[][2] = {{2, 3}, {0, 6}, {4, 0}, {3, 1}};

	for (size_t t = 0; t < sizeof(shapes) / sizeof(shapes[0]); t++)
	{
		SegEnv env = unit_env();
		Data d = planted(&env, 700, shapes[t][0], shapes[t][1], 7, 30);
		SegKPrototypesParams params = defaults(7);
		SegKPrototypes m;
		int part[700];

		CHECK(train(&env, &d, &params, &m) == SEG_OK);
		check_scores(&env, &d, &m, part);
		check_groups(&d, part, 7);
		for (int c = 0; c < 7; c++)
			CHECK(m.sizes[c] == 100);
		unit_env_free(&env);
	}
}

/*
 * Without categories, or with one that is always the same, the clusters are those
 * of k-means, numbered in the same way.
 */
static void
as_k_means(void)
{
	SegEnv env = unit_env();
	Data d = planted(&env, 600, 3, 1, 5, 1000000);
	SegKPrototypesParams params = defaults(5);
	SegKMeansParams plain;
	SegKPrototypes m;
	SegKMeans means;
	SegMemoryRows source;
	double *numbers = env.alloc(env.host, 600 * 4 * sizeof(double));

	for (int64_t i = 0; i < d.n; i++)
	{
		row_at(&d, i)[4] = 1.0;
		row_at(&d, i)[3] = 1.0 + i % 3;
		memcpy(numbers + 4 * i, row_at(&d, i), 4 * sizeof(double));
	}
	seg_options_defaults(seg_kmeans_options, &plain, sizeof(plain));
	plain.k = 5;
	seg_memory_rows(&source, numbers, 600, 3, 4, 256);
	CHECK(seg_kmeans_train(&env, &source.rows, &plain, &means) == SEG_OK);
	CHECK(train(&env, &d, &params, &m) == SEG_OK);
	CHECK_NEAR(m.cost, means.inertia, 1e-12);
	for (int i = 0; i < 15; i++)
		CHECK_NEAR(m.centers[i], means.centers[i], 1e-12);
	for (int c = 0; c < 5; c++)
	{
		CHECK(m.sizes[c] == means.sizes[c]);
		CHECK(m.modes[c] == 1);
	}
	unit_env_free(&env);
}

/*
 * A whole weight is so many rows.
 */
static void
weights(void)
{
	SegEnv env = unit_env();
	Data d = planted(&env, 60, 2, 2, 3, 4);
	Data all = make_data(&env, 120, 2, 2);
	SegKPrototypesParams params = defaults(3);
	SegKPrototypes m;
	SegKPrototypes of_all;

	for (int64_t i = 0, to = 0; i < 60; i++)
	{
		int times = 1 + (int) (i % 3);

		for (int t = 0; t < times; t++)
			memcpy(row_at(&all, to++), row_at(&d, i), 5 * sizeof(double));
		row_at(&d, i)[2] = times;
	}
	CHECK(train(&env, &d, &params, &m) == SEG_OK);
	CHECK(train(&env, &all, &params, &of_all) == SEG_OK);
	CHECK_NEAR(m.cost, of_all.cost, 1e-12);
	for (int c = 0; c < 3; c++)
	{
		CHECK_NEAR(m.masses[c], (double) of_all.sizes[c], 1e-12);
		CHECK_NEAR(m.centers[2 * c], of_all.centers[2 * c], 1e-12);
		CHECK(m.modes[2 * c] == of_all.modes[2 * c]);
	}
	unit_env_free(&env);
}

/* ---------- passes ---------- */

static double last_cost;
static int reports;

static void
watch_cost(void *host, const char *method, int64_t step, double cost,
           double share)
{
	(void) host;
	(void) method;
	(void) share;
	reports++;
	CHECK(step == 1 || cost <= last_cost * (1.0 + 1e-13));
	last_cost = cost;
}

/*
 * No pass of any start or swap raises the cost, also where clusters lose their
 * rows.
 */
static void
cost_never_rises(void)
{
	uint64_t draws = 3;

	for (int t = 0; t < 40; t++)
	{
		SegEnv env = unit_env();
		Data d = small_data(&env, &draws, 120, 1 + t % 3, t % 5);
		SegKPrototypesParams params = defaults(2 + t % 40);
		SegKPrototypes m;

		env.progress = watch_cost;
		params.seed = t;
		CHECK(train(&env, &d, &params, &m) == SEG_OK);
		CHECK(m.converged == 1);
		check_scores(&env, &d, &m, NULL);
		for (int64_t c = 0; c < m.k; c++)
			CHECK(m.sizes[c] > 0);
		unit_env_free(&env);
	}
	CHECK(reports > 10000);
}

/*
 * From prototypes of which three are far from all rows, of which there are four
 * groups.
 */
static void
empty_clusters(void)
{
	SegEnv env = unit_env();
	Data d = planted(&env, 120, 2, 2, 4, 1000000);
	double zeros[2] = {0, 0}, ones[2] = {1, 1}, low[2] = {-2, -2},
		   high[2] = {40, 40};
	double first[4 * 5] = {0,    0,   0, 1, 2, 1e6, 1e6,  0, 9, 9,
	                       -1e6, 1e6, 0, 9, 9, 1e6, -1e6, 0, 9, 9};
	SegMixedMetric metric = {2, 2, 0.5, {zeros, ones}, low, high};
	SegMemoryRows source;
	SegMixedRun run = {.rows = &source.rows,
	                   .metric = &metric,
	                   .k = 4,
	                   .labels = LABELS,
	                   .max_iterations = 100,
	                   .prototype = first};

	seg_memory_rows(&source, d.x, d.n, 2, 5, 7);
	CHECK(seg_mixed_prepare(&env, &run) == SEG_OK);
	CHECK(seg_mixed_run(&env, &run) == SEG_OK);
	CHECK(run.converged);
	for (int c = 0; c < 4; c++)
		CHECK(run.size[c] > 0);
	unit_env_free(&env);
}

/* ---------- what others find ---------- */

/* The rows of test/oracle/kprototypes.R and .py. */
static Data
oracle_rows(SegEnv *env, int32_t dim)
{
	Data d = make_data(env, 120, dim, 3);

	for (int64_t i = 0; i < 120; i++)
	{
		double *row = row_at(&d, i);

		if (dim > 0)
		{
			row[0] = (double) (i * i * 37 % 1009) / 100.0;
			row[1] = (double) (i * i * i * 13 % 997) / 50.0;
		}
		row[dim + 1] = (double) (i % 3);
		row[dim + 2] = (double) (i * i % 5);
		row[dim + 3] = (double) (i * 7 % 11 % 4);
	}
	return d;
}

/* What kproto of clustMixType 0.5-2 ends with, from the first four rows. */
typedef struct Ended
{
	double gamma;
	double cost;
	int passes;
	int sizes[4];
	double costs[4];
	double prototypes[4][5];
} Ended;

static const Ended clust_mix_type[] =
	{{2.5,
      1703.08651304272,
      15,
      {17, 34, 21, 48},
      {149.978070588235, 479.698258823529, 203.895352380952, 869.51483125},
      {{1.44058823529412, 2.14117647058824, 0, 4, 2},
       {5.05529411764706, 8.54235294117647, 0, 4, 1},
       {7.24285714285714, 2.26476190476190, 2, 1, 0},
       {5.90187500000000, 15.04250000000000, 2, 1, 1}}},
     {12,
      4075.67949935335,
      8,
      {13, 18, 32, 57},
      {353.789538461538, 520.174511111111, 1049.1063375, 2152.6091122807},
      {{1.66769230769231, 4.58615384615385, 0, 0, 2},
       {2.41777777777778, 5.67666666666667, 1, 1, 0},
       {6.88937500000000, 3.85125000000000, 2, 4, 2},
       {6.07192982456140, 14.23508771929825, 2, 1, 1}}}};

/* Pass by pass from the same start: the same end. */
static void
as_clust_mix_type(void)
{
	for (int t = 0; t < 2; t++)
	{
		const Ended *end = &clust_mix_type[t];
		SegEnv env = unit_env();
		Data d = oracle_rows(&env, 2);
		double shift[2] = {5, 10}, ones[2] = {1, 1}, low[2] = {0, 0},
			   high[2] = {11, 20};
		double prototype[4 * 6];
		SegMixedMetric metric = {2, 3, end->gamma, {shift, ones}, low, high};
		SegMemoryRows source;
		SegMixedRun run = {.rows = &source.rows,
		                   .metric = &metric,
		                   .k = 4,
		                   .labels = LABELS,
		                   .max_iterations = 100,
		                   .prototype = prototype};

		memcpy(prototype, d.x, sizeof(prototype));
		seg_memory_rows(&source, d.x, d.n, 2, 6, 50);
		CHECK(seg_mixed_prepare(&env, &run) == SEG_OK);
		CHECK(seg_mixed_run(&env, &run) == SEG_OK);
		CHECK(run.converged);
		CHECK_NEAR(run.total, end->cost, 1e-13);
		for (int c = 0; c < 4; c++)
		{
			CHECK(run.size[c] == end->sizes[c]);
			CHECK_NEAR(run.cost[c], end->costs[c], 1e-12);
			for (int j = 0; j < 5; j++)
				CHECK_NEAR(prototype[6 * c + j + (j > 1)],
				           end->prototypes[c][j],
				           1e-13);
		}
		unit_env_free(&env);
	}
}

/*
 * The gamma of the Python package kmodes 0.12.2, and a cost that is no higher than
 * that of the best of its 100 starts.
 */
static void
as_kmodes(void)
{
	static const struct
	{
		int dim;
		bool standardize;
		int k;
		double gamma;
		double cost;
	} fits[] = {{2, false, 3, 2.1926548244372075, 1960.9786787372966},
	            {2, false, 6, 2.1926548244372075, 1043.3220883537756},
	            {2, true, 3, 0.5, 198.6418980358986},
	            {2, true, 6, 0.5, 135.22907476779093},
	            {0, true, 3, 1.0, 140.0},
	            {0, true, 6, 1.0, 102.0}};

	for (size_t t = 0; t < sizeof(fits) / sizeof(fits[0]); t++)
	{
		SegEnv env = unit_env();
		Data d = oracle_rows(&env, fits[t].dim);
		SegKPrototypesParams params = defaults(fits[t].k);
		SegKPrototypes m;

		params.standardize = fits[t].standardize;
		params.restarts = 10;
		CHECK(train(&env, &d, &params, &m) == SEG_OK);
		CHECK_NEAR(m.gamma, fits[t].gamma, 1e-14);
		CHECK(m.cost <= fits[t].cost * (1.0 + 1e-12));
		unit_env_free(&env);
	}
}

/* ---------- prototypes ---------- */

/*
 * Of labels that are as frequent, the first is the mode; none has none. So it is
 * where the tolerance ends the search with the first pass that is not from rows.
 */
static void
modes(void)
{
	SegEnv env = unit_env();
	Data d = make_data(&env, 4, 1, 3);
	static const double category[4][3] = {{5, 1, -1},
	                                      {2, 1, -1},
	                                      {2, 3, -1},
	                                      {5, 0, -1}};
	SegKPrototypesParams params = defaults(1);
	SegKPrototypes m;

	for (int i = 0; i < 4; i++)
	{
		row_at(&d, i)[0] = i;
		for (int j = 0; j < 3; j++)
			row_at(&d, i)[2 + j] =
				category[i][j] < 0 ? seg_missing() : category[i][j];
	}
	for (int t = 0; t < 2; t++)
	{
		params.tolerance = t;
		CHECK(train(&env, &d, &params, &m) == SEG_OK);
		CHECK(m.modes[0] == 2 && m.modes[1] == 1 && m.modes[2] == -1);
		CHECK(m.centers[0] == 1.5);
		CHECK(m.gamma == 0.5);
		/* deviations sum to n; two differ from 2, two from 1 */
		CHECK_NEAR(m.cost, 4.0 + 0.5 * 2 + 0.5 * 2, 1e-15);
	}
	unit_env_free(&env);
}

static void
unseen_categories(void)
{
	SegEnv env = unit_env();
	Data d = planted(&env, 40, 1, 2, 2, 1000000);
	SegKPrototypesParams params = defaults(2);
	SegKPrototypes m;
	SegKPrototypesScorer *s;
	double x = 4.9;
	double cost, missing;
	int64_t at;

	params.gamma = 3.0;
	CHECK(train(&env, &d, &params, &m) == SEG_OK);
	CHECK(seg_kprototypes_scorer(&env, &m, &s) == SEG_OK);
	s->places[0] = s->places[1] = SEG_CATEGORY_MISSING;
	CHECK(seg_kprototypes_nearest(&env, s, &x, &at, &missing) == SEG_OK);
	CHECK(at == 0);
	s->places[0] = s->places[1] = SEG_CATEGORY_UNKNOWN;
	CHECK(seg_kprototypes_nearest(&env, s, &x, &at, &cost) == SEG_OK);
	CHECK(at == 0);
	CHECK_NEAR(cost, missing + 6.0, 1e-14);
	s->places[0] = m.modes[2]; /* of the other one */
	CHECK(seg_kprototypes_nearest(&env, s, &x, &at, &cost) == SEG_OK);
	CHECK(at == 1);
	unit_env_free(&env);
}

/* ---------- the same bits ---------- */

static void
check_same(const SegKPrototypes *a, const SegKPrototypes *b)
{
	CHECK(a->cost == b->cost);
	CHECK(a->iterations == b->iterations);
	CHECK(memcmp(a->centers,
	             b->centers,
	             (size_t) (a->k * a->dim) * sizeof(double)) == 0);
	CHECK(memcmp(a->modes,
	             b->modes,
	             (size_t) (a->k * a->categories) * sizeof(int64_t)) == 0);
	CHECK(memcmp(a->sizes, b->sizes, (size_t) a->k * sizeof(int64_t)) == 0);
	CHECK(memcmp(a->cluster_costs,
	             b->cluster_costs,
	             (size_t) a->k * sizeof(double)) == 0);
}

static void
any_blocks(void)
{
	SegEnv env = unit_env();
	uint64_t draws = 9;
	Data d = small_data(&env, &draws, 1000, 3, 4);
	SegKPrototypesParams params = defaults(6);
	SegKPrototypes m[3];

	CHECK(train_in_blocks(&env, &d, &params, 1, &m[0]) == SEG_OK);
	CHECK(train_in_blocks(&env, &d, &params, 1000, &m[1]) == SEG_OK);
	CHECK(train_in_blocks(&env, &d, &params, 333, &m[2]) == SEG_OK);
	check_same(&m[0], &m[1]);
	check_same(&m[0], &m[2]);
	unit_env_free(&env);
}

/* More rows than a sample has. */
static void
many_rows(void)
{
	SegEnv env = unit_env();
	Data d = planted(&env, 50000, 2, 3, 5, 30);
	SegKPrototypesParams params = defaults(5);
	SegKPrototypes m[2];

	CHECK(train_in_blocks(&env, &d, &params, 4096, &m[0]) == SEG_OK);
	CHECK(train_in_blocks(&env, &d, &params, 777, &m[1]) == SEG_OK);
	check_same(&m[0], &m[1]);
	CHECK(m[0].converged == 1);
	for (int c = 0; c < 5; c++)
		CHECK(m[0].sizes[c] == 10000);
	unit_env_free(&env);
}

/* ---------- refusals ---------- */

static void
too_few_rows(void)
{
	SegEnv env = unit_env();
	Data d = make_data(&env, 4, 1, 1);
	SegKPrototypesParams params = defaults(3);
	SegKPrototypes m;

	for (int i = 0; i < 4; i++)
		row_at(&d, i)[2] = i % 2;
	row_at(&d, 3)[1] = 2.0; /* a weight makes no difference */
	CHECK(train(&env, &d, &params, &m) == SEG_TOO_FEW_ROWS);
	CHECK(env.diag.got == 2 && env.diag.want == 3);
	params.k = 2;
	CHECK(train(&env, &d, &params, &m) == SEG_OK);
	CHECK(m.cost == 0.0);
	/* the one without a category may be in either */
	row_at(&d, 2)[2] = seg_missing();
	params.k = 3;
	CHECK(train(&env, &d, &params, &m) == SEG_TOO_FEW_ROWS);
	CHECK(env.diag.got == 2 && env.diag.want == 3);
	unit_env_free(&env);
}

static void
limits(void)
{
	SegEnv env = unit_env();
	Data d = make_data(&env, 700, 1, 1000);
	SegKPrototypesParams params = defaults(0);
	SegKPrototypes m;

	for (int64_t i = 0; i < d.n; i++)
	{
		row_at(&d, i)[0] = (double) i;
		for (int j = 0; j < 1000; j++)
			row_at(&d, i)[2 + j] = (double) ((i + j) % LABELS);
	}
	CHECK(train(&env, &d, &params, &m) == SEG_ARGUMENT_RANGE);
	params.k = 65536;
	CHECK(train(&env, &d, &params, &m) == SEG_ARGUMENT_RANGE);
	params.k = 65535;
	CHECK(train(&env, &d, &params, &m) == SEG_TOO_FEW_ROWS);
	params.k = 700; /* times 26,000 */
	CHECK(train(&env, &d, &params, &m) == SEG_LIMIT);
	CHECK(env.diag.got == 700 * 26000.0);
	for (int64_t i = 0; i < d.n; i++)
		row_at(&d, i)[0] = i == 0 ? 1e200 : 1.0;
	params.k = 2;
	CHECK(train(&env, &d, &params, &m) == SEG_VALUE_RANGE);
	unit_env_free(&env);
}

/* A model that says what cannot be. */
static void
damaged(void)
{
	SegEnv env = unit_env();
	Data d = planted(&env, 40, 1, 2, 2, 1000000);
	SegKPrototypesParams params = defaults(2);
	SegKPrototypes m;
	int64_t modes[4] = {0, 1, 2, LABELS};
	static const int64_t ends[2] = {1, 2};

	CHECK(train(&env, &d, &params, &m) == SEG_OK);
	m.options = m.version = (SegText){"{}", 2};
	CHECK(seg_kprototypes_method.is_sound(&m));
	CHECK(seg_image_validate(&env, &seg_kprototypes_method, &m) == SEG_OK);
	m.modes = modes;
	CHECK(!seg_kprototypes_method.is_sound(&m));
	modes[3] = -1;
	CHECK(seg_kprototypes_method.is_sound(&m));
	m.rows_used++;
	CHECK(!seg_kprototypes_method.is_sound(&m));
	m.rows_used--;
	m.labels = (SegTexts){ends, "ba", 2};
	m.label_count = 2;
	modes[2] = 0;
	CHECK(!seg_kprototypes_method.is_sound(&m));
	m.labels.bytes = "ab";
	CHECK(seg_kprototypes_method.is_sound(&m));
	m.dim = m.categories = 0;
	CHECK(!seg_kprototypes_method.is_sound(&m));
	unit_env_free(&env);
}

static void
no_memory_and_stops(void)
{
	SegEnv probe = unit_env();
	Data d = planted(&probe, 90, 2, 2, 3, 4);
	SegKPrototypesParams params = defaults(8);
	SegKPrototypes m;
	int allocations = -unit_env_allocations(&probe);
	int questions = -unit_env_questions(&probe);

	CHECK(train(&probe, &d, &params, &m) == SEG_OK);
	allocations += unit_env_allocations(&probe);
	questions += unit_env_questions(&probe);
	for (int i = 0; i < allocations; i++)
	{
		SegEnv env = unit_env();

		unit_env_fail_after(&env, i);
		CHECK(train(&env, &d, &params, &m) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i += 1 + questions / 100)
	{
		SegEnv env = unit_env();

		unit_env_stop_after(&env, i);
		CHECK(train(&env, &d, &params, &m) == SEG_STOPPED);
		unit_env_free(&env);
	}
	unit_env_free(&probe);
}

void
test_kprototypes(void)
{
	best_of_all_partitions();
	planted_groups();
	as_k_means();
	weights();
	cost_never_rises();
	empty_clusters();
	as_clust_mix_type();
	as_kmodes();
	modes();
	unseen_categories();
	any_blocks();
	many_rows();
	too_few_rows();
	limits();
	damaged();
	no_memory_and_stops();
}
