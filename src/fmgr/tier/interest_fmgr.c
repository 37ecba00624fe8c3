/*-------------------------------------------------------------------------
 *
 * interest_fmgr.c
 *	  SQL face of top_interest and top_keywords.
 *
 * The state is a count map: for each topic, its rows or the sum of their
 * weights; for each word, the documents that have it, with the number of words
 * wanted as the setting.
 *
 * src/fmgr/tier/interest_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "port/pg_bswap.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "kernel/tier/interest.h"
#include "pg/count_state.h"
#include "pg/label.h"
#include "pg/arguments.h"

PG_FUNCTION_INFO_V1(segment_top_interest_combine);
PG_FUNCTION_INFO_V1(segment_top_keywords_trans);
PG_FUNCTION_INFO_V1(segment_top_keywords_array_trans);
PG_FUNCTION_INFO_V1(segment_top_keywords_combine);
PG_FUNCTION_INFO_V1(segment_top_keywords_final);

#define INTEREST_STATE 0x494e5445 /* "INTE" */
#define KEYWORDS_STATE 0x4b455957 /* "KEYW" */

#define MAX_KEYWORDS 10000
#define NUMBER       "the number of keywords"
#define WAY_OUT      "GROUP BY it to get one list for each value."

static CountState *
interest_state_argument(FunctionCallInfo fcinfo, uint32 kind, int64 width)
{
	return PG_ARGISNULL(0) ? count_state_make(kind, width)
	                       : count_state_argument(fcinfo, 0, kind, width, true);
}

/* ---------- top_interest ---------- */

/*
 * A number as bytes that sort as it does.
 */
static uint64
ordered_bytes(int64 number)
{
	return pg_hton64((uint64) number ^ (UINT64CONST(1) << 63));
}

static bool
topic_argument(FunctionCallInfo fcinfo, LabelArgument type, LabelView *topic)
{
	uint64 bytes;

	if (type != LABEL_IS_BIGINT)
		return label_argument(fcinfo, 1, type, topic);
	if (PG_ARGISNULL(1))
		return false;
	bytes = ordered_bytes(PG_GETARG_INT64(1));
	memcpy(topic->buffer, &bytes, sizeof(bytes));
	topic->text = (SegText){topic->buffer, sizeof(bytes)};
	return true;
}

static inline Datum
count_topic(FunctionCallInfo fcinfo, LabelArgument type)
{
	LabelView topic;
	CountState *state;
	int64 at;

	if (!topic_argument(fcinfo, type, &topic))
		RETURN_STATE_UNCHANGED();
	state = interest_state_argument(fcinfo,
	                                INTEREST_STATE,
	                                SEG_INTEREST_COUNT_WIDTH);
	at = count_state_add(&state, topic.text.bytes, topic.text.length);
	seg_interest_add_count(seg_count_map_words(&state->map, at), 1);
	PG_RETURN_POINTER(state);
}

/*
 * A constant weighs nothing: a whole number above 1 is meant as the number of
 * topics.
 */
static void
refuse_number_of_topics(FunctionCallInfo fcinfo, double weight)
{
	if (weight > 1 && weight <= MAX_KEYWORDS && weight == floor(weight) &&
	    argument_is_constant(fcinfo, 2) && !argument_is_constant(fcinfo, 1))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("weight must not be a constant"),
		        errdetail("It is %s for all rows.",
		                  segment_number_text(weight)),
		        errhint("top_interest returns one topic. For the first ones, use "
		                "GROUP BY topic ORDER BY count(*) DESC LIMIT %s.",
		                segment_number_text(weight)));
}

static inline Datum
weigh_topic(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	LabelView topic;
	CountState *state;
	double weight;
	int64 at;

	if (PG_ARGISNULL(2) || !topic_argument(fcinfo, type, &topic))
		RETURN_STATE_UNCHANGED();
	weight = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_finite(&env, "weight", weight));
	if (PG_ARGISNULL(0))
		refuse_number_of_topics(fcinfo, weight);
	state =
		interest_state_argument(fcinfo, INTEREST_STATE, SEG_INTEREST_SUM_WIDTH);
	at = count_state_add(&state, topic.text.bytes, topic.text.length);
	seg_interest_add_sum(seg_count_map_words(&state->map, at),
	                     (SegWide){weight, 0});
	PG_RETURN_POINTER(state);
}

