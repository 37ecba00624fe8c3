/*-------------------------------------------------------------------------
 *
 * flows.c
 *	  Moves between the nodes of neighbouring columns.
 *
 * A node is a label in a column. Everything that follows from the sums is in an
 * order that depends on labels and values alone, so that the same rows give the
 * same picture.
 *
 * src/kernel/chart/flows.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/flows.h"

#include <math.h>
#include <string.h>

#include "base/contingency.h"
#include "base/label_order.h"
#include "base/sort.h"

/* In and out of a label. */
#define TOTALS_WIDTH (2 * SEG_CELLS_WIDTH)

/* What is read from a sum; no names: it moves nothing. */
typedef struct Move
{
	int64_t step;
	SegText names[2];
	int64_t labels[2]; /* their numbers in the map of labels */
	SegWide value;
} Move;

typedef struct FlowReader
{
	SegEnv *env;
	const SegChartOptions *options;
	Move *moves;
	int64_t n; /* moves */
	int64_t first_step;
	int64_t columns;
	SegCountMap *labels; /* a column and a name; two SegWide: in and out */
	int64_t *listed;     /* of each label */
	int64_t *order;      /* of labels: by column, those that are shown first */
	int64_t *node;       /* of each label */
	int64_t *by_nodes;   /* moves in order of nodes */
} FlowReader;

/* ---------- moves ---------- */

/*
 * A step is a whole number, as an integer is printed.
 */
static SegStatus
read_step(SegEnv *env, SegText text, int64_t *step)
{
	bool is_negative = text.length > 0 && text.bytes[0] == '-';
	uint64_t size = 0;

	if (text.length == is_negative || text.length > 20)
		return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", "step");
	for (int64_t i = is_negative; i < text.length; i++)
		size = size * 10 + (uint64_t) (text.bytes[i] - '0');
	*step = (int64_t) (is_negative ? 0 - size : size);
	return SEG_OK;
}

static SegStatus
read_move(SegEnv *env, const SegCountMap *sums, int64_t i, bool has_steps,
          Move *move)
{
	SegText pair[2];

	move->value = *(const SegWide *) seg_count_map_words(sums, i);
	if (!isfinite(move->value.hi))
		return seg_fail(env, SEG_NOT_FINITE, "sum", move->value.hi, 0);
	if (move->value.hi < 0)
		return seg_fail(env, SEG_ARGUMENT_BELOW, "value", move->value.hi, 0);
	SEG_TRY(seg_pair_split(env, seg_count_map_key(sums, i), move->names));
	if (!has_steps)
		return SEG_OK;
	SEG_TRY(seg_pair_split(env, move->names[0], pair));
	move->names[0] = pair[1];
	return read_step(env, pair[0], &move->step);
}

/*
 * Those that are not 0.
 */
static SegStatus
read_moves(FlowReader *reader, const SegCountMap *sums, bool has_steps)
{
	int64_t steps = 0;

	SEG_ALLOC(reader->env, reader->moves, sums->n + 1);
	for (int64_t i = 0; i < sums->n; i++)
	{
		Move *move = &reader->moves[reader->n];

		SEG_TRY(seg_count_steps(reader->env, &steps, 20));
		if (!seg_cells_is_pair(seg_count_map_key(sums, i)))
			continue;
		SEG_TRY(read_move(reader->env, sums, i, has_steps, move));
		if (move->value.hi > 0)
			reader->n++;
	}
	return SEG_OK;
}

static SegStatus
count_columns(FlowReader *reader)
{
	int64_t first = INT64_MAX;
	int64_t last = INT64_MIN;
	uint64_t gaps;

	for (int64_t i = 0; i < reader->n; i++)
	{
		int64_t step = reader->moves[i].step;

		first = step < first ? step : first;
		last = step > last ? step : last;
	}
	if (reader->n == 0)
		return SEG_OK;
	gaps = (uint64_t) last - (uint64_t) first;
	if (gaps > SEG_FLOWS_MOST_COLUMNS - 2)
		return seg_fail(reader->env,
		                SEG_LIMIT,
		                "steps from first to last",
		                (double) gaps + 1,
		                SEG_FLOWS_MOST_COLUMNS - 1);
	reader->first_step = first;
	reader->columns = (int64_t) gaps + 2;
	return SEG_OK;
}

