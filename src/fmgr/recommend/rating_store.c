/*-------------------------------------------------------------------------
 *
 * rating_store.c
 *	  Ratings as they come from the executor: two codes and a number each.
 *
 * Training needs all ratings in memory at once, so nothing is spilled: the
 * budget of the row store is charged, and exceeding it is an error.
 *
 * src/fmgr/recommend/rating_store.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/recommend/rating_store.h"
#include "kernel/recommend/cf.h"
#include "pg/id_dictionary.h"

#define FIRST_BLOCK 8 /* ratings */
#define GROWTH      4
#define LAST_BLOCK  65536

typedef struct RatingStore
{
	MemoryContext context;
	IdDictionary *users;
	IdDictionary *items;
	int64 n;
	SegRatingBlock *block; /* the last may be full until the next rating */
	int32 blocks;
	int32 room;  /* for blocks */
	int32 left;  /* ratings that still fit into the last one */
	int64 bytes; /* charged */
} RatingStore;

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
	        errhint("Raise the setting. "
	                "Use " SEG_CF_ROW_FORM "."));
}

/*
 * Charge the budget for what the store grows by, before it is filled.
 */
static void
rating_store_charge(RatingStore *store, Size bytes)
{
	if (!rowstore_charge(store->context, (int64) bytes))
		budget_is_spent(store);
	store->bytes += bytes;
}

static RatingStore *
rating_store_create(MemoryContext context, const IdType *user,
                    const IdType *item)
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
 * The code of an id.  A dictionary that grows becomes a new one, and the
 * difference is charged.
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

static void
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

/* ---------- collecting ---------- */

typedef struct RatingState
{
	TrainerState base;
	RatingStore *store; /* from the first row that counts */
} RatingState;

/* Kept for the rest of the query. */
typedef struct RatingReader
{
	IdType user;
	IdType item;
} RatingReader;

static const SegCfParams *
params_of(const TrainerState *state)
{
	return state->options->params;
}

static RatingReader *
rating_reader(FunctionCallInfo fcinfo, TrainerCall *call)
{
	FmgrInfo *flinfo = fcinfo->flinfo;
	RatingReader *reader = call->beside;

	if (unlikely(reader == NULL))
	{
		reader = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(RatingReader));
		id_type_init(&reader->user,
		             get_fn_expr_argtype(flinfo, 1),
		             flinfo->fn_mcxt);
		id_type_init(&reader->item,
		             get_fn_expr_argtype(flinfo, 2),
		             flinfo->fn_mcxt);
		call->beside = reader;
	}
	return reader;
}

/*
 * The rating of a row; false if the row does not count.  A weight of 0 means
 * that nothing was done.
 */
static bool
rating_argument(FunctionCallInfo fcinfo, const SegCfParams *params,
                double *rating)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool implicit = params->feedback == SEG_CF_IMPLICIT;

	*rating = PG_GETARG_FLOAT8(3) + 0.0;
	segment_check(&env, seg_cf_check_rating(&env, implicit, *rating));
	return !implicit || *rating > 0.0;
}

static bool
rating_rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *base)
{
	RatingState *state = (RatingState *) base;
	RatingReader *reader = rating_reader(fcinfo, call);
	double rating;
	SegId user;
	SegId item;

	if (!rating_argument(fcinfo, params_of(base), &rating))
		return false;
	if (state->store == NULL)
		state->store = rating_store_create(segment_agg_context(fcinfo),
		                                   &reader->user,
		                                   &reader->item);
	user = id_read(&reader->user, PG_GETARG_DATUM(1));
	item = id_read(&reader->item, PG_GETARG_DATUM(2));
	rating_store_add(state->store, &user, &item, rating);
	return true;
}

static bool
rating_rows_have_rows(const TrainerState *base)
{
	return ((const RatingState *) base)->store != NULL;
}

/* ---------- training ---------- */

/*
 * Refuse training that would need more memory than the settings allow.
 */
static void
check_fit(const RatingStore *store, const SegCfParams *params)
{
	double bytes = seg_cf_memory(params,
	                             store->n,
	                             id_dictionary_count(store->users),
	                             id_dictionary_count(store->items));

	if (bytes > segment_training_memory * 1024.0)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("training would take %.0f kB, more than the setting %s "
		               "allows",
		               bytes / 1024.0,
		               "segment.training_memory"),
		        errhint("Raise the setting. Use " SEG_CF_ROW_FORM "."));
}

static void *
rating_rows_open(TrainerState *base, SegEnv *env, SegPreparation *preparation,
                 const TrainerLook *look)
{
	const RatingStore *store = ((const RatingState *) base)->store;
	MemoryContext context = (MemoryContext) env->host;
	int64 users = id_dictionary_count(store->users);
	int64 items = id_dictionary_count(store->items);
	int32 *user_place = MemoryContextAllocHuge(context, users * sizeof(int32));
	int32 *item_place = MemoryContextAllocHuge(context, items * sizeof(int32));
	SegCfRows *rows = MemoryContextAlloc(context, sizeof(SegCfRows));

	(void) preparation; /* there are no vectors */
	(void) look;
	check_fit(store, params_of(base));
	rows->users = id_dictionary_sorted(env, store->users, user_place);
	rows->items = id_dictionary_sorted(env, store->items, item_place);
	rows->blocks = (SegRatingBlocks){store->block,
	                                 store->blocks,
	                                 store->n,
	                                 user_place,
	                                 item_place,
	                                 (int32_t) users,
	                                 (int32_t) items};
	rows->most_bytes = model_most_bytes();
	return rows;
}

const TrainerInput rating_rows = {sizeof(RatingState),
                                  rating_rows_add,
                                  rating_rows_have_rows,
                                  rating_rows_open,
                                  NULL};
