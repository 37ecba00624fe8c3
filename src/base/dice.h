/*-------------------------------------------------------------------------
 *
 * dice.h
 *	  Exact random choices among whole numbers, from a source of random bytes.
 *
 * Noise that protects people must be unpredictable, and its chances must be
 * exactly what they are said to be. So there are no floating-point numbers here,
 * and no remainder of a division, which would favour small numbers.
 *
 * A sampler sees SegDice alone: a test may hand it dice of its own and follow
 * every way that it can take.
 *
 * src/base/dice.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_DICE_H
#define SEG_BASE_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef unsigned __int128 SegChances;

typedef struct SegDice
{
	/* a number from 0 to n - 1, each as likely as the others */
	SegChances (*below)(void *host, SegChances n);
	/* true with a chance of favourable / all, which is at most 1 */
	bool (*chance)(void *host, SegChances favourable, SegChances all);
	void *host;
} SegDice;

/* Where random bytes come from; fill does not return if there are none. */
typedef struct SegRandomBytes
{
	void (*fill)(void *host, void *bytes, size_t size);
	void *host;
} SegRandomBytes;

/* Dice that throw what the bytes say; they point to the source. */
extern SegDice seg_dice(SegRandomBytes *source);

static inline SegChances
seg_dice_below(const SegDice *dice, SegChances n)
{
	return dice->below(dice->host, n);
}

static inline bool
seg_dice_chance(const SegDice *dice, SegChances favourable, SegChances all)
{
	return dice->chance(dice->host, favourable, all);
}

#endif /* SEG_BASE_DICE_H */
