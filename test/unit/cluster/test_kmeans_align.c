/* test_kmeans_align.c: cluster numbers that stay the same */
#include "kernel/cluster/kmeans.h"
#include "unit.h"

void test_kmeans_align(void);

static const double weight[1] = {1};

static SegKMeans
make_model(int64_t k, const double *centers, const int64_t *sizes)
{
	return (SegKMeans){.k = k,
	                   .dim = 1,
	                   .centers = centers,
	                   .feature_weights = weight,
	                   .sizes = sizes,
	                   .masses = centers,
	                   .cluster_inertias = centers};
}

static void
align(int64_t k, const double *centers, int64_t old_k,
      const double *old_centers, const double *want)
{
	static const int64_t sizes[] = {1, 2, 3, 4, 5};
	SegEnv env = unit_env();
	SegKMeans model = make_model(k, centers, sizes);
	SegKMeans old = make_model(old_k, old_centers, sizes);
	SegKMeans result;

	CHECK(seg_kmeans_align(&env, &model, &old, &result) == SEG_OK);
	for (int64_t c = 0; c < k; c++)
	{
		CHECK(result.centers[c] == want[c]);
		/* everything about a cluster moves with it */
		CHECK(result.masses[c] == want[c] &&
		      result.cluster_inertias[c] == want[c]);
	}
	unit_env_free(&env);
}

static void
refuses(void)
{
	SegEnv env = unit_env();
	double centers[2] = {1, 2};
	int64_t sizes[2] = {1, 1};
	SegKMeans model = make_model(2, centers, sizes);
	SegKMeans wide = model;
	SegKMeans large = model;
	SegKMeans result;

	wide.k = 1;
	wide.dim = 2;
	CHECK(seg_kmeans_align(&env, &model, &wide, &result) == SEG_BAD_DIM);
	large.k = SEG_KMEANS_ALIGN_MAX_K + 1;
	CHECK(seg_kmeans_align(&env, &large, &model, &result) == SEG_LIMIT);
	centers[0] = 1e200;
	CHECK(seg_kmeans_align(&env,
	                       &model,
	                       &(SegKMeans){.k = 1, .dim = 1, .centers = weight},
	                       &result) == SEG_NOT_FINITE);
	unit_env_free(&env);
}

void
test_kmeans_align(void)
{
	/* the same number of clusters: each takes the place of its match */
	align(3,
	      (double[]){1, 2, 3},
	      3,
	      (double[]){3.1, 0.9, 2.2},
	      (double[]){3, 1, 2});
	/* the smallest sum, not the nearest first */
	align(2, (double[]){0, 2}, 2, (double[]){1.5, 9}, (double[]){0, 2});
	/* more than before: the new ones take the places left over */
	align(5,
	      (double[]){1, 2, 3, 4, 5},
	      2,
	      (double[]){4.1, 2.1},
	      (double[]){4, 2, 1, 3, 5});
	/* fewer: a match beyond the count takes a place left over */
	align(2, (double[]){1, 5}, 4, (double[]){9, 5, 7, 1}, (double[]){1, 5});
	align(3,
	      (double[]){1, 5, 9},
	      5,
	      (double[]){20, 30, 5, 9, 1},
	      (double[]){9, 1, 5});
	refuses();
}
