/*-------------------------------------------------------------------------
 *
 * key_drivers_search.h
 *	  From rows to the sums of every combination of attributes: cells
 *	  (key_drivers_cells.c), then a search (key_drivers_search.c).
 *
 * src/kernel/pattern/key_drivers_search.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KEY_DRIVERS_SEARCH_H
#define SEG_KERNEL_KEY_DRIVERS_SEARCH_H

#include "base/wide.h"
#include "kernel/pattern/item_tree.h"
#include "kernel/pattern/key_drivers.h"

#define SEG_DRIVER_GROUPS   2 /* control, test */
#define SEG_DRIVER_MEASURES 2

/* Sums of the measures in both groups, and of the weights of the cells. */
typedef struct SegDriverSums
{
	SegWide of[SEG_DRIVER_GROUPS][SEG_DRIVER_MEASURES];
	SegWide weight[SEG_DRIVER_GROUPS];
} SegDriverSums;

/*
 * Rows with the same attributes are a cell.  Its attributes are ranks, ascending
 * and each once, packed cell by cell; ~c, a negative number, ends cell c.  Cells
 * are in the order of their attributes.
 */
typedef struct SegDriverCells
{
	int64_t n;
	int measures;
	int32_t items;         /* attributes with enough support */
	const int32_t *places; /* of each of them among the ids; ascend */
	const int32_t *ranks;
	const int32_t *starts; /* of each cell */
	const SegWide *sums;   /* of each cell: by group, then by measure */
	SegDriverSums total;
} SegDriverCells;

/* Every combination that has enough support, as a tree of ranks. */
typedef struct SegDriverSets
{
	SegItemTree tree;
	const SegDriverSums *sums; /* of each node */
} SegDriverSets;

extern SegStatus
seg_driver_cells_make(SegEnv *env, const SegDriverRows *rows,
                      double min_support, SegDriverCells *cells);
extern SegStatus seg_driver_search(SegEnv *env, const SegDriverCells *cells,
                                   const SegDriverParams *params,
                                   size_t most_work, SegDriverSets *sets);

/*
 * The weight of a cell in a group: the size of its measure, or of the
 * denominator of a rate.
 */
static inline SegWide
seg_driver_weight(SegWide x)
{
	return x.hi < 0 ? (SegWide){-x.hi, -x.lo} : x;
}

/* Add a cell to sums. */
static inline void
seg_driver_add(SegDriverSums *sums, const SegDriverCells *cells, int64_t cell)
{
	const SegWide *x = cells->sums + cell * SEG_DRIVER_GROUPS * cells->measures;

	for (int g = 0; g < SEG_DRIVER_GROUPS; g++, x += cells->measures)
	{
		for (int m = 0; m < cells->measures; m++)
			sums->of[g][m] = seg_wide_add(sums->of[g][m], x[m]);
		sums->weight[g] =
			seg_wide_add(sums->weight[g],
		                 seg_driver_weight(x[cells->measures - 1]));
	}
}

/* The share of a group's weight, in the group where it is larger. */
static inline double
seg_driver_support(const SegDriverSums *sums, const SegDriverSums *total)
{
	double support = 0.0;

	for (int g = 0; g < SEG_DRIVER_GROUPS; g++)
	{
		double share = total->weight[g].hi > 0
		                   ? sums->weight[g].hi / total->weight[g].hi
		                   : 0.0;

		support = share > support ? share : support;
	}
	return support;
}

#endif /* SEG_KERNEL_KEY_DRIVERS_SEARCH_H */
