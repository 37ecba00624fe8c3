/*-------------------------------------------------------------------------
 *
 * cf_score_fmgr.c
 *	  SQL face of recommenders: predictions, recommendations, similar items and
 *	  reasons.
 *
 * src/fmgr/recommend/cf_score_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "kernel/recommend/cf_score.h"
#include "pg/encoding.h"
#include "pg/id_type.h"
#include "pg/model.h"
#include "pg/options_pg.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_cf_predict);
PG_FUNCTION_INFO_V1(segment_cf_predict_history);
PG_FUNCTION_INFO_V1(segment_cf_fold_in);
PG_FUNCTION_INFO_V1(segment_cf_recommend);
PG_FUNCTION_INFO_V1(segment_cf_recommend_history);
PG_FUNCTION_INFO_V1(segment_cf_similar_items);
PG_FUNCTION_INFO_V1(segment_cf_neighbours);

/* ---------- the model, and ids of this call ---------- */

#define MAX_ARGUMENTS 5

/* A model made ready, and the types of ids in each argument and the result. */
typedef struct Answerer
{
	SegCfScorer *scorer;
	MemoryContext context;
	IdType argument[MAX_ARGUMENTS];
	IdType column; /* the first */
} Answerer;

static void *
cf_score_prepare(const SegEnv *env, const void *value)
{
	SegEnv home = *env;
	Answerer *answerer = palloc0(sizeof(Answerer));

	answerer->context = CurrentMemoryContext;
	segment_check(&home, seg_cf_scorer(&home, value, &answerer->scorer));
	return answerer;
}

static Answerer *
open_model(FunctionCallInfo fcinfo)
{
	return (Answerer *) model_open(fcinfo, 0, &seg_cf_method, cf_score_prepare);
}

static IdType *
argument_type(Answerer *answerer, int argno, Oid oid)
{
	IdType *type = &answerer->argument[argno];

	if (unlikely(type->oid != oid))
		id_type_init(type, oid, answerer->context);
	return type;
}

/*
 * Place of an id argument in the model, or SEG_CF_UNKNOWN.
 */
static int64
id_argument(FunctionCallInfo fcinfo, Answerer *answerer, int argno,
            const SegIds *ids)
{
	IdType *type = argument_type(answerer,
	                             argno,
	                             get_fn_expr_argtype(fcinfo->flinfo, argno));

	return id_find(type, ids, PG_GETARG_DATUM(argno));
}

/* ---------- histories ---------- */

/* Items of an array: where they are in the model. */
typedef struct Items
{
	int64 n;
	int64 *place; /* SEG_CF_UNKNOWN: not there, or NULL */
} Items;

static Items
items_argument(FunctionCallInfo fcinfo, Answerer *answerer, int argno)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	Oid oid = ARR_ELEMTYPE(array);
	IdType *type = argument_type(answerer, argno, oid);
	Datum *values;
	bool *nulls;
	int16 length;
	bool by_value;
	char align;
	int n;
	Items items;

	get_typlenbyvalalign(oid, &length, &by_value, &align);
	deconstruct_array(array, oid, length, by_value, align, &values, &nulls, &n);
	items.n = n;
	items.place = palloc(Max(n, 1) * sizeof(int64));
	for (int i = 0; i < n; i++)
		items.place[i] =
			nulls[i] ? SEG_CF_UNKNOWN
					 : id_find(type, &answerer->scorer->items, values[i]);
	return items;
}

/* Ratings of items of the model. */
typedef struct Ratings
{
	int64 n;
	SegRating *rating;
} Ratings;

/*
 * Leave out what the model does not know, NULLs, and weights of 0.
 */
