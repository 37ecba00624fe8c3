/* test_label_order.c: base/label_order.c */
#include "base/label_order.h"

#include "unit.h"

void test_label_order(void);

/* Every pair of a sorted list compares in the order of the list. */
void
test_label_order(void)
{
	static const char *const ordered[] = {"-999999999999999999",
	                                      "-10",
	                                      "-9",
	                                      "0",
	                                      "2",
	                                      "10",
	                                      "999999999999999999",
	                                      "",
	                                      "-",
	                                      "-0",
	                                      "007",
	                                      "1.5",
	                                      "1000000000000000000",
	                                      "9a",
	                                      "B",
	                                      "a",
	                                      "ab",
	                                      "b",
	                                      "\xc3\xa9"};
	int n = (int) (sizeof(ordered) / sizeof(ordered[0]));

	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
		{
			SegText a = {ordered[i], (int64_t) strlen(ordered[i])};
			SegText b = {ordered[j], (int64_t) strlen(ordered[j])};
			int order = seg_label_compare(a, b);

			CHECK((order > 0) - (order < 0) == (i > j) - (i < j));
		}
}
