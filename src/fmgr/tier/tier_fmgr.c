/*-------------------------------------------------------------------------
 *
 * tier_fmgr.c
 *	  SQL face of tiers between given edges: tier and tier_next.
 *
 * Edges and labels are nearly always the same for all rows, so they are checked
 * and unpacked once, and again only when their bytes differ from those of the
 * previous row.
 *
 * src/fmgr/tier/tier_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "kernel/tier/tier.h"
#include "pg/arguments.h"

PG_FUNCTION_INFO_V1(segment_tier);
PG_FUNCTION_INFO_V1(segment_tier_numeric);
PG_FUNCTION_INFO_V1(segment_tier_next);
PG_FUNCTION_INFO_V1(segment_tier_next_numeric);

/* Arguments as they came, and what they mean. */
typedef struct TierEdges
{
	MemoryContext context; /* of everything below; NULL: nothing yet */
	struct varlena *edges_seen;
	struct varlena *labels_seen; /* NULL: there are none */
	int n;
	double *reals;
	Datum *numerics;
	Datum *labels; /* n + 1 */
} TierEdges;

pg_noreturn static void
bad_edges(const char *message)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("%s", message));
}

static Datum *
elements_of(struct varlena *datum, Oid type, const char *what, int *n)
{
	ArrayType *array = DatumGetArrayTypeP(PointerGetDatum(datum));
	int16 length;
	bool by_value;
	char align;
	Datum *elements;
	bool *nulls;

	if (ARR_NDIM(array) > 1)
		bad_edges(psprintf("%s must be an array of one dimension", what));
	get_typlenbyvalalign(type, &length, &by_value, &align);
	deconstruct_array(array, type, length, by_value, align, &elements, &nulls, n);
	for (int i = 0; i < *n; i++)
	{
		if (nulls[i])
			bad_edges(psprintf("%s must not contain nulls", what));
	}
	return elements;
}

pg_noreturn static void
not_ascending(int i, const char *before, const char *at)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("edges must be in strictly ascending order"),
	        errdetail("Edge %d is %s, edge %d is %s.", i, before, i + 1, at));
}

static void
check_real_edges(TierEdges *edges, const Datum *elements)
{
	edges->reals = palloc(edges->n * sizeof(double));
	for (int i = 0; i < edges->n; i++)
	{
		edges->reals[i] = DatumGetFloat8(elements[i]);
		if (!isfinite(edges->reals[i]))
			bad_edges("edges must be finite");
		if (i > 0 && edges->reals[i] <= edges->reals[i - 1])
			not_ascending(i,
			              segment_number_text(edges->reals[i - 1]),
			              segment_number_text(edges->reals[i]));
	}
}

static inline bool
numeric_is_above(Datum a, Datum b)
{
	return DatumGetBool(DirectFunctionCall2(numeric_gt, a, b));
}

static char *
numeric_text(Datum number)
{
	return DatumGetCString(DirectFunctionCall1(numeric_out, number));
}

static void
check_numeric_edges(TierEdges *edges, Datum *elements)
{
	edges->numerics = elements;
	for (int i = 0; i < edges->n; i++)
	{
		Numeric edge = DatumGetNumeric(elements[i]);

		if (numeric_is_nan(edge) || numeric_is_inf(edge))
			bad_edges("edges must be finite");
		if (i > 0 && !numeric_is_above(elements[i], elements[i - 1]))
			not_ascending(i,
			              numeric_text(elements[i - 1]),
			              numeric_text(elements[i]));
	}
}

static struct varlena *
copy_of(const struct varlena *datum)
{
	struct varlena *copy = palloc(VARSIZE_ANY(datum));

	memcpy(copy, datum, VARSIZE_ANY(datum));
	return copy;
}

static void
read_labels(TierEdges *edges, struct varlena *labels)
{
	int n;

	edges->labels_seen = copy_of(labels);
	edges->labels = elements_of(edges->labels_seen, TEXTOID, "labels", &n);
	if (n != edges->n + 1)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("number of labels does not fit the edges"),
		        errdetail("There must be one label more than edges: %d, not %d.",
		                  edges->n + 1,
		                  n));
}

/*
 * Check and unpack.  After an error, the next call empties the context.
 */
static void
read_edges(TierEdges *edges, Oid type, struct varlena *array,
           struct varlena *labels)
{
	MemoryContext old = MemoryContextSwitchTo(edges->context);
	struct varlena *copy = copy_of(array);
	Datum *elements = elements_of(copy, type, "edges", &edges->n);

	if (edges->n == 0)
		bad_edges("edges must not be empty");
	if (type == FLOAT8OID)
		check_real_edges(edges, elements);
	else
		check_numeric_edges(edges, elements);
	if (labels != NULL)
		read_labels(edges, labels);
	edges->edges_seen = copy;
	MemoryContextSwitchTo(old);
}

static inline bool
is_seen(const struct varlena *seen, const struct varlena *datum)
{
	return seen != NULL && VARSIZE_ANY(seen) == VARSIZE_ANY(datum) &&
	       memcmp(seen, datum, VARSIZE_ANY(seen)) == 0;
}

/*
 * The edges, and the labels if labels_arg is not negative, of this call.
 */