Datum
segment_top_interest_combine(PG_FUNCTION_ARGS)
{
	return count_state_combine(fcinfo,
	                           INTEREST_STATE,
	                           COUNT_STATE_ANY_WIDTH,
	                           seg_interest_merge);
}

pg_noreturn static void
report_damage(const char *field)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	segment_check(&env,
	              seg_fail_name(&env,
	                            SEG_CORRUPT,
	                            "state of the aggregate",
	                            field));
	pg_unreachable();
}

/*
 * The topic with the largest total, as a value of its type.
 */
static inline Datum
top_topic(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = count_state_argument(fcinfo,
	                                         0,
	                                         INTEREST_STATE,
	                                         COUNT_STATE_ANY_WIDTH,
	                                         false);
	int64 top, count;
	SegText topic;
	uint64 bytes;

	if (state->map.width != SEG_INTEREST_COUNT_WIDTH &&
	    state->map.width != SEG_INTEREST_SUM_WIDTH)
		report_damage("width");
	segment_check(&env, seg_interest_rank(&env, &state->map, 1, &top, &count));
	if (count == 0)
		PG_RETURN_NULL();
	topic = seg_count_map_key(&state->map, top);
	if (type == LABEL_IS_TEXT)
	{
		count_state_check_text(topic);
		PG_RETURN_TEXT_P(
			cstring_to_text_with_len(topic.bytes, (int) topic.length));
	}
	if (type == LABEL_IS_BOOLEAN)
		PG_RETURN_BOOL(topic.length == 4); /* "true" */
	if (topic.length != sizeof(bytes))
		report_damage("keys");
	memcpy(&bytes, topic.bytes, sizeof(bytes));
	PG_RETURN_INT64((int64) (pg_ntoh64(bytes) ^ (UINT64CONST(1) << 63)));
}

