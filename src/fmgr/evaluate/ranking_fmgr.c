/*-------------------------------------------------------------------------
 *
 * ranking_fmgr.c
 *	  SQL face of the metrics of ranked lists: precision_at, recall_at,
 *	  hit_rate_at, mrr, average_precision_at, ndcg_at, intra_list_diversity,
 *	  list_novelty.
 *
 * Each is a mean over users; the state is a SegMeanScore.
 *
 * src/fmgr/evaluate/ranking_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "base/missing.h"
#include "kernel/evaluate/ranking.h"
#include "fmgr/evaluate/item_list.h"
#include "pg/arguments.h"
#include "pg/float_state.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_mrr_trans);
PG_FUNCTION_INFO_V1(segment_ndcg_at_graded_trans);
PG_FUNCTION_INFO_V1(segment_ranking_combine);
PG_FUNCTION_INFO_V1(segment_ranking_final);
PG_FUNCTION_INFO_V1(segment_intra_list_diversity_trans);
PG_FUNCTION_INFO_V1(segment_intra_list_diversity_array_trans);
PG_FUNCTION_INFO_V1(segment_list_novelty_trans);

#define RANKING_STATE 0x52414e4b /* "RANK" */

/* ---------- grades ---------- */

/*
 * Grades of n relevant items; NULL is unknown.
 */
static const double *
grades_argument(FunctionCallInfo fcinfo, int argno, int64 n)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argno);
	Datum *datums;
	bool *nulls;
	double *grades;
	int count;

	item_list_check(array, "grades");
	deconstruct_array(array,
	                  FLOAT8OID,
	                  sizeof(float8),
	                  FLOAT8PASSBYVAL,
	                  TYPALIGN_DOUBLE,
	                  &datums,
	                  &nulls,
	                  &count);
	if (count != n)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("there must be a grade for each relevant item"),
		        errdetail("The number of grades is %d, the number "
		                  "of items is " INT64_FORMAT ".",
		                  count,
		                  n));
	grades = palloc(count * sizeof(double) + 1);
	for (int i = 0; i < count; i++)
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		grades[i] = nulls[i] ? seg_missing() : DatumGetFloat8(datums[i]);
		if (!nulls[i])
			segment_check(&env, seg_check_finite(&env, "grade", grades[i]));
	}
	return grades;
}

static SegGain
gain_argument(FunctionCallInfo fcinfo, int argno)
{
	static const char *const words[] = {[SEG_GAIN_EXPONENTIAL] = "exponential",
	                                    [SEG_GAIN_LINEAR] = "linear",
	                                    NULL};

	if (PG_NARGS() <= argno)
		return SEG_GAIN_EXPONENTIAL;
	return (SegGain) word_argument(fcinfo, argno, "gain", words);
}

/* ---------- means over users ---------- */

static void
ranking_must_be_constant(bool same, const char *what)
{
	if (unlikely(!same))
		segment_changed(what, "GROUP BY it to get one mean for each value.");
}

static void
ranking_check_settings(const SegMeanScore *a, const SegMeanScore *b)
{
	ranking_must_be_constant(a->k == b->k, "k");
	ranking_must_be_constant(a->gain == b->gain, "gain");
}

static FloatState *
mean_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	return float_state_argument(fcinfo,
	                            argno,
	                            RANKING_STATE,
	                            FLOAT_STATE_LENGTH(SegMeanScore),
	                            writable);
}

/*
 * Add a user's score; where it is not defined, the row counts for its settings
 * alone.
 */
static Datum
add_score(FunctionCallInfo fcinfo, double k, double gain, bool is_defined,
          double score)
{
	SegMeanScore settings = {0, {0, 0}, k, gain};
	FloatState *state = mean_argument(fcinfo, 0, true);
	SegMeanScore *mean = (SegMeanScore *) state->numbers;

	if (PG_ARGISNULL(0))
		*mean = settings;
	ranking_check_settings(mean, &settings);
	if (is_defined)
		seg_mean_score_add(mean, score);
	PG_RETURN_POINTER(state);
}

