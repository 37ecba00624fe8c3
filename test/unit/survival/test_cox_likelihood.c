/* test_cox_likelihood.c: kernel/survival/cox_likelihood.c against its definition */
#include "kernel/survival/cox_likelihood.h"

#include "unit.h"

void test_cox_likelihood(void);

#define MAX_N 200
#define MAX_P 3

typedef struct Data
{
	SegCoxRows rows;
	double x[MAX_N * MAX_P];
	double times[MAX_N];
	char is_event[MAX_N];
} Data;

/* n rows at that many times, in the order that the likelihood expects. */
static const SegCoxRows *
fill(Data *d, int n, int p, int distinct)
{
	d->rows = (SegCoxRows){.n = n,
	                       .dim = p,
	                       .x = d->x,
	                       .times = d->times,
	                       .is_event = d->is_event};
	for (int i = 0; i < n; i++)
	{
		d->times[i] = distinct - i * distinct / n;
		d->is_event[i] = i * 7 % 10 < 6;
		for (int j = 0; j < p; j++)
			d->x[i * p + j] =
				(double) ((i + 3) * (7919L + 104729L * j) % (11 + 17 * j)) /
					(5 + 8 * j) -
				1;
		d->rows.events += d->is_event[i];
	}
	d->rows.event_times = distinct; /* at most */
	return &d->rows;
}

/* The product over events, by definition, in long doubles. */
static long double
brute_likelihood(const SegCoxRows *r, SegCoxTies ties, const double *b)
{
	long double sum = 0;
	double done = -1;

	for (int64_t i = 0; i < r->n; i++)
	{
		long double at_risk = 0, tied = 0;
		int64_t d = 0;

		if (!r->is_event[i] || r->times[i] == done)
			continue;
		done = r->times[i];
		for (int64_t j = 0; j < r->n; j++)
		{
			long double linear = 0;

			for (int64_t c = 0; c < r->dim; c++)
				linear += (long double) r->x[j * r->dim + c] * b[c];
			if (r->times[j] >= done)
				at_risk += expl(linear);
			if (r->times[j] != done || !r->is_event[j])
				continue;
			tied += expl(linear);
			sum += linear;
			d++;
		}
		for (int64_t k = 0; k < d; k++)
			sum -=
				logl(at_risk - (ties == SEG_TIES_EFRON
			                        ? tied * (long double) k / (long double) d
			                        : 0));
	}
	return sum;
}

static SegHeight
evaluate(SegEnv *env, const SegCoxRows *rows, SegCoxTies ties, const double *b)
{
	SegCoxLikelihood likelihood;
	SegHeight fit = {0};

	CHECK(seg_cox_likelihood(env, rows, ties, &likelihood) == SEG_OK);
	CHECK(seg_height_create(env, rows->dim, &fit) == SEG_OK);
	CHECK(seg_cox_evaluate(env, &likelihood, b, &fit) == SEG_OK);
	return fit;
}

/* The likelihood at b, moved by h in two directions. */
static long double
moved(const SegCoxRows *rows, SegCoxTies ties, const double *b, int i,
      double by, int j, double and_by)
{
	double c[MAX_P];

	memcpy(c, b, sizeof(c));
	c[i] += by;
	c[j] += and_by;
	return brute_likelihood(rows, ties, c);
}

static void
agrees_with_the_definition(int n, int p, int distinct, SegCoxTies ties)
{
	static Data d;
	const double h = 1e-4;
	SegEnv env = unit_env();
	const SegCoxRows *rows = fill(&d, n, p, distinct);
	double b[MAX_P];
	SegHeight fit;

	for (int j = 0; j < MAX_P; j++)
		b[j] = 0.3 * j - 0.5;
	fit = evaluate(&env, rows, ties, b);
	CHECK_NEAR(fit.value, (double) brute_likelihood(rows, ties, b), 1e-12);
	for (int i = 0; i < p; i++)
	{
		CHECK_NEAR(fit.gradient[i],
		           (double) (moved(rows, ties, b, i, h, i, 0) -
		                     moved(rows, ties, b, i, -h, i, 0)) /
		               (2 * h),
		           1e-6);
		for (int j = 0; j <= i; j++)
			CHECK_NEAR(fit.information[i * p + j],
			           (double) -(moved(rows, ties, b, i, h, j, h) -
			                      moved(rows, ties, b, i, h, j, -h) -
			                      moved(rows, ties, b, i, -h, j, h) +
			                      moved(rows, ties, b, i, -h, j, -h)) /
			               (4 * h * h),
			           1e-6);
	}
	unit_env_free(&env);
}

/* Where exp() alone would overflow or vanish, the sums do neither. */
static void
survives_large_coefficients(void)
{
	static Data d;
	const SegCoxRows *rows = fill(&d, 200, 2, 40);

	for (int sign = -1; sign <= 1; sign += 2)
	{
		SegEnv env = unit_env();
		double b[2] = {sign * 1500.0, 700.0};
		SegHeight fit = evaluate(&env, rows, SEG_TIES_EFRON, b);

		CHECK_NEAR(fit.value /
		               (double) brute_likelihood(rows, SEG_TIES_EFRON, b),
		           1,
		           1e-12);
		CHECK(isfinite(fit.gradient[0]) && isfinite(fit.information[0]) &&
		      isfinite(fit.information[3]));
		unit_env_free(&env);
	}
}

/* Far from zero, the squares about the mean stay precise. */
static void
keeps_digits_far_from_zero(void)
{
	static Data near, far;
	const double b[1] = {0.5};
	SegEnv env = unit_env();
	SegHeight fit[2];

	fill(&near, 200, 1, 50);
	fill(&far, 200, 1, 50);
	for (int i = 0; i < 200; i++)
		far.x[i] = near.x[i] + 0x1p20;
	fit[0] = evaluate(&env, &near.rows, SEG_TIES_EFRON, b);
	fit[1] = evaluate(&env, &far.rows, SEG_TIES_EFRON, b);
	CHECK_NEAR(fit[0].information[0], fit[1].information[0], 1e-8);
	CHECK_NEAR(fit[0].gradient[0], fit[1].gradient[0], 1e-8);
	unit_env_free(&env);
}

void
test_cox_likelihood(void)
{
	for (int p = 1; p <= MAX_P; p++)
		for (int ties = SEG_TIES_EFRON; ties <= SEG_TIES_BRESLOW; ties++)
		{
			agrees_with_the_definition(40, p, 40, (SegCoxTies) ties);
			agrees_with_the_definition(90, p, 12, (SegCoxTies) ties);
			agrees_with_the_definition(25, p, 1, (SegCoxTies) ties);
		}
	survives_large_coefficients();
	keeps_digits_far_from_zero();
}
