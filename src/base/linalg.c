/*-------------------------------------------------------------------------
 *
 * linalg.c
 *	  Small dense linear algebra: symmetric positive definite systems.
 *
 * The Cholesky factor, row by row (G. H. Golub, C. F. Van Loan, Matrix
 * Computations, 4th ed., 4.2.5): every element is one dot product of two rows,
 * which are read in memory order. It is stable without pivoting.
 *
 * A dependent row is marked by a negative diagonal element, which a factor
 * never has otherwise.
 *
 * src/base/linalg.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/linalg.h"

#include <math.h>
#include <string.h>

#define LANES     4
#define DEPENDENT (-1.0)

double
seg_dot(const double *a, const double *b, int64_t n)
{
	double lane[LANES] = {0};
	int64_t i = 0;

	for (; i + LANES <= n; i += LANES)
	{
		for (int j = 0; j < LANES; j++)
			lane[j] += a[i + j] * b[i + j];
	}
	for (int j = 0; i < n; i++, j++)
		lane[j] += a[i] * b[i];
	return (lane[0] + lane[1]) + (lane[2] + lane[3]);
}

bool
seg_cholesky_uses(const double *l, int64_t n, int64_t i)
{
	return l[i * n + i] > 0.0;
}

int64_t
seg_cholesky(double *a, int64_t n, double tolerance)
{
	int64_t independent = 0;

	for (int64_t i = 0; i < n; i++)
	{
		double *row = a + i * n;
		double diagonal = row[i];
		double pivot;

		for (int64_t j = 0; j < i; j++)
		{
			const double *above = a + j * n;

			row[j] = seg_cholesky_uses(a, n, j)
			             ? (row[j] - seg_dot(row, above, j)) / above[j]
			             : 0.0;
		}
		pivot = diagonal - seg_dot(row, row, i);
		/* also true for NaN */
		if (!(pivot > tolerance * fabs(diagonal)))
		{
			memset(row, 0, (size_t) i * sizeof(double));
			row[i] = DEPENDENT;
			continue;
		}
		row[i] = sqrt(pivot);
		independent++;
	}
	return independent;
}

void
seg_cholesky_solve(const double *l, int64_t n, double *b)
{
	/* L y = b */
	for (int64_t i = 0; i < n; i++)
	{
		const double *row = l + i * n;

		b[i] = seg_cholesky_uses(l, n, i) ? (b[i] - seg_dot(row, b, i)) / row[i]
		                                  : 0.0;
	}
	/* L' x = y, by rows of L */
	for (int64_t i = n - 1; i >= 0; i--)
	{
		const double *row = l + i * n;

		if (!seg_cholesky_uses(l, n, i))
			continue;
		b[i] /= row[i];
		for (int64_t j = 0; j < i; j++)
			b[j] -= row[j] * b[i];
	}
}

void
seg_cholesky_inverse_row(const double *l, int64_t n, int64_t i, double *row)
{
	/* the matrix is symmetric, so a solved column is also a row */
	memset(row, 0, (size_t) n * sizeof(double));
	if (!seg_cholesky_uses(l, n, i))
		return;
	row[i] = 1.0;
	seg_cholesky_solve(l, n, row);
}

void
seg_cholesky_invert(const double *l, int64_t n, double *inverse)
{
	for (int64_t i = 0; i < n; i++)
		seg_cholesky_inverse_row(l, n, i, inverse + i * n);
	/* two solves for the same element differ in the last bit */
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j < i; j++)
			inverse[j * n + i] = inverse[i * n + j];
	}
}

double
seg_cholesky_log_det(const double *l, int64_t n)
{
	double sum = 0.0;

	for (int64_t i = 0; i < n; i++)
	{
		if (seg_cholesky_uses(l, n, i))
			sum += log(l[i * n + i]);
	}
	return 2.0 * sum;
}
