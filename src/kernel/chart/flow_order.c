/*-------------------------------------------------------------------------
 *
 * flow_order.c
 *	  Puts the nodes of each column in an order with few crossings.
 *
 * Each node goes where the middle of its neighbours in the column before is, then in
 * the column behind, and so forth; the best order that was seen is kept. Flows that
 * cross count as much as the product of their values, about the area that they share.
 *
 * K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical
 * System Structures", IEEE Transactions on Systems, Man, and Cybernetics 11, 1981
 * (barycenters).
 *
 * src/kernel/chart/flow_order.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "base/label_order.h"
#include "base/sort.h"
#include "kernel/chart/flows.h"

#define ROUNDS 12 /* forth and back */

typedef struct Untangler
{
	SegEnv *env;
	SegFlows *flows;
	double largest;  /* flow */
	double *middle;  /* of each node: where its neighbours are, from 0 to 1 */
	double *weight;  /* of its neighbours */
	double *tree;    /* sums of shares that end at places so far, see below */
	int64_t *best;   /* order */
	int64_t *before; /* place of each node before a sort */
	int64_t steps;
	bool by_label;
} Untangler;

static int64_t
nodes_in(const SegFlows *flows, int64_t column)
{
	return flows->first_node[column + 1] - flows->first_node[column];
}

/*
 * From 0 at the top of a column to 1 at its bottom.
 */
static double
height_of(const SegFlows *flows, int64_t node)
{
	return ((double) flows->place[node] + 0.5) /
	       (double) nodes_in(flows, flows->nodes[node].column);
}

static void
note_flow_places(SegFlows *flows)
{
	for (int64_t c = 0; c < flows->columns; c++)
	{
		for (int64_t i = flows->first_node[c]; i < flows->first_node[c + 1];
		     i++)
			flows->place[flows->order[i]] = i - flows->first_node[c];
	}
}

/* ---------- crossings ---------- */

/*
 * P. M. Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994: add a
 * share at a place, and the sum of those at places below one.
 */
static void
add_share(double *tree, int64_t n, int64_t place, double share)
{
	for (int64_t i = place + 1; i <= n; i += i & -i)
		tree[i] += share;
}

static double
shares_below(const double *tree, int64_t place)
{
	double sum = 0;

	for (int64_t i = place; i > 0; i -= i & -i)
		sum += tree[i];
	return sum;
}

/*
 * From the bottom node up: a flow crosses those of lower nodes that end above it.
 */
static double
crossings_behind(Untangler *u, int64_t column, const int64_t *first_flow)
{
	const SegFlows *flows = u->flows;
	int64_t n = nodes_in(flows, column + 1);
	double crossings = 0;

	memset(u->tree, 0, (size_t) (n + 1) * sizeof(double));
	for (int64_t i = flows->first_node[column + 1] - 1;
	     i >= flows->first_node[column];
	     i--)
	{
		int64_t node = flows->order[i];

		for (int64_t f = first_flow[node]; f < first_flow[node + 1]; f++)
			crossings +=
				flows->flows[f].value / u->largest *
				shares_below(u->tree, flows->place[flows->flows[f].to]);
		for (int64_t f = first_flow[node]; f < first_flow[node + 1]; f++)
			add_share(u->tree,
			          n,
			          flows->place[flows->flows[f].to],
			          flows->flows[f].value / u->largest);
	}
	return crossings;
}

static SegStatus
count_crossings(Untangler *u, const int64_t *first_flow, double *crossings)
{
	*crossings = 0;
	for (int64_t c = 0; c + 1 < u->flows->columns; c++)
	{
		*crossings += crossings_behind(u, c, first_flow);
		SEG_TRY(seg_count_steps(u->env,
		                        &u->steps,
		                        20 * (u->flows->first_flow[c + 1] -
		                              u->flows->first_flow[c])));
	}
	return SEG_OK;
}

/* ---------- order ---------- */

/*
 * Labels of the list come first, and the others last, whatever else is moved.
 */
static int
compare_fixed(const SegFlowNode *a, const SegFlowNode *b)
{
	if ((a->others > 0) != (b->others > 0))
		return a->others > 0 ? 1 : -1;
	return a->listed < b->listed ? -1 : a->listed > b->listed;
}

static int
compare_middles(const void *of, int64_t a, int64_t b)
{
	const Untangler *u = of;
	int order = compare_fixed(&u->flows->nodes[a], &u->flows->nodes[b]);

	if (order != 0)
		return order;
	if (u->middle[a] != u->middle[b])
		return u->middle[a] < u->middle[b] ? -1 : 1;
	return u->before[a] < u->before[b] ? -1 : u->before[a] > u->before[b];
}

/*
 * The first order: nodes are listed by value, or else by label.
 */
