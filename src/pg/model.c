/*-------------------------------------------------------------------------
 *
 * model.c
 *	  Make, open and remember models.
 *
 * A query scores many rows with one model. If the model came from a table it is
 * a TOAST pointer, the same for every row, and fetching 8 MB again for each row
 * would cost milliseconds. So model_open keeps the opened model in fn_extra,
 * keyed by the identity of the TOAST pointer, or else by the fingerprint in the
 * value's header; never by a bare address, which the next row's model may
 * share. There are two entries, so that a query that alternates between two
 * models evicts neither.
 *
 * src/pg/model.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "mb/pg_wchar.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "pg/encoding.h"
#include "pg/model.h"

typedef struct ModelKey
{
	uint64 identity; /* toast value and relation, or fingerprint */
	uint64 size;     /* of the value; tells the two kinds of identity apart */
} ModelKey;

typedef struct ModelEntry
{
	ModelKey key;
	MemoryContext context; /* NULL: free */
	const void *prepared;
} ModelEntry;

#define CACHE_ENTRIES 2

typedef struct ModelCache
{
	ModelEntry entry[CACHE_ENTRIES];
	int recent; /* the last entry used */
} ModelCache;

double
model_most_bytes(void)
{
	return segment_max_model_size * 1024.0 - (double) MODEL_HEADER_SIZE;
}

/*
 * Refuse a model that would be too large, before it costs anything.
 */
void
model_check_size(size_t body_size, const char *smaller)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double most = model_most_bytes();

	if ((double) body_size > most)
		segment_check(&env,
		              seg_fail_model_size(&env,
		                                  (double) (body_size +
		                                            MODEL_HEADER_SIZE),
		                                  most,
		                                  smaller));
}

/*
 * Write an opened value as a varlena in the current context.
 */
ModelValue *
model_make(const SegMethod *method, const void *value, const char *smaller)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	ModelValue *model;
	size_t size;

	segment_check(&env, seg_image_size(&env, method, value, &size));
	model_check_size(size, smaller);

	model = segment_alloc(CurrentMemoryContext, MODEL_HEADER_SIZE + size);
	SET_VARSIZE(model, MODEL_HEADER_SIZE + size);
	model->format = method->format;
	model->method = method->tag;
	model->body_size = (uint32) size;
	seg_image_write(method, value, model->body);
	model->fingerprint = seg_image_fingerprint(method, model->body, size);
	return model;
}

static const SegMethod *const *methods_in_use;

void
model_use_methods(const SegMethod *const *methods)
{
	methods_in_use = methods;
}

const SegMethod *
model_method_by_name(const char *name)
{
	return seg_method_by_name(methods_in_use, name);
}

/*
 * Which method made this value?
 */
const SegMethod *
model_method(const ModelValue *model)
{
	const SegMethod *method;

	if (VARSIZE(model) < MODEL_HEADER_SIZE ||
	    model->body_size > VARSIZE(model) - MODEL_HEADER_SIZE)
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("model is corrupted"),
		        errdetail("Its length is wrong."));

	method = seg_method_by_tag(methods_in_use, model->method);
	if (method == NULL)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("model is of a method that this version does not know"),
		        errdetail("The method has number %u.", model->method),
		        errhint("Update the extension's library."));
	if (model->format == 0 || model->format > method->format)
		ereport(ERROR,
		        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
		        errmsg("%s has format %u, this version reads up to %u",
		               method->title,
		               model->format,
		               method->format),
		        errhint("Update the extension's library."));
	return method;
}

/*
 * Open a value in place, as a struct in the current context.
 */
void *
model_open_value(const ModelValue *model, const SegMethod *method)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegMethod *actual = model_method(model);
	void *value;

	if (actual != method)
		ereport(ERROR,
		        errcode(ERRCODE_DATATYPE_MISMATCH),
		        errmsg("expected a %s, got a %s", method->title, actual->title));
	value = palloc0(method->size);
	segment_check(&env,
	              seg_image_open(&env,
	                             method,
	                             model->body,
	                             model->body_size,
	                             value));
	return value;
}

/*
 * Texts must be in the server's encoding, ids in UTF-8, and JSON as jsonb
 * prints it: otherwise the text form of the value could not be read back.
 */
static void
check_texts(const SegMethod *method, const void *value)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		const void *member = (const char *) value + f->offset;
		const SegText *text = member;
		bool good = true;

		if (f->type == SEG_FIELD_TEXTS)
		{
			const SegTexts *texts = member;
			int encoding = seg_field_is_ids(f) && !encoding_is_kept()
			                   ? PG_UTF8
			                   : GetDatabaseEncoding();

			for (int64 i = 0; i < texts->count; i++)
			{
				SegText t = seg_texts_get(texts, i);

				good = good && memchr(t.bytes, 0, t.length) == NULL &&
				       pg_verify_mbstr(encoding, t.bytes, (int) t.length, true);
			}
		}
		else if (f->type == SEG_FIELD_TEXT || f->type == SEG_FIELD_JSON)
			good = pg_verifymbstr(text->bytes, (int) text->length, true);
		if (good && f->type == SEG_FIELD_JSON)
		{
			Datum json =
				DirectFunctionCall1(jsonb_in,
			                        CStringGetDatum(
										pnstrdup(text->bytes, text->length)));
			char *printed =
				DatumGetCString(DirectFunctionCall1(jsonb_out, json));

			good = strlen(printed) == (size_t) text->length &&
			       memcmp(printed, text->bytes, text->length) == 0;
		}
		if (!good)
			segment_check(&env,
			              seg_fail_name(&env,
			                            SEG_CORRUPT,
			                            method->title,
			                            f->name));
	}
}

