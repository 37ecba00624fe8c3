/*-------------------------------------------------------------------------
 *
 * rating_store.c
 *	  Ratings as they come from the executor: two codes and a number each.
 *
 * A fit wants all ratings in memory at once, so nothing is spilled: the budget
 * of the row store is charged, and when it is spent, that is an error.
 *
 * src/fmgr/recommend/rating_store.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/recommend/rating_store.h"
#include "pg/rowstore.h"

#define FIRST_BLOCK 8 /* ratings */
#define GROWTH      4
#define LAST_BLOCK  65536

pg_noreturn static void
budget_is_spent(const RatingStore *store)
{
	ereport(ERROR,
	        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
	        errmsg("ratings take more memory than the setting %s allows",
	               "segment.training_memory"),
	        errdetail("All groups count together; this one has %lld ratings of "
	                  "%lld items by %lld users so far.",
	                  (long long) store->n,
	                  (long long) id_dictionary_count(store->items),
	                  (long long) id_dictionary_count(store->users)),
	        errhint("Raise the setting. " RATING_WAY_OUT));
}

/*
 * Charge the budget for what the store has grown by, before it is filled.
 */
static void
rating_store_charge(RatingStore *store, Size bytes)
{
	if (!rowstore_charge(store->context, (int64) bytes))
		budget_is_spent(store);
	store->bytes += bytes;
}

RatingStore *
rating_store_create(MemoryContext context, const IdReader *user,
                    const IdReader *item)
{
	RatingStore *store = MemoryContextAllocZero(context, sizeof(RatingStore));

	store->context = context;
	store->users = id_dictionary_create(context, user);
	store->items = id_dictionary_create(context, item);
	rating_store_charge(store,
	                    id_dictionary_bytes(store->users) +
	                        id_dictionary_bytes(store->items));
	return store;
}

/*
 * The code of an id.  A dictionary that grows is a new one, which is charged by
 * the difference.
 */
static int32
code_of(RatingStore *store, IdDictionary *dictionary, const SegId *id)
{
	const SegCountMap *old = dictionary->map;
	int64 size = id_dictionary_bytes(dictionary);
	int64 code = id_dictionary_add(dictionary, id);

	if (dictionary->map != old)
		rating_store_charge(store, id_dictionary_bytes(dictionary) - size);
	return (int32) code;
}

static void
rating_store_grow(RatingStore *store)
{
	int32 n = FIRST_BLOCK;

	if (store->blocks > 0)
		n = Min(GROWTH * (int32) store->block[store->blocks - 1].n, LAST_BLOCK);
	rating_store_charge(store, n * sizeof(SegRating));
	if (store->blocks == store->room)
	{
		Size bytes;

		store->room = Max(2 * store->room, 4);
		bytes = store->room * sizeof(SegRatingBlock);
		store->block = store->block == NULL
		                   ? MemoryContextAlloc(store->context, bytes)
		                   : repalloc(store->block, bytes);
	}
	store->block[store->blocks].rating =
		MemoryContextAlloc(store->context, n * sizeof(SegRating));
	store->block[store->blocks].n = 0;
	store->blocks++;
	store->left = n;
}

void
rating_store_add(RatingStore *store, const SegId *user, const SegId *item,
                 double rating)
{
	SegRatingBlock *last;

	if (store->left == 0)
		rating_store_grow(store);
	last = &store->block[store->blocks - 1];
	((SegRating *) last->rating)[last->n] =
		(SegRating){code_of(store, store->users, user),
	                code_of(store, store->items, item),
	                rating};
	last->n++;
	store->left--;
	store->n++;
}

RatingView
rating_store_view(SegEnv *env, const RatingStore *store)
{
	MemoryContext context = (MemoryContext) env->host;
	int64 users = id_dictionary_count(store->users);
	int64 items = id_dictionary_count(store->items);
	int32 *user_place = MemoryContextAllocHuge(context, users * sizeof(int32));
	int32 *item_place = MemoryContextAllocHuge(context, items * sizeof(int32));
	RatingView view;

	view.users = id_dictionary_sorted(env, store->users, user_place);
	view.items = id_dictionary_sorted(env, store->items, item_place);
	view.blocks = (SegRatingBlocks){store->block,
	                                store->blocks,
	                                store->n,
	                                user_place,
	                                item_place,
	                                (int32_t) users,
	                                (int32_t) items};
	return view;
}

void
rating_store_check_fit(double bytes)
{
	if (bytes > segment_training_memory * 1024.0)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("training would take %.0f kB, more than the setting %s "
		               "allows",
		               bytes / 1024.0,
		               "segment.training_memory"),
		        errhint("Raise the setting. " RATING_WAY_OUT));
}