static Ratings
known_ratings(const Answerer *answerer, const Items *items, const Datum *values,
              const bool *nulls)
{
	bool implicit = answerer->scorer->model->feedback == SEG_CF_IMPLICIT;
	SegEnv env = segment_env(CurrentMemoryContext);
	Ratings result = {0, palloc(Max(items->n, 1) * sizeof(SegRating))};

	for (int64 i = 0; i < items->n; i++)
	{
		double rating;

		if (nulls[i])
			continue;
		rating = DatumGetFloat8(values[i]);
		segment_check(&env, seg_cf_check_rating(&env, implicit, rating));
		if (items->place[i] == SEG_CF_UNKNOWN || (implicit && rating == 0.0))
			continue;
		result.rating[result.n++] =
			(SegRating){0, (int32) items->place[i], rating};
	}
	return result;
}

/*
 * Argument 2: ratings of the items of argument 1.
 */
static Ratings
ratings_argument(FunctionCallInfo fcinfo, const Answerer *answerer,
                 const Items *items)
{
	Datum *values;
	bool *nulls;
	int n;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(2),
	                  FLOAT8OID,
	                  sizeof(float8),
	                  FLOAT8PASSBYVAL,
	                  TYPALIGN_DOUBLE,
	                  &values,
	                  &nulls,
	                  &n);
	if (n != items->n)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("items and ratings must be arrays of the same length"),
		        errdetail("Their lengths are %lld and %d.",
		                  (long long) items->n,
		                  n));
	return known_ratings(answerer, items, values, nulls);
}

/*
 * A visitor from arguments 1 and 2: items and ratings.
 */
static SegCfUser
visitor_arguments(FunctionCallInfo fcinfo, Answerer *answerer,
                  const Items *items)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Ratings history = ratings_argument(fcinfo, answerer, items);
	SegCfUser who;

	segment_check(&env,
	              seg_cf_visitor(&env,
	                             answerer->scorer,
	                             history.rating,
	                             history.n,
	                             &who));
	return who;
}

/* ---------- predictions ---------- */

Datum
segment_cf_predict(PG_FUNCTION_ARGS)
{
	Answerer *answerer = open_model(fcinfo);
	SegCfScorer *scorer = answerer->scorer;
	SegEnv env = segment_env(CurrentMemoryContext);
	int64 user = id_argument(fcinfo, answerer, 1, &scorer->users);
	int64 item = id_argument(fcinfo, answerer, 2, &scorer->items);
	SegCfUser who;
	double prediction;

	segment_check(&env, seg_cf_user(&env, scorer, user, &who));
	segment_check(&env, seg_cf_predict(&env, scorer, &who, item, &prediction));
	PG_RETURN_FLOAT8(prediction);
}

Datum
segment_cf_predict_history(PG_FUNCTION_ARGS)
{
	Answerer *answerer = open_model(fcinfo);
	SegCfScorer *scorer = answerer->scorer;
	SegEnv env = segment_env(CurrentMemoryContext);
	Items items = items_argument(fcinfo, answerer, 1);
	SegCfUser who = visitor_arguments(fcinfo, answerer, &items);
	int64 item = id_argument(fcinfo, answerer, 3, &scorer->items);
	double prediction;

	segment_check(&env, seg_cf_predict(&env, scorer, &who, item, &prediction));
	PG_RETURN_FLOAT8(prediction);
}

Datum
segment_cf_fold_in(PG_FUNCTION_ARGS)
{
	Answerer *answerer = open_model(fcinfo);
	const SegCf *model = answerer->scorer->model;
	SegEnv env = segment_env(CurrentMemoryContext);
	Items items = items_argument(fcinfo, answerer, 1);
	SegCfUser who;

	segment_check(&env, seg_cf_check_factors(&env, model));
	who = visitor_arguments(fcinfo, answerer, &items);
	return result_feature_vector(who.is_known
	                                 ? who.factors
	                                 : palloc0(model->factors * sizeof(double)),
	                             model->factors);
}

/* ---------- rows ---------- */

/*
 * The type of a row's first column, of ids.
 */
static IdType *
column_type(FunctionCallInfo fcinfo, Answerer *answerer)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid oid = TupleDescAttr(info->setDesc, 0)->atttypid;

	if (answerer->column.oid != oid)
		id_type_init(&answerer->column, oid, answerer->context);
	return &answerer->column;
}

