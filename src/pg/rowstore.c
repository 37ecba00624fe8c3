/*-------------------------------------------------------------------------
 *
 * rowstore.c
 *	  Training rows in memory and on disk, and their canonical order.
 *
 * A million groups may each hold five rows, or one group a hundred million; so
 * a store starts with a few rows in one chunk and grows by fours.  Once it is
 * large it deals its rows by the leading bits of their hash into 256 lists of
 * small chunks, carved from arenas of huge pages: then canonical order needs
 * only each list sorted in itself, in the processor's cache, with no second copy
 * of the rows.
 *
 * segment.training_memory bounds the sum over all stores of the session, because
 * the executor keeps the states of many groups at once and cannot take one back.
 * When the sum passes it, the largest stores write all their rows to a temporary
 * file, as one sorted run each, and are empty again.  To read a store is then to
 * merge its runs and what it has in memory, once, into a scratch file that is
 * read from start to end as often as the kernel likes.
 *
 * Sorting in place is no change of a store: it stands for a set of rows.
 *
 * Stores of one aggregate context form a pool: the pool has the file, and one
 * callback for all when the executor resets the context.
 *
 * src/pg/rowstore.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <sys/mman.h>

#include "access/xact.h"
#include "lib/ilist.h"
#include "miscadmin.h"
#include "storage/buffile.h"
#include "utils/memutils.h"

#include "pg/rowstore.h"

#define FIRST_CHUNK_ROWS 8
#define CHUNK_GROWTH     4
#define SMALL_CHUNK      (64 * 1024)
#define N_LISTS          256
#define LIST_BITS        8
#define LIST_CHUNK       (16 * 1024)
#define ARENA_SIZE       (8 * 1024 * 1024)
#define HUGE_PAGE        (2 * 1024 * 1024)

/* A store is dealt into lists from here on, if the budget is large enough. */
#define LARGE_STORE  (4 * 1024 * 1024)
#define LARGE_BUDGET (64 * 1024 * 1024)

#define FILE_BUFFER      (256 * 1024) /* one reader or writer */
#define MERGE_BUFFERS    (4 * 1024 * 1024)
#define MERGE_BUFFER_MIN 8192

/*
 * Rows in chunks.  Every chunk is as large as the one before, or four times as
 * large, up to a limit; so the place of a row follows from its number.
 */
typedef struct RowList
{
	double **chunk; /* NULL while first is the only one */
	double *first;
	double *slot; /* where the next row goes */
	int64 n;
	int32 left; /* rows that still fit into the last chunk */
	int32 next; /* rows of the next chunk; 0: there is none yet */
	int32 n_chunks;
	int32 room_chunks;
} RowList;

/* The lists of a large store, and the arenas that their chunks are cut from. */
typedef struct RowLists
{
	RowList list[N_LISTS];
	char *arena_at;
	char *arena_end;
	void **arenas; /* as allocated */
	int32 n_arenas;
	int32 room_arenas;
	double *hand; /* one row */
} RowLists;

/* A sorted stretch of the pool's file. */
typedef struct RowRun
{
	int64 offset;
	int64 n;
} RowRun;

typedef struct RowPool
{
	dlist_node node; /* in live_pools */
	MemoryContext context;
	dlist_head stores;
	BufFile *file;
	int64 file_end;
	int64 bytes; /* in memory, of all its stores */
	MemoryContextCallback callback;
} RowPool;

struct RowStore
{
	dlist_node node; /* in pool->stores */
	RowPool *pool;
	int32 dim;
	int32 stride;
	int32 beside_bytes;
	int32 n_runs;
	int64 n;        /* rows, wherever they are */
	int64 bytes;    /* charged */
	RowList rows;   /* while the store is small */
	RowLists *many; /* once it is large; then rows is empty */
	RowRun *runs;
};

static dlist_head live_pools = DLIST_STATIC_INIT(live_pools);
static int64 live_bytes = 0;

static void make_room(void);

/* ---------- pools ---------- */

/*
 * The context goes: forget its stores.  After an error the file is closed by its
 * resource owner, perhaps already.
 */
static void
pool_dies(void *arg)
{
	RowPool *pool = arg;

	dlist_delete(&pool->node);
	live_bytes -= pool->bytes;
	if (pool->file != NULL && IsTransactionState())
		BufFileClose(pool->file);
}

