/*-------------------------------------------------------------------------
 *
 * linkage.h
 *	  Hierarchical clustering of points: which clusters are merged, at which
 *	  height.
 *
 * Points lie in slots, in order of their ids. A cluster lives in the slot of its
 * last point; a slot without a cluster lies at infinity. Slots are numbered
 * anew as they empty, in the same order.
 *
 * src/kernel/hierarchy/linkage.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINKAGE_H
#define SEG_KERNEL_LINKAGE_H

#include "base/env.h"

typedef enum SegLinkage
{
	SEG_LINKAGE_AVERAGE,
	SEG_LINKAGE_COMPLETE,
	SEG_LINKAGE_SINGLE,
	SEG_LINKAGE_WARD /* of numbers only */
} SegLinkage;

/* Slots lie side by side in tiles, element by element. */
#define SEG_TILE_SLOTS 16

typedef struct SegPoints
{
	int64_t slots; /* in use; those behind lie at infinity */
	int64_t live;  /* of them, those with a cluster */
	int64_t dim;
	int64_t numbers; /* of the elements, the first ones; others are categories */
	bool mixed;      /* distances are Gower's, else Euclidean */
	double *x;       /* tiles of dim * SEG_TILE_SLOTS */
	double *mass;    /* of each slot, in (0, 2) */
	int32_t *leaf;   /* a point of the slot's cluster, from 0 */
	bool *gone;      /* the slot has no cluster */
	int exponent;    /* masses are 2^-exponent of what they were; even */
} SegPoints;

/* Two clusters, each given by a point in it. */
typedef struct SegMerge
{
	int32_t a;
	int32_t b;
	double height;
} SegMerge;

static inline double *
seg_point_at(const SegPoints *p, int64_t slot)
{
	return p->x + slot / SEG_TILE_SLOTS * SEG_TILE_SLOTS * p->dim +
	       slot % SEG_TILE_SLOTS;
}

static inline int64_t
seg_point_tiles(const SegPoints *p)
{
	return (p->slots + SEG_TILE_SLOTS - 1) / SEG_TILE_SLOTS;
}

static inline void
seg_point_read(const SegPoints *p, int64_t slot, double *to)
{
	const double *x = seg_point_at(p, slot);

	for (int64_t j = 0; j < p->dim; j++)
		to[j] = x[j * SEG_TILE_SLOTS];
}

/* linkage_points.c */
extern SegStatus
seg_points_create(SegEnv *env, int64_t n, int64_t dim, SegPoints *points);
extern void seg_points_remove(SegPoints *p, int64_t slot);

/*
 * Close the gaps, if there are many. moved[slot] is then the new number of a slot,
 * or -1; false: nothing was done.
 */
extern bool seg_points_compact(SegPoints *p, int32_t *moved);

/*
 * Distances from a point to the slots of the first tiles; counts steps. Slots
 * without a cluster have any distance.
 */
extern SegStatus
seg_linkage_distances(SegEnv *env, const SegPoints *p, const double *from,
                      int64_t tiles, int64_t *steps, double *out);

/* Tell how far the work is, of which each merge leaves less to do. */
extern void
seg_linkage_progress(SegEnv *env, int64_t n, int64_t merges, double height);

/*
 * The n - 1 merges, in an order in which a cluster is made before it is merged.
 */
extern SegStatus seg_linkage_ward(SegEnv *env, SegPoints *p, SegMerge *merges);
extern SegStatus
seg_linkage_single(SegEnv *env, SegPoints *p, SegMerge *merges);
extern SegStatus seg_linkage_matrix(SegEnv *env, SegPoints *p,
                                    SegLinkage linkage, SegMerge *merges);

/* Points whose distances fit into so many bytes, with so many for each point. */
extern int64_t seg_linkage_matrix_rows(int64_t bytes, int64_t per_row);

/*
 * linkage_order.c: the merges by height, equal ones in the order given. Merge i
 * makes cluster n + i of clusters first[i] < second[i]; those below n are points.
 */
extern SegStatus
seg_linkage_order(SegEnv *env, const SegMerge *merges, int64_t n,
                  int32_t *first, int32_t *second, double *heights);

#endif /* SEG_KERNEL_LINKAGE_H */
