/* test_kmeans_elbow.c: every clustering of a range, by the definitions */
#include "kernel/cluster/kmeans_elbow.h"

#include "base/hash.h"
#include "kernel/cluster/cluster_quality.h"
#include "unit.h"

void test_kmeans_elbow(void);

#define N     120
#define DIM   3
#define MAX_K 7

typedef struct Data
{
	int n;
	double x[N][DIM];
} Data;

/* Rows around four spots, far from zero, by columns of very different size. */
static Data
make_data(int n)
{
	Data d = {.n = n};

	for (int i = 0; i < n; i++)
		for (int j = 0; j < DIM; j++)
			d.x[i][j] =
				pow(10, j) * (500.0 + 3.0 * (i % 4 >> j % 2) +
			                  seg_random_real(1, (uint64_t) j, (uint64_t) i));
	return d;
}

static SegKMeansParams
params_of(int64_t k, bool standardize)
{
	SegKMeansParams p;

	seg_options_defaults(seg_kmeans_options, &p, sizeof(p));
	p.k = k;
	p.standardize = standardize;
	return p;
}

static SegRows *
source_of(SegMemoryRows *source, const Data *d, int64_t block_rows)
{
	seg_memory_rows(source, d->x[0], d->n, DIM, DIM, block_rows);
	return &source->rows;
}

static SegStatus
point_of(SegEnv *env, const Data *d, const SegKMeansParams *p,
         SegKMeansElbowPoint *point)
{
	SegMemoryRows source;

	*point = (SegKMeansElbowPoint){-7, -7, -7, -7, -7};
	return seg_kmeans_elbow_point(env, source_of(&source, d, 32), p, point);
}

/* ---------- by the definitions ---------- */

/* Rows in the space where they were clustered, and the cluster of each. */
typedef struct Clustering
{
	int n;
	int k;
	double x[N][DIM];
	double center[N][DIM];
	int label[N];
} Clustering;

static double
square(const double *a, const double *b)
{
	double sum = 0;

	for (int j = 0; j < DIM; j++)
		sum += (a[j] - b[j]) * (a[j] - b[j]);
	return sum;
}

static double
deviation(const Data *d, int j)
{
	double mean = 0, squares = 0;

	for (int i = 0; i < d->n; i++)
		mean += d->x[i][j] / d->n;
	for (int i = 0; i < d->n; i++)
		squares += (d->x[i][j] - mean) * (d->x[i][j] - mean) / d->n;
	return sqrt(squares);
}

/* Only the centers are taken from the training. */
static Clustering
cluster(SegEnv *env, const Data *d, const SegKMeansParams *p)
{
	Clustering c = {.n = d->n, .k = (int) p->k};
	SegMemoryRows source;
	SegKMeans model = {0};

	CHECK(seg_kmeans_train(env, source_of(&source, d, 7), p, &model) == SEG_OK);
	for (int j = 0; j < DIM; j++)
	{
		double unit = p->standardize ? deviation(d, j) : 1.0;

		for (int i = 0; i < c.n; i++)
			c.x[i][j] = d->x[i][j] / unit;
		for (int g = 0; g < c.k; g++)
			c.center[g][j] = model.centers[g * DIM + j] / unit;
	}
	for (int i = 0; i < c.n; i++)
		for (int g = 0; g < c.k; g++)
			if (square(c.x[i], c.center[g]) <
			    square(c.x[i], c.center[c.label[i]]))
				c.label[i] = g;
	return c;
}

static double
inertia_of(const Clustering *c)
{
	double sum = 0;

	for (int i = 0; i < c->n; i++)
		sum += square(c->x[i], c->center[c->label[i]]);
	return sum;
}

static double
simplified_silhouette(const Clustering *c)
{
	double sum = 0;

	for (int i = 0; i < c->n; i++)
	{
		double a = sqrt(square(c->x[i], c->center[c->label[i]]));
		double b = INFINITY;

		for (int g = 0; g < c->k; g++)
			if (g != c->label[i])
				b = fmin(b, sqrt(square(c->x[i], c->center[g])));
		sum += (b - a) / fmax(a, b);
	}
	return sum / c->n;
}

