/*-------------------------------------------------------------------------
 *
 * hierarchical_cut.c
 *	  Clusters from a hierarchy: what its first merges make.
 *
 * src/kernel/hierarchy/hierarchical_cut.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/hierarchical.h"

SegStatus
seg_hierarchical_merges_to(SegEnv *env, const SegHierarchical *model, int64_t k,
                           int64_t *merges)
{
	if (k < 1 || k > model->rows_used)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "number of clusters",
		                      (double) k,
		                      1,
		                      (double) model->rows_used);
	*merges = model->rows_used - k;
	return SEG_OK;
}

SegStatus
seg_hierarchical_merges_below(SegEnv *env, const SegHierarchical *model,
                              double height, int64_t *merges)
{
	int64_t low = 0;
	int64_t high = model->merges;

	if (!(height >= 0.0 && height <= DBL_MAX))
		return seg_fail(env, SEG_ARGUMENT_BELOW, "height", height, 0);
	while (low < high)
	{
		int64_t middle = (low + high) / 2;

		if (model->heights[middle] <= height)
			low = middle + 1;
		else
			high = middle;
	}
	*merges = low;
	return SEG_OK;
}

/*
 * The top of each row's cluster, found from the last merge down: a part has the
 * top of the whole.
 */
static SegStatus
find_tops(SegEnv *env, const SegHierarchical *model, int64_t merges,
          int32_t **result)
{
	int64_t n = model->rows_used;
	int32_t *top;

	SEG_ALLOC(env, top, n + merges);
	for (int64_t i = 0; i < n + merges; i++)
		top[i] = (int32_t) i;
	for (int64_t i = merges - 1; i >= 0; i--)
		top[model->first[i]] = top[model->second[i]] = top[n + i];
	*result = top;
	return SEG_OK;
}

SegStatus
seg_hierarchical_cut(SegEnv *env, const SegHierarchical *model, int64_t merges,
                     int32_t **clusters)
{
	int64_t n = model->rows_used;
	int32_t *top;
	int32_t *number; /* of the cluster with that top; 0: none yet */
	int32_t *result;
	int32_t k = 0;

	SEG_TRY(find_tops(env, model, merges, &top));
	SEG_ALLOC(env, number, n + merges);
	SEG_ALLOC(env, result, n);
	for (int64_t i = 0; i < n; i++)
	{
		if (number[top[i]] == 0)
			number[top[i]] = ++k;
		result[i] = number[top[i]];
	}
	*clusters = result;
	return SEG_OK;
}

static int32_t
cluster_size(const SegHierarchical *model, const int32_t *sizes,
             int32_t cluster)
{
	return cluster < model->rows_used ? 1 : sizes[cluster - model->rows_used];
}

SegStatus
seg_hierarchical_sizes(SegEnv *env, const SegHierarchical *model,
                       int32_t **sizes)
{
	int32_t *result;

	SEG_ALLOC(env, result, model->merges);
	for (int64_t i = 0; i < model->merges; i++)
		result[i] = cluster_size(model, result, model->first[i]) +
		            cluster_size(model, result, model->second[i]);
	*sizes = result;
	return SEG_OK;
}