static RowPool *
pool_of(MemoryContext context)
{
	dlist_iter it;
	RowPool *pool;

	dlist_foreach(it, &live_pools)
	{
		pool = dlist_container(RowPool, node, it.cur);
		if (pool->context == context)
			return pool;
	}
	pool = MemoryContextAllocZero(context, sizeof(RowPool));
	pool->context = context;
	dlist_init(&pool->stores);
	pool->callback.func = pool_dies;
	pool->callback.arg = pool;
	MemoryContextRegisterResetCallback(context, &pool->callback);
	dlist_push_head(&live_pools, &pool->node);
	return pool;
}

static void
charge(RowStore *store, int64 bytes)
{
	store->bytes += bytes;
	store->pool->bytes += bytes;
	live_bytes += bytes;
}

static int64
budget(void)
{
	return (int64) segment_training_memory * 1024;
}

static inline Size
row_bytes(const RowStore *store)
{
	return (Size) store->stride * sizeof(double);
}

/* ---------- lists and chunks ---------- */

/*
 * The most rows, a power of two, that fit in some bytes; one at least.
 */
static int32
rows_in(const RowStore *store, Size bytes)
{
	int32 n = 1;

	while (2 * n * row_bytes(store) <= bytes)
		n *= 2;
	return n;
}

/*
 * Rows of the first and of the largest chunk of a list.
 */
static inline void
chunk_sizes(const RowStore *store, const RowList *list, int32 *first,
            int32 *most)
{
	*most = rows_in(store, list == &store->rows ? SMALL_CHUNK : LIST_CHUNK);
	*first = list == &store->rows ? Min(FIRST_CHUNK_ROWS, *most) : *most;
}

/*
 * Memory for a chunk of a large store: cut from an arena that huge pages back.
 * Page faults on small pages would cost more than all the rest of collecting.
 */
static double *
carve_chunk(RowStore *store, Size bytes)
{
	RowLists *many = store->many;
	double *chunk;

	if (bytes > (Size) (many->arena_end - many->arena_at))
	{
		Size size = Max(bytes, (Size) ARENA_SIZE);

		if (many->n_arenas == many->room_arenas)
		{
			many->room_arenas = Max(8, 2 * many->room_arenas);
			many->arenas =
				many->arenas == NULL
					? MemoryContextAlloc(store->pool->context,
			                             many->room_arenas * sizeof(void *))
					: repalloc(many->arenas,
			                   many->room_arenas * sizeof(void *));
		}
		many->arenas[many->n_arenas] =
			MemoryContextAllocHuge(store->pool->context, size + HUGE_PAGE);
		many->arena_at =
			(char *) TYPEALIGN(HUGE_PAGE, many->arenas[many->n_arenas]);
		many->arena_end = many->arena_at + size;
		many->n_arenas++;
#ifdef MADV_HUGEPAGE
		(void) madvise(many->arena_at, size, MADV_HUGEPAGE);
#endif
	}
	chunk = (double *) many->arena_at;
	many->arena_at += bytes;
	return chunk;
}

static void
add_chunk(RowStore *store, RowList *list, double *chunk, int32 n)
{
	MemoryContext context = store->pool->context;

	if (list->n_chunks == 0)
		list->first = chunk;
	else
	{
		if (list->n_chunks == 1)
		{
			list->room_chunks = 4;
			list->chunk =
				MemoryContextAlloc(context,
			                       list->room_chunks * sizeof(double *));
			list->chunk[0] = list->first;
		}
		else if (list->n_chunks == list->room_chunks)
		{
			list->room_chunks *= 2;
			list->chunk =
				repalloc(list->chunk, list->room_chunks * sizeof(double *));
		}
		list->chunk[list->n_chunks] = chunk;
	}
	list->n_chunks++;
	list->slot = chunk;
	list->left = n;
}

/*
 * Room for more rows at the end of a list.  False: that took so much memory that
 * this store itself went to disk, and the list is gone.
 */
static bool
grow_list(RowStore *store, RowList *list, bool may_spill)
{
	int32 runs = store->n_runs;
	int32 first, most;
	int32 n;
	Size bytes;

	chunk_sizes(store, list, &first, &most);
	n = list->next == 0 ? first : list->next;
	bytes = n * row_bytes(store);
	charge(store, (int64) bytes + (int64) n * store->beside_bytes);
	if (may_spill && live_bytes > budget())
	{
		make_room();
		if (store->n_runs != runs)
			return false;
	}
	list->next = Min(n * CHUNK_GROWTH, most);
	add_chunk(store,
	          list,
	          list == &store->rows
	              ? MemoryContextAllocHuge(store->pool->context, bytes)
	              : carve_chunk(store, bytes),
	          n);
	return true;
}

