/*-------------------------------------------------------------------------
 *
 * feature_vector_subscript_fmgr.c
 *	  Subscripts of feature_vectors: v[1] is a float8, v[2:3] a vector.
 *
 * As with arrays, what lies outside is NULL, and a slice is cut to what exists;
 * since no vector is empty, an empty slice is NULL too.  A vector is written
 * whole: assignment to an element is refused.
 *
 * src/fmgr/vector/feature_vector_subscript_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/execExpr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/subscripting.h"
#include "parser/parse_coerce.h"
#include "parser/parse_expr.h"

#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_feature_vector_subscript);

/*
 * Analyze one subscript, which must be an integer; NULL where a bound of a
 * slice is left out.
 */
static Node *
transform_index(ParseState *pstate, Node *index)
{
	Node *result;

	if (index == NULL)
		return NULL;
	index = transformExpr(pstate, index, pstate->p_expr_kind);
	result = coerce_to_target_type(pstate,
	                               index,
	                               exprType(index),
	                               INT4OID,
	                               -1,
	                               COERCION_ASSIGNMENT,
	                               COERCE_IMPLICIT_CAST,
	                               -1);
	if (result == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("subscript of type feature_vector must be an integer"),
		        parser_errposition(pstate, exprLocation(index)));
	return result;
}

/*
 * Parse analysis of a subscript.
 */
static void
transform_subscript(SubscriptingRef *sbsref, List *indirection,
                    ParseState *pstate, bool isSlice, bool isAssignment)
{
	A_Indices *index = linitial_node(A_Indices, indirection);

	if (isAssignment)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("an element of a feature_vector cannot be assigned to"),
		        errhint("Assign a whole vector, for example one made with "
		                "feature_vector(...) or v[1:2] || ..."));
	if (list_length(indirection) != 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("type feature_vector takes one subscript, not %d",
		               list_length(indirection)));

	sbsref->refupperindexpr = list_make1(transform_index(pstate, index->uidx));
	if (isSlice)
		sbsref->reflowerindexpr =
			list_make1(transform_index(pstate, index->lidx));
	sbsref->refrestype = isSlice ? sbsref->refcontainertype : FLOAT8OID;
	sbsref->reftypmod = -1; /* a slice is shorter than its column */
}

/*
 * A NULL subscript gives NULL.
 */
static bool
check_subscripts(ExprState *state, ExprEvalStep *op, ExprContext *econtext)
{
	SubscriptingRefState *s = op->d.sbsref_subscript.state;

	if ((s->upperprovided[0] && s->upperindexnull[0]) ||
	    (s->numlower > 0 && s->lowerprovided[0] && s->lowerindexnull[0]))
	{
		*op->resnull = true;
		return false;
	}
	return true;
}

static void
fetch_element(ExprState *state, ExprEvalStep *op, ExprContext *econtext)
{
	SubscriptingRefState *s = op->d.sbsref.state;
	int32 at = DatumGetInt32(s->upperindex[0]);
	FeatureVectorView v;

	feature_vector_view(*op->resvalue, &v);
	*op->resnull = at < 1 || at > v.dim || isnan(v.x[at - 1]);
	*op->resvalue = *op->resnull ? (Datum) 0 : Float8GetDatum(v.x[at - 1]);
}

static void
fetch_slice(ExprState *state, ExprEvalStep *op, ExprContext *econtext)
{
	SubscriptingRefState *s = op->d.sbsref.state;
	FeatureVectorView v;
	FeatureVector *slice;
	int first = 1, last;

	feature_vector_view(*op->resvalue, &v);
	last = v.dim;
	if (s->lowerprovided[0])
		first = Max(first, DatumGetInt32(s->lowerindex[0]));
	if (s->upperprovided[0])
		last = Min(last, DatumGetInt32(s->upperindex[0]));
	*op->resnull = first > last;
	if (*op->resnull)
		return;

	slice = feature_vector_make(last - first + 1);
	for (int i = 0; i < slice->dim; i++)
	{
		slice->x[i] = v.x[first - 1 + i];
		if (isnan(slice->x[i]))
			slice->flags |= FEATURE_VECTOR_HAS_MISSING;
	}
	*op->resvalue = PointerGetDatum(slice);
}

static void
exec_setup(const SubscriptingRef *sbsref, SubscriptingRefState *sbsrefstate,
           SubscriptExecSteps *methods)
{
	methods->sbs_check_subscripts = check_subscripts;
	methods->sbs_fetch =
		sbsref->reflowerindexpr != NIL ? fetch_slice : fetch_element;
	methods->sbs_assign = NULL;
	methods->sbs_fetch_old = NULL;
}

Datum
segment_feature_vector_subscript(PG_FUNCTION_ARGS)
{
	static const SubscriptRoutines routines = {
		.transform = transform_subscript,
		.exec_setup = exec_setup,
		.fetch_strict = true,     /* NULL in, NULL out */
		.fetch_leakproof = true,  /* it throws no errors */
		.store_leakproof = false, /* it always does */
	};

	PG_RETURN_POINTER(&routines);
}
