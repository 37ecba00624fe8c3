/* test_kmeans_line.c: k-means of numbers against all partitions into intervals */
#include "kernel/cluster/kmeans.h"

#include "unit.h"

void test_kmeans_line(void);

enum
{
	MOST = 3000
};

typedef struct Number
{
	double x;
	double mass;
} Number;

static int
compare(const void *a, const void *b)
{
	double x = ((const Number *) a)->x;
	double y = ((const Number *) b)->x;

	return (x > y) - (x < y);
}

/*
 * Least inertia of k intervals: every last interval is tried.
 */
static double
brute_force(const double *rows, int64_t n, int stride, int64_t k)
{
	static Number at[MOST];
	static double least[2][MOST + 1];

	for (int64_t i = 0; i < n; i++)
		at[i] = (Number){rows[i * stride], stride > 1 ? rows[i * 2 + 1] : 1.0};
	for (int64_t i = 0; i < n; i++)
		at[i].x -= rows[0]; /* digits of the mean */
	qsort(at, (size_t) n, sizeof(Number), compare);
	for (int64_t m = 1; m <= k; m++)
	{
		double *now = least[m % 2];
		const double *before = least[1 - m % 2];

		now[0] = 0.0;
		for (int64_t j = 1; j <= n; j++)
		{
			double mass = 0.0;
			double mean = 0.0;
			double squares = 0.0;

			now[j] = INFINITY;
			for (int64_t i = j - 1; i >= 0; i--)
			{
				double gap = at[i].x - mean;

				/* Welford, with weights */
				mass += at[i].mass;
				mean += gap * at[i].mass / mass;
				squares += at[i].mass * gap * (at[i].x - mean);
				if (m == 1 ? i == 0 : true)
					now[j] = fmin(now[j], (m == 1 ? 0.0 : before[i]) + squares);
				if (squares > now[j])
					break;
			}
		}
	}
	return least[k % 2][n];
}

static double
trained(SegEnv *env, const double *rows, int64_t n, int stride, int64_t k,
        int64_t seed)
{
	SegMemoryRows source;
	SegKMeansParams params;
	SegKMeans model = {0};

	seg_options_defaults(seg_kmeans_options, &params, sizeof(params));
	params.k = k;
	params.seed = seed;
	params.standardize = false;
	params.tolerance = 0.0;
	seg_memory_rows(&source, rows, n, 1, stride, 256);
	CHECK(seg_kmeans_train(env, &source.rows, &params, &model) == SEG_OK);
	return model.inertia;
}

/* Even, clustered, heavy-tailed on one side or both, with ties, far from zero. */
static double
number_of(int kind, uint64_t *seed)
{
	double u = (1.0 + unit_draw(seed, 1 << 30)) / (1 << 30);
	double v = (1.0 + unit_draw(seed, 1 << 30)) / (1 << 30);

	switch (kind)
	{
		case 0:
			return u;
		case 1:
			return floor(u * 5.0) * 10.0 + v;
		case 2:
			return pow(u, -1.0 / 1.2);
		case 3:
			return (v < 0.5 ? -1.0 : 1.0) * pow(u, -1.0 / 1.5);
		case 4:
			return floor(u * 40.0);
		default:
			return 1e9 + u;
	}
}

static void
is_the_best_partition(void)
{
	static double rows[2 * MOST];
	uint64_t seed = 20;

	for (int kind = 0; kind < 6; kind++)
		for (int stride = 1; stride <= 2; stride++)
			for (int trial = 0; trial < 12; trial++)
			{
				/* the last are more than the bins */
				int64_t n = trial < 10 ? 41 + unit_draw(&seed, 60) : MOST;
				int64_t k = 1 + unit_draw(&seed, 8);
				SegEnv env = unit_env();
				double best, found, slack;

				for (int64_t i = 0; i < n; i++)
				{
					rows[i * stride] = number_of(kind, &seed);
					if (stride > 1)
						rows[2 * i + 1] = 0.01 + unit_draw(&seed, 100) / 50.0;
				}
				best = brute_force(rows, n, stride, k);
				found = trained(&env, rows, n, stride, k, trial);
				/* neighbours that were put together may end apart; centers at
				 * 1e9 are that coarse */
				slack = best * 1e-7 + (kind == 5 ? 1e-5 : 0.0);
				CHECK(found >= best - slack);
				CHECK(found <= best * (n == MOST ? 1.0005 : 1.0) + slack);
				unit_env_free(&env);
			}
}

/* Two of 20,000 far from the rest: the seed does not matter. */
static void
whales_are_found(void)
{
	enum
	{
		N = 20000
	};
	SegEnv env = unit_env();
	double *rows = env.alloc(env.host, N * sizeof(double));
	double first;

	for (int64_t i = 0; i < N; i++)
		rows[i] = i % 10000 == 0 ? 1e6 : (double) (i * 7919 % 50101) / 100.2;
	first = trained(&env, rows, N, 1, 4, 0);
	/* three even intervals of width 500 / 3 */
	CHECK_NEAR(first, N * 500.0 * 500.0 / 9.0 / 12.0, 1e-3);
	for (int64_t seed = 1; seed < 5; seed++)
		CHECK(trained(&env, rows, N, 1, 4, seed) == first);
	unit_env_free(&env);
}

void
test_kmeans_line(void)
{
	is_the_best_partition();
	whales_are_found();
}
