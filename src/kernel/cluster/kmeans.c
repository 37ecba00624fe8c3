/*-------------------------------------------------------------------------
 *
 * kmeans.c
 *	  k-means clustering: from rows to a model.
 *
 * The plan: (1) a few rows, whose mean is the shift; (2) one pass over the rows
 * for their deviations; (3) unless first centers are given, rounds of a search
 * on a sample, in which rows far from the centers so far are more likely
 * (kmeans_sample.c, kmeans_search.c), and Lloyd's iteration over all rows from
 * what was found; (4) the last round is one that finds nothing better.  When the
 * sample is all the rows, as it is for some ten thousand, one round is all.
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
 * times the mean variance, here that within clusters, or max_iterations is
 * reached.
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
#include "kernel/cluster/kmeans_express.h"
#include "kernel/cluster/kmeans_lloyd.h"
#include "base/tags.h"

#define SAMPLE_ROWS            16384 /* more if k asks for more */
#define ALL_ROWS               32768 /* up to here the sample is all rows */
#define LOOK_ROWS              32768 /* for the shift */
#define ROUNDS                 4
#define ROUND_GAIN             1e-4 /* least share of the sample's inertia */
#define SAMPLE_BYTES           (4 * 1024 * 1024)
#define SAMPLE_ROWS_PER_CENTER 32

#define OPTION(member) offsetof(SegKMeansParams, member)

/* clang-format off */
const SegOption seg_kmeans_options[] = {
	{"seed", SEG_OPTION_INT, OPTION(seed), 42, 0, 9007199254740992.0, NULL,
		"seed of the random draws"},
	{"restarts", SEG_OPTION_INT, OPTION(restarts), 3, 1, 10000, NULL,
		"seedings that are tried and improved; the best is kept"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 300, 1, 1000000, NULL,
		"passes over the rows at most"},
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 1e-4, 0, 1, NULL,
		"stop when the squared moves of the centers sum to less than this "
		"share of the mean variance within clusters"},
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
	SEG_PREPARATION_FIELDS(SegKMeans, 16000),
	SEG_TRAINING_ROWS_FIELDS(SegKMeans, 16000),
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
	       (m->names == 0 || m->names == m->dim) &&
	       seg_preparation_is_sound(&m->preparation, m->dim) &&
	       seg_training_rows_are_sound(&m->training_rows, m->dim);
}

const SegMethod seg_kmeans_method = {.tag = SEG_TAG_KMEANS,
                                     .format = 1,
                                     .name = "kmeans",
                                     .title = "k-means model",
                                     .fields = fields,
                                     .size = sizeof(SegKMeans),
                                     .is_sound = kmeans_is_sound,
                                     .expressible = &seg_kmeans_expressible};

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

	bool is_line = rows->dim == 1 && k <= SEG_LINE_MAX_K; /* costs no search */

	if (rows->n <= n && (rows->n <= ALL_ROWS || is_line))
		return rows->n;
	if (n > SAMPLE_ROWS && !is_line)
		n = SAMPLE_ROWS;
	if (n < k * SAMPLE_ROWS_PER_CENTER)
		n = k * SAMPLE_ROWS_PER_CENTER;
	return n < rows->n ? n : rows->n;
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
 * What is known about the rows before they are clustered.
 */
static SegStatus
look_at_rows(SegEnv *env, SegRows *rows, const SegKMeansParams *params,
             SegKMeansColumns *columns)
{
	int64_t m = kmeans_sample_size(rows, params->k);
	double *sample;

	if (m > LOOK_ROWS)
		m = LOOK_ROWS;
	SEG_ALLOC(env, sample, m * rows->stride);
	SEG_TRY(seg_rows_sample(env, rows, m, sample));
	return seg_kmeans_columns(env,
	                          rows,
	                          sample,
	                          m,
	                          params->standardize,
	                          columns);
}

static SegStatus
check_inertia(SegEnv *env, double inertia)
{
	if (isfinite(inertia))
		return SEG_OK;
	return seg_fail(env, SEG_NOT_FINITE, "inertia", inertia, 0);
}

/*
 * A sample around the centers that we have: at first the mean of all rows.
 */
