/*-------------------------------------------------------------------------
 *
 * linkage_tile_body.h
 *	  One body of the loops of hierarchical clustering; linkage_tile.c includes
 *	  it once for each build, with NAME, TARGET and LANES defined.
 *
 * src/kernel/hierarchy/linkage_tile_body.h
 *
 *-------------------------------------------------------------------------
 */

#include "base/vector_body.h"

#define Mask    NAME(Mask)
#define VECTORS (SEG_TILE_SLOTS / LANES) /* in a tile */

typedef int64_t Mask __attribute__((vector_size(LANES * sizeof(int64_t))));

/*
 * Squared distances to the slots of a tile, summed element by element.
 */
INLINE void
NAME(tile_squares)(const double *tile, const double *from, int64_t dim,
                   Vector *sum)
{
	for (int v = 0; v < VECTORS; v++)
		sum[v] = (Vector){0};
	for (int64_t j = 0; j < dim; j++)
	{
		Vector center = SPLAT(from[j]);

		UNROLL for (int v = 0; v < VECTORS; v++)
		{
			Vector z = LOAD(tile + j * SEG_TILE_SLOTS + v * LANES) - center;

			sum[v] += z * z;
		}
	}
}

/*
 * Could a slot of this tile be nearer?  Without a division; never wrongly false.
 */
INLINE bool
NAME(may_be_nearer)(const Vector *sum, const double *masses, double mass,
                    double bound)
{
	Vector limit = SPLAT(bound);
	Vector own = SPLAT(mass);
	Mask any = {0};

	UNROLL for (int v = 0; v < VECTORS; v++)
	{
		Vector other = LOAD(masses + v * LANES);

		any |= sum[v] * other <= limit * (own + other);
	}
	for (int lane = 1; lane < LANES; lane++)
		any[0] |= any[lane];
	return any[0] != 0;
}

INLINE void
NAME(ward_nearest_dim)(const SegPoints *p, const double *from, double mass,
                       int64_t first_tile, int64_t last_tile, int64_t dim,
                       SegNearest *nearest)
{
	double bound = ward_bound(mass, nearest->square);

	for (int64_t t = first_tile; t < last_tile; t++)
	{
		const double *masses = p->mass + t * SEG_TILE_SLOTS;
		Vector sum[VECTORS];
		double squares[SEG_TILE_SLOTS];

		NAME(tile_squares)(p->x + t * SEG_TILE_SLOTS * dim, from, dim, sum);
		if (!NAME(may_be_nearer)(sum, masses, mass, bound))
			continue;
		memcpy(squares, sum, sizeof(squares));
		if (look_closer(squares, masses, mass, t * SEG_TILE_SLOTS, nearest))
			bound = ward_bound(mass, nearest->square);
	}
}

#define NEAREST(dim) \
	NAME(ward_nearest_dim)(p, from, mass, first_tile, last_tile, dim, nearest)

static TARGET void
NAME(ward_nearest)(const SegPoints *p, const double *from, double mass,
                   int64_t first_tile, int64_t last_tile, SegNearest *nearest)
{
	/* a constant for common lengths: the loop over elements has no counter */
	switch (p->dim)
	{
		case 2:
			NEAREST(2);
			break;
		case 4:
			NEAREST(4);
			break;
		case 8:
			NEAREST(8);
			break;
		default:
			NEAREST(p->dim);
	}
}

static TARGET void
NAME(distances)(const SegPoints *p, const double *from, int64_t first_tile,
                int64_t last_tile, double *out)
{
	for (int64_t t = first_tile; t < last_tile; t++)
	{
		Vector sum[VECTORS];
		double squares[SEG_TILE_SLOTS];

		NAME(tile_squares)
		(p->x + t * SEG_TILE_SLOTS * p->dim, from, p->dim, sum);
		memcpy(squares, sum, sizeof(squares));
		for (int i = 0; i < SEG_TILE_SLOTS; i++)
			*out++ = sqrt(squares[i]);
	}
}

static const SegLinkageTiles
	NAME(tiles) = {NAME(ward_nearest), NAME(distances)};

#undef LOAD
#undef STORE
#undef Vector
#undef Mask
#undef VECTORS
#undef INLINE
#undef NEAREST