/* The mean of a cluster, or of all rows: group -1; how many there are. */
static int
mean_of(const Clustering *c, int group, double *mean)
{
	int n = 0;

	memset(mean, 0, DIM * sizeof(double));
	for (int i = 0; i < c->n; i++)
	{
		if (group >= 0 && c->label[i] != group)
			continue;
		n++;
		for (int j = 0; j < DIM; j++)
			mean[j] += c->x[i][j];
	}
	for (int j = 0; j < DIM; j++)
		mean[j] /= n;
	return n;
}

static double
calinski_harabasz(const Clustering *c)
{
	double all[DIM], mean[DIM], between = 0, within = 0;

	mean_of(c, -1, all);
	for (int g = 0; g < c->k; g++)
	{
		between += mean_of(c, g, mean) * square(mean, all);
		for (int i = 0; i < c->n; i++)
			within += c->label[i] == g ? square(c->x[i], mean) : 0;
	}
	return (between / (c->k - 1)) / (within / (c->n - c->k));
}

static double
davies_bouldin(const Clustering *c)
{
	double mean[MAX_K][DIM], spread[MAX_K] = {0}, sum = 0;

	for (int g = 0; g < c->k; g++)
	{
		int size = mean_of(c, g, mean[g]);

		for (int i = 0; i < c->n; i++)
			spread[g] +=
				c->label[i] == g ? sqrt(square(c->x[i], mean[g])) / size : 0;
	}
	for (int a = 0; a < c->k; a++)
	{
		double worst = 0;

		for (int b = 0; b < c->k; b++)
			if (a != b)
				worst = fmax(worst,
				             (spread[a] + spread[b]) /
				                 sqrt(square(mean[a], mean[b])));
		sum += worst;
	}
	return sum / c->k;
}

static void
scores_are_as_defined(void)
{
	Data d = make_data(N);
	double last = INFINITY;

	for (int standardize = 0; standardize < 2; standardize++)
		for (int64_t k = 1; k <= MAX_K; k++)
		{
			SegEnv env = unit_env();
			SegKMeansParams p = params_of(k, standardize);
			SegKMeansElbowPoint point;
			Clustering c = cluster(&env, &d, &p);

			CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
			CHECK(point.converged == 1);
			CHECK_NEAR(point.inertia, inertia_of(&c), 1e-9);
			CHECK(k == 1 || point.inertia < last);
			last = point.inertia;
			if (k == 1)
				CHECK(point.simplified_silhouette == SEG_NO_SCORE &&
				      point.calinski_harabasz == SEG_NO_SCORE &&
				      point.davies_bouldin == SEG_NO_SCORE);
			else
			{
				CHECK_NEAR(point.simplified_silhouette,
				           simplified_silhouette(&c),
				           1e-9);
				CHECK_NEAR(point.calinski_harabasz,
				           calinski_harabasz(&c),
				           1e-9);
				CHECK_NEAR(point.davies_bouldin, davies_bouldin(&c), 1e-9);
			}
			unit_env_free(&env);
		}
}

/* One cluster is all the rows: of standardized ones the inertia is known. */
static void
one_cluster_is_all(void)
{
	Data d = make_data(N);
	SegEnv env = unit_env();
	SegKMeansParams p = params_of(1, true);
	SegKMeansElbowPoint point;

	CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
	CHECK_NEAR(point.inertia, N * DIM, 1e-10);
	unit_env_free(&env);
}

/* As many clusters as rows: nothing to judge but that each row is its center. */
static void
rows_of_their_own_have_no_scores(void)
{
	Data d = make_data(6);
	SegEnv env = unit_env();
	SegKMeansElbowPoint point;

	for (int64_t k = 5; k <= 7; k++)
	{
		SegKMeansParams p = params_of(k, true);
		SegStatus status = point_of(&env, &d, &p, &point);

		CHECK(status == (k < 7 ? SEG_OK : SEG_TOO_FEW_ROWS));
		if (k == 5)
			CHECK(point.inertia > 0 && point.simplified_silhouette < 1 &&
			      point.calinski_harabasz > 0 && point.davies_bouldin > 0);
		if (k == 6)
			CHECK(point.inertia == 0 && point.simplified_silhouette == 1 &&
			      point.calinski_harabasz == SEG_NO_SCORE &&
			      point.davies_bouldin == SEG_NO_SCORE);
	}
	CHECK(env.diag.got == 6 && env.diag.want == 7);
	unit_env_free(&env);
}

