/*-------------------------------------------------------------------------
 *
 * rowstore.c
 *	  Training rows as they arrive from the executor.
 *
 * A million groups may each hold five rows, or one group a hundred million.
 * Rows are appended in order of arrival (rowstore_memory.c has the room for
 * them); rowstore_order.c puts them in canonical order when a kernel wants to
 * read them.
 *
 * segment.training_memory bounds the sum over all stores of the session,
 * because the executor keeps the states of many groups at once and cannot give
 * one up. When the sum exceeds it, the largest stores write their rows to a
 * temporary file (rowstore_file.c) and are empty again.
 *
 * Stores of one aggregate context form a pool, which has the file and one
 * callback for when the executor resets the context.
 *
 * The file belongs to the resource owner under which the pool was made, that of
 * the pool's own query: a query inside it (a function that also trains) may
 * make this pool spill, and ends before it. After an error the owner closes the
 * file, and the context may live on for a while, in a cursor that failed and
 * was not closed; so we watch for owners being released.
 *
 * src/pg/rowstore.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/xact.h"
#include "utils/memutils.h"
#include "utils/resowner.h"

#include "pg/rowstore_internal.h"

static dlist_head live_pools = DLIST_STATIC_INIT(live_pools);

/* ---------- pools ---------- */

/*
 * A resource owner closes its files: mark its pools as dead.
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
 * The context is going away: forget its stores. While a transaction aborts, we
 * leave the file to its owner, as closing it may write.
 */
static void
pool_dies(void *arg)
{
	RowPool *pool = arg;

	dlist_delete(&pool->node);
	rows_live_bytes -= pool->bytes;
	if (pool->file != NULL && IsTransactionState())
		BufFileClose(pool->file);
}

static RowPool *
rowstore_pool_of(MemoryContext context)
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

/* ---------- the budget ---------- */

static int64
budget(void)
{
	return (int64) segment_training_memory * 1024;
}

static bool
can_spill(const RowStore *store)
{
	return store->pool->owner != NULL && store->readers == 0 &&
	       rows_in_memory(store) > 0;
}

/*
 * The sum of all stores would exceed the budget: spill the largest ones until a
 * quarter of it is free.
 */
static void
rowstore_make_room(void)
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

			if (rows_live_bytes <= budget() / 4 * 3)
				return;
			if (store->bytes >= largest / 2 && can_spill(store))
				spill(store);
		}
	}
}

bool
rowstore_charge(MemoryContext context, int64 bytes)
{
	if (rows_live_bytes + bytes > budget())
		rowstore_make_room();
	if (rows_live_bytes + bytes > budget())
		return false;
	rowstore_pool_of(context)->bytes += bytes;
	rows_live_bytes += bytes;
	return true;
}

SegRows *
rowstore_open_beside(RowStore *store)
{
	if (can_spill(store) && store->bytes > budget() / 2)
		spill(store);
	return rowstore_open(store);
}

/* ---------- collecting ---------- */

RowStore *
rowstore_create(MemoryContext context, int dim, int extra, int beside_bytes)
{
	RowPool *pool = rowstore_pool_of(context);
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

int
rowstore_extra(const RowStore *store)
{
	return store->stride - store->dim;
}

int
rowstore_beside_bytes(const RowStore *store)
{
	return store->beside_bytes;
}

int64
rowstore_count(const RowStore *store)
{
	return store->n;
}

/*
 * Add a row; extra holds its extra columns, if the store has any. Rows are
 * compared as bytes, so -0 becomes 0.
 */
void
rowstore_append(RowStore *store, const double *x, const double *extra)
{
	RowList *rows = &store->rows;

	if (rows->left == 0)
	{
		if (rows_live_bytes + (int64) next_chunk_bytes(store) > budget())
			rowstore_make_room(); /* this store may be among those that spill */
		grow_rows(store);
	}
	for (int32 j = 0; j < store->dim; j++)
		rows->slot[j] = x[j] + 0.0;
	for (int32 j = store->dim; j < store->stride; j++)
		rows->slot[j] = extra[j - store->dim];
	rows->slot += store->stride;
	rows->left--;
	rows->n++;
	store->n++;
}
