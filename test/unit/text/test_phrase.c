/*-------------------------------------------------------------------------
 *
 * test_phrase.c
 *	  Words found in texts, and texts segmented into them.
 *
 * Golden numbers are those of test/oracle/phrase.py, which counts every sequence
 * and tries every segmentation.
 *
 * test/unit/text/test_phrase.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/count_map.h"
#include "base/missing.h"
#include "base/sort.h"
#include "kernel/text/phrase_lexicon.h"
#include "unit.h"

void test_phrase(void);

#define MOST_BYTES 4096

static const SegPhraseParams usual = {.unit = SEG_UNIT_WORD,
                                      .min_count = 5,
                                      .max_length = 6,
                                      .min_cohesion = 2,
                                      .min_freedom = 1,
                                      .max_iterations = 5};

/* The model before training, as a host makes it. */
static SegPhrase
no_model(void)
{
	return (SegPhrase){.options = {"{}", 2}, .version = {"1", 1}};
}

/* ---------- collecting texts ---------- */

typedef struct Texts
{
	SegUnitKind unit;
	SegPhraseTexts texts;
	SegCountMap *map;
	SegIds ids;
	SegPhraseRows rows;
} Texts;

static int
compare_keys(const void *of, int64_t a, int64_t b)
{
	return seg_text_compare(seg_count_map_key(of, a), seg_count_map_key(of, b));
}

static void
texts_create(SegEnv *env, SegUnitKind unit, Texts *t)
{
	*t = (Texts){.unit = unit};
	CHECK(seg_count_map_create(env, 1, &t->map) == SEG_OK);
}

static void
texts_add(SegEnv *env, Texts *t, const char *text)
{
	static uint32_t characters[MOST_BYTES];
	char utf8[MOST_BYTES];
	int64_t n = seg_characters_read((SegText){text, (int64_t) strlen(text)},
	                                characters);
	SegUnitWalk walk =
		seg_unit_walk(t->unit, characters, seg_characters_fold(characters, n));
	SegUnit unit;

	while (seg_unit_next(&walk, &unit))
	{
		int64_t code;

		CHECK(
			seg_count_map_insert(env,
		                         &t->map,
		                         utf8,
		                         seg_unit_write(characters, &unit, false, utf8),
		                         &code) == SEG_OK);
		CHECK(
			seg_phrase_texts_add(env, &t->texts, (int32_t) code, unit.begins) ==
			SEG_OK);
	}
	t->texts.texts++;
}

/*
 * The rows as a host gives them to a training.
 */
static const SegPhraseRows *
texts_rows(SegEnv *env, Texts *t, const char *const *dictionary)
{
	int64_t n = t->map->n;
	int64_t *order = env->alloc(env->host, (size_t) n * sizeof(*order));
	int64_t *ends = env->alloc(env->host, (size_t) n * sizeof(*ends));
	int32_t *places = env->alloc(env->host, (size_t) n * sizeof(*places));
	int64_t *dictionary_ends = env->alloc(env->host, 100 * sizeof(int64_t));
	char *given = env->alloc(env->host, MOST_BYTES);
	char *bytes;
	int64_t length = 0;

	for (int64_t i = 0; i < n; i++)
	{
		order[i] = i;
		length += seg_count_map_key(t->map, i).length;
	}
	bytes = env->alloc(env->host, (size_t) length);
	CHECK(seg_sort(env, order, n, compare_keys, t->map) == SEG_OK);
	length = 0;
	for (int64_t i = 0; i < n; i++)
	{
		SegText key = seg_count_map_key(t->map, order[i]);

		memcpy(bytes + length, key.bytes, (size_t) key.length);
		length += key.length;
		ends[i] = length;
		places[order[i]] = (int32_t) i;
	}
	t->ids = (SegIds){n, NULL, {ends, bytes, n}};
	t->rows = (SegPhraseRows){&t->texts, &t->ids, places, {0}, 1e9, 1e9};
	t->rows.dictionary = (SegTexts){dictionary_ends, given, 0};
	length = 0;
	for (int64_t i = 0; dictionary != NULL && dictionary[i] != NULL; i++)
	{
		memcpy(given + length, dictionary[i], strlen(dictionary[i]));
		length += (int64_t) strlen(dictionary[i]);
		dictionary_ends[i] = length;
		t->rows.dictionary.count++;
	}
	return &t->rows;
}

