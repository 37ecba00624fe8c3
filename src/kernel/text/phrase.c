/*-------------------------------------------------------------------------
 *
 * phrase.c
 *	  Words and phrases found in texts: options and model.
 *
 * src/kernel/text/phrase.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase.h"

#include "base/sort.h"
#include "base/tags.h"

#define OPTION(member) offsetof(SegPhraseParams, member)
#define HUGE_COUNT     9007199254740992.0
#define MOST_UNITS     100
#define MOST_BITS      1000

/* clang-format off */
const SegOption seg_phrase_options[] = {
	{"unit", SEG_OPTION_ENUM, OPTION(unit), SEG_UNIT_WORD, 0, SEG_UNIT_WORD, seg_unit_words,
		"character, word"},
	{"min_count", SEG_OPTION_INT, OPTION(min_count), 5, 2, HUGE_COUNT, NULL,
		"leave out phrases that occur less often"},
	{"max_length", SEG_OPTION_INT, OPTION(max_length), 6, 2, MOST_UNITS, NULL,
		"the most units of a phrase"},
	{"min_cohesion", SEG_OPTION_REAL, OPTION(min_cohesion), 2, -MOST_BITS, MOST_BITS, NULL,
		"leave out phrases whose parts are beside each other by chance, in bits"},
	{"min_freedom", SEG_OPTION_REAL, OPTION(min_freedom), 1, 0, MOST_BITS, NULL,
		"leave out phrases with too few neighbours, in bits"},
	{"dictionary", SEG_OPTION_TEXTS, OPTION(dictionary), 0, 0, 0, NULL,
		"words that are known"},
	{"max_iterations", SEG_OPTION_INT, OPTION(max_iterations), 5, 1, 1e6, NULL,
		"segmentations of all texts at most"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegPhrase, rows_used, 1, HUGE_COUNT),
	SEG_INT(SegPhrase, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegPhrase, unit, 0, SEG_UNIT_WORD),
	SEG_INT(SegPhrase, unit_count, 0, HUGE_COUNT),
	SEG_INT(SegPhrase, token_count, 0, HUGE_COUNT),
	SEG_INT(SegPhrase, phrase_count, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegPhrase, word_count, 0, SEG_IMAGE_MAX_COUNT),
	SEG_INT(SegPhrase, iterations, 0, 1e6),
	SEG_BOOL(SegPhrase, converged),
	SEG_JSON_FIELD(SegPhrase, options),
	SEG_TEXT_FIELD(SegPhrase, version),
	SEG_IDS_FIELD(SegPhrase, words, word_count, SEG_MANY),
	SEG_INT32S(SegPhrase, lengths, word_count, 1, 1e9),
	SEG_BOOLS(SegPhrase, given, word_count),
	SEG_INTS(SegPhrase, counts, word_count, 0, HUGE_COUNT),
	SEG_INTS(SegPhrase, tokens, word_count, 0, HUGE_COUNT),
	SEG_OPTIONAL_REALS(SegPhrase, cohesion, word_count, -MOST_BITS, MOST_BITS),
	SEG_OPTIONAL_REALS(SegPhrase, left, word_count, 0, MOST_BITS),
	SEG_OPTIONAL_REALS(SegPhrase, right, word_count, 0, MOST_BITS),
	SEG_FIELD_END
};
/* clang-format on */

/* ---------- the model ---------- */

/*
 * Words ascend, and a segmentation has each no more often than it occurs.
 */
static bool
phrase_is_sound(const void *value)
{
	const SegPhrase *m = value;
	SegIds ids = {m->word_count, NULL, m->words};
	int64_t listed = 0;
	int64_t tokens = 0;

	if (!seg_ids_are_sound(&ids, 0, m->word_count) ||
	    m->token_count > m->unit_count)
		return false;
	for (int64_t i = 0; i < m->word_count; i++)
	{
		listed += seg_phrase_is_listed(m, i);
		tokens += m->tokens[i];
		if (m->tokens[i] > m->counts[i] || m->counts[i] > m->unit_count ||
		    tokens > m->token_count || m->words.ends[i] == 0)
			return false;
	}
	return listed == m->phrase_count;
}

const SegMethod seg_phrase_method = {SEG_TAG_PHRASE,
                                     1,
                                     false,
                                     "phrase",
                                     "phrase model",
                                     fields,
                                     sizeof(SegPhrase),
                                     phrase_is_sound,
                                     NULL};

static int
compare_listed(const void *of, int64_t a, int64_t b)
{
	const SegPhrase *model = of;

	return (model->counts[a] < model->counts[b]) -
	       (model->counts[a] > model->counts[b]);
}

SegStatus
seg_phrase_order(SegEnv *env, const SegPhrase *model, int64_t **order)
{
	int64_t n = 0;

	SEG_ALLOC(env, *order, model->phrase_count);
	for (int64_t i = 0; i < model->word_count; i++)
		if (seg_phrase_is_listed(model, i))
			(*order)[n++] = i;
	return seg_sort(env, *order, n, compare_listed, model);
}

/* ---------- the trainer ---------- */

static SegStatus
phrase_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return seg_phrase_train(env, rows, params, model);
}

const SegTrainer seg_phrase_trainer = {.method = &seg_phrase_method,
                                       .title = "phrases",
                                       .columns = {{SEG_COLUMN_OTHER}},
                                       .options = seg_phrase_options,
                                       .params_size = sizeof(SegPhraseParams),
                                       .smaller = "the options \"min_count\", "
                                                  "\"min_cohesion\" or "
                                                  "\"min_freedom\"",
                                       .train = phrase_train};
