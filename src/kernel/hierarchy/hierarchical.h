/*-------------------------------------------------------------------------
 *
 * hierarchical.h
 *	  Hierarchical clustering: options, model, training, cuts.
 *
 * src/kernel/hierarchy/hierarchical.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_HIERARCHICAL_H
#define SEG_KERNEL_HIERARCHICAL_H

#include "base/ids.h"
#include "base/trainer.h"

typedef struct SegHierarchicalParams
{
	int linkage;      /* SegLinkage */
	bool standardize; /* not with Gower's distance */
} SegHierarchicalParams;

typedef struct SegHierarchical
{
	int64_t rows_used;
	int64_t rows_skipped;
	int64_t dim;
	int64_t categories; /* of a row, besides dim numbers */
	SegText linkage;
	SegText distance; /* "euclidean", "gower" */
	SegText options;
	SegText version;
	int64_t names; /* dim, or 0 */
	SegTexts feature_names;
	SegPreparation preparation;
	SegTrainingRows training_rows;
	int64_t number_count; /* ids are numbers or names */
	int64_t name_count;
	const int64_t *id_numbers;
	SegTexts id_names;
	int64_t merges; /* rows_used - 1 */
	/*
	 * Merge i makes cluster rows_used + i of two clusters; those below rows_used
	 * are rows, in the order of their ids. Heights ascend.
	 */
	const int32_t *first;
	const int32_t *second; /* above first */
	const double *heights;
} SegHierarchical;

extern const SegOption seg_hierarchical_options[];
extern const SegMethod seg_hierarchical_method;
extern const SegTrainer seg_hierarchical_trainer;

/* The same with Gower's distance, for numbers and categories. */
extern const SegOption seg_hierarchical_gower_options[];
extern const SegTrainer seg_hierarchical_gower_trainer;

static inline SegIds
seg_hierarchical_ids(const SegHierarchical *model)
{
	return (SegIds){model->rows_used,
	                model->number_count > 0 ? model->id_numbers : NULL,
	                model->id_names};
}

/* How many merges leave k clusters, or are not above a height. */
extern SegStatus
seg_hierarchical_merges_to(SegEnv *env, const SegHierarchical *model, int64_t k,
                           int64_t *merges);
extern SegStatus
seg_hierarchical_merges_below(SegEnv *env, const SegHierarchical *model,
                              double height, int64_t *merges);

/*
 * The cluster of each row after so many merges, numbered from 1 by the first row
 * of each.
 */
extern SegStatus seg_hierarchical_cut(SegEnv *env, const SegHierarchical *model,
                                      int64_t merges, int32_t **clusters);

/* Rows in the cluster that each merge makes. */
extern SegStatus
seg_hierarchical_sizes(SegEnv *env, const SegHierarchical *model,
                       int32_t **sizes);

#endif /* SEG_KERNEL_HIERARCHICAL_H */
