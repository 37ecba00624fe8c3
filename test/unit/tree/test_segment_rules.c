/*
 * test_segment_rules.c
 *	  What rules say is true of the rows, by counting; and that the rules that
 *	  were put into the rows are found.
 */
#include "unit.h"

#include <float.h>

#include "base/missing.h"
#include "kernel/tree/segment_rules.h"

#define ROWS 1500
#define DIM  4

static double data[ROWS][DIM + 1];
static SegMemoryRows source;
static SegClassRows classes;
static const int64_t ends[] = {1, 2, 3};
static const double keys[] = {0, 1, 2};
static const int32_t numbers[] = {0, 1, 2};

static void
use_rows(int64_t n, int64_t segments)
{
	seg_memory_rows(&source, data[0], n, DIM, DIM + 1, 100);
	classes = (SegClassRows){&source.rows,
	                         segments,
	                         {ends, "abc", segments},
	                         keys,
	                         numbers};
}

static SegRulesParams
defaults(void)
{
	SegRulesParams params;

	seg_options_defaults(seg_segment_rules_options, &params, sizeof(params));
	return params;
}

/* Many distinct numbers, few, missing ones, and segments that depend on them. */
static void
make_rows(uint64_t seed)
{
	for (int i = 0; i < ROWS; i++)
	{
		double *x = data[i];

		x[0] = unit_draw(&seed, 1000000) / 1024.0;
		x[1] = unit_draw(&seed, 7);
		x[2] = unit_draw(&seed, 300) - 150;
		x[3] = unit_draw(&seed, 4);
		for (int j = 0; j < DIM; j++)
		{
			if (j != 1 && unit_draw(&seed, 8) == 0)
				x[j] = seg_missing();
		}
		x[DIM] = unit_draw(&seed, 10) == 0   ? unit_draw(&seed, 3)
		         : x[0] > 600.0 && x[1] <= 3 ? 1.0
		         : isnan(x[3]) || x[2] < -90 ? 2.0
		                                     : 0.0;
	}
	use_rows(ROWS, 3);
}

static bool
holds(const SegRule *rule, const double *x)
{
	for (int k = 0; k < rule->n; k++)
	{
		const SegRuleCondition *c = &rule->conditions[k];
		double number = x[c->element];

		if (c->kind == SEG_CONDITION_MISSING ? !isnan(number)
		    : c->kind == SEG_CONDITION_NOT_MISSING
		        ? isnan(number)
		        : !(number > c->low && number <= c->high))
			return false;
	}
	return true;
}

static void
count(const SegRule *rule, int64_t *rows, int64_t *hits, int64_t *of_segment)
{
	*rows = *hits = *of_segment = 0;
	for (int64_t i = 0; i < source.rows.n; i++)
	{
		bool is_member = data[i][DIM] == (double) rule->segment;
		bool it_holds = holds(rule, data[i]);

		*rows += it_holds;
		*hits += it_holds && is_member;
		*of_segment += is_member;
	}
}

/* The figures are those of the rows; no bound can go for free. */
static void
figures_are_true(const SegRule *rule)
{
	int64_t rows, hits, size;

	count(rule, &rows, &hits, &size);
	CHECK(rows == rule->rows && hits == rule->hits);
	CHECK(rule->precision == (double) hits / (double) rows);
	CHECK(rule->coverage == (double) hits / (double) size);
	CHECK_NEAR(rule->lift * (double) size / (double) source.rows.n,
	           rule->precision,
	           1e-15);
	CHECK(rule->lift > 1.0);
	CHECK(rule->n >= 1);
	for (int k = 0; k < rule->n && rule->n > 1; k++)
	{
		SegRule shorter = *rule;

		shorter.conditions[k] = shorter.conditions[--shorter.n];
		count(&shorter, &rows, &hits, &size);
		CHECK((double) hits / (double) rows < rule->precision);
	}
	for (int k = 0; k < rule->n; k++)
	{
		SegRule wider = *rule;
		SegRuleCondition *c = &wider.conditions[k];

		for (int j = 0; j < rule->n; j++)
			CHECK(j == k || rule->conditions[j].element != c->element);
		if (!isfinite(c->low) || !isfinite(c->high))
			continue;
		c->low = -INFINITY;
		count(&wider, &rows, &hits, &size);
		CHECK((double) hits / (double) rows < rule->precision);
		c->low = rule->conditions[k].low;
		c->high = INFINITY;
		count(&wider, &rows, &hits, &size);
		CHECK((double) hits / (double) rows < rule->precision);
	}
}

