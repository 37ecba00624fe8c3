/* test_kmeans.c: k-means without a server, against plain Lloyd */
#include "kernel/cluster/kmeans.h"

#include "base/hash.h"
#include "kernel/cluster/kmeans_lloyd.h"
#include "unit.h"

void test_kmeans(void);

/* ---------- data ---------- */

static double
draw(uint64_t stream, int64_t item)
{
	return seg_random_real(1, stream, (uint64_t) item);
}

/*
 * Rows around k spots that are not far apart: it takes a few passes to separate
 * them. The weight, if any, follows the elements.
 */
static double *
make_rows(SegEnv *env, int64_t n, int32_t dim, int32_t stride, int64_t k)
{
	double *x = env->alloc(env->host, (size_t) (n * stride) * sizeof(double));

	for (int64_t i = 0; i < n; i++)
	{
		for (int32_t j = 0; j < dim; j++)
			x[i * stride + j] = 1000.0 + 3.0 * draw(7, (i % k) * 1000 + j) +
			                    draw(8, i * 1000 + j) * (j % 3 + 1);
		if (stride > dim)
			x[i * stride + dim] = 0.01 + draw(9, i);
	}
	return x;
}

static SegKMeansParams
defaults(int64_t k)
{
	SegKMeansParams p;

	seg_options_defaults(seg_kmeans_options, &p, sizeof(p));
	p.k = k;
	return p;
}

static SegStatus
train(SegEnv *env, const double *x, int64_t n, int32_t dim, int32_t stride,
      const SegKMeansParams *params, SegKMeans *model)
{
	SegMemoryRows source;

	*model = (SegKMeans){0};
	seg_memory_rows(&source, x, n, dim, stride, 256);
	return seg_kmeans_train(env, &source.rows, params, model);
}

/* ---------- plain Lloyd ---------- */

typedef struct Plain
{
	double *center; /* k * dim */
	double *weight; /* dim */
	int64_t *size;
	double inertia;
	bool was_empty; /* a cluster lost all its rows */
} Plain;

static double
plain_distance(const Plain *p, const double *x, int64_t c, int32_t dim)
{
	double sum = 0.0;

	for (int32_t j = 0; j < dim; j++)
	{
		double gap = (x[j] - p->center[c * dim + j]) * p->weight[j];

		sum += gap * gap;
	}
	return sum;
}

static void
plain_weights(const double *x, int64_t n, int32_t dim, int32_t stride,
              bool standardize, double *weight)
{
	for (int32_t j = 0; j < dim; j++)
	{
		double total = 0, mean = 0, squares = 0;

		for (int64_t i = 0; i < n; i++)
		{
			double mass = stride > dim ? x[i * stride + dim] : 1.0;

			total += mass;
			mean += mass * x[i * stride + j];
		}
		mean /= total;
		for (int64_t i = 0; i < n; i++)
			squares += (stride > dim ? x[i * stride + dim] : 1.0) *
			           (x[i * stride + j] - mean) * (x[i * stride + j] - mean);
		weight[j] =
			standardize && squares > 0.0 ? 1.0 / sqrt(squares / total) : 1.0;
	}
}