static const TierEdges *
open_edges(FunctionCallInfo fcinfo, Oid type, int edges_arg, int labels_arg)
{
	TierEdges *edges = fcinfo->flinfo->fn_extra;
	struct varlena *array = PG_GETARG_VARLENA_PP(edges_arg);
	struct varlena *labels =
		labels_arg < 0 ? NULL : PG_GETARG_VARLENA_PP(labels_arg);
	MemoryContext context;

	if (edges == NULL)
	{
		edges =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(TierEdges));
		edges->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
		                                       "segment tier edges",
		                                       ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = edges;
	}
	if (likely(is_seen(edges->edges_seen, array) &&
	           (labels == NULL || is_seen(edges->labels_seen, labels))))
		return edges;
	context = edges->context;
	MemoryContextReset(context);
	*edges = (TierEdges){.context = context};
	read_edges(edges, type, array, labels);
	return edges;
}

static void
refuse_nan(bool is_nan, const char *what)
{
	if (unlikely(is_nan))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("%s is not a number", what));
}

/* ---------- tier(score, edges [, labels]) ---------- */

static Datum
tier_result(FunctionCallInfo fcinfo, const TierEdges *edges, int64 tier)
{
	if (PG_NARGS() == 2)
		PG_RETURN_INT32(tier + 1);
	PG_RETURN_TEXT_P(DatumGetTextPCopy(edges->labels[tier]));
}

Datum
segment_tier(PG_FUNCTION_ARGS)
{
	double score = PG_GETARG_FLOAT8(0);
	const TierEdges *edges =
		open_edges(fcinfo, FLOAT8OID, 1, PG_NARGS() > 2 ? 2 : -1);

	refuse_nan(isnan(score), "score");
	return tier_result(fcinfo,
	                   edges,
	                   seg_tier_of(edges->reals, edges->n, score));
}

static int
numeric_tier_of(const TierEdges *edges, Datum score)
{
	int low = 0;
	int high = edges->n;

	while (low < high)
	{
		int mid = (low + high) / 2;

		if (numeric_is_above(score, edges->numerics[mid]))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

Datum
segment_tier_numeric(PG_FUNCTION_ARGS)
{
	Numeric score = PG_GETARG_NUMERIC(0);
	const TierEdges *edges =
		open_edges(fcinfo, NUMERICOID, 1, PG_NARGS() > 2 ? 2 : -1);

	refuse_nan(numeric_is_nan(score), "score");
	return tier_result(fcinfo,
	                   edges,
	                   numeric_tier_of(edges, NumericGetDatum(score)));
}

/* ---------- tier_next(edges, previous_tier, score, margin) ---------- */

/*
 * The previous tier, counted from 0; -1 if there was none.
 */
static int
previous_tier(FunctionCallInfo fcinfo, int n)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 previous;

	if (PG_ARGISNULL(1))
		return -1;
	previous = argument_int32(fcinfo, 1, "previous tier");
	segment_check(&env, seg_tier_check_previous(&env, n, previous));
	return previous - 1;
}

static void
check_margin(double margin)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env, seg_tier_check_margin(&env, margin));
}

/*
 * Only the previous tier may be NULL.
 */
static inline bool
is_unknown(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3);
}

Datum
segment_tier_next(PG_FUNCTION_ARGS)
{
	const TierEdges *edges;
	double score, margin;
	int previous;

	if (is_unknown(fcinfo))
		PG_RETURN_NULL();
	edges = open_edges(fcinfo, FLOAT8OID, 0, -1);
	score = PG_GETARG_FLOAT8(2);
	margin = PG_GETARG_FLOAT8(3);
	previous = previous_tier(fcinfo, edges->n);
	refuse_nan(isnan(score), "score");
	check_margin(margin);
	if (previous < 0)
		PG_RETURN_INT32(1 + seg_tier_of(edges->reals, edges->n, score));
	PG_RETURN_INT32(
		1 + seg_tier_next(edges->reals, edges->n, previous, score, margin));
}

/*
 * The kernel's rule in decimal arithmetic.
 */
static int
numeric_tier_next(const TierEdges *edges, int previous, Datum score,
                  Datum margin)
{
	int tier = previous;

	while (tier < edges->n &&
	       numeric_is_above(score,
	                        DirectFunctionCall2(numeric_add,
	                                            edges->numerics[tier],
	                                            margin)))
		tier++;
	if (tier > previous)
		return tier;
	while (tier > 0 &&
	       !numeric_is_above(score,
	                         DirectFunctionCall2(numeric_sub,
	                                             edges->numerics[tier - 1],
	                                             margin)))
		tier--;
	return tier;
}

Datum
segment_tier_next_numeric(PG_FUNCTION_ARGS)
{
	const TierEdges *edges;
	Datum score, margin;
	int previous;

	if (is_unknown(fcinfo))
		PG_RETURN_NULL();
	edges = open_edges(fcinfo, NUMERICOID, 0, -1);
	score = NumericGetDatum(PG_GETARG_NUMERIC(2));
	margin = NumericGetDatum(PG_GETARG_NUMERIC(3));
	previous = previous_tier(fcinfo, edges->n);
	refuse_nan(numeric_is_nan(DatumGetNumeric(score)), "score");
	check_margin(DatumGetFloat8(
		DirectFunctionCall1(numeric_float8_no_overflow, margin)));
	if (previous < 0)
		PG_RETURN_INT32(1 + numeric_tier_of(edges, score));
	PG_RETURN_INT32(1 + numeric_tier_next(edges, previous, score, margin));
}
