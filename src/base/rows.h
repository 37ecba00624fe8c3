/*-------------------------------------------------------------------------
 *
 * rows.h
 *	  Training rows as a kernel sees them: a stream of blocks, in canonical
 *	  order, that can be read again and again.
 *
 * A row is "stride" doubles: the elements of its vector, then any extra columns
 * (a weight, a label). Blocks have any number of rows; where a block ends is up
 * to the host (memory, file) and must not affect a result, so a kernel that
 * spreads sums over lanes picks the lane by the row's number in the stream.
 *
 * src/base/rows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_ROWS_H
#define SEG_BASE_ROWS_H

#include "base/env.h"

typedef struct SegBlock
{
	const double *x; /* n rows of stride doubles */
	int64_t n;
	int64_t first; /* number of the first row in the stream, from 0 */
	const double
		*ahead; /* where the next block lies, to fetch it early; or NULL */
} SegBlock;

typedef struct SegRows
{
	int64_t n;      /* rows in the stream */
	int32_t dim;    /* elements of each row's vector */
	int32_t stride; /* doubles from one row to the next */
	bool resident;  /* all in memory, with room for a label per row */
	void (*rewind)(struct SegRows *rows);
	bool (*next)(struct SegRows *rows, SegBlock *block); /* false at the end */
} SegRows;

/* A source over an array, in blocks of block_rows. */
typedef struct SegMemoryRows
{
	SegRows rows;
	const double *x;
	int64_t block_rows;
	int64_t at;
} SegMemoryRows;

extern void seg_memory_rows(SegMemoryRows *source, const double *x, int64_t n,
                            int32_t dim, int32_t stride, int64_t block_rows);

/*
 * Copy every (n / m)-th row. In canonical order that is a random sample, with
 * equal rows in proportion to their number.
 */
extern SegStatus
seg_rows_sample(SegEnv *env, SegRows *rows, int64_t m, double *to);

/*
 * How many different rows there are in canonical order, in which rows that are
 * alike follow each other.
 */
extern SegStatus
seg_rows_distinct(SegEnv *env, SegRows *rows, int64_t *distinct);

/*
 * Canonical order: by the hash of a row's bytes, then by the bytes. It depends
 * only on the set of rows, and is as good as a shuffle.
 */
typedef struct SegKey
{
	uint64_t hash;
	uint64_t index; /* of the row, before sorting */
} SegKey;

extern uint64_t seg_row_hash(const double *row, int32_t stride);
extern int seg_row_compare(const double *a, const double *b, int32_t stride);

/* Rows by number, for the tie-break of seg_sort_keys. */
typedef const double *(*SegRowAt)(const void *rows, uint64_t index);

extern void
seg_sort_keys(SegKey *keys, SegKey *scratch, int64_t n, int skip_bits,
              SegRowAt row_at, const void *rows, int32_t stride);

#endif /* SEG_BASE_ROWS_H */
