/*-------------------------------------------------------------------------
 *
 * kmeans.c
 *	  k-means clustering: from rows to a model.
 *
 * The plan: (1) a sample of the rows, whose mean is the shift; (2) one pass
 * over the rows for their deviations; (3) unless first centers are given,
 * several seedings and full iterations on the sample, scaled to the metric, of
 * which the best is kept; (4) Lloyd's iteration over all rows from there.  When
 * the seedings see all the rows, as they do for a few thousand, step (4) only
 * takes stock, and the restarts are restarts of the whole problem.  Seeding all
 * of a million rows would cost more than it gains: the centers move on over all
 * rows anyway.
 *
 * Rows are seen as (x - shift) / deviation, or x - shift if standardize is off.
 * Without the shift, squares far from zero would cancel.
 *
 * Clusters are numbered by ascending center coordinate, so that the same rows
 * give the same numbers and a number can serve as a tier.
 *
 * S. P. Lloyd, "Least squares quantization in PCM", IEEE Transactions on
 * Information Theory 28(2), 1982.  The stopping rule is scikit-learn's: no
 * label changed, or the squared moves of the centers sum to at most tolerance
 * times the mean variance, or max_iterations is reached.
 *
 * src/kernel/cluster/kmeans.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kmeans.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "kernel/cluster/kmeans_columns.h"
#include "kernel/cluster/kmeans_lloyd.h"
#include "base/tags.h"

#define SAMPLE_ROWS            8192 /* at most, unless k asks for more */
#define SAMPLE_BYTES           (4 * 1024 * 1024)
#define SAMPLE_ROWS_PER_CENTER 32
#define SAMPLE_BLOCK           256

#define OPTION(member) offsetof(SegKMeansParams, member)

/* clang-format off */
const SegOption seg_kmeans_options[] = {
	{"seed", SEG_OPTION_INT, OPTION(seed), 42, 0, 9007199254740992.0, NULL,
		"seed of the random draws"},
	{"restarts", SEG_OPTION_INT, OPTION(restarts), 10, 1, 10000, NULL,
		"seedings that are tried; the best is kept"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 300, 1, 1000000, NULL,
		"passes over the rows at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-4, 0, 1, NULL,
		"stop when the squared moves of the centers sum to less than this "
		"share of the mean variance"},
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 1, 0, 1, NULL,
		"divide each element by its standard deviation"},
	{"rank_by", SEG_OPTION_ELEMENT, OPTION(rank_by), 1, 1, 16000, NULL,
		"element whose ascending center value numbers the clusters"},
	{"init", SEG_OPTION_MATRIX, OPTION(init), 0, 0, 0, NULL,
		"first centers, in the units of the rows, instead of seeding"},
	SEG_OPTION_END
};
/* clang-format on */

#define HUGE_COUNT 9007199254740992.0

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegKMeans, k, 1, SEG_KMEANS_MAX_K),
	SEG_INT(SegKMeans, dim, 1, 16000),
	SEG_INT(SegKMeans, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegKMeans, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegKMeans, iterations, 0, HUGE_COUNT),
	SEG_BOOL(SegKMeans, converged),
	SEG_REAL(SegKMeans, inertia, 0, DBL_MAX),
	SEG_JSON_FIELD(SegKMeans, options),
	SEG_TEXT_FIELD(SegKMeans, version),
	SEG_FEATURE_NAMES_FIELDS(SegKMeans, 16000),
	SEG_REAL_MATRIX(SegKMeans, centers, k, dim, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegKMeans, feature_weights, dim, DBL_MIN, DBL_MAX),
	SEG_INTS(SegKMeans, sizes, k, 0, HUGE_COUNT),
	SEG_REALS(SegKMeans, masses, k, 0, DBL_MAX),
	SEG_REALS(SegKMeans, cluster_inertias, k, 0, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static bool
kmeans_is_sound(const void *value)
{
	const SegKMeans *m = value;
	int64_t rows = 0;
	double mass = 0;

	/* stop before a sum of hostile sizes could overflow */
	for (int64_t c = 0; c < m->k && rows <= m->rows_used; c++)
	{
		rows += m->sizes[c];
		mass += m->masses[c];
	}
	/* shares are parts of the mass */
	return rows == m->rows_used && mass > 0 && mass <= DBL_MAX &&
	       (m->names == 0 || m->names == m->dim);
}

const SegMethod seg_kmeans_method = {SEG_TAG_KMEANS,
                                     1,
                                     false,
                                     "kmeans",
                                     "k-means model",
                                     fields,
                                     sizeof(SegKMeans),
                                     kmeans_is_sound};

/*
 * What can be checked once the dimension is known.
 */
SegStatus
seg_kmeans_check(SegEnv *env, const SegKMeansParams *params, int64_t dim)
{
	if (params->k < 1 || params->k > SEG_KMEANS_MAX_K)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "number of clusters",
		                      (double) params->k,
		                      1,
		                      SEG_KMEANS_MAX_K);
	if (params->k * dim > SEG_KMEANS_MAX_CENTERS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "center elements",
		                (double) (params->k * dim),
		                (double) SEG_KMEANS_MAX_CENTERS);
	if (params->rank_by > dim)
		return seg_fail_range(env,
		                      SEG_OPTION_RANGE,
		                      "rank_by",
		                      (double) params->rank_by,
		                      1,
		                      (double) dim);
	if (params->init.x != NULL && params->init.rows != params->k)
		return seg_option_bad_size(env,
		                           "init",
		                           "centers",
		                           params->init.rows,
		                           params->k);
	if (params->init.x != NULL && params->init.cols != dim)
		return seg_option_bad_size(env,
		                           "init",
		                           "elements in a center",
		                           params->init.cols,
		                           dim);
	return SEG_OK;
}

