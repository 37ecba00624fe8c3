/*
 * test_linkage.c
 *	  Merges against the definitions of the linkages: every merge is one of the two
 *	  nearest of all clusters then left, at the height that their rows give.
 */
#include "unit.h"

#include "kernel/hierarchy/linkage_tile.h"

#define MOST_POINTS 120
#define MOST_DIM    9

static double data[MOST_POINTS * MOST_DIM];
static double masses[MOST_POINTS];
static int64_t gower_numbers; /* elements that are numbers; 0: Euclidean */

static const SegLinkage all_linkages[] = {SEG_LINKAGE_WARD,
                                          SEG_LINKAGE_AVERAGE,
                                          SEG_LINKAGE_COMPLETE,
                                          SEG_LINKAGE_SINGLE};

/* The merges of n points, in order. */
typedef struct Hierarchy
{
	int64_t n;
	int64_t dim;
	SegLinkage linkage;
	int32_t first[MOST_POINTS];
	int32_t second[MOST_POINTS];
	double height[MOST_POINTS];
} Hierarchy;

/*
 * Points on a grid of so many values: few values make many ties.
 */
static void
make_points(uint64_t seed, int64_t n, int64_t dim, int values, int most_mass)
{
	for (int64_t i = 0; i < n; i++)
	{
		masses[i] = 1 + unit_draw(&seed, most_mass);
		for (int64_t j = 0; j < dim; j++)
			data[i * dim + j] = unit_draw(&seed, values) - values / 2 +
			                    (i % 3 == 1 ? values : 0);
	}
}

static SegStatus
link_points(SegEnv *env, SegPoints *p, SegLinkage linkage, SegMerge *merges)
{
	if (linkage == SEG_LINKAGE_WARD)
		return seg_linkage_ward(env, p, merges);
	if (linkage == SEG_LINKAGE_SINGLE)
		return seg_linkage_single(env, p, merges);
	return seg_linkage_matrix(env, p, linkage, merges);
}

static SegStatus
find_hierarchy(SegEnv *env, SegLinkage linkage, int64_t n, int64_t dim,
               Hierarchy *h)
{
	SegMerge merges[MOST_POINTS];
	SegPoints p;

	h->n = n;
	h->dim = dim;
	h->linkage = linkage;
	SEG_TRY(seg_points_create(env, n, dim, &p));
	p.mixed = gower_numbers > 0;
	p.numbers = p.mixed ? gower_numbers : dim;
	for (int64_t i = 0; i < n; i++)
	{
		p.mass[i] = masses[i];
		for (int64_t j = 0; j < dim; j++)
			seg_point_at(&p, i)[j * SEG_TILE_SLOTS] = data[i * dim + j];
	}
	SEG_TRY(link_points(env, &p, linkage, merges));
	return seg_linkage_order(env, merges, n, h->first, h->second, h->height);
}

/* ---------- the definitions ---------- */

static double
square_of(const Hierarchy *h, int64_t a, int64_t b)
{
	double sum = 0.0;

	for (int64_t j = 0; j < h->dim; j++)
	{
		double z = data[a * h->dim + j] - data[b * h->dim + j];

		sum += z * z;
	}
	return sum;
}

/*
 * Elements are of range 1 here.
 */
static double
gower_of(const Hierarchy *h, int64_t a, int64_t b)
{
	double sum = 0.0;
	int there = 0;

	for (int64_t j = 0; j < h->dim; j++)
	{
		double x = data[a * h->dim + j];
		double y = data[b * h->dim + j];

		if (isnan(x) || isnan(y))
			continue;
		there++;
		sum += j < gower_numbers ? fabs(x - y) : x != y;
	}
	return sum / there;
}

static double
point_distance(const Hierarchy *h, int64_t a, int64_t b)
{
	return gower_numbers > 0 ? gower_of(h, a, b) : sqrt(square_of(h, a, b));
}

