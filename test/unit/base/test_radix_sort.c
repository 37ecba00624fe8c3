/* test_radix_sort.c: base/radix_sort.c, against the definition of order */
#include "base/radix_sort.h"

#include <float.h>

#include "unit.h"

void test_radix_sort(void);

#define MOST 3000

static void
sorts_and_keeps_ties_in_place(int64_t n, int64_t distinct)
{
	static SegRadixItem items[MOST], scratch[MOST];
	bool seen[MOST] = {false};
	bool in_order = true;
	SegEnv env = unit_env();

	for (int64_t i = 0; i < n; i++)
	{
		double x = (double) (i * 7919 % distinct - distinct / 2) / 3.0;

		items[i] = (SegRadixItem){seg_radix_key(x), .index = i};
	}
	CHECK(seg_radix_sort(&env, items, scratch, n) == SEG_OK);
	unit_env_free(&env);
	for (int64_t i = 0; i < n; i++)
	{
		CHECK(!seen[items[i].index]);
		seen[items[i].index] = true;
		if (i > 0)
			in_order = in_order && (items[i - 1].key < items[i].key ||
			                        (items[i - 1].key == items[i].key &&
			                         items[i - 1].index < items[i].index));
	}
	CHECK(in_order);
}

static void
keys_have_the_order_of_doubles(void)
{
	static const double ascending[] = {-INFINITY,
	                                   -DBL_MAX,
	                                   -1.5,
	                                   -1.0,
	                                   -DBL_MIN,
	                                   -5e-324,
	                                   -0.0,
	                                   0.0,
	                                   5e-324,
	                                   DBL_MIN,
	                                   1.0,
	                                   1.5,
	                                   DBL_MAX,
	                                   INFINITY};

	for (int i = 0; i < 14; i++)
	{
		CHECK(seg_radix_unkey(seg_radix_key(ascending[i])) == ascending[i]);
		if (i > 0)
			CHECK(seg_radix_key(ascending[i - 1]) <
			      seg_radix_key(ascending[i]));
	}
}

/* Few numbers and many, of one byte and of four bytes. */
static void
sorts_small_numbers(void)
{
	for (int n = 0; n < 3000; n = n < 40 ? n + 1 : n * 2)
		for (int shift = 0; shift < 31; shift += 5)
		{
			int32_t x[3000];
			int32_t scratch[3000];
			int64_t sum = 0;
			bool is_sorted = true;

			for (int i = 0; i < n; i++)
			{
				x[i] =
					(int32_t) (i * UINT64_C(2654435761) % INT32_MAX) >> shift;
				sum += x[i];
			}
			seg_radix_sort_int32(x, scratch, n);
			for (int i = 0; i < n; i++)
			{
				is_sorted = is_sorted && (i == 0 || x[i - 1] <= x[i]);
				sum -= x[i];
			}
			CHECK(is_sorted && sum == 0);
		}
}

void
test_radix_sort(void)
{
	sorts_small_numbers();
	for (int64_t n = 0; n < 130; n++)
		for (int64_t distinct = 1; distinct <= n + 1; distinct += 9)
			sorts_and_keeps_ties_in_place(n, distinct);
	sorts_and_keeps_ties_in_place(MOST, MOST);
	sorts_and_keeps_ties_in_place(MOST, 300);
	sorts_and_keeps_ties_in_place(MOST, 2);
	keys_have_the_order_of_doubles();
}
