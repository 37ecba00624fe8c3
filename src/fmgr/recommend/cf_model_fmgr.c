/*-------------------------------------------------------------------------
 *
 * cf_model_fmgr.c
 *	  SQL face of a recommender's contents: cf_users and cf_items.
 *
 * src/fmgr/recommend/cf_model_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "funcapi.h"

#include "kernel/recommend/cf.h"
#include "pg/id_type.h"
#include "pg/model.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_cf_users);
PG_FUNCTION_INFO_V1(segment_cf_items);

/* One side of a model. */
typedef struct Side
{
	SegIds ids;
	const int64 *counts; /* NULL: not returned */
	const double *biases;
	const double *factors;
	int64 dim;
} Side;

static Side
users_of(const SegCf *m)
{
	return (Side){seg_cf_users(m),
	              NULL,
	              m->user_bias_count > 0 ? m->user_biases : NULL,
	              m->factors > 0 ? m->user_factors : NULL,
	              m->factors};
}

static Side
items_of(const SegCf *m)
{
	return (Side){seg_cf_items(m),
	              m->item_counts,
	              m->item_bias_count > 0 ? m->item_biases : NULL,
	              m->factors > 0 ? m->item_factors : NULL,
	              m->factors};
}

/*
 * A row (id [, count], bias, factors); a method may lack the last two.
 */
static void
return_member(RowWriter *rows, IdType *type, const Side *side, int64 i)
{
	bool nulls[4] = {false};
	Datum values[4];
	int at = 0;

	row_writer_begin(rows);
	values[at++] = id_write(type, &side->ids, i);
	if (side->counts != NULL)
		values[at++] = Int64GetDatum(side->counts[i]);
	nulls[at] = side->biases == NULL;
	values[at++] = Float8GetDatum(side->biases != NULL ? side->biases[i] : 0);
	nulls[at] = side->factors == NULL;
	if (side->factors != NULL)
		values[at] =
			result_feature_vector(side->factors + i * side->dim, side->dim);
	row_writer_end(rows, values, nulls);
}

/*
 * (model [, witness])
 */
static Datum
return_side(FunctionCallInfo fcinfo, Side (*side_of)(const SegCf *))
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	RowWriter rows;
	IdType type;
	Side side;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	side = side_of(model_open_value(PG_GETARG_MODEL_P(0), &seg_cf_method));
	id_type_init(&type,
	             TupleDescAttr(info->setDesc, 0)->atttypid,
	             CurrentMemoryContext);
	rows = row_writer_open(fcinfo);
	for (int64 i = 0; i < side.ids.count; i++)
		return_member(&rows, &type, &side, i);
	row_writer_close(&rows);
	return (Datum) 0;
}

Datum
segment_cf_users(PG_FUNCTION_ARGS)
{
	return return_side(fcinfo, users_of);
}

Datum
segment_cf_items(PG_FUNCTION_ARGS)
{
	return return_side(fcinfo, items_of);
}
