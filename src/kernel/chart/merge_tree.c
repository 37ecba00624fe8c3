/*-------------------------------------------------------------------------
 *
 * merge_tree.c
 *	  The last merges of a hierarchical clustering, with a place for each.
 *
 * The order of leaves is that of scipy's dendrogram, from the top.
 *
 * src/kernel/chart/merge_tree.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/merge_tree.h"

typedef struct MergeTreeBuild
{
	SegEnv *env;
	const SegHierarchical *model;
	const int32_t *sizes; /* of the merges */
	int64_t hidden;       /* merges that are not shown, the first ones */
	int64_t made;         /* leaves, so far */
	int64_t steps;
	SegMergeTree *tree;
} MergeTreeBuild;

/* ---------- branches ---------- */

/*
 * The first row of a cluster: that of its first part.
 */
static SegStatus
first_row(MergeTreeBuild *b, int64_t cluster, int64_t *row)
{
	const SegHierarchical *model = b->model;

	while (cluster >= model->rows_used)
	{
		cluster = model->first[cluster - model->rows_used];
		SEG_TRY(seg_count_steps(b->env, &b->steps, 1));
	}
	*row = cluster;
	return SEG_OK;
}

/*
 * The branch of a cluster: of a merge that is shown, or a new leaf.
 */
static SegStatus
branch_of(MergeTreeBuild *b, int64_t cluster, int64_t *at)
{
	const SegHierarchical *model = b->model;
	int64_t merge = cluster - model->rows_used;
	SegBranch *leaf = &b->tree->branches[b->made];

	if (merge >= b->hidden)
	{
		*at = b->tree->leaves + merge - b->hidden;
		return SEG_OK;
	}
	*leaf = (SegBranch){.first = -1,
	                    .second = -1,
	                    .rows = merge < 0 ? 1 : b->sizes[merge],
	                    .height = merge < 0 ? 0 : model->heights[merge],
	                    .leaves = 1};
	*at = b->made++;
	return first_row(b, cluster, &leaf->row);
}

static SegStatus
add_merge(MergeTreeBuild *b, int64_t merge)
{
	const SegHierarchical *model = b->model;
	SegBranch *branches = b->tree->branches;
	SegBranch *made = &branches[b->tree->leaves + merge - b->hidden];
	int64_t first, second;

	SEG_TRY(branch_of(b, model->first[merge], &first));
	SEG_TRY(branch_of(b, model->second[merge], &second));
	*made =
		(SegBranch){.first = first,
	                .second = second,
	                .row = branches[first].row,
	                .rows = b->sizes[merge],
	                .height = model->heights[merge],
	                .leaves = branches[first].leaves + branches[second].leaves};
	return SEG_OK;
}

/* ---------- places ---------- */

/*
 * From the root down each branch learns where its leaves begin, and from there up
 * where its middle is.
 */
static void
place_branches(SegMergeTree *tree)
{
	SegBranch *branches = tree->branches;

	branches[tree->count - 1].start = 0;
	for (int64_t i = tree->count - 1; i >= tree->leaves; i--)
	{
		SegBranch *first = &branches[branches[i].first];

		first->start = branches[i].start;
		branches[branches[i].second].start =
			branches[i].start + (double) first->leaves;
	}
	for (int64_t i = 0; i < tree->count; i++)
	{
		SegBranch *branch = &branches[i];

		branch->place = branch->first < 0 ? branch->start + 0.5
		                                  : (branches[branch->first].place +
		                                     branches[branch->second].place) /
		                                        2;
	}
}

/* ---------- clusters ---------- */

static SegStatus
find_groups(MergeTreeBuild *b, int64_t clusters)
{
	const SegHierarchical *model = b->model;
	SegMergeTree *tree = b->tree;
	int32_t *numbers;
	int64_t below; /* merges within clusters */

	SEG_TRY(seg_hierarchical_merges_to(b->env, model, clusters, &below));
	tree->cut = -1;
	if (clusters > tree->leaves)
		return seg_fail_facts(b->env,
		                      SEG_OPTION_LIMIT,
		                      (SegDiag){.what = "clusters",
		                                .got = (double) clusters,
		                                .want = (double) tree->leaves,
		                                .options = "\"limit\""});
	if (clusters > 1)
		tree->cut = (below > 0 ? model->heights[below - 1] / 2 : 0) +
		            model->heights[below] / 2;
	SEG_TRY(seg_hierarchical_cut(b->env, model, below, &numbers));
	for (int64_t i = 0; i < tree->count; i++)
	{
		SegBranch *branch = &tree->branches[i];
		bool is_whole = i >= tree->leaves + below - b->hidden;

		branch->group = is_whole ? -1 : numbers[branch->row] - 1;
	}
	return SEG_OK;
}

SegStatus
seg_merge_tree(SegEnv *env, const SegDendrogram *dendrogram, int64_t most,
               SegMergeTree *tree)
{
	const SegHierarchical *model = dendrogram->model;
	int64_t leaves = model->rows_used < most ? model->rows_used : most;
	MergeTreeBuild b = {.env = env,
	                    .model = model,
	                    .hidden = model->rows_used - leaves,
	                    .tree = tree};
	int32_t *sizes;
	int64_t at;

	*tree = (SegMergeTree){.leaves = leaves, .count = 2 * leaves - 1};
	SEG_TRY(seg_hierarchical_sizes(env, model, &sizes));
	b.sizes = sizes;
	SEG_ALLOC(env, tree->branches, tree->count);
	for (int64_t i = b.hidden; i < model->merges; i++)
		SEG_TRY(add_merge(&b, i));
	if (leaves == 1)
		SEG_TRY(branch_of(&b, 2 * model->rows_used - 2, &at));
	place_branches(tree);
	return find_groups(&b, dendrogram->clusters);
}