static SegMeanScore *
checked_mean(FloatState *state)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegMeanScore *mean = (SegMeanScore *) state->numbers;

	segment_check(&env, seg_mean_score_check(&env, mean));
	return mean;
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_ranking_combine(PG_FUNCTION_ARGS)
{
	SegMeanScore *into, *from;
	FloatState *state;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = checked_mean(mean_argument(fcinfo, 1, false));
	state = mean_argument(fcinfo, 0, true);
	into = (SegMeanScore *) state->numbers;
	if (PG_ARGISNULL(0))
		*into = *from;
	else
	{
		ranking_check_settings(checked_mean(state), from);
		seg_mean_score_merge(into, from);
	}
	PG_RETURN_POINTER(state);
}

Datum
segment_ranking_final(PG_FUNCTION_ARGS)
{
	SegMeanScore *mean = checked_mean(mean_argument(fcinfo, 0, false));

	if (mean->users == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean->sum.hi / mean->users);
}

/* ---------- scores of a list ---------- */

static int32
k_argument(FunctionCallInfo fcinfo)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 k = argument_int32(fcinfo, 1, "k");

	if (k < 1 || k > SEG_RANKING_MAX_K)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "k",
		                             k,
		                             1,
		                             SEG_RANKING_MAX_K));
	return k;
}

/*
 * Match the list in an argument with the relevant items in the next one; false
 * if none is relevant, so that there is nothing to score.
 */
static bool
match_arguments(FunctionCallInfo fcinfo, int argno, int64 k, SegGain gain,
                bool graded, SegRanking *ranking)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegItems recommended = item_list_argument(fcinfo, argno, "recommended");
	SegItems relevant = item_list_argument(fcinfo, argno + 1, "relevant");
	const double *grades =
		graded ? grades_argument(fcinfo, argno + 2, relevant.count) : NULL;
	double *gains;

	segment_check(&env,
	              seg_ranking_grade(&env, gain, relevant.count, grades, &gains));
	segment_check(&env,
	              seg_ranking_match(&env,
	                                k,
	                                &recommended,
	                                &relevant,
	                                gains,
	                                ranking));
	return ranking->relevant > 0;
}

static Datum
score_at(FunctionCallInfo fcinfo, SegRankingScore score)
{
	SegRanking ranking;
	bool is_defined;
	int32 k;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		RETURN_STATE_UNCHANGED();
	k = k_argument(fcinfo);
	is_defined =
		match_arguments(fcinfo, 2, k, SEG_GAIN_LINEAR, false, &ranking);
	return add_score(fcinfo,
	                 k,
	                 SEG_GAIN_LINEAR,
	                 is_defined,
	                 is_defined ? score(&ranking) : 0);
}

