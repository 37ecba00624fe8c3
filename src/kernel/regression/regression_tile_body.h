/*-------------------------------------------------------------------------
 *
 * regression_tile_body.h
 *	  One body of the regressions' loops; regression_tile.c includes it once for
 *	  each build, with NAME and TARGET defined.
 *
 * src/kernel/regression/regression_tile_body.h
 *
 *-------------------------------------------------------------------------
 */

#include "base/vector_body.h"

#define EXP NAME(exp)
#define LOG NAME(log)

/*
 * exp, to an ulp or two: exp(x) = 2^k exp(r), |r| <= log(2) / 2, by Taylor's
 * series. Beyond 709 it stays there, below -708 it is about 0.
 */
INLINE Vector
NAME(exp)(Vector x)
{
	static const double coefficient[] = {1.0 / 6227020800,
	                                     1.0 / 479001600,
	                                     1.0 / 39916800,
	                                     1.0 / 3628800,
	                                     1.0 / 362880,
	                                     1.0 / 40320,
	                                     1.0 / 5040,
	                                     1.0 / 720,
	                                     1.0 / 120,
	                                     1.0 / 24,
	                                     1.0 / 6,
	                                     1.0 / 2,
	                                     1.0,
	                                     1.0};
	const double round = 6755399441055744.0; /* 1.5 * 2^52: k in low bits */
	/* log(2) in two parts; the first has zeros for a product with k */
	const double log_2 = 0x1.62e42feep-1;
	const double rest = 0x1.a39ef35793c76p-33;
	Vector shifted, k, r, sum;
	Mask bits;

	x = SELECT(x > 709.0, SPLAT(709.0), x);
	x = SELECT(x < -708.0, SPLAT(-708.0), x);
	shifted = x * 1.4426950408889634 + round;
	k = shifted - round;
	r = (x - k * log_2) - k * rest;
	sum = SPLAT(coefficient[0]);
	for (size_t i = 1; i < sizeof(coefficient) / sizeof(coefficient[0]); i++)
		sum = sum * r + coefficient[i];
	bits = ((Mask) shifted << 52) + (INT64_C(1023) << 52);
	return sum * (Vector) bits;
}

/*
 * log of a positive normal number, to an ulp or two: with x = 2^k m, m around 1,
 * and s = (m - 1) / (m + 1), log m = 2 (s + s^3 / 3 + s^5 / 5 + ...).
 */
INLINE Vector
NAME(log)(Vector x)
{
	const Mask half_bits = (Mask){0} + INT64_C(0x3fe6a09e667f3bcd);
	Mask bits = (Mask) x;
	Mask exponent = (bits - half_bits) >> 52; /* m from sqrt(1/2) up */
	Vector m = (Vector) (bits - (exponent << 52));
	/* an integer in the low bits of a double */
	Vector k =
		(Vector) (exponent + INT64_C(0x4338000000000000)) - 6755399441055744.0;
	Vector s = (m - 1.0) / (m + 1.0);
	Vector z = s * s;
	Vector sum = SPLAT(2.0 / 23);

	for (int i = 21; i >= 3; i -= 2)
		sum = sum * z + 2.0 / i;
	return k * 0x1.62e42feep-1 +
	       (s * 2.0 + (s * z * sum + k * 0x1.a39ef35793c76p-33));
}

/* ---------- rows ---------- */

/*
 * Lanes of a and b change places by blocks of so many: a has the even blocks of
 * both, b the odd ones.
 */
