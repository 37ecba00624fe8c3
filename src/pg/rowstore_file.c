/*-------------------------------------------------------------------------
 *
 * rowstore_file.c
 *	  Rows on disk: sorted runs, their merge, and the reader that a kernel gets.
 *
 * A store that spills writes all its rows as one sorted run. Reading merges its
 * runs and what is in memory, once, into a scratch file that is then read from
 * start to end as often as the kernel likes; or, if there are few rows, into
 * memory: thousands of small groups should not have a file each.
 *
 * src/pg/rowstore_file.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "pg/rowstore_internal.h"

#define FILE_BUFFER      (256 * 1024) /* for one reader or writer */
#define MERGE_BUFFERS    (4 * 1024 * 1024)
#define MERGE_BUFFER_MIN 8192

/* ---------- spans of a file ---------- */

/*
 * A buffer over part of a file. Several may share one file: each seeks to its
 * own position before it reads or writes.
 */
typedef struct FileSpan
{
	BufFile *file;
	int64 at;
	char *buffer;
	Size size; /* of the buffer */
	Size used; /* bytes in it */
} FileSpan;

static void
seek(BufFile *file, int64 at)
{
	if (BufFileSeek(file, 0, (off_t) at, SEEK_SET) != 0)
		ereport(ERROR,
		        errcode_for_file_access(),
		        errmsg("could not seek in temporary file of training rows"));
}

static void
span_flush(FileSpan *span)
{
	if (span->used == 0)
		return;
	CHECK_FOR_INTERRUPTS();
	seek(span->file, span->at);
	BufFileWrite(span->file, span->buffer, span->used);
	span->at += span->used;
	span->used = 0;
}

static void
span_put(FileSpan *span, const double *rows, Size bytes)
{
	const char *at = (const char *) rows;

	while (bytes > 0)
	{
		Size n = Min(bytes, span->size - span->used);

		memcpy(span->buffer + span->used, at, n);
		span->used += n;
		at += n;
		bytes -= n;
		if (span->used == span->size)
			span_flush(span);
	}
}

/*
 * Fill the buffer with this many of the next bytes.
 */
static void
span_fill(FileSpan *span, Size bytes)
{
	Size got;

	CHECK_FOR_INTERRUPTS();
	seek(span->file, span->at);
	got = BufFileRead(span->file, span->buffer, bytes);
	if (got != bytes)
		ereport(ERROR,
		        errcode_for_file_access(),
		        errmsg("could not read temporary file of training rows: read "
		               "%zu of %zu bytes",
		               got,
		               bytes));
	span->at += bytes;
	span->used = bytes;
}

/*
 * A temporary file that lives no longer than its owner.
 */
static BufFile *
create_file(ResourceOwner owner)
{
	ResourceOwner current = CurrentResourceOwner;
	BufFile *file;

	CurrentResourceOwner = owner;
	file = BufFileCreateTemp(false);
	CurrentResourceOwner = current;
	return file;
}

/*
 * Write all rows in memory to the pool's file as one sorted run.
 */
void
spill(RowStore *store)
{
	RowPool *pool = store->pool;
	MemoryContext old = MemoryContextSwitchTo(pool->context);
	FileSpan span = {
		.size = Min(FILE_BUFFER, rows_in_memory(store) * row_bytes(store))};
	MemoryWalk walk = {store, 0, 0};
	const double *x;
	int64 n;
	int64 written = 0;

	if (pool->file == NULL)
		pool->file = create_file(pool->owner);
	if (store->n_runs == 0)
		store->runs = palloc(4 * sizeof(RowRun));
	else if (store->n_runs >= 4 && (store->n_runs & (store->n_runs - 1)) == 0)
		store->runs = repalloc(store->runs, 2 * store->n_runs * sizeof(RowRun));
	MemoryContextSwitchTo(old);

	span.file = pool->file;
	span.at = pool->file_end;
	span.buffer = palloc(span.size);
	sort_store(store);
	while (memory_next(&walk, &x, &n))
	{
		span_put(&span, x, n * row_bytes(store));
		written += n;
	}
	span_flush(&span);
	pfree(span.buffer);

	store->runs[store->n_runs++] = (RowRun){pool->file_end, written};
	pool->file_end = span.at;
	free_rows(store);
}

/* ---------- reading ---------- */

/* One input of the merge: a run, or the rows in memory. */
typedef struct MergeInput
{
	const double *row; /* NULL at the end */
	uint64 hash;
	int64 left; /* rows at hand, from row on */
	int64 n;    /* rows still in the run after those */
	FileSpan span;
	MemoryWalk walk; /* for the input in memory */
	bool in_memory;
} MergeInput;

typedef struct RowReader
{
	SegRows rows; /* must be first */
	RowStore *store;
	MemoryWalk walk; /* rows in memory */
	FileSpan span;   /* or of a file, */
	int64 start;     /* from here on */
	BufFile *scratch;
	double *kept; /* or all rows, merged */
	int64 at;     /* rows read */
} RowReader;

static void
input_next(RowStore *store, MergeInput *input)
{
	if (input->left > 1)
	{
		input->row += store->stride;
		input->left--;
	}
	else if (input->in_memory)
	{
		if (!memory_next(&input->walk, &input->row, &input->left))
			input->row = NULL;
	}
	else if (input->n == 0)
		input->row = NULL;
	else
	{
		int64 n = Min(input->n, (int64) (input->span.size / row_bytes(store)));

		span_fill(&input->span, n * row_bytes(store));
		input->row = (const double *) input->span.buffer;
		input->left = n;
		input->n -= n;
	}
	if (input->row != NULL)
		input->hash = seg_row_hash(input->row, store->stride);
}

