/*-------------------------------------------------------------------------
 *
 * roc_f1_fmgr.c
 *	  SQL face of f1_at and best_f1.
 *
 * src/fmgr/evaluate/roc_f1_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "fmgr/evaluate/score_rows.h"
#include "kernel/evaluate/roc_f1.h"
#include "pg/arguments.h"
#include "pg/float_state.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_f1_at_trans);
PG_FUNCTION_INFO_V1(segment_f1_at_combine);
PG_FUNCTION_INFO_V1(segment_f1_at_final);
PG_FUNCTION_INFO_V1(segment_best_f1_final);

StaticAssertDecl(sizeof(SegDecisions) == 5 * sizeof(float8),
                 "SegDecisions is five float8");

#define DECISIONS_STATE 0x46314154 /* "F1AT" */

static FloatState *
decisions_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            DECISIONS_STATE,
	                            FLOAT_STATE_LENGTH(SegDecisions),
	                            writable);
}

static SegDecisions *
checked_decisions(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegDecisions *decisions = (SegDecisions *) state->numbers;

	segment_check(&env, seg_decisions_check(&env, decisions));
	return decisions;
}

static inline void
threshold_must_be_same(double a, double b)
{
	if (unlikely(a != b))
		segment_changed("threshold", "GROUP BY it to get one result for each.");
}

/*
 * Transition: (state, label, score, threshold).
 */
Datum
segment_f1_at_trans(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatState *state;
	SegDecisions *decisions;
	double threshold;

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	threshold = argument_float8(fcinfo, 3, "threshold");
	segment_check(&env, seg_threshold_check(&env, threshold));
	segment_check(&env, seg_check_finite(&env, "score", PG_GETARG_FLOAT8(2)));
	state = decisions_argument(fcinfo, 0, true);
	decisions = (SegDecisions *) state->numbers;
	if (PG_ARGISNULL(0))
		decisions->threshold = threshold;
	threshold_must_be_same(decisions->threshold, threshold);
	seg_decisions_add(decisions, PG_GETARG_BOOL(1), PG_GETARG_FLOAT8(2));
	PG_RETURN_POINTER(state);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_f1_at_combine(PG_FUNCTION_ARGS)
{
	FloatState *state;
	SegDecisions *into, *from;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_decisions(decisions_argument(fcinfo, 1, false));
	state = decisions_argument(fcinfo, 0, true);
	into = (SegDecisions *) state->numbers;
	if (PG_ARGISNULL(0))
		into->threshold = from->threshold;
	threshold_must_be_same(checked_decisions(state)->threshold,
	                       from->threshold);
	seg_decisions_merge(into, from);
	PG_RETURN_POINTER(state);
}

static Datum
f1_result(FunctionCallInfo fcinfo, const SegDecisions *d)
{
	static const Oid types[] = {FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID,
	                            INT8OID};
	bool nulls[lengthof(types)] = {false};
	SegF1 f1 = seg_f1_of(d);
	Datum values[] = {Float8GetDatum(d->threshold),
	                  Float8GetDatum(f1.precision),
	                  Float8GetDatum(f1.recall),
	                  Float8GetDatum(f1.f1),
	                  Int64GetDatum((int64) d->true_positives),
	                  Int64GetDatum((int64) d->false_positives),
	                  Int64GetDatum((int64) d->true_negatives),
	                  Int64GetDatum((int64) d->false_negatives)};

	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}

Datum
segment_f1_at_final(PG_FUNCTION_ARGS)
{
	return f1_result(fcinfo,
	                 checked_decisions(decisions_argument(fcinfo, 0, false)));
}

Datum
segment_best_f1_final(PG_FUNCTION_ARGS)
{
	SegDecisions best;
	SegStatus status;
	ScoreWork work;

	if (!score_work_begin(fcinfo, "best_f1", &work))
		PG_RETURN_NULL();
	status = seg_best_f1(&work.work.env, &work.scores, &best);
	if (status != SEG_UNDEFINED)
		segment_check(&work.work.env, status);
	score_work_end(&work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	return f1_result(fcinfo, &best);
}
