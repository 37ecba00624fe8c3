/* test_uplift.c: kernel/experiment/uplift.c without a server */
#include "base/missing.h"
#include "kernel/experiment/ab_test.h"
#include "kernel/experiment/uplift.h"
#include "unit.h"

void test_uplift(void);

enum
{
	MOST = 300
};

typedef struct Users
{
	SegUpliftRow row[MOST];
	int n;
} Users;

static int
compare_rows(const void *a, const void *b)
{
	return seg_row_compare(a, b, SEG_UPLIFT_COLUMNS);
}

/* Rows that are alike follow each other, as in canonical order. */
static SegStatus
rank(SegEnv *env, Users *users, SegRankedUplift *ranked)
{
	SegMemoryRows source;
	int64_t distinct;

	qsort(users->row, (size_t) users->n, sizeof(SegUpliftRow), compare_rows);
	seg_memory_rows(&source,
	                (const double *) users->row,
	                users->n,
	                SEG_UPLIFT_COLUMNS,
	                SEG_UPLIFT_COLUMNS,
	                7);
	SEG_TRY(seg_rows_distinct(env, &source.rows, &distinct));
	return seg_ranked_uplift_read(env, &source.rows, distinct, ranked);
}

/* kind: 0 yes and no, 1 numbers, 2 huge ones, 3 numbers far from zero */
static Users
draw_users(uint64_t *seed, int kind)
{
	Users users = {.n = 1 + unit_draw(seed, MOST)};
	int scores = 1 + unit_draw(seed, 100);

	for (int i = 0; i < users.n; i++)
	{
		double number = unit_draw(seed, 2000) / 100.0 - 5.0;

		users.row[i] =
			(SegUpliftRow){unit_draw(seed, scores) / 8.0 - 3.0,
		                   kind == 0   ? unit_draw(seed, 2)
		                   : kind == 1 ? number
		                   : kind == 2 ? ldexp(number, 1000)
		                               : number + 1e6,
		                   unit_draw(seed, 3) > 0 ? SEG_UPLIFT_TREATED
		                                          : SEG_UPLIFT_CONTROL};
	}
	return users;
}

/* Users with a score between two, in two arms. */
typedef struct Part
{
	double n[2];
	double mean[2];
	double variance[2]; /* of a user; of the mean if divided by n */
} Part;

static Part
part_of(const Users *users, double lowest, double highest)
{
	Part p = {{0}, {0}, {0}};

	for (int pass = 0; pass < 3; pass++)
	{
		for (int i = 0; i < users->n; i++)
		{
			const SegUpliftRow *row = &users->row[i];
			int arm = (int) row->arm;

			if (row->score < lowest || row->score > highest)
				continue;
			if (pass == 0)
				p.n[arm]++;
			else if (pass == 1)
				p.mean[arm] += row->outcome / p.n[arm];
			else
				p.variance[arm] +=
					(row->outcome - p.mean[arm]) *
					((row->outcome - p.mean[arm]) / (p.n[arm] - 1.0));
		}
	}
	return p;
}

static double
qini_of_part(const Part *p)
{
	return p->n[1] * (p->mean[1] - (p->n[0] > 0.0 ? p->mean[0] : 0.0));
}

static double
uplift_of_part(const Part *p)
{
	return p->n[0] > 0.0 && p->n[1] > 0.0 ? p->mean[1] - p->mean[0]
	                                      : seg_missing();
}

static void
check_same(double a, double b, double scale)
{
	CHECK(isnan(a) == isnan(b));
	if (!isnan(a) && !isnan(b))
		CHECK_NEAR(a / scale, b / scale, 1e-9);
}

/* ---------- bins ---------- */

/* Welch's or Newcombe's interval, as ab_test gives it. */
static void
check_interval(const SegUpliftBin *bin, const Part *p, bool is_share,
               double scale)
{
	SegAbTestOptions options = {.confidence = 0.9};
	SegAbEstimate e[2];
	SegAbComparison c;

	for (int arm = 0; arm < 2; arm++)
	{
		double share = p->mean[arm];

		e[arm] =
			(SegAbEstimate){.n = p->n[arm],
		                    .mean = p->mean[arm] / scale,
		                    .variance = is_share ? share * (1.0 - share)
		                                : p->n[arm] > 1.0
		                                    ? p->variance[arm] / scale / scale
		                                    : seg_missing(),
		                    .freedom = is_share ? seg_missing() : p->n[arm] - 1,
		                    .is_share = is_share};
		e[arm].variance /= p->n[arm];
		if (p->n[arm] == 0.0)
			e[arm].mean = seg_missing();
	}
	c = seg_ab_compare(&e[0], &e[1], &options);
	check_same(bin->low, c.low * scale, scale);
	check_same(bin->high, c.high * scale, scale);
}

