/*-------------------------------------------------------------------------
 *
 * itemset_fmgr.c
 *	  SQL face of frequent itemsets: the aggregate itemset_train and its reader.
 *
 * src/fmgr/pattern/itemset_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/pattern/itemset.h"
#include "fmgr/pattern/item_results.h"
#include "pg/item_rows.h"
#include "pg/model.h"

TRAINER(itemset_train, seg_itemset_trainer, item_rows);

PG_FUNCTION_INFO_V1(segment_frequent_itemsets);

/* ------ reading: (model [, witness]) ------ */

/*
 * One row for each set: its items, how many baskets have it, and their share.
 */
Datum
segment_frequent_itemsets(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegItemset *model;
	RowWriter writer;
	IdValues *ids_out;
	SegIds ids;
	int64_t *order;
	int32_t *items;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0; /* the witness may be NULL, so we are not strict */
	model = model_open_value(PG_GETARG_MODEL_P(0), &seg_itemset_method);
	ids = seg_itemset_ids(model);
	ids_out = id_values_create(CurrentMemoryContext,
	                           &ids,
	                           item_column_type(fcinfo, 0));
	segment_check(&env, seg_itemset_order(&env, model, &order));
	items = palloc(2 * Max(model->longest, 1) * sizeof(int32_t));
	writer = row_writer_open(fcinfo);
	for (int64 i = 0; i < model->set_count; i++)
	{
		int32 n = seg_itemset_items(model, order[i], items);
		int32 count = model->node_counts[order[i]];

		item_counted_row(&writer, ids_out, items, n, count, model->rows_used);
	}
	row_writer_close(&writer);
	return (Datum) 0;
}
