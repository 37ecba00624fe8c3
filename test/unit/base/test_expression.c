/*
 * test_expression.c: the pieces of SQL expressions.
 */
#include "unit.h"
#include "base/expression.h"
#include "base/missing.h"

static int64_t
print(double x, char *digits)
{
	return snprintf(digits, SEG_EXPRESSION_DIGITS, "%g", x);
}

/* What a piece writes must be what it counts. */
#define WRITES(want, call) \
	do \
	{ \
		char text_[4096]; \
		size_t counted_; \
\
		e.text = NULL; \
		e.length = 0; \
		call; \
		counted_ = e.length; \
		e.text = text_; \
		e.length = 0; \
		call; \
		CHECK(e.length == counted_); \
		CHECK(e.length == strlen(want)); \
		CHECK(memcmp(text_, want, e.length) == 0); \
	} while (0)

static void
write_score(SegExpression *e, const void *model, int64_t k)
{
	seg_express_number(e, ((const double *) model)[k]);
}

static void
pieces(void)
{
	SegText columns[] = {{"a", 1}, {"\"B c\"", 5}};
	SegExpression e = {.columns = columns, .print = print};
	const double scores[] = {1, 2};
	SegPreparation p = {2,
	                    0,
	                    (const double[]){0.5, 7},
	                    (const double[]){0, 0},
	                    (const double[]){0, 3},
	                    (const double[]){1, 2}};

	WRITES("x > 1", seg_express(&e, "x > 1"));
	WRITES("'-0.25'::float8", seg_express_number(&e, -0.25));
	WRITES("17", seg_express_int(&e, 17));
	WRITES("'it''s'", seg_express_quoted(&e, (SegText){"it's", 4}));
	WRITES("E'a\\\\b'''", seg_express_quoted(&e, (SegText){"a\\b'", 4}));
	WRITES("''", seg_express_quoted(&e, (SegText){"", 0}));
	WRITES("\"B c\"::float8", seg_express_column(&e, 1));
	WRITES("a::float8", seg_express_element(&e, 0));
	WRITES("CASE WHEN a::float8 IS NOT NULL THEN 1 END",
	       seg_express_rank(&e, 0, NULL, 0, 1, 1));
	WRITES("CASE WHEN a::float8 > '2'::float8 THEN 1 WHEN a::float8 > "
	       "'1'::float8 THEN 2 WHEN a::float8 IS NOT NULL THEN 3 END",
	       seg_express_rank(&e, 0, scores, 2, 3, -1));
	WRITES("(SELECT ARRAY[e1 / total, e2 / total] FROM (SELECT e1, e2, e1 + e2 "
	       "AS total FROM (SELECT s1 AS e1, s2 AS e2 FROM (SELECT s1, s2, "
	       "greatest(s1, s2) AS top FROM (SELECT '1'::float8 AS s1, "
	       "'2'::float8 AS s2 OFFSET 0) AS score OFFSET 0) AS summit OFFSET 0) "
	       "AS power OFFSET 0) AS chance)",
	       seg_express_chances(&e, scores, 2, write_score, false));
	e.preparation = &p;
	WRITES("coalesce(a::float8, '0.5'::float8)", seg_express_element(&e, 0));
	WRITES("((coalesce(\"B c\"::float8, '7'::float8) - '3'::float8) / "
	       "'2'::float8)",
	       seg_express_element(&e, 1));
	p.fills = (const double[]){seg_missing(), seg_missing()};
	WRITES("((\"B c\"::float8 - '3'::float8) / '2'::float8)",
	       seg_express_element(&e, 1));
}

static void
limits(void)
{
	SegEnv env = unit_env();
	SegExpression e = {.length = SEG_EXPRESSION_MOST_BYTES};

	CHECK(seg_express_check_size(&env, &e) == SEG_OK);
	e.length++;
	CHECK(seg_express_check_size(&env, &e) == SEG_LIMIT);
	CHECK(seg_express_check_sum(&env, SEG_EXPRESSION_MOST_SUMS) == SEG_OK);
	CHECK(seg_express_check_sum(&env, SEG_EXPRESSION_MOST_SUMS + 1) ==
	      SEG_LIMIT);
	CHECK(seg_express_refuse_power(&env) == SEG_NOT_IN_SQL);
	CHECK(isfinite(exp(SEG_EXP_MOST)));
	CHECK(isinf(exp(nextafter(SEG_EXP_MOST, INFINITY))));
	CHECK(exp(SEG_EXP_LEAST) >= 0x1p-1022);
	CHECK(1 + exp(-40.0) == 1);
	unit_env_free(&env);
}

void
test_expression(void)
{
	pieces();
	limits();
}
