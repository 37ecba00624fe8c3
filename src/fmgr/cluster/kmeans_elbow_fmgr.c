/*-------------------------------------------------------------------------
 *
 * kmeans_elbow_fmgr.c
 *	  SQL face of the aggregate kmeans_elbow and its reader.
 *
 * src/fmgr/cluster/kmeans_elbow_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/cluster/kmeans_elbow.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

TRAINER(kmeans_elbow, seg_kmeans_elbow_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_kmeans_elbow_points);

/*
 * One row for each k: k, inertia, simplified_silhouette, calinski_harabasz,
 * davies_bouldin.
 */
Datum
segment_kmeans_elbow_points(PG_FUNCTION_ARGS)
{
	const SegKMeansElbow *elbow =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kmeans_elbow_method);

	result_begin(fcinfo);
	for (int64 i = 0; i < elbow->points; i++)
	{
		double score[3] = {elbow->simplified_silhouettes[i],
		                   elbow->calinski_harabasz[i],
		                   elbow->davies_bouldin[i]};
		Datum values[5];
		bool nulls[5] = {false};

		values[0] = Int32GetDatum((int32) (elbow->k_min + i));
		values[1] = Float8GetDatum(elbow->inertias[i]);
		for (int s = 0; s < 3; s++)
		{
			values[2 + s] = Float8GetDatum(score[s]);
			nulls[2 + s] = score[s] == SEG_NO_SCORE;
		}
		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
