/*
 * test_fit.c: kernel/lifetime/fit.c, with rates whose estimate has a closed
 * form
 */
#include <float.h>

#include "base/missing.h"
#include "likelihood.h"

void test_fit(void);

/*
 * n events in time t, at some rate: n log(rate) - rate t.
 */
static void
start(int which, const double *means, double *parameters)
{
	(void) means;
	parameters[0] = which == 0 ? 1.0 : 7.0;
	parameters[1] = 1.0;
}

static void
add(const double *parameters, const double *rows, int64_t n, SegDerivatives *d)
{
	for (int64_t i = 0; i < n; i++, rows += 3)
	{
		double spent = parameters[0] * rows[1];

		d->value += rows[2] * (rows[0] * log(parameters[0]) - spent);
		d->gradient[0] += rows[2] * (rows[0] - spent);
		d->hessian[0][0] -= rows[2] * spent;
	}
}

static const SegLikelihood rates = {.name = "rate",
                                    .n = 1,
                                    .parameters = {"rate", "other"},
                                    .has_unit = true,
                                    .starts = 2,
                                    .start = start,
                                    .add = add};

/* The same with a parameter that has no effect. */
static SegLikelihood
with_idle_parameter(void)
{
	SegLikelihood idle = rates;

	idle.n = 2;
	return idle;
}

#define MAX_ROWS 6000

static double rows[MAX_ROWS * 3];

/* n rows, about "values" of them different, with weight 1 */
static void
fill(int n, int values)
{
	for (int i = 0; i < n; i++)
	{
		int v = i * 7919 % values;

		rows[3 * i] = v % 4;
		rows[3 * i + 1] = 0.5 + v * 0.37;
		rows[3 * i + 2] = 1;
	}
}

typedef struct Run
{
	SegFit fit;
	SegEstimates found;
} Run;

static SegStatus
run(SegEnv *env, const SegLikelihood *likelihood, int n, int64_t block_rows,
    const SegFitParams *params, Run *r)
{
	SegMemoryRows source;

	*r = (Run){0};
	seg_memory_rows(&source, rows, n, 2, 3, block_rows);
	return seg_fit(env, &source.rows, likelihood, params, &r->fit, &r->found);
}

static Run
run_default(int n, int64_t block_rows)
{
	SegEnv env = unit_env();
	SegFitParams params = unit_fit_params();
	Run r;

	CHECK(run(&env, &rates, n, block_rows, &params, &r) == SEG_OK);
	unit_env_free(&env);
	return r;
}

static void
check_closed_form(const Run *r, int n)
{
	double events = 0, time = 0, weight = 0;
	double rate;

	for (int i = 0; i < n; i++)
	{
		weight += rows[3 * i + 2];
		events += rows[3 * i + 2] * rows[3 * i];
		time += rows[3 * i + 2] * rows[3 * i + 1];
	}
	rate = events / time;
	CHECK(r->fit.converged && r->fit.outcome == SEG_CONVERGED);
	CHECK(r->fit.rows_used == n);
	CHECK_NEAR(r->fit.weight / weight, 1, 1e-12);
	CHECK_RELATIVE(r->found.value[0] / r->found.unit, rate, 1e-13);
	CHECK_RELATIVE(r->found.std_error[0] / r->found.unit,
	               rate / sqrt(events),
	               1e-12);
	CHECK_NEAR(r->found.means[0], events / weight, 1e-12);
	CHECK_RELATIVE(r->found.means[1], time / weight, 1e-12);
	CHECK(r->fit.gradient_norm < 1e-12 * events);
	CHECK_NEAR(r->fit.log_likelihood,
	           events * log(r->found.value[0]) - events,
	           1e-12);
	CHECK(r->fit.aic == 2 - 2 * r->fit.log_likelihood);
}

/* Few rows, equal rows, and so many that a sample comes first. */
static void
finds_the_maximum(void)
{
	static const int sizes[][2] = {{3, 3},
	                               {500, 30},
	                               {1024, 1024},
	                               {1025, 1025},
	                               {6000, 5000}};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
	{
		Run r;

		fill(sizes[i][0], sizes[i][1]);
		r = run_default(sizes[i][0], 100);
		check_closed_form(&r, sizes[i][0]);
	}
}

