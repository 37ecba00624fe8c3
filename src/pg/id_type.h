/*-------------------------------------------------------------------------
 *
 * id_type.h
 *	  The type that ids have in a query: how they are read, found in a model and
 *	  written again.
 *
 * src/pg/id_type.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ID_TYPE_H
#define SEGMENT_PG_ID_TYPE_H

#include "base/ids.h"
#include "pg/segment_pg.h"

/*
 * Types whose text depends on a setting, or that print equal values in different
 * ways, have their own text form here, which their input function reads.
 */
typedef enum IdKind
{
	ID_IS_SMALLINT,
	ID_IS_INT,
	ID_IS_BIGINT,
	ID_IS_TEXT,    /* or varchar */
	ID_IS_PADDED,  /* char(n), without trailing blanks */
	ID_IS_BOOLEAN, /* true or false, as in a cast to text */
	ID_IS_NUMERIC, /* without trailing zeros */
	ID_IS_FLOAT4,
	ID_IS_FLOAT8,
	ID_IS_DATETIME, /* date, timestamp; timestamptz in UTC */
	ID_IS_BYTEA,
	ID_IS_OTHER, /* through its output function */
} IdKind;

/* Looked up once per query. */
typedef struct IdType
{
	IdKind kind;
	Oid oid;  /* the type in the query */
	Oid base; /* the same, or what it is a domain over */
	MemoryContext context;
	FmgrInfo output; /* of ID_IS_OTHER */
	FmgrInfo input;  /* looked up when an id is written */
	Oid ioparam;
	const SegIds *checked; /* ids that all come back as they are, or NULL */
} IdType;

extern void id_type_init(IdType *type, Oid oid, MemoryContext context);

/* An id; its text, if any, is in the datum or in the current context. */
extern SegId id_read(IdType *type, Datum datum);

/*
 * The place of an id in a model, or -1. It is an error if it is not there and the
 * type cannot hold all ids of the model: 7 might be the model's '007'.
 */
extern int64 id_find(IdType *type, const SegIds *ids, Datum datum);

/*
 * An id of a model as a value of the type, through its input function if need be.
 * It is an error if the value would be read as another id.
 */
extern Datum id_write(IdType *type, const SegIds *ids, int64 i);

#endif /* SEGMENT_PG_ID_TYPE_H */