/* ---------- labels ---------- */

static SegText
label_name(const FlowReader *reader, int64_t label)
{
	SegText key = seg_count_map_key(reader->labels, label);

	return (SegText){key.bytes + 1, key.length - 1};
}

static int64_t
label_column(const FlowReader *reader, int64_t label)
{
	return seg_count_map_key(reader->labels, label).bytes[0];
}

static SegWide *
label_totals(const FlowReader *reader, int64_t label)
{
	return seg_count_map_words(reader->labels, label);
}

static double
label_value(const FlowReader *reader, int64_t label)
{
	const SegWide *totals = label_totals(reader, label);

	return fmax(totals[0].hi, totals[1].hi);
}

static SegStatus
collect_flow_labels(FlowReader *reader)
{
	int64_t longest = 0;
	int64_t steps = 0;
	char *key;

	for (int64_t i = 0; i < reader->n; i++)
	{
		for (int end = 0; end < 2; end++)
		{
			int64_t length = reader->moves[i].names[end].length;

			longest = length > longest ? length : longest;
		}
	}
	SEG_ALLOC(reader->env, key, longest + 1);
	SEG_TRY(seg_count_map_create(reader->env, TOTALS_WIDTH, &reader->labels));
	for (int64_t i = 0; i < reader->n; i++)
	{
		Move *move = &reader->moves[i];

		for (int end = 0; end < 2; end++)
		{
			SegText name = move->names[end];
			SegWide *total;

			key[0] = (char) (move->step - reader->first_step + end);
			if (name.length > 0)
				memcpy(key + 1, name.bytes, (size_t) name.length);
			SEG_TRY(seg_count_map_insert(reader->env,
			                             &reader->labels,
			                             key,
			                             name.length + 1,
			                             &move->labels[end]));
			total = label_totals(reader, move->labels[end]) + 1 - end;
			*total = seg_wide_add(*total, move->value);
		}
		SEG_TRY(seg_count_steps(reader->env, &steps, 50));
	}
	return SEG_OK;
}

static SegStatus
list_flow_labels(FlowReader *reader)
{
	SegCountMap *listed;
	int64_t steps = 0;

	SEG_TRY(seg_listed_labels(reader->env, &reader->options->order, &listed));
	SEG_ALLOC(reader->env, reader->listed, reader->labels->n + 1);
	for (int64_t i = 0; i < reader->labels->n; i++)
	{
		reader->listed[i] = seg_listed_place(listed, label_name(reader, i));
		SEG_TRY(seg_count_steps(reader->env, &steps, 50));
	}
	return SEG_OK;
}

/*
 * Columns from the left; in each the labels of the list, then the largest.
 */
static int
compare_flow_labels(const void *of, int64_t a, int64_t b)
{
	const FlowReader *reader = of;
	int64_t columns = label_column(reader, a) - label_column(reader, b);
	int64_t listed = reader->listed[a] - reader->listed[b];
	double x = label_value(reader, a);
	double y = label_value(reader, b);

	if (columns != 0)
		return columns < 0 ? -1 : 1;
	if (listed != 0)
		return listed < 0 ? -1 : 1;
	if (x != y)
		return x > y ? -1 : 1;
	return seg_label_compare(label_name(reader, a), label_name(reader, b));
}

/* ---------- nodes ---------- */

/*
 * A label becomes a node, or goes into the one of the others.
 */
static SegStatus
add_label_to_nodes(FlowReader *reader, int64_t label, int64_t in_column,
                   SegFlows *flows)
{
	int64_t column = label_column(reader, label);
	const SegWide *totals = label_totals(reader, label);
	bool is_other = in_column >= reader->options->limit;
	SegFlowNode *node;

	if (in_column == 0)
		flows->first_node[column] = flows->node_count;
	if (in_column <= reader->options->limit)
		flows->nodes[flows->node_count++] =
			(SegFlowNode){.column = column,
		                  .name = seg_shown_label(label_name(reader, label)),
		                  .listed = reader->listed[label]};
	node = &flows->nodes[flows->node_count - 1];
	reader->node[label] = flows->node_count - 1;
	node->others += is_other;
	node->in += totals[0].hi;
	node->out += totals[1].hi;
	if (!isfinite(node->in) || !isfinite(node->out))
		return seg_fail(reader->env, SEG_NOT_FINITE, "sum", node->in, 0);
	return SEG_OK;
}