static inline bool
input_before(const MergeInput *a, const MergeInput *b, int32 stride)
{
	if (a->row == NULL || b->row == NULL)
		return a->row != NULL;
	if (a->hash != b->hash)
		return a->hash < b->hash;
	return seg_row_compare(a->row, b->row, stride) < 0;
}

/*
 * Restore the heap below one place.
 */
static void
rowstore_file_sift_down(MergeInput **heap, int n, int at, int32 stride)
{
	MergeInput *input = heap[at];

	for (;;)
	{
		int child = 2 * at + 1;

		if (child >= n)
			break;
		if (child + 1 < n && input_before(heap[child + 1], heap[child], stride))
			child++;
		if (!input_before(heap[child], input, stride))
			break;
		heap[at] = heap[child];
		at = child;
	}
	heap[at] = input;
}

static MergeInput **
open_inputs(RowStore *store, int n)
{
	MergeInput **heap = palloc(n * sizeof(MergeInput *));
	Size size = Max(MERGE_BUFFERS / n, MERGE_BUFFER_MIN);

	size = Max(Min(size, FILE_BUFFER), row_bytes(store));
	for (int i = 0; i < n; i++)
	{
		MergeInput *input = palloc0(sizeof(MergeInput));

		if (i < store->n_runs)
		{
			Size room = Min(size, store->runs[i].n * row_bytes(store));

			input->n = store->runs[i].n;
			input->span = (FileSpan){store->pool->file,
			                         store->runs[i].offset,
			                         palloc(room),
			                         room,
			                         0};
		}
		else
		{
			input->in_memory = true;
			input->walk = (MemoryWalk){store, 0, 0};
		}
		input_next(store, input);
		heap[i] = input;
	}
	for (int i = n / 2 - 1; i >= 0; i--)
		rowstore_file_sift_down(heap, n, i, store->stride);
	return heap;
}

/*
 * Merge all runs, and what is in memory, into a file, or into a buffer that
 * holds all rows.
 */
static void
merge_runs(RowStore *store, BufFile *scratch, double *kept)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
	                                              "segment merge",
	                                              ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	int n = store->n_runs + (rows_in_memory(store) > 0 ? 1 : 0);
	MergeInput **heap = open_inputs(store, n);
	FileSpan out = {scratch,
	                0,
	                scratch != NULL ? palloc(FILE_BUFFER) : NULL,
	                FILE_BUFFER,
	                0};

	for (; heap[0]->row != NULL;
	     rowstore_file_sift_down(heap, n, 0, store->stride))
	{
		if (scratch != NULL)
			span_put(&out, heap[0]->row, row_bytes(store));
		else
		{
			memcpy(kept, heap[0]->row, row_bytes(store));
			kept += store->stride;
		}
		input_next(store, heap[0]);
	}
	span_flush(&out);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}

static void
reader_rewind(SegRows *rows)
{
	RowReader *reader = (RowReader *) rows;

	reader->at = 0;
	reader->walk = (MemoryWalk){reader->store, 0, 0};
	reader->span.at = reader->start;
}

static bool
reader_next(SegRows *rows, SegBlock *block)
{
	RowReader *reader = (RowReader *) rows;

	if (reader->at >= rows->n)
		return false;
	block->first = reader->at;
	block->ahead = NULL;
	if (reader->kept != NULL)
	{
		block->x = reader->kept;
		block->n = rows->n;
	}
	else if (rows->resident)
	{
		MemoryWalk peek;
		int64 n;

		if (!memory_next(&reader->walk, &block->x, &block->n))
			return false;
		peek = reader->walk;
		if (!memory_next(&peek, &block->ahead, &n))
			block->ahead = NULL;
	}
	else
	{
		Size bytes = row_bytes(reader->store);

		block->n =
			Min((int64) (reader->span.size / bytes), rows->n - reader->at);
		span_fill(&reader->span, block->n * bytes);
		block->x = (const double *) reader->span.buffer;
	}
	reader->at += block->n;
	return true;
}

SegRows *
rowstore_open(RowStore *store)
{
	RowReader *reader = palloc0(sizeof(RowReader));

	reader->rows = (SegRows){store->n,
	                         store->dim,
	                         store->stride,
	                         store->n_runs == 0,
	                         reader_rewind,
	                         reader_next};
	reader->store = store;
	store->readers++;
	sort_store(store);
	if (store->n_runs > 0 && store->n * row_bytes(store) <= FILE_BUFFER)
	{
		reader->kept = palloc(store->n * row_bytes(store));
		merge_runs(store, NULL, reader->kept);
		reader->rows.resident = true;
	}
	else if (store->n_runs > 0)
	{
		bool one_run = store->n_runs == 1 && rows_in_memory(store) == 0;

		if (!one_run)
		{
			reader->scratch = BufFileCreateTemp(false);
			merge_runs(store, reader->scratch, NULL);
		}
		reader->start = one_run ? store->runs[0].offset : 0;
		reader->span.file = one_run ? store->pool->file : reader->scratch;
		reader->span.size = Max(FILE_BUFFER, row_bytes(store));
		reader->span.buffer = palloc(reader->span.size);
	}
	reader_rewind(&reader->rows);
	return &reader->rows;
}

void
rowstore_close(SegRows *rows)
{
	RowReader *reader = (RowReader *) rows;

	reader->store->readers--;
	if (reader->scratch != NULL)
		BufFileClose(reader->scratch);
	reader->scratch = NULL;
}
