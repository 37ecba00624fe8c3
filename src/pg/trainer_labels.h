/*-------------------------------------------------------------------------
 *
 * trainer_labels.h
 *	  Classes, ids and categories as numbers in the rows of a trainer.
 *
 * src/pg/trainer_labels.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_TRAINER_LABELS_H
#define SEGMENT_PG_TRAINER_LABELS_H

#include "pg/class_labels.h"
#include "pg/id_dictionary.h"
#include "pg/trainer_pg.h"

/* Those of a group. */
typedef struct TrainerLabels
{
	ClassLabels *classes;    /* NULL: rows have no class */
	IdDictionary *ids;       /* NULL: rows have no id */
	ClassLabels *categories; /* NULL: no category so far */
	int n_categories;        /* of each row */
	double *beside; /* of a row with categories: numbers, categories, weight */
} TrainerLabels;

/* The type of the class or the id in an argument, for the rest of the query. */
extern IdType *trainer_label_type(FunctionCallInfo fcinfo, Oid type);

/* The key of a row's class; the code of its id, which must be new. */
extern double
trainer_read_class(FunctionCallInfo fcinfo, const TrainerCall *call,
                   TrainerLabels *labels);
extern double trainer_read_id(FunctionCallInfo fcinfo, const TrainerCall *call,
                              TrainerLabels *labels);

/*
 * What is stored beside the vector of a row with categories, after its numbers
 * were read; the first row sets how many there are.
 */
extern const double *
trainer_read_categories(FunctionCallInfo fcinfo, const TrainerCall *call,
                        TrainerLabels *labels, const double *numbers,
                        double weight);

/*
 * The rows of a store with the places of their ids instead of the codes, which
 * depend on the order of arrival; so the canonical order does not.
 */
extern RowStore *trainer_rows_with_places(RowStore *store, const int32 *places);

/*
 * The rows of a store with n categories, as SegCategoryRows has them. labels: of
 * all categories.
 */
extern RowStore *trainer_rows_with_categories(RowStore *store, int n,
                                              const SegClassRows *labels);

#endif /* SEGMENT_PG_TRAINER_LABELS_H */
