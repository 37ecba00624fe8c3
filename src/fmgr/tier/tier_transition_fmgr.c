/*-------------------------------------------------------------------------
 *
 * tier_transition_fmgr.c
 *	  SQL face of tier transitions: the aggregate tier_transition and its
 *	  reader.
 *
 * src/fmgr/tier/tier_transition_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "kernel/tier/tier_transition.h"
#include "pg/encoding.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_tier_transition_trans);
PG_FUNCTION_INFO_V1(segment_tier_transition_bigint_trans);
PG_FUNCTION_INFO_V1(segment_tier_transition_boolean_trans);
PG_FUNCTION_INFO_V1(segment_tier_transitions);
PG_FUNCTION_INFO_V1(segment_tier_transitions_int);
PG_FUNCTION_INFO_V1(segment_tier_transitions_bigint);

/*
 * Count a user in place if both tiers are known, or else as a summary of one
 * user that is added to the state.
 */
static ModelValue *
tier_transition_count_user(ModelValue *state, const SegText *from,
                           const SegText *to)
{
	const SegMethod *method = &seg_tier_transition_method;
	SegEnv env = segment_env(CurrentMemoryContext);
	SegLabelMatrix value, one;
	int64 i, j;

	if (state != NULL)
	{
		summary_open(state, method, &value);
		i = seg_label_matrix_find(&value, from);
		j = seg_label_matrix_find(&value, to);
		if (i >= 0 && j >= 0)
		{
			if (from == NULL && to == NULL)
				value.rows_skipped++;
			else
			{
				((int64_t *) value.counts)[i * value.states + j]++;
				value.rows_used++;
			}
			summary_write_slots(state, method, &value);
			return state;
		}
	}
	segment_check(&env, seg_tier_transition_single(&env, from, to, &one));
	if (state == NULL)
		return summary_make(method, &one);
	return summary_add(state, method, &value, &one);
}

static Datum
transition(FunctionCallInfo fcinfo, const SegText *from, const SegText *to)
{
	ModelValue *state = SUMMARY_ARG_STATE(0);

	(void) segment_agg_context(fcinfo); /* we change the first argument */
	PG_RETURN_POINTER(tier_transition_count_user(state,
	                                             PG_ARGISNULL(1) ? NULL : from,
	                                             PG_ARGISNULL(2) ? NULL : to));
}

static SegText
text_argument(FunctionCallInfo fcinfo, int argno)
{
	text *name;

	if (PG_ARGISNULL(argno))
		return (SegText){"", 0};
	name = PG_GETARG_TEXT_PP(argno);
	return text_to_utf8((SegText){VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name)});
}

Datum
segment_tier_transition_trans(PG_FUNCTION_ARGS)
{
	SegText from = text_argument(fcinfo, 1);
	SegText to = text_argument(fcinfo, 2);

	return transition(fcinfo, &from, &to);
}

Datum
segment_tier_transition_bigint_trans(PG_FUNCTION_ARGS)
{
	char digits[2][MAXINT8LEN + 1];
	SegText tier[2];

	for (int i = 0; i < 2; i++)
	{
		int64 number = PG_ARGISNULL(i + 1) ? 0 : PG_GETARG_INT64(i + 1);

		tier[i] = (SegText){digits[i], pg_lltoa(number, digits[i])};
	}
	return transition(fcinfo, &tier[0], &tier[1]);
}

Datum
segment_tier_transition_boolean_trans(PG_FUNCTION_ARGS)
{
	static const SegText words[] = {{"false", 5}, {"true", 4}};

	return transition(fcinfo,
	                  &words[!PG_ARGISNULL(1) && PG_GETARG_BOOL(1)],
	                  &words[!PG_ARGISNULL(2) && PG_GETARG_BOOL(2)]);
}

/* ---------- reading ---------- */

/*
 * One row for each pair of tiers that has users: from_tier, to_tier, users,
 * share of those who were in from_tier.
 */
static Datum
list_transitions(FunctionCallInfo fcinfo, Datum (*id)(SegText name))
{
	SegLabelMatrix value;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0))
		return (Datum) 0; /* the witness may be NULL, so we are not strict */
	summary_open(PG_GETARG_MODEL_P(0), &seg_tier_transition_method, &value);
	for (int64 i = 0; i < value.states; i++)
	{
		const int64_t *counts = value.counts + i * value.states;
		int64 total = 0;

		for (int64 j = 0; j < value.states; j++)
			total += counts[j];
		for (int64 j = 0; j < value.states; j++)
		{
			Datum values[4] = {0};
			bool nulls[4] = {i == value.labels, j == value.labels, false, false};

			if (counts[j] == 0)
				continue;
			if (i < value.labels)
				values[0] = id(seg_texts_get(&value.names, i));
			if (j < value.labels)
				values[1] = id(seg_texts_get(&value.names, j));
			values[2] = Int64GetDatum(counts[j]);
			values[3] = Float8GetDatum((double) counts[j] / (double) total);
			result_row(fcinfo, values, nulls);
		}
	}
	return (Datum) 0;
}

static Datum
tier_transition_text_id(SegText name)
{
	name = text_from_utf8(name);
	return PointerGetDatum(cstring_to_text_with_len(name.bytes, name.length));
}

static Datum
int_id(SegText name)
{
	return DirectFunctionCall1(int4in,
	                           CStringGetDatum(
								   pnstrdup(name.bytes, name.length)));
}

static Datum
bigint_id(SegText name)
{
	return DirectFunctionCall1(int8in,
	                           CStringGetDatum(
								   pnstrdup(name.bytes, name.length)));
}

Datum
segment_tier_transitions(PG_FUNCTION_ARGS)
{
	return list_transitions(fcinfo, tier_transition_text_id);
}

Datum
segment_tier_transitions_int(PG_FUNCTION_ARGS)
{
	return list_transitions(fcinfo, int_id);
}

Datum
segment_tier_transitions_bigint(PG_FUNCTION_ARGS)
{
	return list_transitions(fcinfo, bigint_id);
}
