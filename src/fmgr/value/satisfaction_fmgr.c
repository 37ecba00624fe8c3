/*-------------------------------------------------------------------------
 *
 * satisfaction_fmgr.c
 *	  SQL face of csat, nps and bayes_average.
 *
 * src/fmgr/value/satisfaction_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "kernel/value/satisfaction.h"
#include "pg/float_state.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_csat_trans);
PG_FUNCTION_INFO_V1(segment_csat_final);
PG_FUNCTION_INFO_V1(segment_nps_trans);
PG_FUNCTION_INFO_V1(segment_nps_final);
PG_FUNCTION_INFO_V1(segment_satisfaction_combine);
PG_FUNCTION_INFO_V1(segment_bayes_average_trans);
PG_FUNCTION_INFO_V1(segment_bayes_average_combine);
PG_FUNCTION_INFO_V1(segment_bayes_average_final);

StaticAssertDecl(sizeof(SegAnswers) == 7 * sizeof(float8),
                 "SegAnswers is seven float8");
StaticAssertDecl(sizeof(SegVotes) == 5 * sizeof(float8),
                 "SegVotes is five float8");

#define ANSWERS_STATE 0x414e5357 /* "ANSW" */
#define VOTES_STATE   0x564f5445 /* "VOTE" */

/* Arguments that must be there, after state and score. */
static void
refuse_null_settings(FunctionCallInfo fcinfo, const char *const *names)
{
	for (int argno = 2; argno < PG_NARGS(); argno++)
	{
		if (unlikely(PG_ARGISNULL(argno)))
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("%s must not be null", names[argno - 2]));
	}
}

/* ---------- answers on a scale ---------- */

static FloatState *
answers_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            ANSWERS_STATE,
	                            FLOAT_STATE_LENGTH(SegAnswers),
	                            writable);
}

static SegAnswers *
checked_answers(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAnswers *answers = (SegAnswers *) state->numbers;

	segment_check(&env, seg_answers_check(&env, answers));
	return answers;
}

static void
scales_must_be_same(const SegScale *a, const SegScale *b)
{
	static const SettingPart parts[] =
		{SETTING_PART("low", SegScale, low),
	     SETTING_PART("high", SegScale, high),
	     SETTING_PART("detractors_to", SegScale, lower_to),
	     SETTING_PART("lowest score that counts", SegScale, upper_from),
	     SETTING_PARTS_END};

	if (unlikely(memcmp(a, b, sizeof(SegScale)) != 0))
		segment_settings_changed(parts,
		                         a,
		                         sizeof(SegScale),
		                         b,
		                         sizeof(SegScale),
		                         "GROUP BY the scale to get one answer for each.");
}

static inline Datum
add_answer(FunctionCallInfo fcinfo, const SegScale *scale)
{
	FloatState *state = answers_argument(fcinfo, 0, true);
	SegAnswers *answers = (SegAnswers *) state->numbers;
	SegEnv env = segment_env(CurrentMemoryContext);

	if (PG_ARGISNULL(0))
	{
		segment_check(&env, seg_scale_check(&env, scale));
		answers->scale = *scale;
	}
	scales_must_be_same(&answers->scale, scale);
	segment_check(&env, seg_answers_add(&env, answers, PG_GETARG_FLOAT8(1)));
	PG_RETURN_POINTER(state);
}

/*
 * Transition: (state, score, low, high [, satisfied_from]).
 */
Datum
segment_csat_trans(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"low", "high", "satisfied_from"};
	SegScale scale;

	refuse_null_settings(fcinfo, names);
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	scale = (SegScale){.low = PG_GETARG_FLOAT8(2),
	                   .high = PG_GETARG_FLOAT8(3),
	                   .lower_to = -INFINITY};
	scale.upper_from = PG_NARGS() > 4 ? PG_GETARG_FLOAT8(4) : scale.high - 1.0;
	return add_answer(fcinfo, &scale);
}

/*
 * Transition: (state, score [, low, high, detractors_to, promoters_from]).
 */
Datum
segment_nps_trans(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"low",
	                                    "high",
	                                    "detractors_to",
	                                    "promoters_from"};
	SegScale scale = {0, 10, 6, 9};

	refuse_null_settings(fcinfo, names);
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	if (PG_NARGS() > 2)
		scale = (SegScale){PG_GETARG_FLOAT8(2),
		                   PG_GETARG_FLOAT8(3),
		                   PG_GETARG_FLOAT8(4),
		                   PG_GETARG_FLOAT8(5)};
	return add_answer(fcinfo, &scale);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_satisfaction_combine(PG_FUNCTION_ARGS)
{
	FloatState *state;
	SegAnswers *into, *from;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_answers(answers_argument(fcinfo, 1, false));
	state = answers_argument(fcinfo, 0, true);
	into = (SegAnswers *) state->numbers;
	if (PG_ARGISNULL(0))
		into->scale = from->scale;
	scales_must_be_same(&checked_answers(state)->scale, &from->scale);
	seg_answers_merge(into, from);
	PG_RETURN_POINTER(state);
}

