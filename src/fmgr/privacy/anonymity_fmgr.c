/*-------------------------------------------------------------------------
 *
 * anonymity_fmgr.c
 *	  SQL face of k_anonymous, k_anonymity, l_diversity and generalize.
 *
 * The states are count maps with the number of quasi-identifiers as their
 * setting. A key has for each quasi-identifier its length and its bytes, so that
 * no two lists have the same key.
 *
 * src/fmgr/privacy/anonymity_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/numeric.h"

#include "kernel/privacy/anonymity.h"
#include "pg/arguments.h"
#include "pg/count_state.h"

PG_FUNCTION_INFO_V1(segment_k_anonymous);
PG_FUNCTION_INFO_V1(segment_k_anonymity_trans);
PG_FUNCTION_INFO_V1(segment_k_anonymity_combine);
PG_FUNCTION_INFO_V1(segment_k_anonymity_final);
PG_FUNCTION_INFO_V1(segment_l_diversity_trans);
PG_FUNCTION_INFO_V1(segment_l_diversity_combine);
PG_FUNCTION_INFO_V1(segment_l_diversity_final);
PG_FUNCTION_INFO_V1(segment_generalize);

#define ANONYMITY_STATE 0x414e4f4e /* "ANON" */
#define DIVERSITY_STATE 0x44495645 /* "DIVE" */

#define IS_NULL PG_UINT32_MAX

Datum
segment_k_anonymous(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int64 count = PG_GETARG_INT64(0);
	int64 k = PG_GETARG_INT64(1);

	if (k < 1)
		segment_check(&env,
		              seg_fail(&env, SEG_ARGUMENT_BELOW, "k", (double) k, 1));
	if (count < 0)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_ARGUMENT_BELOW,
		                       "count",
		                       (double) count,
		                       0));
	PG_RETURN_BOOL(count >= k);
}

/* ---------- keys ---------- */

static void
append_quasi(StringInfo key, Datum value, bool is_null)
{
	uint32 length = IS_NULL;

	if (is_null)
	{
		appendBinaryStringInfo(key, (const char *) &length, sizeof(length));
		return;
	}
	length = (uint32) VARSIZE_ANY_EXHDR(DatumGetPointer(value));
	appendBinaryStringInfo(key, (const char *) &length, sizeof(length));
	appendBinaryStringInfo(key,
	                       VARDATA_ANY(DatumGetPointer(value)),
	                       (int) length);
}

/*
 * The quasi-identifiers in argument 1 as a key; returns how many they are.
 */
static int
quasi_argument(FunctionCallInfo fcinfo, StringInfo key)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(1);
	Datum *values;
	bool *nulls;
	int n;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("quasi_identifiers must be one-dimensional"));
	deconstruct_array(array,
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &values,
	                  &nulls,
	                  &n);
	initStringInfo(key);
	for (int i = 0; i < n; i++)
		append_quasi(key, values[i], nulls[i]);
	return n;
}

static void
anonymity_must_be_alike(int64 n, int64 before)
{
	if (unlikely(n != before))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("quasi_identifiers must be equally many in all rows"),
		        errdetail("They are " INT64_FORMAT " here, " INT64_FORMAT
		                  " elsewhere.",
		                  n,
		                  before));
}

/*
 * Add a key to the state of the group.
 */
static CountState *
add_anonymity_key(FunctionCallInfo fcinfo, uint32 kind, int64 width, int n,
                  const StringInfoData *key, int64 *at)
{
	CountState *state = count_state_of_group(fcinfo, kind, width);

	if (PG_ARGISNULL(0))
		state->setting = n;
	anonymity_must_be_alike(n, state->setting);
	*at = count_state_add(&state, key->data, key->len);
	return state;
}

static Datum
combine_alike(FunctionCallInfo fcinfo, uint32 kind, int64 width)
{
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1))
		anonymity_must_be_alike(count_state_argument(fcinfo,
		                                             1,
		                                             kind,
		                                             width,
		                                             false)
		                            ->setting,
		                        count_state_argument(fcinfo,
		                                             0,
		                                             kind,
		                                             width,
		                                             false)
		                            ->setting);
	return count_state_combine(fcinfo, kind, width, count_state_add_counts);
}

