/*-------------------------------------------------------------------------
 *
 * id_dictionary.h
 *	  Ids of any type as small numbers while rows are collected, and their place
 *	  in the order of ids when all are known.
 *
 * src/pg/id_dictionary.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ID_DICTIONARY_H
#define SEGMENT_PG_ID_DICTIONARY_H

#include "base/count_map.h"
#include "base/ids.h"
#include "pg/segment_pg.h"

/*
 * How ids of a type are read; found once a query.  Types whose text depends on a
 * setting, or that print equal values in different ways, have a text of their own
 * here, which their input function reads.
 */
typedef enum IdKind
{
	ID_IS_SMALLINT,
	ID_IS_INT,
	ID_IS_BIGINT,
	ID_IS_TEXT,    /* or varchar */
	ID_IS_PADDED,  /* char(n), without the blanks at its end */
	ID_IS_NUMERIC, /* without zeros at its end */
	ID_IS_FLOAT4,
	ID_IS_FLOAT8,
	ID_IS_DATETIME, /* date, timestamp; timestamptz in UTC */
	ID_IS_BYTEA,
	ID_IS_OTHER, /* by its output function */
} IdKind;

typedef struct IdReader
{
	IdKind kind;
	Oid asked; /* the type as the query has it */
	Oid type;  /* without domains over it */
	FmgrInfo output;
} IdReader;

extern void id_reader_init(IdReader *reader, Oid type, MemoryContext context);

/* An id; what text it has lies in the datum or in the current context. */
extern SegId id_read(IdReader *reader, Datum datum);

typedef struct IdDictionary
{
	bool numbers; /* all ids are whole numbers by their type */
	MemoryContext context;
	SegCountMap *map;
} IdDictionary;

extern IdDictionary *
id_dictionary_create(MemoryContext context, const IdReader *reader);

/* Code of an id, from 0, in the order in which ids come. */
extern int64 id_dictionary_add(IdDictionary *dictionary, const SegId *id);

/* Memory that it takes. */
extern int64 id_dictionary_bytes(const IdDictionary *dictionary);

static inline int64
id_dictionary_count(const IdDictionary *dictionary)
{
	return dictionary->map->n;
}

/*
 * All ids in their order, in the memory of the environment; place[code] is where
 * an id stands.
 */
extern SegIds id_dictionary_sorted(SegEnv *env, const IdDictionary *dictionary,
                                   int32_t *place);

/* How ids of a type are written; found once a query. */
typedef struct IdWriter
{
	Oid type;
	FmgrInfo input;
	Oid ioparam;
} IdWriter;

extern void id_writer_init(IdWriter *writer, Oid type, MemoryContext context);

/* An id of a model as a value of that type: text, or what its input reads. */
extern Datum id_write(IdWriter *writer, const SegIds *ids, int64 i);

#endif /* SEGMENT_PG_ID_DICTIONARY_H */
