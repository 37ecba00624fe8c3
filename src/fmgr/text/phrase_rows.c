/*-------------------------------------------------------------------------
 *
 * phrase_rows.c
 *	  Texts on their way from the executor to the search for phrases.
 *
 * Of a text, what is kept is a four-byte code for each of its units, in the order
 * in which units arrive; the kernel gets the place of each code in the order of
 * units. The search needs all texts at once, so nothing is spilled: the budget of
 * the row store is charged, and exceeding it is an error. Small groups, of which
 * there may be a million, are left to the executor.
 *
 * src/fmgr/text/phrase_rows.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "lib/stringinfo.h"

#include "fmgr/text/normal_text.h"
#include "fmgr/text/phrase_rows.h"
#include "kernel/text/phrase.h"
#include "pg/id_dictionary.h"
#include "pg/model.h"

/* A group is charged in steps of this size. */
#define CHARGE_STEP (64 * 1024)

typedef struct PhraseState
{
	TrainerState base;
	SegPhraseTexts texts;
	IdDictionary *units; /* from the first row that counts */
	int64 charged;       /* bytes */
} PhraseState;

static const SegPhraseParams *
phrase_params(const TrainerState *state)
{
	return state->options->params;
}

/* ---------- collecting ---------- */

static void
charge_texts(FunctionCallInfo fcinfo, PhraseState *state)
{
	int64 bytes = state->texts.bytes + id_dictionary_bytes(state->units);

	if (bytes - state->charged < CHARGE_STEP)
		return;
	if (!rowstore_charge(segment_agg_context(fcinfo), bytes - state->charged))
		ereport(ERROR,
		        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
		        errmsg("texts take more memory than the setting %s allows",
		               "segment.training_memory"),
		        errdetail("All groups count together; this one has %lld texts "
		                  "with %lld characters and words so far.",
		                  (long long) state->texts.texts,
		                  (long long) state->texts.units),
		        errhint("Raise the setting, or train on a sample of the "
		                "texts."));
	state->charged = bytes;
}

static void
add_phrase_units(SegEnv *env, PhraseState *state, const NormalText *text)
{
	SegUnitWalk walk =
		seg_unit_walk((SegUnitKind) phrase_params(&state->base)->unit,
	                  text->characters,
	                  text->n);
	char *utf8 = palloc_extended(4 * text->n + 1, MCXT_ALLOC_HUGE);
	SegUnit unit;

	while (seg_unit_next(&walk, &unit))
	{
		SegId id = {
			.text = {utf8,
		             seg_unit_write(text->characters, &unit, false, utf8)}};

		segment_check(env,
		              seg_phrase_texts_add(env,
		                                   &state->texts,
		                                   (int32_t)
		                                       id_dictionary_add(state->units,
		                                                         &id),
		                                   unit.begins));
	}
	pfree(utf8);
}

static bool
phrase_rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *base)
{
	PhraseState *state = (PhraseState *) base;
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(context);
	text *document = PG_GETARG_TEXT_PP(1);
	NormalText normal = normal_text(
		(SegText){VARDATA_ANY(document), VARSIZE_ANY_EXHDR(document)});

	(void) call; /* there is nothing to keep for the next row */
	if (state->units == NULL)
	{
		IdType type;

		id_type_init(&type, TEXTOID, context);
		state->units = id_dictionary_create(context, &type);
	}
	add_phrase_units(&env, state, &normal);
	state->texts.texts++;
	pfree(normal.characters);
	charge_texts(fcinfo, state);
	return true;
}

static bool
phrase_rows_have_rows(const TrainerState *base)
{
	return ((const PhraseState *) base)->texts.texts > 0;
}

/* ---------- training ---------- */

/*
 * The texts of a dictionary as documents are read, in UTF-8.
 */
static SegTexts
normal_dictionary(const SegTexts *dictionary)
{
	int64_t *ends = palloc_extended(Max(dictionary->count, 1) * sizeof(int64_t),
	                                MCXT_ALLOC_HUGE);
	StringInfoData bytes;

	initStringInfo(&bytes);
	for (int64 i = 0; i < dictionary->count; i++)
	{
		NormalText normal = normal_text(seg_texts_get(dictionary, i));

		for (int64 c = 0; c < normal.n; c++)
		{
			enlargeStringInfo(&bytes, 4);
			bytes.len += (int) seg_character_write(normal.characters[c],
			                                       bytes.data + bytes.len);
		}
		ends[i] = bytes.len;
		pfree(normal.characters);
	}
	return (SegTexts){ends, bytes.data, dictionary->count};
}

static void *
phrase_rows_open(TrainerState *base, SegEnv *env, SegPreparation *preparation,
                 const TrainerLook *look)
{
	PhraseState *state = (PhraseState *) base;
	SegPhraseRows *rows = palloc(sizeof(SegPhraseRows));
	SegIds *units = palloc(sizeof(SegIds));
	int32_t *places =
		palloc_extended(Max(id_dictionary_count(state->units), 1) *
	                        sizeof(int32_t),
	                    MCXT_ALLOC_HUGE);

	(void) preparation; /* there are no vectors */
	(void) look;
	*units = id_dictionary_sorted(env, state->units, places);
	*rows =
		(SegPhraseRows){.texts = &state->texts,
	                    .units = units,
	                    .places = places,
	                    .dictionary =
	                        normal_dictionary(&phrase_params(base)->dictionary),
	                    .most_work = (double) segment_training_memory * 1024 -
	                                 (double) state->charged,
	                    .most_model = model_most_bytes()};
	return rows;
}

const TrainerInput phrase_rows = {sizeof(PhraseState),
                                  phrase_rows_add,
                                  phrase_rows_have_rows,
                                  phrase_rows_open,
                                  NULL};