#define SCORE_AT(name) \
	PG_FUNCTION_INFO_V1(segment_##name##_trans); \
	Datum segment_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return score_at(fcinfo, seg_##name); \
	}

SCORE_AT(precision_at)
SCORE_AT(recall_at)
SCORE_AT(hit_rate_at)
SCORE_AT(average_precision_at)
SCORE_AT(ndcg_at)

Datum
segment_ndcg_at_graded_trans(PG_FUNCTION_ARGS)
{
	SegRanking ranking;
	bool is_defined;
	SegGain gain;
	int32 k;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		RETURN_STATE_UNCHANGED();
	k = k_argument(fcinfo);
	gain = gain_argument(fcinfo, 5);
	is_defined = match_arguments(fcinfo, 2, k, gain, true, &ranking);
	return add_score(fcinfo,
	                 k,
	                 gain,
	                 is_defined,
	                 is_defined ? seg_ndcg_at(&ranking) : 0);
}

/*
 * The whole list, whatever its length.
 */
Datum
segment_mrr_trans(PG_FUNCTION_ARGS)
{
	SegRanking ranking;
	bool is_defined;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	is_defined = match_arguments(fcinfo,
	                             1,
	                             PG_INT32_MAX,
	                             SEG_GAIN_LINEAR,
	                             false,
	                             &ranking);
	return add_score(fcinfo,
	                 0,
	                 SEG_GAIN_LINEAR,
	                 is_defined,
	                 is_defined ? seg_reciprocal_rank(&ranking) : 0);
}

/* ---------- intra_list_diversity ---------- */

/*
 * {vector, vector, …} as rows of a matrix; NULL is left out.
 */
static double *
ranking_read_vectors(ArrayType *array, int *n, int *dim)
{
	double *matrix = NULL;
	Datum *datums;
	bool *nulls;
	int count;

	item_list_check(array, "list of vectors");
	deconstruct_array(array,
	                  ARR_ELEMTYPE(array),
	                  -1,
	                  false,
	                  TYPALIGN_DOUBLE,
	                  &datums,
	                  &nulls,
	                  &count);
	*n = *dim = 0;
	for (int i = 0; i < count; i++)
	{
		FeatureVectorView view;

		if (nulls[i])
			continue;
		feature_vector_view(datums[i], &view);
		if (view.has_missing)
			argument_missing(&view, "intra_list_diversity", NULL, false);
		if (matrix == NULL)
		{
			*dim = view.dim;
			matrix = palloc_extended((Size) count * view.dim * sizeof(double),
			                         MCXT_ALLOC_HUGE);
		}
		if (view.dim != *dim)
			argument_bad_dim(view.dim, *dim);
		memcpy(matrix + (Size) (*n)++ * *dim, view.x, *dim * sizeof(double));
	}
	return matrix;
}

/*
 * {{1, 2}, {3, 4}, …}
 */
static double *
ranking_read_matrix(ArrayType *array, int *n, int *dim)
{
	int64 length = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	double *matrix = palloc(length * sizeof(double) + 1);

	*n = *dim = 0;
	if (length == 0)
		return matrix;
	if (ARR_NDIM(array) != 2)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("array of vectors must have two dimensions"));
	if (array_contains_nulls(array))
		ereport(ERROR,
		        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
		        errmsg("intra_list_diversity cannot use missing elements"));
	*n = ARR_DIMS(array)[0];
	*dim = ARR_DIMS(array)[1];
	memcpy(matrix, ARR_DATA_PTR(array), length * sizeof(double));
	for (int64 i = 0; i < length; i++)
		matrix[i] = feature_vector_element(matrix[i]);
	return matrix;
}

static Datum
add_diversity(FunctionCallInfo fcinfo,
              double *(*read)(ArrayType *array, int *n, int *dim))
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double *vectors;
	double diversity;
	bool defined;
	int n, dim;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	vectors = read(PG_GETARG_ARRAYTYPE_P(1), &n, &dim);
	segment_check(&env,
	              seg_list_diversity(&env,
	                                 vectors,
	                                 n,
	                                 dim,
	                                 &diversity,
	                                 &defined));
	return add_score(fcinfo, 0, SEG_GAIN_LINEAR, defined, diversity);
}

Datum
segment_intra_list_diversity_trans(PG_FUNCTION_ARGS)
{
	return add_diversity(fcinfo, ranking_read_vectors);
}

Datum
segment_intra_list_diversity_array_trans(PG_FUNCTION_ARGS)
{
	return add_diversity(fcinfo, ranking_read_matrix);
}

/* ---------- list_novelty ---------- */

/*
 * (state, users of each item, users): NULLs are left out.
 */
Datum
segment_list_novelty_trans(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	ArrayType *array;
	int64_t *known_by;
	Datum *datums;
	bool *nulls;
	int count;
	int64 n = 0;
	double novelty;
	bool defined;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	array = PG_GETARG_ARRAYTYPE_P(1);
	item_list_check(array, "list of counts");
	deconstruct_array(array,
	                  INT8OID,
	                  sizeof(int64),
	                  FLOAT8PASSBYVAL,
	                  TYPALIGN_DOUBLE,
	                  &datums,
	                  &nulls,
	                  &count);
	known_by = palloc(Max(count, 1) * sizeof(int64_t));
	for (int i = 0; i < count; i++)
	{
		if (!nulls[i])
			known_by[n++] = DatumGetInt64(datums[i]);
	}
	segment_check(&env,
	              seg_list_novelty(&env,
	                               known_by,
	                               n,
	                               PG_GETARG_INT64(2),
	                               &novelty,
	                               &defined));
	return add_score(fcinfo, 0, SEG_GAIN_LINEAR, defined, novelty);
}
