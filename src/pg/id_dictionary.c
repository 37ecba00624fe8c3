/*-------------------------------------------------------------------------
 *
 * id_dictionary.c
 *	  Ids of any type as small numbers while rows are collected.
 *
 * Integers are numbers. Everything else becomes its text, which costs nothing
 * for text itself, and a call of the output function for most other types.
 * Texts are in UTF-8, so that their order, and so a model, is the same in a
 * database of any encoding.
 *
 * src/pg/id_dictionary.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/lsyscache.h"
#include "utils/numeric.h"

#include "base/sort.h"
#include "pg/encoding.h"
#include "pg/id_dictionary.h"

void
id_reader_init(IdReader *reader, Oid type, MemoryContext context)
{
	static const struct
	{
		Oid type;
		IdKind kind;
	} known[] = {{INT2OID, ID_IS_SMALLINT},
	             {INT4OID, ID_IS_INT},
	             {INT8OID, ID_IS_BIGINT},
	             {TEXTOID, ID_IS_TEXT},
	             {VARCHAROID, ID_IS_TEXT},
	             {BPCHAROID, ID_IS_PADDED},
	             {NUMERICOID, ID_IS_NUMERIC},
	             {FLOAT4OID, ID_IS_FLOAT4},
	             {FLOAT8OID, ID_IS_FLOAT8},
	             {DATEOID, ID_IS_DATETIME},
	             {TIMESTAMPOID, ID_IS_DATETIME},
	             {TIMESTAMPTZOID, ID_IS_DATETIME},
	             {BYTEAOID, ID_IS_BYTEA}};
	Oid output;
	bool is_varlena;

	reader->asked = type;
	reader->type = getBaseType(type);
	reader->kind = ID_IS_OTHER;
	for (int i = 0; i < lengthof(known); i++)
	{
		if (known[i].type == reader->type)
			reader->kind = known[i].kind;
	}
	if (reader->kind != ID_IS_OTHER)
		return;
	getTypeOutputInfo(type, &output, &is_varlena);
	fmgr_info_cxt(output, &reader->output, context);
}

static SegId
number_id(int64 number)
{
	return (SegId){true, number, {NULL, 0}};
}

static SegId
id_dictionary_text_id(const char *bytes, int64 length)
{
	return (SegId){false, 0, text_to_utf8((SegText){bytes, length})};
}

static SegId
float_id(double number)
{
	char *printed = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	/* -0 is 0 */
	return id_dictionary_text_id(printed,
	                             double_to_shortest_decimal_buf(number + 0.0,
	                                                            printed));
}

static SegId
float4_id(float number)
{
	char *printed = palloc(FLOAT_SHORTEST_DECIMAL_LEN);

	return id_dictionary_text_id(printed,
	                             float_to_shortest_decimal_buf(number + 0.0f,
	                                                           printed));
}

static SegId
datetime_id(Datum datum, Oid type)
{
	const int utc = 0;
	char *printed = palloc(MAXDATELEN + 1);

	(void) JsonEncodeDateTime(printed, datum, type, &utc);
	return id_dictionary_text_id(printed, (int64) strlen(printed));
}

static SegId
bytea_id(const bytea *value)
{
	Size length = VARSIZE_ANY_EXHDR(value);
	char *printed = palloc(2 * length + 2);

	memcpy(printed, "\\x", 2);
	(void) hex_encode(VARDATA_ANY(value), length, printed + 2);
	return id_dictionary_text_id(printed, (int64) (2 * length + 2));
}

SegId
id_read(IdReader *reader, Datum datum)
{
	char *printed;
	text *id;

	switch (reader->kind)
	{
		case ID_IS_SMALLINT:
			return number_id(DatumGetInt16(datum));
		case ID_IS_INT:
			return number_id(DatumGetInt32(datum));
		case ID_IS_BIGINT:
			return number_id(DatumGetInt64(datum));
		case ID_IS_TEXT:
			id = DatumGetTextPP(datum);
			return id_dictionary_text_id(VARDATA_ANY(id),
			                             VARSIZE_ANY_EXHDR(id));
		case ID_IS_PADDED:
			id = DatumGetTextPP(datum);
			return id_dictionary_text_id(VARDATA_ANY(id),
			                             bpchartruelen(VARDATA_ANY(id),
			                                           VARSIZE_ANY_EXHDR(id)));
		case ID_IS_NUMERIC:
			printed = numeric_normalize(DatumGetNumeric(datum));
			return id_dictionary_text_id(printed, (int64) strlen(printed));
		case ID_IS_FLOAT4:
			return float4_id(DatumGetFloat4(datum));
		case ID_IS_FLOAT8:
			return float_id(DatumGetFloat8(datum));
		case ID_IS_DATETIME:
			return datetime_id(datum, reader->type);
		case ID_IS_BYTEA:
			return bytea_id(DatumGetByteaPP(datum));
		default:
			printed = OutputFunctionCall(&reader->output, datum);
			return id_dictionary_text_id(printed, (int64) strlen(printed));
	}
}

/* ---------- the dictionary ---------- */

IdDictionary *
id_dictionary_create(MemoryContext context, const IdReader *reader)
{
	IdDictionary *dictionary =
		MemoryContextAlloc(context, sizeof(IdDictionary));
	SegEnv env = segment_env(context);

	dictionary->numbers = reader->kind <= ID_IS_BIGINT;
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

/* ---------- ids that come out of a model ---------- */

void
id_writer_init(IdWriter *writer, Oid type, MemoryContext context)
{
	Oid input;

	writer->type = type;
	getTypeInputInfo(type, &input, &writer->ioparam);
	fmgr_info_cxt(input, &writer->input, context);
}

/* ---------- ids as their type reads them ---------- */

typedef struct Conversion
{
	SegText id;
	Oid type;
} Conversion;

/*
 * If a type refuses an id, the type is not at fault: say where the id comes
 * from.
 */
static void
tell_conversion(void *arg)
{
	const Conversion *conversion = arg;

	errcontext("the model's id \"%.*s\" as a value of type %s",
	           (int) conversion->id.length,
	           conversion->id.bytes,
	           format_type_be(conversion->type));
}

static Datum
convert(IdWriter *writer, SegText id)
{
	Conversion conversion = {id, writer->type};
	ErrorContextCallback callback = {error_context_stack,
	                                 tell_conversion,
	                                 &conversion};
	Datum value;

	error_context_stack = &callback;
	value = InputFunctionCall(&writer->input,
	                          pnstrdup(id.bytes, id.length),
	                          writer->ioparam,
	                          -1);
	error_context_stack = callback.previous;
	return value;
}

Datum
id_write(IdWriter *writer, const SegIds *ids, int64 i)
{
	char digits[SEG_ID_DIGITS];
	SegText text;

	if (ids->numbers != NULL && writer->type == INT8OID)
		return Int64GetDatum(ids->numbers[i]);
	if (ids->numbers != NULL && writer->type == INT4OID &&
	    (int32) ids->numbers[i] == ids->numbers[i])
		return Int32GetDatum((int32) ids->numbers[i]);
	text = text_from_utf8(seg_ids_text(ids, i, digits));
	if (writer->type == TEXTOID)
		return PointerGetDatum(
			cstring_to_text_with_len(text.bytes, (int) text.length));
	return convert(writer, text);
}
