/*-------------------------------------------------------------------------
 *
 * hierarchical_fmgr.c
 *	  SQL face of hierarchical clustering: the aggregates hierarchical_train and
 *	  hierarchical_gower_train, and their readers.
 *
 * src/fmgr/hierarchy/hierarchical_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/hierarchy/hierarchical.h"
#include "pg/id_type.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

TRAINER(hierarchical_train, seg_hierarchical_trainer, trainer_id_rows);
TRAINER(hierarchical_gower_train, seg_hierarchical_gower_trainer,
        trainer_id_rows);

PG_FUNCTION_INFO_V1(segment_hierarchical_cut);
PG_FUNCTION_INFO_V1(segment_hierarchical_cut_height);
PG_FUNCTION_INFO_V1(segment_hierarchical_merges);

/* How far a hierarchy is followed: the number of merges. */
typedef int64 (*MergesOf)(FunctionCallInfo fcinfo,
                          const SegHierarchical *model);

static int64
merges_to_count(FunctionCallInfo fcinfo, const SegHierarchical *model)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int64_t merges;

	segment_check(&env,
	              seg_hierarchical_merges_to(&env,
	                                         model,
	                                         PG_GETARG_INT64(1),
	                                         &merges));
	return merges;
}

static int64
merges_below_height(FunctionCallInfo fcinfo, const SegHierarchical *model)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int64_t merges;

	segment_check(&env,
	              seg_hierarchical_merges_below(&env,
	                                            model,
	                                            PG_GETARG_FLOAT8(1),
	                                            &merges));
	return merges;
}

/*
 * (model, where to cut [, witness]): one row per id, with its cluster.
 */
static Datum
return_clusters(FunctionCallInfo fcinfo, MergesOf merges_of)
{
	ReturnSetInfo *info = (ReturnSetInfo *) fcinfo->resultinfo;
	const SegHierarchical *model;
	SegEnv env;
	SegIds ids;
	IdType type;
	RowWriter rows;
	int32_t *clusters;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	model = model_open_value(PG_GETARG_MODEL_P(0), &seg_hierarchical_method);
	env = segment_env(CurrentMemoryContext);
	segment_check(&env,
	              seg_hierarchical_cut(&env,
	                                   model,
	                                   merges_of(fcinfo, model),
	                                   &clusters));
	ids = seg_hierarchical_ids(model);
	id_type_init(&type,
	             TupleDescAttr(info->setDesc, 0)->atttypid,
	             CurrentMemoryContext);
	rows = row_writer_open(fcinfo);
	for (int64 i = 0; i < ids.count; i++)
	{
		Datum values[2];

		row_writer_begin(&rows);
		values[0] = id_write(&type, &ids, i);
		values[1] = Int32GetDatum(clusters[i]);
		row_writer_end(&rows, values, NULL);
	}
	row_writer_close(&rows);
	return (Datum) 0;
}

Datum
segment_hierarchical_cut(PG_FUNCTION_ARGS)
{
	return return_clusters(fcinfo, merges_to_count);
}

Datum
segment_hierarchical_cut_height(PG_FUNCTION_ARGS)
{
	return return_clusters(fcinfo, merges_below_height);
}

/*
 * One row per merge: cluster, first, second, height, size. Clusters are numbered
 * from 0, as scipy does.
 */
Datum
segment_hierarchical_merges(PG_FUNCTION_ARGS)
{
	const SegHierarchical *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_hierarchical_method);
	SegEnv env = segment_env(CurrentMemoryContext);
	int32_t *sizes;

	result_begin(fcinfo);
	segment_check(&env, seg_hierarchical_sizes(&env, model, &sizes));
	for (int64 i = 0; i < model->merges; i++)
	{
		Datum values[5];

		values[0] = Int32GetDatum((int32) (model->rows_used + i));
		values[1] = Int32GetDatum(model->first[i]);
		values[2] = Int32GetDatum(model->second[i]);
		values[3] = Float8GetDatum(model->heights[i]);
		values[4] = Int64GetDatum(sizes[i]);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}
