/*-------------------------------------------------------------------------
 *
 * tree.c
 *	  Decision trees, forests and boosted trees: options, stored form, what a
 *	  model says about a row.
 *
 * src/kernel/tree/tree.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/tags.h"
#include "kernel/tree/tree_express.h"
#include "kernel/tree/tree_rows.h"

#define HUGE_COUNT 9007199254740992.0

#define ABREAST        8 /* trees walked at once */
#define ALWAYS_INLINE  inline __attribute__((always_inline))
#define OPTION(member) offsetof(SegTreeParams, member)

static const char *const loss_words[] = {[SEG_LOSS_AUTO] = "auto",
                                         [SEG_LOSS_SQUARED_ERROR] =
                                             "squared_error",
                                         [SEG_LOSS_POISSON] = "poisson",
                                         [SEG_LOSS_QUANTILE] = "quantile",
                                         NULL};

static const char *const class_weight_words[] = {[SEG_CLASS_WEIGHTS_NONE] =
                                                     "none",
                                                 [SEG_CLASS_WEIGHTS_BALANCED] =
                                                     "balanced",
                                                 NULL};

/* clang-format off */
#define TREES_OPTION \
	{"trees", SEG_OPTION_INT, OPTION(trees), 100, 1, SEG_TREE_MAX_TREES, NULL, \
		"how many"}
#define DEPTH_OPTION(initial) \
	{"max_depth", SEG_OPTION_INT, OPTION(max_depth), initial, 1, \
		SEG_TREE_MAX_DEPTH, NULL, "splits from the root to a leaf at most"}
#define LEAVES_OPTION(initial) \
	{"max_leaves", SEG_OPTION_INT, OPTION(max_leaves), initial, 2, 65536, NULL, \
		"leaves of a tree at most; the best splits come first"}
#define ROWS_OPTION(initial) \
	{"min_leaf_rows", SEG_OPTION_INT, OPTION(min_leaf_rows), initial, 1, 1e9, \
		NULL, "rows of a leaf at least"}
#define BINS_OPTION \
	{"max_bins", SEG_OPTION_INT, OPTION(max_bins), SEG_TREE_MAX_BINS, 2, \
		SEG_TREE_MAX_BINS, NULL, "values told apart in each element"}
#define CLASSES_OPTION \
	{"class_weights", SEG_OPTION_ENUM, OPTION(class_weights), \
		SEG_CLASS_WEIGHTS_NONE, 0, 1, class_weight_words, "none, balanced"}
#define MONOTONE_OPTION \
	{"monotone", SEG_OPTION_MATRIX, OPTION(monotone), 0, 0, 0, NULL, \
		"a number per element"}
#define SEED_OPTION \
	{"seed", SEG_OPTION_INT, OPTION(seed), 0, 0, HUGE_COUNT, NULL, \
		"start of the random draws"}

const SegOption seg_tree_options[] = {
	DEPTH_OPTION(6),
	LEAVES_OPTION(65536),
	ROWS_OPTION(20),
	BINS_OPTION,
	CLASSES_OPTION,
	MONOTONE_OPTION,
	SEG_OPTION_END
};

const SegOption seg_forest_options[] = {
	TREES_OPTION,
	DEPTH_OPTION(12),
	ROWS_OPTION(5),
	{"features_per_split", SEG_OPTION_INT, OPTION(features_per_split), 0, 0,
		SEG_TREE_MAX_DIM, NULL, "elements that a split chooses from"},
	BINS_OPTION,
	CLASSES_OPTION,
	MONOTONE_OPTION,
	SEED_OPTION,
	SEG_OPTION_END
};

