/*-------------------------------------------------------------------------
 *
 * kmeans_express.h
 *	  A k-means model as an SQL expression.
 *
 * src/kernel/cluster/kmeans_express.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_KMEANS_EXPRESS_H
#define SEG_KERNEL_KMEANS_EXPRESS_H

#include "base/expression.h"
#include "kernel/cluster/kmeans.h"

extern const SegExpressible seg_kmeans_expressible;

#endif /* SEG_KERNEL_KMEANS_EXPRESS_H */
