/*-------------------------------------------------------------------------
 *
 * feature_relevance_fmgr.c
 *	  SQL face of the aggregate feature_relevance.
 *
 * Rows are collected with the label after the vector: a number, or 53 bits of the
 * hash of a class.
 *
 * src/fmgr/prepare/feature_relevance_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "base/hash.h"
#include "kernel/prepare/feature_relevance.h"
#include "pg/label.h"
#include "pg/results.h"
#include "pg/row_work.h"

PG_FUNCTION_INFO_V1(segment_feature_relevance_final);
PG_FUNCTION_INFO_V1(segment_feature_relevance_class_final);

static inline Datum
add_relevance_row(FunctionCallInfo fcinfo, double label, VectorArgument type)
{
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	FeatureVectorView view;

	argument_view(PG_GETARG_DATUM(2), type, &view);
	if (state == NULL)
		state = rowstore_create(segment_agg_context(fcinfo), view.dim, 1, 0);
	row_work_add(state, &view, &label);
	PG_RETURN_POINTER(state);
}

/*
 * Transition: (state, label float8, vector)
 */
static inline Datum
number_trans(FunctionCallInfo fcinfo, VectorArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	segment_check(&env, seg_check_finite(&env, "label", PG_GETARG_FLOAT8(1)));
	return add_relevance_row(fcinfo, PG_GETARG_FLOAT8(1) + 0.0, type);
}

/*
 * Transition: (state, label, vector)
 */
static inline Datum
class_trans(FunctionCallInfo fcinfo, LabelArgument label_type,
            VectorArgument type)
{
	LabelView label;

	if (PG_ARGISNULL(2) || !label_argument(fcinfo, 1, label_type, &label))
		RETURN_STATE_UNCHANGED();
	return add_relevance_row(fcinfo,
	                         (double) (seg_hash(label.text.bytes,
	                                            (size_t) label.text.length,
	                                            0) >>
	                                   11),
	                         type);
}

#define RELEVANCE_TRANSITION(name, call) \
	PG_FUNCTION_INFO_V1(segment_feature_relevance_##name##_trans); \
	Datum segment_feature_relevance_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return call; \
	} \
	extern int no_such_variable

RELEVANCE_TRANSITION(number, number_trans(fcinfo, VECTOR_IS_FEATURE_VECTOR));
RELEVANCE_TRANSITION(number_array, number_trans(fcinfo, VECTOR_IS_ARRAY));
RELEVANCE_TRANSITION(boolean, class_trans(fcinfo, LABEL_IS_BOOLEAN,
                                          VECTOR_IS_FEATURE_VECTOR));
RELEVANCE_TRANSITION(boolean_array,
                     class_trans(fcinfo, LABEL_IS_BOOLEAN, VECTOR_IS_ARRAY));
RELEVANCE_TRANSITION(text, class_trans(fcinfo, LABEL_IS_TEXT,
                                       VECTOR_IS_FEATURE_VECTOR));
RELEVANCE_TRANSITION(text_array,
                     class_trans(fcinfo, LABEL_IS_TEXT, VECTOR_IS_ARRAY));

/*
 * Final: an array with a row for each element.
 */
static Datum
finish_relevance(FunctionCallInfo fcinfo, bool is_class)
{
	static const Oid types[] = {INT4OID, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	RowStore *state = SEGMENT_ARG_STATE(0, RowStore);
	RowWork work;
	RowArray array;
	SegRelevance *relevance;
	int dim;

	if (state == NULL)
		PG_RETURN_NULL(); /* no row was seen */
	dim = rowstore_dim(state);
	relevance = palloc(dim * sizeof(SegRelevance));
	work = row_work_begin(state);
	segment_check(&work.env,
	              seg_feature_relevance(&work.env,
	                                    work.rows,
	                                    is_class,
	                                    relevance));
	row_work_end(&work);
	array = row_array_begin(fcinfo, types, lengthof(types), dim);
	for (int j = 0; j < dim; j++)
	{
		const SegRelevance *r = &relevance[j];
		Datum values[4] = {Int32GetDatum(j + 1),
		                   Float8GetDatum(r->mutual_information),
		                   Float8GetDatum(r->f_statistic),
		                   Float8GetDatum(r->p_value)};
		bool nulls[4] = {false,
		                 isnan(r->mutual_information),
		                 isnan(r->f_statistic),
		                 isnan(r->p_value)};

		row_array_add(&array, values, nulls);
	}
	return row_array_end(&array);
}

Datum
segment_feature_relevance_final(PG_FUNCTION_ARGS)
{
	return finish_relevance(fcinfo, false);
}

Datum
segment_feature_relevance_class_final(PG_FUNCTION_ARGS)
{
	return finish_relevance(fcinfo, true);
}
