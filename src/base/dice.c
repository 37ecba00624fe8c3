/*-------------------------------------------------------------------------
 *
 * dice.c
 *	  Exact random choices among whole numbers.
 *
 * As many bits as n - 1 has make a number below twice n at most; it is thrown
 * again until it is below n, so every number is as likely.
 *
 * src/base/dice.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/dice.h"

static SegChances
dice_below(void *host, SegChances n)
{
	const SegRandomBytes *source = host;
	SegChances mask = n - 1;
	SegChances number;

	if (n <= 1)
		return 0;
	for (int shift = 1; shift < 128; shift *= 2)
		mask |= mask >> shift;
	do
	{
		uint64_t word[2] = {0, 0};

		source->fill(source->host, word, mask >> 64 != 0 ? 16 : 8);
		number = ((SegChances) word[1] << 64 | word[0]) & mask;
	} while (number >= n);
	return number;
}

static bool
dice_chance(void *host, SegChances favourable, SegChances all)
{
	return dice_below(host, all) < favourable;
}

SegDice
seg_dice(SegRandomBytes *source)
{
	return (SegDice){dice_below, dice_chance, source};
}
