/*-------------------------------------------------------------------------
 *
 * eigen.c
 *	  Eigenvalues and eigenvectors of a symmetric matrix.
 *
 * Householder's reflections make the matrix tridiagonal, and the QL algorithm
 * with implicit shifts makes that diagonal [1]. The rotations are applied to rows
 * of the transposed matrix of vectors, which lie together in memory.
 *
 * [1] J. H. Wilkinson, C. Reinsch, Handbook for Automatic Computation 2, Linear
 * Algebra, 1971, contributions II/2 (tred2) and II/4 (imtql2).
 *
 * src/kernel/prepare/eigen.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/eigen.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/linalg.h"

#define MAX_ITERATIONS 60

/*
 * Reflect row and column i of the leading block so that only the neighbour of the
 * diagonal is left: u is the direction, in place of the row; returns u'u / 2, or 0
 * if nothing is to do.
 */
static double
reflect_row(double *a, int64_t n, int64_t i, double *beside)
{
	double *u = a + i * n;
	double scale = 0.0, square = 0.0, length;

	for (int64_t k = 0; k < i; k++)
		scale += fabs(u[k]);
	if (i == 1 || scale == fabs(u[i - 1]))
	{
		*beside = u[i - 1];
		return 0.0;
	}
	for (int64_t k = 0; k < i; k++)
	{
		u[k] /= scale;
		square += u[k] * u[k];
	}
	length = copysign(sqrt(square), u[i - 1]);
	*beside = -scale * length;
	square += u[i - 1] * length;
	u[i - 1] += length;
	return square;
}

/*
 * a becomes (1 - u u' / h) a (1 - u u' / h) in its leading block of i rows, of
 * which only the lower triangle counts.
 */
static void
apply_reflection(double *a, int64_t n, int64_t i, double h, double *p)
{
	const double *u = a + i * n;
	double up = 0.0;

	/* p = a u / h, reading the lower triangle by rows */
	for (int64_t j = 0; j < i; j++)
	{
		p[j] = seg_dot(a + j * n, u, j + 1);
		for (int64_t k = 0; k < j; k++)
			p[k] += a[j * n + k] * u[j];
	}
	for (int64_t j = 0; j < i; j++)
	{
		p[j] /= h;
		up += p[j] * u[j];
	}
	for (int64_t j = 0; j < i; j++)
		p[j] -= up / (2.0 * h) * u[j];
	for (int64_t j = 0; j < i; j++)
	{
		for (int64_t k = 0; k <= j; k++)
			a[j * n + k] -= u[j] * p[k] + p[j] * u[k];
	}
}

/*
 * The product of the reflections, from the last one made to the first, so that
 * only a leading block changes: v (1 - u u' / h).
 */
static void
multiply_reflections(double *a, int64_t n, const double *h, double *vectors,
                     double *p)
{
	for (int64_t i = 0; i < n; i++)
		vectors[i * n + i] = 1.0;
	for (int64_t i = 1; i < n; i++)
	{
		const double *u = a + i * n;

		if (h[i] == 0.0)
			continue;
		for (int64_t j = 0; j < i; j++)
			p[j] = seg_dot(vectors + j * n, u, i) / h[i];
		for (int64_t j = 0; j < i; j++)
		{
			for (int64_t k = 0; k < i; k++)
				vectors[j * n + k] -= p[j] * u[k];
		}
	}
}

static void
rotate_rows(double *x, double *y, int64_t n, double c, double s)
{
	for (int64_t k = 0; k < n; k++)
	{
		double t = y[k];

		y[k] = s * x[k] + c * t;
		x[k] = c * x[k] - s * t;
	}
}

static double
length_of_two(double a, double b)
{
	double large = fmax(fabs(a), fabs(b));
	double ratio;

	if (large == 0.0)
		return 0.0;
	ratio = fmin(fabs(a), fabs(b)) / large;
	return large * sqrt(1.0 + ratio * ratio);
}

/*
 * One implicit QL step on the block from l to m, whose shift is near value l.
 */
static void
ql_step(double *d, double *e, double *vectors, int64_t n, int64_t l, int64_t m)
{
	double g = (d[l + 1] - d[l]) / (2.0 * e[l]);
	double r = length_of_two(g, 1.0);
	double s = 1.0, c = 1.0, p = 0.0;

	g = d[m] - d[l] + e[l] / (g + copysign(r, g));
	for (int64_t i = m - 1; i >= l; i--)
	{
		double f = s * e[i];
		double b = c * e[i];

		r = length_of_two(f, g);
		e[i + 1] = r;
		if (r == 0.0)
		{
			d[i + 1] -= p;
			e[m] = 0.0;
			return;
		}
		s = f / r;
		c = g / r;
		g = d[i + 1] - p;
		r = (d[i] - g) * s + 2.0 * c * b;
		p = s * r;
		d[i + 1] = g + p;
		g = c * r - b;
		rotate_rows(vectors + i * n, vectors + (i + 1) * n, n, c, s);
	}
	d[l] -= p;
	e[l] = g;
	e[m] = 0.0;
}

/*
 * d: the diagonal, e[i]: between i and i + 1; e[n - 1] is 0.
 */
static SegStatus
diagonalize(SegEnv *env, double *d, double *e, double *vectors, int64_t n)
{
	int64_t steps = 0;

	for (int64_t l = 0; l < n; l++)
	{
		for (int iteration = 0;; iteration++)
		{
			int64_t m = l;

			while (m < n - 1 &&
			       fabs(e[m]) > DBL_EPSILON / 2 * (fabs(d[m]) + fabs(d[m + 1])))
				m++;
			if (m == l)
				break;
			if (iteration == MAX_ITERATIONS)
				return SEG_UNDEFINED;
			ql_step(d, e, vectors, n, l, m);
			SEG_TRY(seg_count_steps(env, &steps, 2 * n * (m - l)));
		}
	}
	return SEG_OK;
}

/*
 * Largest values first.
 */
static void
order_values(double *values, double *vectors, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		int64_t largest = i;
		double t;

		for (int64_t j = i + 1; j < n; j++)
		{
			if (values[j] > values[largest])
				largest = j;
		}
		if (largest == i)
			continue;
		t = values[i];
		values[i] = values[largest];
		values[largest] = t;
		for (int64_t k = 0; k < n; k++)
		{
			t = vectors[i * n + k];
			vectors[i * n + k] = vectors[largest * n + k];
			vectors[largest * n + k] = t;
		}
	}
}

SegStatus
seg_eigen(SegEnv *env, double *a, int64_t n, double *values)
{
	double *h, *beside, *p, *vectors;
	int64_t steps = 0;

	SEG_ALLOC(env, h, n);
	SEG_ALLOC(env, beside, n);
	SEG_ALLOC(env, p, n);
	SEG_ALLOC(env, vectors, n * n);
	for (int64_t i = n - 1; i > 0; i--)
	{
		h[i] = reflect_row(a, n, i, &beside[i - 1]);
		if (h[i] != 0.0)
			apply_reflection(a, n, i, h[i], p);
		SEG_TRY(seg_count_steps(env, &steps, 2 * i * i));
	}
	for (int64_t i = 0; i < n; i++)
		values[i] = a[i * n + i];
	multiply_reflections(a, n, h, vectors, p);
	SEG_TRY(diagonalize(env, values, beside, vectors, n));
	order_values(values, vectors, n);
	memcpy(a, vectors, (size_t) (n * n) * sizeof(double));
	return SEG_OK;
}
