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
#include "base/ids.h"
#include "pg/segment_pg.h"

/*
 * How ids of a type are read; looked up once per query. Types whose text
 * depends on a setting, or that print equal values in different ways, have
 * their own text form here, which their input function reads.
 */
typedef enum IdKind
{
	ID_IS_SMALLINT,
	ID_IS_INT,
	ID_IS_BIGINT,
	ID_IS_TEXT,    /* or varchar */
	ID_IS_PADDED,  /* char(n), without trailing blanks */
	ID_IS_NUMERIC, /* without trailing zeros */
	ID_IS_FLOAT4,
	ID_IS_FLOAT8,
	ID_IS_DATETIME, /* date, timestamp; timestamptz in UTC */
	ID_IS_BYTEA,
	ID_IS_OTHER, /* through its output function */
} IdKind;

typedef struct IdReader
{
	IdKind kind;
	Oid asked; /* the type in the query */
	Oid type;  /* its base type, if it is a domain */
	FmgrInfo output;
} IdReader;

extern void id_reader_init(IdReader *reader, Oid type, MemoryContext context);

/* An id; its text, if any, is in the datum or in the current context. */
extern SegId id_read(IdReader *reader, Datum datum);

typedef struct IdDictionary
{
	bool numbers; /* ids are of an integer type */
	MemoryContext context;
	SegCountMap *map;
} IdDictionary;

extern IdDictionary *
id_dictionary_create(MemoryContext context, const IdReader *reader);

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

/* How ids of a type are written; looked up once per query. */
typedef struct IdWriter
{
	Oid type;
	FmgrInfo input;
	Oid ioparam;
} IdWriter;

extern void id_writer_init(IdWriter *writer, Oid type, MemoryContext context);

/*
 * An id of a model as a value of that type, through its input function if need
 * be.
 */
extern Datum id_write(IdWriter *writer, const SegIds *ids, int64 i);

#endif /* SEGMENT_PG_ID_DICTIONARY_H */
