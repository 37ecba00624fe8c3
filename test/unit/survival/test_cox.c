/* test_cox.c: kernel/survival/cox*.c by properties of the model */
#include "kernel/survival/cox.h"

#include "kernel/survival/cox_rows.h"
#include "unit.h"

void test_cox(void);

#define MAX_N 300
#define MAX_P 5
#define WIDTH (MAX_P + SEG_COX_EXTRA)

typedef struct Data
{
	int n;
	int p;
	double x[MAX_N * WIDTH]; /* rows as training gets them */
} Data;

static double *
row_of(Data *d, int i)
{
	return d->x + (ptrdiff_t) i * (d->p + SEG_COX_EXTRA);
}

/* Rows without a pattern; distinct: how many different times there may be. */
static void
fill(Data *d, int n, int p, int distinct)
{
	d->n = n;
	d->p = p;
	for (int i = 0; i < n; i++)
	{
		double *row = row_of(d, i);

		for (int j = 0; j < p; j++)
			row[j] = (double) ((i + 3) * (7919L + 104729L * j) % (11 + 17 * j));
		row[p + SEG_COX_DURATION] = (double) (i * 31337L % distinct) / 4;
		row[p + SEG_COX_EVENT] = i * 7 % 10 < 6;
	}
}

static SegRows *
source_of(SegMemoryRows *source, Data *d, int64_t block_rows)
{
	seg_memory_rows(source, d->x, d->n, d->p, d->p + SEG_COX_EXTRA, block_rows);
	return &source->rows;
}

static SegCoxParams
default_params(void)
{
	SegCoxParams params = {0};

	seg_options_defaults(seg_cox_options, &params, sizeof(params));
	return params;
}

static SegStatus
train(SegEnv *env, Data *d, const SegCoxParams *params, SegCox *model,
      int64_t *runaway)
{
	SegMemoryRows source;

	*model = (SegCox){0};
	return seg_cox_train(env, source_of(&source, d, 64), params, model, runaway);
}

/* A model with default options, which must be storable. */
static SegCox
model_of(SegEnv *env, Data *d)
{
	SegCoxParams params = default_params();
	int64_t runaway = -1;
	SegCox model;

	CHECK(train(env, d, &params, &model, &runaway) == SEG_OK);
	CHECK((runaway == 0) || !model.converged);
	model.options = model.version = (SegText){"", 0};
	CHECK(seg_image_validate(env, &seg_cox_method, &model) == SEG_OK);
	return model;
}

/*
 * Too few rows to learn anything: coefficients diverge, and what is left of the
 * likelihood is rounding. Yet the model can be stored.
 */
static void
few_rows_are_stored(void)
{
	uint64_t draw = 88172645463325252u;
	int stored = 0;
	int bad = 0;

	for (int k = 0; k < 4000; k++)
	{
		static Data d;
		SegEnv env = unit_env();
		SegCoxParams params = default_params();
		SegCox model;
		int64_t runaway;

		d.n = 2 + k % 4;
		d.p = 1 + k % 3;
		for (int i = 0; i < d.n * (d.p + SEG_COX_EXTRA); i++)
		{
			draw = draw * 6364136223846793005u + 1442695040888963407u;
			d.x[i] = (double) (draw >> 11) * 0x1p-53;
		}
		for (int i = 0; i < d.n; i++)
			row_of(&d, i)[d.p + SEG_COX_EVENT] = 1;
		params.ties = k / 2 % 2;
		params.max_iterations = 200;
		/* a few are refused: what is entirely unknown has no finite variance */
		if (train(&env, &d, &params, &model, &runaway) == SEG_OK)
		{
			model.options = model.version = (SegText){"", 0};
			bad += seg_image_validate(&env, &seg_cox_method, &model) != SEG_OK;
			stored++;
		}
		unit_env_free(&env);
	}
	CHECK(stored > 3900);
	CHECK(bad == 0);
}

/* ---------- the rows ---------- */

