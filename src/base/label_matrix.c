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

#include "base/label_order.h"

bool
seg_label_matrix_is_sound(const SegLabelMatrix *v)
{
	int64_t sum = 0;

	for (int64_t i = 1; i < v->labels; i++)
	{
		if (seg_label_compare(seg_texts_get(&v->names, i - 1),
		                      seg_texts_get(&v->names, i)) >= 0)
			return false;
	}
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
	int64_t low = 0;
	int64_t high = value->labels - 1;

	if (label == NULL)
		return value->labels;
	while (low <= high)
	{
		int64_t mid = (low + high) / 2;
		int order =
			seg_label_compare(seg_texts_get(&value->names, mid), *label);

		if (order == 0)
			return mid;
		if (order < 0)
			low = mid + 1;
		else
			high = mid - 1;
	}
	return -1;
}

/* ---------- making one ---------- */

static void
append_name(SegLabelMatrix *value, SegText name)
{
	int64_t n = value->labels++;
	int64_t start = n > 0 ? value->names.ends[n - 1] : 0;

	/* ours alone until we hand it over */
	memcpy((char *) value->names.bytes + start,
	       name.bytes,
	       (size_t) name.length);
	((int64_t *) value->names.ends)[n] = start + name.length;
}

static SegStatus
make_names(SegEnv *env, int64_t count, int64_t bytes, SegLabelMatrix *value)
{
	int64_t *ends;
	char *text;

	SEG_ALLOC(env, ends, count + 1);
	SEG_ALLOC(env, text, bytes + 1);
	*value = (SegLabelMatrix){.names = {ends, text, 0}};
	return SEG_OK;
}

static SegStatus
make_counts(SegEnv *env, bool has_none, const char *what, SegLabelMatrix *value,
            int64_t **counts)
{
	if (value->labels > SEG_LABEL_MATRIX_MAX_LABELS)
		return seg_fail(env,
		                SEG_LIMIT,
		                what,
		                (double) value->labels,
		                SEG_LABEL_MATRIX_MAX_LABELS);
	value->names.count = value->labels;
	value->states = value->labels + (has_none ? 1 : 0);
	SEG_ALLOC(env, *counts, value->states * value->states);
	value->counts = *counts;
	return SEG_OK;
}

SegStatus
seg_label_matrix_single(SegEnv *env, const SegText *from, const SegText *to,
                        bool has_none, const char *what, SegLabelMatrix *result)
{
	int64_t bytes = (from ? from->length : 0) + (to ? to->length : 0);
	int64_t *counts;
	int order = 0;

	SEG_TRY(make_names(env, 2, bytes, result));
	if (from != NULL && to != NULL)
		order = seg_label_compare(*from, *to);
	if (to != NULL && order > 0)
		append_name(result, *to);
	if (from != NULL)
		append_name(result, *from);
	if (to != NULL && (from == NULL || order < 0))
		append_name(result, *to);
	SEG_TRY(make_counts(env, has_none, what, result, &counts));
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

static int64_t
names_bytes(const SegLabelMatrix *value)
{
	return value->labels > 0 ? value->names.ends[value->labels - 1] : 0;
}

/*
 * The names of both, each once, in order.
 */
static void
merge_names(const SegLabelMatrix *a, const SegLabelMatrix *b,
            SegLabelMatrix *merged)
{
	int64_t i = 0;
	int64_t j = 0;

	while (i < a->labels || j < b->labels)
	{
		int order = i == a->labels ? 1
		            : j == b->labels
		                ? -1
		                : seg_label_compare(seg_texts_get(&a->names, i),
		                                    seg_texts_get(&b->names, j));

		append_name(merged,
		            seg_texts_get(order <= 0 ? &a->names : &b->names,
		                          order <= 0 ? i : j));
		i += order <= 0;
		j += order >= 0;
	}
}

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
	SEG_TRY(make_names(env,
	                   a->labels + b->labels,
	                   names_bytes(a) + names_bytes(b),
	                   sum));
	merge_names(a, b, sum);
	SEG_TRY(make_counts(env, has_none, what, sum, &counts));
	SEG_ALLOC(env, place, sum->states + 1);
	add_counts(a, sum, place, counts);
	add_counts(b, sum, place, counts);
	sum->rows_used = a->rows_used + b->rows_used;
	sum->rows_skipped = a->rows_skipped + b->rows_skipped;
	return SEG_OK;
}
