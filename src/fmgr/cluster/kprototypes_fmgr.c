/*-------------------------------------------------------------------------
 *
 * kprototypes_fmgr.c
 *	  SQL face of k-prototypes: the aggregates kprototypes_train and
 *	  kmodes_train, and their readers.
 *
 * src/fmgr/cluster/kprototypes_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "kernel/cluster/kprototypes.h"
#include "pg/encoding.h"
#include "pg/id_type.h"
#include "pg/results.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(kprototypes_train, seg_kprototypes_trainer, trainer_category_rows);
TRAINER(kmodes_train, seg_kmodes_trainer, trainer_category_rows);

PG_FUNCTION_INFO_V1(segment_kprototypes_assign_categories);
PG_FUNCTION_INFO_V1(segment_kprototypes_distance_categories);
PG_FUNCTION_INFO_V1(segment_kprototypes_clusters);

/* ---------- scoring ---------- */

/* A model as scoring needs it. */
typedef struct MixedScorer
{
	SegKPrototypesScorer *prototypes;
	int64 dim;
	IdType type; /* of a category */
} MixedScorer;

static void *
kprototypes_prepare_scorer(const SegEnv *host, const void *value)
{
	const SegKPrototypes *model = value;
	SegEnv env = *host;
	MixedScorer *scorer =
		MemoryContextAllocZero((MemoryContext) env.host, sizeof(MixedScorer));

	segment_check(&env,
	              seg_kprototypes_scorer(&env, model, &scorer->prototypes));
	scorer->dim = model->dim;
	id_type_init(&scorer->type, TEXTOID, (MemoryContext) env.host);
	return scorer;
}

static MixedScorer *
open_scorer(FunctionCallInfo fcinfo)
{
	return (MixedScorer *) model_open(fcinfo,
	                                  0,
	                                  &seg_kprototypes_method,
	                                  kprototypes_prepare_scorer);
}

static int64
place_of_category(MixedScorer *scorer, Datum category)
{
	int64 place = id_find(&scorer->type, &scorer->prototypes->labels, category);

	return place < 0 ? SEG_CATEGORY_UNKNOWN : place;
}

/*
 * The places of the categories of a row, which must be as many as in training.
 */
static void
read_categories(MixedScorer *scorer, ArrayType *array)
{
	int64 expected = scorer->prototypes->categories;
	Datum *texts;
	bool *nulls;
	int n;

	if (unlikely(ARR_NDIM(array) > 1))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("categories must be an array of one dimension"));
	deconstruct_array(array,
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &texts,
	                  &nulls,
	                  &n);
	if (unlikely(n != expected))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("the row must have as many categories as those in "
		               "training"),
		        errdetail("It has %d where %d was expected.",
		                  n,
		                  (int) expected));
	for (int i = 0; i < n; i++)
		scorer->prototypes->places[i] =
			nulls[i] ? SEG_CATEGORY_MISSING
					 : place_of_category(scorer, texts[i]);
}

/*
 * Find the nearest prototype of a row of numbers, if the model has some, and of
 * the categories in an argument.
 */
static double
find_nearest(FunctionCallInfo fcinfo, MixedScorer *scorer, const double *x,
             int argno, int64_t *cluster)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double cost;

	read_categories(scorer, PG_GETARG_ARRAYTYPE_P(argno));
	segment_check(&env,
	              seg_kprototypes_nearest(&env,
	                                      scorer->prototypes,
	                                      x,
	                                      cluster,
	                                      &cost));
	return cost;
}

/* (model, vector, categories) */
static inline double
score_mixed(FunctionCallInfo fcinfo, VectorArgument type, int64_t *cluster)
{
	MixedScorer *scorer = open_scorer(fcinfo);
	FeatureVectorView view;

	scoring_vector_prepared(fcinfo,
	                        1,
	                        type,
	                        "k-prototypes",
	                        scorer->dim,
	                        scorer->prototypes->preparation,
	                        &view);
	return find_nearest(fcinfo, scorer, view.x, 2, cluster);
}

