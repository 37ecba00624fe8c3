/*-------------------------------------------------------------------------
 *
 * clv_fmgr.c
 *	  SQL face of customer lifetime value.
 *
 * src/fmgr/lifetime/clv_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/lifetime/clv.h"
#include "kernel/lifetime/purchases.h"
#include "pg/scoring.h"

PG_FUNCTION_INFO_V1(segment_clv);

/* A model of any method: each call checks which argument it suits. */
typedef struct AnyModel
{
	const SegMethod *method;
	const void *value;
} AnyModel;

static void *
clv_prepare(const SegMethod *method, const void *value)
{
	AnyModel *model = palloc(sizeof(AnyModel));

	*model = (AnyModel){method, value};
	return model;
}

/*
 * The model of purchases in argument 0.
 */
static const AnyModel *
purchase_model(FunctionCallInfo fcinfo)
{
	const AnyModel *model = model_open_any(fcinfo, 0, clv_prepare);

	if (!seg_clv_takes(model->method))
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("expected a BG/NBD model or a Pareto/NBD model, got a "
		               "%s",
		               model->method->title));
	return model;
}

/*
 * The model of spend in argument 1.
 */
static const SegGammaGamma *
spend_model(FunctionCallInfo fcinfo)
{
	const AnyModel *model = model_open_any(fcinfo, 1, clv_prepare);

	if (model->method != &seg_gamma_gamma_method)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("expected a %s, got a %s",
		               seg_gamma_gamma_method.title,
		               model->method->title));
	return model->value;
}

/*
 * (purchase model, gamma-gamma model, frequency, recency, age, monetary,
 * horizon, discount rate, period); NULL if expected spend is infinite.
 */
Datum
segment_clv(PG_FUNCTION_ARGS)
{
	const AnyModel *model = purchase_model(fcinfo);
	const SegGammaGamma *spend = spend_model(fcinfo);
	SegEnv env = segment_env(CurrentMemoryContext);
	SegClvTerms terms = {PG_GETARG_FLOAT8(6),
	                     PG_GETARG_FLOAT8(7),
	                     PG_GETARG_FLOAT8(8)};
	double customer[SEG_PURCHASE_COLUMNS];
	double spending[SEG_SPEND_COLUMNS];
	double value;
	bool is_known, counts;

	scoring_numbers(fcinfo,
	                2,
	                SEG_PURCHASE_COLUMNS,
	                seg_purchases_check,
	                customer);
	spending[0] = customer[0];
	spending[1] = PG_GETARG_FLOAT8(5);
	segment_check(&env, seg_gamma_gamma_check(&env, spending, &counts));
	segment_check(&env,
	              seg_clv(&env,
	                      &(SegClvModels){model->method, model->value, spend},
	                      customer,
	                      spending,
	                      &terms,
	                      &value,
	                      &is_known));
	if (!is_known)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(value);
}
