/*-------------------------------------------------------------------------
 *
 * kmeans_express.c
 *	  A k-means model as an SQL expression: the number of the nearest cluster.
 *
 * SQL has no fused multiply-add, which scoring uses where the processor has it: so a
 * row that is equally far from two centers, to the last digit, may get the other
 * number.
 *
 * src/kernel/cluster/kmeans_express.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans_express.h"

static void
write_gap(SegExpression *e, const SegKMeans *m, int64_t c, int64_t j)
{
	seg_express(e, "((");
	seg_express_element(e, j);
	seg_express(e, " - ");
	seg_express_number(e, m->centers[c * m->dim + j]);
	seg_express(e, ") * ");
	seg_express_number(e, m->feature_weights[j]);
	seg_express(e, ")");
}

static void
write_squares(SegExpression *e, const SegKMeans *m)
{
	for (int64_t c = 0; c < m->k; c++)
	{
		for (int64_t j = 0; j < m->dim; j++)
		{
			seg_express(e, j > 0 ? " + " : c > 0 ? ", " : "");
			write_gap(e, m, c, j);
			seg_express(e, " * ");
			write_gap(e, m, c, j);
		}
	}
}

/*
 * The place of the least square; without a column there is none.
 */
static SegStatus
write_kmeans(SegEnv *env, const void *model, SegExpression *e)
{
	const SegKMeans *m = model;

	SEG_TRY(seg_express_check_sum(env, m->dim));
	SEG_TRY(seg_express_check_sum(env, m->k));
	seg_express(e, "CASE WHEN num_nulls(");
	for (int64_t j = 0; j < m->dim; j++)
	{
		if (j > 0)
			seg_express(e, ", ");
		seg_express_element(e, j);
	}
	seg_express(e, ") = 0 THEN array_position(ARRAY[");
	write_squares(e, m);
	seg_express(e, "], least(");
	write_squares(e, m);
	seg_express(e, ")) END");
	return SEG_OK;
}

const SegExpressible seg_kmeans_expressible = {.write = write_kmeans};