/* ---------- k_anonymity ---------- */

Datum
segment_k_anonymity_trans(PG_FUNCTION_ARGS)
{
	StringInfoData key;
	CountState *state;
	int64 at;
	int n;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	n = quasi_argument(fcinfo, &key);
	state = add_anonymity_key(fcinfo,
	                          ANONYMITY_STATE,
	                          SEG_ANONYMITY_WIDTH,
	                          n,
	                          &key,
	                          &at);
	count_state_increment(seg_count_map_words(&state->map, at));
	PG_RETURN_POINTER(state);
}

Datum
segment_k_anonymity_combine(PG_FUNCTION_ARGS)
{
	return combine_alike(fcinfo, ANONYMITY_STATE, SEG_ANONYMITY_WIDTH);
}

Datum
segment_k_anonymity_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         0,
	                                         ANONYMITY_STATE,
	                                         SEG_ANONYMITY_WIDTH,
	                                         false);
	int64_t least;

	segment_check(&env, seg_anonymity(&env, &state->map, &least));
	PG_RETURN_INT64(least);
}

/* ---------- l_diversity ---------- */

Datum
segment_l_diversity_trans(PG_FUNCTION_ARGS)
{
	StringInfoData key;
	const text *sensitive;
	SegDiversityTail tail;
	int64 at;
	int n;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	sensitive = PG_GETARG_TEXT_PP(2);
	n = quasi_argument(fcinfo, &key);
	tail = (SegDiversityTail) VARSIZE_ANY_EXHDR(sensitive);
	appendBinaryStringInfo(&key, VARDATA_ANY(sensitive), (int) tail);
	appendBinaryStringInfo(&key, (const char *) &tail, sizeof(tail));
	PG_RETURN_POINTER(add_anonymity_key(fcinfo,
	                                    DIVERSITY_STATE,
	                                    SEG_DIVERSITY_WIDTH,
	                                    n,
	                                    &key,
	                                    &at));
}

Datum
segment_l_diversity_combine(PG_FUNCTION_ARGS)
{
	return combine_alike(fcinfo, DIVERSITY_STATE, SEG_DIVERSITY_WIDTH);
}

Datum
segment_l_diversity_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         0,
	                                         DIVERSITY_STATE,
	                                         SEG_DIVERSITY_WIDTH,
	                                         false);
	int64_t least;

	segment_check(&env, seg_diversity(&env, &state->map, &least));
	PG_RETURN_INT64(least);
}

/* ---------- generalize ---------- */

static Numeric
numeric_call(PGFunction function, Numeric a, Numeric b)
{
	return DatumGetNumeric(
		DirectFunctionCall2(function, NumericGetDatum(a), NumericGetDatum(b)));
}

static void
must_be_finite(Numeric x, const char *what)
{
	if (numeric_is_nan(x) || numeric_is_inf(x))
		ereport(ERROR,
		        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
		        errmsg("%s must be finite", what));
}

/*
 * The lower end of x's interval. The remainder is exact, where a quotient would
 * be rounded; it has the sign of x.
 */
Datum
segment_generalize(PG_FUNCTION_ARGS)
{
	Numeric x = PG_GETARG_NUMERIC(0);
	Numeric width = PG_GETARG_NUMERIC(1);
	Numeric zero = int64_to_numeric(0);
	Numeric rest;

	must_be_finite(x, "x");
	must_be_finite(width, "width");
	if (DatumGetInt32(DirectFunctionCall2(numeric_cmp,
	                                      NumericGetDatum(width),
	                                      NumericGetDatum(zero))) <= 0)
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("width must be positive"));
	rest = numeric_call(numeric_mod, x, width);
	x = numeric_call(numeric_sub, x, rest);
	if (DatumGetInt32(DirectFunctionCall2(numeric_cmp,
	                                      NumericGetDatum(rest),
	                                      NumericGetDatum(zero))) < 0)
		x = numeric_call(numeric_sub, x, width);
	PG_RETURN_NUMERIC(x);
}
