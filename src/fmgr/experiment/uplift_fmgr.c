/*-------------------------------------------------------------------------
 *
 * uplift_fmgr.c
 *	  SQL face of uplift_table, qini_coefficient, qini_area and qini_curve.
 *
 * src/fmgr/experiment/uplift_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"

#include "base/normal.h"
#include "kernel/experiment/uplift.h"
#include "pg/results.h"
#include "pg/row_work.h"

PG_FUNCTION_INFO_V1(segment_uplift_table_trans);
PG_FUNCTION_INFO_V1(segment_uplift_table_boolean_trans);
PG_FUNCTION_INFO_V1(segment_uplift_table_final);
PG_FUNCTION_INFO_V1(segment_qini_trans);
PG_FUNCTION_INFO_V1(segment_qini_boolean_trans);
PG_FUNCTION_INFO_V1(segment_qini_coefficient_final);
PG_FUNCTION_INFO_V1(segment_qini_area_final);
PG_FUNCTION_INFO_V1(segment_qini_curve_final);

/* ---------- rows ---------- */

/*
 * The row in arguments (state, treated, outcome, score); false: it is skipped.
 */
static inline bool
uplift_row(FunctionCallInfo fcinfo, bool is_boolean, SegUpliftRow *row)
{
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return false;
	row->arm = PG_GETARG_BOOL(1) ? SEG_UPLIFT_TREATED : SEG_UPLIFT_CONTROL;
	row->outcome =
		is_boolean ? (double) PG_GETARG_BOOL(2) : PG_GETARG_FLOAT8(2);
	row->score = PG_GETARG_FLOAT8(3);
	if (unlikely(row->outcome - row->outcome != 0 ||
	             row->score - row->score != 0))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_check_finite(&env, "outcome", row->outcome));
		segment_check(&env, seg_check_finite(&env, "score", row->score));
	}
	return true;
}

static inline Datum
add_uplift_row(FunctionCallInfo fcinfo, const SegUpliftRow *row,
               const RowSettings *settings)
{
	return number_rows_add(fcinfo,
	                       (const double *) row,
	                       SEG_UPLIFT_COLUMNS,
	                       settings);
}

/* What a final function works on. */
typedef struct UpliftWork
{
	RowWork work;
	SegRankedUplift users;
	const double *settings;
} UpliftWork;

/*
 * False: there was no row.
 */
static bool
uplift_work_begin(FunctionCallInfo fcinfo, const char *method, UpliftWork *work)
{
	NumberRows *state = SEGMENT_ARG_STATE(0, NumberRows);
	SegEnv *env = &work->work.env;
	int64_t distinct;

	if (state == NULL)
		return false;
	work->settings = state->settings;
	work->work = row_work_begin(state->store);
	segment_check(env, seg_rows_distinct(env, work->work.rows, &distinct));
	row_work_check_memory(&work->work,
	                      method,
	                      distinct,
	                      SEG_RANKED_UPLIFT_BYTES);
	segment_check(env,
	              seg_ranked_uplift_read(env,
	                                     work->work.rows,
	                                     distinct,
	                                     &work->users));
	return true;
}

/* ---------- the table ---------- */

static void
check_bins_and_confidence(double n, double confidence)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double half_width;

	if (n < 1 || n > SEG_UPLIFT_MAX_BINS)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "n",
		                             n,
		                             1,
		                             SEG_UPLIFT_MAX_BINS));
	segment_check(&env, seg_normal_half_width(&env, confidence, &half_width));
}

/*
 * Transition: (state, treated, outcome, score, n [, confidence]). Settings that
 * are those of the state have been checked.
 */
static inline Datum
uplift_table_trans(FunctionCallInfo fcinfo, bool is_boolean)
{
	const NumberRows *state = SEGMENT_ARG_STATE(0, NumberRows);
	RowSettings settings = {2, {"n", "confidence"}, {0, 0.95}};
	SegUpliftRow row;

	if (!uplift_row(fcinfo, is_boolean, &row))
		RETURN_STATE_UNCHANGED();
	settings.value[0] = argument_int32(fcinfo, 4, "n");
	if (PG_NARGS() > 5)
		settings.value[1] = argument_float8(fcinfo, 5, "confidence");
	if (unlikely(state == NULL || settings.value[0] != state->settings[0] ||
	             settings.value[1] != state->settings[1]))
		check_bins_and_confidence(settings.value[0], settings.value[1]);
	return add_uplift_row(fcinfo, &row, &settings);
}

Datum
segment_uplift_table_trans(PG_FUNCTION_ARGS)
{
	return uplift_table_trans(fcinfo, false);
}

Datum
segment_uplift_table_boolean_trans(PG_FUNCTION_ARGS)
{
	return uplift_table_trans(fcinfo, true);
}

#define BIN_COLUMNS 14

/*
 * A bin as a row: what is not known is NULL.
 */
