/*
 * test_segment_profile.c
 *	  Profiles of segments against a summary of each segment's rows, in any order
 *	  and in parts.
 */
#include "unit.h"

#include <float.h>

#include "base/missing.h"
#include "kernel/prepare/segment_profile.h"

#define ROWS 400
#define DIM  3

static const char *const names[] = {"b", "10", "9", "", "a long name"};
static double data[ROWS][DIM];
static int segment_of[ROWS];

/* Numbers of all magnitudes, and missing ones. */
static void
make_rows(uint64_t seed, int segments)
{
	for (int i = 0; i < ROWS; i++)
	{
		segment_of[i] = unit_draw(&seed, segments);
		for (int j = 0; j < DIM; j++)
		{
			data[i][j] = ldexp(unit_draw(&seed, 1000) - 400,
			                   unit_draw(&seed, 8 + 200 * j) - 50 * j);
			if (unit_draw(&seed, 6) == 0)
				data[i][j] = seg_missing();
		}
	}
}

static SegText
name_of(int segment)
{
	return (SegText){names[segment], (int64_t) strlen(names[segment])};
}

static void
add_rows(SegEnv *env, SegSegmentProfile *profile, int from, int step)
{
	CHECK(seg_segment_profile_create(env, DIM, profile) == SEG_OK);
	for (int i = from; i < ROWS; i += step)
		CHECK(seg_segment_profile_add(env,
		                              profile,
		                              name_of(segment_of[i]),
		                              data[i]) == SEG_OK);
}

static char *
bytes_of(SegEnv *env, const SegSegmentProfile *profile, size_t *size)
{
	SegSegmentProfile copy;
	char *body;

	CHECK(seg_segment_profile_copy(env, profile, &copy) == SEG_OK);
	CHECK(seg_image_size(env, &seg_segment_profile_method, &copy, size) ==
	      SEG_OK);
	body = env->alloc(env->host, *size);
	seg_image_write(&seg_segment_profile_method, &copy, body);
	return body;
}

static void
parts_are_summaries(int segments)
{
	static const int order[] = {2, 1, 3, 4, 0}; /* of names */
	SegEnv env = unit_env();
	SegSegmentProfile stored, profile;
	SegFeatureSummary all, sum_of_all, overall;
	int at = 0;

	add_rows(&env, &stored, 0, 1);
	CHECK(seg_segment_profile_copy(&env, &stored, &profile) == SEG_OK);
	CHECK(seg_image_validate(&env, &seg_segment_profile_method, &profile) ==
	      SEG_OK);
	CHECK(profile.segments == segments);
	CHECK(profile.features.rows_used == ROWS);
	CHECK(seg_segment_profile_overall(&env, &profile, &overall) == SEG_OK);
	CHECK(seg_feature_summary_create(&env, DIM, &all) == SEG_OK);
	for (int i = 0; i < ROWS; i++)
		CHECK(seg_feature_summary_add(&env, &all, data[i]) == SEG_OK);
	for (int k = 0; k < 5; k++)
	{
		SegFeatureSummary part, own, sum;
		int64_t rows = 0;

		if (order[k] >= segments)
			continue;
		CHECK(seg_feature_summary_create(&env, DIM, &own) == SEG_OK);
		for (int i = 0; i < ROWS; i++)
		{
			if (segment_of[i] != order[k])
				continue;
			CHECK(seg_feature_summary_add(&env, &own, data[i]) == SEG_OK);
			rows++;
		}
		CHECK(seg_feature_summary_copy(&env, &own, &sum) == SEG_OK);
		part = seg_segment_profile_features(&profile, at);
		CHECK(seg_text_compare(seg_texts_get(&profile.names, at),
		                       name_of(order[k])) == 0);
		CHECK(profile.segment_rows[at] == rows);
		for (int j = 0; j < DIM; j++)
		{
			SegFeatureStatistics got = seg_feature_statistics(&part, j);
			SegFeatureStatistics want = seg_feature_statistics(&sum, j);
			SegFeatureStatistics of_all = seg_feature_statistics(&overall, j);

			CHECK(got.count == want.count && got.missing == want.missing);
			CHECK(got.mean == want.mean);
			CHECK(got.min == want.min && got.max == want.max);
			CHECK_NEAR(seg_feature_deviation(&got, got.count - 1),
			           seg_feature_deviation(&want, want.count - 1),
			           1e-15);
			CHECK_NEAR(seg_standardized_difference(&got, &of_all) *
			               seg_feature_deviation(&of_all, of_all.count - 1),
			           got.mean - of_all.mean,
			           1e-14);
		}
		at++;
	}
	CHECK(at == segments);
	CHECK(seg_feature_summary_copy(&env, &all, &sum_of_all) == SEG_OK);
	for (int j = 0; j < DIM; j++)
	{
		SegFeatureStatistics got = seg_feature_statistics(&overall, j);
		SegFeatureStatistics want = seg_feature_statistics(&sum_of_all, j);

		CHECK(got.count == want.count && got.mean == want.mean);
		CHECK(got.min == want.min && got.max == want.max);
	}
	unit_env_free(&env);
}

