/*-------------------------------------------------------------------------
 *
 * image.h
 *	  The stored form of a model or summary, described by a table of fields.
 *
 * A method declares its value once, as a C struct and a table of that struct's
 * members. The table drives writing, opening, validation of untrusted bytes,
 * the JSON text, and model_info().
 *
 * The body is flat, free of pointers, and usable in place: every field is
 * 8-byte aligned. First comes one 8-byte slot per scalar (a text's slot holds
 * its length), in table order; then the arrays, in table order, padded with
 * zeros to whole words. Opening a body copies the scalars and points at the
 * arrays: it costs the same for five clusters as for fifty thousand.
 *
 * src/base/image.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_IMAGE_H
#define SEG_BASE_IMAGE_H

#include "base/env.h"
#include "base/text.h"

typedef enum SegFieldType
{
	SEG_FIELD_INT,      /* int64_t, or array of them */
	SEG_FIELD_BOOL,     /* int64_t, 0 or 1, or array of them */
	SEG_FIELD_REAL,     /* double, finite, or array of them */
	SEG_FIELD_OPTIONAL, /* the same, or missing: seg_missing() */
	SEG_FIELD_INT32,    /* array of int32_t, for long arrays */
	SEG_FIELD_TEXT,     /* SegText, in the host's encoding */
	SEG_FIELD_JSON,     /* SegText that holds JSON as the host prints it */
	SEG_FIELD_TEXTS     /* SegTexts */
} SegFieldType;

#define SEG_NO_COUNT UINT16_MAX

typedef struct SegField
{
	const char *name;
	SegFieldType type;
	uint16_t offset; /* of the member */
	uint16_t rows;   /* offset of the int64_t member that counts the array's
	                  * elements or rows; SEG_NO_COUNT: a scalar */
	uint16_t cols;   /* the same for a second dimension */
	double min;      /* bounds of each number */
	double max;
} SegField;

/* Counting members must come before the arrays that they count. */
#define SEG_INT(type, member, min, max) \
	{ \
#member, SEG_FIELD_INT, offsetof(type, member), SEG_NO_COUNT, \
			SEG_NO_COUNT, min, max \
	}
#define SEG_BOOL(type, member) \
	{ \
#member, SEG_FIELD_BOOL, offsetof(type, member), SEG_NO_COUNT, \
			SEG_NO_COUNT, 0, 1 \
	}
#define SEG_BOOLS(type, member, rows) \
	{ \
#member, SEG_FIELD_BOOL, offsetof(type, member), offsetof(type, rows), \
			SEG_NO_COUNT, 0, 1 \
	}
#define SEG_REAL(type, member, min, max) \
	{ \
#member, SEG_FIELD_REAL, offsetof(type, member), SEG_NO_COUNT, \
			SEG_NO_COUNT, min, max \
	}
#define SEG_OPTIONAL_REAL(type, member, min, max) \
	{ \
#member, SEG_FIELD_OPTIONAL, offsetof(type, member), SEG_NO_COUNT, \
			SEG_NO_COUNT, min, max \
	}
#define SEG_INTS(type, member, rows, min, max) \
	{ \
#member, SEG_FIELD_INT, offsetof(type, member), offsetof(type, rows), \
			SEG_NO_COUNT, min, max \
	}
#define SEG_INT32S(type, member, rows, min, max) \
	{ \
#member, SEG_FIELD_INT32, offsetof(type, member), \
			offsetof(type, rows), SEG_NO_COUNT, min, max \
	}
#define SEG_REALS(type, member, rows, min, max) \
	{ \
#member, SEG_FIELD_REAL, offsetof(type, member), offsetof(type, rows), \
			SEG_NO_COUNT, min, max \
	}
#define SEG_OPTIONAL_REALS(type, member, rows, min, max) \
	{ \
#member, SEG_FIELD_OPTIONAL, offsetof(type, member), \
			offsetof(type, rows), SEG_NO_COUNT, min, max \
	}
#define SEG_REAL_MATRIX(type, member, rows, cols, min, max) \
	{ \
#member, SEG_FIELD_REAL, offsetof(type, member), offsetof(type, rows), \
			offsetof(type, cols), min, max \
	}
#define SEG_INT_MATRIX(type, member, rows, cols, min, max) \
	{ \
#member, SEG_FIELD_INT, offsetof(type, member), offsetof(type, rows), \
			offsetof(type, cols), min, max \
	}
