/* test_rows.c: base/rows.c, canonical order and the source over an array */
#include "base/rows.h"

#include "base/hash.h"
#include "unit.h"

void test_rows(void);

typedef struct Table
{
	const double *x;
	int32_t stride;
} Table;

static const double *
table_row(const void *rows, uint64_t index)
{
	const Table *t = rows;

	return t->x + (int64_t) index * t->stride;
}

/* Rows, about one in "repeat" of them new. */
static double *
make_rows(SegEnv *env, int64_t n, int32_t stride, int64_t repeat)
{
	double *x = env->alloc(env->host, (size_t) (n * stride) * sizeof(double));

	for (int64_t i = 0; i < n; i++)
		for (int32_t j = 0; j < stride; j++)
			x[i * stride + j] =
				seg_random_real(1, (uint64_t) j, (uint64_t) (i / repeat));
	return x;
}

/* Sort n rows by their hash, with the leading bits removed. */
static SegKey *
sorted(SegEnv *env, const Table *t, int64_t n, int skip_bits, uint64_t mask)
{
	SegKey *keys = env->alloc(env->host, (size_t) n * sizeof(SegKey));
	SegKey *scratch = env->alloc(env->host, (size_t) n * sizeof(SegKey));

	for (int64_t i = 0; i < n; i++)
	{
		keys[i].hash =
			(seg_row_hash(table_row(t, (uint64_t) i), t->stride) & mask) >>
			skip_bits;
		keys[i].index = (uint64_t) i;
	}
	seg_sort_keys(keys, scratch, n, skip_bits, table_row, t, t->stride);
	return keys;
}

/* Ascending by hash, then by content; every row once. */
static bool
is_canonical(SegEnv *env, const Table *t, const SegKey *keys, int64_t n)
{
	char *seen = env->alloc(env->host, (size_t) n);

	for (int64_t i = 0; i < n; i++)
	{
		if (keys[i].index >= (uint64_t) n || seen[keys[i].index]++)
			return false;
		if (i > 0 && (keys[i].hash < keys[i - 1].hash ||
		              (keys[i].hash == keys[i - 1].hash &&
		               seg_row_compare(table_row(t, keys[i].index),
		                               table_row(t, keys[i - 1].index),
		                               t->stride) < 0)))
			return false;
	}
	return true;
}

static void
sorts_any_number_of_rows(void)
{
	static const int64_t sizes[] = {0,    1,    2,    3,     31,    32,    33,
	                                34,   63,   64,   65,    1000,  2047,  2048,
	                                8191, 8192, 8193, 10000, 65536, 100000};
	static const int64_t repeats[] = {1, 2, 7, 100000};
	static const int skips[] = {0, 8};

	for (size_t s = 0; s < sizeof(sizes) / sizeof(sizes[0]); s++)
		for (int r = 0; r < 4; r++)
			for (int b = 0; b < 2; b++)
			{
				SegEnv env = unit_env();
				Table t = {make_rows(&env, sizes[s], 3, repeats[r]), 3};

				CHECK(is_canonical(&env,
				                   &t,
				                   sorted(&env,
				                          &t,
				                          sizes[s],
				                          skips[b],
				                          UINT64_MAX),
				                   sizes[s]));
				unit_env_free(&env);
			}
}

/* Hashes with hardly any information leave the work to the content. */
static void
breaks_ties_by_content(void)
{
	static const int64_t sizes[] = {2, 20, 100, 1000};

	for (int s = 0; s < 4; s++)
	{
		SegEnv env = unit_env();
		Table t = {make_rows(&env, sizes[s], 2, 1), 2};

		CHECK(is_canonical(&env,
		                   &t,
		                   sorted(&env, &t, sizes[s], 0, UINT64_C(3) << 62),
		                   sizes[s]));
		CHECK(
			is_canonical(&env, &t, sorted(&env, &t, sizes[s], 0, 0), sizes[s]));
		unit_env_free(&env);
	}
}

/* The same rows in another order come out as the same bytes. */
static void
order_depends_on_the_set_alone(void)
{
	SegEnv env = unit_env();
	int64_t n = 20000;
	Table a = {make_rows(&env, n, 3, 3), 3};
	double *back = env.alloc(env.host, (size_t) n * 3 * sizeof(double));
	Table b = {back, 3};
	SegKey *in_a, *in_b;
	bool same = true;

	for (int64_t i = 0; i < n; i++)
		memcpy(back + 3 * i, a.x + 3 * (n - 1 - i), 3 * sizeof(double));
	in_a = sorted(&env, &a, n, 0, UINT64_MAX);
	in_b = sorted(&env, &b, n, 0, UINT64_MAX);
	for (int64_t i = 0; i < n; i++)
		same = same && seg_row_compare(table_row(&a, in_a[i].index),
		                               table_row(&b, in_b[i].index),
		                               3) == 0;
	CHECK(same);
	unit_env_free(&env);
}

static void
reads_an_array_in_blocks(void)
{
	static const int64_t blocks[] = {1, 7, 256, 4096};
	double x[1000 * 2];

	for (int i = 0; i < 2000; i++)
		x[i] = i;
	for (int b = 0; b < 4; b++)
		for (int64_t n = 0; n <= 1000; n += 125)
		{
			SegMemoryRows source;
			SegBlock block;

			seg_memory_rows(&source, x, n, 1, 2, blocks[b]);
			CHECK(source.rows.n == n && source.rows.resident);
			for (int pass = 0; pass < 2; pass++)
			{
				int64_t at = 0;

				source.rows.rewind(&source.rows);
				while (source.rows.next(&source.rows, &block))
				{
					CHECK(block.first == at && block.n > 0 &&
					      block.n <= blocks[b] && block.x == x + 2 * at);
					at += block.n;
				}
				CHECK(at == n);
				CHECK(!source.rows.next(&source.rows, &block));
			}
		}
}

/* Rows that are alike follow each other, also from one block to the next. */
static void
counts_different_rows(void)
{
	static const double x[] = {1, 2, 1, 2, 1, 3, 2, 3, 2, 3, 2, 3, 1, 2};
	static const int64_t blocks[] = {1, 2, 3, 4, 7};
	SegEnv env = unit_env();
	int64_t n;

	for (int b = 0; b < 5; b++)
		for (int64_t rows = 0; rows <= 7; rows++)
		{
			static const int64_t want[] = {0, 1, 1, 2, 3, 3, 3, 4};
			SegMemoryRows source;

			seg_memory_rows(&source, x, rows, 2, 2, blocks[b]);
			CHECK(seg_rows_distinct(&env, &source.rows, &n) == SEG_OK);
			CHECK(n == want[rows]);
		}
	unit_env_fail_after(&env, 0);
	{
		SegMemoryRows source;

		seg_memory_rows(&source, x, 7, 2, 2, 3);
		CHECK(seg_rows_distinct(&env, &source.rows, &n) == SEG_NO_MEMORY);
	}
	unit_env_free(&env);
}

void
test_rows(void)
{
	sorts_any_number_of_rows();
	breaks_ties_by_content();
	order_depends_on_the_set_alone();
	reads_an_array_in_blocks();
	counts_different_rows();
}
