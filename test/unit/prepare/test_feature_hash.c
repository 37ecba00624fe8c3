/* test_feature_hash.c: kernel/prepare/feature_hash.c */
#include "kernel/prepare/feature_hash.h"

#include <float.h>

#include "unit.h"

void test_feature_hash(void);

/* Published values of MurmurHash3_x86_32 with seed 0. */
static void
hashes(void)
{
	CHECK(seg_murmur_hash("", 0) == 0);
	CHECK(seg_murmur_hash("test", 4) == 0xba6bd213);
	CHECK(seg_murmur_hash("Hello, world!", 13) == 0xc0363e43);
	CHECK(seg_murmur_hash("The quick brown fox jumps over the lazy dog", 43) ==
	      0x2e4ff723);
}

/* Each word counts once, and the places are all in range. */
static void
counts(void)
{
	double total = 0;

	for (int n = 1; n < 40; n++)
	{
		double x[40] = {0};
		char word[8];
		double sum = 0;

		for (int i = 0; i < 100; i++)
		{
			int length = snprintf(word, sizeof(word), "w%d", i);

			seg_feature_hash_add((SegText){word, length}, n, x);
			seg_feature_hash_add((SegText){word, length}, n, x);
		}
		for (int j = 0; j < 40; j++)
		{
			CHECK(j < n || x[j] == 0);
			CHECK(fmod(x[j], 2) == 0);
			sum += x[j];
		}
		CHECK(n == 1 || sum == total);
		total = sum;
	}
}

static void
buckets(void)
{
	const double edges[] = {-2, 0, 0.5, 7, 1e300};
	const double falling[] = {3, 2}, equal[] = {1, 1}, odd[] = {1, NAN, 3};
	const double endless[] = {1, INFINITY};

	for (int n = 0; n <= 5; n++)
	{
		const double values[] = {-INFINITY, -2, -1, 0, 0.25, 0.5, 7, 1e301};

		for (int i = 0; i < 8; i++)
		{
			int below = 0;

			for (int e = 0; e < n; e++)
				below += edges[e] <= values[i];
			CHECK(seg_bucket(edges, n, values[i]) == below);
		}
		CHECK(seg_edges_ascend(edges, n));
	}
	CHECK(!seg_edges_ascend(falling, 2) && !seg_edges_ascend(equal, 2));
	CHECK(!seg_edges_ascend(odd, 3) && !seg_edges_ascend(endless, 2));
}

void
test_feature_hash(void)
{
	hashes();
	counts();
	buckets();
}
