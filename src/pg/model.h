/*-------------------------------------------------------------------------
 *
 * model.h
 *	  The types segment_model and segment_summary: one container, whose body
 *	  base/image.h describes.
 *
 * src/pg/model.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_MODEL_H
#define SEGMENT_PG_MODEL_H

#include "base/preparation.h"
#include "base/training_rows.h"
#include "pg/segment_pg.h"

typedef struct ModelValue
{
	int32 vl_len_;      /* varlena header (do not touch directly!) */
	uint16 format;      /* of the body, see SegMethod */
	uint16 method;      /* SegMethod.tag */
	uint32 body_size;   /* bytes in use; a summary may have room after them */
	uint32 reserved;    /* zero */
	uint64 fingerprint; /* of the body; zero in a summary that may still grow */
	char body[FLEXIBLE_ARRAY_MEMBER]; /* 8-byte aligned */
} ModelValue;

#define MODEL_HEADER_SIZE offsetof(ModelValue, body)

#define PG_GETARG_MODEL_P(n) \
	((ModelValue *) PG_DETOAST_DATUM(PG_GETARG_DATUM(n)))

/*
 * Set the kinds of values: a table that ends with NULL, given once, when the
 * library is loaded.
 */
extern void model_use_methods(const SegMethod *const *methods);
extern const SegMethod *model_method_by_name(const char *name);

/*
 * Is this whole and of a method and its present format? Inline, for states that
 * change with every row; whoever gets false asks model_method, which says why.
 */
static inline bool
model_is(const ModelValue *model, const SegMethod *method)
{
	return model->method == method->tag && model->format == method->format &&
	       VARSIZE(model) >= MODEL_HEADER_SIZE &&
	       model->body_size <= VARSIZE(model) - MODEL_HEADER_SIZE;
}

/* model.c */
/* smaller: what makes a smaller model, a noun for the hint; or NULL */
extern ModelValue *
model_make(const SegMethod *method, const void *value, const char *smaller);
/* The same for input functions, whose errors may be soft; NULL: refused. */
extern ModelValue *model_make_soft(const SegMethod *method, const void *value,
                                   const char *smaller, struct Node *escontext);
extern void model_check_size(size_t body_size, const char *smaller);
/* The largest body that a model may have. */
extern double model_most_bytes(void);
extern const SegMethod *model_method(const ModelValue *model);
extern void *model_open_value(const ModelValue *model, const SegMethod *method);
/* The names of the elements of a row; NULL: the method has no such field. */
extern const SegTexts *
model_feature_names(const SegMethod *method, const void *model);
/* What it does to rows first; NULL: nothing. */
extern const SegPreparation *
model_preparation(const SegMethod *method, const void *model);
/* What its training rows were like; NULL: it does not say. */
extern const SegTrainingRows *
model_training_rows(const SegMethod *method, const void *model);
/* The rows it was trained on; 0: it does not say. */
extern int64 model_rows_used(const SegMethod *method, const void *model);
/* Raise what is wrong with a row that is scored. */
pg_noreturn extern void
model_raise(const ModelValue *model, SegEnv *env, SegStatus status);
/* Refuse a vector that has missing elements, or not those of the model. */
pg_noreturn extern void
model_refuse_row(const ModelValue *model, const FeatureVectorView *view,
                 const char *title, int64 model_dim);
extern void model_validate(const SegMethod *method, const ModelValue *model);

/*
 * model_cache.c: what a scoring function keeps of a model between rows. prepare turns the
 * opened struct into whatever scoring needs; NULL: the struct itself.
 */
typedef void *(*ModelPrepare)(const SegEnv *env, const void *value);
extern const void *model_open(FunctionCallInfo fcinfo, int argno,
                              const SegMethod *method, ModelPrepare prepare);

/* The same for a model of any method; prepare refuses what it cannot use. */
typedef void *(*ModelPrepareAny)(const SegMethod *method, const void *value);
extern const void *
model_open_any(FunctionCallInfo fcinfo, int argno, ModelPrepareAny prepare);

/* model_text.c */
extern char *model_to_text(const ModelValue *model);
extern Datum model_info_jsonb(const ModelValue *model);
extern uint64
model_portable_fingerprint(const SegMethod *method, const ModelValue *model);

/* model_jsonb.c */
extern Datum model_to_jsonb(const ModelValue *model);

/* model_read.c; NULL: refused softly */
extern ModelValue *
model_from_text(const char *input, bool is_summary, struct Node *escontext);

#endif /* SEGMENT_PG_MODEL_H */
