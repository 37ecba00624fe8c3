/*-------------------------------------------------------------------------
 *
 * flows.h
 *	  Moves between the nodes of neighbouring columns, in an order with few
 *	  crossings.
 *
 * src/kernel/chart/flows.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_FLOWS_H
#define SEG_KERNEL_FLOWS_H

#include "kernel/chart/cells.h"

#define SEG_FLOWS_MOST_COLUMNS 20

typedef struct SegFlowNode
{
	SegText name;
	int64_t column;
	int64_t listed; /* its place among the labels that come first */
	int64_t others; /* labels that it stands for; 0: it is one of them itself */
	int64_t color;  /* equal names have one */
	double in;
	double out;
} SegFlowNode;

/* Between nodes, the second one in the next column. */
typedef struct SegFlow
{
	int64_t from;
	int64_t to;
	double value;
} SegFlow;

/*
 * Nodes are in order of columns, and flows in order of nodes; first_node and
 * first_flow are where each column begins, and one more.
 */
typedef struct SegFlows
{
	int64_t columns;
	int64_t node_count;
	int64_t flow_count; /* 0: all values are 0 */
	SegFlowNode *nodes;
	SegFlow *flows;
	int64_t *first_node;
	int64_t *first_flow;
	int64_t *order; /* nodes of each column from top to bottom */
	int64_t *place; /* of each node in its column, from 0 */
} SegFlows;

static inline double
seg_flow_node_value(const SegFlowNode *node)
{
	return node->in > node->out ? node->in : node->out;
}

/*
 * Read sums by source and target, or by step, source and target. The smallest nodes
 * of a column beyond options->limit are taken together.
 */
extern SegStatus
seg_flows_read(SegEnv *env, const SegChartOptions *options,
               const SegCountMap *sums, bool has_steps, SegFlows *flows);

/* Put the nodes of each column in an order with few crossings. */
extern SegStatus seg_flows_untangle(SegEnv *env, const SegChartOptions *options,
                                    SegFlows *flows);

#endif /* SEG_KERNEL_FLOWS_H */
