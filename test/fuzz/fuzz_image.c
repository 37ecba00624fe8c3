/*
 * fuzz_image.c: bodies of models and summaries from strangers.
 *
 * The first byte picks the method.  What is verified is written back byte for
 * byte, and nothing else is; what adds up gives a sound sum.
 */
#include "fuzz.h"
#include "kernel/methods.h"

#define MAX_TAG 64

static void
check_sum(SegEnv *env, const SegMethod *method, const void *value)
{
	void *sum = env->alloc(env->host, method->size);

	if (method->merge != NULL &&
	    method->merge(env, value, value, sum) == SEG_OK)
		REQUIRE(seg_image_validate(env, method, sum) == SEG_OK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const SegMethod *method =
		size > 0 ? seg_method_by_tag(data[0] % MAX_TAG) : NULL;
	SegEnv env;
	char *body;
	void *value;

	if (method == NULL)
		return 0;
	env = unit_env();
	/* aligned, and not a byte more than there is */
	body = malloc(size);
	memcpy(body, data + 1, size - 1);
	value = env.alloc(env.host, method->size);
	if (seg_image_open(&env, method, body, size - 1, value) == SEG_OK &&
	    seg_image_validate(&env, method, value) == SEG_OK)
	{
		bool verified =
			seg_image_verify(&env, method, value, body, size - 1) == SEG_OK;
		size_t length;
		char *copy;

		REQUIRE(seg_image_size(&env, method, value, &length) == SEG_OK);
		REQUIRE(length <= size - 1);
		copy = env.alloc(env.host, length);
		seg_image_write(method, value, copy);
		REQUIRE(verified ==
		        (length == size - 1 && memcmp(copy, body, length) == 0));
		check_sum(&env, method, value);
	}
	free(body);
	unit_env_free(&env);
	return 0;
}
