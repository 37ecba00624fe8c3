/*-------------------------------------------------------------------------
 *
 * tier.c
 *	  Tiers of a score: from rows to edges that people can read.
 *
 * A score is in tier i when it is above edge i - 1 and not above edge i: a
 * score that equals an edge stays below it.  The rules that find the edges
 * differ (quantiles here and in tier_quantile.c, natural breaks in
 * tier_jenks.c); the tiers are then described in the same way for all.
 *
 * Rows are only ever read as a stream, so the scores may be on disk.  Only
 * natural breaks hold the distinct scores in memory.
 *
 * Goodness of variance fit is 1 - (sum of squares within tiers) / (sum of
 * squares about the mean) [1], from deviations from the tiers' means: two
 * passes, which no offset of the scores can spoil.
 *
 * [1] G. F. Jenks, F. C. Caspall, "Error on Choroplethic Maps", Annals of the
 * Association of American Geographers 61(2), 1971.
 *
 * src/kernel/tier/tier.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/tier.h"

#include <float.h>
#include <math.h>

#include "base/expression.h"
#include "base/tags.h"
#include "kernel/tier/tier_scores.h"

#define HUGE_COUNT 9007199254740992.0

/* Differences of larger scores might overflow: interpolate at a smaller scale. */
#define LARGE_SCORE 1e300
#define SHRINK      0x1p-12

static const char *const rule_words[] = {"quantile",
                                         "jenks",
                                         "equal_width",
                                         NULL};

/* clang-format off */
const SegOption seg_tier_options[] = {
	{"method", SEG_OPTION_ENUM, offsetof(SegTierParams, method), SEG_TIER_QUANTILE, 0, 2, rule_words,
		"quantile, jenks, equal_width"},
	SEG_OPTION_END
};
/* clang-format on */

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegTier, n, 1, SEG_TIER_MAX_N),
	SEG_INT(SegTier, n_requested, 1, SEG_TIER_MAX_N),
	SEG_INT(SegTier, edge_count, 0, SEG_TIER_MAX_N - 1),
	SEG_INT(SegTier, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegTier, rows_skipped, 0, HUGE_COUNT),
	SEG_REAL(SegTier, goodness_of_variance_fit, 0, 1),
	SEG_JSON_FIELD(SegTier, options),
	SEG_TEXT_FIELD(SegTier, version),
	SEG_REALS(SegTier, edges, edge_count, -DBL_MAX, DBL_MAX),
	SEG_INTS(SegTier, sizes, n, 0, HUGE_COUNT),
	SEG_REALS(SegTier, masses, n, 0, DBL_MAX),
	SEG_REALS(SegTier, lows, n, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegTier, highs, n, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegTier, means, n, -DBL_MAX, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * Are the rows of a tier between its edges?
 */
static bool
is_tier_sound(const SegTier *m, int64_t i)
{
	if (m->sizes[i] == 0 || m->masses[i] == 0)
		return m->sizes[i] == 0 && m->masses[i] == 0;
	return m->lows[i] <= m->means[i] && m->means[i] <= m->highs[i] &&
	       (i == 0 || m->lows[i] > m->edges[i - 1]) &&
	       (i == m->edge_count || m->highs[i] <= m->edges[i]);
}

static bool
tier_is_sound(const void *value)
{
	const SegTier *m = value;
	int64_t rows = 0;
	double mass = 0;

	if (m->edge_count != m->n - 1 || m->n > m->n_requested)
		return false;
	for (int64_t i = 1; i < m->edge_count; i++)
	{
		if (m->edges[i] <= m->edges[i - 1])
			return false;
	}
	for (int64_t i = 0; i < m->n; i++)
	{
		rows += m->sizes[i];
		mass += m->masses[i];
		if (!is_tier_sound(m, i))
			return false;
	}
	return rows == m->rows_used && mass <= DBL_MAX;
}

/* ---------- as an SQL expression ---------- */

static int64_t
tier_columns(const void *model)
{
	(void) model;
	return 1;
}

static SegStatus
write_tier(SegEnv *env, const void *model, SegExpression *e)
{
	const SegTier *m = model;

	(void) env;
	seg_express_rank(e, 0, m->edges, m->edge_count, 1, 1);
	return SEG_OK;
}

static const SegExpressible tier_expressible = {.columns = tier_columns,
                                                .write = write_tier};

const SegMethod seg_tier_method = {.tag = SEG_TAG_TIER,
                                   .format = 1,
                                   .name = "tier",
                                   .title = "tier model",
                                   .fields = fields,
                                   .size = sizeof(SegTier),
                                   .is_sound = tier_is_sound,
                                   .expressible = &tier_expressible};

SegStatus
seg_tier_check(SegEnv *env, const SegTierParams *params)
{
	if (params->n < 1 || params->n > SEG_TIER_MAX_N)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "number of tiers",
		                      (double) params->n,
		                      1,
		                      SEG_TIER_MAX_N);
	return SEG_OK;
}

