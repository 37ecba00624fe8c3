/*-------------------------------------------------------------------------
 *
 * rule_redundancy.c
 *	  Which association rules say no more than simpler ones [1].
 *
 * A rule is redundant if another one has the same consequent, only some of the
 * items of its antecedent (not none), and at least its confidence: its
 * improvement is not positive.  That other rule need not lack just one item, so
 * each pair of a set and a consequent in it gets the best confidence of all rules
 * within it, which is the best of those within its subsets and its own.
 *
 * Subsets must come first.  In the tree, a set's subsets are its parent and sets
 * behind it: where the first item that they lack is missing, a later one follows.
 * So the walk takes children from the last to the first, and a parent before its
 * children.
 *
 * [1] R. Bayardo, R. Agrawal, D. Gunopulos, "Constraint-Based Rule Mining in
 * Large, Dense Databases", Data Mining and Knowledge Discovery 4, 2000.
 *
 * src/kernel/pattern/rule_redundancy.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/pattern/rule_redundancy.h"

static bool
is_as_confident(const SegConfidence *a, const SegConfidence *b)
{
	return (int64_t) a->both * b->antecedent >=
	       (int64_t) b->both * a->antecedent;
}

SegStatus
seg_redundancy_begin(SegEnv *env, const SegItemset *model, size_t limit,
                     SegRedundancy *r)
{
	SegItemTree tree = seg_itemset_tree(model);
	int64_t total = 0;
	int32_t *depths;

	*r = (SegRedundancy){.model = model};
	SEG_ALLOC(env, depths, tree.n);
	SEG_ALLOC(env, r->last_child, tree.n + 1);
	SEG_ALLOC(env, r->previous, tree.n);
	SEG_ALLOC(env, r->firsts, tree.n);
	(void) seg_item_tree_depths(&tree, depths);
	for (int64_t node = 0; node <= tree.n; node++)
		r->last_child[node] = -1;
	for (int64_t node = 0; node < tree.n; node++)
	{
		int32_t parent = tree.parents[node];
		int32_t *last =
			&r->last_child[parent == SEG_ITEM_TREE_TOP ? tree.n : parent];

		r->previous[node] = *last;
		*last = (int32_t) node;
		r->firsts[node] = total;
		total += depths[node];
	}
	if ((size_t) total > limit / sizeof(SegConfidence))
		return seg_fail_facts(env,
		                      SEG_WORK_LIMIT,
		                      (SegDiag){.what = "rules to compare",
		                                .options = "\"min_support\" or "
		                                           "\"max_length\"",
		                                .got = (double) total *
		                                       sizeof(SegConfidence),
		                                .want = (double) limit});
	SEG_ALLOC(env, r->best, total);
	return SEG_OK;
}

int32_t
seg_redundancy_next(const SegRedundancy *r, int32_t node)
{
	int64_t top = r->model->node_count;
	int32_t child = r->last_child[node == SEG_ITEM_TREE_TOP ? top : node];

	if (child >= 0)
		return child;
	while (node != SEG_ITEM_TREE_TOP && r->previous[node] < 0)
		node = r->model->node_parents[node];
	return node == SEG_ITEM_TREE_TOP ? node : r->previous[node];
}

void
seg_redundancy_find(SegRedundancy *r, int32_t node, const int32_t *subsets,
                    int32_t n, bool *is_redundant)
{
	const int32_t *counts = r->model->node_counts;
	SegConfidence *best = r->best + r->firsts[node];

	/* a single item is no rule: its confidence stays empty */
	for (int32_t i = 0; i < n && n > 1; i++)
	{
		SegConfidence own = {counts[node], counts[subsets[i]]};

		is_redundant[i] = false;
		best[i] = own;
		for (int32_t j = 0; j < n && n > 2; j++)
		{
			const SegConfidence *part;

			if (j == i)
				continue;
			/* the consequent moves up if an item before it is missing */
			part = &r->best[r->firsts[subsets[j]] + i - (j < i)];
			if (is_as_confident(part, &own))
				is_redundant[i] = true;
			if (is_as_confident(part, &best[i]))
				best[i] = *part;
		}
	}
}
