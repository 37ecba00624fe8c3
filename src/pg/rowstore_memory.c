/*-------------------------------------------------------------------------
 *
 * rowstore_memory.c
 *	  The memory of the row store: chunks and arenas, lists of rows in chunks,
 *	  and what is charged for them.
 *
 * A store starts with a few rows in one chunk and grows by fours, until its
 * chunks are cut from arenas of huge pages.
 *
 * src/pg/rowstore_memory.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <sys/mman.h>

#include "utils/memutils.h"

#include "pg/rowstore_internal.h"

#define FIRST_CHUNK_ROWS 8
#define CHUNK_GROWTH     4
#define FULL_CHUNK       (16 * 1024) /* bytes */
#define LARGE_CHUNKS     256         /* any more come from arenas */
#define ARENA_SIZE       (8 * 1024 * 1024)
#define HUGE_PAGE        (2 * 1024 * 1024)

int64 rows_live_bytes = 0;

static void
rowstore_memory_charge(RowStore *store, int64 bytes)
{
	store->bytes += bytes;
	store->pool->bytes += bytes;
	rows_live_bytes += bytes;
}

/* ---------- chunks ---------- */

/*
 * Rows of a full-sized chunk: a power of two.
 */
int32
full_chunk_rows(const RowStore *store)
{
	int32 n = 1;

	while (2 * n * row_bytes(store) <= FULL_CHUNK)
		n *= 2;
	return n;
}

void
pointer_add(MemoryContext context, PointerArray *array, void *pointer)
{
	if (array->n == array->room)
	{
		array->room = Max(16, 2 * array->room);
		array->at =
			array->at == NULL
				? MemoryContextAlloc(context, array->room * sizeof(void *))
				: repalloc(array->at, array->room * sizeof(void *));
	}
	array->at[array->n++] = pointer;
}

static LargeStore *
large_part(RowStore *store)
{
	if (store->large == NULL)
		store->large =
			MemoryContextAllocZero(store->pool->context, sizeof(LargeStore));
	return store->large;
}

static void *
rowstore_memory_allocate(RowStore *store, Size bytes)
{
	void *memory = MemoryContextAllocHuge(store->pool->context, bytes);

	pointer_add(store->pool->context, &large_part(store)->owned, memory);
	return memory;
}

/*
 * Cut a chunk from an arena backed by huge pages: page faults on small pages
 * would cost more than the rest of collecting.
 */
static double *
carve(RowStore *store, Size bytes)
{
	LargeStore *large = large_part(store);
	double *chunk;

	if (bytes > (Size) (large->arena_end - large->arena_at))
	{
		Size size = Max(bytes, (Size) ARENA_SIZE);
		char *arena = rowstore_memory_allocate(store, size + HUGE_PAGE);

		large->arena_at = (char *) TYPEALIGN(HUGE_PAGE, arena);
		large->arena_end = large->arena_at + size;
		large->arena_paid = large->arena_at;
#ifdef MADV_HUGEPAGE
		(void) madvise(large->arena_at, size, MADV_HUGEPAGE);
#endif
	}
	chunk = (double *) large->arena_at;
	large->arena_at += bytes;
	/* the first touch of a huge page takes all of it */
	for (; large->arena_paid < large->arena_at; large->arena_paid += HUGE_PAGE)
		rowstore_memory_charge(store, HUGE_PAGE);
	return chunk;
}

/*
 * A full-sized chunk: a spare one, or a new one, which is charged.
 */
double *
full_chunk(RowStore *store)
{
	PointerArray *spare = &large_part(store)->spare;
	int32 n = full_chunk_rows(store);

	if (spare->n > 0)
		return spare->at[--spare->n];
	rowstore_memory_charge(store, (int64) n * store->beside_bytes);
	if (store->large->owned.n >= LARGE_CHUNKS)
		return carve(store, n * row_bytes(store));
	rowstore_memory_charge(store, (int64) n * row_bytes(store));
	return rowstore_memory_allocate(store, n * row_bytes(store));
}

