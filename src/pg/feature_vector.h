/*-------------------------------------------------------------------------
 *
 * feature_vector.h
 *	  The type feature_vector as bytes, and a view of one without a copy.
 *
 * Layout: length word, dimension, flags, then the elements as float8. A missing
 * element is one canonical NaN, and sets flag bit 0; no other NaN and no
 * infinity is ever stored, and -0 is stored as 0, so that equal vectors have
 * equal bytes.
 *
 * Short values (up to 15 elements) are stored on disk with a one-byte header,
 * so their elements are not aligned. Undoing that with PG_DETOAST_DATUM would
 * cost a palloc and a copy per row; a view copies into its own small buffer
 * instead, and detoasts only what is compressed or out of line.
 *
 * src/pg/feature_vector.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_FEATURE_VECTOR_H
#define SEGMENT_PG_FEATURE_VECTOR_H

#include "fmgr.h"

#include "pg/compat.h"

struct ArrayType;
struct Node;

typedef struct FeatureVector
{
	int32 vl_len_; /* varlena header (do not touch directly!) */
	uint16 dim;    /* number of elements, 1 .. FEATURE_VECTOR_MAX_DIM */
	uint16 flags;  /* FEATURE_VECTOR_HAS_MISSING, or zero */
	float8 x[FLEXIBLE_ARRAY_MEMBER];
} FeatureVector;

#define FEATURE_VECTOR_MAX_DIM     16000
#define FEATURE_VECTOR_HAS_MISSING 0x0001
#define FEATURE_VECTOR_SIZE(dim) \
	(offsetof(FeatureVector, x) + sizeof(float8) * (Size) (dim))

/* Elements that fit after a short header: 1 + 4 + 15 * 8 bytes. */
#define FEATURE_VECTOR_SHORT_DIM 15

/* What a reader needs of a vector; valid as long as the datum and the view. */
typedef struct FeatureVectorView
{
	int dim;
	bool has_missing;
	const float8 *x;
	float8 buffer[FEATURE_VECTOR_SHORT_DIM];
} FeatureVectorView;

/* feature_vector.c */
extern void feature_vector_view_toasted(Datum datum, FeatureVectorView *view);
extern void feature_vector_view_array(Datum array, FeatureVectorView *view);
extern FeatureVector *feature_vector_make(int dim);
extern FeatureVector *feature_vector_from_view(const FeatureVectorView *view);
extern FeatureVector *feature_vector_from_array(struct ArrayType *array);
extern struct ArrayType *
feature_vector_to_array(const FeatureVectorView *view, Oid element_type);
extern void feature_vector_check_dim(int64 dim);
extern void feature_vector_check_same_dim(const FeatureVectorView *a,
                                          const FeatureVectorView *b);
extern bool
feature_vector_check_typmod(int dim, int32 typmod, struct Node *escontext);
extern float8 feature_vector_element(float8 x);
extern float8 feature_vector_missing(void);

/* the same for input functions, whose errors may be soft; false: refused */
extern bool feature_vector_dim_is_legal(int64 dim, struct Node *escontext);
extern bool feature_vector_element_is_legal(float8 x, struct Node *escontext);

/* feature_vector_text.c */
extern FeatureVector *
feature_vector_parse(const char *text, struct Node *escontext);
extern char *
feature_vector_format(const FeatureVectorView *view, const char *missing);

/*
 * View a vector in place.
 */
static inline void
feature_vector_view(Datum datum, FeatureVectorView *view)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);

	/* a TOAST pointer also passes VARATT_IS_SHORT */
	if (likely(VARATT_IS_SHORT(v) && !VARATT_IS_EXTERNAL(v)))
	{
		const char *at = VARDATA_SHORT(v);
		uint16 head[2];

		memcpy(head, at, sizeof(head));
		view->dim = head[0];
		view->has_missing = (head[1] & FEATURE_VECTOR_HAS_MISSING) != 0;
		memcpy(view->buffer, at + sizeof(head), head[0] * sizeof(float8));
		view->x = view->buffer;
	}
	else if (VARATT_IS_EXTENDED(v))
		feature_vector_view_toasted(datum, view);
	else
	{
		FeatureVector *whole = (FeatureVector *) v;

		view->dim = whole->dim;
		view->has_missing = (whole->flags & FEATURE_VECTOR_HAS_MISSING) != 0;
		view->x = whole->x;
	}
}

/*
 * Free what the view of a toasted vector took: for comparisons, which a sort
 * calls millions of times in one memory context.
 */
static inline void
feature_vector_release(Datum datum, FeatureVectorView *view)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);

	if (unlikely(VARATT_IS_EXTERNAL(v) || VARATT_IS_COMPRESSED(v)))
		pfree((char *) view->x - offsetof(FeatureVector, x));
}

#define PG_RETURN_FEATURE_VECTOR_P(v) PG_RETURN_POINTER(v)

#endif /* SEGMENT_PG_FEATURE_VECTOR_H */