SegStatus
seg_tier_check_previous(SegEnv *env, int64_t edge_count, int64_t tier)
{
	if (tier < 1 || tier > edge_count + 1)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "previous tier",
		                      (double) tier,
		                      1,
		                      (double) edge_count + 1);
	return SEG_OK;
}

SegStatus
seg_tier_check_margin(SegEnv *env, double margin)
{
	if (!(margin >= 0 && margin <= DBL_MAX))
		return seg_fail(env, SEG_ARGUMENT_BELOW, "margin", margin, 0);
	return SEG_OK;
}

/* ---------- a look at the scores ---------- */

static SegStatus
note_range(void *context, double score, double mass)
{
	SegTierRange *range = context;

	range->low = score < range->low ? score : range->low;
	range->high = score > range->high ? score : range->high;
	range->mass += mass;
	return SEG_OK;
}

/*
 * The difference of two doubles of one sign, neither more than twice the other,
 * is exact (Sterbenz).  Elsewhere zero is as good a center, because the scores
 * are of the same magnitude as their differences.
 */
static void
choose_scale(SegTierRange *range)
{
	bool is_near = range->low > 0
	                   ? range->high / 2 <= range->low
	                   : range->high < 0 && range->low / 2 >= range->high;
	double largest;
	int exponent;

	range->center = is_near ? range->low : 0;
	largest = is_near ? range->high - range->low
	                  : fmax(fabs(range->low), fabs(range->high));
	(void) frexp(largest, &exponent);
	range->factor = ldexp(1, exponent > -1000 ? -exponent : 1000);
}

static SegStatus
look_at_scores(SegEnv *env, SegRows *rows, SegTierRange *range)
{
	*range = (SegTierRange){.low = INFINITY, .high = -INFINITY};
	SEG_TRY(seg_tier_visit(env, rows, 0, note_range, range));
	if (!isfinite(range->mass))
		return seg_fail(env, SEG_NOT_FINITE, "sum of weights", 0, 0);
	choose_scale(range);
	return SEG_OK;
}

static void
equal_widths(const SegTierRange *range, int64_t n, double *edges,
             int64_t *count)
{
	double largest = fmax(fabs(range->low), fabs(range->high));
	double shrink = largest > LARGE_SCORE ? SHRINK : 1;
	double low = range->low * shrink;
	double high = range->high * shrink;

	for (int64_t i = 1; i < n; i++)
		edges[i - 1] = (low + (high - low) * (double) i / (double) n) / shrink;
	*count = n - 1;
}

/*
 * Leave out edges that do not ascend, and those with no score above them.
 */
static int64_t
ascending_edges(const SegTierRange *range, double *edges, int64_t count)
{
	int64_t kept = 0;

	for (int64_t i = 0; i < count; i++)
	{
		if (edges[i] < range->high && (kept == 0 || edges[i] > edges[kept - 1]))
			edges[kept++] = edges[i];
	}
	return kept;
}

/* ---------- what is in the tiers ---------- */

typedef struct Census
{
	const SegTierRange *range;
	const double *edges;
	int64_t edge_count;
	int64_t *sizes;
	double *masses;
	double *lows;
	double *highs;
	double *means; /* scaled, until the end */
	double *sums;  /* scaled, in two parts */
	double *rests;
	double within; /* scaled sum of squares about the tiers' means */
} Census;

static inline double
scaled(const SegTierRange *range, double score)
{
	return (score - range->center) * range->factor;
}

static SegStatus
count_score(void *context, double score, double mass)
{
	Census *c = context;
	int64_t i = seg_tier_of(c->edges, c->edge_count, score);
	double x = mass * scaled(c->range, score);
	double sum = c->sums[i] + x;

	if (c->sizes[i]++ == 0)
		c->lows[i] = c->highs[i] = score;
	c->lows[i] = score < c->lows[i] ? score : c->lows[i];
	c->highs[i] = score > c->highs[i] ? score : c->highs[i];
	c->masses[i] += mass;
	/* what the sum lost (Neumaier) */
	c->rests[i] += fabs(c->sums[i]) >= fabs(x) ? (c->sums[i] - sum) + x
	                                           : (x - sum) + c->sums[i];
	c->sums[i] = sum;
	return SEG_OK;
}

static SegStatus
square_score(void *context, double score, double mass)
{
	Census *c = context;
	int64_t i = seg_tier_of(c->edges, c->edge_count, score);
	double deviation = scaled(c->range, score) - c->means[i];

	c->within += mass * (deviation * deviation);
	return SEG_OK;
}