/*
 * A list with what it takes to find its rows by number.
 */
typedef struct ListView
{
	const RowList *list;
	int32 first;
	int32 most;
	int32 stride;
} ListView;

static ListView
list_view(const RowStore *store, const RowList *list)
{
	ListView view = {list, 0, 0, store->stride};

	chunk_sizes(store, list, &view.first, &view.most);
	return view;
}

/*
 * Row i; *together is how many rows lie in one piece from there on.
 */
static inline double *
view_rows(const ListView *view, int64 i, int64 *together)
{
	int64 size = view->first;
	int32 c = 0;
	double *chunk;

	while (i >= size && size < view->most)
	{
		i -= size;
		size = Min(size * CHUNK_GROWTH, view->most);
		c++;
	}
	c += (int32) (i / size);
	i %= size;
	*together = size - i;
	chunk =
		view->list->chunk != NULL ? view->list->chunk[c] : view->list->first;
	return chunk + i * view->stride;
}

static inline double *
view_row(const ListView *view, int64 i)
{
	int64 together;

	return view_rows(view, i, &together);
}

static const double *
view_row_at(const void *view, uint64 index)
{
	return view_row(view, (int64) index);
}

static int
n_lists(const RowStore *store)
{
	return store->many != NULL ? N_LISTS : 1;
}

static RowList *
nth_list(RowStore *store, int i)
{
	return store->many != NULL ? &store->many->list[i] : &store->rows;
}

/*
 * Walks the rows in memory, in order, in pieces.
 */
typedef struct MemoryWalk
{
	RowStore *store;
	int list;
	int64 at; /* row of the list that comes next */
} MemoryWalk;

static bool
memory_next(MemoryWalk *walk, const double **x, int64 *n)
{
	for (; walk->list < n_lists(walk->store); walk->list++, walk->at = 0)
	{
		RowList *list = nth_list(walk->store, walk->list);
		ListView view = list_view(walk->store, list);
		int64 together;

		if (walk->at >= list->n)
			continue;
		*x = view_rows(&view, walk->at, &together);
		*n = Min(together, list->n - walk->at);
		walk->at += *n;
		return true;
	}
	return false;
}

/* ---------- canonical order ---------- */

/*
 * Put the rows of a list in the order of its keys, following each cycle of the
 * permutation with one row in hand.
 */
static void
permute(const ListView *view, SegKey *keys, double *hand)
{
	Size bytes = (Size) view->stride * sizeof(double);

	for (int64 start = 0; start < view->list->n; start++)
	{
		int64 at = start;
		int64 from = (int64) keys[at].index;

		if (from == at)
			continue;
		memcpy(hand, view_row(view, start), bytes);
		while (from != start)
		{
			memcpy(view_row(view, at), view_row(view, from), bytes);
			keys[at].index = (uint64) at;
			at = from;
			from = (int64) keys[at].index;
		}
		memcpy(view_row(view, at), hand, bytes);
		keys[at].index = (uint64) at;
	}
}

/*
 * Keys of a list; true if the rows are in order already, as a column of one
 * value is.
 */
static bool
make_keys(const ListView *view, SegKey *keys)
{
	bool ordered = true;
	const double *before = NULL;

	for (int64 i = 0; i < view->list->n; i++)
	{
		const double *row = view_row(view, i);

		keys[i].hash = seg_row_hash(row, view->stride);
		keys[i].index = (uint64) i;
		if (i > 0 && ordered &&
		    (keys[i].hash < keys[i - 1].hash ||
		     (keys[i].hash == keys[i - 1].hash &&
		      seg_row_compare(before, row, view->stride) > 0)))
			ordered = false;
		before = row;
	}
	return ordered;
}