/* Rows that are all their own centers, and some of them alike. */
static void
clusters_without_spread(void)
{
	Data d = make_data(6);
	SegEnv env = unit_env();
	SegKMeansParams p = params_of(2, true);
	SegKMeansElbowPoint point;

	for (int i = 0; i < 6; i++)
		memcpy(d.x[i], d.x[i % 2], sizeof(d.x[i]));
	CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
	CHECK(point.inertia == 0 && point.simplified_silhouette == 1 &&
	      point.calinski_harabasz == 1 && point.davies_bouldin == 0);
	unit_env_free(&env);
}

static void
tells_whether_it_converged(void)
{
	Data d = make_data(N);
	SegEnv env = unit_env();
	SegKMeansParams p = params_of(5, true);
	SegKMeansElbowPoint point;

	p.restarts = 1;
	p.max_iterations = 1;
	CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
	CHECK(point.converged == 0 && point.davies_bouldin > 0);
	unit_env_free(&env);
}

/* ---------- failures ---------- */

static SegStatus
check_range(SegEnv *env, const SegKMeansParams *p, int64_t k_min, int64_t k_max,
            int64_t dim)
{
	SegKMeansElbowParams params = {*p, k_min, k_max};

	return seg_kmeans_elbow_check(env, &params, dim);
}

static void
checks_the_range(void)
{
	SegEnv env = unit_env();
	SegKMeansParams p = params_of(-3, true); /* not looked at */
	double init[4] = {0};

	CHECK(check_range(&env, &p, 2, 2, 5) == SEG_OK);
	CHECK(check_range(&env, &p, 2, 1, 5) == SEG_ARGUMENT_RANGE);
	CHECK(env.diag.got == 1 && env.diag.want == 2 &&
	      env.diag.limit == SEG_KMEANS_MAX_K);
	CHECK(strcmp(env.diag.what, "largest number of clusters") == 0);
	CHECK(check_range(&env, &p, 1, SEG_KMEANS_MAX_K, 1) == SEG_OK);
	CHECK(check_range(&env, &p, 0, 3, 1) == SEG_ARGUMENT_RANGE);
	CHECK(env.diag.got == 0 && env.diag.want == 1);
	CHECK(check_range(&env, &p, 1, SEG_KMEANS_MAX_K + 1, 1) ==
	      SEG_ARGUMENT_RANGE);
	CHECK(env.diag.got == SEG_KMEANS_MAX_K + 1);
	CHECK(check_range(&env, &p, 1, 16384, 1024) == SEG_OK);
	CHECK(check_range(&env, &p, 1, 16385, 1024) == SEG_LIMIT);
	CHECK(env.diag.got == 16385 * 1024.0 &&
	      env.diag.want == SEG_PARTITION_MAX_CELLS);
	p.rank_by = 3;
	CHECK(check_range(&env, &p, 1, 2, 3) == SEG_OK);
	CHECK(check_range(&env, &p, 1, 2, 2) == SEG_OPTION_RANGE);
	/* first centers are for one k: both ends of the range are looked at */
	p.rank_by = 1;
	p.init = (SegMatrix){init, 2, 2};
	CHECK(check_range(&env, &p, 2, 2, 2) == SEG_OK);
	CHECK(check_range(&env, &p, 1, 2, 2) == SEG_OPTION_SIZE);
	CHECK(env.diag.want == 1);
	CHECK(check_range(&env, &p, 2, 3, 2) == SEG_OPTION_SIZE);
	CHECK(env.diag.want == 3);
	unit_env_free(&env);
}

static void
passes_on_what_training_says(void)
{
	Data d = make_data(10);
	SegEnv env = unit_env();
	SegKMeansParams p = params_of(2, false);
	SegKMeansElbowPoint point;

	d.x[3][0] = 1e200;
	CHECK(point_of(&env, &d, &p, &point) == SEG_VALUE_RANGE);
	p.k = 0;
	CHECK(point_of(&env, &d, &p, &point) == SEG_ARGUMENT_RANGE);
	unit_env_free(&env);
}