static bool
is_same(const Run *a, const Run *b)
{
	return a->found.value[0] == b->found.value[0] &&
	       a->found.std_error[0] == b->found.std_error[0] &&
	       a->fit.log_likelihood == b->fit.log_likelihood &&
	       a->fit.gradient_norm == b->fit.gradient_norm &&
	       a->fit.weight == b->fit.weight;
}

/* Grouped rows with their count as weight give the same bits. */
static void
weights_are_repetitions(void)
{
	static double grouped[MAX_ROWS * 3];
	SegFitParams params = unit_fit_params();
	SegEnv env = unit_env();
	SegMemoryRows source;
	Run raw, few = {0};

	fill(6000, 2000);
	raw = run_default(6000, 4096);
	memcpy(grouped, rows, sizeof(grouped));
	for (int i = 0; i < 2000; i++)
		grouped[3 * i + 2] = 3;
	seg_memory_rows(&source, grouped, 2000, 2, 3, 1);
	CHECK(seg_fit(&env, &source.rows, &rates, &params, &few.fit, &few.found) ==
	      SEG_OK);
	CHECK(is_same(&raw, &few));
	unit_env_free(&env);
}

static void
order_and_blocks_move_nothing(void)
{
	Run one, other;

	fill(MAX_ROWS, 5000);
	one = run_default(MAX_ROWS, 1);
	for (int i = 0; i < MAX_ROWS / 2; i++)
	{
		double *a = rows + (ptrdiff_t) 3 * i;
		double *b = rows + (ptrdiff_t) 3 * (MAX_ROWS - 1 - i);

		for (int j = 0; j < 3; j++)
		{
			double swap = a[j];

			a[j] = b[j];
			b[j] = swap;
		}
	}
	other = run_default(MAX_ROWS, 4096);
	CHECK(is_same(&one, &other));
}

/* Too many distinct rows for one table: the same up to rounding. */
static void
a_stream_gives_the_same(void)
{
	SegFitParams params = unit_fit_params();
	SegEnv env = unit_env();
	Run all, stream;

	fill(MAX_ROWS, 5000);
	all = run_default(MAX_ROWS, 1000);
	params.resident_rows = 1500;
	CHECK(run(&env, &rates, MAX_ROWS, 1000, &params, &stream) == SEG_OK);
	check_closed_form(&stream, MAX_ROWS);
	CHECK_RELATIVE(stream.found.value[0], all.found.value[0], 1e-14);
	unit_env_free(&env);
}

/* Seconds or centuries, one customer or many: the same digits. */
static void
units_move_nothing(void)
{
	static const double units[] = {1, 604800, 1e-3, 1e90, 1e-90, 1e-200, 0};
	static const double weights[] = {1, 1e-200, 3e90, 1e-3, 1e3, 7, 1};

	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++)
	{
		Run r;

		fill(2000, 1500);
		for (int i = 0; i < 2000; i++)
		{
			rows[3 * i + 1] *= units[u];
			rows[3 * i + 2] *= weights[u];
		}
		r = run_default(2000, 500);
		/* a time below 1e-100 counts as none */
		CHECK(r.fit.converged == (units[u] > 1e-100));
		if (r.fit.converged)
			check_closed_form(&r, 2000);
	}
}

