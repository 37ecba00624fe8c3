/*-------------------------------------------------------------------------
 *
 * confusion_matrix.c
 *	  How many rows of which class were predicted to be of which class, and what
 *	  follows from that.
 *
 * The definitions are scikit-learn's (classification_report), with 0 for a
 * fraction of nothing by nothing.
 *
 * src/kernel/evaluate/confusion_matrix.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/confusion_matrix.h"

#include "base/tags.h"

#define CLASSES "different classes"

/* clang-format off */
static const SegField fields[] = {
	{"classes", SEG_FIELD_INT, offsetof(SegLabelMatrix, labels), SEG_NO_COUNT, SEG_NO_COUNT, 1, SEG_LABEL_MATRIX_MAX_LABELS},
	SEG_INT(SegLabelMatrix, states, 1, SEG_LABEL_MATRIX_MAX_LABELS),
	SEG_INT(SegLabelMatrix, rows_used, 1, (double) SEG_LABEL_MATRIX_MAX_COUNT),
	SEG_IDS_FIELD(SegLabelMatrix, names, labels, SEG_FEW),
	SEG_INT_MATRIX(SegLabelMatrix, counts, states, states, 0, (double) SEG_LABEL_MATRIX_MAX_COUNT),
	SEG_FIELD_END
};
/* clang-format on */

static bool
confusion_matrix_is_sound(const void *value)
{
	const SegLabelMatrix *v = value;

	return v->states == v->labels && seg_label_matrix_is_sound(v);
}

SegStatus
seg_confusion_matrix_single(SegEnv *env, const SegText *actual,
                            const SegText *predicted, SegLabelMatrix *result)
{
	return seg_label_matrix_single(env,
	                               actual,
	                               predicted,
	                               false,
	                               CLASSES,
	                               result);
}

static SegStatus
confusion_matrix_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	return seg_label_matrix_merge(env, a, b, CLASSES, merged);
}

static SegStatus
confusion_matrix_subtract(SegEnv *env, const void *whole, const void *part,
                          void *rest, bool *is_empty)
{
	const SegLabelMatrix *left = rest;

	SEG_TRY(seg_label_matrix_subtract(env, whole, part, rest));
	*is_empty = left->rows_used == 0 && left->rows_skipped == 0;
	return SEG_OK;
}

const SegMethod seg_confusion_matrix_method = {.tag = SEG_TAG_CONFUSION_MATRIX,
                                               .format = 1,
                                               .is_summary = true,
                                               .name = "confusion_matrix",
                                               .title = "confusion matrix",
                                               .fields = fields,
                                               .size = sizeof(SegLabelMatrix),
                                               .is_sound =
                                                   confusion_matrix_is_sound,
                                               .merge = confusion_matrix_merge,
                                               .subtract =
                                                   confusion_matrix_subtract};

/* ---------- the report ---------- */

static double
ratio(double a, double b)
{
	return b > 0 ? a / b : 0;
}

/*
 * From rows that were rightly said to be of a class, rows said to be, and rows
 * that are.
 */
static SegClassReport
report_of(int64_t right, int64_t predicted, int64_t support)
{
	return (SegClassReport){ratio((double) right, (double) predicted),
	                        ratio((double) right, (double) support),
	                        ratio(2 * (double) right,
	                              (double) predicted + (double) support),
	                        support};
}

static SegClassReport
mean_report(const SegClassReport *classes, int64_t n, int64_t rows,
            bool by_support)
{
	SegClassReport mean = {.support = rows};
	double total = by_support ? (double) rows : (double) n;

	for (int64_t i = 0; i < n; i++)
	{
		double weight =
			(by_support ? (double) classes[i].support : 1.0) / total;

		mean.precision += weight * classes[i].precision;
		mean.recall += weight * classes[i].recall;
		mean.f1 += weight * classes[i].f1;
	}
	return mean;
}

SegStatus
seg_classification_report(SegEnv *env, const SegLabelMatrix *matrix,
                          SegClassificationReport *report)
{
	int64_t n = matrix->labels;
	int64_t all_right = 0;
	int64_t *predicted;

	SEG_ALLOC(env, report->classes, n);
	SEG_ALLOC(env, predicted, n);
	for (int64_t i = 0; i < n * n; i++)
		predicted[i % n] += matrix->counts[i];
	for (int64_t i = 0; i < n; i++)
	{
		int64_t right = matrix->counts[i * n + i];
		int64_t support = 0;

		for (int64_t j = 0; j < n; j++)
			support += matrix->counts[i * n + j];
		report->classes[i] = report_of(right, predicted[i], support);
		all_right += right;
	}
	report->accuracy =
		report_of(all_right, matrix->rows_used, matrix->rows_used);
	report->macro = mean_report(report->classes, n, matrix->rows_used, false);
	report->weighted = mean_report(report->classes, n, matrix->rows_used, true);
	return SEG_OK;
}