/* ---------- training ---------- */

static int64_t
kmeans_sample_size(const SegRows *rows, int64_t k)
{
	int64_t n = SAMPLE_BYTES / (int64_t) sizeof(double) / rows->stride;

	if (n > SAMPLE_ROWS)
		n = SAMPLE_ROWS;
	if (n < k * SAMPLE_ROWS_PER_CENTER)
		n = k * SAMPLE_ROWS_PER_CENTER;
	return n < rows->n ? n : rows->n;
}

/*
 * Scale a sample to the metric.
 */
static void
scale_sample(const SegRows *rows, const SegKMeansColumns *c, double *sample,
             int64_t m)
{
	for (int64_t i = 0; i < m; i++)
	{
		double *x = sample + i * rows->stride;

		for (int32_t j = 0; j < rows->dim; j++)
			x[j] = (x[j] - c->shift[j]) * c->weight[j];
	}
}

static SegStatus
unit_metric(SegEnv *env, int32_t dim, SegKMeansMetric *metric)
{
	double *block;

	SEG_ALLOC(env, block, 2 * dim);
	for (int32_t j = 0; j < dim; j++)
		block[dim + j] = 1.0;
	*metric = (SegKMeansMetric){block, block + dim};
	return SEG_OK;
}

/*
 * The best of several restarts on the sample, as first centers for all rows.
 */
static SegStatus
find_start(SegEnv *env, const SegRows *rows, const SegKMeansParams *params,
           const SegKMeansColumns *c, double *sample, int64_t m,
           SegLloyd *result)
{
	int32_t dim = rows->dim;
	int64_t cells = params->k * dim;
	SegTileRows view = {sample, m, rows->stride, 0, NULL};
	SegMemoryRows source;
	SegLloyd trial = {.rows = &source.rows,
	                  .k = (int32_t) params->k,
	                  .max_iterations = params->max_iterations,
	                  .tolerance = params->tolerance * c->variance};
	SegSeeding *seeding;
	double least = INFINITY;

	scale_sample(rows, c, sample, m);
	seg_memory_rows(&source, sample, m, dim, rows->stride, SAMPLE_BLOCK);
	SEG_TRY(unit_metric(env, dim, &trial.metric));
	SEG_TRY(seg_seeding_create(env, &view, dim, &seeding));
	SEG_ALLOC(env, trial.position, cells);

	for (int64_t r = 0; r < params->restarts; r++)
	{
		SEG_TRY(seg_seeding_run(env,
		                        seeding,
		                        trial.k,
		                        (uint64_t) params->seed,
		                        (uint64_t) r,
		                        trial.position));
		SEG_TRY(seg_lloyd_run(env, &trial));
		if (env->progress != NULL)
			env->progress(env->host,
			              "k-means restarts",
			              r + 1,
			              fmin(least, trial.total),
			              (double) (r + 1) / (double) params->restarts);
		if (!(trial.total < least))
			continue;
		least = trial.total;
		result->iterations = trial.iterations;
		result->converged = trial.converged;
		for (int64_t i = 0; i < cells; i++)
			result->position[i] =
				c->shift[i % dim] + trial.position[i] / c->weight[i % dim];
	}
	return SEG_OK;
}