static SegStatus
draw_around(SegEnv *env, const SegLloyd *lloyd, const SegKMeansColumns *c,
            const SegKMeansParams *params, uint64_t round,
            SegKMeansSample *sample)
{
	int32_t dim = lloyd->rows->dim;
	SegTileCenters centers = {round == 0 ? 1 : lloyd->k,
	                          dim,
	                          lloyd->metric.shift,
	                          lloyd->metric.weight,
	                          lloyd->position,
	                          NULL,
	                          NULL};

	if (round == 0)
		for (int32_t j = 0; j < dim; j++)
			lloyd->position[j] = c->shift[j] + c->sum[j] / c->total;
	return seg_kmeans_sample_draw(env,
	                              lloyd->rows,
	                              &centers,
	                              c->total,
	                              round == 0 ? c->variation : lloyd->total,
	                              (uint64_t) params->seed,
	                              round,
	                              sample);
}

static void
into_metric(const SegLloyd *lloyd, double *position)
{
	const SegKMeansMetric *m = &lloyd->metric;
	int32_t dim = lloyd->rows->dim;

	for (int64_t i = 0; i < (int64_t) lloyd->k * dim; i++)
		position[i] =
			(lloyd->position[i] - m->shift[i % dim]) * m->weight[i % dim];
}

static void
out_of_metric(const SegLloyd *lloyd, const double *position)
{
	const SegKMeansMetric *m = &lloyd->metric;
	int32_t dim = lloyd->rows->dim;

	for (int64_t i = 0; i < (int64_t) lloyd->k * dim; i++)
	{
		int32_t j = (int32_t) (i % dim);
		double x = m->shift[j] + position[i] / m->weight[j];

		lloyd->position[i] = fmin(fmax(x, lloyd->low[j]), lloyd->high[j]);
	}
}

/* The best clustering of all rows so far. */
static SegStatus
lloyd_copy(SegEnv *env, const SegLloyd *from, SegLloyd *to)
{
	int64_t k = from->k;
	int64_t dim = from->rows->dim;
	SegLloyd copy = *from;

	if (to->position == NULL)
	{
		SEG_ALLOC(env, to->position, k * dim);
		SEG_ALLOC(env, to->size, k);
		SEG_ALLOC(env, to->mass, k);
		SEG_ALLOC(env, to->inertia, k);
	}
	copy.position = to->position;
	copy.size = to->size;
	copy.mass = to->mass;
	copy.inertia = to->inertia;
	memcpy(copy.position, from->position, (size_t) (k * dim) * sizeof(double));
	memcpy(copy.size, from->size, (size_t) k * sizeof(*copy.size));
	memcpy(copy.mass, from->mass, (size_t) k * sizeof(double));
	memcpy(copy.inertia, from->inertia, (size_t) k * sizeof(double));
	*to = copy;
	return SEG_OK;
}

/*
 * Rounds of a search on a sample and an iteration over all rows from what it
 * found.  Each sample is drawn around the centers of the round before, which are
 * where the next search begins; the last round is one that finds nothing better.
 */
static SegStatus
kmeans_find_centers(SegEnv *env, const SegKMeansParams *params,
                    const SegKMeansColumns *columns, SegLloyd *lloyd)
{
	int64_t m = kmeans_sample_size(lloyd->rows, params->k);
	SegKMeansSample sample;
	SegLloyd best = {.total = INFINITY};
	int64_t iterations = 0;

	SEG_TRY(seg_kmeans_sample_create(env, lloyd->rows, m, &sample));
	for (uint64_t round = 0; round < ROUNDS; round++)
	{
		SegEnv inner;
		SegKMeansFound found = {.total = INFINITY};
		SegStatus status;

		SEG_ALLOC(env, found.position, params->k * lloyd->rows->dim);
		if (round > 0)
			into_metric(lloyd, found.position);
		SEG_TRY(draw_around(env, lloyd, columns, params, round, &sample));
		inner = seg_enter(env);
		status = seg_kmeans_search(&inner,
		                           &sample,
		                           lloyd->rows->dim,
		                           params,
		                           round,
		                           &found);
		SEG_TRY(seg_leave(env, &inner, status));
		if (round > 0 && !(found.total < found.start * (1.0 - ROUND_GAIN)))
			break;
		out_of_metric(lloyd, found.position);
		if (m == lloyd->rows->n)
			lloyd->max_iterations = 0; /* nothing left but to take stock */
		SEG_TRY(seg_lloyd_run(env, lloyd));
		SEG_TRY(check_inertia(env, lloyd->total));
		if (m == lloyd->rows->n)
		{
			lloyd->iterations = found.iterations;
			lloyd->converged = found.converged;
			return SEG_OK;
		}
		iterations += lloyd->iterations;
		if (!(lloyd->total < best.total))
			break;
		SEG_TRY(lloyd_copy(env, lloyd, &best));
		best.iterations = iterations;
		if (!lloyd->converged)
			break;
	}
	*lloyd = best;
	return SEG_OK;
}

