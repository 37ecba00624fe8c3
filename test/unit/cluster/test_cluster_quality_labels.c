/* test_cluster_quality_labels.c: kernel/cluster/cluster_quality_labels.c against counting every pair of rows */
#include "kernel/cluster/cluster_quality_labels.h"
#include "unit.h"

void test_cluster_quality_labels(void);

#define N 60

static SegText
text_of(int label, char *buffer)
{
	return (SegText){buffer, snprintf(buffer, 16, "%d", label)};
}

static SegCountMap *
tabulate(SegEnv *env, const int *a, const int *b, int n)
{
	SegCountMap *map;

	seg_count_map_create(env, SEG_CONTINGENCY_WIDTH, &map);
	for (int i = 0; i < n; i++)
	{
		char left[16], right[16], key[64];
		SegText x = text_of(a[i], left);
		SegText y = text_of(b[i], right);
		int64_t at;

		seg_pair_key(x, y, key);
		seg_count_map_insert(env, &map, key, seg_pair_key_size(x, y), &at);
		++*(int64_t *) seg_count_map_words(map, at);
	}
	return map;
}

static double
brute_rand(const int *a, const int *b, int n)
{
	double tp = 0, tn = 0, fp = 0, fn = 0;

	for (int i = 0; i < n; i++)
	{
		for (int j = 0; j < n; j++)
		{
			if (i == j)
				continue;
			tp += a[i] == a[j] && b[i] == b[j];
			tn += a[i] != a[j] && b[i] != b[j];
			fp += a[i] != a[j] && b[i] == b[j];
			fn += a[i] == a[j] && b[i] != b[j];
		}
	}
	if (fp == 0 && fn == 0)
		return 1;
	return 2 * (tp * tn - fn * fp) /
	       ((tp + fn) * (fn + tn) + (tp + fp) * (fp + tn));
}

static double
brute_information(const int *a, const int *b, int n)
{
	double joint = 0, left = 0, right = 0;

	for (int i = 0; i < n; i++)
	{
		double ab = 0, as = 0, bs = 0;

		for (int j = 0; j < n; j++)
		{
			ab += a[i] == a[j] && b[i] == b[j];
			as += a[i] == a[j];
			bs += b[i] == b[j];
		}
		joint -= log(ab / n) / n;
		left -= log(as / n) / n;
		right -= log(bs / n) / n;
	}
	return left == 0 && right == 0
	           ? 1
	           : (left + right - joint) / ((left + right) / 2);
}

static void
agrees_with_pairs(int a_labels, int b_labels, int shift)
{
	SegEnv env = unit_env();
	int a[N], b[N];
	SegCountMap *map;
	double got;

	for (int i = 0; i < N; i++)
	{
		a[i] = i * i % a_labels;
		b[i] = (i + shift) % b_labels;
	}
	map = tabulate(&env, a, b, N);
	CHECK(seg_adjusted_rand(&env, map, &got) == SEG_OK);
	CHECK_NEAR(got, brute_rand(a, b, N), 1e-14);
	CHECK(seg_normalized_mutual_information(&env, map, &got) == SEG_OK);
	CHECK_NEAR(got, brute_information(a, b, N), 1e-13);
	unit_env_free(&env);
}

/* Counts of 2^50 rows: the products exceed 2^100 and stay precise. */
static void
takes_large_counts(void)
{
	SegEnv env = unit_env();
	int a[4] = {0, 0, 1, 1}, b[4] = {0, 1, 0, 1};
	SegCountMap *map = tabulate(&env, a, b, 4);
	double got;

	for (int i = 0; i < 4; i++)
		*(int64_t *) seg_count_map_words(map, i) = INT64_C(1) << 50;
	CHECK(seg_adjusted_rand(&env, map, &got) == SEG_OK);
	CHECK(got < 0 && got > -0x1p-50);
	CHECK(seg_normalized_mutual_information(&env, map, &got) == SEG_OK &&
	      got == 0);
	*(int64_t *) seg_count_map_words(map, 0) = INT64_C(1) << 53;
	CHECK(seg_adjusted_rand(&env, map, &got) == SEG_CORRUPT);
	*(int64_t *) seg_count_map_words(map, 0) = -1;
	CHECK(seg_adjusted_rand(&env, map, &got) == SEG_CORRUPT);
	unit_env_free(&env);
}

void
test_cluster_quality_labels(void)
{
	for (int a = 1; a < 12; a++)
		for (int b = 1; b < 12; b++)
			agrees_with_pairs(a, b, a + b);
	agrees_with_pairs(N * N, N, 0);
	takes_large_counts();
}
