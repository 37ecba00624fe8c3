/*-------------------------------------------------------------------------
 *
 * tree_express.c
 *	  Models of trees as SQL expressions: a CASE for each split.
 *
 * A missing element is NULL, and a comparison with it is not true: so the condition
 * of a split asks for the side that missing elements do not go to.
 *
 * src/kernel/tree/tree_express.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_express.h"

/* From here on 1 + exp(-score) is 1. */
#define CERTAIN 40.0

static void
write_node(SegExpression *e, const SegTree *m, int64_t node, int64_t value_at)
{
	int64_t left = m->links[node];

	if (m->features[node] < 0)
	{
		seg_express_number(e, m->values[left * m->leaf_width + value_at]);
		return;
	}
	seg_express(e, "CASE WHEN ");
	seg_express_element(e, m->features[node]);
	seg_express(e, m->missing_left[node] ? " > " : " <= ");
	seg_express_number(e, m->thresholds[node]);
	seg_express(e, " THEN ");
	write_node(e, m, left + m->missing_left[node], value_at);
	seg_express(e, " ELSE ");
	write_node(e, m, left + !m->missing_left[node], value_at);
	seg_express(e, " END");
}

/*
 * The sum of leaves that is a score.
 */
static void
write_tree_score(SegExpression *e, const void *model, int64_t score)
{
	const SegTree *m = model;
	bool wide = m->leaf_width > 1;
	int64_t root = 0;

	seg_express_number(e, m->base[score]);
	for (int64_t t = 0; t < m->trees; t++)
	{
		if (wide || t % m->scores == score)
		{
			seg_express(e, " + ");
			write_node(e, m, root, wide ? score : 0);
		}
		root = m->tree_ends[t];
	}
}

/*
 * A score is never NULL, which least and greatest would overlook.
 */
static void
write_tree_number(SegExpression *e, const SegTree *m)
{
	if (m->link == SEG_LINK_LOGIT)
	{
		seg_express_number(e, 1.0);
		seg_express(e, " / (");
		seg_express_number(e, 1.0);
		seg_express(e, " + exp(least(greatest(-(");
		write_tree_score(e, m, 0);
		seg_express(e, "), ");
		seg_express_number(e, -CERTAIN);
		seg_express(e, "), ");
		seg_express_number(e, SEG_EXP_MOST);
		seg_express(e, ")))");
	}
	else if (m->link == SEG_LINK_LOG)
	{
		seg_express(e, "exp(greatest(");
		write_tree_score(e, m, 0);
		seg_express(e, ", ");
		seg_express_number(e, SEG_EXP_LEAST);
		seg_express(e, "))");
	}
	else if (m->class_count > 0)
	{
		seg_express(e, "least(greatest(");
		write_tree_score(e, m, 0);
		seg_express(e, ", ");
		seg_express_number(e, 0.0);
		seg_express(e, "), ");
		seg_express_number(e, 1.0);
		seg_express(e, ")");
	}
	else
		write_tree_score(e, m, 0);
}

static SegStatus
write_trees(SegEnv *env, const void *model, SegExpression *e)
{
	const SegTree *m = model;
	bool is_number = seg_predicts_number(seg_tree_method.supervised, m);

	SEG_TRY(seg_express_check_sum(env, m->trees / m->scores));
	SEG_TRY(seg_express_check_sum(env, m->class_count));
	if (is_number)
		write_tree_number(e, m);
	else if (m->class_count == 2)
	{
		seg_express(e, "(SELECT ARRAY[");
		seg_express_number(e, 1.0);
		seg_express(e, " - chance, chance] FROM (SELECT ");
		write_tree_number(e, m);
		seg_express(e, " AS chance OFFSET 0) AS second)");
	}
	else
		seg_express_chances(e,
		                    m,
		                    m->class_count,
		                    write_tree_score,
		                    m->link == SEG_LINK_SOFTMAX);
	return SEG_OK;
}

const SegExpressible seg_tree_expressible = {.write = write_trees};