static void
fill_model(const SegLloyd *lloyd, const SegKMeansColumns *c, SegKMeans *model)
{
	model->k = lloyd->k;
	model->dim = lloyd->rows->dim;
	model->centers = lloyd->position;
	model->sizes = lloyd->size;
	model->masses = lloyd->mass;
	model->cluster_inertias = lloyd->inertia;
	model->rows_used = lloyd->rows->n;
	model->iterations = lloyd->iterations;
	model->converged = lloyd->converged;
	model->inertia = lloyd->total;
	model->feature_weights = c->weight;
}

/*
 * The first centers, given or found on a sample, which may be all the rows.
 */
static SegStatus
choose_start(SegEnv *env, SegRows *rows, const SegKMeansParams *params,
             SegKMeansColumns *columns, SegLloyd *lloyd, bool *done)
{
	int64_t m = kmeans_sample_size(rows, params->k);
	double *sample;

	SEG_ALLOC(env, sample, m * rows->stride);
	SEG_TRY(seg_rows_sample(env, rows, m, sample));
	SEG_TRY(
		seg_kmeans_columns(env, rows, sample, m, params->standardize, columns));

	*done = params->init.x == NULL && m == rows->n;
	if (params->init.x == NULL)
		return find_start(env, rows, params, columns, sample, m, lloyd);
	memcpy(lloyd->position,
	       params->init.x,
	       (size_t) (params->k * rows->dim) * sizeof(double));
	return SEG_OK;
}

SegStatus
seg_kmeans_train(SegEnv *env, SegRows *rows, const SegKMeansParams *params,
                 SegKMeans *model)
{
	SegLloyd lloyd = {.rows = rows,
	                  .k = (int32_t) params->k,
	                  .max_iterations = params->max_iterations,
	                  .rank_by = params->rank_by};
	SegKMeansColumns columns;
	bool done;
	int64_t iterations;
	bool converged;

	SEG_TRY(seg_kmeans_check(env, params, rows->dim));
	SEG_TRY(seg_kmeans_check_distinct(env, rows, params->k));
	SEG_ALLOC(env, lloyd.position, params->k * rows->dim);
	SEG_TRY(choose_start(env, rows, params, &columns, &lloyd, &done));

	lloyd.metric = (SegKMeansMetric){columns.shift, columns.weight};
	lloyd.tolerance = params->tolerance * columns.variance;
	for (int32_t j = 0; j < rows->dim; j++)
		lloyd.squares +=
			columns.squares[j] * columns.weight[j] * columns.weight[j];
	iterations = lloyd.iterations;
	converged = lloyd.converged;
	if (done)
		lloyd.max_iterations = 0; /* only take stock */
	SEG_TRY(seg_lloyd_run(env, &lloyd));
	if (done)
	{
		lloyd.iterations = iterations;
		lloyd.converged = converged;
	}
	if (!isfinite(lloyd.total))
		return seg_fail(env, SEG_NOT_FINITE, "inertia", lloyd.total, 0);
	fill_model(&lloyd, &columns, model);
	return SEG_OK;
}

/* ---------- the trainer ---------- */

static SegStatus
kmeans_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	return seg_kmeans_check(env, params, dim);
}

static int64_t
kmeans_model_bytes(const void *params, int64_t dim)
{
	const SegKMeansParams *p = params;

	return p->k * (dim + 3) * (int64_t) sizeof(double);
}

static SegStatus
kmeans_train(SegEnv *env, void *rows, const void *params, void *result)
{
	SegKMeans *model = result;

	SEG_TRY(seg_kmeans_train(env, rows, params, model));
	if (!model->converged)
		seg_note(env,
		         SEG_NOTE_UNCONVERGED,
		         (SegDiag){.what = "k-means",
		                   .got = (double) model->iterations});
	return SEG_OK;
}

const SegTrainer seg_kmeans_trainer =
	{.method = &seg_kmeans_method,
     .title = "k-means",
     .columns = {{SEG_COLUMN_VECTOR},
                 {SEG_COLUMN_SETTING, "number of clusters", OPTION(k)}},
     .options = seg_kmeans_options,
     .params_size = sizeof(SegKMeansParams),
     .check_dim = kmeans_check_dim,
     .model_bytes = kmeans_model_bytes,
     .label_bytes = sizeof(uint16_t),
     .smaller = "fewer clusters or shorter vectors",
     .train = kmeans_train};