/*
 * Each rule adds rows of its segment that those before it do not cover, and the
 * harmonic mean of precision and coverage of all of them rises.
 */
static void
rules_add(const SegSegmentRules *found, double min_coverage)
{
	for (int64_t r = 0; r < found->n; r++)
	{
		const SegRule *rule = &found->rules[r];
		int64_t fresh = 0, size = 0, before[2] = {0}, after[2] = {0};

		for (int64_t i = 0; i < source.rows.n; i++)
		{
			bool is_member = data[i][DIM] == (double) rule->segment;
			bool is_covered = false;
			bool it_holds = holds(rule, data[i]);

			for (int64_t q = 0; q < r; q++)
				is_covered |= found->rules[q].segment == rule->segment &&
				              holds(&found->rules[q], data[i]);
			size += is_member;
			fresh += is_member && it_holds && !is_covered;
			before[0] += is_covered;
			before[1] += is_covered && is_member;
			after[0] += is_covered || it_holds;
			after[1] += (is_covered || it_holds) && is_member;
		}
		CHECK((double) after[1] / (double) (after[0] + size) >
		      (double) before[1] / (double) (before[0] + size));
		CHECK((double) fresh >= min_coverage * (double) size);
		CHECK(r == 0 || found->rules[r - 1].segment <= rule->segment);
	}
}

static void
rules_are_true(uint64_t seed)
{
	SegEnv env = unit_env();
	SegRulesParams params = defaults();
	SegSegmentRules found = {0};

	make_rows(seed);
	params.max_depth = 1 + (int64_t) seed % SEG_RULES_MAX_DEPTH;
	params.min_coverage = 0.02 * (double) (seed % 4);
	CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_OK);
	CHECK(found.n >= 3);
	for (int64_t i = 0; i < found.n; i++)
	{
		CHECK(found.rules[i].n <= params.max_depth);
		figures_are_true(&found.rules[i]);
	}
	rules_add(&found, params.min_coverage);
	unit_env_free(&env);
}

/* What was put into the rows comes out, in numbers as short as can be. */
static void
finds_what_is_there(void)
{
	SegEnv env = unit_env();
	SegRulesParams params = defaults();
	SegSegmentRules found = {0};
	const SegRule *rule;

	for (int i = 0; i < 900; i++)
	{
		double *x = data[i];

		x[0] = i * 37 % 100;
		x[1] = i % 9 / 8.0;
		x[2] = i % 11 == 0 ? seg_missing() : i % 7;
		x[3] = 1.0;
		x[DIM] = isnan(x[2]) ? 2.0 : x[0] > 30.0 && x[0] <= 60.0 ? 1.0 : 0.0;
	}
	use_rows(900, 3);
	CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_OK);
	rule = &found.rules[found.n - 1];
	CHECK(rule->segment == 2 && rule->precision == 1.0);
	CHECK(rule->coverage == 1.0 && rule->n == 1);
	CHECK(rule->conditions[0].kind == SEG_CONDITION_MISSING);
	CHECK(rule->conditions[0].element == 2);
	rule = &found.rules[found.n - 2];
	CHECK(rule->segment == 1 && rule->precision == 1.0);
	CHECK(rule->coverage == 1.0 && rule->n == 2);
	for (int k = 0; k < rule->n; k++)
	{
		const SegRuleCondition *c = &rule->conditions[k];

		if (c->element == 0)
			CHECK(c->low == 30.0 && c->high == 60.0);
		else
			CHECK(c->kind == SEG_CONDITION_NOT_MISSING && c->element == 2);
	}
	unit_env_free(&env);
}