static void
rows_are_in_order_and_scaled(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegMemoryRows source;
	SegCoxRows rows;

	fill(&d, 250, 4, 60);
	for (int i = 0; i < d.n; i++)
	{
		row_of(&d, i)[1] = 1e9 + (i % 8); /* far from zero */
		row_of(&d, i)[2] = 0.1;           /* never varies */
		row_of(&d, i)[3] = i % 3 - 1;     /* -1, 0, 1 */
	}
	CHECK(seg_cox_rows(&env, source_of(&source, &d, 7), true, &rows) == SEG_OK);
	CHECK(rows.n == 250 && rows.events == 150 && rows.event_times <= 60);
	for (int j = 0; j < 4; j++)
	{
		double sum = 0, squares = 0;

		for (int i = 0; i < 250; i++)
		{
			sum += rows.x[i * 4 + j];
			squares += rows.x[i * 4 + j] * rows.x[i * 4 + j];
		}
		/* a mean far from zero has fewer decimals */
		CHECK(fabs(sum) < (j == 1 ? 1e-4 : 1e-10));
		CHECK_NEAR(squares, j == 2 ? 0 : 250, 1e-10);
	}
	for (int i = 1; i < 250; i++)
		CHECK(rows.times[i] <= rows.times[i - 1]);
	CHECK(rows.center[2] == 0.1 && rows.scale[2] == 1);
	CHECK(rows.reference[0] == rows.center[0] && rows.reference[3] == 0);
	unit_env_free(&env);
}

static void
refuses_values_that_cannot_be_squared(void)
{
	static const double bad[][2] = {{1e141, 0}, {-1e141, 0}, {0, 1e-141}};
	static Data d;

	for (int i = 0; i < 3; i++)
	{
		SegEnv env = unit_env();
		SegMemoryRows source;
		SegCoxRows rows;

		fill(&d, 20, 2, 20);
		for (int r = 0; r < 20; r++)
			row_of(&d, r)[1] = bad[i][r % 2];
		CHECK(seg_cox_rows(&env, source_of(&source, &d, 20), true, &rows) ==
		      SEG_VALUE_RANGE);
		CHECK(env.diag.want == 2); /* the element */
		unit_env_free(&env);
	}
}

/* ---------- training ---------- */

static bool
is_same(SegEnv *env, const SegCox *a, const SegCox *b)
{
	size_t size[2];
	char *body[2];
	const SegCox *model[2] = {a, b};

	for (int i = 0; i < 2; i++)
	{
		CHECK(seg_image_size(env, &seg_cox_method, model[i], &size[i]) ==
		      SEG_OK);
		body[i] = env->alloc(env->host, size[i]);
		seg_image_write(&seg_cox_method, model[i], body[i]);
	}
	return size[0] == size[1] && memcmp(body[0], body[1], size[0]) == 0;
}

/* The model does not depend on where a block ends. */
static void
has_no_blocks(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegCoxParams params = default_params();
	SegCox model[3] = {{0}};

	fill(&d, 300, 3, 90);
	for (int i = 0; i < 3; i++)
	{
		SegMemoryRows source;
		int64_t runaway;

		CHECK(seg_cox_train(&env,
		                    source_of(&source, &d, (int64_t[]){1, 7, 4096}[i]),
		                    &params,
		                    &model[i],
		                    &runaway) == SEG_OK);
		model[i].options = model[i].version = (SegText){"", 0};
		CHECK(is_same(&env, &model[0], &model[i]));
	}
	CHECK(model[0].converged && model[0].rank == 3 &&
	      model[0].gradient_norm < 1e-9);
	unit_env_free(&env);
}

