/* test_dice.c: base/dice.c, random choices from random bytes */
#include "base/dice.h"
#include "base/hash.h"
#include "unit.h"

void test_dice(void);

/* Words that are handed out one after the other. */
typedef struct Script
{
	const uint64_t *words;
	int at;
} Script;

static void
fill_from_script(void *host, void *bytes, size_t size)
{
	Script *script = host;

	CHECK(size % 8 == 0);
	memcpy(bytes, script->words + script->at, size);
	script->at += (int) (size / 8);
}

/* Of all patterns of the bits that n - 1 has, each number comes once, and the
 * others are thrown again: no number is more likely. */
static void
each_number_is_as_likely(void)
{
	for (uint64_t n = 2; n <= 70; n++)
	{
		uint64_t patterns = 1;
		int seen[128] = {0};
		bool is_fair = true;

		while (patterns < n)
			patterns *= 2;
		for (uint64_t pattern = 0; pattern < patterns; pattern++)
		{
			/* higher bits do not matter; a 0 ends what is thrown again */
			uint64_t words[2] = {pattern | UINT64_C(0xabcdef) << 40, 0};
			Script script = {words, 0};
			SegRandomBytes source = {fill_from_script, &script};
			SegDice dice = seg_dice(&source);
			SegChances number = seg_dice_below(&dice, n);

			CHECK(number < n);
			CHECK(script.at == (pattern < n ? 1 : 2));
			if (script.at == 1)
				seen[(int) number]++;
		}
		for (uint64_t i = 0; i < n; i++)
			is_fair = is_fair && seen[i] == 1;
		CHECK(is_fair);
	}
}

static void
wide_numbers_take_two_words(void)
{
	const uint64_t words[] = {1, 8, 2, 3, 5, 7};
	Script script = {words, 0};
	SegRandomBytes source = {fill_from_script, &script};
	SegDice dice = seg_dice(&source);
	SegChances four = (SegChances) 4 << 64;

	/* a high word of 8 counts as 0 of two bits */
	CHECK(seg_dice_below(&dice, four) == 1);
	CHECK(seg_dice_below(&dice, four) == (((SegChances) 3 << 64) | 2));
	/* the whole range of a word needs only one */
	CHECK(seg_dice_below(&dice, (SegChances) 1 << 64) == 5);
	CHECK(script.at == 5);
	/* there is nothing to choose */
	CHECK(seg_dice_below(&dice, 1) == 0);
	CHECK(script.at == 5);
}

static void
chances_are_shares_of_numbers(void)
{
	const uint64_t words[] = {0, 1, 2, 3, 4};
	Script script = {words, 0};
	SegRandomBytes source = {fill_from_script, &script};
	SegDice dice = seg_dice(&source);
	int favourable = 0;

	for (int i = 0; i < 5; i++)
		favourable += seg_dice_chance(&dice, 3, 5);
	CHECK(favourable == 3);
	CHECK(seg_dice_chance(&dice, 1, 1));
	CHECK(!seg_dice_chance(&dice, 0, 1));
	CHECK(script.at == 5);
}

void
test_dice(void)
{
	each_number_is_as_likely();
	wide_numbers_take_two_words();
	chances_are_shares_of_numbers();
}