/* Parts add up to the bytes of the whole. */
static void
adds_up(int parts)
{
	SegEnv env = unit_env();
	SegSegmentProfile whole, sum;
	size_t size, other;
	char *want, *got;

	add_rows(&env, &whole, 0, 1);
	want = bytes_of(&env, &whole, &size);
	add_rows(&env, &sum, parts - 1, parts);
	for (int p = 0; p < parts - 1; p++)
	{
		SegSegmentProfile part, both;

		add_rows(&env, &part, p, parts);
		CHECK(seg_segment_profile_method.merge(&env, &sum, &part, &both) ==
		      SEG_OK);
		sum = both;
	}
	got = bytes_of(&env, &sum, &other);
	CHECK(size == other && memcmp(got, want, size) == 0);
	unit_env_free(&env);
}

static void
edges(void)
{
	SegEnv env = unit_env();
	SegSegmentProfile profile, other;
	SegFeatureSummary overall, part;
	SegFeatureStatistics s, all;
	double x[2] = {DBL_MAX, 5.0};
	double y[2] = {-DBL_MAX, 5.0};
	char name[8];

	CHECK(seg_segment_profile_create(&env, 2, &profile) == SEG_OK);
	CHECK(seg_segment_profile_add(&env, &profile, name_of(0), x) == SEG_OK);
	CHECK(seg_segment_profile_add(&env, &profile, name_of(1), y) == SEG_OK);
	CHECK(seg_segment_profile_overall(&env, &profile, &overall) == SEG_OK);
	part = seg_segment_profile_features(&profile, 1);
	s = seg_feature_statistics(&part, 0);
	all = seg_feature_statistics(&overall, 0);
	CHECK_NEAR(seg_standardized_difference(&s, &all), sqrt(0.5), 1e-15);
	s = seg_feature_statistics(&part, 1);
	all = seg_feature_statistics(&overall, 1);
	CHECK(isnan(seg_standardized_difference(&s, &all)));

	/* vectors of another length; too many segments */
	CHECK(seg_segment_profile_create(&env, 1, &other) == SEG_OK);
	CHECK(seg_segment_profile_add(&env, &other, name_of(1), y) == SEG_OK);
	CHECK(seg_segment_profile_method.merge(&env, &profile, &other, &other) ==
	      SEG_BAD_DIM);
	CHECK(seg_segment_profile_create(&env, 1, &profile) == SEG_OK);
	for (int i = 0; i <= SEG_PROFILE_MAX_SEGMENTS; i++)
	{
		SegText segment = {name, snprintf(name, sizeof(name), "%d", 5000 - i)};

		CHECK(seg_segment_profile_add(&env, &profile, segment, x) ==
		      (i < SEG_PROFILE_MAX_SEGMENTS ? SEG_OK : SEG_LIMIT));
	}
	CHECK(env.diag.got == SEG_PROFILE_MAX_SEGMENTS + 1);
	unit_env_free(&env);
}

/* What bounds cannot express is checked. */
static void
unsound_profiles_are_refused(void)
{
	SegEnv env = unit_env();
	SegSegmentProfile stored, profile, changed;
	int64_t rows[5];

	add_rows(&env, &stored, 0, 1);
	CHECK(seg_segment_profile_copy(&env, &stored, &profile) == SEG_OK);
	CHECK(seg_segment_profile_method.is_sound(&profile));
	changed = profile;
	changed.features.rows_used++;
	CHECK(!seg_segment_profile_method.is_sound(&changed));
	changed = profile;
	changed.dim = DIM + 1;
	CHECK(!seg_segment_profile_method.is_sound(&changed));
	changed = profile;
	memcpy(rows, profile.segment_rows, sizeof(rows));
	changed.segment_rows = rows;
	rows[0] = 1;
	rows[1] += profile.segment_rows[0] - 2;
	CHECK(!seg_segment_profile_method.is_sound(&changed)); /* more than rows */
	changed = profile;
	changed.names.count = 2;
	changed.segments = 2;
	CHECK(!seg_segment_profile_method.is_sound(&changed));
	unit_env_free(&env);
}

extern void test_segment_profile(void);

void
test_segment_profile(void)
{
	for (int segments = 1; segments <= 5; segments += 2)
	{
		make_rows((uint64_t) segments, segments);
		parts_are_summaries(segments);
		adds_up(2);
		adds_up(7);
	}
	edges();
	unsound_profiles_are_refused();
}
