/*-------------------------------------------------------------------------
 *
 * cf_loops_body.h
 *	  One body of the recommenders' loops; cf_loops.c includes it once for each
 *	  build, with NAME, TARGET, LANES and FMA defined.
 *
 * src/kernel/recommend/cf_loops_body.h
 *
 *-------------------------------------------------------------------------
 */

#include "base/vector_body.h"

#define COLUMNS (2 * LANES) /* of a tile */

/* readable names for the inlined functions */
#define DOT       NAME(dot)
#define FETCH     NAME(fetch)
#define TILE      NAME(tile)
#define TILE_OF   NAME(tile_of)
#define ADD_ROW   NAME(add_row)
#define SCALE_ROW NAME(scale_row)
#define PANEL_AT  NAME(panel_at)

/*
 * Call with a constant for common widths: loops over it then have no counter.
 */
#define FOR_WIDTH(width, CALL) \
	do \
	{ \
		switch (width) \
		{ \
			case 8: \
				CALL(8); \
				break; \
			case 16: \
				CALL(16); \
				break; \
			case 32: \
				CALL(32); \
				break; \
			case 64: \
				CALL(64); \
				break; \
			default: \
				CALL(width); \
		} \
	} while (0)

INLINE double
NAME(dot)(const double *a, const double *b, int64_t width)
{
	Vector sum[SUMS] = {{0}};
	int64_t e = 0;

	for (; e + SUMS * LANES <= width; e += SUMS * LANES)
		UNROLL for (int s = 0; s < SUMS; s++) sum[s] =
			FMA(LOAD(a + e + s * LANES), LOAD(b + e + s * LANES), sum[s]);
	for (int s = 0; e < width; e += LANES, s++)
		sum[s] = FMA(LOAD(a + e), LOAD(b + e), sum[s]);
	return NAME(sum_lanes)((sum[0] + sum[1]) + (sum[2] + sum[3]));
}

/* ---------- gradient descent ---------- */

INLINE void
NAME(fetch)(const double *x, int64_t width)
{
	for (int64_t e = 0; e < width; e += CACHE_LINE / (int64_t) sizeof(double))
		__builtin_prefetch(x + e, 1);
}

INLINE double
NAME(step)(const SegDescent *d, SegRating rating, int64_t width)
{
	double *p = d->user_factors + rating.user * width;
	double *q = d->item_factors + rating.item * width;
	double *user_bias = d->user_biases + rating.user;
	double *item_bias = d->item_biases + rating.item;
	double error = rating.value - (*user_bias + *item_bias + DOT(p, q, width));
	double kept = 1.0 - d->rate * d->regularization;
	double learned = d->rate * error;
	Vector keep = SPLAT(kept);
	Vector learn = SPLAT(learned);

	*user_bias = kept * *user_bias + learned;
	*item_bias = kept * *item_bias + learned;
	for (int64_t e = 0; e < width; e += LANES)
	{
		Vector a = LOAD(p + e);
		Vector b = LOAD(q + e);

		STORE(p + e, FMA(learn, b, keep * a));
		STORE(q + e, FMA(learn, a, keep * b));
	}
	return error * error;
}

INLINE double
NAME(descend_width)(const SegDescent *d, const SegRating *rating, int64_t n,
                    int64_t width)
{
	double squares = 0.0;

	for (int64_t i = 0; i < n; i++)
	{
		if (i + AHEAD < n)
		{
			FETCH(d->user_factors + rating[i + AHEAD].user * width, width);
			FETCH(d->item_factors + rating[i + AHEAD].item * width, width);
		}
		squares += NAME(step)(d, rating[i], width);
	}
	return squares;
}

TARGET static double
NAME(descend)(const SegDescent *d, const SegRating *rating, int64_t n)
{
	double squares;

#define CALL(w) squares = NAME(descend_width)(d, rating, n, w)
	FOR_WIDTH(d->width, CALL);
#undef CALL
	return squares;
}

/* ---------- products of rows ---------- */

INLINE void
NAME(products_width)(const double *rows, int64_t n, const double *x,
                     double *out, int64_t width)
{
	for (int64_t i = 0; i < n; i++)
		out[i] = DOT(rows + i * width, x, width);
}

TARGET static void
NAME(products)(const double *rows, int64_t n, int64_t width, const double *x,
               double *out)
{
#define CALL(w) NAME(products_width)(rows, n, x, out, w)
	FOR_WIDTH(width, CALL);
#undef CALL
}

/* ---------- tiles of matrices ---------- */

/*
 * c += or -= x' y, for a tile of ROWS rows and COLUMNS columns: all its sums stay
 * in registers while x and y are walked down, depth rows of each.
 */
INLINE void
NAME(tile)(double *c, ptrdiff_t c_step, const double *x, ptrdiff_t x_step,
           const double *y, ptrdiff_t y_step, int64_t depth, bool subtract)
{
	Vector sum[ROWS][2] = {{{0}}};

	for (int64_t t = 0; t < depth; t++)
	{
		Vector low = LOAD(y + t * y_step);
		Vector high = LOAD(y + t * y_step + LANES);

		UNROLL for (int r = 0; r < ROWS; r++)
		{
			Vector a = SPLAT(x[t * x_step + r]);

			sum[r][0] = FMA(a, low, sum[r][0]);
			sum[r][1] = FMA(a, high, sum[r][1]);
		}
	}
	UNROLL for (int r = 0; r < ROWS; r++)
	{
		UNROLL for (int h = 0; h < 2; h++)
		{
			double *at = c + r * c_step + h * LANES;
			Vector old = LOAD(at);

			STORE(at, subtract ? old - sum[r][h] : old + sum[r][h]);
		}
	}
}

