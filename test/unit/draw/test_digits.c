/* test_digits.c: draw/digits.c and ticks.c without a server */
#include "draw/ticks.h"
#include "unit.h"

void test_digits(void);

static const SegNumberStyle plain = {.format = SEG_DIGITS_NUMBER};
static const SegNumberStyle percent = {.format = SEG_DIGITS_PERCENT};
static const SegNumberStyle euros = {.format = SEG_DIGITS_NUMBER,
                                     .unit = {"\xE2\x82\xAC", 3}};

static double
share(uint64_t *seed)
{
	return unit_draw(seed, 1 << 30) / (double) (1 << 30);
}

static bool
is_printed(double x, const SegNumberStyle *style, const char *want)
{
	char text[SEG_MAX_DIGITS];
	int64_t length = seg_print_rounded(x, style, text);

	return length == (int64_t) strlen(want) && memcmp(text, want, length) == 0;
}

static void
numbers_by_hand(void)
{
	CHECK(is_printed(0, &plain, "0"));
	CHECK(is_printed(7, &plain, "7"));
	CHECK(is_printed(-1234567,
	                 &plain,
	                 "\xE2\x88\x92"
	                 "1,234,567"));
	CHECK(is_printed(999999999999999, &plain, "999,999,999,999,999"));
	CHECK(is_printed(1e15, &plain, "1e15"));
	CHECK(is_printed(123456789012345678.0, &plain, "1.235e17"));
	CHECK(is_printed(1234.5678, &plain, "1,235"));
	CHECK(is_printed(123.45678, &plain, "123.5"));
	CHECK(is_printed(0.5, &plain, "0.5"));
	CHECK(is_printed(0.00001234567, &plain, "0.00001235"));
	CHECK(is_printed(1.5e-9,
	                 &plain,
	                 "1.5e\xE2\x88\x92"
	                 "9"));
	CHECK(is_printed(999.96, &plain, "1,000"));
	CHECK(is_printed(5e-324,
	                 &plain,
	                 "4.941e\xE2\x88\x92"
	                 "324"));
	CHECK(is_printed(1.7976931348623157e308, &plain, "1.798e308"));
	CHECK(is_printed(0.25, &percent, "25%"));
	CHECK(is_printed(0.12345, &percent, "12.34%") ||
	      is_printed(0.12345, &percent, "12.35%"));
	CHECK(is_printed(12, &percent, "1,200%"));
	CHECK(is_printed(2.5, &euros, "2.5\xE2\x80\xAF\xE2\x82\xAC"));
}

/*
 * Read back what is printed: commas out, and the minus sign in ASCII.
 */
static double
read_back(const char *text, int64_t length)
{
	char plain_text[SEG_MAX_DIGITS];
	int n = 0;

	for (int64_t i = 0; i < length; i++)
	{
		if (text[i] == '\xE2')
		{
			plain_text[n++] = '-';
			i += 2;
		}
		else if (text[i] != ',')
			plain_text[n++] = text[i];
	}
	plain_text[n] = '\0';
	return strtod(plain_text, NULL);
}

/*
 * Every number comes back to half a unit of its fourth digit, and whole ones
 * exactly.
 */
static void
numbers_come_back(void)
{
	uint64_t seed = 1;

	for (int i = 0; i < 100000; i++)
	{
		double x = (share(&seed) - 0.5) * pow(10, -300 + 600 * share(&seed));
		double whole = rint((share(&seed) - 0.5) * 1e12);
		char text[SEG_MAX_DIGITS];
		double y = read_back(text, seg_print_rounded(x, &plain, text));

		CHECK(fabs(y - x) <= 0.000501 * fabs(x));
		y = read_back(text, seg_print_rounded(whole, &plain, text));
		CHECK(y == whole);
	}
}

/*
 * Ticks lie within the range, no more of them than wanted, and finer ones would be
 * too many.
 */
