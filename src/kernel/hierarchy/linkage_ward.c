/*-------------------------------------------------------------------------
 *
 * linkage_ward.c
 *	  Ward's linkage: merge the two clusters whose union adds least to the sum of
 *	  squared distances from each point to the mean of its cluster.
 *
 * That sum grows by m1 m2 / (m1 + m2) times the squared distance between the
 * means, where m are the masses. So means and masses are all that must be kept;
 * there is no matrix of distances. The height of a merge is the root of twice the
 * growth: for two points of mass 1, their distance.
 *
 * J. H. Ward, "Hierarchical grouping to optimize an objective function", Journal
 * of the American Statistical Association 58(301), 1963.
 *
 * src/kernel/hierarchy/linkage_ward.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/linkage_chain.h"

static SegStatus
ward_search(SegEnv *env, SegChain *chain, int64_t slot, SegNearest *nearest)
{
	SegPoints *p = chain->points;
	double *own = seg_point_at(p, slot);
	double *from = chain->of;
	int64_t tiles = seg_point_tiles(p);
	int64_t tile_steps = SEG_TILE_SLOTS * p->dim;
	int64_t at_once = SEG_STEPS_BETWEEN / tile_steps + 1;

	seg_point_read(p, slot, from);
	*own = INFINITY; /* not its own neighbour */
	for (int64_t t = 0; t < tiles; t += at_once)
	{
		int64_t end = t + at_once < tiles ? t + at_once : tiles;

		seg_linkage_tiles()
			->ward_nearest(p, from, p->mass[slot], t, end, nearest);
		SEG_TRY(seg_count_steps(env, &chain->steps, (end - t) * tile_steps));
	}
	*own = from[0];
	return SEG_OK;
}

/*
 * The mean of both, exactly that of either if they are equal.
 */
static void
ward_merge(SegChain *chain, int64_t a, int64_t b)
{
	SegPoints *p = chain->points;
	const double *x = seg_point_at(p, a);
	double *y = seg_point_at(p, b);
	double share = p->mass[a] / (p->mass[a] + p->mass[b]);

	for (int64_t j = 0; j < p->dim;
	     j++, x += SEG_TILE_SLOTS, y += SEG_TILE_SLOTS)
		*y += share * (*x - *y);
}

SegStatus
seg_linkage_ward(SegEnv *env, SegPoints *p, SegMerge *merges)
{
	int64_t n = p->slots;
	SegChain chain = {.search = ward_search, .merge = ward_merge};
	double *from;

	SEG_ALLOC(env, from, p->dim);
	chain.of = from;
	SEG_TRY(seg_chain_create(env, p, &chain));
	SEG_TRY(seg_chain_run(env, &chain, merges));
	for (int64_t i = 0; i < n - 1; i++)
		merges[i].height = ldexp(merges[i].height, p->exponent / 2);
	return SEG_OK;
}
