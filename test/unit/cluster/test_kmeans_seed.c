/* test_kmeans_seed.c: first centers, by how often which row is drawn */
#include "kernel/cluster/kmeans_lloyd.h"
#include "unit.h"

void test_kmeans_seed(void);

#define N     5
#define DRAWS 4000

/* Seedings of k centers of rows that are one number, and a weight behind it. */
static void
seed_rows(SegEnv *env, const double *rows, int stride, int32_t k,
          uint64_t restart, double *centers)
{
	SegTileRows sample = {rows, N, stride, 0, NULL};
	SegSeeding *seeding;

	CHECK(seg_seeding_create(env, &sample, 1, k, NULL, &seeding) == SEG_OK);
	CHECK(seg_seeding_run(env, seeding, 7, restart, centers) == SEG_OK);
}

static int
place_of(const double *rows, int stride, double x)
{
	int at = 0;

	while (at < N && rows[at * stride] != x)
		at++;
	CHECK(at < N);
	return at;
}

/* The first center: each row by its weight, one of no weight never. */
static void
draws_the_first_by_weight(void)
{
	static const double weighted[] = {10, 1, 20, 2, 30, 0, 40, 4, 50, 3};
	static const double plain[] = {10, 20, 30, 40, 50};

	for (int stride = 1; stride <= 2; stride++)
	{
		const double *rows = stride == 2 ? weighted : plain;
		int drawn[N + 1] = {0};

		for (uint64_t r = 0; r < DRAWS; r++)
		{
			SegEnv env = unit_env();
			double center;

			seed_rows(&env, rows, stride, 1, r, &center);
			drawn[place_of(rows, stride, center)]++;
			unit_env_free(&env);
		}
		for (int i = 0; i < N; i++)
		{
			double share = stride == 2 ? weighted[2 * i + 1] / 10 : 0.2;
			double deviation = sqrt(DRAWS * share * (1 - share));

			CHECK(fabs(drawn[i] - DRAWS * share) <= 4 * deviation);
		}
	}
}

/*
 * The second center: of two candidates, each drawn by its squared distance to the
 * first, the one that leaves the least; the chance of that by trying all pairs.
 */
static void
draws_the_second_by_distance(void)
{
	static const double rows[] = {0, 1, 3, 4, 9};
	int drawn[N][N] = {{0}};

	for (uint64_t r = 0; r < DRAWS; r++)
	{
		SegEnv env = unit_env();
		double centers[2];

		seed_rows(&env, rows, 1, 2, r, centers);
		drawn[place_of(rows, 1, centers[0])][place_of(rows, 1, centers[1])]++;
		unit_env_free(&env);
	}
	for (int first = 0; first < N; first++)
	{
		double chance[N], left[N] = {0}, sum = 0, wanted[N] = {0};
		int of_first = 0;

		for (int i = 0; i < N; i++)
		{
			chance[i] = pow(rows[i] - rows[first], 2);
			sum += chance[i];
			of_first += drawn[first][i];
			for (int j = 0; j < N; j++)
				left[i] += fmin(pow(rows[j] - rows[first], 2),
				                pow(rows[j] - rows[i], 2));
		}
		for (int a = 0; a < N; a++)
			for (int b = 0; b < N; b++)
				wanted[left[b] < left[a] ? b : a] +=
					chance[a] / sum * (chance[b] / sum);
		for (int i = 0; i < N; i++)
			CHECK(fabs(drawn[first][i] - of_first * wanted[i]) <=
			      4 * sqrt(of_first * wanted[i] * (1 - wanted[i])));
	}
}

/* No row twice while there are others. */
static void
takes_every_row_once(void)
{
	static const double rows[] = {1, 2, 4, 8, 16};

	for (uint64_t r = 0; r < 50; r++)
	{
		SegEnv env = unit_env();
		double centers[N];
		int seen = 0;

		seed_rows(&env, rows, 1, N, r, centers);
		for (int c = 0; c < N; c++)
			seen |= 1 << place_of(rows, 1, centers[c]);
		CHECK(seen == (1 << N) - 1);
		unit_env_free(&env);
	}
}

void
test_kmeans_seed(void)
{
	draws_the_first_by_weight();
	draws_the_second_by_distance();
	takes_every_row_once();
}
