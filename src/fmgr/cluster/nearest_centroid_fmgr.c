/*-------------------------------------------------------------------------
 *
 * nearest_centroid_fmgr.c
 *	  SQL face of nearest_centroid: centroids given instead of a model, as an
 *	  array of vectors or a two-dimensional array of numbers.
 *
 * src/fmgr/cluster/nearest_centroid_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "kernel/cluster/kmeans.h"
#include "pg/model.h"
#include "pg/arguments.h"

PG_FUNCTION_INFO_V1(segment_nearest_centroid_vectors);
PG_FUNCTION_INFO_V1(segment_nearest_centroid_vectors_array);
PG_FUNCTION_INFO_V1(segment_nearest_centroid_matrix);
PG_FUNCTION_INFO_V1(segment_nearest_centroid_matrix_array);

/*
 * The scorer of the previous row, with the datum it was made from: most queries
 * pass the same centroids for every row.
 */
typedef struct CentroidCache
{
	MemoryContext context;
	Size size;
	char *datum;
	SegKMeansScorer *scorer;
} CentroidCache;

typedef double *(*ReadCentroids)(ArrayType *array, int *k, int *dim);

pg_noreturn static void
bad_centroids(const char *detail)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("centroids must be an array of vectors of the same length"),
	        errdetail("%s", detail));
}

/*
 * {vector, vector, …}
 */
static double *
nearest_centroid_read_vectors(ArrayType *array, int *k, int *dim)
{
	double *centers = NULL;
	Datum *vectors;
	bool *nulls;

	if (ARR_NDIM(array) != 1)
		bad_centroids("The array must have one dimension and an element.");
	deconstruct_array(array,
	                  ARR_ELEMTYPE(array),
	                  -1,
	                  false,
	                  TYPALIGN_DOUBLE,
	                  &vectors,
	                  &nulls,
	                  k);
	for (int c = 0; c < *k; c++)
	{
		FeatureVectorView view;

		if (nulls[c])
			bad_centroids("A centroid is NULL.");
		feature_vector_view(vectors[c], &view);
		if (view.has_missing)
			bad_centroids("A centroid has a missing element.");
		if (centers == NULL)
		{
			*dim = view.dim;
			centers = palloc((Size) *k * view.dim * sizeof(double));
		}
		if (view.dim != *dim)
			bad_centroids("Their lengths differ.");
		memcpy(centers + (Size) c * *dim, view.x, *dim * sizeof(double));
	}
	return centers;
}

/*
 * {{1, 2}, {3, 4}, …}
 */
static double *
nearest_centroid_read_matrix(ArrayType *array, int *k, int *dim)
{
	Size n;
	double *centers;

	if (ARR_NDIM(array) != 2)
		bad_centroids("The array must have two dimensions.");
	if (array_contains_nulls(array))
		bad_centroids("An element is NULL.");
	*k = ARR_DIMS(array)[0];
	*dim = ARR_DIMS(array)[1];
	n = (Size) *k * *dim;
	centers = palloc(n * sizeof(double));
	memcpy(centers, ARR_DATA_PTR(array), n * sizeof(double));
	for (Size i = 0; i < n; i++)
		centers[i] = feature_vector_element(centers[i]);
	return centers;
}

static SegKMeansScorer *
make_scorer(Datum datum, ReadCentroids read)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegKMeansScorer *scorer;
	int k, dim;
	double *centers = read(DatumGetArrayTypeP(datum), &k, &dim);
	double *ones = palloc(dim * sizeof(double));

	for (int j = 0; j < dim; j++)
		ones[j] = 1.0;
	segment_check(&env,
	              seg_kmeans_scorer(&env, centers, ones, k, dim, &scorer));
	return scorer;
}

/*
 * An array whose bytes show whether it is still the same.  A PL/pgSQL variable
 * arrives as the address of an array that changes in place; a pointer to a
 * stored value does stand for what it points to.
 */
static Datum
lasting_bytes(Datum datum)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);

	if (VARATT_IS_EXTERNAL(v) && !VARATT_IS_EXTERNAL_ONDISK(v))
		return PointerGetDatum(PG_DETOAST_DATUM(datum));
	return datum;
}

static const SegKMeansScorer *
open_centroids(FunctionCallInfo fcinfo, ReadCentroids read)
{
	CentroidCache *cache = fcinfo->flinfo->fn_extra;
	Datum datum = lasting_bytes(PG_GETARG_DATUM(0));
	Size size = VARSIZE_ANY(DatumGetPointer(datum));
	MemoryContext old;

	if (cache != NULL && cache->size == size &&
	    memcmp(cache->datum, DatumGetPointer(datum), size) == 0)
		return cache->scorer;

	if (cache == NULL)
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
		                               sizeof(CentroidCache));
		cache->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
		                                       "segment centroids",
		                                       ALLOCSET_SMALL_SIZES);
		fcinfo->flinfo->fn_extra = cache;
	}
	cache->size = 0;
	MemoryContextReset(cache->context);
	old = MemoryContextSwitchTo(cache->context);
	cache->scorer = make_scorer(datum, read);
	cache->datum = palloc(size);
	memcpy(cache->datum, DatumGetPointer(datum), size);
	cache->size = size;
	MemoryContextSwitchTo(old);
	return cache->scorer;
}

static inline Datum
nearest_centroid_assign(FunctionCallInfo fcinfo, ReadCentroids read,
                        VectorArgument type)
{
	const SegKMeansScorer *scorer = open_centroids(fcinfo, read);
	SegEnv env = segment_env(CurrentMemoryContext);
	FeatureVectorView view;
	int64_t cluster;

	(void) argument_vector(fcinfo, 1, type, "nearest_centroid", NULL, &view);
	if (unlikely(view.dim != scorer->dim))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("vector does not fit the centroids"),
		        errdetail_plural("The vector has %d element, the centroids have "
		                         "%d.",
		                         "The vector has %d elements, the centroids "
		                         "have %d.",
		                         (unsigned long) view.dim,
		                         view.dim,
		                         (int) scorer->dim));
	segment_check(&env, seg_kmeans_assign(&env, scorer, view.x, &cluster));
	PG_RETURN_INT32(cluster);
}

Datum
segment_nearest_centroid_vectors(PG_FUNCTION_ARGS)
{
	return nearest_centroid_assign(fcinfo,
	                               nearest_centroid_read_vectors,
	                               VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_nearest_centroid_vectors_array(PG_FUNCTION_ARGS)
{
	return nearest_centroid_assign(fcinfo,
	                               nearest_centroid_read_vectors,
	                               VECTOR_IS_ARRAY);
}

Datum
segment_nearest_centroid_matrix(PG_FUNCTION_ARGS)
{
	return nearest_centroid_assign(fcinfo,
	                               nearest_centroid_read_matrix,
	                               VECTOR_IS_FEATURE_VECTOR);
}

Datum
segment_nearest_centroid_matrix_array(PG_FUNCTION_ARGS)
{
	return nearest_centroid_assign(fcinfo,
	                               nearest_centroid_read_matrix,
	                               VECTOR_IS_ARRAY);
}
