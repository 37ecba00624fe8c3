/*-------------------------------------------------------------------------
 *
 * rowstore_order.c
 *	  Canonical order of the rows that a store has in memory.
 *
 * A small store is one list, sorted in place. The rows of a large one are dealt
 * into 256 lists by the first byte of their hash, then each list is sorted on
 * its own, in the processor's cache. Dealing needs no second copy of the rows:
 * a chunk that has been dealt is the next one to be filled.
 *
 * Sorting in place does not change a store, which stands for a set of rows.
 *
 * src/pg/rowstore_order.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "pg/rowstore_internal.h"

/* A store is dealt into lists from this size on. */
#define DEALT_STORE (4 * 1024 * 1024)

/* ---------- dealing ---------- */

static inline void
deal_row(RowStore *store, const double *x)
{
	uint64 hash = seg_row_hash(x, store->stride);
	RowList *list = &store->large->lists[hash >> (64 - LIST_BITS)];

	if (list->left == 0)
		add_chunk(store, list, full_chunk(store), full_chunk_rows(store));
	for (int32 j = 0; j < store->stride; j++)
		list->slot[j] = x[j];
	list->slot += store->stride;
	list->left--;
	list->n++;
}

/*
 * Deal the rows as they arrived into the lists.
 */
static void
rowstore_order_deal(RowStore *store)
{
	MemoryContext context = store->pool->context;
	RowList came = store->rows;
	ListView view = list_view(store, &store->rows);
	int32 full = full_chunk_rows(store);
	int64 together;

	if (store->large->lists == NULL)
		store->large->lists =
			MemoryContextAllocZero(context, N_LISTS * sizeof(RowList));
	view.list = &came;
	for (int64 i = 0; i < came.n; i += together)
	{
		double *x = view_rows(&view, i, &together);
		int64 n = Min(together, came.n - i);

		CHECK_FOR_INTERRUPTS();
		for (int64 r = 0; r < n; r++)
			deal_row(store, x + r * store->stride);
		if (together == full)
			pointer_add(context, &store->large->spare, x);
	}
	if (came.chunk != NULL)
		pfree(came.chunk);
	store->rows = (RowList){.next = full, .even = true};
}

/* ---------- sorting ---------- */

static const double *
view_row_at(const void *view, uint64 index)
{
	return view_row(view, (int64) index);
}

/*
 * Put the rows of a list in the order of its keys, following each cycle of the
 * permutation with one row at hand.
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
 * Make the keys of a list; true if the rows are already in order, as a constant
 * column is.
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

void
sort_store(RowStore *store)
{
	if (store->large == NULL ||
	    (store->large->lists == NULL &&
	     store->rows.n * row_bytes(store) < DEALT_STORE))
	{
		sort_list(store, &store->rows);
		return;
	}
	rowstore_order_deal(store);
	for (int i = 0; i < N_LISTS; i++)
		sort_list(store, &store->large->lists[i]);
}
