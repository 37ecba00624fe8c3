/*-------------------------------------------------------------------------
 *
 * linkage_matrix.c
 *	  Average and complete linkage: two clusters are as far apart as their points
 *	  are on average, or as the two farthest of them.
 *
 * The distances of all pairs are kept, one triangle of them. Those of a merged
 * cluster follow from those of its parts (Lance & Williams 1967).
 *
 * src/kernel/hierarchy/linkage_matrix.c
 *
 *-------------------------------------------------------------------------
 */
#include <string.h>

#include "kernel/hierarchy/linkage_chain.h"

#define AHEAD 24 /* rows between fetching a distance and using it */

typedef struct DistanceMatrix
{
	double *x; /* row i: distances to the slots below i */
	SegLinkage linkage;
	double *row;    /* the one read last, padded to tiles */
	double *other;  /* the one before */
	int64_t row_of; /* whose they are; -1: nobody's any more */
	int64_t other_of;
	double *both; /* scratch: that of a merged cluster */
	double *from; /* scratch: a point */
	double *away; /* of each slot: 0, or infinity once it is gone */
} DistanceMatrix;

static inline int64_t
row_start(int64_t i)
{
	return i * (i - 1) / 2;
}

/*
 * The largest n with n (n - 1) / 2 distances and n rows in so many bytes.
 */
int64_t
seg_linkage_matrix_rows(int64_t bytes, int64_t per_row)
{
	double half = sizeof(double) / 2.0;
	double linear = ((double) per_row - half) / (2.0 * half);

	return (int64_t) (sqrt(linear * linear + (double) bytes / half) - linear);
}

/*
 * Distances from a slot to all; infinity to itself and to those that are gone.
 */
static void
read_matrix_row(const DistanceMatrix *m, int64_t slot, int64_t slots,
                double *row)
{
	const double *x = m->x;

	memcpy(row, x + row_start(slot), (size_t) slot * sizeof(double));
	row[slot] = INFINITY;
	for (int64_t i = slot + 1; i < slots; i++)
	{
		__builtin_prefetch(x + row_start(i + AHEAD) + slot);
		row[i] = x[row_start(i) + slot];
	}
	for (int64_t i = 0; i < slots; i++)
		row[i] += m->away[i];
}

static void
write_matrix_row(DistanceMatrix *m, int64_t slot, int64_t slots,
                 const double *row)
{
	memcpy(m->x + row_start(slot), row, (size_t) slot * sizeof(double));
	for (int64_t i = slot + 1; i < slots; i++)
	{
		__builtin_prefetch(m->x + row_start(i + AHEAD) + slot, 1);
		m->x[row_start(i) + slot] = row[i];
	}
}

/*
 * Read a row unless it is one of those at hand. It stays there while one other is
 * read.
 */
static const double *
row_at_hand(DistanceMatrix *m, int64_t slot, int64_t slots)
{
	double *row = m->row;
	int64_t row_of = m->row_of;

	if (row_of == slot)
		return row;
	m->row = m->other;
	m->row_of = m->other_of;
	m->other = row;
	m->other_of = row_of;
	if (m->row_of != slot)
		read_matrix_row(m, slot, slots, m->row);
	m->row_of = slot;
	return m->row;
}

static SegStatus
matrix_search(SegEnv *env, SegChain *chain, int64_t slot, SegNearest *nearest)
{
	int64_t slots = chain->points->slots;
	const double *row = row_at_hand(chain->of, slot, slots);

	for (int64_t i = 0; i < slots; i++)
	{
		if (row[i] < nearest->height)
			*nearest = (SegNearest){i, 0, row[i]};
	}
	return seg_count_steps(env, &chain->steps, 8 * slots);
}

static void
matrix_merge(SegChain *chain, int64_t a, int64_t b)
{
	DistanceMatrix *m = chain->of;
	int64_t slots = chain->points->slots;
	double mass_a = chain->points->mass[a];
	double mass_b = chain->points->mass[b];
	const double *x = row_at_hand(m, a, slots);
	const double *y = row_at_hand(m, b, slots);
	double *both = m->both;

	m->away[a] = INFINITY;
	m->row_of = m->other_of = -1;
	for (int64_t i = 0; i < slots; i++)
	{
		if (m->linkage == SEG_LINKAGE_AVERAGE)
			both[i] = (mass_a * x[i] + mass_b * y[i]) / (mass_a + mass_b);
		else
			both[i] = fmax(x[i], y[i]);
	}
	write_matrix_row(m, b, slots, both);
}

/*
 * Each row moves towards the start, so that it is read before it is overwritten.
 */
static void
matrix_renumber(SegChain *chain, int64_t slots)
{
	DistanceMatrix *m = chain->of;
	const int32_t *moved = chain->moved;

	for (int64_t i = 0; i < slots; i++)
	{
		const double *from = m->x + row_start(i);
		double *to;

		if (moved[i] < 0)
			continue;
		to = m->x + row_start(moved[i]);
		m->away[moved[i]] = 0.0;
		for (int64_t j = 0; j < i; j++)
		{
			if (moved[j] >= 0)
				to[moved[j]] = from[j];
		}
	}
}

static SegStatus
fill_matrix(SegEnv *env, const SegPoints *p, DistanceMatrix *m)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < p->slots; i++)
	{
		seg_point_read(p, i, m->from);
		SEG_TRY(seg_linkage_distances(env,
		                              p,
		                              m->from,
		                              i / SEG_TILE_SLOTS + 1,
		                              &steps,
		                              m->row));
		memcpy(m->x + row_start(i), m->row, (size_t) i * sizeof(double));
	}
	return SEG_OK;
}

SegStatus
seg_linkage_matrix(SegEnv *env, SegPoints *p, SegLinkage linkage,
                   SegMerge *merges)
{
	int64_t room = seg_point_tiles(p) * SEG_TILE_SLOTS;
	DistanceMatrix m = {.linkage = linkage, .row_of = -1, .other_of = -1};
	SegChain chain = {.search = matrix_search,
	                  .merge = matrix_merge,
	                  .renumber = matrix_renumber,
	                  .of = &m};

	SEG_ALLOC(env, m.x, row_start(p->slots));
	SEG_ALLOC(env, m.row, room);
	SEG_ALLOC(env, m.other, room);
	SEG_ALLOC(env, m.both, room);
	SEG_ALLOC(env, m.from, p->dim);
	SEG_ALLOC(env, m.away, room);
	SEG_TRY(fill_matrix(env, p, &m));
	SEG_TRY(seg_chain_create(env, p, &chain));
	return seg_chain_run(env, &chain, merges);
}
