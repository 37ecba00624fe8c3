/*-------------------------------------------------------------------------
 *
 * kmeans_tile_body.h
 *	  One body of the k-means tiles; kmeans_tile.c includes it once for each
 *	  build, with NAME, TARGET, LANES, TILE and FMA defined.
 *
 * A tile is TILE rows, transposed so that a vector holds one element of LANES
 * rows.  Then a distance needs no sum across lanes, and the nearest center of
 * all rows is kept by compare and select.  Whatever the tile, the arithmetic on
 * one row and one center is the same, element after element: block boundaries
 * do not change a result, and "measure" equals "distances" to the bit.
 *
 * src/kernel/cluster/kmeans_tile_body.h
 *
 *-------------------------------------------------------------------------
 */

#define Vector  NAME(Vector)
#define Mask    NAME(Mask)
#define VECTORS (TILE / LANES)
#define INLINE  static inline __attribute__((always_inline)) TARGET

typedef double Vector __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));

/*
 * Point at the rows of a tile from i on, and past the last row at the last row.
 */
INLINE void
NAME(point_at_rows)(const SegTileRows *rows, int64_t i, const double **row)
{
	int64_t last = rows->n - 1 - i;

	row[0] = rows->x + i * rows->stride;
	if (last >= TILE - 1)
	{
		UNROLL_TILE for (int p = 1; p < TILE; p++) row[p] =
			row[p - 1] + rows->stride;
	}
	else
		for (int p = 1; p < TILE; p++)
			row[p] = row[p - 1] + (p <= last ? rows->stride : 0);
}

/*
 * Blocks are scattered in memory, and the processor's own prefetching starts
 * over with each: ask for the lines of the next one in time.
 */
INLINE void
NAME(fetch_ahead)(const SegTileRows *rows, int64_t i)
{
	const char *at = (const char *) (rows->ahead + i * rows->stride);

	if (rows->ahead == NULL)
		return;
	for (size_t b = 0; b < TILE * (size_t) rows->stride * sizeof(double);
	     b += CACHE_LINE)
		__builtin_prefetch(at + b);
}

/*
 * Transpose elements from .. from + dim of the rows, less shift if there is one.
 */
INLINE void
NAME(load_tile)(const double *const *row, int from, int dim,
                const double *shift, double *tile)
{
	for (int p = 0; p < TILE; p += QUAD)
	{
		int e = 0;

		for (; e + QUAD <= dim; e += QUAD)
		{
			Quad r[QUAD], pair[QUAD], out[QUAD], s = {0};

			if (shift != NULL)
				memcpy(&s, shift + from + e, sizeof(s));
			UNROLL for (int q = 0; q < QUAD; q++)
			{
				memcpy(&r[q], row[p + q] + from + e, sizeof(r[q]));
				r[q] -= s;
			}
			pair[0] = SHUFFLE(r[0], r[1], 0, 4, 2, 6);
			pair[1] = SHUFFLE(r[0], r[1], 1, 5, 3, 7);
			pair[2] = SHUFFLE(r[2], r[3], 0, 4, 2, 6);
			pair[3] = SHUFFLE(r[2], r[3], 1, 5, 3, 7);
			out[0] = SHUFFLE(pair[0], pair[2], 0, 1, 4, 5);
			out[1] = SHUFFLE(pair[1], pair[3], 0, 1, 4, 5);
			out[2] = SHUFFLE(pair[0], pair[2], 2, 3, 6, 7);
			out[3] = SHUFFLE(pair[1], pair[3], 2, 3, 6, 7);
			UNROLL for (int q = 0; q < QUAD; q++)
				memcpy(tile + (e + q) * TILE + p, &out[q], sizeof(out[q]));
		}
		for (; e < dim; e++)
			UNROLL for (int q = 0; q < QUAD; q++) tile[e * TILE + p + q] =
				row[p + q][from + e] - (shift != NULL ? shift[from + e] : 0.0);
	}
}

