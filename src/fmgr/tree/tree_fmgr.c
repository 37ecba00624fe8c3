/*-------------------------------------------------------------------------
 *
 * tree_fmgr.c
 *	  SQL face of decision trees, forests and boosted trees: the aggregates
 *	  that train them, each for labels that are classes and for numbers.
 *
 * src/fmgr/tree/tree_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/tree/tree.h"
#include "pg/trainer_pg.h"

TRAINER(tree_train_class, seg_tree_class_trainer, trainer_class_rows);
TRAINER(tree_train_number, seg_tree_number_trainer, trainer_rows);
TRAINER(forest_train_class, seg_forest_class_trainer, trainer_class_rows);
TRAINER(forest_train_number, seg_forest_number_trainer, trainer_rows);
TRAINER(boosting_train_class, seg_boosting_class_trainer, trainer_class_rows);
TRAINER(boosting_train_number, seg_boosting_number_trainer, trainer_rows);