static void
plain_lloyd(SegEnv *env, const double *x, int64_t n, int32_t dim,
            int32_t stride, int64_t k, bool standardize, const double *init,
            Plain *p)
{
	size_t cells = (size_t) (k * dim);
	double *sum = env->alloc(env->host, cells * sizeof(double));
	double *mass = env->alloc(env->host, (size_t) k * sizeof(double));
	int64_t *label = env->alloc(env->host, (size_t) n * sizeof(int64_t));
	bool changed = true;

	p->center = env->alloc(env->host, cells * sizeof(double));
	p->weight = env->alloc(env->host, (size_t) dim * sizeof(double));
	p->size = env->alloc(env->host, (size_t) k * sizeof(int64_t));
	p->was_empty = false;
	memcpy(p->center, init, cells * sizeof(double));
	plain_weights(x, n, dim, stride, standardize, p->weight);
	for (int pass = 0; changed && pass < 1000; pass++)
	{
		changed = pass == 0;
		p->inertia = 0.0;
		memset(sum, 0, cells * sizeof(double));
		memset(mass, 0, (size_t) k * sizeof(double));
		memset(p->size, 0, (size_t) k * sizeof(int64_t));
		for (int64_t i = 0; i < n; i++)
		{
			const double *row = x + i * stride;
			double w = stride > dim ? row[dim] : 1.0;
			double least = INFINITY;
			int64_t best = 0;

			for (int64_t c = 0; c < k; c++)
			{
				double d = plain_distance(p, row, c, dim);

				if (d < least)
				{
					least = d;
					best = c;
				}
			}
			changed = changed || label[i] != best;
			label[i] = best;
			p->size[best]++;
			p->inertia += w * least;
			mass[best] += w;
			for (int32_t j = 0; j < dim; j++)
				sum[best * dim + j] += w * row[j];
		}
		for (int64_t c = 0; c < k; c++)
			for (int32_t j = 0; j < dim; j++)
			{
				if (mass[c] > 0.0)
					p->center[c * dim + j] = sum[c * dim + j] / mass[c];
				else
					p->was_empty = true;
			}
	}
}

/* Index of the model's cluster among the plain ones; -1: there is none. */
static int64_t
place_of(const Plain *p, const double *center, int64_t k, int32_t dim)
{
	for (int64_t c = 0; c < k; c++)
	{
		int32_t j = 0;

		while (j < dim && fabs(p->center[c * dim + j] - center[j]) <= 1e-8)
			j++;
		if (j == dim)
			return c;
	}
	return -1;
}

/* The same initial centers lead to the same clusters. */
static bool
agrees_with_plain(int64_t n, int32_t dim, int64_t k, bool weighted,
                  bool standardize)
{
	SegEnv env = unit_env();
	int32_t stride = dim + weighted;
	double *x = make_rows(&env, n, dim, stride, k);
	double *init = env.alloc(env.host, (size_t) (k * dim) * sizeof(double));
	SegKMeansParams params = defaults(k);
	SegKMeans model;
	Plain plain;

	for (int64_t c = 0; c < k; c++)
		memcpy(init + c * dim,
		       x + (c * n / k) * stride,
		       (size_t) dim * sizeof(double));
	params.init = (SegMatrix){init, k, dim};
	params.standardize = standardize;
	params.tolerance = 0.0;
	plain_lloyd(&env, x, n, dim, stride, k, standardize, init, &plain);
	CHECK(train(&env, x, n, dim, stride, &params, &model) == SEG_OK);
	CHECK(model.k == k && model.dim == dim && model.rows_used == n &&
	      model.converged == 1);
	for (int32_t j = 0; j < dim; j++)
		CHECK_NEAR(model.feature_weights[j], plain.weight[j], 1e-9);
	if (!plain.was_empty)
	{
		CHECK_NEAR(model.inertia, plain.inertia, 1e-9);
		for (int64_t c = 0; c < k; c++)
		{
			int64_t at = place_of(&plain, model.centers + c * dim, k, dim);

			CHECK(at >= 0 && plain.size[at] == model.sizes[c]);
			CHECK(c == 0 ||
			      model.centers[(c - 1) * dim] <= model.centers[c * dim]);
		}
	}
	unit_env_free(&env);
	return !plain.was_empty;
}

static void
agrees_with_plain_lloyd(void)
{
	static const int64_t ks[] = {1, 2, 3, 7, 16, 17, 33};
	int compared = 0;

	for (int32_t dim = 1; dim <= 70; dim++)
		compared += agrees_with_plain(40 + dim * 3,
		                              dim,
		                              ks[dim % 7],
		                              dim % 2 == 0,
		                              dim % 3 != 0);
	compared += agrees_with_plain(150, 130, 5, false, true);
	compared += agrees_with_plain(150, 130, 18, true, true);
	compared += agrees_with_plain(3000, 2, 40, true, false);
	compared += agrees_with_plain(2000, 5, 8, false, true);
	compared += agrees_with_plain(16, 3, 16, false, false);
	compared += agrees_with_plain(15, 3, 1, true, true);
	CHECK(compared > 60); /* few lose a cluster on the way */
}