/*
 * acc += tile . c over dim elements
 */
INLINE void
NAME(add_products)(const double *tile, int dim, const double *c, Vector *acc)
{
	for (int e = 0; e < dim; e++)
	{
		Vector w = SPLAT(c[e]);
		const Vector *x = (const Vector *) (tile + e * TILE);

		UNROLL for (int q = 0; q < VECTORS; q++) acc[q] = FMA(x[q], w, acc[q]);
	}
}

/*
 * acc += sum of ((tile - c) * weight)^2 over dim elements
 */
INLINE void
NAME(add_squares)(const double *tile, int dim, const double *c,
                  const double *weight, Vector *acc)
{
	for (int e = 0; e < dim; e++)
	{
		Vector w = SPLAT(weight[e]);
		Vector center = SPLAT(c[e]);
		const Vector *x = (const Vector *) (tile + e * TILE);

		UNROLL for (int q = 0; q < VECTORS; q++)
		{
			Vector gap = (x[q] - center) * w;

			acc[q] = FMA(gap, gap, acc[q]);
		}
	}
}

/*
 * Keep the larger score and its center; ties go to the earlier one.
 */
INLINE void
NAME(keep_best)(const Vector *score, int64_t j, Vector *best, Mask *index)
{
	UNROLL for (int q = 0; q < VECTORS; q++)
	{
		Mask better = score[q] > best[q];

		best[q] = SELECT(better, score[q], best[q]);
		index[q] = SELECT_INDEX(better, SPLAT_INDEX(j), index[q]);
	}
}

INLINE void
NAME(store_labels)(const Mask *index, int64_t left, uint16_t *label)
{
	int64_t j[TILE];

	memcpy(j, index, sizeof(j));
	if (left >= TILE)
	{
		UNROLL_TILE for (int p = 0; p < TILE; p++) label[p] = (uint16_t) j[p];
	}
	else
		for (int p = 0; p < left; p++)
			label[p] = (uint16_t) j[p];
}

/* ---------- nearest center by the expanded form ---------- */

INLINE void
NAME(assign_narrow)(const SegTileCenters *c, const SegTileRows *rows,
                    uint16_t *label, int dim)
{
	double tile[CHUNK * TILE] __attribute__((aligned(64)));
	const double *row[TILE];

	for (int64_t i = 0; i < rows->n; i += TILE)
	{
		Vector best[VECTORS];
		Mask index[VECTORS];
		int j = 0;

		NAME(fetch_ahead)(rows, i);
		NAME(point_at_rows)(rows, i, row);
		NAME(load_tile)(row, 0, dim, c->shift, tile);
		UNROLL for (int q = 0; q < VECTORS; q++)
		{
			best[q] = SPLAT(-INFINITY);
			index[q] = SPLAT_INDEX(0);
		}
		/* two centers at a time: each load of the tile serves both */
		for (; j + 2 <= c->k; j += 2)
		{
			Vector a[VECTORS], b[VECTORS];
			const double *f = c->folded + (ptrdiff_t) j * dim;

			UNROLL for (int q = 0; q < VECTORS; q++)
			{
				a[q] = SPLAT(-c->half_norm[j]);
				b[q] = SPLAT(-c->half_norm[j + 1]);
			}
			for (int e = 0; e < dim; e++)
			{
				Vector wa = SPLAT(f[e]), wb = SPLAT(f[dim + e]);
				const Vector *x = (const Vector *) (tile + e * TILE);

				UNROLL for (int q = 0; q < VECTORS; q++)
				{
					a[q] = FMA(x[q], wa, a[q]);
					b[q] = FMA(x[q], wb, b[q]);
				}
			}
			NAME(keep_best)(a, j, best, index);
			NAME(keep_best)(b, j + 1, best, index);
		}
		if (j < c->k)
		{
			Vector a[VECTORS];

			UNROLL for (int q = 0; q < VECTORS; q++) a[q] =
				SPLAT(-c->half_norm[j]);
			NAME(add_products)(tile, dim, c->folded + (ptrdiff_t) j * dim, a);
			NAME(keep_best)(a, j, best, index);
		}
		NAME(store_labels)(index, rows->n - i, label + i);
	}
}