/* First column of the tile that column i lies in. */
INLINE int64_t
NAME(tile_of)(int64_t i)
{
	return i / COLUMNS * COLUMNS;
}

/*
 * In a tile on the diagonal, what lies below it is computed too, but not used.
 */
TARGET static void
NAME(add_gram)(double *a, int64_t width, const double *rows, int64_t n)
{
	for (int64_t i = 0; i < width; i += ROWS)
		for (int64_t j = TILE_OF(i); j < width; j += COLUMNS)
			TILE(a + i * width + j,
			     width,
			     rows + i,
			     width,
			     rows + j,
			     width,
			     n,
			     false);
}

/* ---------- Cholesky's factor, a = u' u ---------- */

/*
 * row += share * other, from column "from" on
 */
INLINE void
NAME(add_row)(double *row, const double *other, double share, int64_t from,
              int64_t width)
{
	Vector s = SPLAT(share);

	for (int64_t e = from; e < width; e += LANES)
		STORE(row + e, FMA(s, LOAD(other + e), LOAD(row + e)));
}

INLINE void
NAME(scale_row)(double *row, double scale, int64_t from, int64_t width)
{
	Vector s = SPLAT(scale);

	for (int64_t e = from; e < width; e += LANES)
		STORE(row + e, s * LOAD(row + e));
}

/*
 * Rows i .. i + ROWS - 1 of u.  pivot gets 1 / u[r][r]; 0 for a row that depends
 * on those above it.
 */
INLINE void
NAME(factor_rows)(double *a, int64_t width, int64_t i, double *pivot)
{
	int64_t from = TILE_OF(i);
	double diagonal[ROWS];

	for (int r = 0; r < ROWS; r++)
		diagonal[r] = a[(i + r) * width + i + r];
	for (int64_t j = from; j < width; j += COLUMNS)
		TILE(a + i * width + j, width, a + i, width, a + j, width, i, true);
	for (int r = 0; r < ROWS; r++)
	{
		double *row = a + (i + r) * width;
		bool depends;

		for (int s = 0; s < r; s++)
		{
			const double *above = a + (i + s) * width;

			ADD_ROW(row, above, -above[i + r], from, width);
		}
		/* also true if it is NaN */
		depends = !(row[i + r] > SINGULAR * diagonal[r]);
		pivot[i + r] = depends ? 0.0 : 1.0 / sqrt(row[i + r]);
		SCALE_ROW(row, pivot[i + r], from, width);
	}
}

/*
 * Below the diagonal, a holds remains of the tiles; zeros in x keep them out of
 * the last sums.
 */
TARGET static void
NAME(solve)(double *a, int64_t width, double *b, double *scratch)
{
	double *pivot = scratch;
	double *y = scratch + width;

	for (int64_t i = 0; i < width; i += ROWS)
		NAME(factor_rows)(a, width, i, pivot);
	for (int64_t i = 0; i < width; i++)
	{
		y[i] = b[i] * pivot[i];
		ADD_ROW(b, a + i * width, -y[i], TILE_OF(i), width);
	}
	memset(b, 0, (size_t) width * sizeof(double));
	for (int64_t i = width - 1; i >= 0; i--)
	{
		int64_t from = TILE_OF(i);

		b[i] = pivot[i] *
		       (y[i] - DOT(a + i * width + from, b + from, width - from));
	}
}

/* ---------- panels of a large matrix ---------- */

INLINE double *
NAME(panel_at)(const SegPanels *panels, int64_t column)
{
	int64_t panel = column / SEG_CF_STRIDE;

	return panels->x + panel * panels->depth * SEG_CF_STRIDE +
	       column % SEG_CF_STRIDE;
}

TARGET static void
NAME(multiply_panels)(const double *x, const SegPanels *y, int64_t n,
                      SegPanels *out)
{
	int64_t depth = y->depth;

	memset(out->x, 0, (size_t) (n * depth) * sizeof(double));
	for (int64_t j = 0; j < n; j += COLUMNS)
		for (int64_t i = 0; i < depth; i += ROWS)
			TILE(PANEL_AT(out, j) + i * SEG_CF_STRIDE,
			     SEG_CF_STRIDE,
			     x + i,
			     depth,
			     PANEL_AT(y, j),
			     SEG_CF_STRIDE,
			     depth,
			     false);
}

/*
 * A stretch of columns of y stays in the cache while all rows walk over it.
 */
TARGET static void
NAME(subtract_panels)(double *a, int64_t n, const SegPanels *x,
                      const SegPanels *y, int64_t first, int64_t last)
{
	for (int64_t from = TILE_OF(first); from < n; from += CACHED)
	{
		int64_t end = from + CACHED < n ? from + CACHED : n;

		for (int64_t i = first; i < last; i += ROWS)
		{
			int64_t j = TILE_OF(i) > from ? TILE_OF(i) : from;

			for (; j < end; j += COLUMNS)
				TILE(a + i * n + j,
				     n,
				     PANEL_AT(x, i),
				     SEG_CF_STRIDE,
				     PANEL_AT(y, j),
				     SEG_CF_STRIDE,
				     x->depth,
				     true);
		}
	}
}

static const SegCfLoops NAME(loops) = {
	.descend = NAME(descend),
	.products = NAME(products),
	.add_gram = NAME(add_gram),
	.solve = NAME(solve),
	.multiply_panels = NAME(multiply_panels),
	.subtract_panels = NAME(subtract_panels),
};

#undef LOAD
#undef STORE
#undef DOT
#undef FETCH
#undef TILE
#undef TILE_OF
#undef ADD_ROW
#undef SCALE_ROW
#undef PANEL_AT
#undef Vector
#undef COLUMNS
#undef INLINE
#undef FOR_WIDTH