#define TOP_INTEREST(name, type) \
	PG_FUNCTION_INFO_V1(segment_top_interest_##name##_trans); \
	PG_FUNCTION_INFO_V1(segment_top_interest_##name##_weight_trans); \
	PG_FUNCTION_INFO_V1(segment_top_interest_##name##_final); \
	Datum segment_top_interest_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return count_topic(fcinfo, type); \
	} \
	Datum segment_top_interest_##name##_weight_trans(PG_FUNCTION_ARGS) \
	{ \
		return weigh_topic(fcinfo, type); \
	} \
	Datum segment_top_interest_##name##_final(PG_FUNCTION_ARGS) \
	{ \
		return top_topic(fcinfo, type); \
	}

TOP_INTEREST(text, LABEL_IS_TEXT)
TOP_INTEREST(bigint, LABEL_IS_BIGINT)
TOP_INTEREST(boolean, LABEL_IS_BOOLEAN)

/* ---------- top_keywords ---------- */

static int64
number_of_words(FunctionCallInfo fcinfo)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 n = argument_int32(fcinfo, 2, NUMBER);

	if (n < 1 || n > MAX_KEYWORDS)
		segment_check(&env,
		              seg_fail_range(&env,
		                             SEG_ARGUMENT_RANGE,
		                             "number of keywords",
		                             n,
		                             1,
		                             MAX_KEYWORDS));
	return n;
}

static CountState *
keywords_argument(FunctionCallInfo fcinfo, int argno)
{
	CountState *state = count_state_argument(fcinfo,
	                                         argno,
	                                         KEYWORDS_STATE,
	                                         SEG_INTEREST_COUNT_WIDTH,
	                                         false);

	if (state->setting < 1 || state->setting > MAX_KEYWORDS)
		report_damage("setting");
	return state;
}

/*
 * The state of the group, with the number of words wanted.
 */
static CountState *
keywords_of_group(FunctionCallInfo fcinfo)
{
	int64 n = number_of_words(fcinfo);
	CountState *state = interest_state_argument(fcinfo,
	                                            KEYWORDS_STATE,
	                                            SEG_INTEREST_COUNT_WIDTH);

	if (PG_ARGISNULL(0))
		state->setting = n;
	if (unlikely(state->setting != n))
		segment_changed(NUMBER, WAY_OUT);
	return state;
}

static void
count_word(CountState **state, const char *word, int64 length)
{
	int64 at = count_state_add(state, word, length);

	seg_interest_add_count(seg_count_map_words(&(*state)->map, at), 1);
}

/*
 * Transition: a document counts once for each of its words. A tsvector has each
 * once.
 */
Datum
segment_top_keywords_trans(PG_FUNCTION_ARGS)
{
	CountState *state;
	TSVector words;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	state = keywords_of_group(fcinfo);
	words = PG_GETARG_TSVECTOR(1);
	for (int i = 0; i < words->size; i++)
	{
		WordEntry word = ARRPTR(words)[i];

		count_word(&state, STRPTR(words) + word.pos, word.len);
	}
	PG_RETURN_POINTER(state);
}

static int
compare_tokens(const void *a, const void *b)
{
	return seg_text_compare(*(const SegText *) a, *(const SegText *) b);
}

/*
 * The tokens of an array that are not NULL, in byte order.
 */
static SegText *
sorted_tokens(ArrayType *array, int *n)
{
	ArrayIterator elements = array_create_iterator(array, 0, NULL);
	SegText *tokens =
		palloc_extended(Max(ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array)),
	                        1) *
	                        sizeof(SegText),
	                    MCXT_ALLOC_HUGE);
	Datum element;
	bool is_null;

	*n = 0;
	while (array_iterate(elements, &element, &is_null))
	{
		const text *token;

		if (is_null)
			continue;
		token = DatumGetTextPP(element);
		tokens[(*n)++] =
			(SegText){VARDATA_ANY(token), VARSIZE_ANY_EXHDR(token)};
	}
	array_free_iterator(elements);
	qsort(tokens, *n, sizeof(SegText), compare_tokens);
	return tokens;
}

Datum
segment_top_keywords_array_trans(PG_FUNCTION_ARGS)
{
	CountState *state;
	SegText *tokens;
	int n;

	if (PG_ARGISNULL(1))
		RETURN_STATE_UNCHANGED();
	state = keywords_of_group(fcinfo);
	tokens = sorted_tokens(PG_GETARG_ARRAYTYPE_P(1), &n);
	for (int i = 0; i < n; i++)
		if (i == 0 || seg_text_compare(tokens[i], tokens[i - 1]) != 0)
			count_word(&state, tokens[i].bytes, tokens[i].length);
	PG_RETURN_POINTER(state);
}

Datum
segment_top_keywords_combine(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1) &&
	    keywords_argument(fcinfo, 0)->setting !=
	        keywords_argument(fcinfo, 1)->setting)
		segment_changed(NUMBER, WAY_OUT);
	return count_state_combine(fcinfo,
	                           KEYWORDS_STATE,
	                           SEG_INTEREST_COUNT_WIDTH,
	                           seg_interest_merge);
}

Datum
segment_top_keywords_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	CountState *state = keywords_argument(fcinfo, 0);
	int64 *ranked = palloc(state->setting * sizeof(int64));
	Datum *words = palloc(state->setting * sizeof(Datum));
	int64 count;

	segment_check(&env,
	              seg_interest_rank(&env,
	                                &state->map,
	                                state->setting,
	                                ranked,
	                                &count));
	for (int64 i = 0; i < count; i++)
	{
		SegText word = seg_count_map_key(&state->map, ranked[i]);

		count_state_check_text(word);
		words[i] = PointerGetDatum(
			cstring_to_text_with_len(word.bytes, (int) word.length));
	}
	PG_RETURN_ARRAYTYPE_P(
		construct_array(words, (int) count, TEXTOID, -1, false, TYPALIGN_INT));
}
