/*-------------------------------------------------------------------------
 *
 * label_matrix.c
 *	  How many rows had which pair of labels: a matrix that adds up.
 *
 * Labels are known by name and have a fixed order (whole numbers by value, then
 * everything else in byte order), so a matrix depends only on what was counted,
 * not on the order in which it was added up.
 *
 * src/base/label_matrix.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/label_matrix.h"

#include <string.h>

#include "base/ids.h"
#include "base/label_order.h"

bool
seg_label_matrix_is_sound(const SegLabelMatrix *v)
{
	int64_t sum = 0;

	if (!seg_labels_are_set(&v->names))
		return false;
	for (int64_t i = 0; i < v->states * v->states; i++)
	{
		sum += v->counts[i];
		if (sum > SEG_LABEL_MATRIX_MAX_COUNT)
			return false;
	}
	return sum == v->rows_used;
}

int64_t
seg_label_matrix_find(const SegLabelMatrix *value, const SegText *label)
{
	return label != NULL ? seg_labels_find(&value->names, *label)
	                     : value->labels;
}

/* ---------- making one ---------- */

static SegStatus
unite_labels(SegEnv *env, const SegTexts *a, const SegTexts *b, bool has_none,
             const char *what, SegLabelMatrix *value, int64_t **counts)
{
	*value = (SegLabelMatrix){0};
	SEG_TRY(seg_labels_unite(env, a, b, &value->names));
	value->labels = value->names.count;
	if (value->labels > SEG_LABEL_MATRIX_MAX_LABELS)
		return seg_fail(env,
		                SEG_LIMIT,
		                what,
		                (double) value->labels,
		                SEG_LABEL_MATRIX_MAX_LABELS);
	value->states = value->labels + (has_none ? 1 : 0);
	SEG_ALLOC(env, *counts, value->states * value->states);
	value->counts = *counts;
	return SEG_OK;
}

/*
 * The set of one label, or of none.
 */
static SegTexts
set_of(const SegText *label)
{
	return label != NULL ? (SegTexts){&label->length, label->bytes, 1}
	                     : (SegTexts){NULL, NULL, 0};
}

SegStatus
seg_label_matrix_single(SegEnv *env, const SegText *from, const SegText *to,
                        bool has_none, const char *what, SegLabelMatrix *result)
{
	SegTexts first = set_of(from);
	SegTexts second = set_of(to);
	int64_t *counts;

	SEG_TRY(
		unite_labels(env, &first, &second, has_none, what, result, &counts));
	if (from == NULL && to == NULL)
		result->rows_skipped = 1;
	else
	{
		counts[seg_label_matrix_find(result, from) * result->states +
		       seg_label_matrix_find(result, to)] = 1;
		result->rows_used = 1;
	}
	return SEG_OK;
}

/* ---------- adding two up ---------- */

static void
add_counts(const SegLabelMatrix *from, const SegLabelMatrix *into,
           int64_t *place, int64_t *counts)
{
	for (int64_t i = 0; i < from->labels; i++)
	{
		SegText name = seg_texts_get(&from->names, i);

		place[i] = seg_label_matrix_find(into, &name);
	}
	if (from->states > from->labels)
		place[from->labels] = into->labels;
	for (int64_t i = 0; i < from->states; i++)
	{
		for (int64_t j = 0; j < from->states; j++)
			counts[place[i] * into->states + place[j]] +=
				from->counts[i * from->states + j];
	}
}

SegStatus
seg_label_matrix_merge(SegEnv *env, const SegLabelMatrix *a,
                       const SegLabelMatrix *b, const char *what,
                       SegLabelMatrix *sum)
{
	bool has_none = a->states > a->labels;
	int64_t *counts, *place;

	if (a->rows_used + b->rows_used > SEG_LABEL_MATRIX_MAX_COUNT ||
	    a->rows_skipped + b->rows_skipped > SEG_LABEL_MATRIX_MAX_COUNT)
		return seg_fail(env, SEG_NOT_FINITE, "number of rows", 0, 0);
	SEG_TRY(
		unite_labels(env, &a->names, &b->names, has_none, what, sum, &counts));
	SEG_ALLOC(env, place, sum->states + 1);
	add_counts(a, sum, place, counts);
	add_counts(b, sum, place, counts);
	sum->rows_used = a->rows_used + b->rows_used;
	sum->rows_skipped = a->rows_skipped + b->rows_skipped;
	return SEG_OK;
}

/* ---------- taking one out of another ---------- */

/*
 * Take the counts of a part out of those of the whole.
 */
static SegStatus
subtract_counts(SegEnv *env, const SegLabelMatrix *whole,
                const SegLabelMatrix *part, int64_t *counts)
{
	int64_t *place;

	SEG_ALLOC(env, place, part->states + 1);
	for (int64_t i = 0; i < part->labels; i++)
	{
		SegText name = seg_texts_get(&part->names, i);

		place[i] = seg_label_matrix_find(whole, &name);
	}
	if (part->states > part->labels)
		place[part->labels] = whole->labels;
	for (int64_t i = 0; i < part->states; i++)
	{
		for (int64_t j = 0; j < part->states; j++)
		{
			int64_t count = part->counts[i * part->states + j];
			int64_t none = 0;

			if (count > 0)
				SEG_TRY(
					seg_subtract_count(env,
				                       count,
				                       place[i] < 0 || place[j] < 0
				                           ? &none
				                           : &counts[place[i] * whole->states +
				                                     place[j]]));
		}
	}
	return SEG_OK;
}

static bool
label_has_rows(const SegLabelMatrix *matrix, const int64_t *counts,
               int64_t label)
{
	for (int64_t i = 0; i < matrix->states; i++)
	{
		if (counts[label * matrix->states + i] > 0 ||
		    counts[i * matrix->states + label] > 0)
			return true;
	}
	return false;
}

SegStatus
seg_label_matrix_subtract(SegEnv *env, const SegLabelMatrix *whole,
                          const SegLabelMatrix *part, SegLabelMatrix *rest)
{
	size_t cells = (size_t) (whole->states * whole->states);
	SegIds all = {whole->labels, NULL, whole->names};
	SegIds left;
	int64_t *counts, *kept;
	int32_t *places;
	int64_t n = 0;

	SEG_ALLOC(env, counts, cells + 1);
	SEG_ALLOC(env, kept, cells + 1);
	SEG_ALLOC(env, places, whole->states + 1);
	memcpy(counts, whole->counts, cells * sizeof(*counts));
	*rest = *whole;
	SEG_TRY(subtract_counts(env, whole, part, counts));
	SEG_TRY(seg_subtract_count(env, part->rows_used, &rest->rows_used));
	SEG_TRY(seg_subtract_count(env, part->rows_skipped, &rest->rows_skipped));
	for (int64_t i = 0; i < whole->labels; i++)
	{
		if (label_has_rows(whole, counts, i))
			places[n++] = (int32_t) i;
	}
	SEG_TRY(seg_ids_select(env, &all, places, n, &left));
	rest->names = left.names;
	rest->labels = n;
	if (whole->states > whole->labels)
		places[n++] = (int32_t) whole->labels;
	rest->states = n;
	for (int64_t i = 0; i < n; i++)
	{
		for (int64_t j = 0; j < n; j++)
			kept[i * n + j] = counts[places[i] * whole->states + places[j]];
	}
	rest->counts = kept;
	return SEG_OK;
}