/* Other units give other coefficients, but the same tests and predictions. */
static void
has_no_units(void)
{
	static const double scale[] = {1e9, 1e-120, 1e100};
	static const double shift[] = {1e13, 0, -3e101};
	static Data d, other;
	SegEnv env = unit_env();
	SegCox a, b;

	fill(&d, 300, 3, 40);
	other = d;
	for (int i = 0; i < d.n; i++)
	{
		for (int j = 0; j < 3; j++)
			row_of(&other, i)[j] = row_of(&d, i)[j] * scale[j] + shift[j];
		row_of(&other, i)[3 + SEG_COX_DURATION] *= 1e300;
	}
	a = model_of(&env, &d);
	b = model_of(&env, &other);
	CHECK_NEAR(a.log_likelihood, b.log_likelihood, 1e-12);
	CHECK_NEAR(a.wald, b.wald, 1e-9);
	CHECK_NEAR(a.score, b.score, 1e-9);
	CHECK(a.concordant_pairs == b.concordant_pairs);
	for (int j = 0; j < 3; j++)
	{
		CHECK_NEAR(a.coefficients[j], b.coefficients[j] * scale[j], 1e-9);
		CHECK_NEAR(a.covariance[j * 4],
		           b.covariance[j * 4] * scale[j] * scale[j],
		           1e-9);
	}
	for (int i = 0; i < 10; i++)
	{
		double x, y;

		CHECK(seg_cox_hazard(&env, &a, row_of(&d, i), &x) == SEG_OK);
		CHECK(seg_cox_hazard(&env, &b, row_of(&other, i), &y) == SEG_OK);
		CHECK_NEAR(x, y, 1e-9);
	}
	unit_env_free(&env);
}

/*
 * An element that depends on earlier ones has no coefficient, and changes none.
 */
static void
drops_what_depends(void)
{
	static Data d, wide;
	SegEnv env = unit_env();
	SegCox a, b;

	fill(&d, 200, 2, 50);
	wide = (Data){.n = 200, .p = 5};
	for (int i = 0; i < 200; i++)
	{
		const double *x = row_of(&d, i);
		double *y = row_of(&wide, i);

		memcpy(y + 5, x + 2, SEG_COX_EXTRA * sizeof(double));
		y[0] = x[0];
		y[1] = 1e6 - 3 * x[0];
		y[2] = x[1];
		y[3] = -4;
		y[4] = x[0] / 7 - 100 * x[1];
	}
	a = model_of(&env, &d);
	b = model_of(&env, &wide);
	CHECK(a.rank == 2 && b.rank == 2);
	CHECK(!b.aliased[0] && b.aliased[1] && !b.aliased[2] && b.aliased[3] &&
	      b.aliased[4]);
	CHECK_NEAR(a.coefficients[0], b.coefficients[0], 1e-12);
	CHECK_NEAR(a.coefficients[1], b.coefficients[2], 1e-12);
	CHECK(b.coefficients[1] == 0 && b.covariance[1 * 5 + 1] == 0 &&
	      b.covariance[1 * 5 + 2] == 0);
	CHECK_NEAR(a.covariance[1], b.covariance[2], 1e-12);
	CHECK(a.tied_pairs == b.tied_pairs);
	unit_env_free(&env);
}

/* An element that has all the events has an infinite coefficient. */
static void
tells_what_runs_away(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegCoxParams params = default_params();
	int64_t runaway;
	SegCox model;

	fill(&d, 100, 3, 100);
	for (int i = 0; i < 100; i++)
		row_of(&d, i)[1] = row_of(&d, i)[3 + SEG_COX_EVENT];
	CHECK(train(&env, &d, &params, &model, &runaway) == SEG_OK);
	CHECK(!model.converged && runaway == 2);
	CHECK(isfinite(model.coefficients[1]) && model.coefficients[1] > 10);
	model.options = model.version = (SegText){"", 0};
	CHECK(seg_image_validate(&env, &seg_cox_method, &model) == SEG_OK);
	/* with more iterations it stops when nothing is left to gain */
	params.max_iterations = 10000;
	CHECK(train(&env, &d, &params, &model, &runaway) == SEG_OK);
	CHECK(!model.converged && runaway == 2 && model.iterations < 100);
	model.options = model.version = (SegText){"", 0};
	CHECK(seg_image_validate(&env, &seg_cox_method, &model) == SEG_OK);
	/* with one, it cannot tell */
	params.max_iterations = 1;
	CHECK(train(&env, &d, &params, &model, &runaway) == SEG_OK);
	CHECK(!model.converged && runaway == 0 && model.iterations == 1);
	unit_env_free(&env);
}