/* ---------- the model does not depend on how rows arrive ---------- */

static void *
body_of(SegEnv *env, const SegKMeans *model, size_t *size)
{
	void *body;

	CHECK(seg_image_size(env, &seg_kmeans_method, model, size) == SEG_OK);
	body = env->alloc(env->host, *size);
	seg_image_write(&seg_kmeans_method, model, body);
	return body;
}

static void
blocks_do_not_matter(void)
{
	static const int64_t blocks[] = {1, 7, 256, 4096};
	static const int64_t shapes[][3] = {{1000, 2, 5},
	                                    {20000, 3, 4},
	                                    {700, 70, 9},
	                                    {300, 16, 40}};

	for (int s = 0; s < 4; s++)
		for (int weighted = 0; weighted < 2; weighted++)
		{
			int64_t n = shapes[s][0], k = shapes[s][2];
			int32_t dim = (int32_t) shapes[s][1];
			SegEnv env = unit_env();
			double *x = make_rows(&env, n, dim, dim + weighted, k);
			SegKMeansParams params = defaults(k);
			void *first = NULL;
			size_t first_size = 0;

			params.restarts = 2;
			for (int b = 0; b < 8; b++)
			{
				SegMemoryRows source;
				SegKMeans model = {0};
				size_t size;
				void *body;

				seg_memory_rows(&source,
				                x,
				                n,
				                dim,
				                dim + weighted,
				                blocks[b / 2]);
				source.rows.resident = b % 2 == 0;
				CHECK(seg_kmeans_train(&env, &source.rows, &params, &model) ==
				      SEG_OK);
				model.options = (SegText){"{}", 2};
				model.version = (SegText){"0", 1};
				body = body_of(&env, &model, &size);
				if (first == NULL)
				{
					first = body;
					first_size = size;
				}
				CHECK(size == first_size && memcmp(body, first, size) == 0);
				CHECK(seg_image_validate(&env, &seg_kmeans_method, &model) ==
				      SEG_OK);
			}
			unit_env_free(&env);
		}
}

/* ---------- arithmetic ---------- */

/* A single row, rows in tiles, and all distances: the same bits. */
static void
scoring_equals_the_tiles(void)
{
	const SegTileKernels *tile = seg_tile_kernels();

	for (int32_t dim = 1; dim <= 130; dim += dim < 70 ? 1 : 60)
		for (int32_t k = 1; k <= 35; k += 17)
		{
			enum
			{
				N = 37
			};
			SegEnv env = unit_env();
			double *x = make_rows(&env, N, dim, dim, 3);
			double *centers = make_rows(&env, k, dim, dim, 2);
			double *weight = env.alloc(env.host, 130 * sizeof(double));
			double *all = env.alloc(env.host, N * 35 * sizeof(double));
			SegTileCenters c = {k, dim, NULL, weight, centers, NULL, NULL};
			SegTileRows rows = {x, N, dim, 0, NULL};
			uint16_t label[N];
			double nearest[N], second[N];
			SegKMeansScorer *scorer;
			bool same = true;

			for (int32_t j = 0; j < dim; j++)
				weight[j] = 0.5 + draw(3, j);
			CHECK(seg_kmeans_scorer(&env, centers, weight, k, dim, &scorer) ==
			      SEG_OK);
			tile->measure(&c, &rows, label, nearest, second);
			tile->distances(&c, &rows, all);
			for (int i = 0; i < N; i++)
			{
				double a, b;
				int64_t at = seg_kmeans_nearest(scorer, x + i * dim, &a, &b);
				int64_t cluster;

				same = same && at == label[i] &&
				       seg_kmeans_assign(&env, scorer, x + i * dim, &cluster) ==
				           SEG_OK &&
				       cluster == at + 1 && a == nearest[i] && b == second[i] &&
				       memcmp(seg_kmeans_squares(scorer, x + i * dim),
				              all + i * k,
				              (size_t) k * sizeof(double)) == 0;
				CHECK(k > 1 || b == INFINITY);
			}
			CHECK(same);
			unit_env_free(&env);
		}
}

