/*-------------------------------------------------------------------------
 *
 * lift_fmgr.c
 *	  SQL face of lift_table and calibration_table.
 *
 * src/fmgr/evaluate/lift_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "fmgr/evaluate/score_rows.h"
#include "kernel/evaluate/lift.h"
#include "kernel/evaluate/loss.h"
#include "pg/results.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_lift_table_trans);
PG_FUNCTION_INFO_V1(segment_lift_table_final);
PG_FUNCTION_INFO_V1(segment_calibration_table_trans);
PG_FUNCTION_INFO_V1(segment_calibration_table_final);

static double
bins_argument(FunctionCallInfo fcinfo)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double n = argument_int32(fcinfo, 3, "n");

	segment_check(&env, seg_check_bins(&env, n));
	return n;
}

/*
 * Transition: (state, label, score, n).
 */
Datum
segment_lift_table_trans(PG_FUNCTION_ARGS)
{
	RowSettings settings = {1, {"n"}, {0}};
	SegEnv env = segment_env(CurrentMemoryContext);
	double score;

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	score = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_finite(&env, "score", score));
	settings.value[0] = bins_argument(fcinfo);
	return score_rows_add(fcinfo, score, &settings);
}

/*
 * A bin as a row; lift and gain are NULL if no row is true.
 */
static void
add_lift_bin(RowArray *result, int64 number, const SegLiftBin *bin,
             const SegRankedScores *scores)
{
	double positives = (double) scores->positives;
	double base_rate = positives / (positives + (double) scores->negatives);
	double rate = bin->positives / (double) bin->rows;
	double rate_so_far = bin->positives_so_far / (double) bin->rows_so_far;
	bool none = scores->positives == 0;
	bool nulls[9] = {[6] = none, [7] = none, [8] = none};
	Datum values[9] = {Int32GetDatum((int32) number),
	                   Float8GetDatum(bin->highest),
	                   Float8GetDatum(bin->lowest),
	                   Int64GetDatum(bin->rows),
	                   Float8GetDatum(bin->positives),
	                   Float8GetDatum(rate),
	                   Float8GetDatum(rate / base_rate),
	                   Float8GetDatum(rate_so_far / base_rate),
	                   Float8GetDatum(bin->positives_so_far / positives)};

	row_array_add(result, values, nulls);
}

Datum
segment_lift_table_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] = {INT4OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            INT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID,
	                            FLOAT8OID};
	SegLiftBin *bins;
	ScoreWork work;
	RowArray result;
	int64_t n;

	if (!score_work_begin(fcinfo, "lift_table", &work))
		PG_RETURN_NULL();
	segment_check(&work.work.env,
	              seg_lift_bins(&work.work.env,
	                            &work.scores,
	                            (int64) work.settings[0],
	                            &bins,
	                            &n));
	MemoryContextSwitchTo(work.work.outside);
	result = row_array_begin(fcinfo, types, lengthof(types), n);
	for (int64 i = 0; i < n; i++)
		add_lift_bin(&result, i + 1, &bins[i], &work.scores);
	score_work_end(&work);
	return row_array_end(&result);
}

/* ---------- calibration ---------- */

/*
 * Transition: (state, label, probability, n [, strategy]).
 */
Datum
segment_calibration_table_trans(PG_FUNCTION_ARGS)
{
	static const char *const words[] = {[SEG_BINNING_UNIFORM] = "uniform",
	                                    [SEG_BINNING_QUANTILE] = "quantile",
	                                    NULL};
	RowSettings settings = {2, {"n", "strategy"}, {0, SEG_BINNING_UNIFORM}};
	SegEnv env = segment_env(CurrentMemoryContext);
	double probability;

	if (score_row_is_skipped(fcinfo))
		RETURN_STATE_UNCHANGED();
	probability = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_probability(&env, probability));
	settings.value[0] = bins_argument(fcinfo);
	if (PG_NARGS() > 4)
		settings.value[1] = word_argument(fcinfo, 4, "strategy", words);
	return score_rows_add(fcinfo, probability, &settings);
}

Datum
segment_calibration_table_final(PG_FUNCTION_ARGS)
{
	static const Oid types[] =
		{INT4OID, FLOAT8OID, FLOAT8OID, INT8OID, FLOAT8OID, FLOAT8OID};
	bool nulls[lengthof(types)] = {false};
	SegCalibrationBin *bins;
	ScoreWork work;
	RowArray result;
	int64_t n;

	if (!score_work_begin(fcinfo, "calibration_table", &work))
		PG_RETURN_NULL();
	segment_check(&work.work.env,
	              seg_calibration_bins(&work.work.env,
	                                   &work.scores,
	                                   (int64) work.settings[0],
	                                   (SegBinning) work.settings[1],
	                                   &bins,
	                                   &n));
	MemoryContextSwitchTo(work.work.outside);
	result = row_array_begin(fcinfo, types, lengthof(types), n);
	for (int64 i = 0; i < n; i++)
	{
		Datum values[] = {Int32GetDatum((int32) bins[i].number),
		                  Float8GetDatum(bins[i].low),
		                  Float8GetDatum(bins[i].high),
		                  Int64GetDatum(bins[i].rows),
		                  Float8GetDatum(bins[i].mean),
		                  Float8GetDatum(bins[i].rate)};

		row_array_add(&result, values, nulls);
	}
	score_work_end(&work);
	return row_array_end(&result);
}