/* Few rows, equal rows, all events at one time: the model is always valid. */
static void
takes_any_rows(void)
{
	static Data d;

	for (int n = 1; n < 12; n++)
		for (int p = 1; p <= MAX_P; p++)
			for (int kind = 0; kind < 4; kind++)
			{
				SegEnv env = unit_env();
				SegCoxParams params = default_params();
				int64_t runaway;
				SegCox model;

				fill(&d, n, p, 100);
				for (int i = 0; i < n && kind > 0; i++)
				{
					double *row = row_of(&d, i);

					if (kind != 2) /* all at the same time */
						row[p + SEG_COX_DURATION] = 5;
					if (kind == 2) /* all the same */
						memcpy(row, row_of(&d, 0), sizeof(double) * (size_t) p);
					row[p + SEG_COX_EVENT] = kind == 3 ? i == 0 : 1;
				}
				row_of(&d, 0)[p + SEG_COX_EVENT] = 1;
				CHECK(train(&env, &d, &params, &model, &runaway) == SEG_OK);
				model.options = model.version = (SegText){"", 0};
				CHECK(seg_image_validate(&env, &seg_cox_method, &model) ==
				      SEG_OK);
				CHECK(kind != 2 || model.rank == 0);
				unit_env_free(&env);
			}
}

static void
needs_an_event(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegCoxParams params = default_params();
	int64_t runaway;
	SegCox model;

	fill(&d, 30, 1, 10);
	for (int i = 0; i < 30; i++)
		row_of(&d, i)[1 + SEG_COX_EVENT] = 0;
	CHECK(train(&env, &d, &params, &model, &runaway) == SEG_NO_EVENTS);
	CHECK(env.diag.got == 30);
	unit_env_free(&env);
}

static void
checks_its_parameters(void)
{
	SegEnv env = unit_env();

	CHECK(seg_cox_check(&env, SEG_COX_MAX_DIM) == SEG_OK);
	CHECK(seg_cox_check(&env, SEG_COX_MAX_DIM + 1) == SEG_LIMIT);
	unit_env_free(&env);
}

/* The reference hazard, by hand: Breslow's sum over those at risk. */
static void
hazards_add_up(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegCoxParams params = default_params();
	double sum = 0, survival;
	int64_t runaway;
	SegCox model;

	fill(&d, 120, 2, 30);
	params.ties = SEG_TIES_BRESLOW;
	CHECK(train(&env, &d, &params, &model, &runaway) == SEG_OK);
	for (int64_t t = 0; t < model.event_times; t++)
	{
		double at_risk = 0, events = 0;

		for (int i = 0; i < 120; i++)
		{
			const double *row = row_of(&d, i);
			double hazard;

			CHECK(seg_cox_hazard(&env, &model, row, &hazard) == SEG_OK);
			at_risk += row[2 + SEG_COX_DURATION] >= model.times[t] ? hazard : 0;
			events += row[2 + SEG_COX_DURATION] == model.times[t] &&
			          row[2 + SEG_COX_EVENT] == 1;
		}
		sum += events / at_risk;
		CHECK(events > 0);
		CHECK_NEAR(model.cumulative_hazards[t], sum, 1e-12);
		CHECK(
			seg_cox_survival(&model, 2, -INFINITY, model.times[t], &survival));
		CHECK_NEAR(survival, exp(-2 * sum), 1e-12);
	}
	CHECK(seg_cox_survival(&model,
	                       2,
	                       -INFINITY,
	                       nextafter(model.times[0], -1),
	                       &survival) &&
	      survival == 1);
	CHECK(seg_cox_survival(&model,
	                       2,
	                       -INFINITY,
	                       model.longest_duration,
	                       &survival));
	CHECK(!seg_cox_survival(&model,
	                        2,
	                        -INFINITY,
	                        nextafter(model.longest_duration, INFINITY),
	                        &survival));
	CHECK(!seg_cox_survival(&model, 2, INFINITY, model.times[0], &survival));
	CHECK(seg_cox_survival(&model, 2, model.times[1], 0, &survival) &&
	      survival == 1);
	CHECK(seg_cox_survival(&model,
	                       2,
	                       model.times[1],
	                       model.longest_duration,
	                       &survival));
	CHECK_NEAR(survival,
	           exp(2 * (model.cumulative_hazards[1] -
	                    model.cumulative_hazards[model.event_times - 1])),
	           1e-12);
	unit_env_free(&env);
}

/* ---------- the reference ---------- */

/*
 * Elements far from zero and near it, and three that are always -1, 0 or 1: of
 * these the reference is 0, though their mean is not.
 */
