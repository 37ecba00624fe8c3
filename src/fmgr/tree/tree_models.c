/*-------------------------------------------------------------------------
 *
 * tree_models.c
 *	  Models that are made of trees.
 *
 * src/fmgr/tree/tree_models.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "fmgr/tree/tree_models.h"

const SegTree *
tree_models_open(const ModelValue *value)
{
	const SegMethod *method = model_method(value);

	if (method != &seg_tree_method && method != &seg_forest_method &&
	    method != &seg_boosting_method)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("expected a model of trees, got a %s", method->title));
	return model_open_value(value, method);
}
