/*-------------------------------------------------------------------------
 *
 * test_text_ngrams.c
 *	  Characters, units and n-grams of texts.
 *
 * test/unit/text/test_text_ngrams.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/text/text_ngrams.h"
#include "unit.h"

void test_text_ngrams(void);

#define ROOM 1000

/* ---------- characters ---------- */

static uint64_t
mix(uint64_t sum, uint64_t number)
{
	return (sum ^ number) * UINT64_C(0x100000001b3);
}

/*
 * All characters of Unicode: sums that test/oracle/text_ngrams.py makes from
 * Python's own properties of each, not from ranges.
 */
static void
all_characters_are_as_in_python(void)
{
	uint64_t lower = 0;
	uint64_t kinds = 0;
	int wrong = 0;

	for (uint32_t c = 1; c < 0x110000; c++)
	{
		uint32_t text[1] = {c};
		char utf8[4];
		int64_t n;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		n = seg_character_write(c, utf8);
		if (seg_characters_read((SegText){utf8, n}, text) != 1 || text[0] != c)
			wrong++;
		n = seg_characters_fold(text, 1);
		lower = mix(lower, n == 0 ? 0 : text[0]);
		kinds = mix(kinds, (uint64_t) seg_character_kind(c));
	}
	CHECK(wrong == 0);
	CHECK(lower == UINT64_C(0xddd9e52a6a49dd2e));
	CHECK(kinds == UINT64_C(0x1303739eed149bcc));
}

/* ---------- n-grams ---------- */

/*
 * Are these the n-grams of a text, each followed by a bar?
 */
static bool
ngrams_are(SegUnitKind kind, int64_t length, const char *text, const char *want)
{
	uint32_t characters[ROOM];
	char got[20 * ROOM];
	int64_t bytes = 0;
	int64_t n = seg_characters_read((SegText){text, (int64_t) strlen(text)},
	                                characters);
	SegNgramWalk walk;

	n = seg_characters_fold(characters, n);
	walk = seg_ngram_walk(kind, characters, n, length);
	while (seg_ngram_next(&walk))
	{
		int64_t written = seg_ngram_write(&walk, got + bytes);

		CHECK(written <= seg_ngram_room(&walk));
		bytes += written;
		got[bytes++] = '|';
	}
	CHECK(!seg_ngram_next(&walk));
	got[bytes] = 0;
	return strcmp(got, want) == 0;
}

static void
characters_do_not_leave_their_run(void)
{
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 1, "Ab c", "a|b|c|"));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 2, "ABc d,ef", "ab|bc|ef|"));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER,
	                 2,
	                 "数据分析,入门 课",
	                 "数据|据分|分析|入门|"));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 3, "ab", ""));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 1, "", ""));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 1, " ,;\t。🙂", ""));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 3, " abc ", "abc|"));
	CHECK(ngrams_are(SEG_UNIT_CHARACTER, 2, "don't", "do|on|"));
	/* a soft hyphen is not there, U+2019 is an apostrophe */
	CHECK(ngrams_are(SEG_UNIT_CHARACTER,
	                 2,
	                 "a\xc2\xad"
	                 "b",
	                 "ab|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 1, "Don\xe2\x80\x99T", "don't|"));
}

static void
words_are_as_written(void)
{
	CHECK(ngrams_are(SEG_UNIT_WORD, 1, "Data  analysis", "data|analysis|"));
	CHECK(ngrams_are(SEG_UNIT_WORD,
	                 2,
	                 "Data  analysis, by SQL",
	                 "data analysis|by sql|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 2, "AI绘画 入门", "ai绘|绘画|入门|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 3, "AI绘画 5G", "ai绘画|"));
	CHECK(ngrams_are(SEG_UNIT_WORD,
	                 1,
	                 "Python 3.11. x.y 'quoted' rock'n'roll",
	                 "python|3.11|x|y|quoted|rock'n'roll|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 2, "a. b", ""));
	CHECK(ngrams_are(SEG_UNIT_WORD, 1, "한국어 공부", "한국어|공부|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 2, "ЯБЛОКО и Груша", "яблоко и|и груша|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 2, "データ分析", "デー|ータ|タ分|分析|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 1, "a'", "a|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 1, "3.", "3|"));
	CHECK(ngrams_are(SEG_UNIT_WORD, 1, "'", ""));
}

/*
 * Against a count by hand: n-grams of every run of every text of a few
 * characters.
 */
static void
there_are_as_many_as_runs_allow(void)
{
	static const char alphabet[] = {'a', 'b', ' ', ','};
	uint32_t text[6];

	for (int code = 0; code < 4096; code++)
		for (int length = 1; length <= 4; length++)
		{
			SegNgramWalk walk;
			int got = 0;
			int want = 0;
			int run = 0;

			for (int i = 0; i < 6; i++)
				text[i] = (uint32_t) alphabet[code >> (2 * i) & 3];
			for (int i = 0; i < 6; i++)
			{
				run = text[i] >= 'a' ? run + 1 : 0;
				want += run >= length;
			}
			walk = seg_ngram_walk(SEG_UNIT_CHARACTER, text, 6, length);
			while (seg_ngram_next(&walk))
				got++;
			if (got != want)
				CHECK(got == want);
		}
	CHECK(true);
}

void
test_text_ngrams(void)
{
	all_characters_are_as_in_python();
	characters_do_not_leave_their_run();
	words_are_as_written();
	there_are_as_many_as_runs_allow();
}
