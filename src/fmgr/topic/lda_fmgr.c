/*-------------------------------------------------------------------------
 *
 * lda_fmgr.c
 *	  SQL face of latent Dirichlet allocation: training, the topics of a
 *	  document, the terms of a topic, perplexity.
 *
 * src/fmgr/topic/lda_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/memutils.h"

#include "pg/item_rows.h"
#include "kernel/topic/lda_score.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/float_state.h"
#include "pg/id_array.h"
#include "pg/model.h"
#include "pg/results.h"

TRAINER(lda_train, seg_lda_trainer, item_rows);

PG_FUNCTION_INFO_V1(segment_lda_topics);
PG_FUNCTION_INFO_V1(segment_lda_terms);
PG_FUNCTION_INFO_V1(segment_lda_perplexity_trans);
PG_FUNCTION_INFO_V1(segment_lda_perplexity_combine);
PG_FUNCTION_INFO_V1(segment_lda_perplexity_final);

#define LDA_FIT_STATE 0x4c444146 /* "LDAF" */

/* ---------- documents ---------- */

/* A model and the reader of arrays, kept between rows. */
typedef struct LdaCall
{
	SegLdaScorer *scorer;
	IdArrayReader array;
} LdaCall;

static void *
prepare_lda(const SegEnv *env, const void *value)
{
	SegEnv inner = *env;
	LdaCall *call = palloc0(sizeof(LdaCall));

	segment_check(&inner, seg_lda_scorer_make(&inner, value, &call->scorer));
	id_array_reader_init(&call->array, TEXTOID, CurrentMemoryContext);
	return call;
}

static LdaCall *
lda_argument(FunctionCallInfo fcinfo, int argno)
{
	return (LdaCall *) model_open(fcinfo, argno, &seg_lda_method, prepare_lda);
}

/*
 * The terms of an array of tokens that the model knows, in the current context.
 */
static SegLdaDocument
read_document(LdaCall *call, ArrayType *tokens)
{
	IdArrayWalk walk = id_array_walk(&call->array, tokens);
	int32_t *terms =
		palloc_extended(Max(3 * (Size) walk.n, 1) * sizeof(int32_t),
	                    MCXT_ALLOC_HUGE);
	int32_t *counts = terms + walk.n;
	int32 n = 0;
	Datum token;

	while (id_array_next(&walk, &token))
	{
		SegId id = id_read(&call->array.type, token);
		int64 term = seg_lda_term(call->scorer, id.text);

		if (term >= 0)
			terms[n++] = (int32_t) term;
	}
	n = seg_lda_bag(terms, counts, counts + walk.n, n);
	return (SegLdaDocument){n, terms, counts};
}

/*
 * The share of each topic: (model, tokens).
 */
Datum
segment_lda_topics(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LdaCall *call = lda_argument(fcinfo, 0);
	SegLdaDocument document = read_document(call, PG_GETARG_ARRAYTYPE_P(1));
	FeatureVector *shares = feature_vector_make(call->scorer->weights.k);

	segment_check(&env,
	              seg_lda_shares(&env, call->scorer, &document, shares->x));
	PG_RETURN_FEATURE_VECTOR_P(shares);
}

/* ---------- terms: (model, n) ---------- */

static int32
number_of_terms(FunctionCallInfo fcinfo, int argno)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 n = argument_int32(fcinfo, argno, "number of terms");

	if (n < 0)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "number of terms",
		                             n,
		                             0,
		                             PG_INT32_MAX));
	return n;
}

/*
 * The n terms with the largest shares of each topic.
 */
Datum
segment_lda_terms(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegLda *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_lda_method);
	int32 n = number_of_terms(fcinfo, 1);
	RowWriter writer;

	result_begin(fcinfo);
	writer = row_writer_open(fcinfo);
	for (int64 t = 0; t < model->k; t++)
	{
		SegTop top;

		segment_check(&env, seg_lda_top_terms(&env, model, t, n, &top));
		for (int64 i = 0; i < top.n; i++)
		{
			int64 term = top.item[i].index;
			double share = top.item[i].score;
			Datum values[6];

			row_writer_begin(&writer);
			values[0] = Int32GetDatum(t + 1);
			values[1] = Float8GetDatum(model->topic_shares[t]);
			values[2] = Int32GetDatum(i + 1);
			values[3] =
				result_text(text_from_utf8(seg_texts_get(&model->terms, term)));
			values[4] = Float8GetDatum(share);
			values[5] = Float8GetDatum(share / seg_lda_term_share(model, term));
			row_writer_end(&writer, values, NULL);
		}
	}
	row_writer_close(&writer);
	return (Datum) 0;
}

/* ---------- perplexity: (state, model, tokens) ---------- */

static FloatState *
fit_argument(FunctionCallInfo fcinfo, int argno, bool writable)
{
	FloatState *state = float_state_argument(fcinfo,
	                                         argno,
	                                         LDA_FIT_STATE,
	                                         FLOAT_STATE_LENGTH(SegLdaFit),
	                                         writable);

	float_state_check(seg_lda_fit_is_sound((SegLdaFit *) state->numbers));
	return state;
}

Datum
segment_lda_perplexity_trans(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegLdaDocument document;
	FloatState *state;
	LdaCall *call;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		RETURN_STATE_UNCHANGED();
	call = lda_argument(fcinfo, 1);
	document = read_document(call, PG_GETARG_ARRAYTYPE_P(2));
	state = fit_argument(fcinfo, 0, true);
	segment_check(&env,
	              seg_lda_fit_add(&env,
	                              call->scorer,
	                              &document,
	                              (SegLdaFit *) state->numbers));
	PG_RETURN_POINTER(state);
}

/*
 * Combine: an absent first state becomes a new one, never an alias.
 */
Datum
segment_lda_perplexity_combine(PG_FUNCTION_ARGS)
{
	FloatState *from;
	FloatState *into;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	from = fit_argument(fcinfo, 1, false);
	into = fit_argument(fcinfo, 0, true);
	seg_lda_fit_merge((SegLdaFit *) into->numbers, (SegLdaFit *) from->numbers);
	PG_RETURN_POINTER(into);
}

Datum
segment_lda_perplexity_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatState *state = fit_argument(fcinfo, 0, false);
	double result;
	SegStatus status =
		seg_lda_perplexity(&env, (SegLdaFit *) state->numbers, &result);

	if (status == SEG_UNDEFINED)
		PG_RETURN_NULL();
	segment_check(&env, status);
	PG_RETURN_FLOAT8(result);
}
