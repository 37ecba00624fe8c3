/*-------------------------------------------------------------------------
 *
 * linkage_chain.h
 *	  The nearest-neighbour chain: from any cluster to its nearest neighbour, on
 *	  to that one's, and so on, until two are each other's nearest. Those are
 *	  merged, and the chain goes on from what is left of it.
 *
 * It makes the same clusters as merging the two nearest clusters of all again and
 * again, if a merged cluster is never nearer to a third than the nearer of its
 * parts was, as in all linkages here. Each cluster enters the chain once, so
 * there are about 3 n searches for a nearest neighbour.
 *
 * Ties: a chain starts in the first slot; of clusters at the same distance, the
 * one from which the chain came is the nearest, or else the one in the first
 * slot. Distances fall along the chain, so it ends.
 *
 * F. Murtagh, "A survey of recent advances in hierarchical clustering
 * algorithms", The Computer Journal 26(4), 1983; D. Müllner, "Modern
 * hierarchical, agglomerative clustering algorithms", arXiv:1109.2378, 2011.
 *
 * src/kernel/hierarchy/linkage_chain.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LINKAGE_CHAIN_H
#define SEG_KERNEL_LINKAGE_CHAIN_H

#include "kernel/hierarchy/linkage_tile.h"

typedef struct SegChain
{
	SegPoints *points;
	int64_t length;
	int32_t *slot;
	SegNearest *next; /* of each link but the last: the one behind it */
	double *top;      /* of each slot: the height of its cluster's last merge */
	int32_t *moved;   /* scratch */
	int64_t steps;    /* since we asked whether to stop */
	void *of;         /* what the functions need */

	/* the nearest neighbour of a slot, if one is nearer than "nearest" */
	SegStatus (*search)(SegEnv *env, struct SegChain *chain, int64_t slot,
	                    SegNearest *nearest);

	/* make the cluster in slot b that of a and b */
	void (*merge)(struct SegChain *chain, int64_t a, int64_t b);

	/* slots have new numbers; NULL: no matter */
	void (*renumber)(struct SegChain *chain, int64_t slots);
} SegChain;

extern SegStatus seg_chain_create(SegEnv *env, SegPoints *p, SegChain *chain);

/* Merge until one cluster is left. */
extern SegStatus seg_chain_run(SegEnv *env, SegChain *chain, SegMerge *merges);

#endif /* SEG_KERNEL_LINKAGE_CHAIN_H */
