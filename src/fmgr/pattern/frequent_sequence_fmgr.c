/*-------------------------------------------------------------------------
 *
 * frequent_sequence_fmgr.c
 *	  SQL face of frequent sequences: the aggregate frequent_sequence_train, its
 *	  reader, and what usually comes next.
 *
 * src/fmgr/pattern/frequent_sequence_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/pattern/frequent_sequence.h"
#include "fmgr/pattern/item_results.h"
#include "pg/item_rows.h"
#include "pg/model.h"

TRAINER(frequent_sequence_train, seg_frequent_sequence_trainer, item_rows);

PG_FUNCTION_INFO_V1(segment_frequent_sequences);
PG_FUNCTION_INFO_V1(segment_frequent_sequence_recommend);

/* ------ reading: (model [, witness]) ------ */

/*
 * One row for each sequence: its items, how many paths have it, and their share.
 */
Datum
segment_frequent_sequences(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegFrequentSequence *model;
	SegItemTree tree;
	RowWriter writer;
	IdValues *ids_out;
	SegIds ids;
	int64_t *order;
	int32_t *items;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0; /* the witness may be NULL, so we are not strict */
	model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_frequent_sequence_method);
	tree = seg_frequent_sequence_tree(model);
	ids = seg_frequent_sequence_ids(model);
	ids_out = id_values_create(CurrentMemoryContext,
	                           &ids,
	                           item_column_type(fcinfo, 0));
	segment_check(&env, seg_frequent_sequence_order(&env, model, &order));
	items = palloc(Max(model->longest, 1) * sizeof(int32_t));
	writer = row_writer_open(fcinfo);
	for (int64 i = 0; i < model->sequence_count; i++)
	{
		int32 n = seg_item_tree_way(&tree, order[i], items);
		int32 count = tree.counts[order[i]];

		item_counted_row(&writer, ids_out, items, n, count, model->rows_used);
	}
	row_writer_close(&writer);
	return (Datum) 0;
}

/* ------ what comes next: (model, path, n) ------ */

typedef struct Scorer
{
	ItemQuery query;
	SegNextItems *next;
} Scorer;

static void *
frequent_sequence_prepare_scorer(const SegEnv *env, const void *value)
{
	SegEnv kept = *env;
	Scorer *scorer = palloc(sizeof(Scorer));
	SegIds ids = seg_frequent_sequence_ids(value);

	item_query_init(&scorer->query, (MemoryContext) env->host, &ids);
	segment_check(&kept, seg_next_items_make(&kept, value, &scorer->next));
	return scorer;
}

/*
 * The end of the path after which an item was found, as it is in the array.
 */
static Datum
end_of_path(IdValues *ids, const int32_t *path, int32 n, int32 length)
{
	int32_t *end = palloc(Max(length, 1) * sizeof(int32_t));

	for (int32 i = n - 1, at = length; at > 0; i--)
	{
		if (path[i] >= 0)
			end[--at] = path[i];
	}
	return id_values_array(ids, end, length);
}

Datum
segment_frequent_sequence_recommend(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Scorer *scorer = (Scorer *) model_open(fcinfo,
	                                       0,
	                                       &seg_frequent_sequence_method,
	                                       frequent_sequence_prepare_scorer);
	int32 limit = result_limit(fcinfo, 2);
	int32 n = item_query_read(&scorer->query, fcinfo, 1);
	const SegNextItem *items;
	IdValues *ids;
	int64_t found;

	segment_check(&env,
	              seg_next_items_find(&env,
	                                  scorer->next,
	                                  scorer->query.items,
	                                  n,
	                                  limit,
	                                  &items,
	                                  &found));
	result_begin(fcinfo);
	ids = item_query_values(&scorer->query, fcinfo, 2);
	for (int64 i = 0; i < found; i++)
	{
		Datum values[4];

		values[0] = id_value(ids, items[i].item);
		values[1] = Float8GetDatum(items[i].score);
		values[2] = end_of_path(ids, scorer->query.items, n, items[i].length);
		values[3] = Int32GetDatum((int32) i + 1);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}