static void
runs_out_of_memory_anywhere(void)
{
	Data d = make_data(40);
	SegKMeansParams p = params_of(3, true);
	SegKMeansElbowPoint point;
	SegEnv env = unit_env();
	int allocations;

	CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
	allocations = unit_env_allocations(&env);
	CHECK(allocations > 15);
	unit_env_free(&env);
	for (int n = 0; n < allocations; n++)
	{
		env = unit_env();
		unit_env_fail_after(&env, n);
		CHECK(point_of(&env, &d, &p, &point) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
}

static void
stops_at_any_question(void)
{
	Data d = make_data(40);
	SegKMeansParams p = params_of(3, true);
	SegKMeansElbowPoint point;
	SegMemoryRows source;
	SegKMeans model = {0};
	SegEnv env = unit_env();
	int questions, training;

	p.restarts = 2;
	CHECK(seg_kmeans_train(&env, source_of(&source, &d, 32), &p, &model) ==
	      SEG_OK);
	training = unit_env_questions(&env);
	CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
	questions = unit_env_questions(&env) - training;
	/* the silhouette asks, and so do the scores */
	CHECK(questions > training + 2);
	unit_env_free(&env);
	for (int n = 0; n < questions; n++)
	{
		env = unit_env();
		unit_env_stop_after(&env, n);
		CHECK(point_of(&env, &d, &p, &point) == SEG_STOPPED);
		CHECK(unit_env_questions(&env) == n + 1); /* and asks no more */
		unit_env_free(&env);
	}
}

/* ---------- the stored form ---------- */

#define POINTS 3

typedef struct Stored
{
	SegKMeansElbow elbow;
	int64_t converged[POINTS];
	double inertias[POINTS];
	double scores[3][POINTS];
} Stored;

static void
make_stored(Stored *s)
{
	*s = (Stored){.elbow = {.k_min = 1,
	                        .points = POINTS,
	                        .dim = DIM,
	                        .rows_used = 10,
	                        .options = {"{}", 2},
	                        .version = {"0", 1}},
	              .inertias = {30, 20, 10},
	              .scores = {{SEG_NO_SCORE, 0.5, 1},
	                         {SEG_NO_SCORE, 0, 1e300},
	                         {SEG_NO_SCORE, 0, 7}}};
	s->elbow.points_converged = s->converged;
	s->elbow.inertias = s->inertias;
	s->elbow.simplified_silhouettes = s->scores[0];
	s->elbow.calinski_harabasz = s->scores[1];
	s->elbow.davies_bouldin = s->scores[2];
}

static bool
is_sound(SegEnv *env, const Stored *s)
{
	SegStatus status =
		seg_image_validate(env, &seg_kmeans_elbow_method, &s->elbow);

	CHECK(status == SEG_OK || status == SEG_CORRUPT);
	return status == SEG_OK;
}

static void
damage_is_found(void)
{
	SegEnv env = unit_env();
	Stored s;

	make_stored(&s);
	CHECK(is_sound(&env, &s));
	s.elbow.k_min = SEG_KMEANS_MAX_K - POINTS + 1;
	CHECK(is_sound(&env, &s));
	s.elbow.k_min++;
	CHECK(!is_sound(&env, &s));
	for (int i = 0; i < POINTS; i++)
		for (int score = 0; score < 3; score++)
		{
			make_stored(&s);
			s.scores[score][i] = -0.5; /* neither a score nor none */
			CHECK(!is_sound(&env, &s));
			s.scores[score][i] = score == 0 ? nextafter(1, 2) : INFINITY;
			CHECK(!is_sound(&env, &s));
			s.scores[score][i] = 0;
			CHECK(is_sound(&env, &s));
			s.scores[score][i] = SEG_NO_SCORE;
			CHECK(is_sound(&env, &s));
		}
	make_stored(&s);
	s.inertias[1] = -1e-300;
	CHECK(!is_sound(&env, &s));
	make_stored(&s);
	s.converged[2] = 2;
	CHECK(!is_sound(&env, &s));
	make_stored(&s);
	s.elbow.converged = 1; /* none did */
	CHECK(!is_sound(&env, &s));
	unit_env_free(&env);
}

static void
comes_back_from_its_image(void)
{
	SegEnv env = unit_env();
	SegKMeansElbow back;
	Stored s;
	size_t size;
	char *body;

	make_stored(&s);
	CHECK(seg_image_size(&env, &seg_kmeans_elbow_method, &s.elbow, &size) ==
	      SEG_OK);
	body = env.alloc(env.host, size);
	seg_image_write(&seg_kmeans_elbow_method, &s.elbow, body);
	for (size_t length = 0; length <= size; length++)
		CHECK(seg_image_open(&env,
		                     &seg_kmeans_elbow_method,
		                     body,
		                     length,
		                     &back) == (length == size ? SEG_OK : SEG_CORRUPT));
	CHECK(back.k_min == 1 && back.points == POINTS && back.rows_used == 10);
	CHECK(memcmp(back.inertias, s.inertias, sizeof(s.inertias)) == 0);
	CHECK(memcmp(back.simplified_silhouettes,
	             s.scores[0],
	             sizeof(s.scores[0])) == 0);
	CHECK(memcmp(back.calinski_harabasz, s.scores[1], sizeof(s.scores[1])) ==
	      0);
	CHECK(memcmp(back.davies_bouldin, s.scores[2], sizeof(s.scores[2])) == 0);
	unit_env_free(&env);
}

/* The trainer: one column of scores for each k, and one note for all. */
static void
trains_each_k(void)
{
	SegEnv env = unit_env();
	SegNotes notes = {0};
	Data d = make_data(24);
	SegKMeansElbowParams params = {params_of(-3, true), 2, 5};
	SegKMeansElbow elbow = {0};
	SegMemoryRows source;

	env.notes = &notes;
	CHECK(seg_kmeans_elbow_trainer.train(&env,
	                                     source_of(&source, &d, 7),
	                                     &params,
	                                     &elbow) == SEG_OK);
	CHECK(elbow.k_min == 2 && elbow.points == 4 && elbow.dim == DIM &&
	      elbow.rows_used == 24 && elbow.converged && notes.n == 0);
	for (int i = 0; i < 4; i++)
	{
		SegKMeansParams p = params_of(2 + i, true);
		SegKMeansElbowPoint point;

		CHECK(point_of(&env, &d, &p, &point) == SEG_OK);
		CHECK(elbow.points_converged[i] == point.converged &&
		      elbow.inertias[i] == point.inertia &&
		      elbow.simplified_silhouettes[i] == point.simplified_silhouette &&
		      elbow.calinski_harabasz[i] == point.calinski_harabasz &&
		      elbow.davies_bouldin[i] == point.davies_bouldin);
	}

	params.kmeans.max_iterations = 1;
	params.kmeans.restarts = 1;
	params.kmeans.tolerance = 0;
	CHECK(seg_kmeans_elbow_trainer.train(&env,
	                                     source_of(&source, &d, 7),
	                                     &params,
	                                     &elbow) == SEG_OK);
	CHECK(!elbow.converged && notes.n == 1 &&
	      notes.status[0] == SEG_NOTE_PARTLY && notes.diag[0].want == 4 &&
	      notes.diag[0].got >= 1);
	params.k_max = 25;
	CHECK(seg_kmeans_elbow_trainer.train(&env,
	                                     source_of(&source, &d, 7),
	                                     &params,
	                                     &elbow) == SEG_TOO_FEW_ROWS);
	CHECK(env.diag.want == 25);
	unit_env_free(&env);
}

void
test_kmeans_elbow(void)
{
	trains_each_k();
	scores_are_as_defined();
	one_cluster_is_all();
	rows_of_their_own_have_no_scores();
	clusters_without_spread();
	tells_whether_it_converged();
	checks_the_range();
	passes_on_what_training_says();
	runs_out_of_memory_anywhere();
	stops_at_any_question();
	damage_is_found();
	comes_back_from_its_image();
}