static void
too_much_weight_is_refused(void)
{
	SegFitParams params = unit_fit_params();
	SegEnv env = unit_env();
	Run r;

	fill(10, 10);
	rows[2] = 1e101;
	CHECK(run(&env, &rates, 10, 10, &params, &r) == SEG_NOT_FINITE);
	rows[2] = rows[5] = DBL_MAX;
	CHECK(run(&env, &rates, 10, 10, &params, &r) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

/* Without events the rate goes to 0, and a parameter without effect nowhere. */
static void
says_what_is_not_determined(void)
{
	SegFitParams params = unit_fit_params();
	SegLikelihood idle = with_idle_parameter();
	SegEnv env = unit_env();
	Run r;

	fill(2000, 2000);
	for (int i = 0; i < 2000; i++)
		rows[3 * i] = 0;
	r = run_default(2000, 100);
	CHECK(!r.fit.converged && r.fit.outcome == SEG_AT_BOUND);
	CHECK(strcmp(r.fit.bound, "rate") == 0);
	CHECK(r.found.value[0] < 1e-5 && isnan(r.found.std_error[0]));

	fill(2000, 2000);
	CHECK(run(&env, &idle, 2000, 100, &params, &r) == SEG_OK);
	CHECK(!r.fit.converged && r.fit.outcome == SEG_FLAT);
	CHECK(isnan(r.found.std_error[0]) && isnan(r.found.std_error[1]));

	params.max_iterations = 1;
	CHECK(run(&env, &rates, 2000, 100, &params, &r) == SEG_OK);
	CHECK(!r.fit.converged && r.fit.outcome == SEG_OUT_OF_STEPS);
	CHECK(r.fit.iterations == 1);
	unit_env_free(&env);
}

static void
finds_the_correlation(void)
{
	double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
	Run r;

	fill(600, 100);
	for (int i = 0; i < 600; i++)
	{
		x += rows[3 * i] / 600;
		y += rows[3 * i + 1] / 600;
	}
	for (int i = 0; i < 600; i++)
	{
		xx += (rows[3 * i] - x) * (rows[3 * i] - x);
		yy += (rows[3 * i + 1] - y) * (rows[3 * i + 1] - y);
		xy += (rows[3 * i] - x) * (rows[3 * i + 1] - y);
	}
	r = run_default(600, 50);
	CHECK_NEAR(r.found.correlation, xy / sqrt(xx * yy), 1e-13);

	for (int i = 0; i < 600; i++)
		rows[3 * i] = 2;
	CHECK(isnan(run_default(600, 50).found.correlation));
}

static void
inputs_are_checked(void)
{
	SegEnv env = unit_env();

	CHECK(seg_check_input(&env, "age", 0) == SEG_OK);
	CHECK(seg_check_input(&env, "age", 1e100) == SEG_OK);
	CHECK(seg_check_input(&env, "age", 1.1e100) == SEG_ARGUMENT_RANGE);
	CHECK(seg_check_input(&env, "age", -1e-300) == SEG_ARGUMENT_RANGE);
	CHECK(seg_check_input(&env, "age", NAN) == SEG_INFINITE);
	CHECK(seg_check_input(&env, "age", INFINITY) == SEG_INFINITE);
	CHECK(seg_check_count(&env, "frequency", 0) == SEG_OK);
	CHECK(seg_check_count(&env, "frequency", 0x1p53) == SEG_OK);
	CHECK(seg_check_count(&env, "frequency", 0x1p54) == SEG_NOT_COUNT);
	CHECK(seg_check_count(&env, "frequency", 1.5) == SEG_NOT_COUNT);
	CHECK(seg_check_count(&env, "frequency", -1) == SEG_NOT_COUNT);
	CHECK(seg_check_count(&env, "frequency", NAN) == SEG_INFINITE);
	CHECK(seg_check_count(&env, "frequency", -INFINITY) == SEG_INFINITE);
	unit_env_free(&env);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegFitParams params = unit_fit_params();
	SegEnv env = unit_env();
	int allocations, questions;
	Run r;

	fill(3000, 3000);
	params.resident_rows = 1600;
	CHECK(run(&env, &rates, 3000, 100, &params, &r) == SEG_OK);
	CHECK(unit_env_reports(&env) > 0);
	allocations = unit_env_allocations(&env);
	questions = unit_env_questions(&env);
	unit_env_free(&env);
	for (int i = 0; i < allocations; i++)
	{
		env = unit_env();
		unit_env_fail_after(&env, i);
		CHECK(run(&env, &rates, 3000, 100, &params, &r) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < questions; i += 7)
	{
		env = unit_env();
		unit_env_stop_after(&env, i);
		CHECK(run(&env, &rates, 3000, 100, &params, &r) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void
test_fit(void)
{
	finds_the_maximum();
	weights_are_repetitions();
	order_and_blocks_move_nothing();
	a_stream_gives_the_same();
	units_move_nothing();
	too_much_weight_is_refused();
	says_what_is_not_determined();
	finds_the_correlation();
	inputs_are_checked();
	trouble_of_the_host_is_passed_on();
}
