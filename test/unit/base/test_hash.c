/*
 * test_hash.c: base/hash.c against published vectors and a second, plain XXH64
 */
#include "base/hash.h"
#include "unit.h"

void test_hash(void);

#define P1 UINT64_C(11400714785074694791)
#define P2 UINT64_C(14029467366897019727)
#define P3 UINT64_C(1609587929392839161)
#define P4 UINT64_C(9650029242287828579)
#define P5 UINT64_C(2870177450012600261)

static uint64_t
rotate(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

/* Read byte by byte, little-endian. */
static uint64_t
number(const uint8_t *at, int bytes)
{
	uint64_t v = 0;

	for (int i = bytes - 1; i >= 0; i--)
		v = v << 8 | at[i];
	return v;
}

static uint64_t
round_of(uint64_t acc, uint64_t word)
{
	return rotate(acc + word * P2, 31) * P1;
}

/* The specification, step by step, written without looking at hash.c. */
static uint64_t
plain_xxh64(const uint8_t *p, size_t length, uint64_t seed)
{
	const uint8_t *end = p + length;
	uint64_t h = seed + P5;

	if (length >= 32)
	{
		uint64_t a = seed + P1 + P2, b = seed + P2, c = seed, d = seed - P1;
		uint64_t acc[4];

		for (; end - p >= 32; p += 32)
		{
			a = round_of(a, number(p, 8));
			b = round_of(b, number(p + 8, 8));
			c = round_of(c, number(p + 16, 8));
			d = round_of(d, number(p + 24, 8));
		}
		acc[0] = a, acc[1] = b, acc[2] = c, acc[3] = d;
		h = rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18);
		for (int i = 0; i < 4; i++)
			h = (h ^ round_of(0, acc[i])) * P1 + P4;
	}
	h += length;
	for (; end - p >= 8; p += 8)
		h = rotate(h ^ round_of(0, number(p, 8)), 27) * P1 + P4;
	for (; end - p >= 4; p += 4)
		h = rotate(h ^ number(p, 4) * P1, 23) * P2 + P3;
	for (; p < end; p++)
		h = rotate(h ^ *p * P5, 11) * P1;
	h = (h ^ h >> 33) * P2;
	h = (h ^ h >> 29) * P3;
	return h ^ h >> 32;
}

static void
published_vectors(void)
{
	/* xxHash's own sanity checks: bytes of a multiplicative generator */
	uint8_t data[222];
	uint64_t generator = UINT64_C(2654435761);
	const char *text = "Nobody inspects the spammish repetition";

	for (size_t i = 0; i < sizeof(data); i++)
	{
		data[i] = (uint8_t) (generator >> 56);
		generator *= UINT64_C(11400714785074694797);
	}
	CHECK(seg_hash("", 0, 0) == UINT64_C(0xef46db3751d8e999));
	CHECK(seg_hash("a", 1, 0) == UINT64_C(0xd24ec4f1a98c6e5b));
	CHECK(seg_hash("abc", 3, 0) == UINT64_C(0x44bc2cf5ad770999));
	CHECK(seg_hash(text, strlen(text), 0) == UINT64_C(0xfbcea83c8a378bf1));
	CHECK(seg_hash(data, 0, 2654435761) == UINT64_C(0xac75fda2929b17ef));
	CHECK(seg_hash(data, 1, 0) == UINT64_C(0xe934a84adb052768));
	CHECK(seg_hash(data, 1, 2654435761) == UINT64_C(0x5014607643a9b4c3));
	CHECK(seg_hash(data, 4, 0) == UINT64_C(0x9136a0dca57457ee));
	CHECK(seg_hash(data, 14, 0) == UINT64_C(0x8282dcc4994e35c8));
	CHECK(seg_hash(data, 14, 2654435761) == UINT64_C(0xc3bd6bf63deb6df0));
	CHECK(seg_hash(data, 222, 0) == UINT64_C(0xb641ae8cb691c174));
	CHECK(seg_hash(data, 222, 2654435761) == UINT64_C(0x20cb8ab7ae10c14a));
}

static void
every_length_and_alignment(void)
{
	uint8_t data[1100];

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t) (i * 167 + (i >> 3));
	for (size_t length = 0; length <= 1024; length++)
	{
		const uint8_t *at = data + length % 9;
		uint64_t seed = length * P3;

		CHECK(seg_hash(at, length, seed) == plain_xxh64(at, length, seed));
	}
}

/* A draw depends only on its three keys, and is uniform. */
static void
draws_are_keyed(void)
{
	int hits[16] = {0};
	uint64_t key[2] = {7, 9};

	CHECK(seg_random_bits(5, 7, 9) == seg_random_bits(5, 7, 9));
	CHECK(seg_random_bits(5, 7, 9) != seg_random_bits(5, 9, 7));
	CHECK(seg_random_bits(5, 7, 9) != seg_random_bits(6, 7, 9));
	CHECK(seg_random_bits(5, 7, 9) ==
	      plain_xxh64((const uint8_t *) key, sizeof(key), 5));
	for (uint64_t i = 0; i < 16000; i++)
	{
		double x = seg_random_real(42, 3, i);

		CHECK(x >= 0.0 && x < 1.0);
		hits[(int) (x * 16)]++;
	}
	for (int i = 0; i < 16; i++)
		CHECK(abs(hits[i] - 1000) < 150); /* five deviations */
}

void
test_hash(void)
{
	published_vectors();
	every_length_and_alignment();
	draws_are_keyed();
}
