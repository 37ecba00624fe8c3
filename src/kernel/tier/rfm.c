/*-------------------------------------------------------------------------
 *
 * rfm.c
 *	  Recency, frequency and monetary value, scored by quantiles [1].
 *
 * The edges of a column are its i/n quantiles, found as those of tiers are
 * (tier_quantile.c).  A score counts the edges below the value, so equal values
 * have equal scores, and a new user is scored by the same edges.  Where many
 * values tie, edges are equal, and the scores between them go unused.  The gap
 * is not closed, because 5 must mean "the best fifth" in every column.  Recency
 * is days since the last purchase: the fewer edges below, the better.
 *
 * A segment is the first rule whose two bounds are reached: one by the recency
 * score, one by the mean of the other two.  With rules listed from the best
 * cell down, lower bounds alone can describe any map of cells.
 *
 * [1] A. M. Hughes, Strategic Database Marketing, McGraw-Hill, 1994.
 *
 * src/kernel/tier/rfm.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tier/rfm.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/expression.h"
#include "base/tags.h"
#include "kernel/tier/tier.h"
#include "kernel/tier/tier_scores.h"

#define HUGE_COUNT 9007199254740992.0

#define OPTION(member) offsetof(SegRfmParams, member)

/* clang-format off */
const SegOption seg_rfm_options[] = {
	{"n", SEG_OPTION_INT, OPTION(n), 5, 2, SEG_RFM_MAX_N, NULL,
		"scores of each column"},
	{"segment_names", SEG_OPTION_TEXTS, OPTION(segment_names), 0, 0, 0, NULL,
		"name of the segment of each rule"},
	{"segment_rules", SEG_OPTION_MATRIX, OPTION(segment_rules), 0, 0, 0, NULL,
		"rules: least recency score, least mean of the other two"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegRfm, n, 2, SEG_RFM_MAX_N),
	SEG_INT(SegRfm, edge_count, 1, SEG_RFM_MAX_N - 1),
	SEG_INT(SegRfm, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegRfm, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegRfm, rule_count, 1, SEG_RFM_MAX_RULES),
	SEG_JSON_FIELD(SegRfm, options),
	SEG_TEXT_FIELD(SegRfm, version),
	SEG_TEXTS_FIELD(SegRfm, segment_names, rule_count),
	SEG_REALS(SegRfm, recency_edges, edge_count, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegRfm, frequency_edges, edge_count, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegRfm, monetary_edges, edge_count, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegRfm, segment_recencies, rule_count, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegRfm, segment_values, rule_count, -DBL_MAX, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
is_ascending(const double *edges, int64_t count)
{
	for (int64_t i = 1; i < count; i++)
	{
		if (edges[i] < edges[i - 1])
			return false;
	}
	return true;
}

static bool
rfm_is_sound(const void *value)
{
	const SegRfm *m = value;

	return m->edge_count == m->n - 1 &&
	       is_ascending(m->recency_edges, m->edge_count) &&
	       is_ascending(m->frequency_edges, m->edge_count) &&
	       is_ascending(m->monetary_edges, m->edge_count);
}

/* ---------- as an SQL expression ---------- */

static int64_t
rfm_columns(const void *model)
{
	(void) model;
	return SEG_RFM_COLUMNS;
}

/*
 * The segment: that of the first rule whose scores are reached.
 */
static SegStatus
write_rfm(SegEnv *env, const void *model, SegExpression *e)
{
	const SegRfm *m = model;
	int64_t count = m->edge_count;

	(void) env;
	if (m->rule_count == 0)
		seg_express(e, "NULL::text");
	for (int64_t i = 0; i < m->rule_count; i++)
	{
		seg_express(e, i == 0 ? "CASE WHEN " : " WHEN ");
		seg_express_rank(e, SEG_RFM_RECENCY, m->recency_edges, count, m->n, -1);
		seg_express(e, " >= ");
		seg_express_number(e, m->segment_recencies[i]);
		seg_express(e, " AND ");
		seg_express_number(e, 0.5);
		seg_express(e, " * (");
		seg_express_rank(e, SEG_RFM_FREQUENCY, m->frequency_edges, count, 1, 1);
		seg_express(e, " + ");
		seg_express_rank(e, SEG_RFM_MONETARY, m->monetary_edges, count, 1, 1);
		seg_express(e, ") >= ");
		seg_express_number(e, m->segment_values[i]);
		seg_express(e, " THEN ");
		seg_express_quoted(e, seg_texts_get(&m->segment_names, i));
	}
	if (m->rule_count > 0)
		seg_express(e, " END");
	return SEG_OK;
}

static const SegExpressible rfm_expressible = {.columns = rfm_columns,
                                               .write = write_rfm};

const SegMethod seg_rfm_method = {.tag = SEG_TAG_RFM,
                                  .format = 1,
                                  .name = "rfm",
                                  .title = "model of RFM scores",
                                  .fields = fields,
                                  .size = sizeof(SegRfm),
                                  .is_sound = rfm_is_sound,
                                  .expressible = &rfm_expressible};

/* ---------- rules ---------- */

/*
 * The names in common use, for scores from 1 to 5.  Published tables give them
 * ranges that overlap; here the first rule that holds wins.
 */
typedef struct Rule
{
	double recency;
	double value;
	const char *name;
} Rule;

static const Rule default_rules[] = {
	{4, 4, "champions"},
	{3, 3, "loyal"},
	{4, 2, "potential loyalist"},
	{5, 1, "new"},
	{4, 1, "promising"},
	{3, 2, "needs attention"},
	{3, 1, "about to sleep"},
	{2, 2.5, "at risk"},
	{2, 1, "hibernating"},
	{1, 4, "can't lose"},
	{1, 2.5, "at risk"},
	{1, 2, "hibernating"},
	{1, 1, "lost"},
};

#define N_DEFAULT_RULES \
	((int64_t) (sizeof(default_rules) / sizeof(default_rules[0])))
#define DEFAULT_N 5

SegStatus
seg_rfm_check(SegEnv *env, const SegRfmParams *params)
{
	const SegMatrix *rules = &params->segment_rules;
	int64_t names = params->segment_names.count;

	if (names > SEG_RFM_MAX_RULES)
		return seg_fail(env,
		                SEG_LIMIT,
		                "segment rules",
		                (double) names,
		                SEG_RFM_MAX_RULES);
	if (rules->rows != names)
		return seg_option_bad_size(env,
		                           "segment_rules",
		                           "rows",
		                           rules->rows,
		                           names);
	if (names > 0 && rules->cols != 2)
		return seg_option_bad_size(env,
		                           "segment_rules",
		                           "columns",
		                           rules->cols,
		                           2);
	for (int64_t i = 0; i < 2 * names; i++)
		if (!(rules->x[i] >= 1 && rules->x[i] <= (double) params->n))
			return seg_fail_range(env,
			                      SEG_OPTION_RANGE,
			                      "segment_rules",
			                      rules->x[i],
			                      1,
			                      (double) params->n);
	return SEG_OK;
}

/*
 * Fit the default rules to scores that end at n: best stays best, worst stays
 * worst, and what is between keeps its relative place.
 */
static SegStatus
take_default_rules(SegEnv *env, SegRfm *model, double *recencies,
                   double *values)
{
	double step = (double) (model->n - 1) / (DEFAULT_N - 1);
	int64_t size = 0;
	int64_t *ends;
	char *bytes;

	for (int64_t i = 0; i < N_DEFAULT_RULES; i++)
		size += (int64_t) strlen(default_rules[i].name);
	SEG_ALLOC(env, ends, N_DEFAULT_RULES);
	SEG_ALLOC(env, bytes, size);
	model->segment_names = (SegTexts){ends, bytes, N_DEFAULT_RULES};
	size = 0;
	for (int64_t i = 0; i < N_DEFAULT_RULES; i++)
	{
		const Rule *rule = &default_rules[i];
		size_t length = strlen(rule->name);

		memcpy(bytes + size, rule->name, length);
		size += (int64_t) length;
		ends[i] = size;
		recencies[i] = 1 + (rule->recency - 1) * step;
		values[i] = 1 + (rule->value - 1) * step;
	}
	return SEG_OK;
}

static SegStatus
take_rules(SegEnv *env, const SegRfmParams *params, SegRfm *model)
{
	int64_t given = params->segment_names.count;
	double *recencies;
	double *values;

	model->rule_count = given > 0 ? given : N_DEFAULT_RULES;
	SEG_ALLOC(env, recencies, model->rule_count);
	SEG_ALLOC(env, values, model->rule_count);
	model->segment_recencies = recencies;
	model->segment_values = values;
	if (given == 0)
		return take_default_rules(env, model, recencies, values);
	model->segment_names = params->segment_names;
	for (int64_t i = 0; i < given; i++)
	{
		recencies[i] = params->segment_rules.x[2 * i];
		values[i] = params->segment_rules.x[2 * i + 1];
	}
	return SEG_OK;
}

/* ---------- training and scoring ---------- */

static SegStatus
find_edges(SegEnv *env, SegRows *rows, int32_t column, int64_t n,
           const double **result)
{
	double *edges;

	SEG_ALLOC(env, edges, n - 1);
	SEG_TRY(seg_tier_quantiles(env, rows, column, (double) rows->n, n, edges));
	*result = edges;
	return SEG_OK;
}

/*
 * Rows are recency, frequency, monetary value: finite, and 0 rather than -0.
 */
SegStatus
seg_rfm_train(SegEnv *env, SegRows *rows, const SegRfmParams *params,
              SegRfm *model)
{
	int64_t n = params->n;

	SEG_TRY(seg_rfm_check(env, params));
	model->n = n;
	model->edge_count = n - 1;
	model->rows_used = rows->n;
	SEG_TRY(take_rules(env, params, model));
	SEG_TRY(find_edges(env, rows, SEG_RFM_RECENCY, n, &model->recency_edges));
	SEG_TRY(
		find_edges(env, rows, SEG_RFM_FREQUENCY, n, &model->frequency_edges));
	return find_edges(env, rows, SEG_RFM_MONETARY, n, &model->monetary_edges);
}

SegRfmScores
seg_rfm_scores(const SegRfm *model, const double *x)
{
	int64_t count = model->edge_count;
	int64_t r = seg_tier_of(model->recency_edges, count, x[SEG_RFM_RECENCY]);
	int64_t f =
		seg_tier_of(model->frequency_edges, count, x[SEG_RFM_FREQUENCY]);
	int64_t m = seg_tier_of(model->monetary_edges, count, x[SEG_RFM_MONETARY]);

	return (SegRfmScores){(int) (model->n - r), (int) f + 1, (int) m + 1};
}

/*
 * The rule that names a user's segment, from 0; -1 if none holds.
 */
int64_t
seg_rfm_rule(const SegRfm *model, const SegRfmScores *scores)
{
	double value = (scores->frequency + scores->monetary) / 2.0;

	for (int64_t i = 0; i < model->rule_count; i++)
	{
		if (scores->recency >= model->segment_recencies[i] &&
		    value >= model->segment_values[i])
			return i;
	}
	return -1;
}

/* ---------- the trainer ---------- */

SegStatus
seg_rfm_check_row(SegEnv *env, double *x, bool *counts)
{
	*counts = true;
	SEG_TRY(seg_check_finite(env, "recency", x[SEG_RFM_RECENCY]));
	SEG_TRY(seg_check_finite(env, "frequency", x[SEG_RFM_FREQUENCY]));
	return seg_check_finite(env, "monetary value", x[SEG_RFM_MONETARY]);
}

static SegStatus
rfm_check(SegEnv *env, const void *params)
{
	return seg_rfm_check(env, params);
}

static SegStatus
rfm_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_rfm_train(env, rows, params, model);
}

const SegTrainer seg_rfm_trainer = {.method = &seg_rfm_method,
                                    .columns = {{SEG_COLUMN_NUMBER},
                                                {SEG_COLUMN_NUMBER},
                                                {SEG_COLUMN_NUMBER}},
                                    .options = seg_rfm_options,
                                    .params_size = sizeof(SegRfmParams),
                                    .check = rfm_check,
                                    .check_row = seg_rfm_check_row,
                                    .train = rfm_train};