/* A row so far away that no distance is a number has no cluster. */
static void
knows_no_center_of_rows_too_far(void)
{
	static const double centers[] = {0, 0, 1, 1, 5, 7};
	static const double weight[] = {1, 1};

	for (int64_t k = 1; k <= 3; k++)
	{
		SegEnv env = unit_env();
		double x[] = {1e153, -1e153};
		SegKMeansScorer *scorer;
		int64_t cluster = -7;

		CHECK(seg_kmeans_scorer(&env, centers, weight, k, 2, &scorer) ==
		      SEG_OK);
		CHECK(seg_kmeans_assign(&env, scorer, x, &cluster) == SEG_OK);
		CHECK(cluster == 1);
		x[0] = 1e155;
		CHECK(seg_kmeans_assign(&env, scorer, x, &cluster) == SEG_NOT_FINITE);
		CHECK(cluster == 1 && strcmp(env.diag.what, "distance") == 0);
		unit_env_free(&env);
	}
}

/* What the model says of its clusters is what scoring its rows gives. */
static void
check_model(SegEnv *env, const SegKMeans *m, const double *x, int64_t n,
            int32_t stride)
{
	int64_t *size = env->alloc(env->host, (size_t) m->k * sizeof(int64_t));
	double *sum =
		env->alloc(env->host, (size_t) (m->k * m->dim) * sizeof(double));
	double *mass = env->alloc(env->host, (size_t) m->k * sizeof(double));
	double inertia = 0.0;
	SegKMeansScorer *scorer;

	CHECK(seg_kmeans_scorer(env,
	                        m->centers,
	                        m->feature_weights,
	                        m->k,
	                        m->dim,
	                        &scorer) == SEG_OK);
	for (int64_t i = 0; i < n; i++)
	{
		const double *row = x + i * stride;
		double w = stride > m->dim ? row[m->dim] : 1.0, nearest;
		int64_t c = seg_kmeans_nearest(scorer, row, &nearest, NULL);

		size[c]++;
		mass[c] += w;
		inertia += w * nearest;
		for (int64_t j = 0; j < m->dim; j++)
			sum[c * m->dim + j] += w * row[j];
	}
	CHECK_NEAR(m->inertia, inertia, 1e-9);
	for (int64_t c = 0; c < m->k; c++)
	{
		CHECK(size[c] == m->sizes[c] && size[c] > 0);
		CHECK_NEAR(mass[c], m->masses[c], 1e-9);
		for (int64_t j = 0; j < m->dim && m->converged; j++)
			CHECK_NEAR(m->centers[c * m->dim + j],
			           sum[c * m->dim + j] / mass[c],
			           1e-9);
	}
}

/*
 * All initial centers but one are far away, or in one place: the others lose
 * all rows at once, and take the farthest ones.
 */
static void
fills_empty_clusters(void)
{
	for (int weighted = 0; weighted < 2; weighted++)
		for (int64_t k = 2; k <= 20; k += 3)
			for (int far = 0; far < 2; far++)
			{
				SegEnv env = unit_env();
				int32_t dim = 3, stride = dim + weighted;
				int64_t n = 400;
				double *x = make_rows(&env, n, dim, stride, k);
				double *init =
					env.alloc(env.host, (size_t) (k * dim) * sizeof(double));
				SegKMeansParams params = defaults(k);
				SegKMeans model;

				for (int64_t i = 0; i < k * dim; i++)
					init[i] = far && i >= dim ? 1e9 + (double) i : 1000.0;
				params.init = (SegMatrix){init, k, dim};
				params.tolerance = 0.0;
				CHECK(train(&env, x, n, dim, stride, &params, &model) ==
				      SEG_OK);
				CHECK(model.converged == 1);
				check_model(&env, &model, x, n, stride);
				unit_env_free(&env);
			}
}

/*
 * Weights that are not binary fractions leave a trace of mass in a cluster that
 * all rows have left (t = 6911 and 16001 among these); distant, heavy rows
 * leave rounding errors in its sums. No center may be computed from that.
 */