/* (model, categories) */
static double
score_categories(FunctionCallInfo fcinfo, int64_t *cluster)
{
	MixedScorer *scorer = open_scorer(fcinfo);

	if (unlikely(scorer->dim > 0))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("the model needs the numbers of a row as well"),
		        errhint("Give a vector of %d elements before the categories.",
		                (int) scorer->dim));
	return find_nearest(fcinfo, scorer, NULL, 1, cluster);
}

static inline Datum
score_mixed_assign(FunctionCallInfo fcinfo, VectorArgument type)
{
	int64_t cluster;

	(void) score_mixed(fcinfo, type, &cluster);
	PG_RETURN_INT32(cluster + 1);
}

SCORING_FUNCTIONS(kprototypes_assign, score_mixed_assign);

static inline Datum
score_mixed_distance(FunctionCallInfo fcinfo, VectorArgument type)
{
	int64_t cluster;

	PG_RETURN_FLOAT8(score_mixed(fcinfo, type, &cluster));
}

SCORING_FUNCTIONS(kprototypes_distance, score_mixed_distance);

Datum
segment_kprototypes_assign_categories(PG_FUNCTION_ARGS)
{
	int64_t cluster;

	(void) score_categories(fcinfo, &cluster);
	PG_RETURN_INT32(cluster + 1);
}

Datum
segment_kprototypes_distance_categories(PG_FUNCTION_ARGS)
{
	int64_t cluster;

	PG_RETURN_FLOAT8(score_categories(fcinfo, &cluster));
}

/* ---------- reading ---------- */

/*
 * The modes of a cluster; NULL for a category that none of its rows has.
 */
static Datum
modes_of(const SegKPrototypes *model, int64 cluster)
{
	const int64_t *mode = model->modes + cluster * model->categories;
	int n = (int) model->categories;
	Datum *texts = palloc(Max(n, 1) * sizeof(Datum));
	bool *nulls = palloc(Max(n, 1) * sizeof(bool));
	int lower = 1;

	for (int j = 0; j < n; j++)
	{
		nulls[j] = mode[j] < 0;
		if (!nulls[j])
			texts[j] = result_text(
				text_from_utf8(seg_texts_get(&model->labels, mode[j])));
	}
	return PointerGetDatum(construct_md_array(texts,
	                                          nulls,
	                                          n > 0 ? 1 : 0,
	                                          &n,
	                                          &lower,
	                                          TEXTOID,
	                                          -1,
	                                          false,
	                                          TYPALIGN_INT));
}

/*
 * One row per cluster: cluster, size, share, centroid, modes, cost.
 */
Datum
segment_kprototypes_clusters(PG_FUNCTION_ARGS)
{
	const SegKPrototypes *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_kprototypes_method);
	SegEnv env = segment_env(CurrentMemoryContext);
	const double *centers;
	double total = 0.0;
	RowWriter rows;

	segment_check(&env, seg_kprototypes_raw_centers(&env, model, &centers));
	for (int64 c = 0; c < model->k; c++)
		total += model->masses[c];
	result_begin(fcinfo);
	rows = row_writer_open(fcinfo);
	for (int64 c = 0; c < model->k; c++)
	{
		Datum values[6] = {0};
		bool nulls[6] = {false};

		row_writer_begin(&rows);
		values[0] = Int32GetDatum((int32) c + 1);
		values[1] = Int64GetDatum(model->sizes[c]);
		values[2] = Float8GetDatum(model->masses[c] / total);
		nulls[3] = model->dim == 0;
		if (model->dim > 0)
			values[3] =
				result_feature_vector(centers + c * model->dim, model->dim);
		values[4] = modes_of(model, c);
		values[5] = Float8GetDatum(model->cluster_costs[c]);
		row_writer_end(&rows, values, nulls);
	}
	row_writer_close(&rows);
	return (Datum) 0;
}
