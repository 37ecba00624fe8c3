/*-------------------------------------------------------------------------
 *
 * tree_train.c
 *	  How decision trees, forests and boosted trees are trained, as tables: of
 *	  labels that are classes, and of labels that are numbers.
 *
 * src/kernel/tree/tree_train.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "base/range.h"
#include "kernel/tree/tree.h"
#include "kernel/tree/tree_rows.h"

static SegStatus
tree_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	const SegTreeParams *p = params;

	if (p->features_per_split > dim)
		return seg_fail_range(env,
		                      SEG_OPTION_RANGE,
		                      "features_per_split",
		                      (double) p->features_per_split,
		                      0,
		                      (double) dim);
	return SEG_OK;
}

/*
 * Numbers that we can square and add up.
 */
static SegStatus
check_number_label(SegEnv *env, double *numbers, bool *counts)
{
	double label = numbers[SEG_TREE_LABEL];

	*counts = true;
	if (fabs(label) <= SEG_LARGE_VALUE)
		return SEG_OK;
	SEG_TRY(seg_check_finite(env, "label", label));
	return seg_fail_range(env,
	                      SEG_ARGUMENT_RANGE,
	                      "label",
	                      label,
	                      -SEG_LARGE_VALUE,
	                      SEG_LARGE_VALUE);
}

/*
 * Labels have no loss of their own choice.
 */
static SegStatus
settle_classes(SegEnv *env, void *params)
{
	if (((const SegTreeParams *) params)->loss != SEG_LOSS_AUTO)
		return seg_fail_name(env,
		                     SEG_OPTION_NEEDS,
		                     "loss",
		                     "labels that are numbers");
	return SEG_OK;
}

static SegStatus
settle_numbers(SegEnv *env, void *params)
{
	if (((const SegTreeParams *) params)->class_weights !=
	    SEG_CLASS_WEIGHTS_NONE)
		return seg_fail_name(env,
		                     SEG_OPTION_NEEDS,
		                     "class_weights",
		                     "labels that are classes");
	return SEG_OK;
}

/* ---------- memory ---------- */

static int64_t
tree_row_bytes(int64_t dim)
{
	return seg_tree_row_bytes(dim);
}

/* and the score */
static int64_t
boosting_row_bytes(int64_t dim)
{
	return seg_tree_row_bytes(dim) + (int64_t) sizeof(double);
}

/* and votes, their number, and draws */
static int64_t
forest_row_bytes(int64_t dim)
{
	return seg_tree_row_bytes(dim) + (int64_t) sizeof(double) +
	       (int64_t) sizeof(int32_t) + 1;
}

/* ---------- the trainers ---------- */

#define TRAIN(stem) \
	static SegStatus stem##_classes(SegEnv *env, \
	                                void *rows, \
	                                const void *params, \
	                                void *model) \
	{ \
		return seg_##stem##_train(env, \
		                          ((SegClassRows *) rows)->rows, \
		                          rows, \
		                          params, \
		                          model); \
	} \
	static SegStatus stem##_numbers(SegEnv *env, \
	                                void *rows, \
	                                const void *params, \
	                                void *model) \
	{ \
		return seg_##stem##_train(env, rows, NULL, params, model); \
	} \
	extern int no_such_variable

TRAIN(tree);
TRAIN(forest);
TRAIN(boosting);

#define TRAINER_TABLES(stem, title_, smaller_) \
	const SegTrainer seg_##stem##_class_trainer = \
		{.method = &seg_##stem##_method, \
	     .title = (title_), \
	     .columns = {{SEG_COLUMN_CLASS}, {SEG_COLUMN_VECTOR}}, \
	     .takes_missing = true, \
	     .warns_of_leaks = true, \
	     .preparations = SEG_PREPARE_MISSING, \
	     .options = seg_##stem##_options, \
	     .params_size = sizeof(SegTreeParams), \
	     .settle = settle_classes, \
	     .check_dim = tree_check_dim, \
	     .row_bytes = stem##_row_bytes, \
	     .smaller = (smaller_), \
	     .train = stem##_classes}; \
	const SegTrainer seg_##stem##_number_trainer = \
		{.method = &seg_##stem##_method, \
	     .title = (title_), \
	     .columns = {{SEG_COLUMN_NUMBER}, {SEG_COLUMN_VECTOR}}, \
	     .takes_missing = true, \
	     .warns_of_leaks = true, \
	     .preparations = SEG_PREPARE_MISSING, \
	     .options = seg_##stem##_options, \
	     .params_size = sizeof(SegTreeParams), \
	     .settle = settle_numbers, \
	     .check_dim = tree_check_dim, \
	     .check_row = check_number_label, \
	     .row_bytes = stem##_row_bytes, \
	     .smaller = (smaller_), \
	     .train = stem##_numbers}

TRAINER_TABLES(tree, "decision tree", "fewer leaves");
TRAINER_TABLES(forest, "random forest", "fewer or smaller trees");
TRAINER_TABLES(boosting, "gradient boosting", "fewer or smaller trees");
