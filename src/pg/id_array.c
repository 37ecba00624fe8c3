/*-------------------------------------------------------------------------
 *
 * id_array.c
 *	  Arrays of ids.
 *
 * src/pg/id_array.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/tupmacs.h"
#include "catalog/pg_type.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "pg/id_array.h"

/* ---------- arrays of a query ---------- */

void
id_array_reader_init(IdArrayReader *reader, Oid element_type,
                     MemoryContext context)
{
	id_type_init(&reader->type, element_type, context);
	get_typlenbyvalalign(element_type,
	                     &reader->length,
	                     &reader->by_value,
	                     &reader->align);
}

IdArrayWalk
id_array_walk(IdArrayReader *reader, ArrayType *array)
{
	return (IdArrayWalk){reader,
	                     ARR_DATA_PTR(array),
	                     ARR_NULLBITMAP(array),
	                     0,
	                     ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array))};
}

static inline bool
is_null(const IdArrayWalk *walk)
{
	return walk->nulls != NULL &&
	       (walk->nulls[walk->i / 8] & 1 << walk->i % 8) == 0;
}

bool
id_array_next(IdArrayWalk *walk, Datum *element)
{
	const IdArrayReader *r = walk->reader;

	while (walk->i < walk->n && is_null(walk))
		walk->i++;
	if (walk->i == walk->n)
		return false;
	*element = fetch_att(walk->at, r->by_value, r->length);
	walk->at = att_addlength_pointer(walk->at, r->length, walk->at);
	walk->at = (const char *) att_align_nominal(walk->at, r->align);
	walk->i++;
	return true;
}

/* ---------- ids of a model ---------- */

IdValues *
id_values_create(MemoryContext context, const SegIds *ids, Oid type)
{
	MemoryContext old = MemoryContextSwitchTo(context);
	IdValues *values = palloc0(sizeof(IdValues));

	values->ids = ids;
	values->context = context;
	id_type_init(&values->type, type, context);
	get_typlenbyvalalign(type,
	                     &values->length,
	                     &values->by_value,
	                     &values->align);
	values->values =
		palloc_extended(Max(ids->count, 1) * sizeof(Datum), MCXT_ALLOC_HUGE);
	values->known = palloc_extended(Max(ids->count, 1) * sizeof(bool),
	                                MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	MemoryContextSwitchTo(old);
	return values;
}

Datum
id_value(IdValues *values, int64 i)
{
	if (!values->known[i])
	{
		MemoryContext old = MemoryContextSwitchTo(values->context);

		values->values[i] = id_write(&values->type, values->ids, i);
		values->known[i] = true;
		MemoryContextSwitchTo(old);
	}
	return values->values[i];
}

/*
 * Several of them as an array in the current context.
 */
Datum
id_values_array(IdValues *values, const int32_t *places, int64 n)
{
	if (n > values->room)
	{
		Datum *elements =
			MemoryContextAllocHuge(values->context, 2 * n * sizeof(Datum));

		if (values->elements != NULL)
			pfree(values->elements);
		values->elements = elements;
		values->room = 2 * n;
	}
	for (int64 i = 0; i < n; i++)
		values->elements[i] = id_value(values, places[i]);
	return PointerGetDatum(construct_array(values->elements,
	                                       (int) n,
	                                       values->type.oid,
	                                       values->length,
	                                       values->by_value,
	                                       values->align));
}