const SegOption seg_boosting_options[] = {
	{"loss", SEG_OPTION_ENUM, OPTION(loss), SEG_LOSS_AUTO, 0, SEG_LOSS_QUANTILE,
		loss_words, "auto, squared_error, poisson, quantile"},
	{"quantile", SEG_OPTION_REAL, OPTION(quantile), 0.5, 1e-6, 1 - 1e-6, NULL,
		"the one predicted by loss quantile"},
	TREES_OPTION,
	{"learning_rate", SEG_OPTION_REAL, OPTION(learning_rate), 0.1, 1e-6, 1, NULL,
		"share of its best value that a leaf adds"},
	LEAVES_OPTION(31),
	DEPTH_OPTION(SEG_TREE_MAX_DEPTH),
	ROWS_OPTION(20),
	{"min_leaf_hessian", SEG_OPTION_REAL, OPTION(min_leaf_hessian), 1e-3, 0, 1e9,
		NULL, "sum of second derivatives of a leaf at least"},
	{"l2", SEG_OPTION_REAL, OPTION(l2), 0, 0, 1e9, NULL,
		"penalty on the squares of leaves"},
	{"row_share", SEG_OPTION_REAL, OPTION(row_share), 1, 1e-6, 1, NULL,
		"share of the rows drawn for each round"},
	BINS_OPTION,
	CLASSES_OPTION,
	MONOTONE_OPTION,
	{"patience", SEG_OPTION_INT, OPTION(patience), 0, 0, SEG_TREE_MAX_TREES, NULL,
		"rounds without improvement before training stops; 0: it does not"},
	{"holdout_share", SEG_OPTION_REAL, OPTION(holdout_share), 0.1, 1e-6, 0.9, NULL,
		"share of the rows that tell when to stop"},
	SEED_OPTION,
	SEG_OPTION_END
};

