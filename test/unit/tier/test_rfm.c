/* test_rfm.c: kernel/tier/rfm.c without a server */
#include <float.h>
#include <string.h>

#include "kernel/tier/rfm.h"
#include "unit.h"

void test_rfm(void);

/* A model of rows, read in blocks. */
static SegStatus
train(SegEnv *env, const double *x, int64_t count, int64_t block_rows,
      int64_t n, SegRfm *model)
{
	SegRfmParams params = {0};
	SegMemoryRows source;

	seg_options_defaults(seg_rfm_options, &params, sizeof(params));
	params.n = n;
	*model = (SegRfm){0};
	seg_memory_rows(&source,
	                x,
	                count,
	                SEG_RFM_COLUMNS,
	                SEG_RFM_COLUMNS,
	                block_rows);
	return seg_rfm_train(env, &source.rows, &params, model);
}

static bool
is_valid(SegEnv *env, SegRfm *model)
{
	model->options = model->version = (SegText){"", 0};
	return seg_image_validate(env, &seg_rfm_method, model) == SEG_OK;
}

static bool
is_segment(const SegRfm *model, int r, int f, int m, const char *name)
{
	SegRfmScores scores = {r, f, m};
	int64_t rule = seg_rfm_rule(model, &scores);
	SegText text;

	if (rule < 0)
		return name == NULL;
	text = seg_texts_get(&model->segment_names, rule);
	return name != NULL && (size_t) text.length == strlen(name) &&
	       memcmp(text.bytes, name, strlen(name)) == 0;
}

/* Columns each in its own order: 0 to 100 in steps of 1, up, up and down. */
static void
fill(double *x, int count)
{
	for (int i = 0; i < count; i++)
	{
		double *row = x + (ptrdiff_t) i * SEG_RFM_COLUMNS;

		row[SEG_RFM_RECENCY] = (double) (i * 37 % count);
		row[SEG_RFM_FREQUENCY] = (double) (i * 53 % count) * 2;
		row[SEG_RFM_MONETARY] = (double) -(i * 71 % count);
	}
}

static void
columns_are_scored_apart(void)
{
	double x[101 * SEG_RFM_COLUMNS];
	SegEnv env = unit_env();
	SegRfm a, b;

	fill(x, 101);
	CHECK(train(&env, x, 101, 7, 5, &a) == SEG_OK && is_valid(&env, &a));
	CHECK(train(&env, x, 101, 101, 5, &b) == SEG_OK && is_valid(&env, &b));
	for (int i = 0; i < 4; i++)
	{
		CHECK(a.recency_edges[i] == 20 * (i + 1));
		CHECK(a.frequency_edges[i] == 40 * (i + 1));
		CHECK(a.monetary_edges[i] == 20 * (i + 1) - 100);
		CHECK(b.monetary_edges[i] == a.monetary_edges[i]);
	}
	CHECK(a.rows_used == 101);
	unit_env_free(&env);
}

static void
scores_clamp_and_ties_stay_together(void)
{
	static const double best[] = {-5, 1e9, DBL_MAX};
	static const double worst[] = {1e9, -5, -DBL_MAX};
	static const double at_edge[] = {20, 40, -80};
	static const double past_edge[] = {20.5, 40.5, -79.5};
	double x[101 * SEG_RFM_COLUMNS];
	SegEnv env = unit_env();
	SegRfmScores s;
	SegRfm m;

	fill(x, 101);
	CHECK(train(&env, x, 101, 50, 5, &m) == SEG_OK);
	s = seg_rfm_scores(&m, best);
	CHECK(s.recency == 5 && s.frequency == 5 && s.monetary == 5);
	s = seg_rfm_scores(&m, worst);
	CHECK(s.recency == 1 && s.frequency == 1 && s.monetary == 1);
	s = seg_rfm_scores(&m, at_edge);
	CHECK(s.recency == 5 && s.frequency == 1 && s.monetary == 1);
	s = seg_rfm_scores(&m, past_edge);
	CHECK(s.recency == 4 && s.frequency == 2 && s.monetary == 2);

	/* half of them bought once: scores of 1, then the rest */
	for (int i = 0; i < 101; i++)
		x[i * SEG_RFM_COLUMNS + SEG_RFM_FREQUENCY] = i <= 50 ? 1 : i;
	CHECK(train(&env, x, 101, 50, 5, &m) == SEG_OK && is_valid(&env, &m));
	CHECK(m.frequency_edges[0] == 1 && m.frequency_edges[1] == 1);
	x[0] = x[1] = x[2] = 1;
	CHECK(seg_rfm_scores(&m, x).frequency == 1);
	x[1] = 51;
	CHECK(seg_rfm_scores(&m, x).frequency == 3);
	unit_env_free(&env);
}

