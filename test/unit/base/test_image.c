/* test_image.c: base/image.c, with a method that has a field of every type */
#include "base/image.h"

#include <float.h>

#include "base/missing.h"
#include "kernel/cluster/kmeans.h"
#include "base/tags.h"
#include "kernel/model/methods.h"
#include "unit.h"

void test_image(void);

typedef struct Thing
{
	int64_t rows;
	int64_t cols;
	double x;
	double maybe;
	SegText title;
	SegText json;
	int64_t n_names;
	SegTexts names;
	const int64_t *counts;
	int64_t n_small;
	const int32_t *small;
	const double *matrix;
	int64_t not_stored;
} Thing;

static const SegField thing_fields[] = {SEG_INT(Thing, rows, 0, 1000),
                                        SEG_INT(Thing, cols, 1, 1000),
                                        SEG_REAL(Thing, x, -DBL_MAX, DBL_MAX),
                                        SEG_OPTIONAL_REAL(Thing, maybe, 0, 1),
                                        SEG_TEXT_FIELD(Thing, title),
                                        SEG_JSON_FIELD(Thing, json),
                                        SEG_INT(Thing, n_names, 0, 1000),
                                        SEG_TEXTS_FIELD(Thing, names, n_names),
                                        SEG_INTS(Thing, counts, rows, 0, 9),
                                        SEG_INT(Thing, n_small, 0, 1000),
                                        SEG_INT32S(Thing, small, n_small, -9,
                                                   INT32_MAX),
                                        SEG_REAL_MATRIX(Thing, matrix, rows,
                                                        cols, 0, 1),
                                        SEG_FIELD_END};

static const SegMethod thing_method =
	{999, 1, false, "thing", "thing", thing_fields, sizeof(Thing), NULL};

static const int64_t ends[] = {3, 3, 10};
static const int64_t counts[] = {1, 2, 3, 4};
static const int32_t small[] = {INT32_MAX, -9, 0};
static const double matrix[] = {0, 0.25, 0.5, 0.75, 1, 0, 0.125, 0, 0, 1, 1, 1};

static const Thing example = {4,
                              3,
                              -2.5,
                              0.5,
                              {"title", 5},
                              {"{\"a\": 1}", 8},
                              3,
                              {ends, "onethree!!", 3},
                              counts,
                              3,
                              small,
                              matrix};

/*
 * An aligned copy of exactly that size, so that an access outside is detected.
 */
static void *
copy_of(SegEnv *env, const void *body, size_t size)
{
	void *copy = env->alloc(env->host, size);

	memcpy(copy, body, size);
	return copy;
}

static void *
written(SegEnv *env, const SegMethod *method, const void *value, size_t *size)
{
	void *body;

	CHECK(seg_image_size(env, method, value, size) == SEG_OK);
	body = env->alloc(env->host, *size);
	memset(body, 0xee, *size); /* write must set every byte */
	seg_image_write(method, value, body);
	return body;
}

/* Is a body good from end to end? */
static bool
is_good(SegEnv *env, const SegMethod *method, const void *body, size_t size)
{
	void *value = env->alloc(env->host, method->size);

	return seg_image_open(env, method, body, size, value) == SEG_OK &&
	       seg_image_validate(env, method, value) == SEG_OK &&
	       seg_image_verify(env, method, value, body, size) == SEG_OK;
}

static void
writes_and_opens(void)
{
	SegEnv env = unit_env();
	size_t size, again;
	void *body = written(&env, &thing_method, &example, &size);
	Thing t;

	memset(&t, 0xee, sizeof(t)); /* open must set every member */
	CHECK(size == 8 * 8 + 8 + 8 + 3 * 8 + 16 + 4 * 8 + 2 * 8 + 12 * 8);
	CHECK(seg_image_open(&env, &thing_method, body, size, &t) == SEG_OK);
	CHECK(t.rows == 4 && t.cols == 3 && t.x == -2.5 && t.maybe == 0.5 &&
	      t.n_names == 3);
	CHECK(t.not_stored == 0);
	CHECK(t.title.length == 5 && memcmp(t.title.bytes, "title", 5) == 0);
	CHECK(t.json.length == 8 && memcmp(t.json.bytes, "{\"a\": 1}", 8) == 0);
	CHECK(seg_texts_get(&t.names, 0).length == 3);
	CHECK(seg_texts_get(&t.names, 1).length == 0);
	CHECK(memcmp(seg_texts_get(&t.names, 2).bytes, "three!!", 7) == 0);
	CHECK(memcmp(t.counts, counts, sizeof(counts)) == 0);
	CHECK(memcmp(t.small, small, sizeof(small)) == 0);
	CHECK(memcmp(t.matrix, matrix, sizeof(matrix)) == 0);
	CHECK((const char *) t.matrix > (char *) body &&
	      (const char *) t.matrix < (char *) body + size); /* in place */
	CHECK(is_good(&env, &thing_method, body, size));
	CHECK(memcmp(written(&env, &thing_method, &t, &again), body, size) == 0);
	CHECK(again == size);
	CHECK(seg_image_fingerprint(&thing_method, body, size) !=
	      seg_image_fingerprint(&seg_kmeans_method, body, size));
	unit_env_free(&env);
}