static void
sort_list(RowStore *store, RowList *list)
{
	ListView view = list_view(store, list);
	SegKey *keys;

	if (list->n < 2)
		return;
	CHECK_FOR_INTERRUPTS();
	keys =
		MemoryContextAllocHuge(CurrentMemoryContext, list->n * sizeof(SegKey));
	if (!make_keys(&view, keys))
	{
		SegKey *scratch = MemoryContextAllocHuge(CurrentMemoryContext,
		                                         list->n * sizeof(SegKey));
		double *hand = palloc(row_bytes(store));

		seg_sort_keys(keys,
		              scratch,
		              list->n,
		              list == &store->rows ? 0 : LIST_BITS,
		              view_row_at,
		              &view,
		              store->stride);
		permute(&view, keys, hand);
		pfree(hand);
		pfree(scratch);
	}
	pfree(keys);
}

static void
sort_store(RowStore *store)
{
	for (int i = 0; i < n_lists(store); i++)
		sort_list(store, nth_list(store, i));
}

/* ---------- collecting ---------- */

RowStore *
rowstore_create(MemoryContext context, int dim, int extra, int beside_bytes)
{
	RowPool *pool = pool_of(context);
	RowStore *store = MemoryContextAllocZero(context, sizeof(RowStore));

	store->pool = pool;
	store->dim = dim;
	store->stride = dim + extra;
	store->beside_bytes = beside_bytes;
	dlist_push_head(&pool->stores, &store->node);
	return store;
}

int
rowstore_dim(const RowStore *store)
{
	return store->dim;
}

int64
rowstore_count(const RowStore *store)
{
	return store->n;
}

/*
 * Rows that are not on disk.
 */
static int64
rows_in_memory(const RowStore *store)
{
	int64 n = store->n;

	for (int32 r = 0; r < store->n_runs; r++)
		n -= store->runs[r].n;
	return n;
}

/*
 * Free the chunks of a small store's list.
 */
static void
free_chunks(RowList *list)
{
	for (int32 c = 0; c < list->n_chunks; c++)
		pfree(list->chunk != NULL ? list->chunk[c] : list->first);
	if (list->chunk != NULL)
		pfree(list->chunk);
	memset(list, 0, sizeof(RowList));
}

/*
 * Free all rows in memory.
 */
static void
free_rows(RowStore *store)
{
	free_chunks(&store->rows);
	if (store->many != NULL)
	{
		for (int i = 0; i < N_LISTS; i++)
		{
			if (store->many->list[i].chunk != NULL)
				pfree(store->many->list[i].chunk);
		}
		for (int32 i = 0; i < store->many->n_arenas; i++)
			pfree(store->many->arenas[i]);
		if (store->many->arenas != NULL)
			pfree(store->many->arenas);
		pfree(store->many->hand);
		pfree(store->many);
		store->many = NULL;
	}
	charge(store, -store->bytes);
}

/*
 * Put a row at the end of a list.  False: the list is gone, try again.
 */
static inline bool
put_row(RowStore *store, RowList *list, const double *x, const double *extra,
        bool may_spill)
{
	if (list->left == 0 && !grow_list(store, list, may_spill))
		return false;
	memcpy(list->slot, x, store->dim * sizeof(double));
	for (int32 j = store->dim; j < store->stride; j++)
		list->slot[j] = extra[j - store->dim];
	list->slot += store->stride;
	list->left--;
	list->n++;
	return true;
}

/*
 * The list of a large store that a row belongs to.
 */
static inline RowList *
list_of(RowStore *store, const double *x, const double *extra)
{
	const double *row = x;

	if (extra != NULL && extra != x + store->dim)
	{
		double *hand = store->many->hand;

		memcpy(hand, x, store->dim * sizeof(double));
		for (int32 j = store->dim; j < store->stride; j++)
			hand[j] = extra[j - store->dim];
		row = hand;
	}
	return &store->many
	            ->list[seg_row_hash(row, store->stride) >> (64 - LIST_BITS)];
}

/*
 * A store that has become large: deal its rows into lists.  For a moment they
 * are in memory twice, LARGE_STORE bytes of them.
 */
static void
deal_into_lists(RowStore *store)
{
	MemoryContext context = store->pool->context;
	RowList small = store->rows;
	ListView view = list_view(store, &store->rows);

	view.list = &small;
	memset(&store->rows, 0, sizeof(RowList));
	charge(store, -store->bytes);
	store->many = MemoryContextAllocZero(context, sizeof(RowLists));
	store->many->hand = MemoryContextAlloc(context, row_bytes(store));
	for (int64 i = 0; i < small.n; i++)
	{
		const double *x = view_row(&view, i);
		const double *extra = x + store->dim;

		(void) put_row(store, list_of(store, x, extra), x, extra, false);
	}
	free_chunks(&small);
}