#define SEG_TEXT_FIELD(type, member) \
	{ \
#member, SEG_FIELD_TEXT, offsetof(type, member), SEG_NO_COUNT, \
			SEG_NO_COUNT, 0, 0 \
	}
#define SEG_JSON_FIELD(type, member) \
	{ \
#member, SEG_FIELD_JSON, offsetof(type, member), SEG_NO_COUNT, \
			SEG_NO_COUNT, 0, 0 \
	}
#define SEG_TEXTS_FIELD(type, member, rows) \
	{ \
#member, SEG_FIELD_TEXTS, offsetof(type, member), \
			offsetof(type, rows), SEG_NO_COUNT, 0, 0 \
	}
/*
 * Names of the elements of a row, one each, or none; the host fills them in from
 * the option "feature_names".
 */
#define SEG_FEATURE_NAMES_FIELDS(type, max) \
	SEG_INT(type, names, 0, max), SEG_TEXTS_FIELD(type, feature_names, names)
/*
 * Ids are in UTF-8, whatever the host's encoding, so that they ascend wherever
 * a model is read. model_info() leaves out those of which there may be very
 * many.
 */
#define SEG_IDS_FIELD(type, member, rows, how_many) \
	{ \
#member, SEG_FIELD_TEXTS, offsetof(type, member), \
			offsetof(type, rows), SEG_NO_COUNT, 0, how_many \
	}
#define SEG_FEW  (-1)
#define SEG_MANY (-2)

static inline bool
seg_field_is_ids(const SegField *f)
{
	return f->type == SEG_FIELD_TEXTS && f->max < 0;
}

#define SEG_FIELD_END \
	{ \
		NULL, SEG_FIELD_INT, 0, 0, 0, 0, 0 \
	}

/* The most elements of an array, so that sizes stay far from overflow. */
#define SEG_IMAGE_MAX_COUNT (INT64_C(1) << 27)
#define SEG_IMAGE_MAX_BYTES (INT64_C(1) << 30)

typedef struct SegMethod
{
	uint16_t tag;    /* never reused, never changed */
	uint16_t format; /* of the body as written today */
	bool is_summary; /* a segment_summary, not a segment_model */
	const char *name;
	const char *title; /* in messages: "k-means model" */
	const SegField *fields;
	size_t size;                         /* of the struct */
	bool (*is_sound)(const void *value); /* what bounds cannot check; or NULL */

	/* summaries: add two; merged may point into either */
	SegStatus (*merge)(SegEnv *env, const void *a, const void *b, void *merged);

	/* and take one's rows out of another; is_empty: none are left; or NULL */
	SegStatus (*subtract)(SegEnv *env, const void *whole, const void *part,
	                      void *rest, bool *is_empty);

	/* how a model predicts a number for a row; NULL: it does not */
	const struct SegSupervised *supervised;
	bool is_score; /* that number has no unit: two models give others */

	/* how it becomes an SQL expression; NULL: it does not */
	const struct SegExpressible *expressible;
} SegMethod;

/* For subtract: take a count out of another, which must not be smaller. */
static inline SegStatus
seg_subtract_count(SegEnv *env, int64_t part, int64_t *whole)
{
	if (part > *whole)
		return seg_fail_facts(env,
		                      SEG_ABOVE,
		                      (SegDiag){.what = "a count of part",
		                                .name = "that of whole",
		                                .got = (double) part,
		                                .want = (double) *whole});
	*whole -= part;
	return SEG_OK;
}

/* Search a table that ends with NULL; NULL if there is no such method. */
extern const SegMethod *
seg_method_by_tag(const SegMethod *const *methods, uint16_t tag);
extern const SegMethod *
seg_method_by_name(const SegMethod *const *methods, const char *name);

extern int64_t seg_field_count(const SegField *field, const void *value);
extern size_t seg_field_width(const SegField *field);

extern SegStatus seg_image_size(SegEnv *env, const SegMethod *method,
                                const void *value, size_t *size);
extern void
seg_image_write_slots(const SegMethod *method, const void *value, void *body);
extern void
seg_image_write(const SegMethod *method, const void *value, void *body);
extern SegStatus seg_image_open(SegEnv *env, const SegMethod *method,
                                const void *body, size_t size, void *value);
extern SegStatus
seg_image_validate(SegEnv *env, const SegMethod *method, const void *value);
extern SegStatus
seg_image_verify(SegEnv *env, const SegMethod *method, const void *value,
                 const void *body, size_t size);
extern uint64_t
seg_image_fingerprint(const SegMethod *method, const void *body, size_t size);

#endif /* SEG_BASE_IMAGE_H */