static void
refuses_every_prefix(void)
{
	SegEnv env = unit_env();
	size_t size;
	void *body = written(&env, &thing_method, &example, &size);

	for (size_t n = 0; n < size; n++)
	{
		Thing t = {0};

		CHECK(
			seg_image_open(&env, &thing_method, copy_of(&env, body, n), n, &t) ==
			SEG_CORRUPT);
	}
	unit_env_free(&env);
}

/* A summary may have room after the fields, a model may not. */
static void
tells_room_behind_the_fields(void)
{
	SegEnv env = unit_env();
	Thing t = {0};
	size_t size;
	void *body = written(&env, &thing_method, &example, &size);
	char *longer = env.alloc(env.host, size + 8);

	memcpy(longer, body, size);
	CHECK(seg_image_open(&env, &thing_method, longer, size + 8, &t) == SEG_OK);
	CHECK(!is_good(&env, &thing_method, longer, size + 8));
	unit_env_free(&env);
}

/* Set every word to values that counts and lengths may not have. */
static void
survives_damaged_words(void)
{
	static const int64_t bad[] = {-1,
	                              0,
	                              1,
	                              5,
	                              1000,
	                              1001,
	                              INT64_C(1) << 27,
	                              (INT64_C(1) << 27) + 1,
	                              INT64_C(1) << 30,
	                              INT64_C(1) << 31,
	                              INT64_C(1) << 32,
	                              INT64_C(1) << 61,
	                              INT64_MAX,
	                              INT64_MIN};
	SegEnv env = unit_env();
	size_t size;
	void *body = written(&env, &thing_method, &example, &size);

	for (size_t at = 0; at < size; at += 8)
		for (size_t b = 0; b < sizeof(bad) / sizeof(bad[0]); b++)
		{
			char *copy = copy_of(&env, body, size);

			memcpy(copy + at, &bad[b], 8);
			if (is_good(&env, &thing_method, copy, size))
				CHECK(at >= 2 * 8); /* a false count is never good */
		}
	unit_env_free(&env);
}

/* Validation finds a damaged number, text or padding. */
static void
finds_damage(void)
{
	static const double nan_or_so[] = {NAN, INFINITY, -INFINITY, 1.0001, -0.0};
	SegEnv env = unit_env();
	size_t size;
	char *body = written(&env, &thing_method, &example, &size);
	size_t title = 8 * 8;
	size_t names = title + 16;
	size_t numbers = size - sizeof(matrix);
	size_t smalls = numbers - 2 * 8;

	for (int i = 0; i < 5; i++)
	{
		char *copy = copy_of(&env, body, size);

		memcpy(copy + numbers, &nan_or_so[i], 8);
		CHECK(!is_good(&env, &thing_method, copy, size));
	}
	for (size_t i = 0; i < 8; i++)
	{
		char *copy = copy_of(&env, body, size);

		copy[title + i] = i < 5 ? '\0' : 'x'; /* text, then its padding */
		CHECK(!is_good(&env, &thing_method, copy, size));
	}
	for (int32_t i = 0; i < 4; i++)
	{
		const int32_t bad = i < 3 ? -10 : 1; /* numbers, then the padding */
		char *copy = copy_of(&env, body, size);

		memcpy(copy + smalls + 4 * (size_t) i, &bad, 4);
		CHECK(!is_good(&env, &thing_method, copy, size));
	}
	for (int64_t end = -1; end < 12; end++)
	{
		char *copy = copy_of(&env, body, size);

		memcpy(copy + names + 8, &end, 8); /* 0, 3, end, 10 must ascend */
		CHECK(is_good(&env, &thing_method, copy, size) ==
		      (end >= 3 && end <= 10));
	}
	unit_env_free(&env);
}

/* A negative zero would not survive the text form, so it is written as zero. */
static void
has_one_zero(void)
{
	SegEnv env = unit_env();
	Thing t = example;
	double zeros[12] = {-0.0, 1, -0.0};
	size_t size, again;
	void *body;

	t.matrix = zeros;
	t.x = -0.0;
	body = written(&env, &thing_method, &t, &size);
	CHECK(is_good(&env, &thing_method, body, size));
	zeros[0] = zeros[2] = t.x = 0.0;
	CHECK(memcmp(body, written(&env, &thing_method, &t, &again), size) == 0);
	unit_env_free(&env);
}