static SegStatus
make_nodes(FlowReader *reader, SegFlows *flows)
{
	int64_t n = reader->labels->n;
	int64_t column = -1;
	int64_t in_column = 0;

	SEG_ALLOC(reader->env, reader->order, n + 1);
	SEG_ALLOC(reader->env, reader->node, n + 1);
	SEG_ALLOC(reader->env, flows->nodes, n + 1);
	SEG_ALLOC(reader->env, flows->first_node, reader->columns + 1);
	for (int64_t i = 0; i < n; i++)
		reader->order[i] = i;
	SEG_TRY(
		seg_sort(reader->env, reader->order, n, compare_flow_labels, reader));
	for (int64_t c = 0; c <= reader->columns; c++)
		flows->first_node[c] = -1;
	for (int64_t i = 0; i < n; i++)
	{
		int64_t label = reader->order[i];

		in_column = label_column(reader, label) == column ? in_column + 1 : 0;
		column = label_column(reader, label);
		SEG_TRY(add_label_to_nodes(reader, label, in_column, flows));
	}
	flows->first_node[reader->columns] = flows->node_count;
	for (int64_t c = reader->columns - 1; c >= 0; c--)
	{
		if (flows->first_node[c] < 0) /* a column without nodes */
			flows->first_node[c] = flows->first_node[c + 1];
	}
	for (int64_t i = 0; i < flows->node_count; i++)
	{
		SegFlowNode *node = &flows->nodes[i];

		if (node->others > 0)
			SEG_TRY(
				seg_cells_others_name(reader->env, node->others, &node->name));
	}
	return SEG_OK;
}

/* ---------- flows ---------- */

static int64_t
move_node(const FlowReader *reader, int64_t move, int end)
{
	return reader->node[reader->moves[move].labels[end]];
}

static int
compare_moves(const void *of, int64_t a, int64_t b)
{
	const FlowReader *reader = of;

	for (int end = 0; end < 2; end++)
	{
		int64_t x = move_node(reader, a, end);
		int64_t y = move_node(reader, b, end);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

/*
 * Moves between the same nodes are one flow.
 */
static SegStatus
make_flows(FlowReader *reader, SegFlows *flows)
{
	SegWide sum = {0, 0};
	int64_t at = 0;

	SEG_ALLOC(reader->env, reader->by_nodes, reader->n + 1);
	SEG_ALLOC(reader->env, flows->flows, reader->n + 1);
	SEG_ALLOC(reader->env, flows->first_flow, reader->columns + 1);
	for (int64_t i = 0; i < reader->n; i++)
		reader->by_nodes[i] = i;
	SEG_TRY(seg_sort(reader->env,
	                 reader->by_nodes,
	                 reader->n,
	                 compare_moves,
	                 reader));
	for (int64_t i = 0; i < reader->n; i++)
	{
		int64_t move = reader->by_nodes[i];

		if (i == 0 || compare_moves(reader, reader->by_nodes[i - 1], move) != 0)
		{
			sum = (SegWide){0, 0};
			flows->flow_count++;
		}
		sum = seg_wide_add(sum, reader->moves[move].value);
		flows->flows[flows->flow_count - 1] =
			(SegFlow){.from = move_node(reader, move, 0),
		              .to = move_node(reader, move, 1),
		              .value = sum.hi};
	}
	for (int64_t c = 0; c <= reader->columns; c++)
	{
		while (at < flows->flow_count &&
		       flows->nodes[flows->flows[at].from].column < c)
			at++;
		flows->first_flow[c] = at;
	}
	return SEG_OK;
}

SegStatus
seg_flows_read(SegEnv *env, const SegChartOptions *options,
               const SegCountMap *sums, bool has_steps, SegFlows *flows)
{
	FlowReader reader = {.env = env, .options = options};

	*flows = (SegFlows){0};
	SEG_TRY(seg_count_map_validate(env, sums));
	SEG_TRY(read_moves(&reader, sums, has_steps));
	SEG_TRY(count_columns(&reader));
	SEG_TRY(collect_flow_labels(&reader));
	SEG_TRY(list_flow_labels(&reader));
	flows->columns = reader.columns;
	SEG_TRY(make_nodes(&reader, flows));
	return make_flows(&reader, flows);
}
