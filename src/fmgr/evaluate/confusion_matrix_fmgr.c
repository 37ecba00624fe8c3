/*-------------------------------------------------------------------------
 *
 * confusion_matrix_fmgr.c
 *	  SQL face of confusion matrices: the aggregate confusion_matrix and its
 *	  readers.
 *
 * src/fmgr/evaluate/confusion_matrix_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "kernel/evaluate/confusion_matrix.h"
#include "pg/encoding.h"
#include "pg/label.h"
#include "pg/results.h"
#include "pg/summary.h"

PG_FUNCTION_INFO_V1(segment_confusion_cells);
PG_FUNCTION_INFO_V1(segment_classification_report);

/*
 * Count a row in place if both classes are known, or else as a matrix of one row
 * that is added to the state.
 */
static ModelValue *
confusion_count_row(ModelValue *state, const SegText *actual,
                    const SegText *predicted)
{
	const SegMethod *method = &seg_confusion_matrix_method;
	SegEnv env = segment_env(CurrentMemoryContext);
	SegLabelMatrix value, one;

	if (state != NULL)
	{
		int64 i, j;

		summary_open(state, method, &value);
		i = seg_label_matrix_find(&value, actual);
		j = seg_label_matrix_find(&value, predicted);
		if (i >= 0 && j >= 0)
		{
			((int64_t *) value.counts)[i * value.states + j]++;
			value.rows_used++;
			summary_write_slots(state, method, &value);
			return state;
		}
	}
	segment_check(&env,
	              seg_confusion_matrix_single(&env, actual, predicted, &one));
	if (state == NULL)
		return summary_make(method, &one);
	return summary_add(state, method, &value, &one);
}

/*
 * Transition: a row in which either class is NULL is skipped.
 */
static inline Datum
confusion_matrix_transit(FunctionCallInfo fcinfo, LabelArgument actual_type,
                         LabelArgument predicted_type)
{
	LabelView actual, predicted;
	SegText names[2];

	if (!label_argument(fcinfo, 1, actual_type, &actual) ||
	    !label_argument(fcinfo, 2, predicted_type, &predicted))
		RETURN_STATE_UNCHANGED();
	(void) segment_agg_context(fcinfo); /* we change the first argument */
	names[0] = text_to_utf8(actual.text);
	names[1] = text_to_utf8(predicted.text);
	PG_RETURN_POINTER(
		confusion_count_row(SUMMARY_ARG_STATE(0), &names[0], &names[1]));
}

#define CONFUSION_TRANSITION(a, b, A, B) \
	PG_FUNCTION_INFO_V1(segment_confusion_matrix_##a##_##b##_trans); \
	Datum segment_confusion_matrix_##a##_##b##_trans(PG_FUNCTION_ARGS) \
	{ \
		return confusion_matrix_transit(fcinfo, LABEL_IS_##A, LABEL_IS_##B); \
	}

CONFUSION_TRANSITION(text, text, TEXT, TEXT)
CONFUSION_TRANSITION(bigint, bigint, BIGINT, BIGINT)
CONFUSION_TRANSITION(boolean, boolean, BOOLEAN, BOOLEAN)
CONFUSION_TRANSITION(bigint, text, BIGINT, TEXT)
CONFUSION_TRANSITION(boolean, text, BOOLEAN, TEXT)

/* ---------- reading ---------- */

static Datum
class_name(const SegLabelMatrix *value, int64 i)
{
	return result_text(text_from_utf8(seg_texts_get(&value->names, i)));
}

/*
 * One row for each pair of classes that has rows: actual, predicted, their
 * number, and their share of the rows that are of the class.
 */
Datum
segment_confusion_cells(PG_FUNCTION_ARGS)
{
	SegLabelMatrix value;

	result_begin(fcinfo);
	summary_open(PG_GETARG_MODEL_P(0), &seg_confusion_matrix_method, &value);
	for (int64 i = 0; i < value.states; i++)
	{
		const int64_t *counts = value.counts + i * value.states;
		int64 support = 0;

		for (int64 j = 0; j < value.states; j++)
			support += counts[j];
		for (int64 j = 0; j < value.states; j++)
		{
			double share = (double) counts[j] / (double) support;
			Datum values[4];

			if (counts[j] == 0)
				continue;
			values[0] = class_name(&value, i);
			values[1] = class_name(&value, j);
			values[2] = Int64GetDatum(counts[j]);
			values[3] = Float8GetDatum(share);
			result_row(fcinfo, values, NULL);
		}
	}
	return (Datum) 0;
}

/*
 * A row of the report: of a class, or an average.
 */
static void
report_row(FunctionCallInfo fcinfo, Datum class, const char *average,
           const SegClassReport *report)
{
	bool nulls[6] = {average != NULL, average == NULL};
	Datum values[6] = {class,
	                   average != NULL ? CStringGetTextDatum(average) : 0,
	                   Float8GetDatum(report->precision),
	                   Float8GetDatum(report->recall),
	                   Float8GetDatum(report->f1),
	                   Int64GetDatum(report->support)};

	result_row(fcinfo, values, nulls);
}

Datum
segment_classification_report(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegClassificationReport report;
	SegLabelMatrix value;

	result_begin(fcinfo);
	summary_open(PG_GETARG_MODEL_P(0), &seg_confusion_matrix_method, &value);
	segment_check(&env, seg_classification_report(&env, &value, &report));
	for (int64 i = 0; i < value.labels; i++)
		report_row(fcinfo, class_name(&value, i), NULL, &report.classes[i]);
	report_row(fcinfo, (Datum) 0, "accuracy", &report.accuracy);
	report_row(fcinfo, (Datum) 0, "macro", &report.macro);
	report_row(fcinfo, (Datum) 0, "weighted", &report.weighted);
	return (Datum) 0;
}
