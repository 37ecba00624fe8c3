/*-------------------------------------------------------------------------
 *
 * tree.h
 *	  Decision trees, forests and boosted trees: options, model, training,
 *	  scoring. The model is that of isolation forests, too.
 *
 * The methods train in different ways and share the rest. A model is a
 * number of trees whose leaves add up to one score, or a score per class.
 *
 * src/kernel/tree/tree.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_H
#define SEG_KERNEL_TREE_H

#include "base/class_rows.h"
#include "base/supervised.h"
#include "base/trainer.h"

#define SEG_TREE_MAX_DIM   16000
#define SEG_TREE_MAX_BINS  255 /* of numbers; one more for missing elements */
#define SEG_TREE_MAX_DEPTH 32  /* shapley values: twice the nodes of a rule */
#define SEG_TREE_MAX_TREES 100000

/* Columns of a row after its vector. */
enum
{
	SEG_TREE_LABEL,
	SEG_TREE_WEIGHT
};

/* What boosting makes small. */
typedef enum SegTreeLoss
{
	SEG_LOSS_AUTO, /* log loss for labels, squared error for numbers */
	SEG_LOSS_SQUARED_ERROR,
	SEG_LOSS_POISSON,
	SEG_LOSS_QUANTILE
} SegTreeLoss;

/* What a sum of leaves means. */
typedef enum SegTreeLink
{
	SEG_LINK_IDENTITY, /* a number, or the share of a class */
	SEG_LINK_LOG,      /* the logarithm of a number */
	SEG_LINK_LOGIT,    /* log-odds of the second class */
	SEG_LINK_SOFTMAX,  /* logarithms of shares, but for a constant */
	SEG_LINK_EXP2      /* binary logarithm of an outlier score */
} SegTreeLink;

typedef enum SegClassWeights
{
	SEG_CLASS_WEIGHTS_NONE,
	SEG_CLASS_WEIGHTS_BALANCED
} SegClassWeights;

/* Options; a method has a table of those that it uses. */
typedef struct SegTreeParams
{
	int64_t trees;
	int64_t max_depth;  /* 0: no limit */
	int64_t max_leaves; /* 0: no limit */
	int64_t min_leaf_rows;
	int64_t max_bins;
	double min_leaf_hessian;
	double l2;
	double learning_rate;
	double row_share;
	int loss;
	double quantile;
	int64_t patience; /* 0: no early stopping */
	double holdout_share;
	int64_t features_per_split; /* 0: by the kind of label */
	int class_weights;
	SegMatrix monotone; /* a row of -1, 0 or 1 per element */
	int64_t seed;
} SegTreeParams;

/*
 * Nodes of a tree stand together, level by level: the children of its s-th
 * split, from 0, are its nodes 2 s + 1 and 2 s + 2. Leaves are numbered in the
 * order of their nodes.
 */
typedef struct SegTree
{
	int64_t dim;
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t link;
	int64_t scores;     /* numbers of a row: 1, or one per class */
	int64_t leaf_width; /* numbers of a leaf: 1 (tree t adds to score t modulo
	                     * scores), or scores */
	int64_t trees;
	int64_t nodes;
	int64_t leaves;
	int64_t depth;       /* of the deepest leaf */
	double train_loss;   /* missing: not computed; the other two likewise */
	double holdout_loss; /* of the trees that were kept */
	double out_of_bag_score;
	int64_t held_out_rows;
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegPreparation preparation; /* of rows */
	SegTrainingRows training_rows;
	int64_t class_count; /* 0: labels are numbers */
	SegTexts classes;
	const double *base;          /* scores: what leaves are added to */
	const double *expected;      /* scores: their means in training */
	const double *feature_gains; /* dim: the loss that its splits took away */
	const int32_t *tree_ends;    /* trees: the node after the last one */
	const int32_t *features;     /* nodes: element from 0; -1: a leaf */
	const int32_t *links;        /* nodes: first child, or number of the leaf */
	const int32_t *missing_left; /* nodes: 1: a missing element goes left */
	const double *thresholds;    /* nodes: up to it goes left; 0 for a leaf */
	const double *covers;        /* nodes: weight of its rows in training */
	const double *values;        /* leaves * leaf_width */
} SegTree;

extern const SegOption seg_boosting_options[];
extern const SegOption seg_forest_options[];
extern const SegOption seg_tree_options[];

extern const SegMethod seg_boosting_method;
extern const SegMethod seg_forest_method;
extern const SegMethod seg_tree_method;

/* For labels, and for numbers. */
extern const SegTrainer seg_boosting_class_trainer;
extern const SegTrainer seg_boosting_number_trainer;
extern const SegTrainer seg_forest_class_trainer;
extern const SegTrainer seg_forest_number_trainer;
extern const SegTrainer seg_tree_class_trainer;
extern const SegTrainer seg_tree_number_trainer;

/* classes: of the keys in rows; NULL: labels are numbers */
extern SegStatus
seg_boosting_train(SegEnv *env, SegRows *rows, const SegClassRows *classes,
                   const SegTreeParams *params, SegTree *model);
extern SegStatus
seg_tree_train(SegEnv *env, SegRows *rows, const SegClassRows *classes,
               const SegTreeParams *params, SegTree *model);
extern SegStatus
seg_forest_train(SegEnv *env, SegRows *rows, const SegClassRows *classes,
                 const SegTreeParams *params, SegTree *model);

/* Its fields, and what it does for supervised models, for a further method. */
extern const SegField seg_tree_fields[];
extern const SegSupervised seg_tree_supervised;
extern bool seg_tree_is_sound(const SegTree *model);

/* The sums of leaves for a row, scores of them. */
extern void
seg_tree_scores(const SegTree *model, const double *x, double *scores);

/*
 * Shapley values: what each element adds to a score, or to that of a class. They
 * and *base add up to it.
 */
extern SegStatus
seg_tree_explain(SegEnv *env, const SegTree *model, const double *x,
                 int64_t class_number, double *contributions, double *base);

#endif /* SEG_KERNEL_TREE_H */
