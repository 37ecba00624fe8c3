/*-------------------------------------------------------------------------
 *
 * item_rows.c
 *	  Arrays of items on their way from the executor to a kernel.
 *
 * A row's items become four-byte codes, in the order in which ids arrive.  That
 * order depends on the plan, but results must not: the kernel gets the place of
 * each code in the order of ids.
 *
 * Mining needs all rows at once, so nothing can be spilled.  What the session's
 * groups hold is charged to segment.training_memory, together with what mining
 * them will take; small groups, of which there may be a million, are left to
 * the executor, which counts their memory too.
 *
 * src/pg/item_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/ilist.h"
#include "utils/memutils.h"

#include "pg/item_rows.h"
#include "pg/id_array.h"

/* Mining keeps items as ranks, and the places of each rank. */
#define MEMORY_FACTOR 3

/* A group is charged in steps of this size. */
#define CHARGE_STEP (64 * 1024)

/* ---------- the budget ---------- */

/* What the groups of one aggregate context are charged. */
typedef struct Account
{
	dlist_node node;
	MemoryContext context;
	MemoryContextCallback callback;
	int64 bytes;
} Account;

static dlist_head accounts = DLIST_STATIC_INIT(accounts);
static int64 live_bytes = 0;

static void
close_account(void *arg)
{
	Account *account = arg;

	live_bytes -= account->bytes;
	dlist_delete(&account->node);
}

static Account *
account_of(MemoryContext context)
{
	dlist_iter it;
	Account *account;

	dlist_foreach(it, &accounts)
	{
		account = dlist_container(Account, node, it.cur);
		if (account->context == context)
			return account;
	}
	account = MemoryContextAllocZero(context, sizeof(Account));
	account->context = context;
	account->callback.func = close_account;
	account->callback.arg = account;
	MemoryContextRegisterResetCallback(context, &account->callback);
	dlist_push_head(&accounts, &account->node);
	return account;
}

static void
item_rows_charge(FunctionCallInfo fcinfo, ItemState *state, int64 bytes)
{
	Account *account = account_of(segment_agg_context(fcinfo));
	int64 more = bytes - state->charged;

	if (live_bytes + more > (int64) segment_training_memory * 1024)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("rows of items need more memory than the setting %s "
		               "allows",
		               "segment.training_memory"),
		        errdetail("This group has " INT64_FORMAT
		                  " rows with " INT64_FORMAT
		                  " items so far; all groups together would take "
		                  "%lld kB, training included.",
		                  state->lists.n,
		                  state->lists.total,
		                  (long long) (live_bytes + more) / 1024),
		        errhint("Raise the setting, leave out rare items, or train "
		                "on a sample of the rows."));
	account->bytes += more;
	live_bytes += more;
	state->charged = bytes;
}

/* ---------- collecting ---------- */

/* Kept for the rest of the query. */
typedef struct RowReader
{
	IdArrayReader array;
	int32_t *codes; /* of the current row */
	int room;
} RowReader;

static RowReader *
row_reader(FunctionCallInfo fcinfo, TrainerCall *call, const ArrayType *array)
{
	RowReader *reader = call->beside;

	if (reader == NULL)
	{
		MemoryContext context = fcinfo->flinfo->fn_mcxt;

		reader = MemoryContextAllocZero(context, sizeof(RowReader));
		id_array_reader_init(&reader->array, ARR_ELEMTYPE(array), context);
		call->beside = reader;
	}
	return reader;
}

static int32
read_codes(RowReader *reader, FunctionCallInfo fcinfo, IdDictionary *ids,
           ArrayType *array)
{
	IdArrayWalk walk = id_array_walk(&reader->array, array);
	int32 n = 0;
	Datum element;

	if (walk.n > reader->room)
	{
		if (reader->codes != NULL)
			pfree(reader->codes);
		reader->codes = NULL; /* in case there is no memory */
		reader->room = 0;
		reader->codes = MemoryContextAllocHuge(fcinfo->flinfo->fn_mcxt,
		                                       walk.n * sizeof(int32_t));
		reader->room = walk.n;
	}
	while (id_array_next(&walk, &element))
	{
		SegId id = id_read(&reader->array.type, element);

		reader->codes[n++] = (int32_t) id_dictionary_add(ids, &id);
	}
	return n;
}

bool
item_rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *base)
{
	ItemState *state = (ItemState *) base;
	MemoryContext context;
	SegEnv env;
	ArrayType *array;
	RowReader *reader;
	int64 bytes;
	int32 n;

	context = segment_agg_context(fcinfo);
	env = segment_env(context);
	array = PG_GETARG_ARRAYTYPE_P(1);
	reader = row_reader(fcinfo, call, array);
	if (state->ids == NULL)
		state->ids = id_dictionary_create(context, &reader->array.type);
	n = read_codes(reader, fcinfo, state->ids, array);
	segment_check(&env,
	              seg_item_lists_add(&env, &state->lists, reader->codes, n));
	bytes = MEMORY_FACTOR * ((int64) state->lists.bytes +
	                         state->lists.n * state->bytes_beside) +
	        id_dictionary_bytes(state->ids);
	if (bytes - state->charged >= CHARGE_STEP)
		item_rows_charge(fcinfo, state, bytes);
	return true;
}

bool
item_rows_have_rows(const TrainerState *base)
{
	return ((const ItemState *) base)->lists.n > 0;
}

/* ---------- training ---------- */

/*
 * Nodes of a tree that fit into a model and into the budget.
 */
static void
limit_nodes(SegItemRows *rows)
{
	bool by_model = segment_max_model_size <= segment_training_memory;
	int64 kilobytes =
		by_model ? segment_max_model_size : segment_training_memory;

	rows->most_nodes = kilobytes * 1024 / (int64) sizeof(SegItemNode);
	rows->limited_by = by_model ? "the setting segment.max_model_size"
	                            : "the setting segment.training_memory";
}

void *
item_rows_open(TrainerState *base, SegEnv *env, SegPreparation *preparation,
               const TrainerLook *look)
{
	ItemState *state = (ItemState *) base;
	SegItemRows *rows = palloc(sizeof(SegItemRows));
	SegIds *ids = palloc(sizeof(SegIds));
	int32_t *places = palloc_extended(Max(id_dictionary_count(state->ids), 1) *
	                                      sizeof(int32_t),
	                                  MCXT_ALLOC_HUGE);

	(void) preparation; /* there are no vectors */
	(void) look;
	*ids = id_dictionary_sorted(env, state->ids, places);
	*rows = (SegItemRows){&state->lists,
	                      ids,
	                      places,
	                      0,
	                      (size_t) segment_training_memory * 1024,
	                      NULL,
	                      model_most_bytes()};
	limit_nodes(rows);
	return rows;
}

const TrainerInput item_rows = {sizeof(ItemState),
                                item_rows_add,
                                item_rows_have_rows,
                                item_rows_open,
                                NULL};
