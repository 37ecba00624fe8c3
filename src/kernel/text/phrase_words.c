/*-------------------------------------------------------------------------
 *
 * phrase_words.c
 *	  The words of a model in the making.
 *
 * src/kernel/text/phrase_words.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/phrase_words.h"

#include "base/sort.h"

SegStatus
seg_phrase_words_create(SegEnv *env, const SegPhraseRows *rows,
                        SegUnitKind unit, SegPhraseWords *words)
{
	*words = (SegPhraseWords){.unit = unit,
	                          .units = rows->units,
	                          .places = rows->places};
	SEG_ALLOC(env, words->codes, rows->units->count);
	for (int64_t code = 0; code < rows->units->count; code++)
		words->codes[rows->places[code]] = (int32_t) code;
	return seg_count_map_create(env, 1, &words->map);
}

/* ---------- units of a text ---------- */

static SegStatus
reserve_text(SegEnv *env, SegPhraseWords *words, int64_t bytes)
{
	if (bytes <= words->room)
		return SEG_OK;
	words->room = 2 * bytes;
	SEG_ALLOC(env, words->read, words->room);
	SEG_ALLOC(env, words->ends, words->room);
	SEG_ALLOC(env, words->begins, words->room);
	SEG_ALLOC(env, words->utf8, words->room);
	SEG_ALLOC(env, words->characters, words->room);
	return SEG_OK;
}

static int32_t
code_of_unit(const SegPhraseWords *words, SegText unit)
{
	int64_t place = seg_ids_find(words->units, &(SegId){.text = unit});

	return place < 0 ? SEG_PHRASE_NONE : words->codes[place];
}

SegStatus
seg_phrase_words_read(SegEnv *env, SegPhraseWords *words, SegText text)
{
	bool after_spaced = false;
	int64_t length = 0;
	SegUnitWalk walk;
	SegUnit unit;

	SEG_TRY(reserve_text(env, words, text.length + 1));
	walk = seg_unit_walk(words->unit,
	                     words->characters,
	                     seg_characters_read(text, words->characters));
	for (words->n = 0; seg_unit_next(&walk, &unit); words->n++)
	{
		const char *start;

		after_spaced = after_spaced && !unit.begins;
		if (after_spaced && unit.spaced)
			words->utf8[length++] = ' ';
		start = words->utf8 + length;
		length += seg_unit_write(walk.text, &unit, false, words->utf8 + length);
		words->ends[words->n] = length;
		words->begins[words->n] = unit.begins;
		words->read[words->n] =
			code_of_unit(words, (SegText){start, words->utf8 + length - start});
		after_spaced = unit.spaced;
	}
	return SEG_OK;
}

/* ---------- words ---------- */

static SegStatus
add_text(SegEnv *env, SegPhraseWords *words, SegText text, bool given)
{
	int64_t at;

	SEG_TRY(
		seg_count_map_insert(env, &words->map, text.bytes, text.length, &at));
	if (given)
		*(int64_t *) seg_count_map_words(words->map, at) = true;
	return SEG_OK;
}

/*
 * The text from one unit of those read to before another, without the space that
 * may be before it.
 */
static SegText
text_between(const SegPhraseWords *words, int64_t first, int64_t last)
{
	int64_t start = first > 0 ? words->ends[first - 1] : 0;

	if (words->utf8[start] == ' ')
		start++;
	return (SegText){words->utf8 + start, words->ends[last - 1] - start};
}

/*
 * Add a word and the units that it is made of.
 */
static SegStatus
add_word_and_units(SegEnv *env, SegPhraseWords *words, int64_t first,
                   int64_t last, bool given)
{
	SEG_TRY(add_text(env, words, text_between(words, first, last), given));
	for (int64_t i = first; i < last; i++)
		SEG_TRY(add_text(env, words, text_between(words, i, i + 1), false));
	return SEG_OK;
}

/*
 * Add all ends of a sequence to those that are wanted, if texts have its units.
 */
