/*-------------------------------------------------------------------------
 *
 * contingency.c
 *	  How often two labels occur together.
 *
 * src/base/contingency.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/contingency.h"

#include <string.h>

#define MAX_ROWS      (INT64_C(1) << 53)
#define STOP_INTERVAL 65536 /* cells */

int64_t
seg_pair_key_size(SegText a, SegText b)
{
	return (int64_t) sizeof(uint32_t) + a.length + b.length;
}

void
seg_pair_key(SegText a, SegText b, char *key)
{
	uint32_t length = (uint32_t) a.length;

	memcpy(key, &length, sizeof(length));
	memcpy(key + sizeof(length), a.bytes, (size_t) a.length);
	memcpy(key + sizeof(length) + a.length, b.bytes, (size_t) b.length);
}

static SegStatus
contingency_damaged(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

SegStatus
seg_pair_split(SegEnv *env, SegText key, SegText label[2])
{
	uint32_t length;

	if (key.length < (int64_t) sizeof(length))
		return contingency_damaged(env, "keys");
	memcpy(&length, key.bytes, sizeof(length));
	if (length > key.length - (int64_t) sizeof(length))
		return contingency_damaged(env, "keys");
	label[0] = (SegText){key.bytes + sizeof(length), length};
	label[1] = (SegText){label[0].bytes + length,
	                     key.length - (int64_t) sizeof(length) - length};
	return SEG_OK;
}

SegStatus
seg_contingency_read(SegEnv *env, const SegCountMap *pairs, SegContingency *t)
{
	*t = (SegContingency){.pairs = pairs};
	SEG_TRY(seg_count_map_validate(env, pairs));
	for (int side = 0; side < 2; side++)
	{
		SEG_TRY(seg_count_map_create(env, 1, &t->margin[side]));
		SEG_ALLOC(env, t->label[side], pairs->n + 1);
	}
	for (int64_t i = 0; i < pairs->n; i++)
	{
		int64_t count = seg_contingency_count(pairs, i);
		SegText label[2];

		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (count < 1 || count > MAX_ROWS - t->n)
			return contingency_damaged(env, "counts");
		t->n += count;
		SEG_TRY(seg_pair_split(env, seg_count_map_key(pairs, i), label));
		for (int side = 0; side < 2; side++)
		{
			int64_t *at = &t->label[side][i];

			SEG_TRY(seg_count_map_insert(env,
			                             &t->margin[side],
			                             label[side].bytes,
			                             label[side].length,
			                             at));
			*(int64_t *) seg_count_map_words(t->margin[side], *at) += count;
		}
	}
	return SEG_OK;
}
