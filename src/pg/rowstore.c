/*-------------------------------------------------------------------------
 *
 * rowstore.c
 *	  Training rows as they come from the executor.
 *
 * A million groups may each hold five rows, or one group a hundred million; so
 * a store starts with a few rows in one chunk and grows by fours, until its
 * chunks are cut from arenas of huge pages.  Rows are appended in the order in
 * which they come; rowstore_order.c brings them into canonical order when a
 * kernel wants to read them.
 *
 * segment.training_memory bounds the sum over all stores of the session, because
 * the executor keeps the states of many groups at once and cannot take one back.
 * When the sum passes it, the largest stores write their rows to a temporary
 * file (rowstore_file.c) and are empty again.
 *
 * Stores of one aggregate context form a pool: the pool has the file, and one
 * callback for all when the executor resets the context.
 *
 * The file belongs to the resource owner under which the pool was made, that of
 * the pool's own query: a query inside it (a function that trains, too) may make
 * this pool spill, and ends before it.  After an error the owner closes the file
 * and the context may live on for a while, in a cursor that failed and was not
 * closed; so we look on when owners are released.
 *
 * src/pg/rowstore.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <sys/mman.h>

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "pg/rowstore_internal.h"

#define FIRST_CHUNK_ROWS 8
#define CHUNK_GROWTH     4
#define FULL_CHUNK       (16 * 1024) /* bytes */
#define LARGE_CHUNKS     256         /* more of them come from arenas */
#define ARENA_SIZE       (8 * 1024 * 1024)
#define HUGE_PAGE        (2 * 1024 * 1024)

static dlist_head live_pools = DLIST_STATIC_INIT(live_pools);
static int64 live_bytes = 0;

static void make_room(void);

/* ---------- pools ---------- */

/*
 * A resource owner closes its files: those pools are dead.
 */
static void
owner_releases(ResourceReleasePhase phase, bool is_commit, bool is_top_level,
               void *arg)
{
	dlist_iter it;

	if (phase != RESOURCE_RELEASE_AFTER_LOCKS)
		return;
	dlist_foreach(it, &live_pools)
	{
		RowPool *pool = dlist_container(RowPool, node, it.cur);

		if (pool->owner == CurrentResourceOwner)
		{
			pool->owner = NULL;
			pool->file = NULL;
		}
	}
}

/*
 * The context goes: forget its stores.  While a transaction aborts, we leave the
 * file to its owner, as closing it may write.
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
	static bool looking_on = false;
	dlist_iter it;
	RowPool *pool;

	if (!looking_on)
	{
		RegisterResourceReleaseCallback(owner_releases, NULL);
		looking_on = true;
	}
	dlist_foreach(it, &live_pools)
	{
		pool = dlist_container(RowPool, node, it.cur);
		if (pool->context == context)
			return pool;
	}
	pool = MemoryContextAllocZero(context, sizeof(RowPool));
	pool->context = context;
	pool->owner = CurrentResourceOwner;
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
allocate(RowStore *store, Size bytes)
{
	void *memory = MemoryContextAllocHuge(store->pool->context, bytes);

	pointer_add(store->pool->context, &large_part(store)->owned, memory);
	return memory;
}

/*
 * Cut a chunk from an arena that huge pages back: page faults on small pages
 * would cost more than all the rest of collecting.
 */
static double *
carve(RowStore *store, Size bytes)
{
	LargeStore *large = large_part(store);
	double *chunk;

	if (bytes > (Size) (large->arena_end - large->arena_at))
	{
		Size size = Max(bytes, (Size) ARENA_SIZE);
		char *arena = allocate(store, size + HUGE_PAGE);

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
		charge(store, HUGE_PAGE);
	return chunk;
}

/*
 * A full-sized chunk: one that is free, or a new one, which is charged.
 */
double *
full_chunk(RowStore *store)
{
	PointerArray *spare = &large_part(store)->spare;
	int32 n = full_chunk_rows(store);

	if (spare->n > 0)
		return spare->at[--spare->n];
	charge(store, (int64) n * store->beside_bytes);
	if (store->large->owned.n >= LARGE_CHUNKS)
		return carve(store, n * row_bytes(store));
	charge(store, (int64) n * row_bytes(store));
	return allocate(store, n * row_bytes(store));
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
 * Room for the next row at the end of the rows as they come.
 */
static void
grow(RowStore *store)
{
	RowList *rows = &store->rows;
	int32 full = full_chunk_rows(store);
	int32 n = rows->next == 0 ? Min(FIRST_CHUNK_ROWS, full) : rows->next;
	Size bytes = n * row_bytes(store);

	if (live_bytes + (int64) bytes > budget())
	{
		make_room();
		if (rows->next == 0) /* this store was among the largest */
			n = Min(FIRST_CHUNK_ROWS, full);
		bytes = n * row_bytes(store);
	}
	rows->next = Min(n * CHUNK_GROWTH, full);
	if (n == full)
		add_chunk(store, rows, full_chunk(store), n);
	else
	{
		charge(store, (int64) bytes + (int64) n * store->beside_bytes);
		add_chunk(store,
		          rows,
		          rows->n_chunks == 0
		              ? MemoryContextAlloc(store->pool->context, bytes)
		              : allocate(store, bytes),
		          n);
	}
}

/*
 * Do the rows as they come begin with a small chunk?  That one alone is not
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
	charge(store, -store->bytes);
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
 * Row i; *together is how many rows lie in one piece from there on.
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
 * The next piece of the rows in memory; they were sorted before.
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

/* ---------- the budget ---------- */

static bool
can_spill(const RowStore *store)
{
	return store->pool->owner != NULL && rows_in_memory(store) > 0;
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

			if (can_spill(store))
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
			if (store->bytes >= largest / 2 && can_spill(store))
				spill(store);
		}
	}
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
 * Add a row; extra holds its further columns, if the store has any.  Rows are
 * compared by their bytes, so -0 becomes 0.
 */
void
rowstore_append(RowStore *store, const double *x, const double *extra)
{
	RowList *rows = &store->rows;

	if (rows->left == 0)
		grow(store);
	for (int32 j = 0; j < store->dim; j++)
		rows->slot[j] = x[j] + 0.0;
	for (int32 j = store->dim; j < store->stride; j++)
		rows->slot[j] = extra[j - store->dim];
	rows->slot += store->stride;
	rows->left--;
	rows->n++;
	store->n++;
}