/*
 * Rows too long for one tile: walk them in chunks, a group of centers at a time.
 */
INLINE void
NAME(assign_wide)(const SegTileCenters *c, const SegTileRows *rows,
                  uint16_t *label)
{
	double tile[CHUNK * TILE] __attribute__((aligned(64)));
	const double *row[TILE];

	for (int64_t i = 0; i < rows->n; i += TILE)
	{
		Vector best[VECTORS];
		Mask index[VECTORS];

		NAME(point_at_rows)(rows, i, row);
		UNROLL for (int q = 0; q < VECTORS; q++)
		{
			best[q] = SPLAT(-INFINITY);
			index[q] = SPLAT_INDEX(0);
		}
		for (int first = 0; first < c->k; first += GROUP)
		{
			Vector score[GROUP][VECTORS];
			int n = c->k - first < GROUP ? c->k - first : GROUP;

			for (int g = 0; g < n; g++)
				UNROLL for (int q = 0; q < VECTORS; q++) score[g][q] =
					SPLAT(-c->half_norm[first + g]);
			for (int e = 0; e < c->dim; e += CHUNK)
			{
				int m = c->dim - e < CHUNK ? c->dim - e : CHUNK;

				NAME(load_tile)(row, e, m, c->shift, tile);
				for (int g = 0; g < n; g++)
					NAME(add_products)
				(tile,
				 m,
				 c->folded + (ptrdiff_t) (first + g) * c->dim + e,
				 score[g]);
			}
			for (int g = 0; g < n; g++)
				NAME(keep_best)(score[g], first + g, best, index);
		}
		NAME(store_labels)(index, rows->n - i, label + i);
	}
}

/* The loop bounds of common dimensions are known to the compiler. */
#define FOR_DIM(dim, call) \
	switch (dim) \
	{ \
		case 2: \
			call(2); \
			break; \
		case 3: \
			call(3); \
			break; \
		case 4: \
			call(4); \
			break; \
		case 8: \
			call(8); \
			break; \
		case 16: \
			call(16); \
			break; \
		case 32: \
			call(32); \
			break; \
		case 64: \
			call(64); \
			break; \
		default: \
			call(dim); \
	}

TARGET static void
NAME(assign)(const SegTileCenters *c, const SegTileRows *rows, uint16_t *label)
{
#define CALL(d) NAME(assign_narrow)(c, rows, label, d)
	if (c->dim > CHUNK)
		NAME(assign_wide)(c, rows, label);
	else
		FOR_DIM(c->dim, CALL)
#undef CALL
}

/* ---------- distances by the direct form ---------- */

/*
 * Squared distances of a tile to n <= GROUP centers from first on.
 */
INLINE void
NAME(group_distances)(const SegTileCenters *c, const double *const *row,
                      int first, int n, Vector (*out)[VECTORS])
{
	double tile[CHUNK * TILE] __attribute__((aligned(64)));

	for (int g = 0; g < n; g++)
		UNROLL for (int q = 0; q < VECTORS; q++) out[g][q] = SPLAT(0.0);
	for (int e = 0; e < c->dim; e += CHUNK)
	{
		int m = c->dim - e < CHUNK ? c->dim - e : CHUNK;

		NAME(load_tile)(row, e, m, NULL, tile);
		for (int g = 0; g < n; g++)
			NAME(add_squares)
		(tile,
		 m,
		 c->position + (ptrdiff_t) (first + g) * c->dim + e,
		 c->weight + e,
		 out[g]);
	}
}