static SegStatus
census_create(SegEnv *env, const SegTierRange *range, const double *edges,
              int64_t edge_count, Census *c)
{
	int64_t n = edge_count + 1;

	*c = (Census){range, edges, edge_count};
	SEG_ALLOC(env, c->sizes, n);
	SEG_ALLOC(env, c->masses, n);
	SEG_ALLOC(env, c->lows, n);
	SEG_ALLOC(env, c->highs, n);
	SEG_ALLOC(env, c->means, n);
	SEG_ALLOC(env, c->sums, n);
	SEG_ALLOC(env, c->rests, n);
	return SEG_OK;
}

/*
 * Where no score lies between two quantiles, only the lower one is an edge.
 * The first and the last tier have rows.
 */
static void
drop_empty(Census *c, double *edges)
{
	int64_t kept = 0;

	for (int64_t i = 0; i <= c->edge_count; i++)
	{
		if (c->sizes[i] == 0)
			continue;
		c->sizes[kept] = c->sizes[i];
		c->masses[kept] = c->masses[i];
		c->lows[kept] = c->lows[i];
		c->highs[kept] = c->highs[i];
		c->sums[kept] = c->sums[i];
		c->rests[kept] = c->rests[i];
		if (i < c->edge_count)
			edges[kept] = edges[i];
		kept++;
	}
	c->edge_count = kept - 1;
}

/*
 * Total = within + between; if there is none, all of it counts as explained.
 */
static double
goodness(const Census *c)
{
	double mean = 0;
	double between = 0;

	for (int64_t i = 0; i <= c->edge_count; i++)
		mean += c->masses[i] / c->range->mass * c->means[i];
	for (int64_t i = 0; i <= c->edge_count; i++)
	{
		double deviation = c->means[i] - mean;

		between += c->masses[i] * (deviation * deviation);
	}
	return c->within > 0 ? between / (between + c->within) : 1;
}

static double
clamp(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

static SegStatus
take_census(SegEnv *env, SegRows *rows, const SegTierRange *range,
            bool keep_empty, double *edges, int64_t edge_count, SegTier *model)
{
	Census c;

	SEG_TRY(census_create(env, range, edges, edge_count, &c));
	SEG_TRY(seg_tier_visit(env, rows, 0, count_score, &c));
	if (!keep_empty)
		drop_empty(&c, edges);
	for (int64_t i = 0; i <= c.edge_count; i++)
	{
		if (c.masses[i] > 0)
			c.means[i] = (c.sums[i] + c.rests[i]) / c.masses[i];
	}
	SEG_TRY(seg_tier_visit(env, rows, 0, square_score, &c));
	model->goodness_of_variance_fit = goodness(&c);
	for (int64_t i = 0; i <= c.edge_count; i++)
		c.means[i] = clamp(c.means[i] / range->factor + range->center,
		                   c.lows[i],
		                   c.highs[i]);

	model->n = c.edge_count + 1;
	model->edge_count = c.edge_count;
	model->rows_used = rows->n;
	model->edges = edges;
	model->sizes = c.sizes;
	model->masses = c.masses;
	model->lows = c.lows;
	model->highs = c.highs;
	model->means = c.means;
	return SEG_OK;
}

SegStatus
seg_tier_train(SegEnv *env, SegRows *rows, const SegTierParams *params,
               SegTier *model)
{
	SegTierRange range;
	double *edges;
	int64_t count;

	SEG_TRY(seg_tier_check(env, params));
	SEG_TRY(look_at_scores(env, rows, &range));
	SEG_ALLOC(env, edges, params->n);
	switch ((SegTierRule) params->method)
	{
		case SEG_TIER_QUANTILE:
			SEG_TRY(
				seg_tier_quantiles(env, rows, 0, range.mass, params->n, edges));
			count = params->n - 1;
			break;
		case SEG_TIER_JENKS:
			SEG_TRY(
				seg_tier_jenks(env, rows, &range, params->n, edges, &count));
			break;
		case SEG_TIER_EQUAL_WIDTH:
			equal_widths(&range, params->n, edges, &count);
			break;
	}
	count = ascending_edges(&range, edges, count);
	model->n_requested = params->n;
	return take_census(env,
	                   rows,
	                   &range,
	                   params->method == SEG_TIER_EQUAL_WIDTH,
	                   edges,
	                   count,
	                   model);
}

/* ---------- the trainer ---------- */

static SegStatus
tier_check(SegEnv *env, const void *params)
{
	return seg_tier_check(env, params);
}

static SegStatus
tier_check_row(SegEnv *env, double *score, bool *counts)
{
	*counts = true;
	return seg_check_finite(env, "score", *score);
}

static SegStatus
tier_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_tier_train(env, rows, params, model);
}

const SegTrainer seg_tier_trainer = {.method = &seg_tier_method,
                                     .columns = {{SEG_COLUMN_NUMBER},
                                                 {SEG_COLUMN_SETTING,
                                                  "number of tiers",
                                                  offsetof(SegTierParams, n)}},
                                     .options = seg_tier_options,
                                     .params_size = sizeof(SegTierParams),
                                     .check = tier_check,
                                     .check_row = tier_check_row,
                                     .train = tier_train};
