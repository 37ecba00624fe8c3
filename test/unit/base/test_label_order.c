/* test_label_order.c: base/label_order.c */
#include "base/label_order.h"

#include "unit.h"

void test_label_order(void);

static SegTexts
set_of(const int64_t *ends, const char *bytes, int64_t count)
{
	return (SegTexts){ends, bytes, count};
}

/* The union of two sets has the labels of both, each once, in order. */
static void
sets(void)
{
	static const int64_t a_ends[] = {1, 3, 4};
	static const int64_t b_ends[] = {2, 2, 3, 4};
	static const char *const want[] = {"2", "10", "", "a", "b"};
	SegEnv env = unit_env();
	SegTexts a = set_of(a_ends, "210b", 3);
	SegTexts b = set_of(b_ends, "10ab", 4); /* 10, nothing, a, b */
	SegTexts none = set_of(NULL, NULL, 0);
	SegTexts swapped = set_of(a_ends, "b10a", 3);
	SegTexts both;

	CHECK(seg_labels_are_set(&a));
	CHECK(seg_labels_are_set(&b));
	CHECK(seg_labels_are_set(&none));
	CHECK(!seg_labels_are_set(&swapped));
	CHECK(seg_labels_unite(&env, &a, &b, &both) == SEG_OK);
	CHECK(both.count == 5);
	CHECK(seg_labels_are_set(&both));
	for (int i = 0; i < 5; i++)
	{
		SegText label = {want[i], (int64_t) strlen(want[i])};

		CHECK(seg_text_compare(seg_texts_get(&both, i), label) == 0);
		CHECK(seg_labels_find(&both, label) == i);
	}
	CHECK(seg_labels_find(&both, (SegText){"c", 1}) == -1);
	CHECK(seg_labels_find(&none, (SegText){"c", 1}) == -1);
	CHECK(seg_labels_unite(&env, &none, &none, &both) == SEG_OK);
	CHECK(both.count == 0);
	unit_env_fail_after(&env, 1);
	CHECK(seg_labels_unite(&env, &a, &b, &both) == SEG_NO_MEMORY);
	unit_env_free(&env);
}

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
	sets();
}
