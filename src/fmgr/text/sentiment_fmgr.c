/*-------------------------------------------------------------------------
 *
 * sentiment_fmgr.c
 *	  SQL face of sentiment: the weights that a lexicon gives to the words of a
 *	  text.
 *
 * The keys of a jsonb object are sorted, so it is an index of itself, and a row
 * costs a binary search for each of its words, however large the lexicon.
 *
 * src/fmgr/text/sentiment_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "base/wide.h"
#include "pg/segment_pg.h"

PG_FUNCTION_INFO_V1(segment_sentiment_words);
PG_FUNCTION_INFO_V1(segment_sentiment_document);

typedef struct Sentiment
{
	JsonbContainer *lexicon;
	SegWide sum;
	bool is_known; /* is any word in the lexicon? */
} Sentiment;

static Sentiment
begin_sentiment(Jsonb *lexicon)
{
	if (!JB_ROOT_IS_OBJECT(lexicon))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("lexicon must be an object of words with their weights"),
		        errhint("Build it with jsonb_object_agg(word, weight)."));
	return (Sentiment){.lexicon = &lexicon->root};
}

pg_noreturn static void
bad_weight(SegText word)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("weight of a word in the lexicon must be a number"),
	        errdetail("The word is \"%.*s\".", (int) word.length, word.bytes));
	pg_unreachable();
}

/*
 * A word that occurs so many times.
 */
static void
add_word(Sentiment *sentiment, SegText word, int times)
{
	JsonbValue found;
	double weight;

	if (getKeyJsonValueFromContainer(sentiment->lexicon,
	                                 word.bytes,
	                                 (int) word.length,
	                                 &found) == NULL)
		return;
	if (found.type != jbvNumeric)
		bad_weight(word);
	weight =
		DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
	                                       NumericGetDatum(found.val.numeric)));
	for (int i = 0; i < times; i++)
		sentiment->sum = seg_wide_add(sentiment->sum, (SegWide){weight, 0.0});
	sentiment->is_known = true;
}

static Datum
end_sentiment(FunctionCallInfo fcinfo, const Sentiment *sentiment)
{
	double sum = sentiment->sum.hi + sentiment->sum.lo;

	if (!sentiment->is_known)
		PG_RETURN_NULL();
	if (!isfinite(sum))
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		segment_check(&env, seg_fail(&env, SEG_NOT_FINITE, "sentiment", 0, 0));
	}
	PG_RETURN_FLOAT8(sum);
}

/*
 * (tokens text[], lexicon jsonb)
 */
Datum
segment_sentiment_words(PG_FUNCTION_ARGS)
{
	Sentiment sentiment = begin_sentiment(PG_GETARG_JSONB_P(1));
	Datum *words;
	bool *nulls;
	int n;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0),
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &words,
	                  &nulls,
	                  &n);
	for (int i = 0; i < n; i++)
	{
		const text *word;

		if (nulls[i])
			continue;
		word = DatumGetTextPP(words[i]);
		add_word(&sentiment,
		         (SegText){VARDATA_ANY(word), VARSIZE_ANY_EXHDR(word)},
		         1);
	}
	return end_sentiment(fcinfo, &sentiment);
}

/*
 * (tokens tsvector, lexicon jsonb): a word counts at each of its positions, and
 * once where these were stripped.
 */
Datum
segment_sentiment_document(PG_FUNCTION_ARGS)
{
	Sentiment sentiment = begin_sentiment(PG_GETARG_JSONB_P(1));
	TSVector document = PG_GETARG_TSVECTOR(0);

	for (int i = 0; i < document->size; i++)
	{
		WordEntry *word = &ARRPTR(document)[i];

		add_word(&sentiment,
		         (SegText){STRPTR(document) + word->pos, word->len},
		         word->haspos ? POSDATALEN(document, word) : 1);
	}
	return end_sentiment(fcinfo, &sentiment);
}
