/*-------------------------------------------------------------------------
 *
 * kprototypes_score.c
 *	  Distances from one row of numbers and categories to the prototypes of a
 *	  trained model.
 *
 * src/kernel/cluster/kprototypes_score.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kprototypes.h"

#include <math.h>

SegStatus
seg_kprototypes_scorer(SegEnv *env, const SegKPrototypes *model,
                       SegKPrototypesScorer **result)
{
	SegKPrototypesScorer *s;

	SEG_ALLOC(env, s, 1);
	*s = (SegKPrototypesScorer){.k = model->k,
	                            .categories = model->categories,
	                            .gamma = model->gamma,
	                            .labels = {model->label_count,
	                                       NULL,
	                                       model->labels},
	                            .modes = model->modes};
	if (model->dim > 0)
		SEG_TRY(seg_kmeans_scorer(env,
		                          model->centers,
		                          model->feature_weights,
		                          model->k,
		                          model->dim,
		                          &s->numbers));
	if (model->preparation.dim > 0)
		s->preparation = &model->preparation;
	SEG_ALLOC(env, s->places, model->categories);
	*result = s;
	return SEG_OK;
}

/*
 * How many of the row's categories differ from the modes of a prototype.
 */
static int64_t
count_different(const SegKPrototypesScorer *s, int64_t c)
{
	const int64_t *mode = s->modes + c * s->categories;
	int64_t n = 0;

	for (int64_t j = 0; j < s->categories; j++)
		n += s->places[j] != SEG_CATEGORY_MISSING && s->places[j] != mode[j];
	return n;
}

SegStatus
seg_kprototypes_nearest(SegEnv *env, const SegKPrototypesScorer *s,
                        const double *x, int64_t *nearest, double *cost)
{
	const double *square =
		s->numbers != NULL ? seg_kmeans_squares(s->numbers, x) : NULL;

	*nearest = 0;
	*cost = INFINITY;
	for (int64_t c = 0; c < s->k; c++)
	{
		double of_numbers = square != NULL ? square[c] : 0.0;
		double sum = of_numbers + s->gamma * (double) count_different(s, c);

		if (sum < *cost)
		{
			*nearest = c;
			*cost = sum;
		}
	}
	if (isfinite(*cost))
		return SEG_OK;
	return seg_fail(env, SEG_NOT_FINITE, "distance", 0, 0);
}
