/*-------------------------------------------------------------------------
 *
 * segment_rules.c
 *	  Short rules that tell the rows of a segment from all others.
 *
 * For each segment we grow a tree of few levels on whether a row belongs to it.
 * The way from the root to any node is a candidate: its conditions, those on the
 * same element merged into one range. A row whose element is missing satisfies no
 * condition on it but "missing", as in SQL. The figures of a rule are counts of
 * rows that satisfy what it says, not of the node's rows.
 *
 * The best candidate has the highest harmonic mean of precision and coverage.
 * Then each bound is taken away that can be without less precision. A further
 * rule must add as many of the segment's rows as each must cover, and raise the
 * mean of all rules of the segment together.
 *
 * Conditions are ranges of bins until the end, when a pass over the rows finds
 * the numbers next to each bound, between which there is a short one.
 *
 * src/kernel/tree/segment_rules.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/segment_rules.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel/tree/tree_grow.h"
#include "kernel/tree/tree_rows.h"

/* A range of bins: low <= code <= high; that of missing elements is the last. */
typedef struct CodeRange
{
	int32_t element;
	int32_t low;
	int32_t high;
} CodeRange;

typedef struct Candidate
{
	int64_t rows;
	int64_t hits;
	int n;
	CodeRange ranges[SEG_RULES_MAX_DEPTH];
} Candidate;

typedef struct Rules
{
	const SegRulesParams *params;
	SegTreeRows rows;
	SegTreeData data;
	SegGrowth growth;
	SegGrower grower;
	int64_t segment;
	int64_t segment_rows;
	int64_t fewest_hits;
	Candidate *candidates; /* of a segment */
	int64_t n_candidates;
	unsigned char *is_covered; /* per row: by a rule of the segment */
	int64_t covered_rows;
	int64_t covered_hits;
	unsigned char *matches; /* scratch, per row */
	Candidate *chosen;
	int64_t *chosen_segment;
	int64_t n_chosen;
} Rules;

/* ---------- counting ---------- */

/*
 * Which rows satisfy a rule, and how many are of the segment.
 */
static void
count_rule(Rules *r, Candidate *c)
{
	int64_t n = r->rows.n;

	memset(r->matches, 1, (size_t) n);
	for (int k = 0; k < c->n; k++)
	{
		const CodeRange *range = &c->ranges[k];
		const uint8_t *codes = seg_bins_element(&r->rows.bins, range->element);
		unsigned width = (unsigned) (range->high - range->low);

		for (int64_t i = 0; i < n; i++)
			r->matches[i] &=
				codes[i * SEG_BIN_GROUP] - (unsigned) range->low <= width;
	}
	c->rows = c->hits = 0;
	for (int64_t i = 0; i < n; i++)
	{
		c->rows += r->matches[i];
		c->hits += r->matches[i] && r->rows.y[i] == (double) r->segment;
	}
}

/*
 * Twice the hits over the rows of rule and segment together: the harmonic mean
 * of precision and coverage.
 */
static double
f1_of(const Rules *r, int64_t rows, int64_t hits)
{
	return 2.0 * (double) hits / (double) (rows + r->segment_rows);
}

/* Is the share of hits of a at least that of b? */
static bool
is_as_precise(const Candidate *a, const Candidate *b)
{
	return (__int128) a->hits * b->rows >= (__int128) b->hits * a->rows;
}

/* ---------- candidates ---------- */

/*
 * The range of an element, all numbers at first.
 */
static CodeRange *
range_of(const Rules *r, Candidate *c, int32_t element)
{
	for (int k = 0; k < c->n; k++)
	{
		if (c->ranges[k].element == element)
			return &c->ranges[k];
	}
	c->ranges[c->n] =
		(CodeRange){element, 0, r->rows.bins.numbers[element] - 1};
	return &c->ranges[c->n++];
}

/*
 * The candidate of a child. Where all numbers go left, missing elements alone go
 * right.
 */
static Candidate
narrowed(const Rules *r, const Candidate *parent, const SegNode *node,
         bool is_right)
{
	int32_t last = r->rows.bins.numbers[node->element] - 1;
	Candidate child = *parent;
	CodeRange *range = range_of(r, &child, node->element);

	if (node->bin == last && is_right)
		range->low = range->high = last + 1;
	else if (is_right)
		range->low = node->bin + 1 > range->low ? node->bin + 1 : range->low;
	else if (node->bin < range->high)
		range->high = node->bin;
	return child;
}

static SegStatus
list_candidates(SegEnv *env, Rules *r, int64_t at, const Candidate *way)
{
	const SegNode *node = &r->grower.nodes[at];

	if (node->element < 0)
		return SEG_OK;
	for (int side = 0; side < 2; side++)
	{
		Candidate child = narrowed(r, way, node, side > 0);

		if (env->stop(env->host))
			return SEG_STOPPED;
		count_rule(r, &child);
		r->candidates[r->n_candidates++] = child;
		SEG_TRY(list_candidates(env, r, node->link + side, &child));
	}
	return SEG_OK;
}

