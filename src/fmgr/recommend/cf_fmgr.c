/*-------------------------------------------------------------------------
 *
 * cf_fmgr.c
 *	  SQL face of training recommenders: the aggregate cf_train.
 *
 * src/fmgr/recommend/cf_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/jsonb.h"
#include "utils/memutils.h"

#include "kernel/recommend/cf.h"
#include "pg/options_pg.h"
#include "fmgr/recommend/rating_store.h"
#include "pg/training.h"

PG_FUNCTION_INFO_V1(segment_cf_train_trans);
PG_FUNCTION_INFO_V1(segment_cf_train_final);

/* ---------- options ---------- */

/* What options stand for, and how ids are read; one for a query. */
typedef struct Call
{
	SegCfParams params;
	bool is_ready;
	IdReader user;
	IdReader item;
} Call;

/*
 * Refuse options that only other methods have.
 */
static void
check_keys(SegCfMethod method, Jsonb *json)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	JsonbIterator *it = JsonbIteratorInit(&json->root);
	JsonbIteratorToken token;
	JsonbValue v;

	while ((token = JsonbIteratorNext(&it, &v, true)) != WJB_DONE)
	{
		char *key;

		if (token != WJB_KEY)
			continue;
		key = pnstrdup(v.val.string.val, v.val.string.len);
		if (seg_cf_option_is_foreign(method, key))
			segment_check(&env,
			              seg_fail_name(&env,
			                            SEG_OPTION_UNUSED,
			                            key,
			                            seg_cf_method_words[method]));
	}
}

static const SegOption *
table_of(Datum jsonb)
{
	SegCfMethod method = SEG_CF_DEFAULT;

	if (DatumGetPointer(jsonb) != NULL)
	{
		method = (SegCfMethod) options_word(seg_cf_method_option, jsonb);
		if (JB_ROOT_IS_OBJECT(DatumGetJsonbP(jsonb)))
			check_keys(method, DatumGetJsonbP(jsonb));
	}
	return seg_cf_options(method);
}

static Call *
call_of(FunctionCallInfo fcinfo)
{
	Call *call =
		(Call *) training_options_by(fcinfo, 4, table_of, sizeof(Call));
	FmgrInfo *flinfo = fcinfo->flinfo;
	SegEnv env = segment_env(CurrentMemoryContext);

	if (likely(call->is_ready))
		return call;
	segment_check(&env, seg_cf_settle(&env, &call->params));
	id_reader_init(&call->user,
	               get_fn_expr_argtype(flinfo, 1),
	               flinfo->fn_mcxt);
	id_reader_init(&call->item,
	               get_fn_expr_argtype(flinfo, 2),
	               flinfo->fn_mcxt);
	call->is_ready = true;
	return call;
}

/* ---------- training: (state, user, item, rating [, options]) ---------- */

typedef struct CfState
{
	RatingStore *store; /* from the first row that counts */
	Call *call;
	int64 skipped;
} CfState;

/*
 * The rating of a row that counts.  What was done no time at all was not done.
 */
static bool
rating_argument(FunctionCallInfo fcinfo, const SegCfParams *params,
                double *rating)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool implicit = params->feedback == SEG_CF_IMPLICIT;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return false;
	*rating = PG_GETARG_FLOAT8(3) + 0.0;
	segment_check(&env, seg_cf_check_rating(&env, implicit, *rating));
	return !implicit || *rating > 0.0;
}

static CfState *
cf_create_state(FunctionCallInfo fcinfo, Call *call)
{
	CfState *state =
		MemoryContextAllocZero(segment_agg_context(fcinfo), sizeof(CfState));

	state->call = call;
	return state;
}

Datum
segment_cf_train_trans(PG_FUNCTION_ARGS)
{
	CfState *state = SEGMENT_ARG_STATE(0, CfState);
	Call *call = call_of(fcinfo);
	double rating;
	SegId user;
	SegId item;

	if (state == NULL)
		state = cf_create_state(fcinfo, call);
	else if (state->call != call)
		training_changed("options");
	if (!rating_argument(fcinfo, &call->params, &rating))
	{
		state->skipped++;
		PG_RETURN_POINTER(state);
	}
	if (state->store == NULL)
		state->store = rating_store_create(segment_agg_context(fcinfo),
		                                   &call->user,
		                                   &call->item);
	user = id_read(&call->user, PG_GETARG_DATUM(1));
	item = id_read(&call->item, PG_GETARG_DATUM(2));
	rating_store_add(state->store, &user, &item, rating);
	PG_RETURN_POINTER(state);
}

/*
 * Ids as the model has them: numbers or names.
 */
static void
take_ids(const SegIds *users, const SegIds *items, SegCf *model)
{
	model->user_number_count = users->numbers != NULL ? users->count : 0;
	model->user_name_count = users->numbers != NULL ? 0 : users->count;
	model->item_number_count = items->numbers != NULL ? items->count : 0;
	model->item_name_count = items->numbers != NULL ? 0 : items->count;
	model->user_numbers = users->numbers;
	model->user_names = users->names;
	model->item_numbers = items->numbers;
	model->item_names = items->names;
}

static void
warn_if_equal(const SegRatings *ratings, const SegCf *model)
{
	if (!seg_cf_is_pointless(ratings, model))
		return;
	ereport(WARNING,
	        errmsg("all ratings are equal"),
	        errdetail("There is nothing to learn from them."),
	        errhint("For purchases or visits, use the method \"ease\" or "
	                "\"als_implicit\", or neighbours with the option "
	                "\"feedback\" set to \"implicit\"."));
}

/*
 * Train, in memory that goes with the environment.
 */
static void
train(SegEnv *env, const CfState *state, SegCf *model)
{
	const SegCfParams *params = &state->call->params;
	RatingView view = rating_store_view(env, state->store);
	SegRatings ratings;
	size_t size;

	rating_store_check_fit(seg_cf_memory(params,
	                                     view.blocks.n,
	                                     view.users.count,
	                                     view.items.count));
	take_ids(&view.users, &view.items, model);
	model->rows_skipped = state->skipped;
	model->options = options_to_text(seg_cf_options(params->method), params);
	model->version = training_version();
	segment_check(env, seg_cf_plan(env, &view.blocks, params, &ratings, model));
	warn_if_equal(&ratings, model);
	/* roughly first: what is far too large has no exact size */
	model_check_size((size_t) seg_cf_size(model), RATING_WAY_OUT);
	segment_check(env, seg_image_size(env, &seg_cf_method, model, &size));
	model_check_size(size, RATING_WAY_OUT);
	segment_check(env, seg_cf_train(env, &ratings, params, model));
}

Datum
segment_cf_train_final(PG_FUNCTION_ARGS)
{
	CfState *state = SEGMENT_ARG_STATE(0, CfState);
	MemoryContext outside = CurrentMemoryContext;
	MemoryContext context;
	SegEnv env;
	SegCf model = {0};
	ModelValue *value;

	if (state == NULL || state->store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	context = AllocSetContextCreate(outside,
	                                "segment training",
	                                ALLOCSET_DEFAULT_SIZES);
	env = segment_env(context);
	MemoryContextSwitchTo(context);
	train(&env, state, &model);
	MemoryContextSwitchTo(outside);
	value = model_make(&seg_cf_method, &model);
	MemoryContextDelete(context);
	PG_RETURN_POINTER(value);
}
