/*-------------------------------------------------------------------------
 *
 * offer_allocate_fmgr.c
 *	  SQL face of allocations of offers: the aggregate offer_allocate and its
 *	  readers.
 *
 * src/fmgr/policy/offer_allocate_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/policy/offer_allocation.h"
#include "pg/encoding.h"
#include "pg/id_dictionary.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

PG_FUNCTION_INFO_V1(segment_offer_assignments);
PG_FUNCTION_INFO_V1(segment_offer_allocation_summary);
PG_FUNCTION_INFO_V1(segment_offer_limits);

/* ---------- collecting ---------- */

/* A group: rows with codes of their ids. */
typedef struct OfferState
{
	TrainerState base;
	RowStore *store; /* from the first row that counts */
	IdDictionary *users;
	IdDictionary *offers;
} OfferState;

/* Kept for the rest of the query. */
typedef struct OfferReader
{
	IdType user;
	IdType offer;
} OfferReader;

static OfferReader *
offer_reader(FunctionCallInfo fcinfo, TrainerCall *call)
{
	FmgrInfo *flinfo = fcinfo->flinfo;
	OfferReader *reader = call->beside;

	if (unlikely(reader == NULL))
	{
		reader = MemoryContextAllocZero(flinfo->fn_mcxt, sizeof(OfferReader));
		id_type_init(&reader->user,
		             get_fn_expr_argtype(flinfo, 1),
		             flinfo->fn_mcxt);
		id_type_init(&reader->offer,
		             get_fn_expr_argtype(flinfo, 2),
		             flinfo->fn_mcxt);
		call->beside = reader;
	}
	return reader;
}

static void
start_rows(OfferState *state, MemoryContext context, const OfferReader *reader)
{
	state->users = id_dictionary_create(context, &reader->user);
	state->offers = id_dictionary_create(context, &reader->offer);
	state->store = rowstore_create(context, SEG_OFFER_COLUMNS, 0, 0);
	(void) rowstore_charge(context,
	                       id_dictionary_bytes(state->users) +
	                           id_dictionary_bytes(state->offers));
}

/*
 * The code of an id. A dictionary that grows is charged; what does not fit makes
 * rows go to disk.
 */
static double
offer_code(MemoryContext context, IdDictionary *dictionary, IdType *type,
           Datum datum)
{
	SegId id = id_read(type, datum);
	const SegCountMap *map = dictionary->map;
	int64 bytes = id_dictionary_bytes(dictionary);
	int64 code = id_dictionary_add(dictionary, &id);

	if (unlikely(dictionary->map != map))
		(void) rowstore_charge(context,
		                       id_dictionary_bytes(dictionary) - bytes);
	return (double) code;
}

static bool
offer_rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *base)
{
	OfferState *state = (OfferState *) base;
	OfferReader *reader = offer_reader(fcinfo, call);
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(CurrentMemoryContext);
	double row[SEG_OFFER_COLUMNS];

	row[2] = PG_GETARG_FLOAT8(3) + 0.0;
	row[3] = PG_GETARG_FLOAT8(4) + 0.0;
	segment_check(&env, seg_offer_check(&env, row[2], row[3]));
	if (state->store == NULL)
		start_rows(state, context, reader);
	row[0] =
		offer_code(context, state->users, &reader->user, PG_GETARG_DATUM(1));
	row[1] =
		offer_code(context, state->offers, &reader->offer, PG_GETARG_DATUM(2));
	rowstore_append(state->store, row, NULL);
	return true;
}

static bool
offer_rows_have_rows(const TrainerState *base)
{
	return ((const OfferState *) base)->store != NULL;
}

/* ---------- allocating ---------- */

/*
 * Names as ids are kept.
 */
static SegNamedNumbers
in_utf8(const SegNamedNumbers *given)
{
	int64 n = given->names.count;
	StringInfoData bytes;
	int64_t *ends = palloc(Max(n, 1) * sizeof(int64_t));

	initStringInfo(&bytes);
	for (int64 i = 0; i < n; i++)
	{
		SegText name = text_to_utf8(seg_texts_get(&given->names, i));

		appendBinaryStringInfo(&bytes, name.bytes, (int) name.length);
		ends[i] = bytes.len;
	}
	return (SegNamedNumbers){{ends, bytes.data, n}, given->numbers};
}

static SegIds
ids_in_order(SegEnv *env, const IdDictionary *dictionary,
             const int32_t **places)
{
	int32_t *room =
		segment_alloc((MemoryContext) env->host,
	                  id_dictionary_count(dictionary) * sizeof(int32_t));

	*places = room;
	return id_dictionary_sorted(env, dictionary, room);
}

static void *
offer_rows_open(TrainerState *base, SegEnv *env, SegPreparation *preparation,
                const TrainerLook *look)
{
	const OfferState *state = (const OfferState *) base;
	const SegOfferParams *params = base->options->params;
	SegOfferRows *rows = palloc(sizeof(SegOfferRows));

	(void) preparation; /* there are no vectors */
	(void) look;
	rows->users = ids_in_order(env, state->users, &rows->user_place);
	rows->offers = ids_in_order(env, state->offers, &rows->offer_place);
	rows->offer_budgets = in_utf8(&params->offer_budgets);
	rows->capacities = in_utf8(&params->capacities);
	rows->most_bytes = segment_training_memory * 1024.0;
	rows->rows = rowstore_open(state->store);
	return rows;
}

