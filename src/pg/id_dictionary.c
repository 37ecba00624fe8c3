/*-------------------------------------------------------------------------
 *
 * id_dictionary.c
 *	  Ids of any type as small numbers while rows are collected.
 *
 * src/pg/id_dictionary.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "base/sort.h"
#include "pg/id_dictionary.h"

IdDictionary *
id_dictionary_create(MemoryContext context, const IdType *type)
{
	IdDictionary *dictionary =
		MemoryContextAlloc(context, sizeof(IdDictionary));
	SegEnv env = segment_env(context);

	dictionary->numbers = type->kind <= ID_IS_BIGINT;
	dictionary->context = context;
	segment_check(&env, seg_count_map_create(&env, 0, &dictionary->map));
	return dictionary;
}

int64
id_dictionary_add(IdDictionary *dictionary, const SegId *id)
{
	const void *key = id->is_number ? (const void *) &id->number
	                                : (const void *) id->text.bytes;
	int64 length = id->is_number ? sizeof(id->number) : id->text.length;
	int64 code = seg_count_map_add(dictionary->map, key, length);
	SegCountMap *small = dictionary->map;
	SegEnv env;
	int64_t index;

	if (likely(code >= 0))
		return code;
	env = segment_env(dictionary->context);
	segment_check(&env,
	              seg_count_map_insert(&env,
	                                   &dictionary->map,
	                                   key,
	                                   length,
	                                   &index));
	pfree(small);
	return index;
}

int64
id_dictionary_bytes(const IdDictionary *dictionary)
{
	const SegCountMap *map = dictionary->map;
	SegEnv env = segment_env(CurrentMemoryContext);
	size_t size = 0;

	segment_check(&env,
	              seg_count_map_size(&env,
	                                 map->capacity,
	                                 map->width,
	                                 map->pool,
	                                 &size));
	return (int64) size;
}

static int64
number_of(const SegCountMap *map, int64 code)
{
	int64 number;

	memcpy(&number, seg_count_map_key(map, code).bytes, sizeof(number));
	return number;
}

static int
compare_numbers(const void *of, int64_t a, int64_t b)
{
	int64 x = number_of(of, a);
	int64 y = number_of(of, b);

	return (x > y) - (x < y);
}

static int
compare_texts(const void *of, int64_t a, int64_t b)
{
	return seg_text_compare(seg_count_map_key(of, a), seg_count_map_key(of, b));
}

static const int64_t *
sorted_numbers(const SegCountMap *map, const int64_t *order)
{
	int64_t *numbers =
		palloc_extended(Max(map->n, 1) * sizeof(int64), MCXT_ALLOC_HUGE);

	for (int64 i = 0; i < map->n; i++)
		numbers[i] = number_of(map, order[i]);
	return numbers;
}

static SegTexts
sorted_texts(const SegCountMap *map, const int64_t *order)
{
	int64_t *ends =
		palloc_extended(Max(map->n, 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	int64 size = 0;
	char *bytes;

	for (int64 i = 0; i < map->n; i++)
		ends[i] = size += seg_count_map_key(map, order[i]).length;
	bytes = palloc_extended(Max(size, 1), MCXT_ALLOC_HUGE);
	for (int64 i = 0; i < map->n; i++)
	{
		SegText text = seg_count_map_key(map, order[i]);

		memcpy(bytes + ends[i] - text.length, text.bytes, text.length);
	}
	return (SegTexts){ends, bytes, map->n};
}

SegIds
id_dictionary_sorted(SegEnv *env, const IdDictionary *dictionary,
                     int32_t *place)
{
	const SegCountMap *map = dictionary->map;
	MemoryContext old = MemoryContextSwitchTo((MemoryContext) env->host);
	int64_t *order =
		palloc_extended(Max(map->n, 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	SegIds ids = {map->n, NULL, {NULL, NULL, 0}};

	for (int64 i = 0; i < map->n; i++)
		order[i] = i;
	segment_check(env,
	              seg_sort(env,
	                       order,
	                       map->n,
	                       dictionary->numbers ? compare_numbers
	                                           : compare_texts,
	                       map));
	if (dictionary->numbers)
		ids.numbers = sorted_numbers(map, order);
	else
		ids.names = sorted_texts(map, order);
	for (int64 i = 0; i < map->n; i++)
		place[order[i]] = (int32_t) i;
	MemoryContextSwitchTo(old);
	return ids;
}
