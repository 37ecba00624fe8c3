/*-------------------------------------------------------------------------
 *
 * tree_models.h
 *	  Models that are made of trees.
 *
 * src/fmgr/tree/tree_models.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_TREE_MODELS_H
#define SEGMENT_FMGR_TREE_MODELS_H

#include "kernel/tree/tree.h"
#include "pg/model.h"

/* The trees of a model; refuses another kind. */
extern const SegTree *tree_models_open(const ModelValue *value);

#endif /* SEGMENT_FMGR_TREE_MODELS_H */
