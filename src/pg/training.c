/*-------------------------------------------------------------------------
 *
 * training.c
 *	  What the row-collecting aggregates have in common.
 *
 * src/pg/training.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "nodes/primnodes.h"
#include "utils/memutils.h"

#include "pg/options_pg.h"
#include "pg/training.h"

void
training_missing(const FeatureVectorView *view, const char *method)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int at = 0;

	while (!isnan(view->x[at]))
		at++;
	segment_check(&env, seg_fail(&env, SEG_MISSING, method, at + 1, 0));
	pg_unreachable();
}

void
training_bad_weight(double weight)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_fail(&env, SEG_BAD_WEIGHT, "weight", weight, 0));
	pg_unreachable();
}

void
training_bad_dim(int dim, int expected)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_fail(&env, SEG_BAD_DIM, "vectors", dim, expected));
	pg_unreachable();
}

void
training_changed(const char *what)
{
	segment_changed(what, "Use GROUP BY to train one model for each value.");
}

void
training_refuse_null(FunctionCallInfo fcinfo, int argno, const char *what)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("%s must not be null", what));
}

/*
 * Required scalar arguments.
 */
int32
training_int32(FunctionCallInfo fcinfo, int argno, const char *what)
{
	training_refuse_null(fcinfo, argno, what);
	return PG_GETARG_INT32(argno);
}

double
training_float8(FunctionCallInfo fcinfo, int argno, const char *what)
{
	training_refuse_null(fcinfo, argno, what);
	return PG_GETARG_FLOAT8(argno);
}

/*
 * Begin a final function.  It leaves the rows as they are, as a set.
 */
TrainingWork
training_begin(const TrainingRows *training)
{
	TrainingWork work;

	work.context = AllocSetContextCreate(CurrentMemoryContext,
	                                     "segment training",
	                                     ALLOCSET_DEFAULT_SIZES);
	work.outside = MemoryContextSwitchTo(work.context);
	work.env = segment_env(work.context);
	work.rows = rowstore_open(training->store);
	return work;
}

void
training_end(TrainingWork *work)
{
	rowstore_close(work->rows);
	MemoryContextSwitchTo(work->outside);
	MemoryContextDelete(work->context);
}

/*
 * End a final function with a model.
 */
ModelValue *
training_model(TrainingWork *work, const SegMethod *method, const void *value)
{
	ModelValue *model;

	MemoryContextSwitchTo(work->outside);
	model = model_make(method, value);
	training_end(work);
	return model;
}

/*
 * The version that a model says it was made by.
 */
SegText
training_version(void)
{
	return (SegText){SEGMENT_VERSION, (int64_t) strlen(SEGMENT_VERSION)};
}

/* Options as they came, and what they mean. */
typedef struct ParsedOptions
{
	struct ParsedOptions *next;
	Size size; /* of the jsonb; 0: there was none */
	char *jsonb;
	void *params;
} ParsedOptions;

static ParsedOptions *
parse_options(MemoryContext context, const char *jsonb, Size size,
              const SegOption *table, Size params_size)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	ParsedOptions *parsed = palloc0(sizeof(ParsedOptions));

	parsed->params = palloc0(params_size);
	parsed->size = size;
	seg_options_defaults(table, parsed->params);
	if (size > 0)
	{
		parsed->jsonb = palloc(size);
		memcpy(parsed->jsonb, jsonb, size);
		options_from_jsonb(table,
		                   PointerGetDatum(parsed->jsonb),
		                   parsed->params);
	}
	MemoryContextSwitchTo(old);
	return parsed;
}

/* Kept in fn_extra of a transition function. */
typedef struct OptionsCache
{
	ParsedOptions *list;
	bool constant; /* the argument cannot change from row to row */
	void *beside;
} OptionsCache;

/*
 * Is an argument of this aggregate call the same for all rows of the query: a
 * constant, or a parameter that came with the query?
 */
static bool
is_constant(FunctionCallInfo fcinfo, int argno)
{
	Aggref *aggref = AggGetAggref(fcinfo);
	Expr *expr;

	if (argno >= PG_NARGS())
		return true;
	if (aggref == NULL || argno > list_length(aggref->args))
		return false; /* a window function, for one */
	/* argument 0 is the state, which an Aggref does not list */
	expr = list_nth_node(TargetEntry, aggref->args, argno - 1)->expr;
	return IsA(expr, Const) ||
	       (IsA(expr, Param) && ((Param *) expr)->paramkind == PARAM_EXTERN);
}

static const void *
training_look_up(OptionsCache *cache, const char *jsonb, Size size)
{
	for (ParsedOptions *p = cache->list; p != NULL; p = p->next)
	{
		if (p->size == size &&
		    (size == 0 || memcmp(p->jsonb, jsonb, size) == 0))
			return p->params;
	}
	return NULL;
}

static const void *
find_options(FunctionCallInfo fcinfo, int argno, const SegOption *table,
             TrainingOptionsTable table_of, Size size)
{
	OptionsCache *cache = fcinfo->flinfo->fn_extra;
	const char *jsonb = NULL;
	Size jsonb_size = 0;
	const void *params;
	ParsedOptions *parsed;

	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
		                               sizeof(OptionsCache));
		cache->constant = is_constant(fcinfo, argno);
		fcinfo->flinfo->fn_extra = cache;
	}
	if (cache->constant && cache->list != NULL)
		return cache->list->params;

	if (argno < PG_NARGS() && !PG_ARGISNULL(argno))
	{
		/* four-byte header and aligned, as jsonb code wants it */
		jsonb = (const char *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
		jsonb_size = VARSIZE(jsonb);
	}
	params = training_look_up(cache, jsonb, jsonb_size);
	if (params != NULL)
		return params;
	if (table_of != NULL)
		table = table_of(PointerGetDatum(jsonb));
	parsed =
		parse_options(fcinfo->flinfo->fn_mcxt, jsonb, jsonb_size, table, size);
	parsed->next = cache->list;
	cache->list = parsed;
	return parsed->params;
}

/*
 * The parameters that an options argument stands for.  Equal options give the
 * same pointer for as long as the query runs, so that a million groups parse
 * them once, and a state sees by the pointer whether they changed.
 */
const void *
training_options(FunctionCallInfo fcinfo, int argno, const SegOption *table,
                 Size size)
{
	return find_options(fcinfo, argno, table, NULL, size);
}

const void *
training_options_by(FunctionCallInfo fcinfo, int argno,
                    TrainingOptionsTable table_of, Size size)
{
	return find_options(fcinfo, argno, NULL, table_of, size);
}

/*
 * Where a transition function keeps what it wants to know for the rest of the
 * query, besides options: NULL at first.  Ask for the options before.
 */
void **
training_beside(FunctionCallInfo fcinfo)
{
	return &((OptionsCache *) fcinfo->flinfo->fn_extra)->beside;
}