static void
leavers_leave_nothing(void)
{
	for (int t = 1; t < 16100; t += 10)
	{
		SegEnv env = unit_env();
		int64_t n = 30, k = 3 + t % 9;
		double x[60], init[12];
		SegKMeansParams params = defaults(k);
		SegKMeans model;

		for (int64_t i = 0; i < n; i++)
		{
			x[2 * i] = 100.0 * draw(20 + (uint64_t) t, i);
			x[2 * i + 1] = i > 15 ? 0.1 : 0.1 + draw(90, i % 7);
			if (t % 3 == 0 && i % 10 == 0)
				x[2 * i] *= 1e3;
			if (t % 3 == 1 && i % 10 == 0)
				x[2 * i + 1] = 1e6;
		}
		for (int64_t c = 0; c < k; c++)
			init[c] = 100.0 * draw(1000000 + (uint64_t) t, c);
		params.init = (SegMatrix){init, k, 1};
		params.standardize = false;
		params.tolerance = 0.0;
		CHECK(train(&env, x, n, 1, 2, &params, &model) == SEG_OK);
		check_model(&env, &model, x, n, 2);
		unit_env_free(&env);
	}
}

/* A weight counts as that many copies of the row. */
static void
weights_are_repetitions(void)
{
	SegEnv env = unit_env();
	int64_t n = 200, copies = 0, k = 4;
	double *x = make_rows(&env, n, 2, 3, k);
	double *repeated = env.alloc(env.host, (size_t) n * 5 * 2 * sizeof(double));
	double init[8];
	SegKMeansParams params = defaults(k);
	SegKMeans a, b;

	for (int64_t i = 0; i < n; i++)
	{
		x[3 * i + 2] = (double) (1 + i % 5);
		for (int64_t r = 0; r <= i % 5; r++)
			memcpy(repeated + 2 * copies++, x + 3 * i, 2 * sizeof(double));
	}
	for (int64_t c = 0; c < k; c++)
		memcpy(init + 2 * c, x + 3 * c, 2 * sizeof(double));
	params.init = (SegMatrix){init, k, 2};
	CHECK(train(&env, x, n, 2, 3, &params, &a) == SEG_OK);
	CHECK(train(&env, repeated, copies, 2, 2, &params, &b) == SEG_OK);
	CHECK_NEAR(a.inertia, b.inertia, 1e-9);
	for (int64_t c = 0; c < k; c++)
	{
		CHECK_NEAR(a.masses[c], (double) b.sizes[c], 1e-9);
		CHECK_NEAR(a.centers[2 * c], b.centers[2 * c], 1e-9);
		CHECK_NEAR(a.centers[2 * c + 1], b.centers[2 * c + 1], 1e-9);
	}
	unit_env_free(&env);
}

/* ---------- failures ---------- */

static SegStatus
train_small(SegEnv *env, bool resident)
{
	double *x = make_rows(env, 300, 3, 4, 4);
	SegKMeansParams params = defaults(4);
	SegMemoryRows source;
	SegKMeans model = {0};

	params.restarts = 2;
	seg_memory_rows(&source, x, 300, 3, 4, 64);
	source.rows.resident = resident;
	return seg_kmeans_train(env, &source.rows, &params, &model);
}

static void
stops_at_any_question(void)
{
	SegEnv env = unit_env();
	int questions;

	CHECK(train_small(&env, true) == SEG_OK);
	questions = unit_env_questions(&env);
	CHECK(questions > 20 && unit_env_reports(&env) >= 2);
	unit_env_free(&env);
	for (int n = 0; n < questions; n++)
	{
		env = unit_env();
		unit_env_stop_after(&env, n);
		CHECK(train_small(&env, n % 2 == 0) == SEG_STOPPED);
		CHECK(unit_env_questions(&env) == n + 1); /* and does not ask again */
		unit_env_free(&env);
	}
}

static void
runs_out_of_memory_anywhere(void)
{
	SegEnv env = unit_env();
	int allocations;

	CHECK(train_small(&env, true) == SEG_OK);
	allocations = unit_env_allocations(&env) - 1; /* one is for the rows */
	unit_env_free(&env);
	for (int n = 0; n < allocations; n++)
	{
		double *x;
		SegKMeansParams params = defaults(4);
		SegKMeans model;

		env = unit_env();
		x = make_rows(&env, 300, 3, 4, 4);
		params.restarts = 2;
		unit_env_fail_after(&env, n);
		CHECK(train(&env, x, 300, 3, 4, &params, &model) == SEG_NO_MEMORY);
		unit_env_free(&env);
	}
}