static void
check_bins(SegEnv *env, const Users *users, const SegRankedUplift *ranked,
           int most, double scale)
{
	SegUpliftBin *bins;
	int64_t n;
	double sum = 0.0;

	CHECK(seg_uplift_bins(env, ranked, most, 0.9, &bins, &n) == SEG_OK);
	CHECK(n >= 1 && n <= most && n <= users->n);
	CHECK(bins[0].number == 1 && bins[n - 1].number <= most);
	for (int64_t b = 0; b < n; b++)
	{
		Part in = part_of(users, bins[b].lowest, bins[b].highest);
		Part so_far = part_of(users, bins[b].lowest, INFINITY);
		double rows = so_far.n[0] + so_far.n[1];
		double before = rows - in.n[0] - in.n[1];

		CHECK(b == 0 || bins[b].number > bins[b - 1].number);
		CHECK(b == 0 || bins[b].highest < bins[b - 1].lowest);
		CHECK(bins[b].mean_score >= bins[b].lowest &&
		      bins[b].mean_score <= bins[b].highest);
		for (int arm = 0; arm < 2; arm++)
		{
			CHECK(bins[b].n[arm] == in.n[arm]);
			check_same(bins[b].mean[arm],
			           in.n[arm] > 0.0 ? in.mean[arm] : seg_missing(),
			           scale);
		}
		check_same(bins[b].uplift, uplift_of_part(&in), scale);
		check_same(bins[b].uplift_so_far, uplift_of_part(&so_far), scale);
		check_same(bins[b].gain, uplift_of_part(&so_far) * rows, scale);
		check_same(bins[b].qini,
		           so_far.n[0] > 0.0 && so_far.n[1] > 0.0
		               ? qini_of_part(&so_far)
		               : seg_missing(),
		           scale);
		check_interval(&bins[b], &in, ranked->is_share, scale);
		sum += in.n[0] + in.n[1];

		/* the number is that of ntile for the first user */
		{
			double bins_of_all = most < users->n ? most : users->n;
			int64_t q = (int64_t) (users->n / bins_of_all);
			int64_t r = users->n - q * (int64_t) bins_of_all;
			int64_t first = (int64_t) before;
			int64_t number =
				first < r * (q + 1) ? first / (q + 1) + 1 : (first - r) / q + 1;

			CHECK(bins[b].number == number);
		}
	}
	CHECK(sum == users->n);
}

/* ---------- curves ---------- */

static void
check_curve(SegEnv *env, const Users *users, const SegRankedUplift *ranked,
            double scale)
{
	Part all = part_of(users, -INFINITY, INFINITY);
	double area = 0.0, found, coefficient, best;
	SegQiniPoint *points;
	int64_t n;

	if (all.n[0] == 0.0 || all.n[1] == 0.0)
	{
		CHECK(seg_qini_curve(env, ranked, &points, &n) == SEG_UNDEFINED);
		CHECK(seg_qini_area(env, ranked, &found) == SEG_UNDEFINED);
		CHECK(seg_qini_coefficient(env, ranked, &found) == SEG_UNDEFINED);
		return;
	}
	CHECK(seg_qini_curve(env, ranked, &points, &n) == SEG_OK);
	CHECK(isinf(points[0].threshold) && points[0].qini == 0.0 &&
	      points[0].gain == 0.0 && points[0].n[0] + points[0].n[1] == 0);
	for (int64_t i = 1; i < n; i++)
	{
		Part p = part_of(users, points[i].threshold, INFINITY);
		double rows = p.n[0] + p.n[1];

		CHECK(points[i].threshold < points[i - 1].threshold);
		CHECK(points[i].n[0] == p.n[0] && points[i].n[1] == p.n[1]);
		check_same(points[i].qini, qini_of_part(&p), scale);
		check_same(points[i].gain, uplift_of_part(&p) * rows, scale);
		check_same(points[i].random_qini,
		           qini_of_part(&all) * (rows / users->n),
		           scale);
		area += (points[i].qini / scale + points[i - 1].qini / scale -
		         points[i].random_qini / scale -
		         points[i - 1].random_qini / scale) /
		        2.0 *
		        (rows - (double) (points[i - 1].n[0] + points[i - 1].n[1]));
	}
	CHECK(points[n - 1].n[0] + points[n - 1].n[1] == users->n);
	CHECK(seg_qini_area(env, ranked, &found) == SEG_OK);
	CHECK_NEAR(found / scale, area / users->n / all.n[1], 1e-9);

	/* the best order: its corners */
	best = all.n[1] * all.mean[1];
	best = best * best / 2.0 +
	       best * (users->n - all.n[0] * all.mean[0] - best) +
	       all.n[0] * all.mean[0] * (best + qini_of_part(&all)) / 2.0 -
	       qini_of_part(&all) * users->n / 2.0;
	if (!ranked->is_share || best < 1e-9)
	{
		CHECK(seg_qini_coefficient(env, ranked, &coefficient) == SEG_UNDEFINED);
		return;
	}
	CHECK(seg_qini_coefficient(env, ranked, &coefficient) == SEG_OK);
	CHECK_NEAR(coefficient, area / best, 1e-9);
}

