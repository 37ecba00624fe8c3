/*-------------------------------------------------------------------------
 *
 * id_type.c
 *	  The type that ids have in a query.
 *
 * Integers are numbers. Everything else becomes its text, which costs nothing
 * for text itself, and a call of the output function for most other types.
 * Texts are in UTF-8, so that their order, and so a model, is the same in a
 * database of any encoding.
 *
 * A query may ask in another type than the model was trained with. That is safe
 * as long as an id is the same text in both. Input functions are lenient: '007'
 * becomes 7, which is read as "7", and a uuid in capitals becomes one in small
 * letters. So an id that leaves a model is read again, and one that is not found
 * there makes us look whether the type can hold the model's ids at all.
 *
 * src/pg/id_type.c
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
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "pg/encoding.h"
#include "pg/id_type.h"

#define CAST_HINT \
	"Cast the ids in the call to text, which holds the ids of any model; a " \
	"witness is then NULL::text."

/* ---------- reading ---------- */

void
id_type_init(IdType *type, Oid oid, MemoryContext context)
{
	static const struct
	{
		Oid oid;
		IdKind kind;
	} known[] = {{INT2OID, ID_IS_SMALLINT},
	             {INT4OID, ID_IS_INT},
	             {INT8OID, ID_IS_BIGINT},
	             {TEXTOID, ID_IS_TEXT},
	             {VARCHAROID, ID_IS_TEXT},
	             {BPCHAROID, ID_IS_PADDED},
	             {BOOLOID, ID_IS_BOOLEAN},
	             {NUMERICOID, ID_IS_NUMERIC},
	             {FLOAT4OID, ID_IS_FLOAT4},
	             {FLOAT8OID, ID_IS_FLOAT8},
	             {DATEOID, ID_IS_DATETIME},
	             {TIMESTAMPOID, ID_IS_DATETIME},
	             {TIMESTAMPTZOID, ID_IS_DATETIME},
	             {BYTEAOID, ID_IS_BYTEA}};
	Oid output;
	bool is_varlena;

	*type = (IdType){.kind = ID_IS_OTHER,
	                 .oid = oid,
	                 .base = getBaseType(oid),
	                 .context = context};
	for (int i = 0; i < lengthof(known); i++)
	{
		if (known[i].oid == type->base)
			type->kind = known[i].kind;
	}
	if (type->kind != ID_IS_OTHER)
		return;
	getTypeOutputInfo(oid, &output, &is_varlena);
	fmgr_info_cxt(output, &type->output, context);
}

static SegId
number_id(int64 number)
{
	return (SegId){true, number, {NULL, 0}};
}

static SegId
text_id(const char *bytes, int64 length)
{
	return (SegId){false, 0, text_to_utf8((SegText){bytes, length})};
}

static SegId
float_id(double number)
{
	char *printed = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

	/* -0 is 0 */
	return text_id(printed,
	               double_to_shortest_decimal_buf(number + 0.0, printed));
}

static SegId
float4_id(float number)
{
	char *printed = palloc(FLOAT_SHORTEST_DECIMAL_LEN);

	return text_id(printed,
	               float_to_shortest_decimal_buf(number + 0.0f, printed));
}

static SegId
datetime_id(Datum datum, Oid type)
{
	const int utc = 0;
	char *printed = palloc(MAXDATELEN + 1);

	(void) JsonEncodeDateTime(printed, datum, type, &utc);
	return text_id(printed, (int64) strlen(printed));
}

static SegId
bytea_id(const bytea *value)
{
	Size length = VARSIZE_ANY_EXHDR(value);
	char *printed = palloc(2 * length + 2);

	memcpy(printed, "\\x", 2);
	(void) hex_encode(VARDATA_ANY(value), length, printed + 2);
	return text_id(printed, (int64) (2 * length + 2));
}

SegId
id_read(IdType *type, Datum datum)
{
	char *printed;
	text *id;

	switch (type->kind)
	{
		case ID_IS_SMALLINT:
			return number_id(DatumGetInt16(datum));
		case ID_IS_INT:
			return number_id(DatumGetInt32(datum));
		case ID_IS_BIGINT:
			return number_id(DatumGetInt64(datum));
		case ID_IS_TEXT:
			id = DatumGetTextPP(datum);
			return text_id(VARDATA_ANY(id), VARSIZE_ANY_EXHDR(id));
		case ID_IS_PADDED:
			id = DatumGetTextPP(datum);
			return text_id(VARDATA_ANY(id),
			               bpchartruelen(VARDATA_ANY(id),
			                             VARSIZE_ANY_EXHDR(id)));
		case ID_IS_BOOLEAN:
			return DatumGetBool(datum) ? text_id("true", 4)
			                           : text_id("false", 5);
		case ID_IS_NUMERIC:
			printed = numeric_normalize(DatumGetNumeric(datum));
			return text_id(printed, (int64) strlen(printed));
		case ID_IS_FLOAT4:
			return float4_id(DatumGetFloat4(datum));
		case ID_IS_FLOAT8:
			return float_id(DatumGetFloat8(datum));
		case ID_IS_DATETIME:
			return datetime_id(datum, type->base);
		case ID_IS_BYTEA:
			return bytea_id(DatumGetByteaPP(datum));
		default:
			printed = OutputFunctionCall(&type->output, datum);
			return text_id(printed, (int64) strlen(printed));
	}
}

