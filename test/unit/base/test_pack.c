/* test_pack.c: base/pack.c, words without their zero bytes */
#include "base/pack.h"

#include <math.h>
#include <string.h>

#include "unit.h"

void test_pack(void);

#define WORDS 300

/* Every run of bytes that are not zero, and numbers as they occur. */
static size_t
fill(uint64_t *words)
{
	static const double numbers[] =
		{0, 1, -1, 12.5, 0.1, 1e308, 5e-324, INFINITY, -0.0, 0.3};
	size_t n = 0;

	for (int low = 0; low < 8; low++)
	{
		for (int high = low; high < 8; high++)
		{
			words[n++] =
				(UINT64_C(0xa5) << 8 * low) | (UINT64_C(1) << 8 * high);
			words[n++] =
				(UINT64_C(0xff) << 8 * high) | (UINT64_C(1) << 8 * low);
		}
	}
	for (uint64_t whole = 1; whole != 0; whole *= 2)
		words[n++] = whole;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		memcpy(&words[n++], &numbers[i], sizeof(double));
	return n;
}

static void
comes_back(void)
{
	uint64_t words[WORDS], again[WORDS];
	char packed[SEG_PACKED_MOST(sizeof(words))];
	size_t n = fill(words);

	for (size_t from = 0; from < n; from++)
	{
		for (size_t to = from; to <= n; to += 1 + (n - from) / 5)
		{
			size_t size = (to - from) * sizeof(*words);
			size_t need = seg_pack(words + from, size, packed);

			CHECK(need <= SEG_PACKED_MOST(size));
			memset(again, 0x55, sizeof(again));
			CHECK(seg_unpack(packed, need, again, size));
			CHECK(memcmp(again, words + from, size) == 0);
			CHECK(again[to - from] == UINT64_C(0x5555555555555555));
		}
	}
}

static void
takes_little(void)
{
	char packed[9];
	uint64_t zero = 0, count = 255, tail = UINT64_MAX;
	double whole = 30, cents = 0.1;

	CHECK(seg_pack(&zero, 8, packed) == 1);
	CHECK(seg_pack(&count, 8, packed) == 2);
	CHECK(seg_pack(&whole, 8, packed) == 3);
	CHECK(seg_pack(&cents, 8, packed) == 9);
	CHECK(seg_pack(&tail, 8, packed) == 9);
	CHECK(seg_pack(&zero, 0, packed) == 0);
}

/* Damaged bytes: never more is read or written than was said. */
static void
refuses_damage(void)
{
	uint64_t words[WORDS], again[WORDS];
	unsigned char packed[SEG_PACKED_MOST(sizeof(words))];
	size_t n = fill(words);
	size_t size = n * sizeof(*words);
	size_t need = seg_pack(words, size, packed);

	CHECK(!seg_unpack(packed, need, again, size - 8));
	CHECK(!seg_unpack(packed, need, again, size + 8));
	for (size_t less = 0; less < need; less++)
		CHECK(!seg_unpack(packed, less, again, size));
	for (int head = 0; head < 256; head++)
	{
		unsigned char bytes[9] = {(unsigned char) head};
		size_t kept = (size_t) head & 15;
		bool is_good = kept + ((size_t) head >> 4) <= 8;

		CHECK(seg_unpack(bytes, kept < 8 ? kept + 1 : 9, again, 8) == is_good);
	}
}

void
test_pack(void)
{
	comes_back();
	takes_little();
	refuses_damage();
}
