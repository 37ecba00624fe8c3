/*-------------------------------------------------------------------------
 *
 * training.h
 *	  What the row-collecting aggregates have in common: which rows count, and
 *	  options that are parsed once a query.
 *
 * src/pg/training.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_TRAINING_H
#define SEGMENT_PG_TRAINING_H

#include "base/options.h"
#include "pg/rowstore.h"

/* How an argument holds a vector: a C symbol serves one SQL signature. */
typedef enum VectorArgument
{
	VECTOR_IS_FEATURE_VECTOR,
	VECTOR_IS_ARRAY
} VectorArgument;

/*
 * Rows of a group; begins every row-collecting state.  There is a state from
 * the first row on, even if that one is skipped, and a store from the first row
 * that counts.
 */
typedef struct TrainingRows
{
	RowStore *store;
	int64 skipped; /* rows with NULL, or of no weight */
} TrainingRows;

extern void
training_view(Datum datum, VectorArgument type, FeatureVectorView *view);
extern bool
training_argument(FunctionCallInfo fcinfo, int argno, VectorArgument type,
                  const char *method, FeatureVectorView *view);
extern bool training_weight(FunctionCallInfo fcinfo, int argno, double *weight);
extern void training_append(TrainingRows *rows, const FeatureVectorView *view,
                            const double *extra);
extern const void *training_options(FunctionCallInfo fcinfo, int argno,
                                    const SegOption *table, Size size);
extern int32
training_int32(FunctionCallInfo fcinfo, int argno, const char *what);
pg_noreturn extern void training_changed(const char *what);

#endif /* SEGMENT_PG_TRAINING_H */
