/*-------------------------------------------------------------------------
 *
 * text_ngrams_fmgr.c
 *	  SQL face of text_ngrams.
 *
 * src/fmgr/text/text_ngrams_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "fmgr/text/normal_text.h"
#include "kernel/text/text_ngrams.h"
#include "pg/arguments.h"
#include "pg/encoding.h"
#include "pg/word_argument.h"

PG_FUNCTION_INFO_V1(segment_text_ngrams);

static int32
ngram_length(FunctionCallInfo fcinfo, int argno)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 n = argument_int32(fcinfo, argno, "length of n-grams");

	if (n < 1 || n > SEG_NGRAM_MAX)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "length of n-grams",
		                             n,
		                             1,
		                             SEG_NGRAM_MAX));
	return n;
}

/*
 * All n-grams in the order of the text: (document, n, unit).
 */
Datum
segment_text_ngrams(PG_FUNCTION_ARGS)
{
	text *document = PG_GETARG_TEXT_PP(0);
	int32 n = ngram_length(fcinfo, 1);
	SegUnitKind unit = word_argument(fcinfo, 2, "unit", seg_unit_words);
	NormalText normal = normal_text(
		(SegText){VARDATA_ANY(document), VARSIZE_ANY_EXHDR(document)});
	SegNgramWalk walk = seg_ngram_walk(unit, normal.characters, normal.n, n);
	ArrayBuildState *ngrams =
		initArrayResult(TEXTOID, CurrentMemoryContext, false);
	char *buffer = NULL;
	int64 room = 0;

	while (seg_ngram_next(&walk))
	{
		SegText ngram;

		if (seg_ngram_room(&walk) > room)
		{
			room = 2 * seg_ngram_room(&walk);
			buffer = palloc_extended(room, MCXT_ALLOC_HUGE);
		}
		ngram =
			text_from_utf8((SegText){buffer, seg_ngram_write(&walk, buffer)});
		accumArrayResult(ngrams,
		                 PointerGetDatum(
							 cstring_to_text_with_len(ngram.bytes,
		                                              (int) ngram.length)),
		                 false,
		                 TEXTOID,
		                 CurrentMemoryContext);
		CHECK_FOR_INTERRUPTS();
	}
	PG_RETURN_DATUM(makeArrayResult(ngrams, CurrentMemoryContext));
}