static SegStatus
train_column(SegEnv *env, const double *x, int64_t n, int64_t k,
             SegKMeans *model)
{
	SegKMeansParams params = defaults(k);

	return train(env, x, n, 1, 1, &params, model);
}

static void
refuses_what_cannot_be_squared(void)
{
	static const double large[] = {1, 2, 1e200};
	static const double close[] = {0, 1e-160, 2e-160};
	static const double edge[] = {0, 1e-139, 1e140};
	static const double tiny[] = {5e-324, 5e-324, 5e-324};
	static const double step[] = {1e15, 1e15 + 1, 1e15 + 2};
	SegEnv env = unit_env();
	SegKMeans model;

	CHECK(train_column(&env, large, 3, 2, &model) == SEG_VALUE_RANGE);
	CHECK(strcmp(env.diag.name, "large") == 0 && env.diag.want == 1 &&
	      env.diag.got == 1e200);
	CHECK(train_column(&env, close, 3, 2, &model) == SEG_VALUE_RANGE);
	CHECK(strcmp(env.diag.name, "small") == 0);
	CHECK(train_column(&env, edge, 3, 2, &model) == SEG_OK);
	CHECK(model.centers[1] == 1e140 && model.sizes[0] == 2);
	CHECK(train_column(&env, tiny, 3, 1, &model) == SEG_OK);
	CHECK(model.centers[0] == 5e-324 && model.inertia == 0);
	CHECK(train_column(&env, step, 3, 3, &model) == SEG_OK);
	CHECK(model.centers[2] == 1e15 + 2 && model.inertia == 0);
	unit_env_free(&env);
}

