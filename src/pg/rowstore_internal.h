/*-------------------------------------------------------------------------
 *
 * rowstore_internal.h
 *	  How the parts of the row store fit together, from the bottom up: memory
 *	  (rowstore_memory.c), canonical order (rowstore_order.c), files
 *	  (rowstore_file.c), collecting and the budget (rowstore.c).
 *
 * src/pg/rowstore_internal.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ROWSTORE_INTERNAL_H
#define SEGMENT_PG_ROWSTORE_INTERNAL_H

#include "lib/ilist.h"
#include "storage/buffile.h"
#include "utils/resowner.h"

#include "pg/rowstore.h"

#define N_LISTS   256
#define LIST_BITS 8

/*
 * Rows in chunks. Every chunk is as large as the previous one, or four times as
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
	bool even; /* all chunks are full-sized */
} RowList;

/* A growing array of pointers. */
typedef struct PointerArray
{
	void **at;
	int32 n;
	int32 room;
} PointerArray;

/*
 * What a store with more than a few chunks also needs: its arena and, once it
 * was put in order, its rows dealt into lists by the first byte of their hash.
 */
typedef struct LargeStore
{
	char *arena_at; /* room left in the newest arena */
	char *arena_end;
	char *arena_paid;   /* the newest arena is charged up to here */
	PointerArray owned; /* all allocations: chunks and arenas */
	PointerArray spare; /* full-sized chunks without rows */
	RowList *lists;     /* N_LISTS, or NULL */
} LargeStore;

/* A sorted part of the pool's file. */
typedef struct RowRun
{
	int64 offset;
	int64 n;
} RowRun;

/* The stores of one aggregate context. */
typedef struct RowPool
{
	dlist_node node; /* in the list of all pools */
	MemoryContext context;
	ResourceOwner owner; /* of the file; NULL: released, the pool is dead */
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
	int32 readers;     /* while there are any, rows stay where they are */
	int64 n;           /* rows, in memory and on disk */
	int64 bytes;       /* charged */
	RowList rows;      /* as they came */
	LargeStore *large; /* NULL for a small store */
	RowRun *runs;
};

static inline Size
row_bytes(const RowStore *store)
{
	return (Size) store->stride * sizeof(double);
}

/* A list with what is needed to find its rows by number. */
typedef struct ListView
{
	const RowList *list;
	int32 first; /* rows of the first chunk */
	int32 most;  /* and of the largest */
	int32 stride;
} ListView;

/* A walk through the rows in memory, in order, piece by piece. */
typedef struct MemoryWalk
{
	RowStore *store;
	int list;
	int64 at; /* the next row of the list */
} MemoryWalk;

/* rowstore_memory.c */
extern int64 rows_live_bytes; /* of all stores of the session */
extern int32 full_chunk_rows(const RowStore *store);
extern double *full_chunk(RowStore *store);
extern void
pointer_add(MemoryContext context, PointerArray *array, void *pointer);
extern void add_chunk(RowStore *store, RowList *list, double *chunk, int32 n);
extern Size next_chunk_bytes(const RowStore *store);
extern void grow_rows(RowStore *store);
extern void free_rows(RowStore *store);
extern ListView list_view(const RowStore *store, const RowList *list);
extern double *view_rows(const ListView *view, int64 i, int64 *together);
extern bool memory_next(MemoryWalk *walk, const double **x, int64 *n);
extern int64 rows_in_memory(const RowStore *store);

/* rowstore_order.c */
extern void sort_store(RowStore *store);

/* rowstore_file.c */
extern void spill(RowStore *store);

static inline double *
view_row(const ListView *view, int64 i)
{
	int64 together;

	return view_rows(view, i, &together);
}

#endif /* SEGMENT_PG_ROWSTORE_INTERNAL_H */
