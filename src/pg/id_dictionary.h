/*-------------------------------------------------------------------------
 *
 * id_dictionary.h
 *	  Ids of any type as small numbers while rows are collected, and their
 *	  sorted positions when all are known.
 *
 * src/pg/id_dictionary.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ID_DICTIONARY_H
#define SEGMENT_PG_ID_DICTIONARY_H

#include "base/count_map.h"
#include "pg/id_type.h"

typedef struct IdDictionary
{
	bool numbers; /* ids are of an integer type */
	MemoryContext context;
	SegCountMap *map;
} IdDictionary;

extern IdDictionary *
id_dictionary_create(MemoryContext context, const IdType *type);

/* The code of an id, from 0, in order of arrival. */
extern int64 id_dictionary_add(IdDictionary *dictionary, const SegId *id);

/* Memory that it takes, in bytes. */
extern int64 id_dictionary_bytes(const IdDictionary *dictionary);

static inline int64
id_dictionary_count(const IdDictionary *dictionary)
{
	return dictionary->map->n;
}

/*
 * All ids in order, in the environment's memory; place[code] is the position of
 * an id.
 */
extern SegIds id_dictionary_sorted(SegEnv *env, const IdDictionary *dictionary,
                                   int32_t *place);

#endif /* SEGMENT_PG_ID_DICTIONARY_H */