/* ---------- choosing ---------- */

/*
 * Is a candidate better than the base rate, and does it cover enough?
 */
static bool
is_worth_it(const Rules *r, const Candidate *c)
{
	return c->hits >= r->fewest_hits &&
	       (double) c->hits * (double) r->rows.n >
	           (double) c->rows * (double) r->segment_rows;
}

/* Ways to make a rule shorter. */
enum
{
	WITHOUT_RANGE,
	WITHOUT_LOW,
	WITHOUT_HIGH,
	WAYS
};

static bool
make_shorter(const Rules *r, const Candidate *c, int k, int way,
             Candidate *shorter)
{
	CodeRange *range = &shorter->ranges[k];
	int32_t last;

	*shorter = *c;
	last = r->rows.bins.numbers[range->element] - 1;
	if (way == WITHOUT_RANGE)
	{
		memmove(range, range + 1, (size_t) (c->n - k - 1) * sizeof(*range));
		return --shorter->n > 0;
	}
	if (range->low == 0 || range->high >= last)
		return false;
	if (way == WITHOUT_LOW)
		range->low = 0;
	else
		range->high = last;
	return true;
}

/*
 * Take one bound or range away that a rule is as precise without.
 */
static bool
shorten(Rules *r, Candidate *c)
{
	for (int k = 0; k < c->n; k++)
	{
		for (int way = 0; way < WAYS; way++)
		{
			Candidate shorter;

			if (!make_shorter(r, c, k, way, &shorter))
				continue;
			count_rule(r, &shorter);
			if (is_as_precise(&shorter, c))
			{
				*c = shorter;
				return true;
			}
		}
	}
	return false;
}

/*
 * The best candidate that is left; NULL: none.
 */
static Candidate *
best_rule(const Rules *r)
{
	Candidate *best = NULL;
	double best_f1 = 0.0; /* that of any hit is above */

	for (int64_t i = 0; i < r->n_candidates; i++)
	{
		Candidate *c = &r->candidates[i];
		double f1;

		if (c->n == 0 || !is_worth_it(r, c))
			continue;
		f1 = f1_of(r, c->rows, c->hits);
		if (f1 < best_f1 || (f1 == best_f1 && c->n >= best->n))
			continue;
		best = c;
		best_f1 = f1;
	}
	return best;
}

/*
 * Add a rule to those of the segment, if it adds enough.
 */
static bool
add_rule(Rules *r, Candidate *rule)
{
	int64_t rows = r->covered_rows;
	int64_t hits = r->covered_hits;

	count_rule(r, rule);
	for (int64_t i = 0; i < r->rows.n; i++)
	{
		bool is_new = r->matches[i] && !r->is_covered[i];

		rows += is_new;
		hits += is_new && r->rows.y[i] == (double) r->segment;
	}
	if (hits - r->covered_hits < r->fewest_hits ||
	    f1_of(r, rows, hits) <= f1_of(r, r->covered_rows, r->covered_hits))
		return false;
	for (int64_t i = 0; i < r->rows.n; i++)
		r->is_covered[i] |= r->matches[i];
	r->covered_rows = rows;
	r->covered_hits = hits;
	r->chosen[r->n_chosen] = *rule;
	r->chosen_segment[r->n_chosen++] = r->segment;
	return true;
}

/*
 * Choose the rules of a segment among its candidates.
 */
static SegStatus
choose_rules(SegEnv *env, Rules *r)
{
	int64_t chosen = 0;
	Candidate *best;

	while (chosen < r->params->rules && (best = best_rule(r)) != NULL)
	{
		Candidate rule = *best;

		best->n = 0; /* it had its turn */
		do
		{
			if (env->stop(env->host))
				return SEG_STOPPED;
		} while (shorten(r, &rule));
		chosen += add_rule(r, &rule);
	}
	return SEG_OK;
}

/* ---------- segments ---------- */

/*
 * Grow a tree that tells the rows of a segment from all others, and choose rules.
 */
