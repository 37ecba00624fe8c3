/* test_supervised.c: base/supervised.c */
#include "base/supervised.h"

#include "kernel/survival/cox.h"
#include "kernel/model/methods.h"
#include "unit.h"

void test_supervised(void);

static void
knows_who_predicts(void)
{
	int64_t found = 0;

	for (int64_t i = 0; seg_methods[i] != NULL; i++)
	{
		const SegMethod *method = seg_methods[i];
		const SegSupervised *entry = method->supervised;

		if (entry == NULL)
			continue;
		found++;
		CHECK(!method->is_summary);
		CHECK(entry->dim != NULL && entry->predict != NULL);
		CHECK((entry->coefficient == NULL) ==
		      (entry->coefficient_count == NULL));
	}
	CHECK(found > 0);
	CHECK(seg_method_by_name(seg_methods, "kmeans")->supervised == NULL);
}

static void
tests_a_coefficient(void)
{
	SegCoefficient c = {.estimate = -0.6, .std_error = 0.25};
	SegCoefficientTest t = seg_coefficient_test(&c, 1.5, 0);

	CHECK_NEAR(t.statistic, -2.4, 1e-15);
	CHECK_NEAR(t.p_value, 0.016395071849, 1e-11);
	CHECK_NEAR(t.low, -0.975, 1e-15);
	CHECK_NEAR(t.high, -0.225, 1e-15);
	CHECK_NEAR(t.exp_estimate, 0.54881163609402643, 1e-15);
	c.estimate = 710;
	CHECK(isinf(seg_coefficient_test(&c, 1, 0).exp_estimate));
}

static void
predicts_by_the_entry(void)
{
	static const double coefficients[] = {2, 0}, means[] = {1, 0};
	static const double x[] = {1.5, 9}, far[] = {1000, 9};
	static const double covariance[] = {0.25, 0, 0, 0};
	static const int64_t aliased[] = {0, 1}, ends[] = {1, 1};
	SegCox model = {.dim = 2,
	                .names = 2,
	                .feature_names = {ends, "a", 2},
	                .coefficients = coefficients,
	                .means = means,
	                .aliased = aliased,
	                .covariance = covariance};
	const SegSupervised *entry = seg_cox_method.supervised;
	SegEnv env = unit_env();
	SegCoefficient c;
	double result;

	CHECK(entry->dim(&model) == 2 && entry->coefficient_count(&model) == 2);
	CHECK(entry->predict(&env, &model, x, &result) == SEG_OK);
	CHECK_NEAR(result, exp(1), 1e-15);
	CHECK(entry->predict(&env, &model, far, &result) == SEG_NOT_FINITE);
	c = entry->coefficient(&model, 0);
	CHECK(c.feature.length == 1 && c.estimate == 2 && c.std_error == 0.5 &&
	      !c.is_aliased);
	c = entry->coefficient(&model, 1);
	CHECK(c.feature.length == 0 && c.is_aliased);
	unit_env_free(&env);
}

void
test_supervised(void)
{
	knows_who_predicts();
	tests_a_coefficient();
	predicts_by_the_entry();
}