static void
fill_with_indicators(Data *d)
{
	fill(d, 240, 5, 40);
	for (int i = 0; i < d->n; i++)
	{
		double *x = row_of(d, i);

		x[0] = 1000 + x[0];
		x[1] = i * 11 % 10 < 3;
		x[2] = -i * 13 % 7 / 4.0;
		x[3] = i * 5 % 9 < 5 ? -1 : i % 2;
		x[4] = -(i * 17 % 8 < 6);
	}
}

static void
reference_of(Data *d, double *reference)
{
	for (int j = 0; j < d->p; j++)
	{
		bool is_indicator = true;

		reference[j] = 0;
		for (int i = 0; i < d->n; i++)
		{
			double x = row_of(d, i)[j];

			reference[j] += x / d->n;
			is_indicator = is_indicator && (x == -1 || x == 0 || x == 1);
		}
		CHECK(fabs(reference[j]) > 0.2);
		if (is_indicator)
			reference[j] = 0;
	}
}

static double
relative_hazard(const SegCox *m, const double *x, const double *from)
{
	double sum = 0;

	for (int j = 0; j < m->dim; j++)
		sum += m->coefficients[j] * (x[j] - from[j]);
	return exp(sum);
}

/*
 * What a time adds to the hazard of a row, given the coefficients: Breslow's
 * d / sum, or Efron's sum over the d events, which leave one after the other.
 */
static double
hazard_at(Data *d, const SegCox *m, int ties, double time, const double *from)
{
	double at_risk = 0, leaving = 0, sum = 0;
	int events = 0;

	for (int i = 0; i < d->n; i++)
	{
		const double *row = row_of(d, i);
		double hazard = relative_hazard(m, row, from);
		bool leaves = row[d->p + SEG_COX_DURATION] == time &&
		              row[d->p + SEG_COX_EVENT] == 1;

		at_risk += row[d->p + SEG_COX_DURATION] >= time ? hazard : 0;
		leaving += leaves ? hazard : 0;
		events += leaves;
	}
	for (int e = 0; e < events; e++)
		sum +=
			1 / (at_risk - (ties == SEG_TIES_EFRON ? e * leaving / events : 0));
	return sum;
}

/*
 * The hazard that a model keeps is that of its reference, and times the relative
 * hazard that it predicts it is the row's own, to which no reference matters.
 */
static void
keeps_the_hazard_of_its_reference(void)
{
	static Data d;
	double reference[MAX_P];

	fill_with_indicators(&d);
	reference_of(&d, reference);
	for (int ties = SEG_TIES_EFRON; ties <= SEG_TIES_BRESLOW; ties++)
	{
		SegEnv env = unit_env();
		SegCoxParams params = default_params();
		double sum = 0, own = 0, hazard;
		int64_t runaway;
		SegCox model;

		params.ties = ties;
		CHECK(train(&env, &d, &params, &model, &runaway) == SEG_OK);
		for (int j = 0; j < d.p; j++)
		{
			CHECK_NEAR(model.means[j], reference[j], 1e-12);
			CHECK(fabs(model.coefficients[j]) > 1e-3);
		}
		CHECK(seg_cox_hazard(&env, &model, reference, &hazard) == SEG_OK);
		CHECK_NEAR(hazard, 1, 1e-12);
		CHECK(seg_cox_hazard(&env, &model, row_of(&d, 7), &hazard) == SEG_OK);
		CHECK_NEAR(hazard,
		           relative_hazard(&model, row_of(&d, 7), reference),
		           1e-12);
		for (int64_t t = 0; t < model.event_times; t++)
		{
			double time = model.times[t];

			sum += hazard_at(&d, &model, ties, time, reference);
			own += hazard_at(&d, &model, ties, time, row_of(&d, 7));
			CHECK(fabs(model.cumulative_hazards[t] / sum - 1) < 1e-11);
			CHECK(fabs(hazard * model.cumulative_hazards[t] / own - 1) < 1e-11);
		}
		unit_env_free(&env);
	}
}