static void
offer_rows_close(void *rows)
{
	rowstore_close(((SegOfferRows *) rows)->rows);
}

static const TrainerInput offer_rows = {sizeof(OfferState),
                                        offer_rows_add,
                                        offer_rows_have_rows,
                                        offer_rows_open,
                                        offer_rows_close};

TRAINER(offer_allocate, seg_offer_allocation_trainer, offer_rows);

/* ---------- reading ---------- */

/*
 * (model [, witness]): a row (user_id, offer, value, cost) for each offer that is
 * taken.
 */
Datum
segment_offer_assignments(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	const SegOfferAllocation *a;
	SegIds users;
	SegIds offers;
	IdType user_type;
	IdType offer_type;
	RowWriter rows;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	a = model_open_value(PG_GETARG_MODEL_P(0), &seg_offer_allocation_method);
	users = seg_offer_allocation_users(a);
	offers = seg_offer_allocation_offers(a);
	id_type_init(&user_type,
	             TupleDescAttr(info->setDesc, 0)->atttypid,
	             CurrentMemoryContext);
	id_type_init(&offer_type,
	             TupleDescAttr(info->setDesc, 1)->atttypid,
	             CurrentMemoryContext);
	rows = row_writer_open(fcinfo);
	for (int64 i = 0; i < a->assigned; i++)
	{
		Datum values[4];

		row_writer_begin(&rows);
		values[0] = id_write(&user_type, &users, a->assigned_users[i]);
		values[1] = id_write(&offer_type, &offers, a->assigned_offers[i]);
		values[2] = Float8GetDatum(a->values[i]);
		values[3] = Float8GetDatum(a->costs[i]);
		row_writer_end(&rows, values, NULL);
	}
	row_writer_close(&rows);
	return (Datum) 0;
}

/*
 * A limit of the budget kind: what there is and what is left; NULL without one.
 */
static void
write_limit(double limit, double used, Datum *values, bool *nulls)
{
	nulls[0] = nulls[1] = isnan(limit);
	values[0] = Float8GetDatum(limit);
	values[1] = Float8GetDatum(Max(limit - used, 0.0));
}

/*
 * One row for the whole allocation.
 */
Datum
segment_offer_allocation_summary(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegOfferAllocation *a;
	SegOfferTotal *totals;
	const SegOfferTotal *all;
	Datum values[11];
	bool nulls[11] = {false};

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	a = model_open_value(PG_GETARG_MODEL_P(0), &seg_offer_allocation_method);
	segment_check(&env, seg_offer_totals(&env, a, &totals));
	all = &totals[a->offers];
	values[0] = Int64GetDatum(a->users);
	values[1] = Int64GetDatum(a->served);
	values[2] = Int64GetDatum(all->assigned);
	values[3] = Float8GetDatum(all->value);
	values[4] = Float8GetDatum(all->cost);
	write_limit(a->budget, all->cost, &values[5], &nulls[5]);
	values[7] = Float8GetDatum(a->budget_price);
	values[8] = Float8GetDatum(a->bound);
	values[9] = Float8GetDatum(seg_offer_gap(a->bound, all->value));
	values[10] = BoolGetDatum(a->is_optimal != 0);
	result_row(fcinfo, values, nulls);
	return (Datum) 0;
}

/*
 * (model [, witness]): a row for each offer.
 */
Datum
segment_offer_limits(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegOfferAllocation *a;
	SegOfferTotal *totals;
	SegIds offers;
	IdType type;
	RowWriter rows;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	a = model_open_value(PG_GETARG_MODEL_P(0), &seg_offer_allocation_method);
	segment_check(&env, seg_offer_totals(&env, a, &totals));
	offers = seg_offer_allocation_offers(a);
	id_type_init(&type,
	             TupleDescAttr(info->setDesc, 0)->atttypid,
	             CurrentMemoryContext);
	rows = row_writer_open(fcinfo);
	for (int64 o = 0; o < a->offers; o++)
	{
		bool no_capacity = isnan(a->capacities[o]);
		Datum values[10];
		bool nulls[10] = {false};

		row_writer_begin(&rows);
		values[0] = id_write(&type, &offers, o);
		values[1] = Int64GetDatum(totals[o].assigned);
		values[2] = Float8GetDatum(totals[o].value);
		values[3] = Float8GetDatum(totals[o].cost);
		write_limit(a->offer_budgets[o], totals[o].cost, &values[4], &nulls[4]);
		values[6] = Float8GetDatum(a->offer_budget_prices[o]);
		nulls[7] = nulls[8] = no_capacity;
		values[7] = Float8GetDatum(a->capacities[o]);
		values[8] =
			Float8GetDatum(a->capacities[o] - (double) totals[o].assigned);
		values[9] = Float8GetDatum(a->capacity_prices[o]);
		row_writer_end(&rows, values, nulls);
	}
	row_writer_close(&rows);
	return (Datum) 0;
}
