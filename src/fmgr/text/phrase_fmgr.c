/*-------------------------------------------------------------------------
 *
 * phrase_fmgr.c
 *	  SQL face of phrases: training, the phrases of a model, the words of a text.
 *
 * src/fmgr/text/phrase_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "utils/builtins.h"

#include "fmgr/text/normal_text.h"
#include "fmgr/text/phrase_rows.h"
#include "kernel/text/phrase_candidates.h"
#include "kernel/text/phrase_lexicon.h"
#include "pg/encoding.h"
#include "pg/model.h"
#include "pg/results.h"

TRAINER(phrase_train, seg_phrase_trainer, phrase_rows);

PG_FUNCTION_INFO_V1(segment_phrases);
PG_FUNCTION_INFO_V1(segment_phrase_tokens);

/* ---------- phrases: (model) ---------- */

static void
set_bits(Datum *values, bool *nulls, int column, double bits)
{
	nulls[column] = isnan(bits) || isinf(bits);
	values[column] = Float8GetDatum(bits);
}

/*
 * The phrases of a model, the most frequent ones first.
 */
Datum
segment_phrases(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegPhrase *model =
		model_open_value(PG_GETARG_MODEL_P(0), &seg_phrase_method);
	RowWriter writer;
	int64_t *order;

	segment_check(&env, seg_phrase_order(&env, model, &order));
	result_begin(fcinfo);
	writer = row_writer_open(fcinfo);
	for (int64 i = 0; i < model->phrase_count; i++)
	{
		int64 word = order[i];
		double left = model->left[word];
		double right = model->right[word];
		bool nulls[10] = {false};
		Datum values[10];

		row_writer_begin(&writer);
		values[0] =
			result_text(text_from_utf8(seg_texts_get(&model->words, word)));
		values[1] = Int32GetDatum(model->lengths[word]);
		values[2] = Int64GetDatum(model->counts[word]);
		values[3] = Int64GetDatum(model->tokens[word]);
		set_bits(values, nulls, 4, model->cohesion[word]);
		set_bits(values,
		         nulls,
		         5,
		         seg_phrase_cohesion_low(model->cohesion[word],
		                                 model->counts[word]));
		set_bits(values, nulls, 6, left < right ? left : right);
		set_bits(values, nulls, 7, left);
		set_bits(values, nulls, 8, right);
		values[9] = BoolGetDatum(model->given[word]);
		row_writer_end(&writer, values, nulls);
	}
	row_writer_close(&writer);
	return (Datum) 0;
}

/* ---------- words of a text: (model, document) ---------- */

static void *
prepare_lexicon(const SegEnv *env, const void *value)
{
	SegEnv inner = *env;
	SegPhraseLexicon *lexicon;

	segment_check(&inner, seg_phrase_lexicon_make(&inner, value, &lexicon));
	return lexicon;
}

Datum
segment_phrase_tokens(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegPhraseLexicon *lexicon =
		model_open(fcinfo, 0, &seg_phrase_method, prepare_lexicon);
	text *document = PG_GETARG_TEXT_PP(1);
	NormalText normal = normal_text(
		(SegText){VARDATA_ANY(document), VARSIZE_ANY_EXHDR(document)});
	SegTexts tokens;
	SegText *words;

	segment_check(&env,
	              seg_phrase_tokens(&env,
	                                lexicon,
	                                normal.characters,
	                                normal.n,
	                                &tokens));
	words = palloc_extended(Max(tokens.count, 1) * sizeof(SegText),
	                        MCXT_ALLOC_HUGE);
	for (int64 i = 0; i < tokens.count; i++)
		words[i] = text_from_utf8(seg_texts_get(&tokens, i));
	return result_text_array(words, tokens.count);
}
