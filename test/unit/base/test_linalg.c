/* test_linalg.c: base/linalg.c, checked by multiplying back */
#include "base/linalg.h"
#include "unit.h"

void test_linalg(void);

#define MAX_N 33

static uint64_t state = 88172645463325252u;

static double
draw(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (double) (state >> 11) * 0x1p-52 - 1.0;
}

/*
 * a = b b' + shift, where b is n * rank.
 */
static void
random_gram(double *a, int64_t n, int64_t rank, double shift)
{
	double b[MAX_N * MAX_N];

	for (int64_t i = 0; i < n * rank; i++)
		b[i] = draw();
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j < n; j++)
		{
			a[i * n + j] = i == j ? shift : 0.0;
			for (int64_t k = 0; k < rank; k++)
				a[i * n + j] += b[i * rank + k] * b[j * rank + k];
		}
	}
}

static void
multiplies_back(int64_t n)
{
	double a[MAX_N * MAX_N], l[MAX_N * MAX_N], inverse[MAX_N * MAX_N];
	double x[MAX_N], b[MAX_N];
	double error = 0.0;
	double log_det = 0.0;

	random_gram(a, n, n, 0.5);
	memcpy(l, a, sizeof(l));
	CHECK(seg_cholesky(l, n, 1e-12) == n);
	for (int64_t i = 0; i < n; i++)
		b[i] = x[i] = draw();
	seg_cholesky_solve(l, n, x);
	seg_cholesky_invert(l, n, inverse);
	for (int64_t i = 0; i < n; i++)
	{
		error = fmax(error, fabs(seg_dot(a + i * n, x, n) - b[i]));
		log_det += log(l[i * n + i] * l[i * n + i]);
		for (int64_t j = 0; j < n; j++)
		{
			double unit = seg_dot(a + i * n, inverse + j * n, n);

			error = fmax(error, fabs(unit - (i == j)));
			CHECK(inverse[i * n + j] == inverse[j * n + i]);
		}
	}
	CHECK(error < 1e-12);
	CHECK_NEAR(seg_cholesky_log_det(l, n), log_det, 1e-12);
}

/*
 * A column that is a combination of earlier ones is left alone, and the others
 * are solved as if it were absent.
 */
static void
finds_dependent_rows(void)
{
	/* columns: u, v, u + v, w */
	double full[16] = {4, 1, 5, 1, 1, 3, 4, 0, 5, 4, 9, 1, 1, 0, 1, 2};
	double less[9] = {4, 1, 1, 1, 3, 0, 1, 0, 2};
	double b[4] = {1, 2, 3, 4};
	double c[3] = {1, 2, 4};
	double inverse[16];

	CHECK(seg_cholesky(full, 4, 1e-11) == 3);
	CHECK(seg_cholesky(less, 3, 1e-11) == 3);
	CHECK(!seg_cholesky_uses(full, 4, 2) && seg_cholesky_uses(full, 4, 3));
	seg_cholesky_solve(full, 4, b);
	seg_cholesky_solve(less, 3, c);
	CHECK_NEAR(b[0], c[0], 1e-14);
	CHECK_NEAR(b[1], c[1], 1e-14);
	CHECK(b[2] == 0.0);
	CHECK_NEAR(b[3], c[2], 1e-14);
	CHECK_NEAR(seg_cholesky_log_det(full, 4),
	           seg_cholesky_log_det(less, 3),
	           1e-14);
	seg_cholesky_invert(full, 4, inverse);
	for (int i = 0; i < 4; i++)
		CHECK(inverse[2 * 4 + i] == 0.0 && inverse[i * 4 + 2] == 0.0);
}

static void
refuses_what_is_not_positive(void)
{
	double zero[1] = {0.0};
	double negative[1] = {-1.0};
	double nan[1] = {NAN};
	double indefinite[4] = {1, 2, 2, 1};

	CHECK(seg_cholesky(zero, 1, 1e-11) == 0);
	CHECK(seg_cholesky(negative, 1, 1e-11) == 0);
	CHECK(seg_cholesky(nan, 1, 1e-11) == 0);
	CHECK(seg_cholesky(indefinite, 2, 1e-11) == 1);
}

void
test_linalg(void)
{
	double a[7] = {1, 2, 3, 4, 5, 6, 7};

	CHECK(seg_dot(a, a, 7) == 140.0);
	CHECK(seg_dot(a, a, 0) == 0.0);
	for (int64_t n = 1; n <= MAX_N; n++)
		multiplies_back(n);
	finds_dependent_rows();
	refuses_what_is_not_positive();
}