static void
ticks_fill_range(void)
{
	uint64_t seed = 2;

	for (int i = 0; i < 100000; i++)
	{
		double size = pow(10, -290 + 590 * share(&seed));
		SegScale scale = {.from = 10, .to = 210};
		int64_t most = 2 + (int64_t) (9 * share(&seed));
		double low = (share(&seed) - 0.5) * size;
		double width = size * pow(10, -13 * share(&seed));
		SegTicks ticks;
		double last = -INFINITY;

		seg_scale_set_range(&scale, low, low + width);
		CHECK(scale.low <= low && scale.high >= low + width);
		ticks = seg_ticks(scale.low, scale.high, most);
		CHECK(ticks.last - ticks.first + 1 <= most);
		CHECK(ticks.last - ticks.first + 1 >= (most + 1) / 2.5 - 1);
		for (int64_t t = ticks.first; t <= ticks.last; t++)
		{
			double value = seg_tick_value(&ticks, t);
			double slack = 1e-3 * (scale.high - scale.low);
			double place = seg_scale_place(&scale, value);
			char text[SEG_MAX_DIGITS];
			int64_t length = seg_tick_print(&ticks, t, &plain, text);

			CHECK(value > last);
			CHECK(value >= scale.low - slack && value <= scale.high + slack);
			CHECK(place > 9.9 && place < 210.1);
			CHECK(fabs(read_back(text, length) - value) <= 1e-14 * fabs(value));
			last = value;
		}
	}
}

static void
ranges_without_width(void)
{
	static const double values[] =
		{0, 1, -1, 1e-320, 1e300, -1e308, 1.7e308, 12345.678};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
	{
		SegScale scale = {.from = 0, .to = 100};
		SegTicks ticks;

		seg_scale_set_range(&scale, values[i], values[i]);
		CHECK(scale.low < scale.high);
		CHECK_NEAR(seg_scale_place(&scale, values[i]), 50, 1e-3);
		ticks = seg_ticks(scale.low, scale.high, 5);
		CHECK(ticks.last - ticks.first < 5);
	}
	{
		SegScale scale = {.from = 0, .to = 100};

		seg_scale_set_range(&scale, -1.7e308, 1.7e308);
		CHECK_NEAR(seg_scale_place(&scale, 0), 50, 1e-9);
		CHECK(seg_ticks(scale.low, scale.high, 5).last >= 1);
	}
}

/*
 * Numbers beside each other have as many digits as tell the large ones apart.
 */
static void
digits_in_common(void)
{
	const SegNumberStyle percent = {.format = SEG_DIGITS_PERCENT};
	const double shares[] = {0.7, 0.757, NAN, 0.6846};
	const double round_shares[] = {0.7, 0.75, 1};
	const double counts[] = {948, 3, 0};
	const double sums[] = {12345.678, -2};
	const double spread[] = {1000, 0.001};
	const double halves[] = {1.5, -0.5};
	char text[SEG_MAX_DIGITS];
	int64_t length;

	CHECK(seg_common_digit(shares, 4, &percent) == -3);
	CHECK(seg_common_digit(round_shares, 3, &percent) == -2);
	CHECK(seg_common_digit(counts, 3, &seg_plain_numbers) == 0);
	CHECK(seg_common_digit(sums, 2, &seg_plain_numbers) == 0);
	CHECK(seg_common_digit(spread, 2, &seg_plain_numbers) == SEG_NO_DIGIT);
	CHECK(seg_common_digit(halves, 2, &seg_plain_numbers) == -1);
	length = seg_print_to_digit(0.7, -3, &percent, text);
	CHECK(length == 5 && memcmp(text, "70.0%", 5) == 0);
	length = seg_print_to_digit(0.001, SEG_NO_DIGIT, &seg_plain_numbers, text);
	CHECK(length == 5 && memcmp(text, "0.001", 5) == 0);
}

void
test_digits(void)
{
	digits_in_common();
	numbers_by_hand();
	numbers_come_back();
	ticks_fill_range();
	ranges_without_width();
}