TARGET static void
NAME(measure)(const SegTileCenters *c, const SegTileRows *rows, uint16_t *label,
              double *nearest, double *second)
{
	const double *row[TILE];

	for (int64_t i = 0; i < rows->n; i += TILE)
	{
		Vector best[VECTORS], next[VECTORS];
		Mask index[VECTORS];
		double d[2][TILE];

		NAME(point_at_rows)(rows, i, row);
		UNROLL for (int q = 0; q < VECTORS; q++)
		{
			best[q] = next[q] = SPLAT(INFINITY);
			index[q] = SPLAT_INDEX(0);
		}
		for (int first = 0; first < c->k; first += GROUP)
		{
			Vector gap[GROUP][VECTORS];
			int n = c->k - first < GROUP ? c->k - first : GROUP;

			NAME(group_distances)(c, row, first, n, gap);
			for (int g = 0; g < n; g++)
				UNROLL for (int q = 0; q < VECTORS; q++)
				{
					Mask closer = gap[g][q] < best[q];
					Vector loser = SELECT(closer, best[q], gap[g][q]);

					next[q] = SELECT(loser < next[q], loser, next[q]);
					best[q] = SELECT(closer, gap[g][q], best[q]);
					index[q] =
						SELECT_INDEX(closer, SPLAT_INDEX(first + g), index[q]);
				}
		}
		NAME(store_labels)(index, rows->n - i, label + i);
		memcpy(d[0], best, sizeof(d[0]));
		memcpy(d[1], next, sizeof(d[1]));
		for (int p = 0; p < TILE && i + p < rows->n; p++)
		{
			nearest[i + p] = d[0][p];
			second[i + p] = d[1][p];
		}
	}
}

TARGET static void
NAME(distances)(const SegTileCenters *c, const SegTileRows *rows, double *out)
{
	const double *row[TILE];

	for (int64_t i = 0; i < rows->n; i += TILE)
	{
		NAME(point_at_rows)(rows, i, row);
		for (int first = 0; first < c->k; first += GROUP)
		{
			Vector gap[GROUP][VECTORS];
			int n = c->k - first < GROUP ? c->k - first : GROUP;

			NAME(group_distances)(c, row, first, n, gap);
			for (int g = 0; g < n; g++)
			{
				double d[TILE];

				memcpy(d, gap[g], sizeof(d));
				for (int p = 0; p < TILE && i + p < rows->n; p++)
					out[(i + p) * c->k + first + g] = d[p];
			}
		}
	}
}

/* ---------- sums ---------- */

/*
 * A row that leaves a sum is added with negative mass.
 */
INLINE void
NAME(add_row)(double *sum, const double *x, const double *shift, double mass,
              int dim)
{
	for (int e = 0; e < dim; e++)
		sum[e] += mass * (x[e] - shift[e]);
}

INLINE void
NAME(add_rows)(SegTileSums *s, const SegTileRows *rows, const uint16_t *label,
               int dim)
{
	for (int64_t i = 0; i < rows->n; i++)
	{
		const double *x = rows->x + i * rows->stride;
		double mass = s->weighted ? x[dim] : 1.0;
		int64_t at = ((rows->first + i) % s->banks) * s->k + label[i];

		NAME(add_row)(s->sum + at * dim, x, s->shift, mass, dim);
		s->mass[at] += mass;
		s->count[at]++;
	}
}

TARGET static void
NAME(add)(SegTileSums *s, const SegTileRows *rows, const uint16_t *label){
#define CALL(d) NAME(add_rows)(s, rows, label, d)
	FOR_DIM(s->dim, CALL)
#undef CALL
}

INLINE int64_t
	NAME(move_rows)(SegTileSums *s, const SegTileRows *rows,
                    const uint16_t *label, const uint16_t *old, int dim)
{
	int64_t moved = 0;

	for (int64_t i = 0; i < rows->n; i++)
	{
		const double *x = rows->x + i * rows->stride;
		double mass;

		if (label[i] == old[i])
			continue;
		mass = s->weighted ? x[dim] : 1.0;
		NAME(add_row)
		(s->sum + (int64_t) label[i] * dim, x, s->shift, mass, dim);
		NAME(add_row)(s->sum + (int64_t) old[i] * dim, x, s->shift, -mass, dim);
		s->mass[label[i]] += mass;
		s->mass[old[i]] -= mass;
		s->count[label[i]]++;
		s->count[old[i]]--;
		moved++;
	}
	return moved;
}

