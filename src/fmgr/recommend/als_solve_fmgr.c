/*-------------------------------------------------------------------------
 *
 * als_solve_fmgr.c
 *	  SQL face of als_solve, als_wr_solve and als_gram.
 *
 * The state holds normal equations, see kernel/recommend/als_solve.h.
 *
 * src/fmgr/recommend/als_solve_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "kernel/recommend/als_solve.h"
#include "pg/arguments.h"
#include "pg/float_state.h"

PG_FUNCTION_INFO_V1(segment_als_combine);
PG_FUNCTION_INFO_V1(segment_als_solve_final);
PG_FUNCTION_INFO_V1(segment_als_gram_final);

#define ALS_STATE 0x414c5351 /* "ALSQ" */

/* Settings of a row, the same for all rows. */
typedef struct AlsSettings
{
	double lambda;
	bool lambda_per_weight;
	const double *gram; /* in full; NULL: none */
} AlsSettings;

static void
als_solve_must_be_constant(bool same, const char *what)
{
	if (unlikely(!same))
		segment_changed(what, "GROUP BY it to get one solution for each.");
}

/* ---------- the matrix in an argument ---------- */

pg_noreturn static void
bad_gram(const char *detail)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("gram must be a symmetric matrix"),
	        errdetail("%s", detail),
	        errhint("Use the result of als_gram() over all factors."));
}

/*
 * The numbers of a square matrix for vectors of dim elements, row by row.
 */
static const double *
gram_argument(FunctionCallInfo fcinfo, int argno, int dim)
{
	ArrayType *gram;

	argument_refuse_null(fcinfo, argno, "gram");
	gram = PG_GETARG_ARRAYTYPE_P(argno);
	if (ARR_NDIM(gram) != 2)
		bad_gram("The array must have two dimensions.");
	if (ARR_DIMS(gram)[0] != dim || ARR_DIMS(gram)[1] != dim)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("gram does not fit the factors"),
		        errdetail("It is %d by %d, the factors have %d elements.",
		                  ARR_DIMS(gram)[0],
		                  ARR_DIMS(gram)[1],
		                  dim));
	if (ARR_HASNULL(gram) && array_contains_nulls(gram))
		bad_gram("An element is NULL.");
	return (const double *) ARR_DATA_PTR(gram);
}

static void
keep_gram(SegAls *als, const double *gram)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool is_symmetric;

	segment_check(&env, seg_als_keep_gram(&env, als, gram, &is_symmetric));
	if (!is_symmetric)
		bad_gram("Two elements across the diagonal differ.");
}

static bool
is_same_gram(const SegAls *als, const double *gram)
{
	const double *row = als->gram;

	for (int64 i = 0; i < als->dim; row += ++i)
	{
		if (memcmp(row, gram + i * als->dim, (i + 1) * sizeof(double)) != 0)
			return false;
	}
	return true;
}

/* ---------- states ---------- */

static SegAls
open_state(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAls als;

	segment_check(&env,
	              seg_als_open(&env,
	                           state->numbers,
	                           float_state_length(state),
	                           &als));
	return als;
}

static FloatState *
als_solve_make_state(int dim, const AlsSettings *settings, SegAls *als)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool has_gram = settings->gram != NULL;
	int64 length;
	FloatState *state;

	segment_check(&env, seg_als_length(&env, dim, has_gram, &length));
	state = float_state_make(ALS_STATE, (int) length);
	segment_check(&env,
	              seg_als_begin(&env,
	                            state->numbers,
	                            dim,
	                            settings->lambda,
	                            settings->lambda_per_weight,
	                            has_gram,
	                            als));
	if (has_gram)
		keep_gram(als, settings->gram);
	return state;
}

/*
 * The state to be changed, which must fit the row.
 */
static FloatState *
als_solve_state_argument(FunctionCallInfo fcinfo, int dim,
                         const AlsSettings *settings, SegAls *als)
{
	FloatState *state;

	if (PG_ARGISNULL(0))
		return als_solve_make_state(dim, settings, als);
	state = float_state_argument(fcinfo, 0, ALS_STATE, 0, true);
	*als = open_state(state);
	if (unlikely(als->dim != dim))
		argument_bad_dim(dim, (int) als->dim);
	als_solve_must_be_constant(als->head->lambda == settings->lambda, "lambda");
	float_state_check((als->gram != NULL) == (settings->gram != NULL));
	als_solve_must_be_constant(als->gram == NULL ||
	                               is_same_gram(als, settings->gram),
	                           "gram");
	return state;
}

