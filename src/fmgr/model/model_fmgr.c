/*-------------------------------------------------------------------------
 *
 * model_fmgr.c
 *	  SQL face of the types segment_model and segment_summary: input, output,
 *	  comparison, information.
 *
 * src/fmgr/model/model_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "utils/builtins.h"

#include "base/hash.h"
#include "pg/model.h"

PG_FUNCTION_INFO_V1(segment_model_in);
PG_FUNCTION_INFO_V1(segment_summary_in);
PG_FUNCTION_INFO_V1(segment_model_out);
PG_FUNCTION_INFO_V1(segment_model_recv);
PG_FUNCTION_INFO_V1(segment_summary_recv);
PG_FUNCTION_INFO_V1(segment_model_send);
PG_FUNCTION_INFO_V1(segment_model_to_json);
PG_FUNCTION_INFO_V1(segment_model_to_jsonb);
PG_FUNCTION_INFO_V1(segment_model_info);
PG_FUNCTION_INFO_V1(segment_model_method);
PG_FUNCTION_INFO_V1(segment_model_size);
PG_FUNCTION_INFO_V1(segment_model_compare);
PG_FUNCTION_INFO_V1(segment_model_eq);
PG_FUNCTION_INFO_V1(segment_model_ne);
PG_FUNCTION_INFO_V1(segment_model_lt);
PG_FUNCTION_INFO_V1(segment_model_le);
PG_FUNCTION_INFO_V1(segment_model_gt);
PG_FUNCTION_INFO_V1(segment_model_ge);
PG_FUNCTION_INFO_V1(segment_model_hash);
PG_FUNCTION_INFO_V1(segment_model_hash_extended);

static Datum
input_value(FunctionCallInfo fcinfo, bool is_summary)
{
	ModelValue *model =
		model_from_text(PG_GETARG_CSTRING(0), is_summary, fcinfo->context);

	if (model == NULL)
		PG_RETURN_NULL(); /* refused softly */
	PG_RETURN_POINTER(model);
}

Datum
segment_model_in(PG_FUNCTION_ARGS)
{
	return input_value(fcinfo, false);
}

Datum
segment_summary_in(PG_FUNCTION_ARGS)
{
	return input_value(fcinfo, true);
}

Datum
segment_model_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(model_to_text(PG_GETARG_MODEL_P(0)));
}

/*
 * Wire form: method, format, fingerprint, then the body as it is in memory.
 */
Datum
segment_model_send(PG_FUNCTION_ARGS)
{
	ModelValue *model = PG_GETARG_MODEL_P(0);
	StringInfoData out;
	Size head, room;

	(void) model_method(model);
	pq_begintypsend(&out);
	pq_sendint16(&out, model->method);
	pq_sendint16(&out, model->format);
	pq_sendint64(&out, model->fingerprint);
	/* not pq_sendbytes, which would not look for cancel */
	head = out.len;
	room = head + model->body_size;
	out.data =
		memcpy(segment_alloc(CurrentMemoryContext, room), out.data, head);
	segment_copy(out.data + head, model->body, model->body_size);
	SET_VARSIZE(out.data, room);
	PG_RETURN_BYTEA_P((bytea *) out.data);
}

static Datum
receive(FunctionCallInfo fcinfo, bool is_summary)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	uint16 tag = pq_getmsgint(in, 2);
	uint16 format = pq_getmsgint(in, 2);
	uint64 fingerprint = pq_getmsgint64(in);
	uint32 size = in->len - in->cursor;
	ModelValue *model =
		segment_alloc(CurrentMemoryContext, MODEL_HEADER_SIZE + size);
	const SegMethod *method;

	SET_VARSIZE(model, MODEL_HEADER_SIZE + size);
	model->method = tag;
	model->format = format;
	model->body_size = size;
	model->fingerprint = fingerprint;
	pq_copymsgbytes(in, model->body, (int) size);

	method = model_method(model);
	if (method->is_summary != is_summary || (fingerprint == 0 && !is_summary))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
		        errmsg("invalid binary representation of %s", method->title));
	model_validate(method, model);
	PG_RETURN_POINTER(model);
}

Datum
segment_model_recv(PG_FUNCTION_ARGS)
{
	return receive(fcinfo, false);
}

Datum
segment_summary_recv(PG_FUNCTION_ARGS)
{
	return receive(fcinfo, true);
}

Datum
segment_model_to_jsonb(PG_FUNCTION_ARGS)
{
	return model_to_jsonb(PG_GETARG_MODEL_P(0));
}

/*
 * To json: to_jsonb(), row_to_json() and the like call this cast too.
 */
Datum
segment_model_to_json(PG_FUNCTION_ARGS)
{
	char *text = model_to_text(PG_GETARG_MODEL_P(0));

	PG_RETURN_TEXT_P(cstring_to_text(text));
}

Datum
segment_model_info(PG_FUNCTION_ARGS)
{
	return model_info_jsonb(PG_GETARG_MODEL_P(0));
}

Datum
segment_model_method(PG_FUNCTION_ARGS)
{
	const SegMethod *method = model_method(PG_GETARG_MODEL_P(0));

	PG_RETURN_TEXT_P(cstring_to_text(method->name));
}

Datum
segment_model_size(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(VARSIZE(PG_GETARG_MODEL_P(0)));
}

/*
 * Some total order: by method, then by the bytes in use.
 */
static int
model_compare(FunctionCallInfo fcinfo)
{
	ModelValue *a = PG_GETARG_MODEL_P(0);
	ModelValue *b = PG_GETARG_MODEL_P(1);
	int order;

	if (a->method != b->method)
		return a->method < b->method ? -1 : 1;
	order = memcmp(a->body, b->body, Min(a->body_size, b->body_size));
	if (order == 0 && a->body_size != b->body_size)
		order = a->body_size < b->body_size ? -1 : 1;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

Datum
segment_model_compare(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(model_compare(fcinfo));
}

Datum
segment_model_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_compare(fcinfo) == 0);
}

Datum
segment_model_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_compare(fcinfo) != 0);
}

Datum
segment_model_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_compare(fcinfo) < 0);
}

Datum
segment_model_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_compare(fcinfo) <= 0);
}

Datum
segment_model_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_compare(fcinfo) > 0);
}

Datum
segment_model_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(model_compare(fcinfo) >= 0);
}

/*
 * Our own hash, as that of the server would take half a second of a model of
 * the largest size.
 */
static uint64
model_hash(FunctionCallInfo fcinfo, uint64 seed)
{
	ModelValue *model = PG_GETARG_MODEL_P(0);
	uint64 hash = seg_hash(model->body, model->body_size, seed);

	PG_FREE_IF_COPY(model, 0);
	return hash;
}

Datum
segment_model_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) model_hash(fcinfo, 0));
}

/*
 * (model, seed): with seed 0, its low 32 bits are the hash without a seed.
 */
Datum
segment_model_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) model_hash(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