const SegField seg_tree_fields[] = {
	SEG_INT(SegTree, dim, 1, SEG_TREE_MAX_DIM),
	SEG_INT(SegTree, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegTree, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegTree, held_out_rows, 0, HUGE_COUNT),
	SEG_INT(SegTree, link, SEG_LINK_IDENTITY, SEG_LINK_EXP2),
	SEG_INT(SegTree, scores, 1, SEG_MAX_CLASSES),
	SEG_INT(SegTree, leaf_width, 1, SEG_MAX_CLASSES),
	SEG_INT(SegTree, trees, 1, (double) SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegTree, nodes, 1, (double) SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegTree, leaves, 1, (double) SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegTree, depth, 0, SEG_TREE_MAX_DEPTH),
	SEG_OPTIONAL_REAL(SegTree, train_loss, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REAL(SegTree, holdout_loss, -DBL_MAX, DBL_MAX),
	SEG_OPTIONAL_REAL(SegTree, out_of_bag_score, -DBL_MAX, 1),
	SEG_JSON_FIELD(SegTree, options),
	SEG_TEXT_FIELD(SegTree, version),
	SEG_FEATURE_NAMES_FIELDS(SegTree, SEG_TREE_MAX_DIM),
	SEG_PREPARATION_FIELDS(SegTree, SEG_TREE_MAX_DIM),
	SEG_TRAINING_ROWS_FIELDS(SegTree, SEG_TREE_MAX_DIM),
	SEG_INT(SegTree, class_count, 0, SEG_MAX_CLASSES),
	SEG_IDS_FIELD(SegTree, classes, class_count, SEG_FEW),
	SEG_REALS(SegTree, base, scores, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegTree, expected, scores, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegTree, feature_gains, dim, 0, DBL_MAX),
	SEG_INT32S(SegTree, tree_ends, trees, 1, (double) SEG_IMAGE_MAX_COUNT),
	SEG_INT32S(SegTree, features, nodes, -1, SEG_TREE_MAX_DIM - 1),
	SEG_INT32S(SegTree, links, nodes, 0, (double) SEG_IMAGE_MAX_COUNT),
	SEG_INT32S(SegTree, missing_left, nodes, 0, 1),
	SEG_REALS(SegTree, thresholds, nodes, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegTree, covers, nodes, 0, DBL_MAX),
	SEG_REAL_MATRIX(SegTree, values, leaves, leaf_width, -DBL_MAX, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * Are the nodes from first up to end - 1 a tree, level by level, and its leaves
 * numbered from *leaf? *deepest becomes its depth, if that is larger.
 */
static bool
tree_is_sound(const SegTree *m, int64_t first, int64_t end, int64_t *leaf,
              int64_t *deepest)
{
	int64_t child = first + 1; /* of the next split */
	int64_t level_end = first + 1;
	int64_t depth = 0;

	for (int64_t i = first; i < end; i++)
	{
		if (i == level_end)
		{
			level_end = child;
			depth++;
		}
		if (i >= child || !(m->covers[i] > 0.0))
			return false;
		if (m->features[i] < 0)
		{
			if (m->links[i] != (*leaf)++)
				return false;
			continue;
		}
		if (m->features[i] >= m->dim || m->links[i] != child)
			return false;
		child += 2;
	}
	*deepest = depth > *deepest ? depth : *deepest;
	return child == end;
}

bool
seg_tree_is_sound(const SegTree *m)
{
	int64_t scores = m->class_count > 2 ? m->class_count : 1;
	int64_t first = 0;
	int64_t leaf = 0;
	int64_t depth = 0;

	if (m->scores != scores || m->class_count == 1 ||
	    (m->leaf_width != 1 && m->leaf_width != scores) ||
	    (m->names != 0 && m->names != m->dim) ||
	    (m->link == SEG_LINK_LOGIT && m->class_count != 2) ||
	    (m->link == SEG_LINK_LOG && m->class_count != 0) ||
	    ((m->link == SEG_LINK_SOFTMAX) !=
	     (m->class_count > 2 && m->leaf_width == 1)) ||
	    (m->leaf_width == 1 && m->trees % scores != 0) ||
	    !seg_preparation_is_sound(&m->preparation, m->dim) ||
	    !seg_training_rows_are_sound(&m->training_rows, m->dim))
		return false;
	for (int64_t t = 0; t < m->trees; t++)
	{
		if (m->tree_ends[t] <= first || m->tree_ends[t] > m->nodes ||
		    !tree_is_sound(m, first, m->tree_ends[t], &leaf, &depth))
			return false;
		first = m->tree_ends[t];
	}
	return first == m->nodes && leaf == m->leaves && depth == m->depth;
}

static bool
model_is_sound(const void *value)
{
	const SegTree *model = value;

	return model->link != SEG_LINK_EXP2 && seg_tree_is_sound(model);
}

/* ---------- what a model says ---------- */

static bool
any_is_missing(const double *x, int64_t dim)
{
	bool any = false;

	for (int64_t j = 0; j < dim; j++)
		any |= x[j] != x[j];
	return any;
}

/*
 * The leaves of a row in the trees from tree on, ABREAST of them; beyond the
 * last tree, anything. A step of one walk waits for the step before, so the walks
 * go side by side; a branch on what a row has would be guessed wrong half of the
 * time, so there is none. any_missing is a constant where this is inlined.
 */
static ALWAYS_INLINE void
leaves_of(const SegTree *model, const double *x, bool any_missing, int64_t tree,
          int64_t *leaves)
{
	uint32_t nodes[ABREAST];
	uint32_t splits; /* all bits: some walk is at a split */

	for (int i = 0; i < ABREAST; i++)
	{
		int64_t t = tree + i < model->trees ? tree + i : 0;

		nodes[i] = t > 0 ? (uint32_t) model->tree_ends[t - 1] : 0;
	}
	do
	{
		splits = 0;
		for (int i = 0; i < ABREAST; i++)
		{
			uint32_t node = nodes[i];
			int32_t element = model->features[node];
			uint32_t is_split = (uint32_t) ~(element >> 31);
			double value = x[(uint32_t) element & is_split];
			uint32_t child = (uint32_t) model->links[node];

			child += value > model->thresholds[node];
			if (any_missing)
				child += (value != value) & !model->missing_left[node];
			nodes[i] = node ^ ((node ^ child) & is_split);
			splits |= is_split;
		}
	} while (splits);
	for (int i = 0; i < ABREAST; i++)
		leaves[i] = model->links[nodes[i]];
}

/*
 * What leaves add to the scores; width and scores are constants where this is
 * inlined for the usual model, which has one of each.
 */
static ALWAYS_INLINE void
add_leaves(const SegTree *model, const double *x, bool any_missing,
           int64_t width, int64_t n, double *scores)
{
	int64_t leaves[ABREAST];
	double sum = scores[0];

	for (int64_t t = 0; t < model->trees; t += ABREAST)
	{
		int64_t walked =
			model->trees - t < ABREAST ? model->trees - t : ABREAST;

		leaves_of(model, x, any_missing, t, leaves);
		for (int64_t i = 0; i < walked; i++)
		{
			const double *values = model->values + leaves[i] * width;

			if (n == 1)
				sum += values[0];
			for (int64_t k = 0; n > 1 && k < width; k++)
				scores[width == 1 ? (t + i) % n : k] += values[k];
		}
	}
	if (n == 1)
		scores[0] = sum;
}

void
seg_tree_scores(const SegTree *model, const double *x, double *scores)
{
	memcpy(scores, model->base, (size_t) model->scores * sizeof(double));
	if (any_is_missing(x, model->dim))
		add_leaves(model, x, true, model->leaf_width, model->scores, scores);
	else if (model->scores == 1)
		add_leaves(model, x, false, 1, 1, scores);
	else
		add_leaves(model, x, false, model->leaf_width, model->scores, scores);
}

static int64_t
tree_dim(const void *model)
{
	return ((const SegTree *) model)->dim;
}

/*
 * A number, or the share of the second of two classes.
 */
static SegStatus
tree_predict(SegEnv *env, const void *value, const double *x, double *result)
{
	const SegTree *model = value;
	double score;

	seg_tree_scores(model, x, &score);
	if (model->link == SEG_LINK_LOGIT)
		score = 1.0 / (1.0 + exp(-score));
	else if (model->link == SEG_LINK_LOG)
		score = exp(score);
	else if (model->link == SEG_LINK_EXP2)
		score = exp2(score);
	else if (model->class_count > 0)
		score = fmin(fmax(score, 0.0), 1.0); /* it may be 1 and some rounding */
	*result = score;
	return seg_check_finite(env, "prediction", score);
}

static int64_t
tree_class_count(const void *model)
{
	return ((const SegTree *) model)->class_count;
}

static SegText
tree_class_name(const void *model, int64_t i)
{
	return seg_texts_get(&((const SegTree *) model)->classes, i);
}

/*
 * Shares of classes, which add up to 1.
 */
static SegStatus
tree_probabilities(SegEnv *env, const void *value, const double *x,
                   double *result)
{
	const SegTree *model = value;
	double most = -INFINITY;
	double sum = 0.0;

	if (model->class_count == 2)
	{
		SEG_TRY(tree_predict(env, model, x, &result[1]));
		result[0] = 1.0 - result[1];
		return SEG_OK;
	}
	seg_tree_scores(model, x, result);
	for (int64_t k = 0; k < model->scores; k++)
		most = fmax(most, result[k]);
	for (int64_t k = 0; k < model->scores; k++)
	{
		if (model->link == SEG_LINK_SOFTMAX)
			result[k] = exp(result[k] - most);
		sum += result[k];
	}
	for (int64_t k = 0; k < model->scores; k++)
		result[k] /= sum;
	return seg_check_finite(env, "sum of the shares of classes", sum);
}

static SegStatus
tree_explain(SegEnv *env, const void *model, const double *x,
             int64_t class_number, double *contributions, double *base)
{
	return seg_tree_explain(env, model, x, class_number, contributions, base);
}

const SegSupervised seg_tree_supervised = {.dim = tree_dim,
                                           .takes_missing = true,
                                           .predict = tree_predict,
                                           .class_count = tree_class_count,
                                           .class_name = tree_class_name,
                                           .probabilities = tree_probabilities,
                                           .explain = tree_explain};

#define METHOD(member, tag_, name_, title_) \
	const SegMethod member = {.tag = (tag_), \
	                          .format = 1, \
	                          .name = (name_), \
	                          .title = (title_), \
	                          .fields = seg_tree_fields, \
	                          .size = sizeof(SegTree), \
	                          .is_sound = model_is_sound, \
	                          .supervised = &seg_tree_supervised, \
	                          .expressible = &seg_tree_expressible}

METHOD(seg_tree_method, SEG_TAG_TREE, "tree", "decision tree");
METHOD(seg_forest_method, SEG_TAG_FOREST, "forest", "random forest");
METHOD(seg_boosting_method, SEG_TAG_BOOSTING, "boosting", "boosted model");