static inline Datum
add_rating(FunctionCallInfo fcinfo, VectorArgument type, bool lambda_per_weight)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	AlsSettings settings = {argument_float8(fcinfo, 3, "lambda"),
	                        lambda_per_weight};
	FeatureVectorView factors;
	FloatState *state;
	double weight;
	SegAls als;

	if (PG_ARGISNULL(2) || !argument_weight(fcinfo, 4, &weight) ||
	    !argument_vector(fcinfo, 1, type, "als_solve", NULL, &factors))
		RETURN_STATE_UNCHANGED();
	if (PG_NARGS() > 5)
		settings.gram = gram_argument(fcinfo, 5, factors.dim);
	state = als_solve_state_argument(fcinfo, factors.dim, &settings, &als);
	segment_check(&env,
	              seg_als_add(&env,
	                          &als,
	                          factors.x,
	                          PG_GETARG_FLOAT8(2),
	                          weight));
	PG_RETURN_POINTER(state);
}

static inline Datum
add_factors(FunctionCallInfo fcinfo, VectorArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const AlsSettings none = {0};
	FeatureVectorView factors;
	FloatState *state;
	SegAls als;

	if (!argument_vector(fcinfo, 1, type, "als_gram", NULL, &factors))
		RETURN_STATE_UNCHANGED();
	state = als_solve_state_argument(fcinfo, factors.dim, &none, &als);
	segment_check(&env, seg_als_add(&env, &als, factors.x, 0.0, 1.0));
	PG_RETURN_POINTER(state);
}

#define ALS(name, type) \
	PG_FUNCTION_INFO_V1(segment_als_solve##name##_trans); \
	PG_FUNCTION_INFO_V1(segment_als_wr_solve##name##_trans); \
	PG_FUNCTION_INFO_V1(segment_als_gram##name##_trans); \
	Datum segment_als_solve##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return add_rating(fcinfo, type, false); \
	} \
	Datum segment_als_wr_solve##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return add_rating(fcinfo, type, true); \
	} \
	Datum segment_als_gram##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return add_factors(fcinfo, type); \
	}

ALS(, VECTOR_IS_FEATURE_VECTOR)
ALS(_array, VECTOR_IS_ARRAY)

static void
check_same(const SegAls *a, const SegAls *b)
{
	if (unlikely(a->dim != b->dim))
		argument_bad_dim((int) a->dim, (int) b->dim);
	als_solve_must_be_constant(a->head->lambda == b->head->lambda, "lambda");
	float_state_check((a->gram != NULL) == (b->gram != NULL) &&
	                  a->head->lambda_per_weight == b->head->lambda_per_weight);
	als_solve_must_be_constant(a->gram == NULL ||
	                               memcmp(a->gram,
	                                      b->gram,
	                                      a->triangle * sizeof(double)) == 0,
	                           "gram");
}

/*
 * Combine: an absent first state becomes a copy of the second, never an alias.
 */
Datum
segment_als_combine(PG_FUNCTION_ARGS)
{
	FloatState *into, *from;
	SegAls sum, more;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = float_state_argument(fcinfo, 1, ALS_STATE, 0, false);
	more = open_state(from);
	if (PG_ARGISNULL(0))
		PG_RETURN_POINTER(memcpy(palloc(VARSIZE(from)), from, VARSIZE(from)));
	into = float_state_argument(fcinfo, 0, ALS_STATE, 0, true);
	sum = open_state(into);
	check_same(&sum, &more);
	seg_als_merge(&sum, &more);
	PG_RETURN_POINTER(into);
}

/* ---------- results ---------- */

Datum
segment_als_solve_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAls als =
		open_state(float_state_argument(fcinfo, 0, ALS_STATE, 0, false));
	FeatureVector *solution = feature_vector_make((int) als.dim);

	segment_check(&env, seg_als_solve(&env, &als, solution->x));
	PG_RETURN_FEATURE_VECTOR_P(solution);
}

Datum
segment_als_gram_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegAls als =
		open_state(float_state_argument(fcinfo, 0, ALS_STATE, 0, false));
	int dim = (int) als.dim;
	int dims[] = {dim, dim};
	int lower[] = {1, 1};
	double *matrix = palloc((Size) dim * dim * sizeof(double));
	Datum *elements = palloc((Size) dim * dim * sizeof(Datum));

	segment_check(&env, seg_als_matrix(&env, &als, matrix));
	for (int i = 0; i < dim * dim; i++)
		elements[i] = Float8GetDatum(matrix[i]);
	PG_RETURN_ARRAYTYPE_P(construct_md_array(elements,
	                                         NULL,
	                                         2,
	                                         dims,
	                                         lower,
	                                         FLOAT8OID,
	                                         sizeof(float8),
	                                         FLOAT8PASSBYVAL,
	                                         TYPALIGN_DOUBLE));
}