TARGET static int64_t
NAME(move)(SegTileSums *s, const SegTileRows *rows, const uint16_t *label,
           const uint16_t *old)
{
	int64_t moved = 0;

	/* most stretches of rows keep all their labels, most of the time */
	for (int64_t i = 0; i < rows->n; i += STRETCH)
	{
		int64_t n = rows->n - i < STRETCH ? rows->n - i : STRETCH;
		SegTileRows part = {rows->x + i * rows->stride,
		                    n,
		                    rows->stride,
		                    rows->first + i,
		                    NULL};

		if (n == STRETCH &&
		    memcmp(label + i, old + i, STRETCH * sizeof(*label)) == 0)
			continue;
#define CALL(d) moved += NAME(move_rows)(s, &part, label + i, old + i, d)
		FOR_DIM(s->dim, CALL)
#undef CALL
	}
	return moved;
}

/*
 * Range and sums of a vector's width of elements, in registers.  Rows are taken
 * in order, so that block boundaries do not matter.
 */
INLINE void
NAME(survey_lanes)(SegTileSurvey *s, const SegTileRows *rows, int e)
{
	Vector shift, low, high, sum, squares;

	memcpy(&shift, s->shift + e, sizeof(shift));
	memcpy(&low, s->low + e, sizeof(low));
	memcpy(&high, s->high + e, sizeof(high));
	memcpy(&sum, s->sum + e, sizeof(sum));
	memcpy(&squares, s->squares + e, sizeof(squares));
	for (int64_t i = 0; i < rows->n; i++)
	{
		const double *row = rows->x + i * rows->stride;
		double mass = s->weighted ? row[s->dim] : 1.0;
		Vector x, y;

		memcpy(&x, row + e, sizeof(x));
		y = x - shift;
		low = SELECT(x < low, x, low);
		high = SELECT(x > high, x, high);
		sum += mass * y;
		squares += mass * (y * y);
	}
	memcpy(s->low + e, &low, sizeof(low));
	memcpy(s->high + e, &high, sizeof(high));
	memcpy(s->sum + e, &sum, sizeof(sum));
	memcpy(s->squares + e, &squares, sizeof(squares));
}

/*
 * The same for one element.
 */
INLINE void
NAME(survey_element)(SegTileSurvey *s, const SegTileRows *rows, int e)
{
	for (int64_t i = 0; i < rows->n; i++)
	{
		const double *row = rows->x + i * rows->stride;
		double mass = s->weighted ? row[s->dim] : 1.0;
		double y = row[e] - s->shift[e];

		s->low[e] = row[e] < s->low[e] ? row[e] : s->low[e];
		s->high[e] = row[e] > s->high[e] ? row[e] : s->high[e];
		s->sum[e] += mass * y;
		s->squares[e] += mass * (y * y);
	}
}

TARGET static void
NAME(survey)(SegTileSurvey *s, const SegTileRows *rows)
{
	int e = 0;

	for (int64_t i = 0; i < rows->n; i++)
		s->total += s->weighted ? rows->x[i * rows->stride + s->dim] : 1.0;
	for (; e + LANES <= s->dim; e += LANES)
		NAME(survey_lanes)(s, rows, e);
	for (; e < s->dim; e++)
		NAME(survey_element)(s, rows, e);
}

static const SegTileKernels NAME(kernels) = {NAME(assign),
                                             NAME(measure),
                                             NAME(distances),
                                             NAME(survey),
                                             NAME(add),
                                             NAME(move)};

#undef FOR_DIM
#undef INLINE
#undef VECTORS
#undef Mask
#undef Vector
