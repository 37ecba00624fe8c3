/* test_confusion_matrix.c: kernel/evaluate/confusion_matrix.c without a server */
#include "kernel/evaluate/confusion_matrix.h"
#include "unit.h"

void test_confusion_matrix(void);

/* Rows given as pairs of letters: actual class, predicted class. */
static SegLabelMatrix
matrix_of(SegEnv *env, const char *pairs)
{
	SegLabelMatrix sum = {0};

	for (const char *p = pairs; *p != '\0'; p += 2)
	{
		SegText actual = {p, 1}, predicted = {p + 1, 1};
		SegLabelMatrix one, both;

		CHECK(seg_confusion_matrix_single(env, &actual, &predicted, &one) ==
		      SEG_OK);
		CHECK(seg_image_validate(env, &seg_confusion_matrix_method, &one) ==
		      SEG_OK);
		if (p == pairs)
			sum = one;
		else
		{
			CHECK(seg_confusion_matrix_method.merge(env, &sum, &one, &both) ==
			      SEG_OK);
			sum = both;
		}
	}
	CHECK(seg_image_validate(env, &seg_confusion_matrix_method, &sum) ==
	      SEG_OK);
	return sum;
}

static void
report_by_hand(void)
{
	SegEnv env = unit_env();
	SegLabelMatrix matrix = matrix_of(&env, "aaaabbabbababbcb");
	SegClassificationReport r;

	/* a: 3 of 4 found, 5 predicted; b: 2 of 3, 3; c: 0 of 1, 0 */
	CHECK(matrix.labels == 3 && matrix.rows_used == 8);
	CHECK(seg_classification_report(&env, &matrix, &r) == SEG_OK);
	CHECK(r.classes[0].support == 3 && r.classes[1].support == 4 &&
	      r.classes[2].support == 1);
	CHECK_NEAR(r.classes[0].recall, 2.0 / 3, 1e-15);
	CHECK_NEAR(r.classes[0].precision, 2.0 / 4, 1e-15);
	CHECK_NEAR(r.classes[0].f1, 2 * 2.0 / (3 + 4), 1e-15);
	CHECK_NEAR(r.classes[1].recall, 2.0 / 4, 1e-15);
	CHECK_NEAR(r.classes[1].precision, 2.0 / 4, 1e-15);
	CHECK(r.classes[2].recall == 0 && r.classes[2].precision == 0 &&
	      r.classes[2].f1 == 0);
	CHECK(r.accuracy.precision == 0.5 && r.accuracy.recall == 0.5 &&
	      r.accuracy.f1 == 0.5 && r.accuracy.support == 8);
	CHECK_NEAR(r.macro.recall, (2.0 / 3 + 0.5) / 3, 1e-15);
	CHECK_NEAR(r.weighted.recall, 0.5, 1e-15);
	unit_env_free(&env);
}

/* The image refuses what no rows give. */
static void
refuses_what_is_unsound(void)
{
	SegEnv env = unit_env();
	SegLabelMatrix good = matrix_of(&env, "abba");
	SegLabelMatrix bad = good;

	bad.rows_used++;
	CHECK(seg_image_validate(&env, &seg_confusion_matrix_method, &bad) ==
	      SEG_CORRUPT);
	bad = good;
	bad.states--;
	CHECK(seg_image_validate(&env, &seg_confusion_matrix_method, &bad) ==
	      SEG_CORRUPT);
	bad = good;
	bad.names.bytes = "ba";
	CHECK(seg_image_validate(&env, &seg_confusion_matrix_method, &bad) ==
	      SEG_CORRUPT);
	unit_env_free(&env);
}

static void
runs_out_of_memory(void)
{
	for (int n = 0;; n++)
	{
		SegEnv env = unit_env();
		SegLabelMatrix matrix = matrix_of(&env, "abbaca");
		SegClassificationReport report;
		SegStatus status;

		unit_env_fail_after(&env, n);
		status = seg_classification_report(&env, &matrix, &report);
		CHECK(status == (n < 2 ? SEG_NO_MEMORY : SEG_OK));
		unit_env_free(&env);
		if (status == SEG_OK)
			break;
	}
}

void
test_confusion_matrix(void)
{
	report_by_hand();
	refuses_what_is_unsound();
	runs_out_of_memory();
}
