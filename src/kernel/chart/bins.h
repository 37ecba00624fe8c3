/*-------------------------------------------------------------------------
 *
 * bins.h
 *	  Rows reduced to counts while they are collected: up to a few thousand rows as
 *	  they are, more of them in a grid of cells.
 *
 * Cells of an axis have one width, and each lies within one cell of the next level.
 * The level is the finest one at which the range of all rows has no more cells than
 * a limit: it depends on the rows alone, not on their order or on the plan, and so
 * do the counts.
 *
 * It is one block of bytes, a head and a count map: the state of an aggregate.
 *
 * src/kernel/chart/bins.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_BINS_H
#define SEG_KERNEL_BINS_H

#include "base/count_map.h"
#include "base/wide.h"
#include "kernel/chart/cells.h"

typedef enum SegBinKind
{
	SEG_BIN_DECIMAL, /* 10^level wide */
	SEG_BIN_DYADIC,  /* 2^level wide */
	SEG_BIN_RATIO    /* of numbers above 0: the same for their log2 */
} SegBinKind;

/* Cell i begins at i times the width. */
typedef struct SegBinAxis
{
	int32_t kind; /* SegBinKind */
	int32_t level;
	int64_t low; /* lowest and highest cell; low above high: there is none */
	int64_t high;
} SegBinAxis;

extern double seg_bin_edge(const SegBinAxis *axis, int64_t cell);

/* The cell at the next level, and at one of so many steps further. */
extern int64_t seg_bin_parent(const SegBinAxis *axis, int64_t cell);
extern int64_t
seg_bin_ancestor(const SegBinAxis *axis, int64_t cell, int64_t steps);

typedef enum SegBinsKind
{
	SEG_BINS_HISTOGRAM, /* counts of x */
	SEG_BINS_SCATTER,   /* of x and y */
	SEG_BINS_GROUPS     /* the same, and sums */
} SegBinsKind;

typedef struct SegBins
{
	int32_t host;  /* the owner's own */
	uint32_t kind; /* SegBinsKind, with a mark */
	int64_t rows;
	int64_t skipped; /* rows with a NULL */
	int64_t is_grid;
	int64_t is_rough;   /* decimal cells: some x is not where its cell begins */
	SegBinAxis axes[2]; /* without a grid: their kinds */
	SegCountMap map;
} SegBins;

/* The words of a cell of groups; others have the count only. */
typedef struct SegBinWords
{
	int64_t count;
	SegWide sums[2]; /* times 2^-64, so that they stay finite */
} SegBinWords;

#define SEG_BINS_MOST_ROWS 4000 /* that are kept as they are */

extern SegStatus
seg_bins_create(SegEnv *env, SegBinsKind kind, SegBins **result);

/* Are these bytes sound to work with? Their keys are checked by seg_bins_read. */
extern SegStatus
seg_bins_check(SegEnv *env, const SegBins *bins, size_t size, SegBinsKind kind);
extern size_t seg_bins_size(const SegBins *bins);

/*
 * Make an axis of a scatter one of ratios, or not, before its first row; false: it
 * has rows, and they are not so.
 */
extern bool seg_bins_set_ratio(SegBins *bins, int axis, bool is_ratio);

/* Add a row, or bytes that the host keeps; *bins may move. */
extern SegStatus seg_bins_add(SegEnv *env, SegBins **bins,
                              const double values[2], SegText series);
extern SegStatus seg_bins_keep(SegEnv *env, SegBins **bins, SegText bytes);

/* Add all rows of another one, which is of the same kind and alike. */
extern bool seg_bins_are_alike(const SegBins *a, const SegBins *b);
extern SegStatus
seg_bins_merge(SegEnv *env, SegBins **into, const SegBins *from);

/* What seg_bins_keep keeps; false: key i is something else. */
extern bool seg_bins_kept(const SegBins *bins, int64_t i, SegText *bytes);

/* ---------- for charts ---------- */

typedef struct SegBinnedCell
{
	int64_t series;
	int64_t x; /* cells, or the bits of doubles */
	int64_t y;
	SegBinWords words;
} SegBinnedCell;

typedef struct SegBinned
{
	bool is_grid;
	bool is_rough;
	SegBinAxis axes[2];
	int64_t skipped;
	SegCellLabels series;
	SegBinnedCell *cells; /* by series, y and x; each occurs once */
	int64_t count;
} SegBinned;

extern double seg_double_of_bits(int64_t bits);

/* The cells of the largest series, in the order of the options. */
extern SegStatus
seg_bins_read(SegEnv *env, const SegBins *bins, const SegChartOptions *options,
              SegBinned *result);

/* The same rows in a grid. */
extern SegStatus
seg_bins_to_grid(SegEnv *env, const SegBins *bins, SegBins **result);

#endif /* SEG_KERNEL_BINS_H */