/* Whenever memory ends, or somebody wants us to stop, we say so. */
static void
may_be_stopped_or_run_out_of_memory(void)
{
	static Data d;
	SegCoxParams params = default_params();
	int64_t runaway;
	SegCox model;
	SegStatus status = SEG_STOPPED;
	int i;

	fill(&d, 200, 2, 200);
	for (i = 0; status != SEG_OK && i < 200; i++)
	{
		SegEnv env = unit_env();

		unit_env_fail_after(&env, i);
		status = train(&env, &d, &params, &model, &runaway);
		CHECK(status == SEG_OK || status == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	CHECK(i > 20 && i < 200);
	status = SEG_STOPPED;
	for (i = 0; status != SEG_OK && i < 2000; i++)
	{
		SegEnv env = unit_env();

		unit_env_stop_after(&env, i);
		status = train(&env, &d, &params, &model, &runaway);
		CHECK(status == SEG_OK || status == SEG_STOPPED);
		CHECK(status == SEG_OK || unit_env_questions(&env) == i + 1);
		CHECK(status != SEG_OK || unit_env_reports(&env) == model.iterations);
		unit_env_free(&env);
	}
	CHECK(i > 10 && i < 2000);
}

/* ---------- the stored form ---------- */

static bool
is_refused(SegEnv *env, SegCox model)
{
	return seg_image_validate(env, &seg_cox_method, &model) == SEG_CORRUPT;
}

static void
finds_damage(void)
{
	static Data d;
	SegEnv env = unit_env();
	SegCox model, m;
	double *covariance, *hazards, *times, *coefficients;
	int64_t *aliased;
	size_t size;
	char *body;

	fill(&d, 60, 3, 20);
	for (int i = 0; i < 60; i++)
		row_of(&d, i)[1] = 2; /* aliased */
	model = model_of(&env, &d);
	covariance = (double *) model.covariance;
	hazards = (double *) model.cumulative_hazards;
	times = (double *) model.times;
	coefficients = (double *) model.coefficients;
	aliased = (int64_t *) model.aliased;

	CHECK(seg_image_size(&env, &seg_cox_method, &model, &size) == SEG_OK);
	body = env.alloc(env.host, size);
	seg_image_write(&seg_cox_method, &model, body);
	for (size_t length = 0; length <= size; length++)
		CHECK(seg_image_open(&env, &seg_cox_method, body, length, &m) ==
		      (length == size ? SEG_OK : SEG_CORRUPT));

	m = model, m.rank = 3;
	CHECK(is_refused(&env, m));
	m = model, m.event_count = 61;
	CHECK(is_refused(&env, m));
	m = model, m.event_count = m.event_times - 1;
	CHECK(is_refused(&env, m));
	m = model, m.concordance = nextafter(m.concordance, 1);
	CHECK(is_refused(&env, m));
	m = model, m.tied_pairs = INT64_MAX;
	CHECK(is_refused(&env, m));
	m = model, m.longest_duration = 0;
	CHECK(is_refused(&env, m));
	m = model, m.names = 1;
	CHECK(is_refused(&env, m));
	covariance[1] = 0.5;
	CHECK(is_refused(&env, model)); /* not symmetric */
	covariance[1] = 0;
	covariance[0] = -covariance[0];
	CHECK(is_refused(&env, model));
	covariance[0] = -covariance[0];
	aliased[1] = 0;
	CHECK(is_refused(&env, model));
	aliased[1] = 1;
	coefficients[1] = 1e-9;
	CHECK(is_refused(&env, model));
	coefficients[1] = 0;
	hazards[1] = hazards[0] / 2;
	CHECK(is_refused(&env, model));
	hazards[1] = hazards[0];
	CHECK(!is_refused(&env, model));
	times[1] = times[0];
	CHECK(is_refused(&env, model));
	unit_env_free(&env);
}

void
test_cox(void)
{
	few_rows_are_stored();
	rows_are_in_order_and_scaled();
	refuses_values_that_cannot_be_squared();
	has_no_blocks();
	has_no_units();
	drops_what_depends();
	tells_what_runs_away();
	takes_any_rows();
	needs_an_event();
	checks_its_parameters();
	hazards_add_up();
	keeps_the_hazard_of_its_reference();
	may_be_stopped_or_run_out_of_memory();
	finds_damage();
}
