/*-------------------------------------------------------------------------
 *
 * linkage_single.c
 *	  Single linkage: two clusters are as far apart as their nearest points.
 *
 * Prim's minimum spanning tree: take the point nearest to those taken so far, again
 * and again, from the first one on. Merged by height, each point with the one
 * taken before it gives the clusters. Only one distance per point is kept.
 *
 * Ties: of points at the same distance, the first is taken.
 *
 * J. C. Gower & G. J. S. Ross, "Minimum spanning trees and single linkage cluster
 * analysis", Applied Statistics 18(1), 1969.
 *
 * src/kernel/hierarchy/linkage_single.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "kernel/hierarchy/linkage_tile.h"

typedef struct SpanningTree
{
	SegPoints *points;
	double *near; /* of each slot: distance to the points taken */
	double *row;  /* scratch: distances from the point taken last */
	double *from;
	int32_t *moved;
	int64_t steps; /* since we asked whether to stop */
} SpanningTree;

static SegStatus
tree_create(SegEnv *env, SegPoints *p, SpanningTree *tree)
{
	int64_t room = seg_point_tiles(p) * SEG_TILE_SLOTS;

	*tree = (SpanningTree){.points = p};
	SEG_ALLOC(env, tree->near, room);
	SEG_ALLOC(env, tree->row, room);
	SEG_ALLOC(env, tree->from, p->dim);
	SEG_ALLOC(env, tree->moved, room);
	for (int64_t i = 0; i < room; i++)
		tree->near[i] = INFINITY;
	return SEG_OK;
}

/*
 * Take a point: others may be nearer to it than to those before.
 */
static SegStatus
take_point(SegEnv *env, SpanningTree *tree, int64_t slot)
{
	SegPoints *p = tree->points;
	int64_t tiles = seg_point_tiles(p);

	seg_point_read(p, slot, tree->from);
	seg_points_remove(p, slot);
	tree->near[slot] = INFINITY;
	SEG_TRY(seg_linkage_distances(env,
	                              p,
	                              tree->from,
	                              tiles,
	                              &tree->steps,
	                              tree->row));
	for (int64_t i = 0; i < p->slots; i++)
		tree->near[i] = tree->row[i] < tree->near[i] && !p->gone[i]
		                    ? tree->row[i]
		                    : tree->near[i];
	return SEG_OK;
}

static int64_t
nearest_point(const SpanningTree *tree)
{
	double least = INFINITY;
	int64_t slot = -1;

	for (int64_t i = 0; i < tree->points->slots; i++)
	{
		if (tree->near[i] < least)
		{
			least = tree->near[i];
			slot = i;
		}
	}
	return slot;
}

/*
 * Returns the new number of a slot.
 */
static int64_t
single_close_gaps(SpanningTree *tree, int64_t at)
{
	int64_t slots = tree->points->slots;

	if (!seg_points_compact(tree->points, tree->moved))
		return at;
	for (int64_t slot = 0; slot < slots; slot++)
	{
		if (tree->moved[slot] >= 0)
			tree->near[tree->moved[slot]] = tree->near[slot];
	}
	for (int64_t slot = tree->points->slots; slot < slots; slot++)
		tree->near[slot] = INFINITY;
	return tree->moved[at];
}

SegStatus
seg_linkage_single(SegEnv *env, SegPoints *p, SegMerge *merges)
{
	int64_t n = p->slots;
	SpanningTree tree;
	int64_t slot = 0;

	SEG_TRY(tree_create(env, p, &tree));
	for (int64_t i = 0; i < n - 1; i++)
	{
		int32_t last = p->leaf[slot];

		SEG_TRY(take_point(env, &tree, slot));
		slot = nearest_point(&tree);
		merges[i] = (SegMerge){last, p->leaf[slot], tree.near[slot]};
		seg_linkage_progress(env, n, i + 1, merges[i].height);
		slot = single_close_gaps(&tree, slot);
	}
	return SEG_OK;
}
