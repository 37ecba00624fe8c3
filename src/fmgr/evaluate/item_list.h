/*-------------------------------------------------------------------------
 *
 * item_list.h
 *	  Arrays of ids of several types as lists of items, identified by their
 *	  bytes.
 *
 * src/fmgr/evaluate/item_list.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_ITEM_LIST_H
#define SEGMENT_FMGR_ITEM_LIST_H

#include "utils/array.h"

#include "base/text.h"
#include "pg/segment_pg.h"

/* Refuse an array of several dimensions. */
extern void item_list_check(ArrayType *array, const char *what);

/*
 * The items in an argument, an array of bigint, uuid or text; their bytes lie in
 * the array or in the current context.
 */
extern SegItems
item_list_argument(FunctionCallInfo fcinfo, int argno, const char *what);

#endif /* SEGMENT_FMGR_ITEM_LIST_H */
