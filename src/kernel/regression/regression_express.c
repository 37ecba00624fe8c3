/*-------------------------------------------------------------------------
 *
 * regression_express.c
 *	  Generalized linear models and softmax regression as SQL expressions.
 *
 * Each is what the method predicts, in its order of additions. Where the prediction
 * is a chance or a mean whose exp SQL refuses to take, it is the limit: 0 or 1.
 *
 * src/kernel/regression/regression_express.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/regression/regression_express.h"

#include "kernel/regression/softmax.h"

/* From here on 1 + exp(-eta) is 1. */
#define CERTAIN 40.0

static void
write_sum(SegExpression *e, double intercept, const double *coefficients,
          int64_t dim)
{
	seg_express_number(e, intercept);
	for (int64_t j = 0; j < dim; j++)
	{
		seg_express(e, " + ");
		seg_express_number(e, coefficients[j]);
		seg_express(e, " * ");
		seg_express_element(e, j);
	}
}

static void
write_eta(SegExpression *e, const void *model)
{
	const SegRegression *m = model;

	write_sum(e, m->intercept, m->coefficients, m->dim);
}

static SegStatus
write_linear(SegEnv *env, const void *model, SegExpression *e)
{
	(void) env;
	write_eta(e, model);
	return SEG_OK;
}

static SegStatus
write_logistic(SegEnv *env, const void *model, SegExpression *e)
{
	(void) env;
	seg_express(e, "CASE WHEN ");
	write_eta(e, model);
	seg_express(e, " > ");
	seg_express_number(e, CERTAIN);
	seg_express(e, " THEN ");
	seg_express_number(e, 1.0);
	seg_express(e, " WHEN ");
	write_eta(e, model);
	seg_express(e, " < ");
	seg_express_number(e, -SEG_EXP_MOST);
	seg_express(e, " THEN ");
	seg_express_number(e, 0.0);
	seg_express(e, " ELSE ");
	seg_express_number(e, 1.0);
	seg_express(e, " / (");
	seg_express_number(e, 1.0);
	seg_express(e, " + exp(-(");
	write_eta(e, model);
	seg_express(e, "))) END");
	return SEG_OK;
}

static SegStatus
write_log_link(SegEnv *env, const void *model, SegExpression *e)
{
	(void) env;
	seg_express(e, "CASE WHEN ");
	write_eta(e, model);
	seg_express(e, " < ");
	seg_express_number(e, SEG_EXP_LEAST);
	seg_express(e, " THEN ");
	seg_express_number(e, 0.0);
	seg_express(e, " ELSE exp(");
	write_eta(e, model);
	seg_express(e, ") END");
	return SEG_OK;
}

static void
write_class_score(SegExpression *e, const void *model, int64_t k)
{
	const SegSoftmax *m = model;

	write_sum(e, m->intercepts[k], m->coefficients + k * m->dim, m->dim);
}

/*
 * Of the classes false and true the chance of true, otherwise that of each.
 */
static SegStatus
write_softmax(SegEnv *env, const void *model, SegExpression *e)
{
	const SegSoftmax *m = model;
	bool is_number = seg_predicts_number(seg_softmax_method.supervised, m);

	SEG_TRY(seg_express_check_sum(env, m->class_count));
	if (is_number)
		seg_express(e, "(");
	seg_express_chances(e, m, m->class_count, write_class_score, true);
	if (is_number)
		seg_express(e, ")[2]");
	return SEG_OK;
}

const SegExpressible seg_linear_expressible = {.write = write_linear};
const SegExpressible seg_logistic_expressible = {.write = write_logistic};
const SegExpressible seg_log_link_expressible = {.write = write_log_link};
const SegExpressible seg_softmax_expressible = {.write = write_softmax};
