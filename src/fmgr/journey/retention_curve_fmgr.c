/*-------------------------------------------------------------------------
 *
 * retention_curve_fmgr.c
 *	  SQL face of retention curves: the aggregate retention_curve, over users.
 *
 * The state is an array of bigint: two counts for each period, of users who
 * were active in it and of users for whom that is known.
 *
 * src/fmgr/journey/retention_curve_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "kernel/journey/retention.h"
#include "pg/number_state.h"

PG_FUNCTION_INFO_V1(segment_retention_curve_trans);
PG_FUNCTION_INFO_V1(segment_retention_curve_combine);
PG_FUNCTION_INFO_V1(segment_retention_curve_final);

typedef struct PeriodCount
{
	int64 active;
	int64 known;
} PeriodCount;

#define CURVE_LENGTH(n) ((n) *NUMBER_STATE_LENGTH(PeriodCount))

/*
 * A state with room for n periods.
 */
static ArrayType *
curve_state(FunctionCallInfo fcinfo, int n)
{
	ArrayType *state, *larger;

	if (PG_ARGISNULL(0))
		return number_state_argument(fcinfo, 0, CURVE_LENGTH(n), true);
	state = number_state_argument(fcinfo, 0, 0, true);
	if (number_state_length(state) >= CURVE_LENGTH(n))
		return state;
	larger = number_state_make(CURVE_LENGTH(n));
	memcpy(number_state_of(larger),
	       number_state_of(state),
	       number_state_length(state) * sizeof(int64));
	return larger;
}

/*
 * Two sound counts add up without an overflow.
 */
static inline void
check_count(const PeriodCount *count)
{
	number_state_check(0 <= count->active && count->active <= count->known &&
	                   count->known <= PG_INT64_MAX / 2);
}

static PeriodCount *
curve_counts(ArrayType *state, int *n)
{
	PeriodCount *counts = number_state_of(state);

	*n = number_state_length(state) / NUMBER_STATE_LENGTH(PeriodCount);
	number_state_check(number_state_length(state) == CURVE_LENGTH(*n));
	for (int i = 0; i < *n; i++)
		check_count(&counts[i]);
	return counts;
}

static int
check_user(ArrayType *user)
{
	int n = ArrayGetNItems(ARR_NDIM(user), ARR_DIMS(user));

	if (ARR_NDIM(user) > 1)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("array of periods must have one dimension"));
	if (n > SEG_RETENTION_MAX_PERIODS)
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("too many periods: %d", n),
		        errdetail("The limit is %d.", SEG_RETENTION_MAX_PERIODS));
	return n;
}

Datum
segment_retention_curve_trans(PG_FUNCTION_ARGS)
{
	ArrayType *user, *state;
	const bool *active;
	const uint8 *known;
	PeriodCount *counts;
	int n;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	user = PG_GETARG_ARRAYTYPE_P(1);
	n = check_user(user);
	if (n == 0)
		RETURN_STATE_UNCHANGED();
	state = curve_state(fcinfo, n);
	counts = number_state_of(state);
	active = (const bool *) ARR_DATA_PTR(user);
	known = ARR_NULLBITMAP(user);
	for (int i = 0; i < n; i++)
	{
		if (known != NULL && !(known[i / 8] & 1 << i % 8))
			continue;
		check_count(&counts[i]);
		counts[i].active += *active++;
		counts[i].known++;
	}
	PG_RETURN_POINTER(state);
}

Datum
segment_retention_curve_combine(PG_FUNCTION_ARGS)
{
	ArrayType *into;
	PeriodCount *sum, *more;
	int n, m;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	more = curve_counts(number_state_argument(fcinfo, 1, 0, false), &m);
	into = curve_state(fcinfo, m);
	sum = curve_counts(into, &n);
	for (int i = 0; i < m; i++)
	{
		sum[i].active += more[i].active;
		sum[i].known += more[i].known;
	}
	PG_RETURN_POINTER(into);
}

Datum
segment_retention_curve_final(PG_FUNCTION_ARGS)
{
	int n;
	int lower = 1;
	PeriodCount *counts =
		curve_counts(number_state_argument(fcinfo, 0, 0, false), &n);
	Datum *values = palloc(n * sizeof(Datum));
	bool *nulls = palloc(n * sizeof(bool));

	for (int i = 0; i < n; i++)
	{
		nulls[i] = counts[i].known == 0;
		values[i] = Float8GetDatum(nulls[i] ? 0
		                                    : (double) counts[i].active /
		                                          (double) counts[i].known);
	}
	PG_RETURN_ARRAYTYPE_P(construct_md_array(values,
	                                         nulls,
	                                         1,
	                                         &n,
	                                         &lower,
	                                         FLOAT8OID,
	                                         sizeof(float8),
	                                         FLOAT8PASSBYVAL,
	                                         TYPALIGN_DOUBLE));
}