Datum
segment_csat_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {INT8OID,
	                            INT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID};
	SegAnswers *a = checked_answers(answers_argument(fcinfo, 0, false));
	SegEstimate share = seg_upper_share(a);
	bool nulls[lengthof(types)] = {0};
	Datum values[] = {Int64GetDatum((int64) (a->lower + a->middle + a->upper)),
	                  Int64GetDatum((int64) a->upper),
	                  Float8GetDatum(share.value),
	                  Float8GetDatum(share.low),
	                  Float8GetDatum(share.high)};

	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}

Datum
segment_nps_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] =
		{INT8OID, INT8OID, INT8OID, INT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	SegAnswers *a = checked_answers(answers_argument(fcinfo, 0, false));
	SegEstimate net = seg_net_share(a);
	bool nulls[lengthof(types)] = {0};
	Datum values[] = {Int64GetDatum((int64) (a->lower + a->middle + a->upper)),
	                  Int64GetDatum((int64) a->upper),
	                  Int64GetDatum((int64) a->middle),
	                  Int64GetDatum((int64) a->lower),
	                  Float8GetDatum(100.0 * net.value),
	                  Float8GetDatum(100.0 * net.low),
	                  Float8GetDatum(100.0 * net.high)};

	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}

/* ---------- shrunk averages ---------- */

static FloatState *
votes_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            VOTES_STATE,
	                            FLOAT_STATE_LENGTH(SegVotes),
	                            writable);
}

static SegVotes *
checked_votes(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegVotes *votes = (SegVotes *) state->numbers;

	segment_check(&env, seg_votes_check(&env, votes));
	return votes;
}

static void
priors_must_be_same(const SegVotes *a, const SegVotes *b)
{
	static const SettingPart parts[] =
		{SETTING_PART("prior_mean", SegVotes, prior_mean),
	     SETTING_PART("prior_votes", SegVotes, prior_votes),
	     SETTING_PARTS_END};

	if (unlikely(a->prior_mean != b->prior_mean ||
	             a->prior_votes != b->prior_votes))
		segment_settings_changed(parts,
		                         a,
		                         sizeof(SegVotes),
		                         b,
		                         sizeof(SegVotes),
		                         "GROUP BY them to get one average for each.");
}

/*
 * Transition: (state, rating, prior_mean, prior_votes).
 */
Datum
segment_bayes_average_trans(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"prior_mean", "prior_votes"};
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatState *state;
	SegVotes *votes;
	SegVotes row;

	refuse_null_settings(fcinfo, names);
	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	row = (SegVotes){.prior_mean = PG_GETARG_FLOAT8(2),
	                 .prior_votes = PG_GETARG_FLOAT8(3)};
	state = votes_argument(fcinfo, 0, true);
	votes = (SegVotes *) state->numbers;
	if (PG_ARGISNULL(0))
	{
		segment_check(&env, seg_votes_prior_check(&env, &row));
		*votes = row;
	}
	priors_must_be_same(votes, &row);
	segment_check(&env, seg_check_finite(&env, "rating", PG_GETARG_FLOAT8(1)));
	seg_votes_add(votes, PG_GETARG_FLOAT8(1));
	PG_RETURN_POINTER(state);
}

Datum
segment_bayes_average_combine(PG_FUNCTION_ARGS)
{
	FloatState *state;
	SegVotes *into, *from;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_votes(votes_argument(fcinfo, 1, false));
	state = votes_argument(fcinfo, 0, true);
	into = (SegVotes *) state->numbers;
	if (PG_ARGISNULL(0))
	{
		*into = *from;
		PG_RETURN_POINTER(state);
	}
	priors_must_be_same(checked_votes(state), from);
	seg_votes_merge(into, from);
	PG_RETURN_POINTER(state);
}

Datum
segment_bayes_average_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegVotes *votes = checked_votes(votes_argument(fcinfo, 0, false));
	double mean = 0;

	segment_check(&env, seg_votes_mean(&env, votes, &mean));
	PG_RETURN_FLOAT8(mean);
}