static void
refuses_weights_without_a_sum(void)
{
	double heavy[] = {1, 1e308, 2, 1e308, 3, 1e308, 1000, 1e308};
	SegEnv env = unit_env();
	SegKMeansParams params = defaults(2);
	SegKMeans model;

	CHECK(train(&env, heavy, 4, 1, 2, &params, &model) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

static void
handles_rows_that_are_alike(void)
{
	enum
	{
		N = 50
	};
	double x[2 * N];
	SegEnv env = unit_env();
	SegKMeansParams params = defaults(1);
	SegKMeans model;

	/* all equal: one cluster without inertia; two are too many */
	for (int i = 0; i < 2 * N; i++)
		x[i] = i % 2 ? 0.1 : -7;
	CHECK(train(&env, x, N, 2, 2, &params, &model) == SEG_OK);
	CHECK(model.inertia == 0 && model.sizes[0] == N && model.converged);
	CHECK(model.centers[0] == -7 && model.centers[1] == 0.1);
	CHECK(model.feature_weights[0] == 1 && model.feature_weights[1] == 1);
	params.k = 2;
	CHECK(train(&env, x, N, 2, 2, &params, &model) == SEG_TOO_FEW_ROWS);
	CHECK(env.diag.got == 1 && env.diag.want == 2);

	/* one constant column and one that varies; three values, 3 and 4 */
	for (int i = 0; i < N; i++)
		x[2 * i] = i % 3;
	params.k = 3;
	CHECK(train(&env, x, N, 2, 2, &params, &model) == SEG_OK);
	CHECK_NEAR(model.inertia, 0, 1e-25);
	CHECK_NEAR(model.centers[0], 0, 1e-15);
	CHECK_NEAR(model.centers[2], 1, 1e-15);
	CHECK_NEAR(model.centers[4], 2, 1e-15);
	CHECK(model.feature_weights[1] == 1 && model.centers[1] == 0.1);
	params.k = 4;
	CHECK(train(&env, x, N, 2, 2, &params, &model) == SEG_TOO_FEW_ROWS);
	CHECK(env.diag.got == 3 && env.diag.want == 4);

	/* one row */
	params.k = 1;
	CHECK(train(&env, x, 1, 2, 2, &params, &model) == SEG_OK);
	CHECK(model.inertia == 0 && model.centers[1] == 0.1);
	unit_env_free(&env);
}

/*
 * Whatever rounding leaves of the spread of an element that never varies, its
 * weight is 1; so is that of one whose squares are too small to be told from it.
 */
static void
weighs_constants_by_one(void)
{
	for (int64_t n = 2; n < 300; n++)
	{
		SegEnv env = unit_env();
		double *x = make_rows(&env, n, 2, 3, 2);
		SegKMeansParams params = defaults(1);
		SegKMeans model;

		for (int64_t i = 0; i < n; i++)
			x[3 * i + 1] = 0.1 * (double) n;
		CHECK(train(&env, x, n, 2, 3, &params, &model) == SEG_OK);
		CHECK(model.feature_weights[1] == 1 && model.feature_weights[0] != 1);
		unit_env_free(&env);
	}
}

/* Centers ascend by the element asked for, equal ones by the others in turn. */
static void
sorts_centers(void)
{
	enum
	{
		K = 27
	};

	for (int64_t rank_by = 1; rank_by <= 3; rank_by++)
	{
		SegEnv env = unit_env();
		double position[3 * K];

		for (int c = 0; c < K; c++)
		{
			int mixed = (c * 16 + 5) % K; /* each once */

			position[3 * c] = mixed / 9;
			position[3 * c + 1] = mixed / 3 % 3;
			position[3 * c + 2] = mixed % 3;
		}
		CHECK(seg_kmeans_sort_centers(&env, position, K, 3, rank_by) == SEG_OK);
		for (int c = 0; c < K; c++)
		{
			const double *p = position + 3 * c;
			const double key[] = {9 * p[0] + 3 * p[1] + p[2],
			                      9 * p[1] + 3 * p[0] + p[2],
			                      9 * p[2] + 3 * p[0] + p[1]};

			CHECK(key[rank_by - 1] == c);
		}
		unit_env_free(&env);
	}
}

static void
checks_its_parameters(void)
{
	SegEnv env = unit_env();
	SegKMeansParams p = defaults(0);
	double init[6] = {0};

	CHECK(seg_kmeans_check(&env, &p, 2) == SEG_ARGUMENT_RANGE);
	p.k = SEG_KMEANS_MAX_K + 1;
	CHECK(seg_kmeans_check(&env, &p, 2) == SEG_ARGUMENT_RANGE);
	p.k = SEG_KMEANS_MAX_K;
	CHECK(seg_kmeans_check(&env, &p, 1024) == SEG_OK);
	CHECK(seg_kmeans_check(&env, &p, 1025) == SEG_LIMIT);
	p.k = 32768;
	CHECK(seg_kmeans_check(&env, &p, 2048) == SEG_OK);
	p.k = 32769;
	CHECK(seg_kmeans_check(&env, &p, 2048) == SEG_LIMIT);
	CHECK(env.diag.got == 32769 * 2048.0 &&
	      env.diag.want == SEG_KMEANS_MAX_CENTERS);
	p.k = 3;
	p.rank_by = 3;
	CHECK(seg_kmeans_check(&env, &p, 3) == SEG_OK);
	CHECK(seg_kmeans_check(&env, &p, 2) == SEG_OPTION_RANGE);
	p.rank_by = 1;
	p.init = (SegMatrix){init, 3, 2};
	CHECK(seg_kmeans_check(&env, &p, 2) == SEG_OK);
	CHECK(seg_kmeans_check(&env, &p, 3) == SEG_OPTION_SIZE);
	p.k = 2;
	CHECK(seg_kmeans_check(&env, &p, 2) == SEG_OPTION_SIZE);
	unit_env_free(&env);
}

void
test_kmeans(void)
{
	agrees_with_plain_lloyd();
	blocks_do_not_matter();
	scoring_equals_the_tiles();
	knows_no_center_of_rows_too_far();
	fills_empty_clusters();
	leavers_leave_nothing();
	weights_are_repetitions();
	stops_at_any_question();
	runs_out_of_memory_anywhere();
	refuses_what_cannot_be_squared();
	refuses_weights_without_a_sum();
	handles_rows_that_are_alike();
	weighs_constants_by_one();
	sorts_centers();
	checks_its_parameters();
}