/* ---------- against the oracle ---------- */

typedef struct Golden
{
	const char *phrase;
	int length;
	int count;
	int tokens;
	double cohesion;
	double left;
	double right;
	bool given;
} Golden;

typedef struct GoldenTokens
{
	const char *text;
	const char *tokens;
} GoldenTokens;

static const SegPhraseParams golden_params = {.unit = SEG_UNIT_CHARACTER,
                                              .min_count = 3,
                                              .max_length = 4,
                                              .min_cohesion = 1.2,
                                              .min_freedom = 0.5,
                                              .max_iterations = 5};

static const char *const golden_dictionary[] = {"gh",
                                                "abfgcde",
                                                "xyz",
                                                "h",
                                                NULL};

static const Golden golden_found[] = {
	{"fg",
     2,
     84,
     84,
     3.3692338096657193,
     3.6696538230832134,
     3.9434086232254368,
     false},
	{"cde",
     3,
     79,
     79,
     2.4486682771601238,
     3.8949377381217745,
     4.1771720809988144,
     false},
	{"ab",
     2,
     77,
     77,
     1.896159392223836,
     3.4383769186171236,
     3.5527659089783179,
     false},
	{"ba",
     2,
     69,
     0,
     1.7378973083071039,
     3.2751917627728413,
     0.66657835799492049,
     false},
	{"bad",
     3,
     57,
     57,
     2.3984539485807121,
     3.1577951742048511,
     3.8741401809762377,
     false},
};

static const Golden golden_given[] = {
	{"fg",
     2,
     84,
     84,
     3.3692338096657193,
     3.6696538230832134,
     3.9434086232254368,
     false},
	{"cde",
     3,
     79,
     79,
     2.4486682771601238,
     3.8949377381217745,
     4.1771720809988144,
     false},
	{"ab",
     2,
     77,
     77,
     1.896159392223836,
     3.4383769186171236,
     3.5527659089783179,
     false},
	{"ba",
     2,
     69,
     0,
     1.7378973083071039,
     3.2751917627728413,
     0.66657835799492049,
     false},
	{"h", 1, 58, 58, NAN, 3.7070346588833769, 3.607994447215769, true},
	{"bad",
     3,
     57,
     57,
     2.3984539485807121,
     3.1577951742048511,
     3.8741401809762377,
     false},
	{"gh", 2, 8, 0, 0.51125281453814719, 0, 3, true},
	{"abfgcde", 7, 1, 0, -0.24266923387371558, 0, 0, true},
	{"xyz", 3, 0, 0, NAN, NAN, NAN, true},
};

static const GoldenTokens golden_tokens[] = {
	{"abcdefgh", "ab|cde|fg|h|"},
	{"badcdee", "bad|cde|e|"},
	{"xabxx", "x|ab|x|x|"},
	{"hfgfgab", "h|fg|fg|ab|"},
	{"e", "e|"},
	{"zz", "z|z|"},
	{"cdecdeab", "cde|cde|ab|"},
	{"xyz-ABfg", "xyz|ab|fg|"},
	{"", ""},
};

/*
 * The texts of the oracle.
 */
static void
golden_texts(char rows[120][32])
{
	static const char *const words[] = {"ab", "cde", "fg", "h", "bad", "e"};
	uint64_t seed = 7;

	for (int i = 0; i < 120; i++)
	{
		int n = 2 + unit_draw(&seed, 4);

		rows[i][0] = 0;
		for (int w = 0; w < n; w++)
			strcat(rows[i], words[unit_draw(&seed, 6)]);
	}
}

static bool
same_bits(double got, double want)
{
	return isnan(want) ? isnan(got) : fabs(got - want) <= 1e-12;
}

