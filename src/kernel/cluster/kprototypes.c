/*-------------------------------------------------------------------------
 *
 * kprototypes.c
 *	  k-prototypes: from rows of numbers and categories to a model; k-modes for
 *	  rows without numbers.
 *
 * The plan is that of k-means without its rounds: a look at the rows for the
 * deviations of their numbers; a search on a sample, which is all rows up to some
 * ten thousand (kprototypes_search.c); and passes over all rows from what it
 * found (kprototypes_pass.c).
 *
 * Clusters are numbered by ascending center coordinate, then by their modes.
 *
 * Z. Huang, "Extensions to the k-Means Algorithm for Clustering Large Data Sets
 * with Categorical Values", Data Mining and Knowledge Discovery 2(3), 1998. Gamma
 * is one half of the mean deviation of the numbers, the middle of the range that
 * Huang found useful, as in the Python package kmodes.
 *
 * src/kernel/cluster/kprototypes.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/kprototypes.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/tags.h"
#include "kernel/cluster/kmeans_columns.h"
#include "kernel/cluster/kprototypes_pass.h"

#define SAMPLE_ROWS            16384 /* more if k asks for more */
#define ALL_ROWS               32768 /* up to here the sample is all rows */
#define SAMPLE_BYTES           (4 * 1024 * 1024)
#define SAMPLE_ROWS_PER_CENTER 32

#define HUGE_COUNT 9007199254740992.0

#define OPTION(member) offsetof(SegKPrototypesParams, member)

/* clang-format off */
#define SEARCH_OPTIONS \
	{"seed", SEG_OPTION_INT, OPTION(seed), 42, 0, HUGE_COUNT, NULL, \
		"seed of the random draws"}, \
	{"restarts", SEG_OPTION_INT, OPTION(restarts), 3, 1, 10000, NULL, \
		"seedings that are tried and improved; the best is kept"}, \
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 300, 1, 1000000, NULL, \
		"passes over the rows at most"}, \
	{"tolerance", SEG_OPTION_REAL, OPTION(tolerance), 0, 0, 1, NULL, \
		"stop when a pass saves less than this share of the cost"}

const SegOption seg_kprototypes_options[] = {
	SEARCH_OPTIONS,
	{"gamma", SEG_OPTION_REAL, OPTION(gamma), NAN, 0, 1e100, NULL,
		"what a category that differs counts for, in squared distance"},
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 1, 0, 1, NULL,
		"divide each element by its standard deviation"},
	{"rank_by", SEG_OPTION_ELEMENT, OPTION(rank_by), 1, 1, 16000, NULL,
		"element whose ascending center value numbers the clusters"},
	SEG_OPTION_END
};