static SegStatus
find_segment_rules(SegEnv *env, Rules *r, int64_t segment)
{
	int64_t n = r->rows.n;
	int32_t one = (int32_t) rint(1.0 / r->data.h_unit);
	double share;

	r->segment = segment;
	r->segment_rows = 0;
	for (int64_t i = 0; i < n; i++)
		r->segment_rows += r->rows.y[i] == (double) segment;
	r->fewest_hits =
		(int64_t) ceil(r->params->min_coverage * (double) r->segment_rows);
	if (r->fewest_hits < 1)
		r->fewest_hits = 1;
	share = (double) r->segment_rows / (double) n;
	for (int64_t i = 0; i < n; i++)
	{
		double is_member = r->rows.y[i] == (double) segment;

		r->data.gradients[i] =
			(SegGradient){(int32_t) rint((share - is_member) / r->data.g_unit),
		                  one};
		r->grower.rows[i] = (uint32_t) i;
	}
	SEG_TRY(seg_grow(env, &r->grower, n, segment));
	r->n_candidates = 0;
	r->covered_rows = r->covered_hits = 0;
	memset(r->is_covered, 0, (size_t) n);
	SEG_TRY(list_candidates(env, r, 0, &(Candidate){0}));
	return choose_rules(env, r);
}

static SegStatus
begin_rules(SegEnv *env, Rules *r)
{
	const SegRulesParams *params = r->params;
	int64_t n = r->rows.n;
	int64_t most = params->rules * r->rows.classes;

	r->data = (SegTreeData){.bins = &r->rows.bins, .outputs = 1};
	r->growth = (SegGrowth){.rules = {.min_leaf_rows = params->min_leaf_rows},
	                        .max_depth = params->max_depth};
	SEG_ALLOC(env, r->data.gradients, n);
	seg_histogram_units(&r->data, n, 1.0, 1.0);
	SEG_ALLOC(env, r->candidates, INT64_C(2) << params->max_depth);
	SEG_ALLOC(env, r->is_covered, n);
	SEG_ALLOC(env, r->matches, n);
	SEG_ALLOC(env, r->chosen, most);
	SEG_ALLOC(env, r->chosen_segment, most);
	return seg_grower_make(env, &r->data, &r->growth, n, &r->grower);
}

/* ---------- numbers ---------- */

double
seg_short_threshold(double low, double high)
{
	if (low <= 0.0 && high > 0.0)
		return 0.0;
	for (int places = -22; places <= 22; places++)
	{
		/* powers up to 22 are exact */
		double power = 1.0;
		double x;

		for (int i = 0; i < places || i < -places; i++)
			power *= 10.0;
		x = places < 0 ? ceil(low / power) * power : ceil(low * power) / power;
		if (x >= low && x < high)
			return x;
	}
	return low;
}

/* The numbers of all rows next to an edge. */
typedef struct Gap
{
	int32_t element;
	double edge;
	double below;
	double above;
} Gap;

static void
add_gap(const Rules *r, const CodeRange *range, int32_t bin, Gap *gaps,
        int64_t *n)
{
	gaps[(*n)++] = (Gap){range->element,
	                     r->rows.bins.edges[range->element][bin],
	                     -INFINITY,
	                     INFINITY};
}

static int32_t
last_bin(const Rules *r, const CodeRange *range)
{
	return r->rows.bins.numbers[range->element] - 1;
}

/*
 * List the edges that rules use, in order, and find their neighbours.
 */
static SegStatus
find_gaps(SegEnv *env, const Rules *r, SegRows *source, Gap **gaps)
{
	SegBlock block;
	int64_t n = 0;

	SEG_ALLOC(env, *gaps, 2 * SEG_RULES_MAX_DEPTH * r->n_chosen + 1);
	for (int64_t i = 0; i < r->n_chosen; i++)
	{
		for (int k = 0; k < r->chosen[i].n; k++)
		{
			const CodeRange *range = &r->chosen[i].ranges[k];

			if (range->low > 0 && range->low <= last_bin(r, range))
				add_gap(r, range, range->low - 1, *gaps, &n);
			if (range->high < last_bin(r, range))
				add_gap(r, range, range->high, *gaps, &n);
		}
	}
	source->rewind(source);
	while (source->next(source, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * source->stride;

			for (Gap *gap = *gaps; gap < *gaps + n; gap++)
			{
				double number = x[gap->element];

				/* both false for a missing one */
				if (number <= gap->edge && number > gap->below)
					gap->below = number;
				if (number > gap->edge && number < gap->above)
					gap->above = number;
			}
		}
	}
	return SEG_OK;
}

/*
 * What a range says; takes its gaps from the list.
 */
static SegRuleCondition
condition_of(const Rules *r, const CodeRange *range, const Gap **gap)
{
	int32_t last = last_bin(r, range);
	SegRuleCondition condition = {SEG_CONDITION_RANGE,
	                              range->element,
	                              -INFINITY,
	                              INFINITY};

	if (range->low > last)
		condition.kind = SEG_CONDITION_MISSING;
	else if (range->low == 0 && range->high == last)
		condition.kind = SEG_CONDITION_NOT_MISSING;
	if (range->low > 0 && range->low <= last)
	{
		condition.low = seg_short_threshold((*gap)->below, (*gap)->above);
		(*gap)++;
	}
	if (range->high < last)
	{
		condition.high = seg_short_threshold((*gap)->below, (*gap)->above);
		(*gap)++;
	}
	return condition;
}