SegStatus
seg_kmeans_train(SegEnv *env, SegRows *rows, const SegKMeansParams *params,
                 SegKMeans *model)
{
	int64_t cells = params->k * rows->dim;
	SegKMeansColumns columns;
	SegLloyd lloyd = {.rows = rows,
	                  .k = (int32_t) params->k,
	                  .max_iterations = params->max_iterations,
	                  .tolerance = params->tolerance,
	                  .rank_by = params->rank_by,
	                  .is_told = true};

	SEG_TRY(seg_kmeans_check(env, params, rows->dim));
	SEG_TRY(seg_kmeans_check_distinct(env, rows, params->k));
	SEG_TRY(look_at_rows(env, rows, params, &columns));
	lloyd.metric = (SegKMeansMetric){columns.shift, columns.weight};
	lloyd.low = columns.low;
	lloyd.high = columns.high;
	for (int32_t j = 0; j < rows->dim; j++)
		lloyd.squares +=
			columns.squares[j] * columns.weight[j] * columns.weight[j];
	SEG_ALLOC(env, lloyd.position, cells);
	if (params->init.x == NULL)
		SEG_TRY(kmeans_find_centers(env, params, &columns, &lloyd));
	else
	{
		memcpy(lloyd.position, params->init.x, (size_t) cells * sizeof(double));
		SEG_TRY(seg_lloyd_run(env, &lloyd));
		SEG_TRY(check_inertia(env, lloyd.total));
	}
	fill_model(&lloyd, &columns, model);
	return SEG_OK;
}

/* ---------- prepared rows ---------- */

/*
 * Centers go through a preparation, or back.
 */
static SegStatus
carry_centers(SegEnv *env,
              SegStatus (*move)(SegEnv *env, const SegPreparation *preparation,
                                const double *x, double *result),
              const SegPreparation *preparation, int64_t k,
              const double *centers, const double **result)
{
	int64_t dim = preparation->dim;
	double *moved;

	*result = centers;
	if (dim == 0)
		return SEG_OK;
	SEG_ALLOC(env, moved, k * dim);
	for (int64_t c = 0; c < k; c++)
		SEG_TRY(move(env, preparation, centers + c * dim, moved + c * dim));
	*result = moved;
	return SEG_OK;
}

SegStatus
seg_kmeans_unprepare_centers(SegEnv *env, const SegPreparation *preparation,
                             int64_t k, const double *centers,
                             const double **result)
{
	return carry_centers(env, seg_unprepare, preparation, k, centers, result);
}

SegStatus
seg_kmeans_raw_centers(SegEnv *env, const SegKMeans *model,
                       const double **result)
{
	return seg_kmeans_unprepare_centers(env,
	                                    &model->preparation,
	                                    model->k,
	                                    model->centers,
	                                    result);
}

SegStatus
seg_kmeans_prepare_centers(SegEnv *env, const SegPreparation *preparation,
                           int64_t k, const double *centers,
                           const double **result)
{
	return carry_centers(env, seg_prepare, preparation, k, centers, result);
}

/* ---------- the trainer ---------- */

/*
 * Deviations of 1 leave nothing of another scale.
 */
static SegStatus
check_scale(SegEnv *env, const void *params,
            const SegPreparationParams *preparation)
{
	if (!((const SegKMeansParams *) params)->standardize ||
	    preparation->scale == 0)
		return SEG_OK;
	return seg_fail_name(env,
	                     SEG_OPTION_CLASH,
	                     "scale",
	                     "\"standardize\": true");
}

static SegStatus
prepare_init(SegEnv *env, const SegPreparation *preparation, void *params)
{
	SegMatrix *init = &((SegKMeansParams *) params)->init;

	if (init->x == NULL)
		return SEG_OK;
	return seg_kmeans_prepare_centers(env,
	                                  preparation,
	                                  init->rows,
	                                  init->x,
	                                  &init->x);
}

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
     .preparations = SEG_PREPARE_ANYTHING,
     .check_preparation = check_scale,
     .prepare_params = prepare_init,
     .options = seg_kmeans_options,
     .params_size = sizeof(SegKMeansParams),
     .check_dim = kmeans_check_dim,
     .model_bytes = kmeans_model_bytes,
     .label_bytes = sizeof(uint16_t),
     .smaller = "fewer clusters or shorter vectors",
     .train = kmeans_train};
