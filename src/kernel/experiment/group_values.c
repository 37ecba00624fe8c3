/*-------------------------------------------------------------------------
 *
 * group_values.c
 *	  How often each value occurs in each group, counted exactly.
 *
 * src/kernel/experiment/group_values.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/group_values.h"

#include <string.h>

#include "base/label_order.h"
#include "base/radix_sort.h"
#include "base/sort.h"

#define STOP_INTERVAL 65536

int64_t
seg_group_values_key_size(SegText group)
{
	return (int64_t) sizeof(double) + group.length;
}

void
seg_group_values_key(double x, SegText group, char *key)
{
	x += 0.0; /* -0 is 0 */
	memcpy(key, &x, sizeof(x));
	memcpy(key + sizeof(x), group.bytes, (size_t) group.length);
}

static SegStatus
values_damaged(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

/*
 * The number of a group, which may be new. numbers: of the names so far.
 */
static SegStatus
group_of(SegEnv *env, const char *what, int64_t most, SegCountMap **numbers,
         SegText name, SegGroupValues *v, int64_t *group)
{
	SEG_TRY(seg_count_map_insert(env, numbers, name.bytes, name.length, group));
	if (*group < v->groups)
		return SEG_OK;
	if (v->groups == most)
		return seg_fail(env,
		                SEG_LIMIT,
		                what,
		                (double) most + 1.0,
		                (double) most);
	v->names[v->groups++] = name;
	return SEG_OK;
}

/*
 * What the keys of the map say, in their order.
 */
static SegStatus
read_pairs(SegEnv *env, const SegCountMap *map, const char *what, int64_t most,
           SegGroupValues *v, int64_t *groups, SegRadixItem *items)
{
	SegCountMap *numbers;
	int64_t rows = 0;

	SEG_TRY(seg_count_map_create(env, 1, &numbers));
	for (int64_t i = 0; i < v->n; i++)
	{
		SegText key = seg_count_map_key(map, i);
		int64_t count = *(const int64_t *) seg_count_map_words(map, i);
		SegText name = {key.bytes + sizeof(double),
		                key.length - (int64_t) sizeof(double)};
		double x;

		if (i % STOP_INTERVAL == 0 && env->stop(env->host))
			return SEG_STOPPED;
		if (name.length < 0)
			return values_damaged(env, "keys");
		memcpy(&x, key.bytes, sizeof(x));
		if (x - x != 0.0)
			return values_damaged(env, "keys");
		if (count < 1 || count > SEG_GROUP_VALUES_MAX_ROWS - rows)
			return values_damaged(env, "counts");
		rows += count;
		SEG_TRY(group_of(env, what, most, &numbers, name, v, &groups[i]));
		v->rows[groups[i]] += count;
		items[i] = (SegRadixItem){seg_radix_key(x + 0.0), .index = i};
	}
	return SEG_OK;
}

SegStatus
seg_group_values_read(SegEnv *env, const SegCountMap *map, const char *what,
                      int64_t most, SegGroupValues *v)
{
	int64_t n = map->n;
	SegRadixItem *items, *scratch;
	int64_t *groups;

	*v = (SegGroupValues){.n = n};
	SEG_TRY(seg_count_map_validate(env, map));
	SEG_ALLOC(env, items, n + 1);
	SEG_ALLOC(env, scratch, n + 1);
	SEG_ALLOC(env, groups, n + 1);
	SEG_ALLOC(env, v->names, most);
	SEG_ALLOC(env, v->rows, most);
	SEG_TRY(read_pairs(env, map, what, most, v, groups, items));
	SEG_TRY(seg_radix_sort(env, items, scratch, n));
	SEG_ALLOC(env, v->values, n + 1);
	SEG_ALLOC(env, v->counts, n + 1);
	SEG_ALLOC(env, v->group_of, n + 1);
	for (int64_t i = 0; i < n; i++)
	{
		int64_t at = items[i].index;

		v->values[i] = seg_radix_unkey(items[i].key);
		v->counts[i] = *(const int64_t *) seg_count_map_words(map, at);
		v->group_of[i] = groups[at];
	}
	return SEG_OK;
}

static int
compare_group_names(const void *names, int64_t a, int64_t b)
{
	const SegText *name = names;

	return seg_label_compare(name[a], name[b]);
}

SegStatus
seg_group_values_order(SegEnv *env, SegGroupValues *v)
{
	int64_t *order, *place, *rows;
	SegText *names;

	SEG_ALLOC(env, order, v->groups + 1);
	SEG_ALLOC(env, place, v->groups + 1);
	SEG_ALLOC(env, rows, v->groups + 1);
	SEG_ALLOC(env, names, v->groups + 1);
	for (int64_t i = 0; i < v->groups; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, v->groups, compare_group_names, v->names));
	for (int64_t i = 0; i < v->groups; i++)
	{
		place[order[i]] = i;
		names[i] = v->names[order[i]];
		rows[i] = v->rows[order[i]];
	}
	for (int64_t i = 0; i < v->n; i++)
		v->group_of[i] = place[v->group_of[i]];
	v->names = names;
	v->rows = rows;
	return SEG_OK;
}
