/* test_cluster_quality.c: the scores against their definitions, row by row */
#include "kernel/cluster/cluster_quality.h"
#include "kernel/cluster/silhouette.h"
#include "unit.h"

void test_cluster_quality(void);

#define N      90
#define DIM    3
#define STRIDE (DIM + SEG_LABEL_COLUMNS)

typedef struct Rows
{
	double x[N][STRIDE];
	int label[N];
	int n;
	int k;
} Rows;

static Rows
make_rows(int n, int k, double base, double scale)
{
	Rows r = {.n = n, .k = k};

	for (int i = 0; i < n; i++)
	{
		char text[16];

		/* the last cluster has one row */
		r.label[i] = i == n - 1 ? k - 1 : i % (k - 1);
		r.x[i][0] = base + scale * (r.label[i] * 2 + i * 7 % 11 / 11.0);
		r.x[i][1] = base + scale * (i * i % 13 / 3.0);
		r.x[i][2] = base + scale * (i % 2 * 0.5);
		seg_label_columns((SegText){text, snprintf(text, 16, "%d", r.label[i])},
		                  r.x[i] + DIM);
	}
	return r;
}

static double
distance(const double *a, const double *b)
{
	double square = 0;

	for (int j = 0; j < DIM; j++)
		square += (a[j] - b[j]) * (a[j] - b[j]);
	return sqrt(square);
}

static int
count_of(const Rows *r, int label)
{
	int n = 0;

	for (int i = 0; i < r->n; i++)
		n += r->label[i] == label;
	return n;
}

static double
brute_silhouette(const Rows *r)
{
	double sum = 0;

	for (int i = 0; i < r->n; i++)
	{
		double a = 0, b = INFINITY;
		int own = count_of(r, r->label[i]);

		if (own == 1)
			continue;
		for (int c = 0; c < r->k; c++)
		{
			double total = 0;

			for (int m = 0; m < r->n; m++)
				total += r->label[m] == c ? distance(r->x[i], r->x[m]) : 0;
			if (c == r->label[i])
				a = total / (own - 1);
			else
				b = fmin(b, total / count_of(r, c));
		}
		sum += (b - a) / fmax(a, b);
	}
	return sum / r->n;
}

static void
mean_of(const Rows *r, int label, double *mean)
{
	int n = 0;

	for (int j = 0; j < DIM; j++)
		mean[j] = 0;
	for (int i = 0; i < r->n; i++)
	{
		if (label >= 0 && r->label[i] != label)
			continue;
		n++;
		for (int j = 0; j < DIM; j++)
			mean[j] += r->x[i][j];
	}
	for (int j = 0; j < DIM; j++)
		mean[j] /= n;
}

static void
brute_scores(const Rows *r, double *calinski, double *davies)
{
	double center[N][DIM], mean[DIM], spread[N] = {0}, within = 0, between = 0;

	mean_of(r, -1, mean);
	for (int c = 0; c < r->k; c++)
	{
		mean_of(r, c, center[c]);
		between += count_of(r, c) * pow(distance(center[c], mean), 2);
	}
	for (int i = 0; i < r->n; i++)
	{
		double d = distance(r->x[i], center[r->label[i]]);

		within += d * d;
		spread[r->label[i]] += d / count_of(r, r->label[i]);
	}
	*calinski = between * (r->n - r->k) / (within * (r->k - 1));
	*davies = 0;
	for (int a = 0; a < r->k; a++)
	{
		double worst = 0;

		for (int b = 0; b < r->k; b++)
			if (b != a)
				worst = fmax(worst,
				             (spread[a] + spread[b]) /
				                 distance(center[a], center[b]));
		*davies += worst / r->k;
	}
}

/* The mergeable form, cut in two. */
static double
merged_calinski(SegEnv *env, const Rows *r, int cut)
{
	SegCountMap *part[2];
	double result = -1;

	for (int p = 0; p < 2; p++)
		seg_count_map_create(env, SEG_DISPERSION_WIDTH(DIM), &part[p]);
	for (int i = 0; i < r->n; i++)
	{
		SegCountMap **map = &part[i >= cut];
		int64_t at;

		seg_count_map_insert(env, map, &r->label[i], sizeof(int), &at);
		seg_dispersion_add(seg_count_map_words(*map, at), r->x[i], DIM);
	}
	for (int64_t g = 0; g < part[1]->n; g++)
	{
		SegText key = seg_count_map_key(part[1], g);
		int64_t at;

		seg_count_map_insert(env, &part[0], key.bytes, key.length, &at);
		seg_dispersion_merge(seg_count_map_words(part[0], at),
		                     seg_count_map_words(part[1], g),
		                     part[1]->width);
	}
	CHECK(seg_calinski_harabasz(env, part[0], &result) == SEG_OK);
	return result;
}

