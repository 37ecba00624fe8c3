/*-------------------------------------------------------------------------
 *
 * model.c
 *	  Make and open models.
 *
 * src/pg/model.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "pg/encoding.h"
#include "pg/arguments.h"
#include "pg/model.h"

double
model_most_bytes(void)
{
	return segment_max_model_size * 1024.0 - (double) MODEL_HEADER_SIZE;
}

static bool
size_is_legal(size_t body_size, const char *smaller, struct Node *escontext)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double most = model_most_bytes();
	SegStatus status = SEG_OK;

	if ((double) body_size > most)
		status = seg_fail_model_size(&env,
		                             (double) (body_size + MODEL_HEADER_SIZE),
		                             most,
		                             smaller);
	return segment_accept(&env, status, escontext);
}

/*
 * Refuse a model that would be too large, before it costs anything.
 */
void
model_check_size(size_t body_size, const char *smaller)
{
	(void) size_is_legal(body_size, smaller, NULL);
}

/*
 * Write an opened value as a varlena in the current context.
 */
ModelValue *
model_make_soft(const SegMethod *method, const void *value, const char *smaller,
                struct Node *escontext)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	ModelValue *model;
	size_t size;

	if (!segment_accept(&env,
	                    seg_image_size(&env, method, value, &size),
	                    escontext) ||
	    !size_is_legal(size, smaller, escontext))
		return NULL;

	model = segment_alloc(CurrentMemoryContext, MODEL_HEADER_SIZE + size);
	SET_VARSIZE(model, MODEL_HEADER_SIZE + size);
	model->format = method->format;
	model->method = method->tag;
	model->body_size = (uint32) size;
	seg_image_write(method, value, model->body);
	CHECK_FOR_INTERRUPTS();
	model->fingerprint = seg_image_fingerprint(method, model->body, size);
	return model;
}

ModelValue *
model_make(const SegMethod *method, const void *value, const char *smaller)
{
	return model_make_soft(method, value, smaller, NULL);
}

static const SegMethod *const *methods_in_use;
static const SegMethod *latest_method;

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

	/* most calls are for the method of the call before */
	if (latest_method == NULL || latest_method->tag != model->method)
		latest_method = seg_method_by_tag(methods_in_use, model->method);
	method = latest_method;
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

				CHECK_FOR_INTERRUPTS();
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
	CHECK_FOR_INTERRUPTS();
	if (model->fingerprint != 0 &&
	    model->fingerprint !=
	        seg_image_fingerprint(method, model->body, model->body_size))
		ereport(ERROR,
		        errcode(ERRCODE_DATA_CORRUPTED),
		        errmsg("%s is corrupted", method->title),
		        errdetail("Its content does not match its fingerprint."));
}

/*
 * The member of a field; NULL: the method has no such field.
 */
static const void *
member_named(const SegMethod *method, const void *model, const char *name)
{
	const SegField *f = method->fields;

	while (f->name != NULL && strcmp(f->name, name) != 0)
		f++;
	return f->name != NULL ? (const char *) model + f->offset : NULL;
}

const SegTexts *
model_feature_names(const SegMethod *method, const void *model)
{
	return member_named(method, model, "feature_names");
}

const SegPreparation *
model_preparation(const SegMethod *method, const void *model)
{
	const SegPreparation *preparation = member_named(method, model, "prepared");

	return preparation != NULL && preparation->dim > 0 ? preparation : NULL;
}

const SegTrainingRows *
model_training_rows(const SegMethod *method, const void *model)
{
	const SegTrainingRows *rows = member_named(method, model, "training_dim");

	return rows != NULL && rows->dim > 0 ? rows : NULL;
}

int64
model_rows_used(const SegMethod *method, const void *model)
{
	const int64_t *rows = member_named(method, model, "rows_used");

	return rows != NULL ? *rows : 0;
}

void
model_raise(const ModelValue *model, SegEnv *env, SegStatus status)
{
	const SegMethod *method = model_method(model);

	env->features =
		model_feature_names(method, model_open_value(model, method));
	segment_raise(env, status);
}

static char *
list_names(const SegTexts *names)
{
	StringInfoData list;

	initStringInfo(&list);
	for (int64 i = 0; names != NULL && i < names->count; i++)
	{
		SegText name = seg_texts_get(names, i);

		appendStringInfo(&list,
		                 "%s%.*s",
		                 i > 0 ? ", " : "",
		                 (int) name.length,
		                 name.bytes);
	}
	return list.data;
}

void
model_refuse_row(const ModelValue *model, const FeatureVectorView *view,
                 const char *title, int64 model_dim)
{
	const SegMethod *method = model_method(model);
	const void *value = model_open_value(model, method);
	const SegTexts *names = model_feature_names(method, value);
	char *list;

	if (view->has_missing)
		argument_missing(view,
		                 title,
		                 names,
		                 member_named(method, value, "prepared") != NULL);
	list = list_names(names);
	ereport(ERROR,
	        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
	        errmsg("vector does not fit the model"),
	        errdetail_plural("The vector has %d element, the model was trained "
	                         "on " INT64_FORMAT ".",
	                         "The vector has %d elements, the model was trained "
	                         "on " INT64_FORMAT ".",
	                         (unsigned long) view->dim,
	                         view->dim,
	                         model_dim),
	        list[0] != '\0' ? errhint("The elements are: %s.", list) : 0);
}