static void
one_row_is_enough(void)
{
	static const double row[] = {3, 1, 20};
	SegEnv env = unit_env();
	SegRfmScores s;
	SegRfm m;

	for (int n = 2; n <= SEG_RFM_MAX_N; n++)
	{
		CHECK(train(&env, row, 1, 1, n, &m) == SEG_OK && is_valid(&env, &m));
		s = seg_rfm_scores(&m, row);
		CHECK(s.recency == n && s.frequency == 1 && s.monetary == 1);
	}
	unit_env_free(&env);
}

static void
default_segments_cover_every_cell(void)
{
	static const double row[] = {3, 1, 20};
	SegEnv env = unit_env();
	SegRfm m;

	for (int n = 2; n <= SEG_RFM_MAX_N; n++)
	{
		CHECK(train(&env, row, 1, 1, n, &m) == SEG_OK);
		CHECK(is_segment(&m, n, n, n, "champions"));
		CHECK(is_segment(&m, n, 1, 1, "new"));
		CHECK(is_segment(&m, 1, n, n, "can't lose"));
		CHECK(is_segment(&m, 1, 1, 1, "lost"));
		for (int r = 1; r <= n; r++)
		{
			for (int v = 2; v <= 2 * n; v++)
			{
				SegRfmScores s = {r, v / 2, v - v / 2};

				CHECK(seg_rfm_rule(&m, &s) >= 0);
			}
		}
	}
	CHECK(train(&env, row, 1, 1, 5, &m) == SEG_OK);
	CHECK(is_segment(&m, 4, 3, 5, "champions"));
	CHECK(is_segment(&m, 5, 3, 4, "loyal") && is_segment(&m, 3, 5, 5, "loyal"));
	CHECK(is_segment(&m, 4, 2, 2, "potential loyalist"));
	CHECK(is_segment(&m, 4, 1, 2, "promising"));
	CHECK(is_segment(&m, 3, 2, 3, "needs attention"));
	CHECK(is_segment(&m, 3, 1, 2, "about to sleep"));
	CHECK(is_segment(&m, 2, 5, 5, "at risk") &&
	      is_segment(&m, 1, 3, 3, "at risk"));
	CHECK(is_segment(&m, 2, 1, 1, "hibernating") &&
	      is_segment(&m, 1, 2, 2, "hibernating"));
	unit_env_free(&env);
}

static void
segments_can_be_replaced(void)
{
	static const int64_t ends[] = {4, 7};
	static const double bounds[] = {4, 1, 2, 4.5};
	static const double row[] = {3, 1, 20};
	SegRfmParams params = {5, {ends, "warmold", 2}, {bounds, 2, 2}};
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegRfm m = {0};

	seg_memory_rows(&source, row, 1, SEG_RFM_COLUMNS, SEG_RFM_COLUMNS, 1);
	CHECK(seg_rfm_train(&env, &source.rows, &params, &m) == SEG_OK);
	CHECK(is_valid(&env, &m));
	CHECK(is_segment(&m, 4, 1, 1, "warm") && is_segment(&m, 3, 4, 5, "old"));
	CHECK(is_segment(&m, 3, 4, 4, NULL) && is_segment(&m, 1, 5, 5, NULL));

	params.segment_rules.rows = 1;
	CHECK(seg_rfm_check(&env, &params) == SEG_OPTION_SIZE);
	params.segment_rules = (SegMatrix){bounds, 2, 1};
	CHECK(seg_rfm_check(&env, &params) == SEG_OPTION_SIZE);
	params.segment_rules = (SegMatrix){NULL, 0, 0};
	CHECK(seg_rfm_check(&env, &params) == SEG_OPTION_SIZE);
	params.segment_names.count = SEG_RFM_MAX_RULES + 1;
	CHECK(seg_rfm_check(&env, &params) == SEG_LIMIT);
	unit_env_free(&env);
}

static void
nonsense_is_not_valid(void)
{
	static const double falling[] = {1, 2, 2, 1};
	static const double row[] = {3, 1, 20};
	SegEnv env = unit_env();
	SegRfm m;

	CHECK(train(&env, row, 1, 1, 5, &m) == SEG_OK && is_valid(&env, &m));
	m.monetary_edges = falling;
	CHECK(!is_valid(&env, &m));
	CHECK(train(&env, row, 1, 1, 5, &m) == SEG_OK);
	m.n = 4;
	CHECK(!is_valid(&env, &m));
	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	double x[20 * SEG_RFM_COLUMNS];
	SegEnv env = unit_env();
	int allocations, questions;
	SegRfm m;

	fill(x, 20);
	CHECK(train(&env, x, 20, 8, 5, &m) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(train(&env, x, 20, 8, 5, &m) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i++)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(train(&env, x, 20, 8, 5, &m) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_rfm(void)
{
	columns_are_scored_apart();
	scores_clamp_and_ties_stay_together();
	one_row_is_enough();
	default_segments_cover_every_cell();
	segments_can_be_replaced();
	nonsense_is_not_valid();
	trouble_of_the_host_is_passed_on();
}