static void
against_brute_force(void)
{
	uint64_t seed = 5;

	for (int round = 0; round < 400; round++)
	{
		SegEnv env = unit_env();
		int kind = round % 4;
		double scale = kind == 2 ? ldexp(1.0, 1000) : kind == 3 ? 1e6 : 1.0;
		Users users = draw_users(&seed, kind);
		SegRankedUplift ranked;

		CHECK(rank(&env, &users, &ranked) == SEG_OK);
		check_bins(&env, &users, &ranked, 1 + unit_draw(&seed, 40), scale);
		check_curve(&env, &users, &ranked, scale);
		unit_env_free(&env);
	}
}

/* ---------- properties ---------- */

static double
coefficient_of(Users *users)
{
	SegEnv env = unit_env();
	SegRankedUplift ranked;
	double result = 0.0;

	CHECK(rank(&env, users, &ranked) == SEG_OK);
	CHECK(seg_qini_coefficient(&env, &ranked, &result) == SEG_OK);
	unit_env_free(&env);
	return result;
}

static double
area_of(Users *users)
{
	SegEnv env = unit_env();
	SegRankedUplift ranked;
	double result = 0.0;

	CHECK(rank(&env, users, &ranked) == SEG_OK);
	CHECK(seg_qini_area(&env, &ranked, &result) == SEG_OK);
	unit_env_free(&env);
	return result;
}

/* Both arms, both outcomes in each, as many users in each arm. */
static Users
even_users(uint64_t *seed)
{
	Users users = {.n = 100};

	for (int i = 0; i < users.n; i++)
		users.row[i] =
			(SegUpliftRow){unit_draw(seed, 40), i % 7 < 3, (i / 2) % 2};
	return users;
}

static void
best_order_is_1(void)
{
	uint64_t seed = 3;

	for (int round = 0; round < 50; round++)
	{
		Users users = even_users(&seed);
		double drawn = coefficient_of(&users);

		CHECK(drawn < 1.0 && drawn > -1.0);
		for (int i = 0; i < users.n; i++)
		{
			SegUpliftRow *row = &users.row[i];

			row->score = row->outcome * (row->arm > 0.0 ? 1.0 : -1.0);
		}
		CHECK_NEAR(coefficient_of(&users), 1.0, 1e-14);
	}
}

static void
equal_scores_are_0(void)
{
	uint64_t seed = 4;
	Users users = even_users(&seed);

	for (int i = 0; i < users.n; i++)
		users.row[i].score = 7.5;
	CHECK(coefficient_of(&users) == 0.0);
	CHECK(area_of(&users) == 0.0);
}

static void
any_increasing_score(void)
{
	uint64_t seed = 6;
	Users users = even_users(&seed);
	Users other = users;

	for (int i = 0; i < users.n; i++)
		other.row[i].score = exp(users.row[i].score) - 1e3;
	CHECK(coefficient_of(&users) == coefficient_of(&other));
	CHECK(area_of(&users) == area_of(&other));
}

