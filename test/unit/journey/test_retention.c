/* test_retention.c: kernel/journey/retention.c on every small set of periods */
#include "kernel/journey/retention.h"
#include "unit.h"

void test_retention(void);

static void
tells_periods(int64_t n, unsigned set)
{
	uint64_t active[SEG_RETENTION_WORDS(200)] = {0};
	uint64_t half[2][SEG_RETENTION_WORDS(200)] = {{0}};
	bool bounded[200], unbounded[200];
	bool later = false;

	for (int64_t i = 0; i <= n; i++)
	{
		if (!(set >> i % 7 & 1))
			continue;
		seg_retention_add(active, i);
		seg_retention_add(half[i % 2], i);
	}
	seg_retention_merge(half[0], half[1], n);
	CHECK(memcmp(half[0], active, sizeof(active)) == 0);
	CHECK(seg_retention_is_sound(active, n));
	seg_retention_periods(active, n, false, bounded);
	seg_retention_periods(active, n, true, unbounded);
	for (int64_t i = n; i >= 0; i--)
	{
		later = later || (set >> i % 7 & 1);
		if (i < n)
			CHECK(bounded[i] == (set >> i % 7 & 1) && unbounded[i] == later);
	}
	seg_retention_add(active, n + 1);
	CHECK(!seg_retention_is_sound(active, n) || n % 64 == 63);
}

void
test_retention(void)
{
	for (unsigned set = 0; set < 128; set++)
	{
		for (int64_t n = 1; n <= 6; n++)
			tells_periods(n, set);
		tells_periods(62, set);
		tells_periods(63, set);
		tells_periods(64, set);
		tells_periods(130, set);
	}
}