/*
 * Sum of squares around the mean of the points whose cluster is a or b, from the
 * squared distances of all pairs.
 */
static double
variation(const Hierarchy *h, const int *cluster, int a, int b)
{
	double sum = 0.0;
	double total = 0.0;

	for (int64_t i = 0; i < h->n; i++)
	{
		if (cluster[i] != a && cluster[i] != b)
			continue;
		total += masses[i];
		for (int64_t k = 0; k < i; k++)
		{
			if (cluster[k] == a || cluster[k] == b)
				sum += masses[i] * masses[k] * square_of(h, i, k);
		}
	}
	return sum / total;
}

static double
distance_of(const Hierarchy *h, const int *cluster, int a, int b)
{
	double least = INFINITY;
	double most = 0.0;
	double sum = 0.0;
	double total = 0.0;

	if (h->linkage == SEG_LINKAGE_WARD)
		return sqrt(fmax(0.0,
		                 2.0 * (variation(h, cluster, a, b) -
		                        variation(h, cluster, a, a) -
		                        variation(h, cluster, b, b))));
	for (int64_t i = 0; i < h->n; i++)
	{
		for (int64_t k = 0; k < h->n; k++)
		{
			double distance = point_distance(h, i, k);

			if (cluster[i] != a || cluster[k] != b)
				continue;
			least = fmin(least, distance);
			most = fmax(most, distance);
			sum += masses[i] * masses[k] * distance;
			total += masses[i] * masses[k];
		}
	}
	return h->linkage == SEG_LINKAGE_SINGLE     ? least
	       : h->linkage == SEG_LINKAGE_COMPLETE ? most
	                                            : sum / total;
}

/*
 * Replay the merges. distance[a][b] is taken anew where a cluster has changed.
 */
static void
replay(const Hierarchy *h)
{
	static double distance[2 * MOST_POINTS][2 * MOST_POINTS];
	bool there[2 * MOST_POINTS] = {false};
	int cluster[MOST_POINTS];

	for (int i = 0; i < h->n; i++)
	{
		cluster[i] = i;
		there[i] = true;
	}
	for (int a = 0; a < h->n; a++)
		for (int b = 0; b < a; b++)
			distance[a][b] = distance_of(h, cluster, a, b);
	for (int i = 0; i < h->n - 1; i++)
	{
		int made = (int) h->n + i;
		double least = INFINITY;

		for (int a = 0; a < made; a++)
			for (int b = 0; b < a; b++)
				if (there[a] && there[b])
					least = fmin(least, distance[a][b]);
		CHECK(h->first[i] < h->second[i] && there[h->first[i]] &&
		      there[h->second[i]]);
		CHECK_NEAR(distance[h->second[i]][h->first[i]], least, 1e-7);
		CHECK_NEAR(h->height[i], least, 1e-7);
		CHECK(i == 0 || h->height[i] >= h->height[i - 1]);
		there[h->first[i]] = there[h->second[i]] = false;
		for (int k = 0; k < h->n; k++)
			if (cluster[k] == h->first[i] || cluster[k] == h->second[i])
				cluster[k] = made;
		for (int b = 0; b < made; b++)
			if (there[b])
				distance[made][b] = distance_of(h, cluster, made, b);
		there[made] = true;
	}
}

static void
follows_the_definitions(void)
{
	static const struct
	{
		int64_t n;
		int64_t dim;
		int values;
		int mass;
	} cases[] = {{2, 1, 9, 1},
	             {3, 2, 1000, 1},
	             {16, 1, 4, 1},
	             {17, 2, 3, 3},
	             {40, 4, 5, 1},
	             {61, 8, 1000000, 1},
	             {90, 3, 1000, 5},
	             {120, 9, 2, 2}};
	SegEnv env = unit_env();

	for (size_t c = 0; c < sizeof(cases) / sizeof(cases[0]); c++)
	{
		make_points(c, cases[c].n, cases[c].dim, cases[c].values, cases[c].mass);
		for (int l = 0; l < 4; l++)
		{
			Hierarchy h;

			CHECK(find_hierarchy(&env,
			                     all_linkages[l],
			                     cases[c].n,
			                     cases[c].dim,
			                     &h) == SEG_OK);
			replay(&h);
		}
	}
	unit_env_free(&env);
}