/* The other arm, and the other direction. */
static void
exchanged_arms(void)
{
	uint64_t seed = 8;

	for (int kind = 0; kind < 2; kind++)
	{
		SegEnv env = unit_env();
		Users users = draw_users(&seed, kind);
		Users other = users;
		SegRankedUplift ranked, exchanged;
		SegUpliftBin *a, *b;
		SegQiniPoint *p, *q;
		int64_t n, m;

		for (int i = 0; i < users.n; i++)
			other.row[i].arm = 1.0 - users.row[i].arm;
		CHECK(rank(&env, &users, &ranked) == SEG_OK);
		CHECK(rank(&env, &other, &exchanged) == SEG_OK);
		CHECK(seg_uplift_bins(&env, &ranked, 5, 0.95, &a, &n) == SEG_OK);
		CHECK(seg_uplift_bins(&env, &exchanged, 5, 0.95, &b, &m) == SEG_OK);
		CHECK(n == m);
		for (int64_t i = 0; i < n; i++)
		{
			check_same(a[i].uplift, -b[i].uplift, 1.0);
			check_same(a[i].low, -b[i].high, 1.0);
			check_same(a[i].gain, -b[i].gain, 1.0);
		}
		CHECK(seg_qini_curve(&env, &ranked, &p, &n) == SEG_OK);
		CHECK(seg_qini_curve(&env, &exchanged, &q, &m) == SEG_OK);
		for (int64_t i = 0; i < n; i++)
			check_same(p[i].gain, -q[i].gain, 1.0);
		unit_env_free(&env);
	}
}

/* ---------- limits ---------- */

static void
huge_results(void)
{
	SegEnv env = unit_env();
	Users users = {{{1, 1.7e308, 1}, {1, -1.7e308, 0}}, 2};
	SegRankedUplift ranked;
	SegQiniPoint *points;
	SegUpliftBin *bins;
	int64_t n;
	double area;

	CHECK(rank(&env, &users, &ranked) == SEG_OK);
	CHECK(seg_uplift_bins(&env, &ranked, 3, 0.95, &bins, &n) == SEG_NOT_FINITE);
	CHECK(seg_qini_curve(&env, &ranked, &points, &n) == SEG_NOT_FINITE);
	CHECK(seg_qini_area(&env, &ranked, &area) == SEG_OK && area == 0.0);
	unit_env_free(&env);
}

static void
tiny_and_huge_scores(void)
{
	SegEnv env = unit_env();
	Users users = {{{1.7e308, 1, 1}, {1.7e308, 0, 1}, {-1.7e308, 1, 0}}, 3};
	SegRankedUplift ranked;
	SegUpliftBin *bins;
	int64_t n;

	CHECK(rank(&env, &users, &ranked) == SEG_OK);
	CHECK(seg_uplift_bins(&env, &ranked, 1, 0.95, &bins, &n) == SEG_OK);
	CHECK(n == 1);
	CHECK_NEAR(bins[0].mean_score / 1.7e308, 1.0 / 3.0, 1e-14);
	for (int i = 0; i < 3; i++)
		users.row[i].score = ldexp(1.0, -1074);
	CHECK(rank(&env, &users, &ranked) == SEG_OK);
	CHECK(seg_uplift_bins(&env, &ranked, 1, 0.95, &bins, &n) == SEG_OK);
	CHECK(bins[0].mean_score == ldexp(1.0, -1074));
	unit_env_free(&env);
}

static void
memory_and_stop(void)
{
	SegEnv env = unit_env();
	uint64_t seed = 2;
	Users users = even_users(&seed);
	SegRankedUplift ranked;
	SegUpliftBin *bins;
	SegQiniPoint *points;
	int64_t n;

	for (int i = 0; i < 5; i++)
	{
		unit_env_fail_after(&env, i);
		CHECK(rank(&env, &users, &ranked) == SEG_NO_MEMORY);
	}
	unit_env_fail_after(&env, 1000);
	CHECK(rank(&env, &users, &ranked) == SEG_OK);
	unit_env_fail_after(&env, 0);
	CHECK(seg_uplift_bins(&env, &ranked, 4, 0.95, &bins, &n) == SEG_NO_MEMORY);
	CHECK(seg_qini_curve(&env, &ranked, &points, &n) == SEG_NO_MEMORY);
	unit_env_fail_after(&env, 1000);
	unit_env_stop_after(&env, 0);
	CHECK(seg_uplift_bins(&env, &ranked, 4, 0.95, &bins, &n) == SEG_STOPPED);
	unit_env_free(&env);
}

void
test_uplift(void)
{
	against_brute_force();
	best_order_is_1();
	equal_scores_are_0();
	any_increasing_score();
	exchanged_arms();
	huge_results();
	tiny_and_huge_scores();
	memory_and_stop();
}