static int
compare_first(const void *of, int64_t a, int64_t b)
{
	const Untangler *u = of;
	const SegFlowNode *nodes = u->flows->nodes;
	int order = compare_fixed(&nodes[a], &nodes[b]);

	if (order != 0)
		return order;
	if (u->by_label)
		return seg_label_compare(nodes[a].name, nodes[b].name);
	return a < b ? -1 : a > b;
}

static SegStatus
sort_column(Untangler *u, int64_t column, SegCompare compare)
{
	SegFlows *flows = u->flows;

	return seg_sort(u->env,
	                flows->order + flows->first_node[column],
	                nodes_in(flows, column),
	                compare,
	                u);
}

/*
 * Move the nodes of a column to their neighbours in another one, by the flows
 * between the two.
 */
static SegStatus
follow_neighbours(Untangler *u, int64_t column, int64_t gap, bool is_target)
{
	SegFlows *flows = u->flows;

	for (int64_t i = flows->first_node[column];
	     i < flows->first_node[column + 1];
	     i++)
		u->middle[i] = u->weight[i] = 0;
	for (int64_t f = flows->first_flow[gap]; f < flows->first_flow[gap + 1];
	     f++)
	{
		const SegFlow *flow = &flows->flows[f];
		int64_t node = is_target ? flow->to : flow->from;
		int64_t neighbour = is_target ? flow->from : flow->to;
		double share = flow->value / u->largest;

		u->middle[node] += share * height_of(flows, neighbour);
		u->weight[node] += share;
	}
	for (int64_t i = flows->first_node[column];
	     i < flows->first_node[column + 1];
	     i++)
	{
		u->before[i] = flows->place[i];
		u->middle[i] = u->weight[i] > 0 ? u->middle[i] / u->weight[i]
		                                : height_of(flows, i);
	}
	SEG_TRY(sort_column(u, column, compare_middles));
	for (int64_t i = flows->first_node[column];
	     i < flows->first_node[column + 1];
	     i++)
		flows->place[flows->order[i]] = i - flows->first_node[column];
	return SEG_OK;
}

/*
 * Keep the order if it is better than the best one so far.
 */
static SegStatus
keep_better(Untangler *u, const int64_t *first_flow, double *fewest)
{
	double crossings;

	SEG_TRY(count_crossings(u, first_flow, &crossings));
	if (crossings >= *fewest)
		return SEG_OK;
	*fewest = crossings;
	memcpy(u->best,
	       u->flows->order,
	       (size_t) u->flows->node_count * sizeof(int64_t));
	return SEG_OK;
}

static SegStatus
sweep_columns(Untangler *u, const int64_t *first_flow)
{
	SegFlows *flows = u->flows;
	double fewest = INFINITY;

	SEG_TRY(keep_better(u, first_flow, &fewest));
	for (int round = 0; round < ROUNDS && fewest > 0; round++)
	{
		for (int64_t c = 1; c < flows->columns; c++)
			SEG_TRY(follow_neighbours(u, c, c - 1, true));
		SEG_TRY(keep_better(u, first_flow, &fewest));
		for (int64_t c = flows->columns - 2; c >= 0; c--)
			SEG_TRY(follow_neighbours(u, c, c, false));
		SEG_TRY(keep_better(u, first_flow, &fewest));
	}
	memcpy(flows->order, u->best, (size_t) flows->node_count * sizeof(int64_t));
	note_flow_places(flows);
	return SEG_OK;
}

SegStatus
seg_flows_untangle(SegEnv *env, const SegChartOptions *options, SegFlows *flows)
{
	int64_t n = flows->node_count;
	Untangler u = {.env = env,
	               .flows = flows,
	               .by_label = options->sort == SEG_SORT_LABEL};
	int64_t *first_flow; /* of each node */
	int64_t f = 0;

	SEG_ALLOC(env, flows->order, n + 1);
	SEG_ALLOC(env, flows->place, n + 1);
	SEG_ALLOC(env, u.middle, n + 1);
	SEG_ALLOC(env, u.weight, n + 1);
	SEG_ALLOC(env, u.tree, n + 1);
	SEG_ALLOC(env, u.best, n + 1);
	SEG_ALLOC(env, u.before, n + 1);
	SEG_ALLOC(env, first_flow, n + 1);
	for (int64_t i = 0; i <= n; i++)
	{
		flows->order[i] = i;
		while (f < flows->flow_count && flows->flows[f].from < i)
			f++;
		first_flow[i] = f;
	}
	for (int64_t i = 0; i < flows->flow_count; i++)
		u.largest = fmax(u.largest, flows->flows[i].value);
	for (int64_t c = 0; c < flows->columns; c++)
		SEG_TRY(sort_column(&u, c, compare_first));
	note_flow_places(flows);
	if (options->sort != SEG_SORT_DEFAULT || flows->flow_count == 0)
		return SEG_OK;
	return sweep_columns(&u, first_flow);
}
