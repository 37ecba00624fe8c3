/* test_ids.c: base/ids.c, ids as numbers and as texts */
#include "base/ids.h"
#include "unit.h"

void test_ids(void);

static bool
is_sound(const SegIds *ids)
{
	return ids->numbers != NULL ? seg_ids_are_sound(ids, ids->count, 0)
	                            : seg_ids_are_sound(ids, 0, ids->count);
}

static void
prints(int64_t number, const char *want)
{
	char digits[SEG_ID_DIGITS];
	int64_t length = seg_id_print(number, digits);
	int64_t back;

	CHECK(length == (int64_t) strlen(want));
	CHECK(memcmp(digits, want, (size_t) length) == 0);
	CHECK(seg_id_is_number((SegText){digits, length}, &back));
	CHECK(back == number);
}

static void
is_no_number(const char *text)
{
	int64_t number;

	CHECK(!seg_id_is_number((SegText){text, (int64_t) strlen(text)}, &number));
}

static void
reads_and_prints_numbers(void)
{
	prints(0, "0");
	prints(7, "7");
	prints(-7, "-7");
	prints(1234567890, "1234567890");
	prints(INT64_MAX, "9223372036854775807");
	prints(INT64_MIN, "-9223372036854775808");
	for (int64_t x = 1; x < INT64_MAX / 10; x = x * 10 + 3)
	{
		char want[32];

		sprintf(want, "%lld", (long long) x);
		prints(x, want);
		sprintf(want, "%lld", (long long) -x);
		prints(-x, want);
	}
	is_no_number("");
	is_no_number("-");
	is_no_number("-0");
	is_no_number("07");
	is_no_number("+7");
	is_no_number(" 7");
	is_no_number("7a");
	is_no_number("9223372036854775808");
	is_no_number("-9223372036854775809");
	is_no_number("99999999999999999999");
	is_no_number("123456789012345678901");
}

static SegId
number_id(int64_t number)
{
	return (SegId){true, number, {NULL, 0}};
}

static SegId
text_id(const char *text)
{
	return (SegId){false, 0, {text, (int64_t) strlen(text)}};
}

static void
finds_numbers(void)
{
	int64_t numbers[] = {-5, 0, 7, 10, 100};
	SegIds ids = {5, numbers, {NULL, NULL, 0}};
	char digits[SEG_ID_DIGITS];

	CHECK(is_sound(&ids));
	for (int64_t i = 0; i < 5; i++)
	{
		SegId as_number = number_id(numbers[i]);
		SegText text = seg_ids_text(&ids, i, digits);
		SegId as_text = {false, 0, text};

		CHECK(seg_ids_find(&ids, &as_number) == i);
		CHECK(seg_ids_find(&ids, &as_text) == i);
	}
	for (int64_t x = -7; x < 120; x++)
	{
		SegId id = number_id(x);
		int64_t at = seg_ids_find(&ids, &id);

		CHECK(at < 0 || numbers[at] == x);
	}
	CHECK(seg_ids_find(&ids, &(SegId){false, 0, {"x", 1}}) == -1);
	CHECK(seg_ids_find(&ids, &(SegId){false, 0, {"07", 2}}) == -1);
	numbers[3] = 7;
	CHECK(!is_sound(&ids));
}

static void
finds_texts(void)
{
	/* in byte order: "10" before "7" before "a" */
	int64_t ends[] = {2, 3, 4, 6};
	SegIds ids = {4, NULL, {ends, "107aab", 4}};
	SegId ten = number_id(10);
	SegId aab = text_id("ab");
	SegId none = text_id("b");
	SegId least = text_id("");
	char digits[SEG_ID_DIGITS];

	CHECK(is_sound(&ids));
	CHECK(seg_ids_find(&ids, &ten) == 0);
	CHECK(seg_ids_find(&ids, &aab) == 3);
	CHECK(seg_ids_find(&ids, &none) == -1);
	CHECK(seg_ids_find(&ids, &least) == -1);
	CHECK(memcmp(seg_ids_text(&ids, 1, digits).bytes, "7", 1) == 0);
	ids.names.bytes = "177aab";
	CHECK(is_sound(&ids));
	ids.names.bytes = "997aab";
	CHECK(!is_sound(&ids));
	ids.count = 0;
	CHECK(seg_ids_find(&ids, &ten) == -1);
}

static void
selects_some(void)
{
	int64_t ends[] = {2, 3, 4, 6};
	int64_t numbers[] = {-5, 0, 7, 10, 100};
	SegIds texts = {4, NULL, {ends, "107aab", 4}};
	SegIds ids = {5, numbers, {NULL, NULL, 0}};
	const int32_t places[] = {0, 3};
	SegEnv env = unit_env();
	SegIds chosen;
	char digits[SEG_ID_DIGITS];

	CHECK(seg_ids_select(&env, &ids, places, 2, &chosen) == SEG_OK);
	CHECK(chosen.count == 2 && chosen.numbers[0] == -5 &&
	      chosen.numbers[1] == 10);
	CHECK(seg_ids_select(&env, &texts, places, 2, &chosen) == SEG_OK);
	CHECK(chosen.count == 2 && chosen.numbers == NULL);
	CHECK(is_sound(&chosen));
	CHECK(memcmp(seg_ids_text(&chosen, 0, digits).bytes, "10", 2) == 0);
	CHECK(memcmp(seg_ids_text(&chosen, 1, digits).bytes, "ab", 2) == 0);
	CHECK(seg_ids_select(&env, &texts, places, 0, &chosen) == SEG_OK);
	CHECK(chosen.count == 0 && is_sound(&chosen));
	unit_env_fail_after(&env, 1);
	CHECK(seg_ids_select(&env, &texts, places, 2, &chosen) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

void
test_ids(void)
{
	reads_and_prints_numbers();
	finds_numbers();
	finds_texts();
	selects_some();
}