/*
 * Two numbers and three categories, some of them missing.
 */
static void
follows_gower(void)
{
	SegEnv env = unit_env();

	gower_numbers = 2;
	for (uint64_t seed = 1; seed <= 5; seed++)
	{
		uint64_t draw = seed;
		int64_t n = 15 * (int64_t) seed;

		for (int l = 0; l < 4; l++)
		{
			Hierarchy h;

			if (all_linkages[l] == SEG_LINKAGE_WARD)
				continue;
			for (int64_t i = 0; i < 5 * n; i++)
			{
				data[i] = unit_draw(&draw, 4) / (i % 5 < 2 ? 3.0 : 1.0);
				if (i % 5 != 3 && unit_draw(&draw, 10) == 0)
					data[i] = NAN;
			}
			for (int64_t i = 0; i < n; i++)
				masses[i] = 1 + unit_draw(&draw, 2);
			CHECK(find_hierarchy(&env, all_linkages[l], n, 5, &h) == SEG_OK);
			replay(&h);
		}
	}
	for (int64_t i = 0; i < 5; i++)
		data[5 * (i % 2) + i] = NAN;
	data[1] = data[3] = data[5] = data[7] = data[9] = NAN;
	for (int l = 1; l < 4; l++)
	{
		Hierarchy h;

		CHECK(find_hierarchy(&env, all_linkages[l], 2, 5, &h) ==
		      SEG_NOT_COMPARABLE);
	}
	gower_numbers = 0;
	unit_env_free(&env);
}

/*
 * A point of mass 3 is three points: the merges above height 0 are the same.
 */
static void
mass_is_repetition(void)
{
	SegEnv env = unit_env();
	Hierarchy once;
	Hierarchy repeated;

	for (int l = 0; l < 4; l++)
	{
		int64_t n = 0;
		double copy[MOST_POINTS * 2];

		make_points(5, 30, 2, 1000000, 3);
		CHECK(find_hierarchy(&env, all_linkages[l], 30, 2, &once) == SEG_OK);
		for (int64_t i = 0; i < 30; i++)
		{
			for (int m = 0; m < (int) masses[i]; m++, n++)
			{
				copy[2 * n] = data[2 * i];
				copy[2 * n + 1] = data[2 * i + 1];
			}
		}
		memcpy(data, copy, sizeof(copy));
		for (int64_t i = 0; i < n; i++)
			masses[i] = 1.0;
		CHECK(n > 40 && n <= MOST_POINTS);
		CHECK(find_hierarchy(&env, all_linkages[l], n, 2, &repeated) == SEG_OK);
		for (int64_t i = 0; i < n - 30; i++)
			CHECK(repeated.height[i] == 0.0);
		for (int64_t i = 0; i < 29; i++)
			CHECK_NEAR(once.height[i], repeated.height[n - 30 + i], 1e-9);
	}
	unit_env_free(&env);
}

/*
 * Ties are decided by the documented rule. On a line of four points one apart, a
 * chain starts with the first two; then the cluster of those is at the place of
 * point 1, and the chain from there ends at points 2 and 3.
 */