#define INTERCHANGE(a, b, ...) \
	do \
	{ \
		Vector from_a = a; \
		a = SHUFFLE(from_a, b, EVEN_##__VA_ARGS__); \
		b = SHUFFLE(from_a, b, ODD_##__VA_ARGS__); \
	} while (0)

/*
 * Eight rows become eight columns: a square turned about its diagonal by halves.
 * The next eight rows are fetched early: a processor does not foresee so many
 * streams.
 */
INLINE void
NAME(place_square)(double *to, const double *x, int64_t stride, Vector center,
                   Vector inverse)
{
	Vector v[LANES];

	UNROLL
	for (int i = 0; i < LANES; i++)
	{
		__builtin_prefetch(x + (i + LANES) * stride);
		v[i] = (LOAD(x + i * stride) - center) * inverse;
	}
	UNROLL
	for (int i = 0; i < LANES; i += 2)
		INTERCHANGE(v[i], v[i + 1], 1);
	UNROLL
	for (int i = 0; i < LANES; i += 4)
	{
		INTERCHANGE(v[i], v[i + 2], 2);
		INTERCHANGE(v[i + 1], v[i + 3], 2);
	}
	UNROLL
	for (int i = 0; i < LANES / 2; i++)
		INTERCHANGE(v[i], v[i + 4], 4);
	UNROLL
	for (ptrdiff_t i = 0; i < LANES; i++)
		STORE(to + i * SEG_TILE_ROWS, v[i]);
}

/*
 * The last square of a row overlaps the one before it.
 */
static TARGET void
NAME(place)(SegTile *t, int64_t at, const SegTileColumns *columns,
            const double *x, int64_t stride)
{
	const double *center = columns->center;
	const double *inverse = columns->inverse;
	int64_t dim = columns->dim;
	int64_t last = dim - LANES;

	for (int64_t next = 0; last >= 0 && next < dim; next += LANES)
	{
		int64_t j = next < last ? next : last;

		NAME(place_square)
		(t->x + j * SEG_TILE_ROWS + at,
		 x + j,
		 stride,
		 LOAD(center + j),
		 LOAD(inverse + j));
	}
	for (int64_t j = 0; last < 0 && j < dim; j++)
	{
		double *to = t->x + j * SEG_TILE_ROWS + at;

		for (int64_t i = 0; i < LANES; i++)
			to[i] = (x[i * stride + j] - center[j]) * inverse[j];
	}
}

/* ---------- families ---------- */

#define EACH_STEP(i) UNROLL for (int i = 0; i < SEG_TILE_ROWS; i += LANES)

static TARGET void
NAME(linear)(SegTile *t, SegTileSums *sums)
{
	Vector value = LOAD(sums->value);

	EACH_STEP(i)
	{
		Vector weight = LOAD(t->weight + i);
		Vector mean = LOAD(t->eta + i);
		Vector residual = LOAD(t->y + i) - mean;

		value -= weight * residual * residual * 0.5;
		STORE(t->mean + i, mean);
		STORE(t->gradient + i, weight * residual);
		STORE(t->curvature + i, weight);
	}
	STORE(sums->value, value);
}

/*
 * With e = exp of eta towards the wrong label, the right one has the chance
 * 1 / (1 + e), the wrong one e / (1 + e): no digits are lost near 0 and 1.
 */
static TARGET void
NAME(logistic)(SegTile *t, SegTileSums *sums)
{
	Vector value = LOAD(sums->value);

	EACH_STEP(i)
	{
		Vector weight = LOAD(t->weight + i);
		Vector sign = LOAD(t->y + i) * 2.0 - 1.0;
		Vector e = EXP(-sign * LOAD(t->eta + i));
		Vector right = 1.0 / (1.0 + e);
		Vector wrong = e * right;
		Vector mean = SELECT(sign > 0.0, right, wrong);

		value += weight * LOG(right);
		STORE(t->mean + i, mean);
		STORE(t->gradient + i, weight * sign * wrong);
		STORE(t->curvature + i, weight * right * wrong);
	}
	STORE(sums->value, value);
}

static TARGET void
NAME(poisson)(SegTile *t, SegTileSums *sums)
{
	Vector value = LOAD(sums->value);

	EACH_STEP(i)
	{
		Vector weight = LOAD(t->weight + i);
		Vector y = LOAD(t->y + i);
		Vector eta = LOAD(t->eta + i);
		Vector mean = EXP(eta);

		value += weight * (y * eta - mean);
		STORE(t->mean + i, mean);
		STORE(t->gradient + i, weight * (y - mean));
		STORE(t->curvature + i, weight * mean);
	}
	STORE(sums->value, value);
}

static TARGET void
NAME(gamma)(SegTile *t, SegTileSums *sums)
{
	Vector value = LOAD(sums->value);

	EACH_STEP(i)
	{
		Vector weight = LOAD(t->weight + i);
		Vector eta = LOAD(t->eta + i);
		Vector mean = EXP(eta);
		Vector ratio = LOAD(t->y + i) / mean;

		value -= weight * (ratio + eta);
		STORE(t->mean + i, mean);
		STORE(t->gradient + i, weight * (ratio - 1.0));
		STORE(t->curvature + i, weight * ratio);
	}
	STORE(sums->value, value);
}

static TARGET void
NAME(normalize)(SegTile *t, double *scores, int64_t n)
{
	for (ptrdiff_t i = 0; i < SEG_TILE_ROWS; i += LANES)
	{
		Vector top = LOAD(scores + i);
		Vector sum = {0};

		for (int64_t k = 1; k < n; k++)
		{
			Vector score = LOAD(scores + k * SEG_TILE_ROWS + i);

			top = SELECT(score > top, score, top);
		}
		for (int64_t k = 0; k < n; k++)
		{
			double *score = scores + k * SEG_TILE_ROWS + i;
			Vector e = EXP(LOAD(score) - top);

			sum += e;
			STORE(score, e);
		}
		STORE(t->eta + i, top + LOG(sum));
		for (int64_t k = 0; k < n; k++)
		{
			double *score = scores + k * SEG_TILE_ROWS + i;

			STORE(score, LOAD(score) / sum);
		}
	}
}

/* ---------- sums over elements ---------- */

static TARGET void
NAME(predict)(SegTile *t, const double *coefficients)
{
	Vector eta[STEPS] = {{0}};

	for (int64_t j = 0; j < t->n; j++)
	{
		const double *x = t->x + j * SEG_TILE_ROWS;
		double b = coefficients[j];

		UNROLL
		for (int i = 0; i < STEPS; i++)
			eta[i] += LOAD(x + (ptrdiff_t) i * LANES) * b;
	}
	UNROLL
	for (int i = 0; i < STEPS; i++)
		STORE(t->eta + (ptrdiff_t) i * LANES, eta[i]);
}

/*
 * a[j] += product' x[j], for n columns at once.
 */
INLINE void
NAME(add_products)(const double *product, const double *x, double *a, int n)
{
	Vector sum[ABREAST];

	UNROLL
	for (int j = 0; j < n; j++)
		sum[j] = LOAD(a + (ptrdiff_t) j * LANES);
	for (int i = 0; i < SEG_TILE_ROWS; i += LANES)
	{
		Vector p = LOAD(product + i);

		UNROLL
		for (int j = 0; j < n; j++)
			sum[j] += p * LOAD(x + (ptrdiff_t) j * SEG_TILE_ROWS + i);
	}
	UNROLL
	for (int j = 0; j < n; j++)
		STORE(a + (ptrdiff_t) j * LANES, sum[j]);
}

static TARGET void
NAME(add)(SegTile *t, SegTileSums *sums)
{
	double *information = sums->information;

	for (int64_t k = 0; k < t->n; k++)
	{
		const double *x = t->x + k * SEG_TILE_ROWS;
		int64_t j = 0;

		EACH_STEP(i)
		STORE(t->product + i, LOAD(x + i) * LOAD(t->curvature + i));
		for (; j + ABREAST <= k + 1; j += ABREAST)
			NAME(add_products)
		(t->product, t->x + j * SEG_TILE_ROWS, information + j * LANES, ABREAST);
		for (; j <= k; j++)
			NAME(add_products)
		(t->product, t->x + j * SEG_TILE_ROWS, information + j * LANES, 1);
		information += (k + 1) * LANES;
		NAME(add_products)(t->gradient, x, sums->gradient + k * LANES, 1);
	}
}

static const SegTileLoops
	NAME(loops) = {.place = NAME(place),
                   .predict = NAME(predict),
                   .differentiate = {[SEG_LINEAR] = NAME(linear),
                                     [SEG_LOGISTIC] = NAME(logistic),
                                     [SEG_POISSON] = NAME(poisson),
                                     [SEG_GAMMA] = NAME(gamma)},
                   .normalize = NAME(normalize),
                   .add = NAME(add)};

#undef Vector
#undef INLINE
#undef LOAD
#undef STORE
#undef EXP
#undef LOG
#undef EACH_STEP
#undef INTERCHANGE