static void
check_golden(SegEnv *env, const SegPhrase *model, const Golden *golden, int n)
{
	int64_t *order;

	CHECK(model->phrase_count == n);
	CHECK(seg_phrase_order(env, model, &order) == SEG_OK);
	for (int i = 0; i < n && model->phrase_count == n; i++)
	{
		const Golden *want = &golden[i];
		int64_t at = order[i];
		SegText word = seg_texts_get(&model->words, at);

		CHECK(word.length == (int64_t) strlen(want->phrase) &&
		      memcmp(word.bytes, want->phrase, (size_t) word.length) == 0);
		CHECK(model->lengths[at] == want->length);
		CHECK(model->counts[at] == want->count);
		CHECK(model->tokens[at] == want->tokens);
		CHECK(model->given[at] == want->given);
		CHECK(same_bits(model->cohesion[at], want->cohesion));
		CHECK(same_bits(model->left[at], want->left));
		CHECK(same_bits(model->right[at], want->right));
	}
}

/*
 * Are these the words of a text, each followed by a bar?
 */
static bool
tokens_are(SegEnv *env, const SegPhraseLexicon *lexicon, const char *text,
           const char *want)
{
	uint32_t characters[MOST_BYTES];
	char got[MOST_BYTES];
	int64_t length = 0;
	int64_t n = seg_characters_read((SegText){text, (int64_t) strlen(text)},
	                                characters);
	SegTexts tokens;

	n = seg_characters_fold(characters, n);
	CHECK(seg_phrase_tokens(env, lexicon, characters, n, &tokens) == SEG_OK);
	for (int64_t i = 0; i < tokens.count; i++)
	{
		SegText token = seg_texts_get(&tokens, i);

		memcpy(got + length, token.bytes, (size_t) token.length);
		length += token.length;
		got[length++] = '|';
	}
	return length == (int64_t) strlen(want) &&
	       memcmp(got, want, (size_t) length) == 0;
}

static void
all_is_as_by_brute_force(void)
{
	static char rows[120][32];

	golden_texts(rows);
	for (int given = 0; given < 2; given++)
	{
		SegEnv env = unit_env();
		SegPhraseLexicon *lexicon;
		SegPhrase model = no_model();
		Texts t;

		texts_create(&env, SEG_UNIT_CHARACTER, &t);
		for (int i = 0; i < 120; i++)
			texts_add(&env, &t, rows[i]);
		CHECK(seg_phrase_train(&env,
		                       texts_rows(&env,
		                                  &t,
		                                  given ? golden_dictionary : NULL),
		                       &golden_params,
		                       &model) == SEG_OK);
		CHECK(seg_image_validate(&env, &seg_phrase_method, &model) == SEG_OK);
		CHECK(model.rows_used == 120 && model.token_count == 435 &&
		      model.iterations == 2 + given && model.converged);
		if (given)
			check_golden(&env, &model, golden_given, 9);
		else
			check_golden(&env, &model, golden_found, 5);
		CHECK(seg_phrase_lexicon_make(&env, &model, &lexicon) == SEG_OK);
		for (size_t i = 0; i < sizeof(golden_tokens) / sizeof(*golden_tokens);
		     i++)
			CHECK(tokens_are(&env,
			                 lexicon,
			                 golden_tokens[i].text,
			                 i == 7 && !given ? "x|y|z|ab|fg|"
			                                  : golden_tokens[i].tokens));
		unit_env_free(&env);
	}
}

/* ---------- the same model whatever the order ---------- */

static bool
same_model(const SegPhrase *a, const SegPhrase *b)
{
	size_t n = (size_t) a->word_count;

	return a->word_count == b->word_count && a->token_count == b->token_count &&
	       a->iterations == b->iterations &&
	       memcmp(a->words.ends, b->words.ends, n * sizeof(int64_t)) == 0 &&
	       memcmp(a->words.bytes,
	              b->words.bytes,
	              (size_t) a->words.ends[n - 1]) == 0 &&
	       memcmp(a->tokens, b->tokens, n * sizeof(int64_t)) == 0 &&
	       memcmp(a->counts, b->counts, n * sizeof(int64_t)) == 0 &&
	       memcmp(a->cohesion, b->cohesion, n * sizeof(double)) == 0 &&
	       memcmp(a->left, b->left, n * sizeof(double)) == 0 &&
	       memcmp(a->right, b->right, n * sizeof(double)) == 0;
}

