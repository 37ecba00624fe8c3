/* test_mmr.c: kernel/recommend/mmr.c against its definition */
#include "base/hash.h"
#include "kernel/recommend/mmr.h"
#include "unit.h"

void test_mmr(void);

#define N   12
#define DIM 3

static double
cosine(const double *a, const double *b)
{
	double ab = 0, aa = 0, bb = 0;

	for (int j = 0; j < DIM; j++)
	{
		ab += a[j] * b[j];
		aa += a[j] * a[j];
		bb += b[j] * b[j];
	}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* The choices, each time among all that are left. */
static void
choose(const double *x, const double *score, double lambda, int64_t n,
       int64_t *chosen)
{
	bool taken[N] = {false};

	for (int64_t k = 0; k < n; k++)
	{
		double best = -INFINITY;

		for (int c = 0; c < N; c++)
		{
			double nearest = k == 0 ? 0 : -INFINITY;
			double value;

			for (int64_t o = 0; o < k; o++)
				nearest =
					fmax(nearest, cosine(x + c * DIM, x + chosen[o] * DIM));
			value = (k == 0 ? 1 : lambda) * score[c] - (1 - lambda) * nearest;
			if (!taken[c] && value > best + 1e-12)
			{
				best = value;
				chosen[k] = c;
			}
		}
		taken[chosen[k]] = true;
	}
}

static void
chooses_as_defined(double lambda, double size)
{
	double x[N * DIM], score[N];
	SegMmrVectors vectors = {N, DIM, NULL};
	SegMmr mmr = {N, score, lambda, seg_mmr_vectors, &vectors};
	SegEnv env = unit_env();
	int64_t want[N], got[N], count;

	for (int i = 0; i < N * DIM; i++)
		x[i] = seg_random_real(1, 2, (uint64_t) i) - 0.3;
	for (int i = 0; i < N; i++)
		score[i] = (double) (seg_random_bits(1, 3, (uint64_t) i) % 7) / 7;
	for (int j = 0; j < DIM; j++)
		x[4 * DIM + j] = 0;
	choose(x, score, lambda, N, want);
	for (int i = 0; i < N * DIM; i++)
		x[i] *= size;
	vectors.x = x;
	seg_mmr_normalize(&vectors);
	for (int64_t n = 0; n <= N + 3; n++)
	{
		CHECK(seg_mmr(&env, &mmr, n, got, &count) == SEG_OK);
		CHECK(count == (n < N ? n : N));
		for (int64_t k = 0; k < count; k++)
			CHECK(got[k] == want[k]);
	}
	unit_env_free(&env);
}

static void
nothing_to_choose_from(void)
{
	SegMmrVectors vectors = {0, DIM, NULL};
	SegMmr mmr = {0, NULL, 0.5, seg_mmr_vectors, &vectors};
	SegEnv env = unit_env();
	int64_t chosen[1], count;

	seg_mmr_normalize(&vectors);
	CHECK(seg_mmr(&env, &mmr, 5, chosen, &count) == SEG_OK && count == 0);
	unit_env_fail_after(&env, 0);
	CHECK(seg_mmr(&env, &mmr, 5, chosen, &count) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

static void
can_be_stopped(void)
{
	double x[2 * DIM] = {1, 0, 0, 0, 1, 0}, score[2] = {1, 2};
	SegMmrVectors vectors = {2, DIM, x};
	SegMmr mmr = {2, score, 0.5, seg_mmr_vectors, &vectors};
	SegEnv env = unit_env();
	int64_t chosen[2], count;

	unit_env_stop_after(&env, 1);
	CHECK(seg_mmr(&env, &mmr, 2, chosen, &count) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_mmr(void)
{
	for (int i = 0; i <= 10; i++)
		chooses_as_defined(i / 10.0, 1);
	chooses_as_defined(0.5, 1e200);
	chooses_as_defined(0.5, 1e-200);
	nothing_to_choose_from();
	can_be_stopped();
}