/* ---------- writing ---------- */

/* An id of a model on its way to a type. */
typedef struct Conversion
{
	SegText id; /* in the encoding of the database */
	Oid oid;
} Conversion;

/*
 * If a type refuses an id, the type is not at fault: say where the id comes
 * from.
 */
static void
tell_conversion(void *arg)
{
	const Conversion *conversion = arg;

	errhint(CAST_HINT);
	errcontext("the model's id \"%.*s\" as a value of type %s",
	           (int) conversion->id.length,
	           conversion->id.bytes,
	           format_type_be(conversion->oid));
}

static Datum
convert(IdType *type, SegText id)
{
	Conversion conversion = {id, type->oid};
	ErrorContextCallback callback = {error_context_stack,
	                                 tell_conversion,
	                                 &conversion};
	Datum value;

	if (!OidIsValid(type->input.fn_oid))
	{
		Oid input;

		getTypeInputInfo(type->oid, &input, &type->ioparam);
		fmgr_info_cxt(input, &type->input, type->context);
	}
	error_context_stack = &callback;
	value = InputFunctionCall(&type->input,
	                          pnstrdup(id.bytes, id.length),
	                          type->ioparam,
	                          -1);
	error_context_stack = callback.previous;
	return value;
}

/*
 * Refuse a value that would be read as another id than the one it was made of.
 */
static void
id_type_check_same(IdType *type, SegText id, Datum value)
{
	char digits[SEG_ID_DIGITS];
	SegId back = id_read(type, value);
	SegText text = back.is_number
	                   ? (SegText){digits, seg_id_print(back.number, digits)}
	                   : text_from_utf8(back.text);

	if (seg_text_compare(text, id) == 0)
		return;
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
	        errmsg("the model's id \"%.*s\" would change in type %s",
	               (int) id.length,
	               id.bytes,
	               format_type_be(type->oid)),
	        errdetail("It would come back as \"%.*s\", which is another id: ids "
	                  "are compared as text.",
	                  (int) text.length,
	                  text.bytes),
	        errhint(CAST_HINT));
}

Datum
id_write(IdType *type, const SegIds *ids, int64 i)
{
	char digits[SEG_ID_DIGITS];
	SegText text;
	Datum value;

	if (ids->numbers != NULL && type->oid == INT8OID)
		return Int64GetDatum(ids->numbers[i]);
	if (ids->numbers != NULL && type->oid == INT4OID &&
	    (int32) ids->numbers[i] == ids->numbers[i])
		return Int32GetDatum((int32) ids->numbers[i]);
	text = text_from_utf8(seg_ids_text(ids, i, digits));
	if (type->oid == TEXTOID)
		return PointerGetDatum(
			cstring_to_text_with_len(text.bytes, (int) text.length));
	value = convert(type, text);
	id_type_check_same(type, text, value);
	return value;
}

/* ---------- finding ---------- */

/*
 * Can the type hold all ids of a model?
 */
static void
check_all(IdType *type, const SegIds *ids)
{
	bool are_integers = type->kind <= ID_IS_BIGINT;
	MemoryContext scratch;
	MemoryContext old;

	if (type->kind == ID_IS_TEXT || (are_integers && ids->numbers != NULL))
		return;
	scratch = AllocSetContextCreate(CurrentMemoryContext,
	                                "ids of a model",
	                                ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(scratch);
	for (int64 i = 0; i < ids->count; i++)
	{
		int64_t number;

		CHECK_FOR_INTERRUPTS();
		/* an integer beyond the type's range is no other integer */
		if (are_integers &&
		    seg_id_is_number(seg_texts_get(&ids->names, i), &number))
			continue;
		(void) id_write(type, ids, i);
		MemoryContextReset(scratch);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(scratch);
}

int64
id_find(IdType *type, const SegIds *ids, Datum datum)
{
	SegId id = id_read(type, datum);
	int64 place = seg_ids_find(ids, &id);

	if (place < 0 && unlikely(type->checked != ids))
	{
		check_all(type, ids);
		type->checked = ids;
	}
	return place;
}