static void
add_uplift_bin(RowArray *result, const SegUpliftBin *bin)
{
	const double numbers[] = {bin->mean[SEG_UPLIFT_TREATED],
	                          bin->mean[SEG_UPLIFT_CONTROL],
	                          bin->uplift,
	                          bin->low,
	                          bin->high,
	                          bin->uplift_so_far,
	                          bin->gain,
	                          bin->qini};
	const int first = BIN_COLUMNS - lengthof(numbers);
	bool nulls[BIN_COLUMNS] = {false};
	Datum values[BIN_COLUMNS] = {Int32GetDatum((int32) bin->number),
	                             Float8GetDatum(bin->highest),
	                             Float8GetDatum(bin->lowest),
	                             Float8GetDatum(bin->mean_score),
	                             Int64GetDatum(bin->n[SEG_UPLIFT_TREATED]),
	                             Int64GetDatum(bin->n[SEG_UPLIFT_CONTROL])};

	for (int i = 0; i < (int) lengthof(numbers); i++)
	{
		values[first + i] = Float8GetDatum(numbers[i]);
		nulls[first + i] = isnan(numbers[i]);
	}
	row_array_add(result, values, nulls);
}

Datum
segment_uplift_table_final(PG_FUNCTION_ARGS)
{
	static const Oid types[BIN_COLUMNS] = {INT4OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       INT8OID,
	                                       INT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID,
	                                       FLOAT8OID};
	SegUpliftBin *bins;
	UpliftWork work;
	RowArray result;
	int64_t n;

	if (!uplift_work_begin(fcinfo, "uplift_table", &work))
		PG_RETURN_NULL();
	segment_check(&work.work.env,
	              seg_uplift_bins(&work.work.env,
	                              &work.users,
	                              (int64) work.settings[0],
	                              work.settings[1],
	                              &bins,
	                              &n));
	MemoryContextSwitchTo(work.work.outside);
	result = row_array_begin(fcinfo, types, lengthof(types), n);
	for (int64 i = 0; i < n; i++)
		add_uplift_bin(&result, &bins[i]);
	row_work_end(&work.work);
	return row_array_end(&result);
}

/* ---------- one number ---------- */

/*
 * Transition: (state, treated, outcome, score).
 */
static inline Datum
qini_trans(FunctionCallInfo fcinfo, bool is_boolean)
{
	static const RowSettings none = {0};
	SegUpliftRow row;

	if (!uplift_row(fcinfo, is_boolean, &row))
		RETURN_STATE_UNCHANGED();
	return add_uplift_row(fcinfo, &row, &none);
}

Datum
segment_qini_trans(PG_FUNCTION_ARGS)
{
	return qini_trans(fcinfo, false);
}

Datum
segment_qini_boolean_trans(PG_FUNCTION_ARGS)
{
	return qini_trans(fcinfo, true);
}

/*
 * NULL if the number is not defined.
 */
static Datum
qini_number(FunctionCallInfo fcinfo, const char *method,
            SegStatus (*compute)(SegEnv *env, const SegRankedUplift *users,
                                 double *result))
{
	UpliftWork work;
	SegStatus status;
	double result;

	if (!uplift_work_begin(fcinfo, method, &work))
		PG_RETURN_NULL();
	status = compute(&work.work.env, &work.users, &result);
	if (status != SEG_UNDEFINED)
		segment_check(&work.work.env, status);
	row_work_end(&work.work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

Datum
segment_qini_coefficient_final(PG_FUNCTION_ARGS)
{
	return qini_number(fcinfo, "qini_coefficient", seg_qini_coefficient);
}

Datum
segment_qini_area_final(PG_FUNCTION_ARGS)
{
	return qini_number(fcinfo, "qini_area", seg_qini_area);
}

/* ---------- the curve ---------- */

Datum
segment_qini_curve_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] =
		{FLOAT8OID, INT8OID, INT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	SegQiniPoint *points;
	UpliftWork work;
	RowArray result;
	SegStatus status;
	int64_t n;

	if (!uplift_work_begin(fcinfo, "qini_curve", &work))
		PG_RETURN_NULL();
	status = seg_qini_curve(&work.work.env, &work.users, &points, &n);
	if (status != SEG_UNDEFINED)
	{
		segment_check(&work.work.env, status);
		MemoryContextSwitchTo(work.work.outside);
		result = row_array_begin(fcinfo, types, lengthof(types), n);
		for (int64 i = 0; i < n; i++)
		{
			const SegQiniPoint *point = &points[i];
			bool nulls[lengthof(types)] = {[5] = isnan(point->gain)};
			Datum values[] = {Float8GetDatum(point->threshold),
			                  Int64GetDatum(point->n[SEG_UPLIFT_TREATED]),
			                  Int64GetDatum(point->n[SEG_UPLIFT_CONTROL]),
			                  Float8GetDatum(point->qini),
			                  Float8GetDatum(point->random_qini),
			                  Float8GetDatum(point->gain)};

			row_array_add(&result, values, nulls);
		}
	}
	row_work_end(&work.work);
	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	return row_array_end(&result);
}