static const char *
source_of(const SegCfSources *sources, int64 i)
{
	if (i < sources->predicted)
		return "predicted";
	return i < sources->predicted + sources->listed ? "given" : "popular";
}

/*
 * Items with their scores, ranked in the order given, and where they come from,
 * if that is asked.
 */
static void
return_items(FunctionCallInfo fcinfo, Answerer *answerer, const SegScored *item,
             int64 n, const SegCfSources *sources)
{
	IdType *type = column_type(fcinfo, answerer);

	for (int64 i = 0; i < n; i++)
	{
		Datum values[4];

		values[0] = id_write(type, &answerer->scorer->items, item[i].index);
		values[1] = Float8GetDatum(item[i].score);
		values[2] = Int32GetDatum((int32) i + 1);
		if (sources != NULL)
			values[3] = CStringGetTextDatum(source_of(sources, i));
		result_row(fcinfo, values, NULL);
	}
}

/* ---------- recommendations ---------- */

/*
 * The place of an item that an option names; SEG_CF_UNKNOWN: not in the model.
 */
static int64
named_item(const SegIds *items, SegText name)
{
	SegId id = {.text = text_to_utf8(name)};
	int64 place = seg_ids_find(items, &id);

	return place >= 0 ? place : SEG_CF_UNKNOWN;
}

static void
find_listed(const SegIds *items, const SegTexts *names, SegCfRequest *request)
{
	int64_t *listed = palloc(Max(names->count, 1) * sizeof(int64_t));

	for (int64 i = 0; i < names->count; i++)
	{
		int64 place = named_item(items, seg_texts_get(names, i));

		if (place != SEG_CF_UNKNOWN)
			listed[request->listed_count++] = place;
	}
	request->listed = listed;
}

static void
find_shown(const SegIds *items, const SegNamedNumbers *given,
           SegCfRequest *request)
{
	double *shown;

	if (given->names.count == 0)
		return;
	shown = palloc0(items->count * sizeof(double));
	for (int64 i = 0; i < given->names.count; i++)
	{
		int64 place = named_item(items, seg_texts_get(&given->names, i));

		if (place != SEG_CF_UNKNOWN)
			shown[place] = given->numbers[i];
	}
	request->shown = shown;
}

static SegCfRequest
request_arguments(FunctionCallInfo fcinfo, const Answerer *answerer,
                  int n_argno, const Items *seen)
{
	const SegIds *items = &answerer->scorer->items;
	SegCfRequestParams params;
	SegCfRequest request;
	bool *is_seen = palloc0(items->count * sizeof(bool));

	seg_options_defaults(seg_cf_request_options, &params, sizeof(params));
	if (!PG_ARGISNULL(n_argno + 1))
		options_from_jsonb(seg_cf_request_options,
		                   PG_GETARG_DATUM(n_argno + 1),
		                   &params);
	for (int64 i = 0; i < seen->n; i++)
	{
		if (seen->place[i] != SEG_CF_UNKNOWN)
			is_seen[seen->place[i]] = true;
	}
	request = (SegCfRequest){.n = result_limit(fcinfo, n_argno),
	                         .is_seen = is_seen,
	                         .diversity = params.diversity,
	                         .fallback = params.fallback == SEG_CF_POPULARITY,
	                         .fatigue = params.fatigue,
	                         .most_shown = params.most_shown};
	find_listed(items, &params.fallback_items, &request);
	find_shown(items, &params.shown, &request);
	return request;
}

static void
recommend(FunctionCallInfo fcinfo, Answerer *answerer, const SegCfUser *who,
          const SegCfRequest *request)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegCfSources sources;
	SegScored *items;
	int64 n;

	segment_check(&env,
	              seg_cf_recommend(&env,
	                               answerer->scorer,
	                               who,
	                               request,
	                               &items,
	                               &n,
	                               &sources));
	return_items(fcinfo, answerer, items, n, &sources);
}

/*
 * With implicit feedback, the items seen are a history with weights of 1.
 */
