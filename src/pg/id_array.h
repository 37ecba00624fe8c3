/*-------------------------------------------------------------------------
 *
 * id_array.h
 *	  Arrays of ids: those of a row one by one, and those of a model as values
 *	  of the type used in a query.
 *
 * src/pg/id_array.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_ID_ARRAY_H
#define SEGMENT_PG_ID_ARRAY_H

#include "utils/array.h"

#include "pg/id_type.h"

/* Elements of an array type; looked up once per query. */
typedef struct IdArrayReader
{
	IdType type;
	int16 length;
	bool by_value;
	char align;
} IdArrayReader;

extern void id_array_reader_init(IdArrayReader *reader, Oid element_type,
                                 MemoryContext context);

/* A walk through an array of any dimensions, in the order of unnest. */
typedef struct IdArrayWalk
{
	IdArrayReader *reader;
	const char *at;
	const uint8 *nulls; /* NULL: there are none */
	int i;
	int n;
} IdArrayWalk;

extern IdArrayWalk id_array_walk(IdArrayReader *reader, ArrayType *array);

/* The next element that is not NULL; false: there is none. */
extern bool id_array_next(IdArrayWalk *walk, Datum *element);

/* The ids of a model as values of a type, each made when first asked for. */
typedef struct IdValues
{
	const SegIds *ids;
	MemoryContext context;
	IdType type;
	int16 length;
	bool by_value;
	char align;
	Datum *values;
	bool *known;
	Datum *elements; /* scratch */
	int64 room;
} IdValues;

extern IdValues *
id_values_create(MemoryContext context, const SegIds *ids, Oid type);
extern Datum id_value(IdValues *values, int64 i);
extern Datum id_values_array(IdValues *values, const int32_t *places, int64 n);

#endif /* SEGMENT_PG_ID_ARRAY_H */
