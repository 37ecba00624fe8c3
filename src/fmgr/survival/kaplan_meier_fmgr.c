/*-------------------------------------------------------------------------
 *
 * kaplan_meier_fmgr.c
 *	  SQL face of survival curves: the aggregate kaplan_meier and its readers.
 *
 * The state is a count map by duration, the summary a sorted table.
 *
 * src/fmgr/survival/kaplan_meier_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "base/normal.h"
#include "fmgr/survival/duration_state.h"
#include "kernel/survival/kaplan_meier.h"
#include "pg/results.h"
#include "pg/summary.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_kaplan_meier_trans);
PG_FUNCTION_INFO_V1(segment_kaplan_meier_combine);
PG_FUNCTION_INFO_V1(segment_kaplan_meier_final);
PG_FUNCTION_INFO_V1(segment_survival_curve);
PG_FUNCTION_INFO_V1(segment_survival_at);
PG_FUNCTION_INFO_V1(segment_median_survival);

#define KAPLAN_MEIER_STATE   0x4b41504c /* "KAPL" */
#define KAPLAN_MEIER_TIMEFIX 3          /* the argument */

/* ---------- counting: (state, duration, event [, timefix]) ---------- */

/*
 * Refuse more times than a summary can hold.
 */
static inline void
check_times(int64 n)
{
	Size size = (Size) n * 3 * sizeof(double);

	if (unlikely((double) size > model_most_bytes()))
		model_check_size(size, "durations in whole days, for example");
}

Datum
segment_kaplan_meier_trans(PG_FUNCTION_ARGS)
{
	CountState *state = duration_state_of_group(fcinfo,
	                                            KAPLAN_MEIER_STATE,
	                                            KAPLAN_MEIER_TIMEFIX);
	bool is_known = !PG_ARGISNULL(1) && !PG_ARGISNULL(2);
	double duration = is_known ? PG_GETARG_FLOAT8(1) : 0;
	double key;
	SegEnv env = segment_env(CurrentMemoryContext);
	int64 at;

	segment_check(&env, seg_check_duration(&env, &duration));
	if (state == NULL)
		state = duration_state_make(fcinfo,
		                            KAPLAN_MEIER_STATE,
		                            KAPLAN_MEIER_TIMEFIX);
	/* skipped rows are counted under the empty key */
	key = seg_duration_key(duration, is_known && PG_GETARG_BOOL(2));
	at = count_state_add(&state, &key, is_known ? sizeof(key) : 0);
	check_times(at / 2); /* early: up to two keys are the same time */
	count_state_increment(seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

Datum
segment_kaplan_meier_combine(PG_FUNCTION_ARGS)
{
	return duration_state_combine(fcinfo, KAPLAN_MEIER_STATE);
}

Datum
segment_kaplan_meier_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool timefix;
	CountState *state =
		duration_state_final(fcinfo, KAPLAN_MEIER_STATE, &timefix);
	SegKaplanMeier table;

	segment_check(&env,
	              seg_kaplan_meier_from_counts(&env,
	                                           &state->map,
	                                           timefix,
	                                           &table));
	check_times(table.distinct_times);
	PG_RETURN_POINTER(
		summary_final(summary_make(&seg_kaplan_meier_method, &table)));
}

/* ---------- reading ---------- */

static SegSurvivalCurve
curve_argument(FunctionCallInfo fcinfo, int argno)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegKaplanMeier table;
	SegSurvivalCurve curve;

	summary_open(PG_GETARG_MODEL_P(argno), &seg_kaplan_meier_method, &table);
	segment_check(&env, seg_survival_curve(&env, &table, &curve));
	return curve;
}

static SegSurvivalScale
scale_argument(FunctionCallInfo fcinfo, int argno)
{
	static const char *const words[] = {[SEG_SCALE_LOG_LOG] = "log-log",
	                                    [SEG_SCALE_LOG] = "log",
	                                    [SEG_SCALE_PLAIN] = "plain",
	                                    NULL};

	return (SegSurvivalScale) word_argument(fcinfo, argno, "ci_type", words);
}

/*
 * (summary, confidence, ci_type): one row per time.
 */
Datum
segment_survival_curve(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegSurvivalCurve curve = curve_argument(fcinfo, 0);
	SegSurvivalScale scale = scale_argument(fcinfo, 2);
	double half_width;

	segment_check(&env,
	              seg_normal_half_width(&env, PG_GETARG_FLOAT8(1), &half_width));
	result_begin(fcinfo);
	for (int64 i = 0; i < curve.n; i++)
	{
		const SegSurvivalStep *s = &curve.steps[i];
		double low = 0, high = 0;
		bool is_unknown =
			!seg_survival_interval(s, scale, half_width, &low, &high);
		Datum values[8] = {Float8GetDatum(s->time),
		                   Int64GetDatum(s->at_risk),
		                   Int64GetDatum(s->events),
		                   Int64GetDatum(s->censored),
		                   Float8GetDatum(s->survival),
		                   Float8GetDatum(seg_survival_std_error(s)),
		                   Float8GetDatum(low),
		                   Float8GetDatum(high)};
		bool nulls[8] =
			{[5] = s->survival <= 0, [6] = is_unknown, [7] = is_unknown};

		result_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

static void *
prepare_curve(const SegEnv *host, const void *table)
{
	SegEnv env = *host;
	SegSurvivalCurve *curve = palloc(sizeof(SegSurvivalCurve));

	segment_check(&env, seg_survival_curve(&env, table, curve));
	return curve;
}

/*
 * (summary, time [, given])
 */
Datum
segment_survival_at(PG_FUNCTION_ARGS)
{
	const SegSurvivalCurve *curve =
		model_open(fcinfo, 0, &seg_kaplan_meier_method, prepare_curve);
	double time = PG_GETARG_FLOAT8(1);
	double given = PG_NARGS() > 2 ? PG_GETARG_FLOAT8(2) : -INFINITY;
	double survival;

	if (unlikely(isnan(time) || isnan(given)))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("time is not a number"));
	if (!seg_survival_at(curve, given, time, &survival))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(survival);
}

Datum
segment_median_survival(PG_FUNCTION_ARGS)
{
	SegSurvivalCurve curve = curve_argument(fcinfo, 0);
	double median;

	if (!seg_survival_median(&curve, &median))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(median);
}
