/*-------------------------------------------------------------------------
 *
 * feature_vector.h
 *	  The type feature_vector as bytes, and a view of one without a copy.
 *
 * Layout: length word, dimension, flags, then the elements as float8.  A
 * missing element is one canonical NaN, and then flag bit 0 is set; no other
 * NaN and no infinity is ever stored, and -0 is stored as 0, so that equal
 * vectors have equal bytes.
 *
 * Short values (up to 15 elements) lie on disk behind a one-byte header, where
 * the elements are not aligned.  Undoing that with PG_DETOAST_DATUM would cost
 * a palloc and a copy for each row; a view copies into its own small buffer
 * instead, and detoasts only what really is compressed or out of line.
 *
 * src/pg/feature_vector.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_FEATURE_VECTOR_H
#define SEGMENT_PG_FEATURE_VECTOR_H

#include "fmgr.h"

#include "pg/compat.h"

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

/* Elements that fit behind a short header: 1 + 4 + 15 * 8 bytes. */
#define FEATURE_VECTOR_SHORT_DIM 15

/* What a reader needs of a vector; valid while the datum and the view live. */
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
extern void feature_vector_check_dim(int64 dim);
extern float8 feature_vector_element(float8 x);
extern float8 feature_vector_missing(void);

/*
 * Look at a vector where it lies.
 */
static inline void
feature_vector_view(Datum datum, FeatureVectorView *view)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);

	if (likely(VARATT_IS_SHORT(v)))
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

#define PG_RETURN_FEATURE_VECTOR_P(v) PG_RETURN_POINTER(v)

#endif /* SEGMENT_PG_FEATURE_VECTOR_H */