static SegStatus
write_rules(SegEnv *env, const Rules *r, SegRows *source,
            SegSegmentRules *result)
{
	Gap *gaps;
	const Gap *gap;
	int64_t *sizes;

	SEG_TRY(find_gaps(env, r, source, &gaps));
	gap = gaps;
	SEG_ALLOC(env, result->rules, r->n_chosen + 1);
	SEG_ALLOC(env, sizes, r->rows.classes);
	for (int64_t i = 0; i < r->rows.n; i++)
		sizes[(int64_t) r->rows.y[i]]++;
	for (int64_t i = 0; i < r->n_chosen; i++)
	{
		const Candidate *c = &r->chosen[i];
		SegRule *rule = &result->rules[result->n++];
		double size = (double) sizes[r->chosen_segment[i]];

		*rule = (SegRule){.segment = r->chosen_segment[i],
		                  .rows = c->rows,
		                  .hits = c->hits,
		                  .n = c->n};
		rule->precision = (double) c->hits / (double) c->rows;
		rule->coverage = (double) c->hits / size;
		rule->lift = rule->precision / (size / (double) r->rows.n);
		for (int k = 0; k < c->n; k++)
			rule->conditions[k] = condition_of(r, &c->ranges[k], &gap);
	}
	return SEG_OK;
}

SegStatus
seg_segment_rules(SegEnv *env, const SegClassRows *classes,
                  const SegRulesParams *params, SegSegmentRules *result)
{
	const SegTreeParams tree_params = {.max_bins = params->max_bins};
	Rules r = {.params = params};
	SegTree ignored;

	SEG_TRY(seg_tree_read(env,
	                      classes->rows,
	                      classes,
	                      &tree_params,
	                      "segment_rules",
	                      0.0,
	                      &r.rows,
	                      &ignored));
	SEG_TRY(begin_rules(env, &r));
	for (int64_t segment = 0; segment < r.rows.classes; segment++)
	{
		SEG_TRY(find_segment_rules(env, &r, segment));
		if (env->progress != NULL)
			env->progress(env->host,
			              "segment rules",
			              segment + 1,
			              0.0,
			              (double) (segment + 1) / (double) r.rows.classes);
	}
	result->dim = classes->rows->dim;
	result->segments = classes->names;
	return write_rules(env, &r, classes->rows, result);
}

/* ---------- tables ---------- */

static SegStatus
segment_rules_train(SegEnv *env, void *rows, const void *params, void *result)
{
	return seg_segment_rules(env, rows, params, result);
}

/* and marks */
static int64_t
rules_row_bytes(int64_t dim)
{
	return seg_tree_row_bytes(dim) + 2;
}

#define OPTION(member) offsetof(SegRulesParams, member)

/* clang-format off */
const SegOption seg_segment_rules_options[] = {
	{"rules", SEG_OPTION_INT, OPTION(rules), 3, 1, SEG_RULES_MAX, NULL,
		"of a segment at most"},
	{"max_depth", SEG_OPTION_INT, OPTION(max_depth), 3, 1, SEG_RULES_MAX_DEPTH,
		NULL, "elements of a rule at most"},
	{"min_coverage", SEG_OPTION_REAL, OPTION(min_coverage), 0.1, 0, 1, NULL,
		"share of the segment's rows that each rule adds at least"},
	{"min_leaf_rows", SEG_OPTION_INT, OPTION(min_leaf_rows), 20, 1, 1e9, NULL,
		"rows of a node of the tree at least"},
	{"max_bins", SEG_OPTION_INT, OPTION(max_bins), SEG_TREE_MAX_BINS, 2,
		SEG_TREE_MAX_BINS, NULL, "values told apart in each element"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_FEATURE_NAMES_FIELDS(SegSegmentRules, SEG_TREE_MAX_DIM),
	SEG_FIELD_END
};
/* clang-format on */

/* What the driver fills in; it is not stored. */
static const SegMethod segment_rules_result = {.name = "segment_rules",
                                               .title = "segment rules",
                                               .fields = fields,
                                               .size = sizeof(SegSegmentRules)};

const SegTrainer seg_segment_rules_trainer = {.method = &segment_rules_result,
                                              .title = "segment rules",
                                              .columns = {{SEG_COLUMN_CLASS},
                                                          {SEG_COLUMN_VECTOR}},
                                              .takes_missing = true,
                                              .options =
                                                  seg_segment_rules_options,
                                              .params_size =
                                                  sizeof(SegRulesParams),
                                              .row_bytes = rules_row_bytes,
                                              .train = segment_rules_train};
