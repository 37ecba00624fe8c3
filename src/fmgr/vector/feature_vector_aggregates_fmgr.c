/*-------------------------------------------------------------------------
 *
 * feature_vector_aggregates_fmgr.c
 *	  SQL face of sum, avg, stddev, min_elements and max_elements of vectors.
 *
 * The states are plain SQL types, so that a distributed plan can ship them:
 * sum, avg and stddev keep a tally in a bytea, min_elements and max_elements
 * the vector found so far.  No support function is STRICT; a state is changed
 * in place and never grows.
 *
 * src/fmgr/vector/feature_vector_aggregates_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/vector/vector_tally.h"
#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_vector_sums_trans);
PG_FUNCTION_INFO_V1(segment_vector_sums_combine);
PG_FUNCTION_INFO_V1(segment_vector_squares_trans);
PG_FUNCTION_INFO_V1(segment_vector_squares_combine);
PG_FUNCTION_INFO_V1(segment_vector_sum_final);
PG_FUNCTION_INFO_V1(segment_vector_avg_final);
PG_FUNCTION_INFO_V1(segment_vector_stddev_final);
PG_FUNCTION_INFO_V1(segment_vector_min_trans);
PG_FUNCTION_INFO_V1(segment_vector_max_trans);
PG_FUNCTION_INFO_V1(segment_vector_extreme_final);

/* A tally as a bytea: the numbers can be used in place. */
typedef struct TallyImage
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint16 arrays; /* SEG_VECTOR_TALLY_SUMS or SEG_VECTOR_TALLY_SQUARES */
	uint16 dim;
	float8 numbers[FLEXIBLE_ARRAY_MEMBER];
} TallyImage;

static Size
image_size(int arrays, int dim)
{
	return offsetof(TallyImage, numbers) +
	       sizeof(float8) * (Size) arrays * (Size) dim;
}

static SegVectorTally
tally_of(TallyImage *image)
{
	return seg_vector_tally(image->numbers, image->dim, image->arrays);
}

/*
 * An empty tally in the current context; the executor copies it to that of the
 * aggregate.
 */
static TallyImage *
make_tally(int arrays, int dim)
{
	TallyImage *image = palloc0(image_size(arrays, dim));

	SET_VARSIZE(image, image_size(arrays, dim));
	image->arrays = arrays;
	image->dim = dim;
	return image;
}

/*
 * Read a state argument, aligned; writable says that it will be changed, which
 * we may do in place only if the executor runs us as part of an aggregate.
 */
static TallyImage *
get_tally(FunctionCallInfo fcinfo, int argno, int arrays, bool writable)
{
	TallyImage *image = (TallyImage *) PG_DETOAST_DATUM(PG_GETARG_DATUM(argno));
	Size size = VARSIZE(image);

	if (image != (TallyImage *) MAXALIGN(image) ||
	    (writable && !AggCheckCallContext(fcinfo, NULL)))
		image = memcpy(palloc(size), image, size);
	if (size < offsetof(TallyImage, numbers) || image->arrays != arrays ||
	    size != image_size(arrays, image->dim))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("state of the aggregate is corrupted"));
	return image;
}

/*
 * All vectors of an aggregate must have the same length.
 */
static void
feature_vector_aggregates_check_rows(int dim, int expected)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (dim != expected)
		segment_check(&env,
		              seg_fail(&env, SEG_BAD_DIM, "vectors", dim, expected));
}

/*
 * Transition: the first vector fixes the length; NULL ones are skipped.
 */
static Datum
feature_vector_aggregates_transit(FunctionCallInfo fcinfo, int arrays)
{
	TallyImage *state;
	SegVectorTally tally;
	FeatureVectorView v;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	feature_vector_view(PG_GETARG_DATUM(1), &v);
	state = PG_ARGISNULL(0) ? make_tally(arrays, v.dim)
	                        : get_tally(fcinfo, 0, arrays, true);
	feature_vector_aggregates_check_rows(v.dim, state->dim);
	tally = tally_of(state);
	seg_vector_tally_add(&tally, v.x);
	PG_RETURN_POINTER(state);
}

