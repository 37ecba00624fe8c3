/*-------------------------------------------------------------------------
 *
 * retention.h
 *	  In which periods after the start was a user active?
 *
 * src/kernel/journey/retention.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_RETENTION_H
#define SEG_KERNEL_RETENTION_H

#include <stdbool.h>
#include <stdint.h>

#define SEG_RETENTION_MAX_PERIODS 10000

/*
 * Periods are numbered from 0; number n is all that comes after the n asked
 * for.
 */
#define SEG_RETENTION_WORDS(n) ((n) / 64 + 1)

static inline void
seg_retention_add(uint64_t *active, int64_t period)
{
	active[period / 64] |= UINT64_C(1) << period % 64;
}

extern void
seg_retention_merge(uint64_t *into, const uint64_t *from, int64_t n);

/* Are no bits set but those of periods 0 … n? */
static inline bool
seg_retention_is_sound(const uint64_t *active, int64_t n)
{
	int64_t used = n % 64 + 1; /* bits of the last word */

	return used == 64 || active[n / 64] >> used == 0;
}

/* For each of n periods: active in it or, if unbounded, in it or later? */
extern void seg_retention_periods(const uint64_t *active, int64_t n,
                                  bool unbounded, bool *result);

#endif /* SEG_KERNEL_RETENTION_H */