/*
 * Check every byte of a value that came from outside.
 */
void
model_validate(const SegMethod *method, const ModelValue *model)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	void *value = model_open_value(model, method);

	segment_check(&env, seg_image_validate(&env, method, value));
	check_texts(method, value);
	segment_check(&env,
	              seg_image_verify(&env,
	                               method,
	                               value,
	                               model->body,
	                               model->body_size));
	if (model->fingerprint != 0 &&
	    model->fingerprint !=
	        seg_image_fingerprint(method, model->body, model->body_size))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("%s is corrupted", method->title),
		        errdetail("Its content does not match its fingerprint."));
}

/*
 * Refuse a row whose length differs from that of the training rows.
 */
void
model_bad_row(int64 dim, int64 model_dim)
{
	ereport(ERROR,
	        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
	        errmsg("vector does not fit the model"),
	        errdetail_plural("The vector has %lld element, the model was trained "
	                         "on %lld.",
	                         "The vector has %lld elements, the model was trained "
	                         "on %lld.",
	                         (unsigned long) dim,
	                         (long long) dim,
	                         (long long) model_dim));
}

/*
 * The identity of a model datum, without fetching it; false: it has none.
 */
static bool
model_key(Datum datum, ModelKey *key)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);

	if (VARATT_IS_EXTERNAL_ONDISK(v))
	{
		struct varatt_external pointer;

		VARATT_EXTERNAL_GET_POINTER(pointer, v);
		key->identity =
			(uint64) pointer.va_toastrelid << 32 | pointer.va_valueid;
		/* odd, so that no fingerprinted value can have the same key */
		key->size = (uint64) pointer.va_rawsize << 1 | 1;
		return true;
	}
	if (VARATT_IS_EXTERNAL(v) || VARATT_IS_COMPRESSED(v) ||
	    VARSIZE_ANY_EXHDR(v) < MODEL_HEADER_SIZE - VARHDRSZ)
		return false;
	memcpy(&key->identity,
	       VARDATA_ANY(v) + offsetof(ModelValue, fingerprint) - VARHDRSZ,
	       sizeof(uint64));
	key->size = (uint64) VARSIZE_ANY_EXHDR(v) << 1;
	return key->identity != 0;
}

static inline bool
is_entry(const ModelEntry *entry, const ModelKey *key)
{
	return entry->context != NULL && entry->key.identity == key->identity &&
	       entry->key.size == key->size;
}

/* How to open a model that is not remembered. */
typedef struct ModelOpening
{
	const SegMethod *method; /* NULL: any */
	ModelPrepare prepare;
	ModelPrepareAny prepare_any;
} ModelOpening;

/*
 * Fetch, check and prepare a model in its own context.
 */
static void
fill_entry(ModelEntry *entry, FmgrInfo *flinfo, Datum datum,
           const ModelOpening *opening)
{
	MemoryContext context = AllocSetContextCreate(flinfo->fn_mcxt,
	                                              "segment model",
	                                              ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	ModelValue *model = (ModelValue *) PG_DETOAST_DATUM_COPY(datum);
	const SegMethod *method =
		opening->method != NULL ? opening->method : model_method(model);
	const void *value = model_open_value(model, method);
	SegEnv env = segment_env(context);

	if (opening->prepare_any != NULL)
		value = opening->prepare_any(method, value);
	else if (opening->prepare != NULL)
		value = opening->prepare(&env, value);
	entry->prepared = value;
	entry->context = context;
	MemoryContextSwitchTo(old);
}

static const void *
open_remembered(FunctionCallInfo fcinfo, int argno, const ModelOpening *opening)
{
	ModelCache *cache = fcinfo->flinfo->fn_extra;
	Datum datum = PG_GETARG_DATUM(argno);
	ModelKey key = {0, 0};
	bool has_key = model_key(datum, &key);
	ModelEntry *entry;

	if (cache == NULL)
	{
		cache =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(ModelCache));
		fcinfo->flinfo->fn_extra = cache;
	}
	entry = &cache->entry[cache->recent];
	if (has_key && is_entry(entry, &key))
		return entry->prepared;

	cache->recent = 1 - cache->recent;
	entry = &cache->entry[cache->recent];
	if (has_key && is_entry(entry, &key))
		return entry->prepared;

	if (entry->context != NULL)
	{
		MemoryContext context = entry->context;

		entry->context = NULL;
		MemoryContextDelete(context);
	}
	fill_entry(entry, fcinfo->flinfo, datum, opening);
	entry->key = key;
	return entry->prepared;
}

/*
 * The model in an argument, ready for scoring; opened once per query.
 */
const void *
model_open(FunctionCallInfo fcinfo, int argno, const SegMethod *method,
           ModelPrepare prepare)
{
	return open_remembered(fcinfo,
	                       argno,
	                       &(ModelOpening){method, prepare, NULL});
}

const void *
model_open_any(FunctionCallInfo fcinfo, int argno, ModelPrepareAny prepare)
{
	return open_remembered(fcinfo, argno, &(ModelOpening){NULL, NULL, prepare});
}