static void
order_does_not_matter(void)
{
	static char rows[120][32];
	SegEnv env = unit_env();
	SegPhrase first = no_model();

	golden_texts(rows);
	for (int way = 0; way < 3; way++)
	{
		static const int steps[] = {1, 119, 77};
		SegPhrase model = no_model();
		Texts t;

		texts_create(&env, SEG_UNIT_CHARACTER, &t);
		for (int i = 0; i < 120; i++)
			texts_add(&env, &t, rows[i * steps[way] % 120]);
		CHECK(seg_phrase_train(&env,
		                       texts_rows(&env, &t, golden_dictionary),
		                       &golden_params,
		                       &model) == SEG_OK);
		if (way == 0)
			first = model;
		CHECK(same_model(&first, &model));
	}
	unit_env_free(&env);
}

/* ---------- planted words ---------- */

#define PLANTED  300
#define ALPHABET 600

/*
 * Words of two to four Chinese characters, no two the same.
 */
static void
plant_words(char words[PLANTED][16], uint64_t *seed)
{
	for (int i = 0; i < PLANTED; i++)
	{
		bool is_new = true;
		int n = 2 + unit_draw(seed, 10) / 6 + (unit_draw(seed, 10) == 0);
		int64_t length = 0;

		for (int c = 0; c < n; c++)
			length +=
				seg_character_write((uint32_t) (0x4e00 +
			                                    7 * unit_draw(seed, ALPHABET)),
			                        words[i] + length);
		words[i][length] = 0;
		for (int j = 0; j < i; j++)
			is_new &= strcmp(words[i], words[j]) != 0;
		i -= !is_new;
	}
}

/*
 * The words, the first ones most often, and single characters between them.
 */
static void
planted_text(char words[PLANTED][16], uint64_t *seed, char *text, int *counts)
{
	int64_t length = 0;

	while (length < 60)
	{
		if (unit_draw(seed, 10) < 3)
		{
			length +=
				seg_character_write((uint32_t) (0x9000 +
			                                    unit_draw(seed,
			                                              1 + unit_draw(seed,
			                                                            40))),
			                        text + length);
		}
		else
		{
			int word = unit_draw(seed, 1 + unit_draw(seed, PLANTED));

			strcpy(text + length, words[word]);
			length += (int64_t) strlen(words[word]);
			counts[word]++;
		}
		text[length] = 0;
	}
}

static void
planted_words_are_found(void)
{
	static char words[PLANTED][16];
	int counts[PLANTED] = {0};
	uint64_t seed = 11;
	SegEnv env = unit_env();
	SegPhrase model = no_model();
	int frequent = 0;
	int found = 0;
	int right = 0;
	Texts t;

	plant_words(words, &seed);
	texts_create(&env, SEG_UNIT_WORD, &t);
	for (int i = 0; i < 4000; i++)
	{
		char text[128];

		planted_text(words, &seed, text, counts);
		texts_add(&env, &t, text);
	}
	CHECK(seg_phrase_train(&env, texts_rows(&env, &t, NULL), &usual, &model) ==
	      SEG_OK);
	for (int w = 0; w < PLANTED; w++)
		frequent += counts[w] >= 5;
	for (int64_t i = 0; i < model.word_count; i++)
	{
		SegText word = seg_texts_get(&model.words, i);
		bool planted = false;

		if (model.lengths[i] < 2)
			continue;
		for (int w = 0; w < PLANTED; w++)
			planted |= word.length == (int64_t) strlen(words[w]) &&
			           memcmp(word.bytes, words[w], (size_t) word.length) == 0;
		found++;
		right += planted;
	}
	CHECK(frequent > 250);
	CHECK(right >= 0.95 * found);
	CHECK(right >= 0.95 * frequent);
	unit_env_free(&env);
}

/* ---------- words of scripts with spaces ---------- */

