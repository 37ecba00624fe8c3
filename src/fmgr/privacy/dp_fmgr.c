/*-------------------------------------------------------------------------
 *
 * dp_fmgr.c
 *	  SQL face of dp_count, dp_count_threshold, dp_sum and dp_avg.
 *
 * The state is a count map of the units, whose first key is the settings; see
 * kernel/privacy/dp.h. A row without a unit makes a state too: an aggregate over
 * rows that all lack one is noise, not NULL, which would tell so.
 *
 * src/fmgr/privacy/dp_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/uuid.h"

#include "kernel/privacy/dp.h"
#include "pg/arguments.h"
#include "pg/count_state.h"
#include "pg/label.h"
#include "pg/strong_dice.h"

PG_FUNCTION_INFO_V1(segment_dp_combine);
PG_FUNCTION_INFO_V1(segment_dp_count_final);
PG_FUNCTION_INFO_V1(segment_dp_number_final);

#define DP_STATE 0x44505254 /* "DPRT" */
#define WAY_OUT  "GROUP BY it to get one result for each value."

/* ---------- arguments ---------- */

/*
 * The unit as bytes, which are in *number for a bigint.
 */
static inline SegText
unit_argument(FunctionCallInfo fcinfo, LabelArgument type, int64 *number)
{
	text *unit;

	if (type == LABEL_IS_BIGINT)
	{
		*number = PG_GETARG_INT64(1);
		return (SegText){(const char *) number, sizeof(*number)};
	}
	if (type == LABEL_IS_UUID)
		return (SegText){(const char *) PG_GETARG_UUID_P(1)->data, UUID_LEN};
	unit = PG_GETARG_TEXT_PP(1);
	return (SegText){VARDATA_ANY(unit), (int64) VARSIZE_ANY_EXHDR(unit)};
}

/*
 * Settings that are whole numbers and bounds lie before those of all methods.
 */
static inline SegDpSettings
settings_arguments(FunctionCallInfo fcinfo, SegDpMethod method)
{
	SegDpSettings settings;
	int at = 2;

	memset(&settings, 0, sizeof(settings));
	settings.method = method;
	settings.max_rows = 1;
	if (method >= SEG_DP_SUM)
	{
		/* + 0: -0 is 0 */
		settings.lower = argument_float8(fcinfo, 3, "lower") + 0.0;
		settings.upper = argument_float8(fcinfo, 4, "upper") + 0.0;
		at = 5;
	}
	settings.epsilon = argument_float8(fcinfo, at, "epsilon");
	if (PG_NARGS() > at + 1)
		settings.delta = argument_float8(fcinfo, at + 1, "delta") + 0.0;
	if (PG_NARGS() > at + 2)
	{
		argument_refuse_null(fcinfo, at + 2, "max_rows");
		settings.max_rows = PG_GETARG_INT64(at + 2);
	}
	return settings;
}

static CountState *
state_make(const SegDpSettings *settings)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state;

	segment_check(&env, seg_dp_check(&env, settings));
	state = count_state_make(DP_STATE, seg_dp_width(settings->method));
	(void) count_state_add(&state, settings, sizeof(*settings));
	return state;
}

/*
 * Has a state these settings? They were checked when it was made.
 */
static inline void
must_have_settings(const CountState *state, const SegDpSettings *settings)
{
	SegText key = seg_count_map_key(&state->map, 0);

	if (unlikely(state->map.n == 0 || key.length != sizeof(*settings) ||
	             memcmp(key.bytes, settings, sizeof(*settings)) != 0))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_dp_check(&env, settings));
		segment_changed("a bound, epsilon, delta or max_rows", WAY_OUT);
	}
}

/* ---------- aggregates ---------- */

/*
 * NaN counts as no value and infinity as the bound: an error would tell that
 * there is such a row.
 */
static inline Datum
dp_transition(FunctionCallInfo fcinfo, SegDpMethod method, LabelArgument type)
{
	SegDpSettings settings = settings_arguments(fcinfo, method);
	bool has_value = method >= SEG_DP_SUM;
	double x = 0;
	CountState *state;
	int64 number;
	SegText unit;
	int64 at;

	if (PG_ARGISNULL(0))
		state = state_make(&settings);
	else
	{
		state = count_state_argument(fcinfo,
		                             0,
		                             DP_STATE,
		                             seg_dp_width(method),
		                             true);
		must_have_settings(state, &settings);
	}
	if (has_value && !PG_ARGISNULL(2))
		x = PG_GETARG_FLOAT8(2);
	if (PG_ARGISNULL(1) || (has_value && PG_ARGISNULL(2)) || isnan(x))
		PG_RETURN_POINTER(state);
	unit = unit_argument(fcinfo, type, &number);
	at = count_state_add(&state, unit.bytes, unit.length);
	seg_dp_add(&settings, x, seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

static CountState *
dp_argument(FunctionCallInfo fcinfo, int argno, SegDpSettings *settings)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         argno,
	                                         DP_STATE,
	                                         COUNT_STATE_ANY_WIDTH,
	                                         false);

	segment_check(&env, seg_dp_settings(&env, &state->map, settings));
	return state;
}

Datum
segment_dp_combine(PG_FUNCTION_ARGS)
{
	SegDpSettings settings[2];

	for (int i = 0; i < 2; i++)
	{
		if (!PG_ARGISNULL(i))
			(void) dp_argument(fcinfo, i, &settings[i]);
	}
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1) &&
	    memcmp(&settings[0], &settings[1], sizeof(settings[0])) != 0)
		segment_changed("a bound, epsilon, delta or max_rows", WAY_OUT);
	return count_state_combine(fcinfo,
	                           DP_STATE,
	                           COUNT_STATE_ANY_WIDTH,
	                           seg_dp_merge);
}

Datum
segment_dp_count_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegDice dice = strong_dice();
	SegDpSettings settings;
	CountState *state = dp_argument(fcinfo, 0, &settings);
	int64_t count;
	bool hidden;

	segment_check(&env,
	              seg_dp_count(&env,
	                           &dice,
	                           &state->map,
	                           &settings,
	                           &count,
	                           &hidden));
	if (hidden)
		PG_RETURN_NULL();
	PG_RETURN_INT64(count);
}

Datum
segment_dp_number_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegDice dice = strong_dice();
	SegDpSettings settings;
	CountState *state = dp_argument(fcinfo, 0, &settings);
	double number;

	segment_check(&env,
	              seg_dp_number(&env, &dice, &state->map, &settings, &number));
	PG_RETURN_FLOAT8(number);
}

#define TRANSITION(name, method, type) \
	PG_FUNCTION_INFO_V1(segment_##name##_trans); \
	Datum segment_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return dp_transition(fcinfo, method, type); \
	}

#define TRANSITIONS(name, method) \
	TRANSITION(name##_bigint, method, LABEL_IS_BIGINT) \
	TRANSITION(name##_text, method, LABEL_IS_TEXT) \
	TRANSITION(name##_uuid, method, LABEL_IS_UUID)

TRANSITIONS(dp_count_threshold, SEG_DP_COUNT_THRESHOLD)
TRANSITIONS(dp_count, SEG_DP_COUNT)
TRANSITIONS(dp_sum, SEG_DP_SUM)
TRANSITIONS(dp_avg, SEG_DP_AVG)