static SegCfUser
stranger(SegEnv *env, SegCfScorer *scorer, const Items *seen)
{
	SegRating *rating = palloc(Max(seen->n, 1) * sizeof(SegRating));
	int64 n = 0;
	SegCfUser who;

	for (int64 i = 0; scorer->model->feedback == SEG_CF_IMPLICIT && i < seen->n;
	     i++)
	{
		if (seen->place[i] != SEG_CF_UNKNOWN)
			rating[n++] = (SegRating){0, (int32) seen->place[i], 1.0};
	}
	segment_check(env, seg_cf_visitor(env, scorer, rating, n, &who));
	return who;
}

/*
 * (model, user, seen, n, options); user, seen and options may be NULL.
 */
Datum
segment_cf_recommend(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Answerer *answerer;
	SegCfScorer *scorer;
	SegCfRequest request;
	Items seen = {0, NULL};
	int64 user = SEG_CF_UNKNOWN;
	SegCfUser who;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(3))
		return (Datum) 0;
	answerer = open_model(fcinfo);
	scorer = answerer->scorer;
	if (!PG_ARGISNULL(1))
		user = id_argument(fcinfo, answerer, 1, &scorer->users);
	if (!PG_ARGISNULL(2))
		seen = items_argument(fcinfo, answerer, 2);
	request = request_arguments(fcinfo, answerer, 3, &seen);
	if (user == SEG_CF_UNKNOWN)
		who = stranger(&env, scorer, &seen);
	else
		segment_check(&env, seg_cf_user(&env, scorer, user, &who));
	recommend(fcinfo, answerer, &who, &request);
	return (Datum) 0;
}

/*
 * (model, items, ratings, n, options); options may be NULL.  Items in the
 * history are left out.
 */
Datum
segment_cf_recommend_history(PG_FUNCTION_ARGS)
{
	Answerer *answerer;
	SegCfRequest request;
	Items items;
	SegCfUser who;

	result_begin(fcinfo);
	for (int i = 0; i < 4; i++)
	{
		if (PG_ARGISNULL(i))
			return (Datum) 0;
	}
	answerer = open_model(fcinfo);
	items = items_argument(fcinfo, answerer, 1);
	who = visitor_arguments(fcinfo, answerer, &items);
	request = request_arguments(fcinfo, answerer, 3, &items);
	recommend(fcinfo, answerer, &who, &request);
	return (Datum) 0;
}

/* ---------- similar items, reasons ---------- */

Datum
segment_cf_similar_items(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Answerer *answerer = open_model(fcinfo);
	int64 item = id_argument(fcinfo, answerer, 1, &answerer->scorer->items);
	int64 n = result_limit(fcinfo, 2);
	SegTop top;

	result_begin(fcinfo);
	if (item == SEG_CF_UNKNOWN)
		return (Datum) 0;
	segment_check(&env, seg_cf_similar(&env, answerer->scorer, item, n, &top));
	return_items(fcinfo, answerer, top.item, top.n, NULL);
	return (Datum) 0;
}

/*
 * (model, user, item [, witness of the type of neighbours])
 */
Datum
segment_cf_neighbours(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Answerer *answerer;
	SegCfScorer *scorer;
	SegCfReasons reasons;
	SegCfUser who;
	int64 item;
	IdType *type;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	answerer = open_model(fcinfo);
	scorer = answerer->scorer;
	segment_check(&env,
	              seg_cf_user(&env,
	                          scorer,
	                          id_argument(fcinfo, answerer, 1, &scorer->users),
	                          &who));
	item = id_argument(fcinfo, answerer, 2, &scorer->items);
	segment_check(&env, seg_cf_reasons(&env, scorer, &who, item, &reasons));
	type = column_type(fcinfo, answerer);
	for (int64 i = 0; i < reasons.n; i++)
	{
		const SegKnnReason *reason = &reasons.reason[i];
		Datum values[4];

		values[0] = id_write(type, reasons.ids, reason->neighbour);
		values[1] = Float8GetDatum(reason->similarity);
		values[2] = Float8GetDatum(reason->rating);
		values[3] = Float8GetDatum(reason->contribution);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}