static void
phrases_of_words_have_spaces(void)
{
	static const char *const rows[] = {"Machine learning for AI绘画",
	                                   "I like machine learning",
	                                   "AI绘画: machine learning",
	                                   "learning a machine",
	                                   "用AI绘画, machine  learning!"};
	static const SegPhraseParams params = {.unit = SEG_UNIT_WORD,
	                                       .min_count = 3,
	                                       .max_length = 3,
	                                       .min_cohesion = -2,
	                                       .min_freedom = 1,
	                                       .max_iterations = 3};
	SegEnv env = unit_env();
	SegPhraseLexicon *lexicon;
	SegPhrase model = no_model();
	Texts t;

	texts_create(&env, SEG_UNIT_WORD, &t);
	for (int i = 0; i < 5; i++)
		texts_add(&env, &t, rows[i]);
	CHECK(seg_phrase_train(&env, texts_rows(&env, &t, NULL), &params, &model) ==
	      SEG_OK);
	CHECK(seg_phrase_lexicon_make(&env, &model, &lexicon) == SEG_OK);
	CHECK(model.phrase_count == 2);
	CHECK(tokens_are(&env,
	                 lexicon,
	                 "Deep MACHINE learning，ai绘画 5.0",
	                 "deep|machine learning|ai绘画|5.0|"));
	unit_env_free(&env);
}

/* ---------- edges ---------- */

static void
texts_without_units_have_a_model(void)
{
	static const char *const dictionary[] = {"云", NULL};

	for (int given = 0; given < 2; given++)
	{
		SegEnv env = unit_env();
		SegPhraseLexicon *lexicon;
		SegPhrase model = no_model();
		Texts t;

		texts_create(&env, SEG_UNIT_WORD, &t);
		texts_add(&env, &t, "");
		texts_add(&env, &t, " -- ");
		CHECK(seg_phrase_train(&env,
		                       texts_rows(&env, &t, given ? dictionary : NULL),
		                       &usual,
		                       &model) == SEG_OK);
		CHECK(model.rows_used == 2 && model.unit_count == 0 &&
		      model.token_count == 0 && model.phrase_count == given);
		CHECK(seg_image_validate(&env, &seg_phrase_method, &model) == SEG_OK);
		CHECK(seg_phrase_lexicon_make(&env, &model, &lexicon) == SEG_OK);
		CHECK(tokens_are(&env, lexicon, "云 a", "云|a|"));
		unit_env_free(&env);
	}
}

/*
 * What a host may do at any moment, or not have.
 */
static void
failures_are_reported(void)
{
	static char rows[120][32];
	SegStatus status = SEG_NO_MEMORY;
	SegEnv env = unit_env();
	SegPhraseRows small;
	SegPhrase model;
	Texts t;

	golden_texts(rows);
	texts_create(&env, SEG_UNIT_CHARACTER, &t);
	for (int i = 0; i < 120; i++)
		texts_add(&env, &t, rows[i]);
	small = *texts_rows(&env, &t, golden_dictionary);
	for (int n = 0; status == SEG_NO_MEMORY && n < 1000; n++)
	{
		model = no_model();
		unit_env_fail_after(&env, n);
		status = seg_phrase_train(&env, &small, &golden_params, &model);
	}
	CHECK(status == SEG_OK);
	unit_env_fail_after(&env, -1);
	small.most_work = (double) t.texts.bytes + 1000;
	model = no_model();
	CHECK(seg_phrase_train(&env, &small, &golden_params, &model) ==
	      SEG_WORK_LIMIT);
	CHECK(env.diag.want == small.most_work && env.diag.got > env.diag.want);
	unit_env_free(&env);
}

static void
long_work_stops(void)
{
	SegEnv env = unit_env();
	SegPhrase model = no_model();
	uint64_t seed = 5;
	Texts t;

	texts_create(&env, SEG_UNIT_CHARACTER, &t);
	for (int i = 0; i < 20000; i++)
	{
		char text[21] = "";

		for (int c = 0; c < 20; c++)
			text[c] = (char) ('a' + unit_draw(&seed, 8));
		texts_add(&env, &t, text);
	}
	texts_rows(&env, &t, NULL);
	unit_env_stop_after(&env, 3);
	CHECK(seg_phrase_train(&env, &t.rows, &golden_params, &model) ==
	      SEG_STOPPED);
	unit_env_free(&env);
}

void
test_phrase(void)
{
	all_is_as_by_brute_force();
	order_does_not_matter();
	planted_words_are_found();
	phrases_of_words_have_spaces();
	texts_without_units_have_a_model();
	failures_are_reported();
	long_work_stops();
}