/*
 * Combine: the second state may die with the tuple that brought it, so an
 * absent first state becomes a new one, never an alias.
 */
static Datum
feature_vector_aggregates_combine(FunctionCallInfo fcinfo, int arrays)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	TallyImage *into, *from;
	SegVectorTally into_tally, from_tally;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	from = get_tally(fcinfo, 1, arrays, false);
	from_tally = tally_of(from);
	segment_check(&env, seg_vector_tally_check(&env, &from_tally));
	into = PG_ARGISNULL(0) ? make_tally(arrays, from->dim)
	                       : get_tally(fcinfo, 0, arrays, true);
	feature_vector_aggregates_check_rows(from->dim, into->dim);
	into_tally = tally_of(into);
	seg_vector_tally_merge(&into_tally, &from_tally);
	PG_RETURN_POINTER(into);
}

/*
 * Final: reads the state and leaves it as it is.
 */
static Datum
feature_vector_aggregates_finish(FunctionCallInfo fcinfo, int arrays,
                                 SegVectorAnswer answer)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	TallyImage *state = get_tally(fcinfo, 0, arrays, false);
	SegVectorTally tally = tally_of(state);
	FeatureVector *result = feature_vector_make(state->dim);
	bool has_missing;

	segment_check(&env, seg_vector_tally_check(&env, &tally));
	segment_check(&env, answer(&env, &tally, result->x, &has_missing));
	if (has_missing)
		result->flags |= FEATURE_VECTOR_HAS_MISSING;
	PG_RETURN_FEATURE_VECTOR_P(result);
}

Datum
segment_vector_sums_trans(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_transit(fcinfo, SEG_VECTOR_TALLY_SUMS);
}

Datum
segment_vector_sums_combine(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_combine(fcinfo, SEG_VECTOR_TALLY_SUMS);
}

Datum
segment_vector_squares_trans(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_transit(fcinfo, SEG_VECTOR_TALLY_SQUARES);
}

Datum
segment_vector_squares_combine(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_combine(fcinfo, SEG_VECTOR_TALLY_SQUARES);
}

Datum
segment_vector_sum_final(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_finish(fcinfo,
	                                        SEG_VECTOR_TALLY_SUMS,
	                                        seg_vector_sum);
}

Datum
segment_vector_avg_final(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_finish(fcinfo,
	                                        SEG_VECTOR_TALLY_SUMS,
	                                        seg_vector_mean);
}

Datum
segment_vector_stddev_final(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_finish(fcinfo,
	                                        SEG_VECTOR_TALLY_SQUARES,
	                                        seg_vector_stddev);
}

/*
 * Transition and combine in one: the state is a vector like the rows.
 */
static Datum
feature_vector_aggregates_keep(FunctionCallInfo fcinfo,
                               bool (*choose)(double *, const double *,
                                              int32_t))
{
	FeatureVectorView v;
	FeatureVector *state;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	feature_vector_view(PG_GETARG_DATUM(1), &v);
	if (PG_ARGISNULL(0))
		PG_RETURN_FEATURE_VECTOR_P(feature_vector_from_view(&v));

	state = (FeatureVector *) (AggCheckCallContext(fcinfo, NULL)
	                               ? PG_DETOAST_DATUM(PG_GETARG_DATUM(0))
	                               : PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0)));
	feature_vector_aggregates_check_rows(v.dim, state->dim);
	state->flags =
		choose(state->x, v.x, v.dim) ? FEATURE_VECTOR_HAS_MISSING : 0;
	PG_RETURN_FEATURE_VECTOR_P(state);
}

Datum
segment_vector_min_trans(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_keep(fcinfo, seg_vector_keep_min);
}

Datum
segment_vector_max_trans(PG_FUNCTION_ARGS)
{
	return feature_vector_aggregates_keep(fcinfo, seg_vector_keep_max);
}

/*
 * Final: a copy, because a running window may add more rows to the state.
 */
Datum
segment_vector_extreme_final(PG_FUNCTION_ARGS)
{
	FeatureVectorView v;

	feature_vector_view(PG_GETARG_DATUM(0), &v);
	PG_RETURN_FEATURE_VECTOR_P(feature_vector_from_view(&v));
}
