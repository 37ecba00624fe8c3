/*-------------------------------------------------------------------------
 *
 * mmr_fmgr.c
 *	  SQL face of maximal marginal relevance: the function mmr.
 *
 * src/fmgr/recommend/mmr_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/lsyscache.h"

#include "kernel/recommend/mmr.h"
#include "pg/results.h"
#include "pg/arguments.h"

PG_FUNCTION_INFO_V1(segment_mmr);

/* Elements of an array argument. */
typedef struct Elements
{
	int n;
	Datum *value;
	bool *null;
} Elements;

static Elements
elements_argument(FunctionCallInfo fcinfo, int argno)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	Elements e;
	int16 length;
	bool by_value;
	char align;

	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &align);
	deconstruct_array(array,
	                  ARR_ELEMTYPE(array),
	                  length,
	                  by_value,
	                  align,
	                  &e.value,
	                  &e.null,
	                  &e.n);
	return e;
}

static void
check_lengths(const Elements *ids, const Elements *scores,
              const Elements *vectors)
{
	if (ids->n != scores->n || ids->n != vectors->n)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("ids, scores and vectors must be arrays of the same "
		               "length"),
		        errdetail("Their lengths are %d, %d and %d.",
		                  ids->n,
		                  scores->n,
		                  vectors->n));
}

/* Candidates: ids that have a score and a vector. */
typedef struct Candidates
{
	SegMmrVectors vectors;
	double *score;
	Datum *id;
} Candidates;

static void
add_vector(SegMmrVectors *vectors, int64 most, Datum datum)
{
	FeatureVectorView view;

	argument_view(datum, VECTOR_IS_FEATURE_VECTOR, &view);
	if (view.has_missing)
		argument_missing(&view, "mmr", NULL, false);
	if (vectors->x == NULL)
	{
		vectors->dim = view.dim;
		vectors->x =
			palloc_extended(most * view.dim * sizeof(double), MCXT_ALLOC_HUGE);
	}
	if (view.dim != vectors->dim)
		argument_bad_dim(view.dim, (int) vectors->dim);
	memcpy(vectors->x + vectors->count * vectors->dim,
	       view.x,
	       view.dim * sizeof(double));
	vectors->count++;
}

static Candidates
candidate_arguments(FunctionCallInfo fcinfo)
{
	Elements ids = elements_argument(fcinfo, 0);
	Elements scores = elements_argument(fcinfo, 1);
	Elements vectors = elements_argument(fcinfo, 2);
	SegEnv env = segment_env(CurrentMemoryContext);
	Candidates c = {{0}, NULL, NULL};

	check_lengths(&ids, &scores, &vectors);
	c.score = palloc(Max(ids.n, 1) * sizeof(double));
	c.id = palloc(Max(ids.n, 1) * sizeof(Datum));
	for (int i = 0; i < ids.n; i++)
	{
		int64 at = c.vectors.count;

		if (ids.null[i] || scores.null[i] || vectors.null[i])
			continue;
		c.id[at] = ids.value[i];
		c.score[at] = DatumGetFloat8(scores.value[i]);
		segment_check(&env, seg_check_finite(&env, "score", c.score[at]));
		add_vector(&c.vectors, ids.n, vectors.value[i]);
	}
	return c;
}

static void
check_range(const char *what, double value, double low, double high)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (!(value >= low && value <= high))
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             what,
		                             value,
		                             low,
		                             high));
}

/*
 * (ids, scores, vectors, n, lambda)
 */
Datum
segment_mmr(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 n = result_limit(fcinfo, 3);
	double lambda = PG_GETARG_FLOAT8(4);
	Candidates c = candidate_arguments(fcinfo);
	SegMmr mmr = {c.vectors.count, c.score, lambda, seg_mmr_vectors, &c.vectors};
	int64_t *chosen;
	int64_t count;

	result_begin(fcinfo);
	check_range("lambda", lambda, 0, 1);
	seg_mmr_normalize(&c.vectors);
	chosen = palloc(Max(Min(n, mmr.count), 1) * sizeof(int64_t));
	segment_check(&env, seg_mmr(&env, &mmr, n, chosen, &count));
	for (int64 i = 0; i < count; i++)
	{
		Datum values[3];

		values[0] = c.id[chosen[i]];
		values[1] = Float8GetDatum(c.score[chosen[i]]);
		values[2] = Int32GetDatum((int32) i + 1);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}
