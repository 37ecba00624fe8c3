/*-------------------------------------------------------------------------
 *
 * linkage_points.c
 *	  Points in slots.
 *
 * src/kernel/hierarchy/linkage_points.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/linkage_tile.h"

#define GAPS 4 /* are many: one slot in so many */

/*
 * Room for n points, all of them at the origin.
 */
SegStatus
seg_points_create(SegEnv *env, int64_t n, int64_t dim, SegPoints *points)
{
	SegPoints p = {.slots = n, .live = n, .dim = dim, .numbers = dim};
	int64_t room = seg_point_tiles(&p) * SEG_TILE_SLOTS;

	SEG_ALLOC(env, p.x, room * dim);
	SEG_ALLOC(env, p.mass, room);
	SEG_ALLOC(env, p.leaf, room);
	SEG_ALLOC(env, p.gone, room);
	for (int64_t i = 0; i < room; i++)
	{
		p.leaf[i] = (int32_t) i;
		p.mass[i] = 1.0;
		if (i >= n)
			*seg_point_at(&p, i) = INFINITY;
	}
	*points = p;
	return SEG_OK;
}

void
seg_points_remove(SegPoints *p, int64_t slot)
{
	*seg_point_at(p, slot) = INFINITY;
	p->gone[slot] = true;
	p->live--;
}

static void
move_point(SegPoints *p, int64_t from, int64_t to)
{
	const double *x = seg_point_at(p, from);
	double *y = seg_point_at(p, to);

	for (int64_t j = 0; j < p->dim; j++)
		y[j * SEG_TILE_SLOTS] = x[j * SEG_TILE_SLOTS];
	p->mass[to] = p->mass[from];
	p->leaf[to] = p->leaf[from];
	p->gone[to] = false;
}

bool
seg_points_compact(SegPoints *p, int32_t *moved)
{
	int64_t to = 0;

	if ((p->slots - p->live) * GAPS <= p->slots)
		return false;
	for (int64_t slot = 0; slot < p->slots; slot++)
	{
		moved[slot] = -1;
		if (p->gone[slot])
			continue;
		if (to != slot)
			move_point(p, slot, to);
		moved[slot] = (int32_t) to++;
	}
	for (int64_t slot = to; slot < p->slots; slot++)
	{
		*seg_point_at(p, slot) = INFINITY;
		p->gone[slot] = true;
	}
	p->slots = to;
	return true;
}

/*
 * Refuse two points without an element in common, whose distance is NaN.
 */
static SegStatus
check_comparable(SegEnv *env, const double *distances, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
	{
		if (isnan(distances[i]))
			return seg_fail(env, SEG_NOT_COMPARABLE, "Gower's distance", 0, 0);
	}
	return SEG_OK;
}

SegStatus
seg_linkage_distances(SegEnv *env, const SegPoints *p, const double *from,
                      int64_t tiles, int64_t *steps, double *out)
{
	int64_t tile_steps = SEG_TILE_SLOTS * p->dim;
	int64_t at_once = SEG_STEPS_BETWEEN / tile_steps + 1;
	int64_t slots = tiles * SEG_TILE_SLOTS;

	for (int64_t t = 0; t < tiles; t += at_once)
	{
		int64_t end = t + at_once < tiles ? t + at_once : tiles;
		double *part = out + t * SEG_TILE_SLOTS;

		if (p->mixed)
			seg_gower_distances(p, from, t, end, part);
		else
			seg_linkage_tiles()->distances(p, from, t, end, part);
		SEG_TRY(seg_count_steps(env, steps, (end - t) * tile_steps));
	}
	if (!p->mixed)
		return SEG_OK;
	return check_comparable(env, out, slots < p->slots ? slots : p->slots);
}

void
seg_linkage_progress(SegEnv *env, int64_t n, int64_t merges, double height)
{
	double left = (double) (n - merges) / (double) n;

	if (env->progress != NULL)
		env->progress(env->host,
		              "hierarchical clustering",
		              merges,
		              height,
		              1.0 - left * left);
}
