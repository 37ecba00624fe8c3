/*-------------------------------------------------------------------------
 *
 * rows.c
 *	  A row source over an array, and the canonical order of rows.
 *
 * Keys are hashes, so their leading bits are evenly distributed. A few thousand
 * keys are dealt by leading bits into about as many buckets; more keys go
 * through three radix passes over 33 bits. Either way, an insertion sort then
 * finishes what is already nearly in order.
 *
 * src/base/rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/rows.h"

#include <string.h>

#include "base/hash.h"

#define RADIX_BITS   11
#define RADIX_SIZE   (1 << RADIX_BITS)
#define RADIX_PASSES 3
#define FEW_KEYS     32   /* insertion sort alone */
#define SOME_KEYS    8192 /* one deal, then insertion sort */

static void
memory_rewind(SegRows *rows)
{
	((SegMemoryRows *) rows)->at = 0;
}

static bool
memory_next(SegRows *rows, SegBlock *block)
{
	SegMemoryRows *source = (SegMemoryRows *) rows;
	int64_t left = rows->n - source->at;

	if (left <= 0)
		return false;
	block->first = source->at;
	block->n = left < source->block_rows ? left : source->block_rows;
	block->x = source->x + source->at * rows->stride;
	block->ahead = NULL; /* the rows are contiguous */
	source->at += block->n;
	return true;
}

void
seg_memory_rows(SegMemoryRows *source, const double *x, int64_t n, int32_t dim,
                int32_t stride, int64_t block_rows)
{
	*source =
		(SegMemoryRows){{n, dim, stride, true, memory_rewind, memory_next},
	                    x,
	                    block_rows,
	                    0};
}

SegStatus
seg_rows_sample(SegEnv *env, SegRows *rows, int64_t m, double *to)
{
	size_t bytes = (size_t) rows->stride * sizeof(double);
	SegBlock block;
	int64_t taken = 0;

	rows->rewind(rows);
	while (taken < m && rows->next(rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (; taken < m; taken++)
		{
			int64_t at =
				(int64_t) ((double) taken * (double) rows->n / (double) m) -
				block.first;

			if (at >= block.n)
				break;
			memcpy(to + taken * rows->stride,
			       block.x + at * rows->stride,
			       bytes);
		}
	}
	return SEG_OK;
}

/*
 * A block may be gone when the next one is read, so the last row is copied.
 */
SegStatus
seg_rows_distinct(SegEnv *env, SegRows *rows, int64_t *distinct)
{
	size_t bytes = (size_t) rows->stride * sizeof(double);
	int64_t steps = 0;
	SegBlock block;
	double *last;

	SEG_ALLOC(env, last, rows->stride);
	*distinct = 0;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		const double *row = block.x;

		*distinct += *distinct == 0 || memcmp(row, last, bytes) != 0;
		for (int64_t i = 1; i < block.n; i++, row += rows->stride)
			*distinct += memcmp(row + rows->stride, row, bytes) != 0;
		memcpy(last, row, bytes);
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	return SEG_OK;
}

uint64_t
seg_row_hash(const double *row, int32_t stride)
{
	return seg_hash(row, (size_t) stride * sizeof(double), 0);
}

int
seg_row_compare(const double *a, const double *b, int32_t stride)
{
	return memcmp(a, b, (size_t) stride * sizeof(double));
}

/*
 * Finish keys that are nearly in order. Equal rows have equal hashes and do not
 * move, however many there are.
 */
static void
rows_insertion_sort(SegKey *keys, int64_t n, SegRowAt row_at, const void *rows,
                    int32_t stride)
{
	for (int64_t i = 1; i < n; i++)
	{
		SegKey key = keys[i];
		int64_t j = i;

		while (j > 0 && (keys[j - 1].hash > key.hash ||
		                 (keys[j - 1].hash == key.hash &&
		                  seg_row_compare(row_at(rows, keys[j - 1].index),
		                                  row_at(rows, key.index),
		                                  stride) > 0)))
		{
			keys[j] = keys[j - 1];
			j--;
		}
		keys[j] = key;
	}
}

/*
 * One stable counting pass over the bits at shift.
 */
static void
rows_deal(const SegKey *from, SegKey *to, int64_t n, int shift, int bits)
{
	uint32_t start[RADIX_SIZE] = {0};
	uint64_t mask = (UINT64_C(1) << bits) - 1;
	uint32_t sum = 0;

	for (int64_t i = 0; i < n; i++)
		start[from[i].hash >> shift & mask]++;
	for (uint64_t b = 0; b <= mask; b++)
	{
		uint32_t count = start[b];

		start[b] = sum;
		sum += count;
	}
	for (int64_t i = 0; i < n; i++)
		to[start[from[i].hash >> shift & mask]++] = from[i];
}

/*
 * Sort fewer than 2^32 keys that share their first skip_bits bits. Scratch has
 * room for n keys.
 */
void
seg_sort_keys(SegKey *keys, SegKey *scratch, int64_t n, int skip_bits,
              SegRowAt row_at, const void *rows, int32_t stride)
{
	if (n > SOME_KEYS)
	{
		int shift = 64 - skip_bits - RADIX_PASSES * RADIX_BITS;

		rows_deal(keys, scratch, n, shift, RADIX_BITS);
		rows_deal(scratch, keys, n, shift + RADIX_BITS, RADIX_BITS);
		rows_deal(keys, scratch, n, shift + 2 * RADIX_BITS, RADIX_BITS);
		memcpy(keys, scratch, (size_t) n * sizeof(SegKey));
	}
	else if (n > FEW_KEYS)
	{
		int bits = 5;

		while (bits < RADIX_BITS && (n >> bits) > 1)
			bits++;
		rows_deal(keys, scratch, n, 64 - skip_bits - bits, bits);
		memcpy(keys, scratch, (size_t) n * sizeof(SegKey));
	}
	rows_insertion_sort(keys, n, row_at, rows, stride);
}