/*
 * Add a row; extra holds its further columns, if the store has any.
 */
void
rowstore_append(RowStore *store, const double *x, const double *extra)
{
	bool put;

	if (store->many == NULL && store->bytes >= LARGE_STORE &&
	    budget() >= LARGE_BUDGET)
		deal_into_lists(store);
	do
	{
		RowList *list =
			store->many != NULL ? list_of(store, x, extra) : &store->rows;

		put = put_row(store, list, x, extra, true);
	} while (!put);
	store->n++;
}

/* ---------- files ---------- */

/*
 * A buffer over a stretch of a file.  Several may share one file: each goes to
 * its own position before it reads or writes.
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
 * Fill the buffer with the next bytes, at most this many.
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
 * Write all rows in memory to the pool's file as one sorted run.
 */
static void
spill(RowStore *store)
{
	RowPool *pool = store->pool;
	MemoryContext old = MemoryContextSwitchTo(pool->context);
	FileSpan span = {.size = FILE_BUFFER};
	MemoryWalk walk = {store, 0, 0};
	const double *x;
	int64 n;
	int64 written = 0;

	if (pool->file == NULL)
		pool->file = BufFileCreateTemp(false);
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

/*
 * The sum of all stores has passed the budget: spill the largest ones, until a
 * quarter of it is free.
 */
static void
make_room(void)
{
	int64 largest = 0;
	dlist_iter p, s;

	dlist_foreach(p, &live_pools)
	{
		dlist_foreach(s, &dlist_container(RowPool, node, p.cur)->stores)
		{
			RowStore *store = dlist_container(RowStore, node, s.cur);

			largest = Max(largest, store->bytes);
		}
	}
	dlist_foreach(p, &live_pools)
	{
		dlist_foreach(s, &dlist_container(RowPool, node, p.cur)->stores)
		{
			RowStore *store = dlist_container(RowStore, node, s.cur);

			if (live_bytes <= budget() / 4 * 3)
				return;
			if (store->bytes >= largest / 2 && rows_in_memory(store) > 0)
				spill(store);
		}
	}
}

/* ---------- reading ---------- */

/* One input of the merge: a run, or the rows in memory. */
typedef struct MergeInput
{
	const double *row; /* NULL at the end */
	uint64 hash;
	int64 left; /* rows in hand from row on */
	int64 n;    /* rows still in the run behind those */
	FileSpan span;
	MemoryWalk walk; /* for the input in memory */
	bool in_memory;
} MergeInput;

typedef struct RowReader
{
	SegRows rows; /* must be first */
	RowStore *store;
	MemoryWalk walk; /* rows in memory */
	FileSpan span;   /* or in a file, */
	int64 start;     /* from there on */
	BufFile *scratch;
	int64 at; /* rows read */
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
sift_down(MergeInput **heap, int n, int at, int32 stride)
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
			input->n = store->runs[i].n;
			input->span = (FileSpan){store->pool->file,
			                         store->runs[i].offset,
			                         palloc(size),
			                         size,
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
		sift_down(heap, n, i, store->stride);
	return heap;
}

/*
 * Merge all runs, and what is in memory, into a scratch file.
 */
static BufFile *
merge_runs(RowStore *store)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
	                                              "segment merge",
	                                              ALLOCSET_DEFAULT_SIZES);
	BufFile *scratch = BufFileCreateTemp(false);
	MemoryContext old = MemoryContextSwitchTo(context);
	int n = store->n_runs + (rows_in_memory(store) > 0 ? 1 : 0);
	MergeInput **heap = open_inputs(store, n);
	FileSpan out = {scratch, 0, palloc(FILE_BUFFER), FILE_BUFFER, 0};

	while (heap[0]->row != NULL)
	{
		span_put(&out, heap[0]->row, row_bytes(store));
		input_next(store, heap[0]);
		sift_down(heap, n, 0, store->stride);
	}
	span_flush(&out);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return scratch;
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
	if (rows->resident)
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
	sort_store(store);
	if (store->n_runs > 0)
	{
		bool one_run = store->n_runs == 1 && rows_in_memory(store) == 0;

		if (!one_run)
			reader->scratch = merge_runs(store);
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

	if (reader->scratch != NULL)
		BufFileClose(reader->scratch);
	reader->scratch = NULL;
}
