/*-------------------------------------------------------------------------
 *
 * expression.h
 *	  A model as an expression that the host's language can evaluate without us:
 *	  SQL of built-in operators and functions.
 *
 * A method that can be written so names a SegExpressible in its SegMethod, and
 * computes there, operation by operation, what it computes for a row. The
 * operators of SQL fail where a result is infinite, or 0 without need, and so does
 * exp for results that are not normal; where a model could get there, its expression
 * keeps away.
 *
 * src/base/expression.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_EXPRESSION_H
#define SEG_BASE_EXPRESSION_H

#include "base/preparation.h"

#define SEG_EXPRESSION_MOST_BYTES (4 * 1024 * 1024)
#define SEG_EXPRESSION_MOST_SUMS  1000 /* each is a level of the host's stack */

/* exp of more is infinite, of less not a normal number. */
#define SEG_EXP_MOST  709.782712893384
#define SEG_EXP_LEAST (-708.3964185322641)

typedef struct SegExpression
{
	char *text; /* NULL: only count */
	size_t length;
	const SegText *columns;            /* names of columns, as SQL takes them */
	const SegPreparation *preparation; /* of elements; NULL: none */
	int64_t (*print)(double x, char *digits); /* shortest; length */
} SegExpression;

#define SEG_EXPRESSION_DIGITS 32 /* room for print */

typedef struct SegExpressible
{
	/* columns that it takes; NULL: one for each element */
	int64_t (*columns)(const void *model);
	SegStatus (*write)(SegEnv *env, const void *model, SegExpression *e);
} SegExpressible;

/* Write a piece of text; a number; a whole number; a text in quotes. */
extern void seg_express(SegExpression *e, const char *text);
extern void seg_express_number(SegExpression *e, double x);
extern void seg_express_int(SegExpression *e, int64_t x);
extern void seg_express_quoted(SegExpression *e, SegText text);

/* A column, as float8; an element, prepared. */
extern void seg_express_column(SegExpression *e, int64_t i);
extern void seg_express_element(SegExpression *e, int64_t j);

/*
 * Refuse what cannot be written; more terms of a sum than the host can bear; more
 * bytes.
 */
extern SegStatus seg_express_refuse_power(SegEnv *env);
extern SegStatus seg_express_check_sum(SegEnv *env, int64_t terms);
extern SegStatus seg_express_check_size(SegEnv *env, const SegExpression *e);

/*
 * first + i * step, where i is how many edges lie below a column; they ascend. NULL
 * for NULL.
 */
extern void
seg_express_rank(SegExpression *e, int64_t column, const double *edges,
                 int64_t count, int64_t first, int64_t step);

/*
 * Chances from scores, of which write_score writes each one: exp of the score,
 * if with_exp, over the sum.
 */
typedef void (*SegWriteScore)(SegExpression *e, const void *model, int64_t k);
extern void
seg_express_chances(SegExpression *e, const void *model, int64_t classes,
                    SegWriteScore write_score, bool with_exp);

#endif /* SEG_BASE_EXPRESSION_H */