static SegStatus
add_ends(SegEnv *env, SegPhraseTrie *wanted, const int32_t *codes, int64_t n)
{
	for (int64_t i = 0; i < n; i++)
		if (codes[i] == SEG_PHRASE_NONE)
			return SEG_OK;
	for (int64_t start = 0; start < n; start++)
	{
		int32_t node = SEG_PHRASE_ROOT;

		for (int64_t i = start; i < n; i++)
			SEG_TRY(seg_phrase_trie_add(env, wanted, node, codes[i], &node));
	}
	return SEG_OK;
}

SegStatus
seg_phrase_words_add_text(SegEnv *env, SegPhraseWords *words, SegText text,
                          SegPhraseTrie *wanted)
{
	SEG_TRY(seg_phrase_words_read(env, words, text));
	for (int64_t first = 0, last; first < words->n; first = last)
	{
		for (last = first + 1; last < words->n && !words->begins[last];)
			last++;
		SEG_TRY(add_word_and_units(env, words, first, last, true));
		SEG_TRY(add_ends(env, wanted, words->read + first, last - first));
	}
	return SEG_OK;
}

/*
 * Is a unit one that a space keeps apart from others of its kind?
 */
static bool
is_spaced_unit(const SegPhraseWords *words, SegText unit)
{
	uint32_t first[4];
	int64_t bytes = unit.length < 4 ? unit.length : 4;

	if (words->unit == SEG_UNIT_CHARACTER)
		return false;
	seg_characters_read((SegText){unit.bytes, bytes}, first);
	return seg_character_kind(first[0]) == SEG_CHARACTER_SPACED;
}

/*
 * As if the text of a path had been read.
 */
static SegStatus
spell_path(SegEnv *env, SegPhraseWords *words, const SegPhraseTrie *found,
           int32_t node)
{
	bool after_spaced = false;
	int64_t length = 0;
	int64_t n = 0;

	for (int32_t at = node; at != SEG_PHRASE_ROOT; at = found->edges[at].parent)
	{
		int32_t place = words->places[found->edges[at].symbol];

		length += seg_texts_get(&words->units->names, place).length + 1;
		n++;
	}
	SEG_TRY(reserve_text(env, words, length));
	words->n = n;
	for (int32_t at = node; at != SEG_PHRASE_ROOT; at = found->edges[at].parent)
		words->read[--n] = found->edges[at].symbol;
	length = 0;
	for (n = 0; n < words->n; n++)
	{
		SegText unit =
			seg_texts_get(&words->units->names, words->places[words->read[n]]);
		bool spaced = is_spaced_unit(words, unit);

		if (after_spaced && spaced)
			words->utf8[length++] = ' ';
		memcpy(words->utf8 + length, unit.bytes, (size_t) unit.length);
		length += unit.length;
		words->ends[n] = length;
		after_spaced = spaced;
	}
	return SEG_OK;
}

SegStatus
seg_phrase_words_add_node(SegEnv *env, SegPhraseWords *words,
                          const SegPhraseTrie *found, int32_t node)
{
	SEG_TRY(spell_path(env, words, found, node));
	return add_word_and_units(env, words, 0, words->n, false);
}

/* ---------- order ---------- */

static int
compare_words(const void *of, int64_t a, int64_t b)
{
	return seg_text_compare(seg_count_map_key(of, a), seg_count_map_key(of, b));
}

SegStatus
seg_phrase_words_order(SegEnv *env, const SegPhraseWords *words,
                       int64_t **order, SegTexts *texts)
{
	int64_t n = words->map->n;
	int64_t bytes = 0;
	int64_t *ends;
	char *all;

	SEG_ALLOC(env, *order, n);
	SEG_ALLOC(env, ends, n);
	for (int64_t i = 0; i < n; i++)
	{
		(*order)[i] = i;
		bytes += seg_count_map_key(words->map, i).length;
	}
	SEG_ALLOC(env, all, bytes);
	SEG_TRY(seg_sort(env, *order, n, compare_words, words->map));
	bytes = 0;
	for (int64_t i = 0; i < n; i++)
	{
		SegText word = seg_count_map_key(words->map, (*order)[i]);

		memcpy(all + bytes, word.bytes, (size_t) word.length);
		bytes += word.length;
		ends[i] = bytes;
	}
	*texts = (SegTexts){ends, all, n};
	return SEG_OK;
}
