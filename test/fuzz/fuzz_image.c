/*
 * fuzz_image.c: any bytes as the body of a k-means model.
 *
 * What opens and validates can be read from end to end, and is written back
 * byte for byte.
 */
#include "base/image.h"
#include "fuzz.h"
#include "kernel/kmeans.h"

static double
sum_of_all(const SegKMeans *m)
{
	double sum = m->inertia;

	for (int64_t i = 0; i < m->k * m->dim; i++)
		sum += m->centers[i];
	for (int64_t j = 0; j < m->dim; j++)
		sum += m->feature_weights[j];
	for (int64_t c = 0; c < m->k; c++)
		sum += (double) m->sizes[c] + m->masses[c] + m->cluster_inertias[c];
	for (int64_t i = 0; i < m->options.length; i++)
		sum += m->options.bytes[i];
	for (int64_t i = 0; i < m->names; i++)
	{
		SegText text = seg_texts_get(&m->feature_names, i);

		REQUIRE(text.length >= 0);
		for (int64_t b = 0; b < text.length; b++)
			sum += text.bytes[b];
	}
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SegEnv env = unit_env();
	char *body = env.alloc(env.host, size); /* on 8 bytes */
	SegKMeans m = {0};

	memcpy(body, data, size);
	if (seg_image_open(&env, &seg_kmeans_method, body, size, &m) == SEG_OK &&
	    seg_image_validate(&env, &seg_kmeans_method, &m) == SEG_OK)
	{
		volatile double sum = sum_of_all(&m);
		bool verified =
			seg_image_verify(&env, &seg_kmeans_method, &m, body, size) ==
			SEG_OK;
		size_t used;
		char *again;

		(void) sum;
		REQUIRE(seg_image_size(&env, &seg_kmeans_method, &m, &used) == SEG_OK);
		REQUIRE(used <= size);
		again = env.alloc(env.host, used);
		seg_image_write(&seg_kmeans_method, &m, again);
		REQUIRE(verified == (used == size && memcmp(again, body, size) == 0));
		/* what was written is good, and stays as it is */
		REQUIRE(seg_image_open(&env, &seg_kmeans_method, again, used, &m) ==
		        SEG_OK);
		REQUIRE(seg_image_validate(&env, &seg_kmeans_method, &m) == SEG_OK);
		REQUIRE(seg_image_verify(&env, &seg_kmeans_method, &m, again, used) ==
		        SEG_OK);
	}
	unit_env_free(&env);
	return 0;
}
