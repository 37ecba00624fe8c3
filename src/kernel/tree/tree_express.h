/*-------------------------------------------------------------------------
 *
 * tree_express.h
 *	  Models of trees as SQL expressions.
 *
 * src/kernel/tree/tree_express.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_TREE_EXPRESS_H
#define SEG_KERNEL_TREE_EXPRESS_H

#include "base/expression.h"
#include "kernel/tree/tree.h"

extern const SegExpressible seg_tree_expressible;

#endif /* SEG_KERNEL_TREE_EXPRESS_H */