static void
agrees_with_definitions(int n, int k, double base, double scale,
                        double tolerance)
{
	SegEnv env = unit_env();
	Rows r = make_rows(n, k, base, scale);
	SegMemoryRows source;
	SegLabelGroups groups;
	SegClusterQuality scores;
	double calinski, davies, got;

	brute_scores(&r, &calinski, &davies);
	seg_memory_rows(&source, &r.x[0][0], n, DIM, STRIDE, 7);
	CHECK(seg_silhouette(&env, &source.rows, &got) == SEG_OK);
	CHECK_NEAR(got, brute_silhouette(&r), tolerance);

	CHECK(seg_label_groups(&env, DIM, &groups) == SEG_OK);
	CHECK(seg_label_count(&env, &source.rows, &groups) == SEG_OK);
	CHECK((int) groups.map->n == k);
	CHECK(seg_cluster_quality(&env,
	                          &source.rows,
	                          NULL,
	                          k,
	                          seg_label_group,
	                          &groups,
	                          &scores) == SEG_OK);
	CHECK_NEAR(scores.calinski_harabasz, calinski, tolerance);
	CHECK_NEAR(scores.davies_bouldin, davies, tolerance);
	for (int cut = 0; cut <= n; cut += 9)
		CHECK_NEAR(merged_calinski(&env, &r, cut), calinski, tolerance);
	unit_env_free(&env);
}

static SegClusterQuality
quality_of(SegEnv *env, Rows *r, const double *weight)
{
	SegMemoryRows source;
	SegLabelGroups groups;
	SegClusterQuality scores;

	seg_memory_rows(&source, &r->x[0][0], r->n, DIM, STRIDE, 7);
	CHECK(seg_label_groups(env, DIM, &groups) == SEG_OK);
	CHECK(seg_label_count(env, &source.rows, &groups) == SEG_OK);
	CHECK(seg_cluster_quality(env,
	                          &source.rows,
	                          weight,
	                          r->k,
	                          seg_label_group,
	                          &groups,
	                          &scores) == SEG_OK);
	return scores;
}

/*
 * Squares may leave the range of double, and the scores stay the same: of rows, of
 * weights, and of one that makes up for the other.
 */
static void
has_no_magnitude(void)
{
	SegEnv env = unit_env();
	Rows r = make_rows(N, 4, 0, 1);
	SegClusterQuality want = quality_of(&env, &r, NULL);

	for (int row = -1000; row <= 1000; row += 500)
		for (int power = -1000; power <= 1000; power += 500)
		{
			double w = ldexp(1, power), weight[DIM] = {w, w, w};
			Rows scaled = make_rows(N, 4, 0, ldexp(1, row));
			SegClusterQuality got = quality_of(&env, &scaled, weight);

			CHECK_NEAR(got.calinski_harabasz, want.calinski_harabasz, 1e-13);
			CHECK_NEAR(got.davies_bouldin, want.davies_bouldin, 1e-13);
		}
	unit_env_free(&env);
}

/* The power of two that brings subnormal values near 1 is not finite. */
static void
measures_subnormal_rows(void)
{
	SegEnv env = unit_env();
	Rows r = make_rows(N, 4, 0, 0x1p-1040);
	SegClusterQuality got = quality_of(&env, &r, NULL);

	CHECK(got.calinski_harabasz > 1 && isfinite(got.calinski_harabasz));
	CHECK(got.davies_bouldin > 0 && isfinite(got.davies_bouldin));
	unit_env_free(&env);
}

/* Nothing but zeros has no magnitude at all. */
static void
measures_rows_of_zeros(void)
{
	SegEnv env = unit_env();
	Rows r = make_rows(N, 4, 0, 0);
	SegClusterQuality got = quality_of(&env, &r, NULL);

	CHECK(got.groups == 4 && got.calinski_harabasz == 1 &&
	      got.davies_bouldin == 0);
	unit_env_free(&env);
}

/* Running out of memory or being stopped anywhere is a status, not a crash. */
static void
fails_softly(void)
{
	Rows r = make_rows(N, 4, 0, 1);
	SegMemoryRows source;
	double got;

	seg_memory_rows(&source, &r.x[0][0], N, DIM, STRIDE, 7);
	for (int i = 0; i < 6; i++)
	{
		SegEnv env = unit_env();

		unit_env_fail_after(&env, i);
		CHECK(seg_silhouette(&env, &source.rows, &got) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
	for (int i = 0; i < 3; i++)
	{
		SegEnv env = unit_env();

		unit_env_stop_after(&env, i);
		CHECK(seg_silhouette(&env, &source.rows, &got) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

static void
knows_what_has_no_answer(void)
{
	CHECK(seg_partition_check(1, 10) == SEG_UNDEFINED);
	CHECK(seg_partition_check(2, 10) == SEG_OK);
	CHECK(seg_partition_check(9, 10) == SEG_OK);
	CHECK(seg_partition_check(10, 10) == SEG_UNDEFINED);
	CHECK(seg_simplified_silhouette(1, 4) == 0.5);
	CHECK(seg_simplified_silhouette(0, 0) == 0);
}

void
test_cluster_quality(void)
{
	for (int k = 2; k < 12; k += 3)
		agrees_with_definitions(N, k, 0, 1, 1e-13);
	agrees_with_definitions(N, 5, 1e5, 1, 1e-9);
	agrees_with_definitions(N, 5, 0, 1e-60, 1e-13);
	agrees_with_definitions(N, 5, 0, 1e60, 1e-13);
	agrees_with_definitions(17, 4, 3, 1, 1e-13);
	has_no_magnitude();
	measures_subnormal_rows();
	measures_rows_of_zeros();
	fails_softly();
	knows_what_has_no_answer();
}
