/*-------------------------------------------------------------------------
 *
 * trainer_preparation.c
 *	  Rows prepared for a trainer whose model carries its preparation.
 *
 * They are stored once more, so that they are in the canonical order of prepared
 * rows: the model has the same bits as one trained on rows that were prepared by
 * hand. The rows as they came are read from disk if both would not fit into the
 * memory budget.
 *
 * src/pg/trainer_preparation.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"

#include "pg/trainer_pg.h"

static const SegPreparer *preparer_in_use;

void
trainer_use_preparer(const SegPreparer *preparer)
{
	preparer_in_use = preparer;
}

const SegPreparer *
trainer_preparer(void)
{
	return preparer_in_use;
}

/*
 * A store of the rows of a stream, in the current context.
 */
static RowStore *
store_rows(SegEnv *env, SegPreparedRows *prepared, int label_bytes)
{
	SegRows *rows = &prepared->rows;
	RowStore *store = rowstore_create(CurrentMemoryContext,
	                                  rows->dim,
	                                  rows->stride - rows->dim,
	                                  label_bytes);
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			rowstore_append(store, x, x + rows->dim);
		}
	}
	segment_check(env, prepared->status);
	return store;
}

/*
 * The transformation, which depends on the order of the vectors: it is theirs,
 * without anything beside them.
 */
static void
find_transformation(SegEnv *env, const SegPreparationParams *params,
                    SegRows *raw, SegPreparation *preparation)
{
	SegPreparation so_far = *preparation;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext,
	                                              "segment transformation",
	                                              ALLOCSET_DEFAULT_SIZES);
	MemoryContext outside = MemoryContextSwitchTo(context);
	SegPreparedRows prepared;
	SegRows *rows;

	segment_check(env, seg_prepared_rows(env, raw, &so_far, false, &prepared));
	rows = rowstore_open(store_rows(env, &prepared, 0));
	MemoryContextSwitchTo(outside);
	segment_check(env,
	              preparer_in_use->transform(env, rows, params, preparation));
	rowstore_close(rows);
	MemoryContextDelete(context);
}

static void
find_scale(SegEnv *env, const SegPreparationParams *params, SegRows *raw,
           SegPreparation *preparation)
{
	SegPreparation so_far = *preparation;
	SegPreparedRows prepared;
	SegStatus status;

	segment_check(env, seg_prepared_rows(env, raw, &so_far, false, &prepared));
	status = preparer_in_use->scale(env, &prepared.rows, params, preparation);
	/* a stream that ended early is the reason of what came of it */
	segment_check(env, prepared.status);
	segment_check(env, status);
}

SegRows *
trainer_prepare(SegEnv *env, const SegPreparationParams *params,
                RowStore *store, SegPreparation *preparation,
                const TrainerLook *look)
{
	SegPreparedRows prepared;
	RowStore *result;
	SegRows *raw;

	raw = rowstore_open_beside(store);
	trainer_look(env, raw, look);
	segment_check(env, seg_preparation_create(env, raw->dim, preparation));
	if (params->impute > 0)
		segment_check(env,
		              preparer_in_use->impute(env, raw, params, preparation));
	if (params->transform > 0)
		find_transformation(env, params, raw, preparation);
	if (params->scale > 0)
		find_scale(env, params, raw, preparation);
	segment_check(env,
	              seg_prepared_rows(env, raw, preparation, true, &prepared));
	result = store_rows(env, &prepared, rowstore_beside_bytes(store));
	rowstore_close(raw);
	return rowstore_open(result);
}