static void
decides_ties(void)
{
	static const int32_t single_second[] = {1, 2, 3};
	SegEnv env = unit_env();
	Hierarchy h;

	for (int64_t i = 0; i < 4; i++)
	{
		data[i] = (double) i;
		masses[i] = 1.0;
	}
	for (int l = 0; l < 4; l++)
	{
		CHECK(find_hierarchy(&env, all_linkages[l], 4, 1, &h) == SEG_OK);
		CHECK(h.first[0] == 0 && h.second[0] == 1);
		if (h.linkage == SEG_LINKAGE_SINGLE)
			CHECK(h.first[1] == single_second[1] && h.second[1] == 4 &&
			      h.first[2] == single_second[2] && h.second[2] == 5);
		else
			CHECK(h.first[1] == 2 && h.second[1] == 3 && h.first[2] == 4 &&
			      h.second[2] == 5);
	}
	unit_env_free(&env);
}

/*
 * Every build of the loops gives the same bits.
 */
static void
builds_agree(void)
{
	SegEnv env = unit_env();
	SegPoints p;
	double from[MOST_DIM];
	double out[2][112];

	make_points(8, 100, 8, 1000000, 4);
	for (int64_t dim = 1; dim <= 8; dim++)
	{
		CHECK(seg_points_create(&env, 100, dim, &p) == SEG_OK);
		for (int64_t i = 0; i < 100; i++)
		{
			p.mass[i] = masses[i] / 3.0;
			for (int64_t j = 0; j < dim; j++)
				seg_point_at(&p, i)[j * SEG_TILE_SLOTS] = data[i * 8 + j] / 7.0;
		}
		for (int64_t i = 0; i < 100; i += 9)
		{
			SegNearest nearest[2] = {{-1, INFINITY, INFINITY},
			                         {-1, INFINITY, INFINITY}};
			const SegLinkageTiles *build[2] = {seg_linkage_tiles(),
			                                   seg_linkage_tiles_baseline()};

			seg_point_read(&p, i, from);
			for (int b = 0; b < 2; b++)
			{
				build[b]->distances(&p, from, 0, 7, out[b]);
				build[b]->ward_nearest(&p, from, p.mass[i], 0, 7, &nearest[b]);
			}
			CHECK(memcmp(out[0], out[1], sizeof(out[0])) == 0);
			CHECK(nearest[0].slot == i && nearest[0].height == 0.0);
			CHECK(out[0][i] == 0.0 && isinf(out[0][100]));
			CHECK(nearest[1].slot == i);
		}
	}
	unit_env_free(&env);
}

/*
 * The limit of the matrix, on both sides.
 */
static void
counts_rows_that_fit(void)
{
	for (int64_t bytes = 1000; bytes < INT64_C(100000000000); bytes *= 7)
	{
		int64_t n = seg_linkage_matrix_rows(bytes, 100);

		CHECK(8 * (n * (n - 1) / 2) + 100 * n <= bytes);
		CHECK(8 * ((n + 1) * n / 2) + 100 * (n + 1) > bytes);
	}
}

/*
 * Whenever memory runs out or the host asks us to stop, training gives up.
 */
static void
gives_up(void)
{
	make_points(3, 100, 9, 1000, 2);
	for (int l = 0; l < 4; l++)
	{
		SegEnv env = unit_env();
		Hierarchy h;
		int allocations;

		CHECK(find_hierarchy(&env, all_linkages[l], 100, 9, &h) == SEG_OK);
		allocations = unit_env_allocations(&env);
		unit_env_free(&env);
		for (int i = 0; i < allocations; i++)
		{
			env = unit_env();
			unit_env_fail_after(&env, i);
			CHECK(find_hierarchy(&env, all_linkages[l], 100, 9, &h) ==
			      SEG_NO_MEMORY);
			unit_env_free(&env);
		}
		env = unit_env();
		unit_env_stop_after(&env, 0);
		CHECK(find_hierarchy(&env, all_linkages[l], 100, 9, &h) == SEG_STOPPED);
		unit_env_free(&env);
	}
}

void test_linkage(void);

void
test_linkage(void)
{
	follows_the_definitions();
	follows_gower();
	mass_is_repetition();
	decides_ties();
	builds_agree();
	counts_rows_that_fit();
	gives_up();
}