static void
thresholds_are_short(void)
{
	uint64_t seed = 4;

	CHECK(seg_short_threshold(19.0, 20.0) == 19.0);
	CHECK(seg_short_threshold(3.7, 9.2) == 4.0);
	CHECK(seg_short_threshold(312.21, 312.29) == 312.25 ||
	      seg_short_threshold(312.21, 312.29) == 312.21);
	CHECK(seg_short_threshold(95.0, 118.0) == 100.0);
	CHECK(seg_short_threshold(-0.3, 7.0) == 0.0);
	CHECK(!signbit(seg_short_threshold(-0.3, 7.0)));
	CHECK(seg_short_threshold(-5.5, -3.0) == -5.0);
	CHECK(seg_short_threshold(0.1, nextafter(0.1, 1.0)) == 0.1);
	CHECK(seg_short_threshold(1e-300, 2e-300) == 1e-300);
	CHECK(seg_short_threshold(-DBL_MAX, DBL_MAX) == 0.0);
	CHECK(seg_short_threshold(1e300, 2e300) >= 1e300);
	for (int i = 0; i < 20000; i++)
	{
		double low = ldexp(unit_draw(&seed, 1 << 30) - (1 << 29),
		                   unit_draw(&seed, 60) - 50);
		double high =
			low + ldexp(1 + unit_draw(&seed, 1000), unit_draw(&seed, 60) - 50);
		double x;

		if (!(low < high))
			continue;
		x = seg_short_threshold(low, high);
		CHECK(x >= low && x < high);
	}
}

static void
same_in_any_blocks(void)
{
	static const int64_t sizes[] = {1, 7, 4096};
	SegEnv env = unit_env();
	SegRulesParams params = defaults();
	SegSegmentRules first = {0};

	make_rows(7);
	CHECK(seg_segment_rules(&env, &classes, &params, &first) == SEG_OK);
	for (int b = 0; b < 3; b++)
	{
		SegSegmentRules found = {0};

		seg_memory_rows(&source, data[0], ROWS, DIM, DIM + 1, sizes[b]);
		CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_OK);
		CHECK(found.n == first.n);
		for (int64_t i = 0; i < found.n; i++)
			CHECK(found.rules[i].rows == first.rules[i].rows &&
			      found.rules[i].n == first.rules[i].n &&
			      memcmp(found.rules[i].conditions,
			             first.rules[i].conditions,
			             (size_t) found.rules[i].n *
			                 sizeof(SegRuleCondition)) == 0);
	}
	unit_env_free(&env);
}

static void
edges(void)
{
	SegEnv env = unit_env();
	SegRulesParams params = defaults();
	SegSegmentRules found = {0};

	/* one segment */
	make_rows(1);
	use_rows(ROWS, 1);
	CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_ONE_CLASS);
	/* nothing tells the segments apart: no rules */
	for (int i = 0; i < 200; i++)
	{
		for (int j = 0; j < DIM; j++)
			data[i][j] = j == 2 ? seg_missing() : 1.0;
		data[i][DIM] = i % 2;
	}
	use_rows(200, 2);
	CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_OK);
	CHECK(found.n == 0);
	/* numbers of any size */
	for (int i = 0; i < 200; i++)
	{
		data[i][0] = i % 2 == 0 ? -DBL_MAX : DBL_MAX;
		data[i][1] = i % 2 == 0 ? 5e-324 : 1e-323;
	}
	CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_OK);
	CHECK(found.n == 2);
	for (int64_t i = 0; i < found.n; i++)
	{
		CHECK(found.rules[i].precision == 1.0 && found.rules[i].n == 1);
		figures_are_true(&found.rules[i]);
	}
	unit_env_free(&env);
}

static void
fails_cleanly(void)
{
	SegEnv env = unit_env();
	SegRulesParams params = defaults();
	SegSegmentRules found = {0};
	int allocations, questions;

	make_rows(2);
	CHECK(seg_segment_rules(&env, &classes, &params, &found) == SEG_OK);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int k = 0; k < allocations; k++)
	{
		env = unit_env();
		unit_env_fail_after(&env, k);
		CHECK(seg_segment_rules(&env, &classes, &params, &found) ==
		      SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int k = 0; k < questions; k++)
	{
		env = unit_env();
		unit_env_stop_after(&env, k);
		CHECK(seg_segment_rules(&env, &classes, &params, &found) ==
		      SEG_STOPPED);
		unit_env_free(&env);
	}
}

extern void test_segment_rules(void);

void
test_segment_rules(void)
{
	for (uint64_t seed = 0; seed < 24; seed++)
		rules_are_true(seed);
	finds_what_is_there();
	thresholds_are_short();
	same_in_any_blocks();
	edges();
	fails_cleanly();
}
