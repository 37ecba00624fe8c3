/*-------------------------------------------------------------------------
 *
 * roc_fmgr.c
 *	  SQL face of roc_auc, roc_auc_interval, roc_curve, average_precision and
 *	  best_threshold.
 *
 * src/fmgr/evaluate/roc_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "base/normal.h"
#include "fmgr/evaluate/score_rows.h"
#include "kernel/evaluate/roc.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_scored_trans);
PG_FUNCTION_INFO_V1(segment_roc_auc_final);
PG_FUNCTION_INFO_V1(segment_roc_auc_interval_trans);
PG_FUNCTION_INFO_V1(segment_roc_auc_interval_final);
PG_FUNCTION_INFO_V1(segment_roc_curve_final);
PG_FUNCTION_INFO_V1(segment_average_precision_final);
PG_FUNCTION_INFO_V1(segment_best_threshold_trans);
PG_FUNCTION_INFO_V1(segment_best_threshold_final);

/*
 * The score of a row that counts.
 */
static inline double
roc_score(FunctionCallInfo fcinfo)
{
	double score = PG_GETARG_FLOAT8(2);

	if (unlikely(score - score != 0))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_check_finite(&env, "score", score));
	}
	return score;
}

/*
 * Transition: (state, label, score).
 */
Datum
segment_scored_trans(PG_FUNCTION_ARGS)
{
	static const RowSettings none = {0};

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	return score_rows_add(fcinfo, roc_score(fcinfo), &none);
}

/*
 * A result that is one number: NULL if it is not defined.
 */
static Datum
roc_number(FunctionCallInfo fcinfo, const char *method,
           SegStatus (*compute)(SegEnv *env, const SegRankedScores *scores,
                                double *result))
{
	ScoreWork work;
	SegStatus status;
	double result;

	if (!score_work_begin(fcinfo, method, &work))
		PG_RETURN_NULL();
	status = compute(&work.work.env, &work.scores, &result);
	if (status != SEG_UNDEFINED)
		segment_check(&work.work.env, status);
	score_work_end(&work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

static SegStatus
area_under_curve(SegEnv *env, const SegRankedScores *scores, double *result)
{
	(void) env;
	return seg_roc_auc(scores, result);
}

Datum
segment_roc_auc_final(PG_FUNCTION_ARGS)
{
	return roc_number(fcinfo, "roc_auc", area_under_curve);
}

Datum
segment_average_precision_final(PG_FUNCTION_ARGS)
{
	return roc_number(fcinfo, "average_precision", seg_average_precision);
}

/* ---------- the interval ---------- */

/*
 * Transition: (state, label, score [, confidence]).
 */
Datum
segment_roc_auc_interval_trans(PG_FUNCTION_ARGS)
{
	RowSettings settings = {1, {"confidence"}, {0.95}};
	SegEnv env = segment_env(CurrentMemoryContext);
	double score, half_width;

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	score = roc_score(fcinfo);
	if (PG_NARGS() > 3)
		settings.value[0] = argument_float8(fcinfo, 3, "confidence");
	segment_check(&env,
	              seg_normal_half_width(&env, settings.value[0], &half_width));
	return score_rows_add(fcinfo, score, &settings);
}

Datum
segment_roc_auc_interval_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegRocInterval interval;
	ScoreWork work;
	SegStatus status;
	double half_width;

	if (!score_work_begin(fcinfo, "roc_auc_interval", &work))
		PG_RETURN_NULL();
	segment_check(&work.work.env,
	              seg_normal_half_width(&work.work.env,
	                                    work.settings[0],
	                                    &half_width));
	status = seg_roc_auc_interval(&work.work.env,
	                              &work.scores,
	                              half_width,
	                              &interval);
	if (status != SEG_UNDEFINED)
		segment_check(&work.work.env, status);
	score_work_end(&work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	nulls[1] = nulls[2] = nulls[3] = isnan(interval.std_error);
	values[0] = Float8GetDatum(interval.auc);
	values[1] = Float8GetDatum(interval.std_error);
	values[2] = Float8GetDatum(interval.low);
	values[3] = Float8GetDatum(interval.high);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}

/* ---------- the curve ---------- */

Datum
segment_roc_curve_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {FLOAT8OID, FLOAT8OID, FLOAT8OID};
	bool nulls[lengthof(types)] = {false};
	SegRocPoint *points;
	ScoreWork work;
	RowArray result;
	SegStatus status;
	int64_t n;

	if (!score_work_begin(fcinfo, "roc_curve", &work))
		PG_RETURN_NULL();
	status = seg_roc_curve(&work.work.env, &work.scores, &points, &n);
	if (status != SEG_UNDEFINED)
	{
		segment_check(&work.work.env, status);
		MemoryContextSwitchTo(work.work.outside);
		result = row_array_begin(fcinfo, types, lengthof(types), n);
		for (int64 i = 0; i < n; i++)
		{
			Datum values[] = {Float8GetDatum(points[i].threshold),
			                  Float8GetDatum(points[i].false_positive_rate),
			                  Float8GetDatum(points[i].true_positive_rate)};

			row_array_add(&result, values, nulls);
		}
	}
	score_work_end(&work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	return row_array_end(&result);
}

/* ---------- the threshold ---------- */

static double
cost_argument(FunctionCallInfo fcinfo, int argno, const char *what)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double cost = argument_float8(fcinfo, argno, what);

	segment_check(&env, seg_check_cost(&env, what, cost));
	return cost;
}

/*
 * Transition: (state, label, score, cost of a false positive, of a false
 * negative).
 */
Datum
segment_best_threshold_trans(PG_FUNCTION_ARGS)
{
	RowSettings settings = {2,
	                        {"cost_false_positive", "cost_false_negative"},
	                        {0, 0}};
	double score;

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	score = roc_score(fcinfo);
	for (int i = 0; i < 2; i++)
		settings.value[i] = cost_argument(fcinfo, 3 + i, settings.name[i]);
	return score_rows_add(fcinfo, score, &settings);
}

Datum
segment_best_threshold_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] =
		{FLOAT8OID, FLOAT8OID, INT8OID, INT8OID, INT8OID, INT8OID};
	bool nulls[lengthof(types)] = {false};
	Datum values[lengthof(types)];
	SegThreshold best;
	ScoreWork work;

	if (!score_work_begin(fcinfo, "best_threshold", &work))
		PG_RETURN_NULL();
	segment_check(&work.work.env,
	              seg_best_threshold(&work.work.env,
	                                 &work.scores,
	                                 work.settings[0],
	                                 work.settings[1],
	                                 &best));
	score_work_end(&work);
	values[0] = Float8GetDatum(best.threshold);
	values[1] = Float8GetDatum(best.cost);
	values[2] = Int64GetDatum(best.true_positives);
	values[3] = Int64GetDatum(best.false_positives);
	values[4] = Int64GetDatum(best.true_negatives);
	values[5] = Int64GetDatum(best.false_negatives);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