/* An optional number may be missing, in one way only; others may not. */
static void
knows_missing_numbers(void)
{
	static const uint64_t other_nans[] = {UINT64_C(0x7ff8000000000001),
	                                      UINT64_C(0xfff8000000000000),
	                                      UINT64_C(0x7ff0000000000000)};
	SegEnv env = unit_env();
	Thing t = example;
	Thing back = {0};
	double missing = seg_missing();
	size_t at = 3 * 8; /* after rows, cols and x */
	size_t size;
	char *body;

	t.maybe = -missing; /* any other NaN */
	body = written(&env, &thing_method, &t, &size);
	CHECK(is_good(&env, &thing_method, body, size));
	CHECK(memcmp(body + at, &missing, 8) == 0);
	CHECK(seg_image_open(&env, &thing_method, body, size, &back) == SEG_OK);
	CHECK(isnan(back.maybe));
	for (int i = 0; i < 3; i++)
	{
		memcpy(body + at, &other_nans[i], 8);
		CHECK(!is_good(&env, &thing_method, body, size));
	}
	t.maybe = 1.5;
	body = written(&env, &thing_method, &t, &size);
	CHECK(!is_good(&env, &thing_method, body, size));
	t.maybe = 1;
	body = written(&env, &thing_method, &t, &size);
	CHECK(is_good(&env, &thing_method, body, size));
	memcpy(body + at - 8, &missing, 8);
	CHECK(!is_good(&env, &thing_method, body, size));
	unit_env_free(&env);
}

static void
refuses_what_is_too_large(void)
{
	SegEnv env = unit_env();
	Thing t = example;
	size_t size;

	t.rows = (INT64_C(1) << 27) + 1;
	CHECK(seg_image_size(&env, &thing_method, &t, &size) == SEG_LIMIT);
	t.rows = INT64_C(1) << 20;
	t.cols = INT64_C(1) << 20;
	CHECK(seg_field_count(&thing_fields[11], &t) == -1);
	CHECK(seg_image_size(&env, &thing_method, &t, &size) == SEG_LIMIT);
	t.rows = -1;
	CHECK(seg_image_size(&env, &thing_method, &t, &size) == SEG_LIMIT);
	t.rows = t.cols = 0;
	t.title.length = SEG_IMAGE_MAX_BYTES;
	CHECK(seg_image_size(&env, &thing_method, &t, &size) == SEG_LIMIT);
	unit_env_free(&env);
}

static void
knows_its_methods(void)
{
	CHECK(seg_method_by_tag(seg_methods, SEG_TAG_KMEANS) == &seg_kmeans_method);
	CHECK(seg_method_by_name(seg_methods, "kmeans") == &seg_kmeans_method);
	CHECK(seg_method_by_tag(seg_methods, 0) == NULL &&
	      seg_method_by_tag(seg_methods, 65535) == NULL);
	CHECK(seg_method_by_name(seg_methods, "") == NULL &&
	      seg_method_by_name(seg_methods, "KMeans") == NULL);
}

/* Sizes whose sum overflows 64 bits do not match the rows. */
static void
sums_of_sizes_do_not_overflow(void)
{
	SegEnv env = unit_env();
	int64_t k = 4096;
	double *ones = env.alloc(env.host, (size_t) k * sizeof(double));
	int64_t *sizes = env.alloc(env.host, (size_t) k * sizeof(int64_t));
	SegKMeans m = {.k = k,
	               .dim = 1,
	               .rows_used = 1,
	               .options = {"{}", 2},
	               .version = {"0", 1},
	               .centers = ones,
	               .feature_weights = ones,
	               .sizes = sizes,
	               .masses = ones,
	               .cluster_inertias = ones};

	for (int64_t c = 0; c < k; c++)
	{
		ones[c] = 1.0;
		sizes[c] = INT64_C(1) << 53;
	}
	CHECK(seg_image_validate(&env, &seg_kmeans_method, &m) == SEG_CORRUPT);
	memset(sizes, 0, (size_t) k * sizeof(int64_t));
	sizes[k - 1] = 1;
	CHECK(seg_image_validate(&env, &seg_kmeans_method, &m) == SEG_OK);
	unit_env_free(&env);
}

void
test_image(void)
{
	writes_and_opens();
	refuses_every_prefix();
	tells_room_behind_the_fields();
	survives_damaged_words();
	finds_damage();
	has_one_zero();
	knows_missing_numbers();
	refuses_what_is_too_large();
	knows_its_methods();
	sums_of_sizes_do_not_overflow();
}
