/*-------------------------------------------------------------------------
 *
 * kmeans_align_fmgr.c
 *	  SQL face of kmeans_align.
 *
 * src/fmgr/cluster/kmeans_align_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "kernel/cluster/kmeans.h"
#include "pg/model.h"

PG_FUNCTION_INFO_V1(segment_kmeans_align);

Datum
segment_kmeans_align(PG_FUNCTION_ARGS)
{
	const SegKMeans *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_method);
	const SegKMeans *old =
		model_open_value(PG_GETARG_MODEL_P(1), &seg_kmeans_method);
	SegEnv env = segment_env(CurrentMemoryContext);
	SegKMeans result;

	segment_check(&env, seg_kmeans_align(&env, model, old, &result));
	PG_RETURN_POINTER(model_make(&seg_kmeans_method, &result, NULL));
}
