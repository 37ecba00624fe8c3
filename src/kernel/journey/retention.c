/*-------------------------------------------------------------------------
 *
 * retention.c
 *	  In which periods after the start was a user active?
 *
 * A bit for each period: sets of bits merge in any order.
 *
 * src/kernel/journey/retention.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/journey/retention.h"

static bool
is_active(const uint64_t *active, int64_t period)
{
	return active[period / 64] >> period % 64 & 1;
}

void
seg_retention_merge(uint64_t *into, const uint64_t *from, int64_t n)
{
	for (int64_t w = 0; w < SEG_RETENTION_WORDS(n); w++)
		into[w] |= from[w];
}

void
seg_retention_periods(const uint64_t *active, int64_t n, bool unbounded,
                      bool *result)
{
	bool later = is_active(active, n);

	for (int64_t i = n - 1; i >= 0; i--)
	{
		bool now = is_active(active, i);

		later = later || now;
		result[i] = unbounded ? later : now;
	}
}