const SegOption seg_kmodes_options[] = {
	SEARCH_OPTIONS,
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegKPrototypes, k, 1, SEG_KMEANS_MAX_K),
	SEG_INT(SegKPrototypes, dim, 0, 16000),
	SEG_INT(SegKPrototypes, categories, 0, 1000),
	SEG_INT(SegKPrototypes, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegKPrototypes, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegKPrototypes, iterations, 0, HUGE_COUNT),
	SEG_BOOL(SegKPrototypes, converged),
	SEG_REAL(SegKPrototypes, gamma, 0, DBL_MAX),
	SEG_REAL(SegKPrototypes, cost, 0, DBL_MAX),
	SEG_JSON_FIELD(SegKPrototypes, options),
	SEG_TEXT_FIELD(SegKPrototypes, version),
	SEG_FEATURE_NAMES_FIELDS(SegKPrototypes, 16000),
	SEG_PREPARATION_FIELDS(SegKPrototypes, 16000),
	SEG_TRAINING_ROWS_FIELDS(SegKPrototypes, 16000),
	SEG_REAL_MATRIX(SegKPrototypes, centers, k, dim, -DBL_MAX, DBL_MAX),
	SEG_REALS(SegKPrototypes, feature_weights, dim, DBL_MIN, DBL_MAX),
	SEG_INT(SegKPrototypes, label_count, 0, SEG_MAX_CLASSES),
	SEG_IDS_FIELD(SegKPrototypes, labels, label_count, SEG_FEW),
	SEG_INT_MATRIX(SegKPrototypes, modes, k, categories, -1, SEG_MAX_CLASSES - 1),
	SEG_INTS(SegKPrototypes, sizes, k, 0, HUGE_COUNT),
	SEG_REALS(SegKPrototypes, masses, k, 0, DBL_MAX),
	SEG_REALS(SegKPrototypes, cluster_costs, k, 0, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static SegIds
label_ids(const SegKPrototypes *m)
{
	return (SegIds){m->label_count, NULL, m->labels};
}

static bool
kprototypes_is_sound(const void *value)
{
	const SegKPrototypes *m = value;
	SegIds labels = label_ids(m);
	int64_t rows = 0;
	double mass = 0;

	for (int64_t i = 0; i < m->k * m->categories; i++)
		if (m->modes[i] >= m->label_count)
			return false;
	/* stop before a sum of hostile sizes could overflow */
	for (int64_t c = 0; c < m->k && rows <= m->rows_used; c++)
	{
		rows += m->sizes[c];
		mass += m->masses[c];
	}
	/* shares are parts of the mass */
	return rows == m->rows_used && mass > 0 && mass <= DBL_MAX &&
	       m->dim + m->categories > 0 &&
	       (m->names == 0 || m->names == m->dim) &&
	       seg_ids_are_sound(&labels, 0, m->label_count) &&
	       seg_preparation_is_sound(&m->preparation, m->dim) &&
	       seg_training_rows_are_sound(&m->training_rows, m->dim);
}

const SegMethod seg_kprototypes_method = {.tag = SEG_TAG_KPROTOTYPES,
                                          .format = 1,
                                          .name = "kprototypes",
                                          .title = "k-prototypes model",
                                          .fields = fields,
                                          .size = sizeof(SegKPrototypes),
                                          .is_sound = kprototypes_is_sound};

/* ---------- training ---------- */

static SegStatus
check_prototypes(SegEnv *env, const SegKPrototypesParams *params, int64_t width)
{
	if (params->k < 1 || params->k > SEG_KMEANS_MAX_K)
		return seg_fail_range(env,
		                      SEG_ARGUMENT_RANGE,
		                      "number of clusters",
		                      (double) params->k,
		                      1,
		                      SEG_KMEANS_MAX_K);
	if (params->k * width > SEG_KMEANS_MAX_CENTERS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "elements of prototypes",
		                (double) (params->k * width),
		                (double) SEG_KMEANS_MAX_CENTERS);
	return SEG_OK;
}

static int64_t
mixed_sample_size(const SegRows *rows, int64_t k)
{
	int64_t n = SAMPLE_BYTES / (int64_t) sizeof(double) / rows->stride;

	if (rows->n <= n && rows->n <= ALL_ROWS)
		return rows->n;
	if (n > SAMPLE_ROWS)
		n = SAMPLE_ROWS;
	if (n < k * SAMPLE_ROWS_PER_CENTER)
		n = k * SAMPLE_ROWS_PER_CENTER;
	return n < rows->n ? n : rows->n;
}

/*
 * Half the mean deviation, in the metric, of the numbers that vary; 1 if none
 * does.
 */
static double
default_gamma(const SegKMeansColumns *c, int32_t dim)
{
	double sum = 0.0;
	int32_t n = 0;

	for (int32_t j = 0; j < dim; j++)
	{
		double mean = c->sum[j] / c->total;
		double variance = c->squares[j] / c->total - mean * mean;

		if (c->high[j] == c->low[j] || !(variance > 0.0))
			continue;
		sum += sqrt(variance) * c->weight[j];
		n++;
	}
	return n > 0 ? 0.5 * sum / n : 1.0;
}

/*
 * The best prototypes of a sample; where it is all rows, of these.
 */
static SegStatus
search_sample(SegEnv *env, SegMixedRun *run, const double *sample, int64_t n,
              const SegKPrototypesParams *params)
{
	SegEnv inner = seg_enter(env);
	SegStatus status = seg_mixed_search(&inner, run, sample, n, params);

	SEG_TRY(seg_leave(env, &inner, status));
	if (n < run->rows->n)
	{
		int64_t iterations = run->iterations;

		SEG_TRY(seg_mixed_run(env, run));
		run->iterations += iterations;
	}
	if (isfinite(run->total))
		return SEG_OK;
	return seg_fail(env, SEG_NOT_FINITE, "cost", run->total, 0);
}

/*
 * Clusters get their numbers before we take stock: a row equally near to two
 * prototypes goes to the lower number, as it will when it is scored.
 */
static SegStatus
number_and_take_stock(SegEnv *env, SegMixedRun *run, int64_t rank_by)
{
	int64_t there = 0;

	SEG_TRY(seg_kmeans_sort_centers(env,
	                                run->prototype,
	                                run->k,
	                                seg_mixed_width(run->metric),
	                                rank_by));
	SEG_TRY(seg_mixed_take_stock(env, run));
	for (int32_t c = 0; c < run->k; c++)
		there += run->size[c] > 0;
	/* rows that differ only where one has no category may not be enough */
	if (there < run->k && run->converged)
		return seg_fail(env,
		                SEG_TOO_FEW_ROWS,
		                "clusters",
		                (double) there,
		                (double) run->k);
	return SEG_OK;
}

static SegStatus
fill_kprototypes(SegEnv *env, const SegMixedRun *run,
                 const SegCategoryRows *rows, SegKPrototypes *model)
{
	const SegMixedMetric *m = run->metric;
	double *centers;
	int64_t *modes;

	SEG_ALLOC(env, centers, (int64_t) run->k * m->dim);
	SEG_ALLOC(env, modes, (int64_t) run->k * m->categories);
	for (int32_t c = 0; c < run->k; c++)
	{
		const double *from = run->prototype + (int64_t) c * seg_mixed_width(m);

		for (int32_t j = 0; j < m->dim; j++)
			centers[(int64_t) c * m->dim + j] = from[j];
		for (int32_t j = 0; j < m->categories; j++)
			modes[(int64_t) c * m->categories + j] =
				(int64_t) from[m->dim + 1 + j];
	}
	model->k = run->k;
	model->dim = m->dim;
	model->categories = m->categories;
	model->rows_used = run->rows->n;
	model->iterations = run->iterations;
	model->converged = run->converged;
	model->gamma = m->gamma;
	model->cost = run->total;
	model->centers = centers;
	model->feature_weights = m->numbers.weight;
	model->label_count = rows->labels.count;
	model->labels = rows->labels;
	model->modes = modes;
	model->sizes = run->size;
	model->masses = run->mass;
	model->cluster_costs = run->cost;
	return SEG_OK;
}

SegStatus
seg_kprototypes_train(SegEnv *env, const SegCategoryRows *source,
                      const SegKPrototypesParams *params, SegKPrototypes *model)
{
	SegRows *rows = source->rows;
	int64_t m = mixed_sample_size(rows, params->k);
	SegKMeansColumns columns;
	SegMixedMetric metric = {.dim = rows->dim,
	                         .categories = (int32_t) source->categories};
	SegMixedRun run = {.rows = rows,
	                   .metric = &metric,
	                   .k = (int32_t) params->k,
	                   .labels = source->labels.count,
	                   .max_iterations = params->max_iterations,
	                   .tolerance = params->tolerance};
	double *sample;

	SEG_TRY(check_prototypes(env, params, seg_mixed_width(&metric)));
	SEG_TRY(seg_kmeans_check_distinct(env, rows, params->k));
	SEG_ALLOC(env, sample, m * rows->stride);
	SEG_TRY(seg_rows_sample(env, rows, m, sample));
	SEG_TRY(
		seg_kmeans_columns(env, rows, sample, m, params->standardize, &columns));
	metric.numbers = (SegKMeansMetric){columns.shift, columns.weight};
	metric.low = columns.low;
	metric.high = columns.high;
	metric.gamma = rows->dim == 0         ? 1.0
	               : isnan(params->gamma) ? default_gamma(&columns, rows->dim)
	                                      : params->gamma;
	SEG_ALLOC(env, run.prototype, params->k * seg_mixed_width(&metric));
	SEG_TRY(seg_mixed_prepare(env, &run));
	SEG_TRY(search_sample(env, &run, sample, m, params));
	SEG_TRY(
		number_and_take_stock(env, &run, rows->dim == 0 ? 1 : params->rank_by));
	return fill_kprototypes(env, &run, source, model);
}

SegStatus
seg_kprototypes_raw_centers(SegEnv *env, const SegKPrototypes *model,
                            const double **result)
{
	return seg_kmeans_unprepare_centers(env,
	                                    &model->preparation,
	                                    model->k,
	                                    model->centers,
	                                    result);
}

/* ---------- the trainers ---------- */

/*
 * Deviations of 1 leave nothing of another scale.
 */
static SegStatus
kprototypes_check_scale(SegEnv *env, const void *params,
                        const SegPreparationParams *preparation)
{
	if (!((const SegKPrototypesParams *) params)->standardize ||
	    preparation->scale == 0)
		return SEG_OK;
	return seg_fail_name(env,
	                     SEG_OPTION_CLASH,
	                     "scale",
	                     "\"standardize\": true");
}

static SegStatus
kprototypes_check_dim(SegEnv *env, const void *params, int64_t dim)
{
	const SegKPrototypesParams *p = params;

	SEG_TRY(check_prototypes(env, p, dim));
	if (dim > 0 && p->rank_by > dim)
		return seg_fail_range(env,
		                      SEG_OPTION_RANGE,
		                      "rank_by",
		                      (double) p->rank_by,
		                      1,
		                      (double) dim);
	return SEG_OK;
}

static int64_t
kprototypes_model_bytes(const void *params, int64_t dim)
{
	const SegKPrototypesParams *p = params;

	return p->k * (dim + 3) * (int64_t) sizeof(double);
}

static SegStatus
train_prototypes(SegEnv *env, void *rows, const void *params, void *result)
{
	SegKPrototypes *model = result;

	SEG_TRY(seg_kprototypes_train(env, rows, params, model));
	if (!model->converged)
		seg_note(env,
		         SEG_NOTE_UNCONVERGED,
		         (SegDiag){.what = model->dim > 0 ? "k-prototypes" : "k-modes",
		                   .got = (double) model->iterations});
	return SEG_OK;
}

const SegTrainer seg_kprototypes_trainer =
	{.method = &seg_kprototypes_method,
     .title = "k-prototypes",
     .columns = {{SEG_COLUMN_VECTOR},
                 {SEG_COLUMN_CATEGORIES},
                 {SEG_COLUMN_SETTING, "number of clusters", OPTION(k)}},
     .preparations = SEG_PREPARE_ANYTHING,
     .check_preparation = kprototypes_check_scale,
     .options = seg_kprototypes_options,
     .params_size = sizeof(SegKPrototypesParams),
     .check_dim = kprototypes_check_dim,
     .model_bytes = kprototypes_model_bytes,
     .smaller = "fewer clusters or shorter vectors",
     .train = train_prototypes};

const SegTrainer seg_kmodes_trainer =
	{.method = &seg_kprototypes_method,
     .title = "k-modes",
     .columns = {{SEG_COLUMN_CATEGORIES},
                 {SEG_COLUMN_SETTING, "number of clusters", OPTION(k)}},
     .options = seg_kmodes_options,
     .params_size = sizeof(SegKPrototypesParams),
     .check_dim = kprototypes_check_dim,
     .model_bytes = kprototypes_model_bytes,
     .smaller = "fewer clusters or categories",
     .train = train_prototypes};