void
add_chunk(RowStore *store, RowList *list, double *chunk, int32 n)
{
	MemoryContext context = store->pool->context;

	if (list->n_chunks == 0)
		list->first = chunk;
	else if (list->n_chunks == 1)
	{
		list->room_chunks = 4;
		list->chunk =
			MemoryContextAlloc(context, list->room_chunks * sizeof(double *));
		list->chunk[0] = list->first;
	}
	else if (list->n_chunks == list->room_chunks)
	{
		list->room_chunks *= 2;
		list->chunk =
			repalloc(list->chunk, list->room_chunks * sizeof(double *));
	}
	if (list->n_chunks > 0)
		list->chunk[list->n_chunks] = chunk;
	list->n_chunks++;
	list->slot = chunk;
	list->left = n;
}

/*
 * Number of rows in the next chunk of rows as they arrive.
 */
static int32
next_chunk_rows(const RowStore *store)
{
	int32 next = store->rows.next;

	return Min(next == 0 ? FIRST_CHUNK_ROWS : next, full_chunk_rows(store));
}

Size
next_chunk_bytes(const RowStore *store)
{
	return next_chunk_rows(store) * row_bytes(store);
}

/*
 * Make room for the next row at the end of the rows as they arrive.
 */
void
grow_rows(RowStore *store)
{
	RowList *rows = &store->rows;
	int32 full = full_chunk_rows(store);
	int32 n = next_chunk_rows(store);
	Size bytes = n * row_bytes(store);

	rows->next = Min(n * CHUNK_GROWTH, full);
	if (n == full)
		add_chunk(store, rows, full_chunk(store), n);
	else
	{
		rowstore_memory_charge(store,
		                       (int64) bytes + (int64) n * store->beside_bytes);
		add_chunk(store,
		          rows,
		          rows->n_chunks == 0
		              ? MemoryContextAlloc(store->pool->context, bytes)
		              : rowstore_memory_allocate(store, bytes),
		          n);
	}
}

/*
 * Do the rows as they arrived start with a small chunk? Only that one is not
 * among the chunks owned by a large part, which a tiny store does not have.
 */
static bool
starts_small(const RowStore *store)
{
	return !store->rows.even && full_chunk_rows(store) > FIRST_CHUNK_ROWS;
}

/*
 * Free all rows in memory.
 */
void
free_rows(RowStore *store)
{
	LargeStore *large = store->large;

	if (store->rows.first != NULL && starts_small(store))
		pfree(store->rows.first);
	if (store->rows.chunk != NULL)
		pfree(store->rows.chunk);
	store->rows = (RowList){0};
	if (large != NULL)
	{
		for (int i = 0; large->lists != NULL && i < N_LISTS; i++)
		{
			if (large->lists[i].chunk != NULL)
				pfree(large->lists[i].chunk);
		}
		for (int32 i = 0; i < large->owned.n; i++)
			pfree(large->owned.at[i]);
		if (large->owned.at != NULL)
			pfree(large->owned.at);
		if (large->spare.at != NULL)
			pfree(large->spare.at);
		if (large->lists != NULL)
			pfree(large->lists);
		pfree(large);
		store->large = NULL;
	}
	rowstore_memory_charge(store, -store->bytes);
}

/* ---------- finding rows ---------- */

ListView
list_view(const RowStore *store, const RowList *list)
{
	int32 full = full_chunk_rows(store);
	bool small = list == &store->rows && starts_small(store);

	return (
		ListView){list, small ? FIRST_CHUNK_ROWS : full, full, store->stride};
}

/*
 * Row i; *together is how many rows are contiguous from there on.
 */
double *
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

static int
n_lists(const RowStore *store)
{
	return store->large != NULL && store->large->lists != NULL ? N_LISTS : 1;
}

static const RowList *
nth_list(const RowStore *store, int i)
{
	return n_lists(store) > 1 ? &store->large->lists[i] : &store->rows;
}

/*
 * The next piece of the rows in memory, which are already sorted.
 */
bool
memory_next(MemoryWalk *walk, const double **x, int64 *n)
{
	for (; walk->list < n_lists(walk->store); walk->list++, walk->at = 0)
	{
		const RowList *list = nth_list(walk->store, walk->list);
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

/*
 * Rows that are not on disk.
 */
int64
rows_in_memory(const RowStore *store)
{
	int64 n = store->n;

	for (int32 r = 0; r < store->n_runs; r++)
		n -= store->runs[r].n;
	return n;
}
