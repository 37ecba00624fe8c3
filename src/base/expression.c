/*-------------------------------------------------------------------------
 *
 * expression.c
 *	  Pieces that the expressions of several methods have in common.
 *
 * src/base/expression.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/expression.h"

#include <string.h>

static void
put_bytes(SegExpression *e, const char *bytes, size_t n)
{
	if (e->text != NULL)
		memcpy(e->text + e->length, bytes, n);
	e->length += n;
}

void
seg_express(SegExpression *e, const char *text)
{
	put_bytes(e, text, strlen(text));
}

/*
 * In quotes, so that it is float8 from the first digit on, not numeric.
 */
void
seg_express_number(SegExpression *e, double x)
{
	char digits[SEG_EXPRESSION_DIGITS];
	int64_t n = e->print(x, digits);

	put_bytes(e, "'", 1);
	put_bytes(e, digits, (size_t) n);
	seg_express(e, "'::float8");
}

void
seg_express_int(SegExpression *e, int64_t x)
{
	char digits[SEG_EXPRESSION_DIGITS];
	int64_t n = e->print((double) x, digits);

	put_bytes(e, digits, (size_t) n);
}

void
seg_express_quoted(SegExpression *e, SegText text)
{
	bool escapes = memchr(text.bytes, '\\', (size_t) text.length) != NULL;

	seg_express(e, escapes ? "E'" : "'");
	for (int64_t i = 0; i < text.length; i++)
	{
		char c = text.bytes[i];

		if (c == '\'' || c == '\\')
			put_bytes(e, &c, 1);
		put_bytes(e, &c, 1);
	}
	seg_express(e, "'");
}

void
seg_express_column(SegExpression *e, int64_t i)
{
	put_bytes(e, e->columns[i].bytes, (size_t) e->columns[i].length);
	seg_express(e, "::float8");
}

/*
 * As seg_prepare does, without what changes nothing.
 */
void
seg_express_element(SegExpression *e, int64_t j)
{
	const SegPreparation *p = e->preparation;

	if (p == NULL)
	{
		seg_express_column(e, j);
		return;
	}
	if (p->scales[j] != 1.0)
		seg_express(e, "(");
	if (p->centers[j] != 0.0)
		seg_express(e, "(");
	if (seg_preparation_fills(p))
		seg_express(e, "coalesce(");
	seg_express_column(e, j);
	if (seg_preparation_fills(p))
	{
		seg_express(e, ", ");
		seg_express_number(e, p->fills[j]);
		seg_express(e, ")");
	}
	if (p->centers[j] != 0.0)
	{
		seg_express(e, " - ");
		seg_express_number(e, p->centers[j]);
		seg_express(e, ")");
	}
	if (p->scales[j] != 1.0)
	{
		seg_express(e, " / ");
		seg_express_number(e, p->scales[j]);
		seg_express(e, ")");
	}
}

SegStatus
seg_express_check_sum(SegEnv *env, int64_t terms)
{
	if (terms <= SEG_EXPRESSION_MOST_SUMS)
		return SEG_OK;
	return seg_fail(env,
	                SEG_LIMIT,
	                "terms in a sum of an SQL expression",
	                (double) terms,
	                SEG_EXPRESSION_MOST_SUMS);
}

SegStatus
seg_express_refuse_power(SegEnv *env)
{
	return seg_fail_name(env,
	                     SEG_NOT_IN_SQL,
	                     "a power transformation",
	                     "log1p and expm1");
}

SegStatus
seg_express_check_size(SegEnv *env, const SegExpression *e)
{
	if (e->length <= SEG_EXPRESSION_MOST_BYTES)
		return SEG_OK;
	return seg_fail(env,
	                SEG_LIMIT,
	                "bytes in an SQL expression",
	                (double) e->length,
	                SEG_EXPRESSION_MOST_BYTES);
}

/* ---------- larger pieces ---------- */

void
seg_express_rank(SegExpression *e, int64_t column, const double *edges,
                 int64_t count, int64_t first, int64_t step)
{
	seg_express(e, "CASE");
	for (int64_t i = count; i > 0; i--)
	{
		seg_express(e, " WHEN ");
		seg_express_column(e, column);
		seg_express(e, " > ");
		seg_express_number(e, edges[i - 1]);
		seg_express(e, " THEN ");
		seg_express_int(e, first + i * step);
	}
	seg_express(e, " WHEN ");
	seg_express_column(e, column);
	seg_express(e, " IS NOT NULL THEN ");
	seg_express_int(e, first);
	seg_express(e, " END");
}

/*
 * "prefix 1, prefix 2, ..." with a separator of choice.
 */
static void
write_names(SegExpression *e, const char *prefix, int64_t n,
            const char *separator)
{
	for (int64_t k = 0; k < n; k++)
	{
		if (k > 0)
			seg_express(e, separator);
		seg_express(e, prefix);
		seg_express_int(e, k + 1);
	}
}

/*
 * A number is written once and used often, so it gets a name in a query of its own;
 * OFFSET keeps the planner from writing it out again. Only the innermost query
 * sees columns, and it has no FROM, so no name of ours can hide one.
 */
void
seg_express_chances(SegExpression *e, const void *model, int64_t classes,
                    SegWriteScore write_score, bool with_exp)
{
	seg_express(e, "(SELECT ARRAY[");
	for (int64_t k = 0; k < classes; k++)
	{
		seg_express(e, k > 0 ? ", e" : "e");
		seg_express_int(e, k + 1);
		seg_express(e, " / total");
	}
	seg_express(e, "] FROM (SELECT ");
	write_names(e, "e", classes, ", ");
	seg_express(e, ", ");
	write_names(e, "e", classes, " + ");
	seg_express(e, " AS total FROM (SELECT ");
	for (int64_t k = 0; k < classes; k++)
	{
		if (k > 0)
			seg_express(e, ", ");
		if (with_exp)
		{
			seg_express(e, "CASE WHEN s");
			seg_express_int(e, k + 1);
			seg_express(e, " - top < ");
			seg_express_number(e, SEG_EXP_LEAST);
			seg_express(e, " THEN ");
			seg_express_number(e, 0.0);
			seg_express(e, " ELSE exp(s");
			seg_express_int(e, k + 1);
			seg_express(e, " - top) END AS e");
		}
		else
		{
			seg_express(e, "s");
			seg_express_int(e, k + 1);
			seg_express(e, " AS e");
		}
		seg_express_int(e, k + 1);
	}
	seg_express(e, " FROM (SELECT ");
	write_names(e, "s", classes, ", ");
	seg_express(e, ", greatest(");
	write_names(e, "s", classes, ", ");
	seg_express(e, ") AS top FROM (SELECT ");
	for (int64_t k = 0; k < classes; k++)
	{
		if (k > 0)
			seg_express(e, ", ");
		write_score(e, model, k);
		seg_express(e, " AS s");
		seg_express_int(e, k + 1);
	}
	seg_express(e,
	            " OFFSET 0) AS score OFFSET 0) AS summit OFFSET 0) AS power "
	            "OFFSET 0) AS chance)");
}
