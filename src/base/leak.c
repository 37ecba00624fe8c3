/*-------------------------------------------------------------------------
 *
 * leak.c
 *	  Does one element of the rows alone tell their label?
 *
 * Training should not take notice of the question. So a first pass looks only at
 * labels, keeps rows of each label spread evenly over the stream, and compares
 * them in pairs: the share of pairs that an element puts in the same order is its
 * area under the ROC curve, up to chance. An element that comes within a few
 * standard errors of a leak gets a pass of its own, and its area from the ranks of
 * up to MOST_RANKED rows of each label. In canonical order the rows kept are a
 * random sample, and the same one whatever the order of arrival.
 *
 * src/base/leak.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/leak.h"

#include <math.h>
#include <string.h>

#include "base/radix_sort.h"

/* Pairs of whole rows: as many, unless rows are very long. Powers of two. */
#define MOST_PAIRS   1024
#define FEWEST_PAIRS 64
#define MOST_NUMBERS (1 << 20)

#define MOST_RANKED     4096
#define MOST_SUSPECTS   4 /* each a pass over the rows */
#define STANDARD_ERRORS 5

/* ---------- rows of each label, spread over the stream ---------- */

typedef struct KeptRows
{
	double label;
	double *x; /* room * width */
	int64_t width;
	int64_t room; /* even */
	int64_t seen;
	int64_t kept;
	int64_t every; /* keep every so manieth */
	int64_t wait;  /* rows before the next one to keep */
} KeptRows;

static SegStatus
start_keeping(SegEnv *env, int64_t width, int64_t room, KeptRows *rows)
{
	*rows = (KeptRows){.width = width, .room = room, .every = 1};
	SEG_ALLOC(env, rows->x, room * width);
	return SEG_OK;
}

static void
keep_every_other(KeptRows *rows)
{
	size_t bytes = (size_t) rows->width * sizeof(double);

	rows->kept /= 2;
	rows->every *= 2;
	for (int64_t i = 1; i < rows->kept; i++)
		memcpy(rows->x + i * rows->width, rows->x + 2 * i * rows->width, bytes);
}

static inline void
see_row(KeptRows *rows, const double *x)
{
	rows->seen++;
	if (rows->wait-- > 0)
		return;
	if (rows->kept == rows->room)
		keep_every_other(rows);
	rows->wait = rows->every - 1;
	memcpy(rows->x + rows->kept++ * rows->width,
	       x,
	       (size_t) rows->width * sizeof(double));
}

/*
 * Keep "width" elements from "first" on, of rows of either label; false: there are
 * more than two labels.
 */
static SegStatus
keep_rows(SegEnv *env, SegRows *rows, int64_t first, int64_t width,
          int64_t room, KeptRows labels[2], bool *are_two)
{
	int64_t steps = 0;
	SegBlock block;

	SEG_TRY(start_keeping(env, width, room, &labels[0]));
	SEG_TRY(start_keeping(env, width, room, &labels[1]));
	*are_two = false;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		const double *x = block.x;

		for (int64_t i = 0; i < block.n; i++, x += rows->stride)
		{
			double label = x[rows->dim];
			KeptRows *of = &labels[label != labels[0].label];

			if (of->seen == 0)
			{
				of = &labels[labels[0].seen > 0];
				of->label = label;
			}
			else if (of->label != label)
				return SEG_OK;
			see_row(of, x + first);
		}
		SEG_TRY(seg_count_steps(env, &steps, block.n));
	}
	*are_two = labels[1].seen > 0;
	return SEG_OK;
}

/* ---------- how well an element tells labels apart ---------- */

/*
 * Twice the pairs, of a row of label 1 with one of label 0, in which the first one
 * is above. Those with a missing element are counted apart.
 */
typedef struct Pairs
{
	double above;
	double total[2]; /* rows of each label */
	double missing[2];
} Pairs;

static double
area_to_either_side(double above, double pairs)
{
	return fmax(above, 2 * pairs - above) / (2 * pairs);
}

/*
 * The area under the curve or above it, with missing elements at one end.
 */
static double
area_of(const Pairs *p, double above)
{
	double both_missing = p->missing[1] * p->missing[0];
	double pairs = p->total[1] * p->total[0];
	double lowest = above + both_missing +
	                2 * (p->total[1] - p->missing[1]) * p->missing[0];
	double highest = above + both_missing +
	                 2 * p->missing[1] * (p->total[0] - p->missing[0]);

	return fmax(area_to_either_side(lowest, pairs),
	            area_to_either_side(highest, pairs));
}

/*
 * The same from n pairs of rows alone.
 */
static double
area_in_pairs(const KeptRows labels[2], int64_t n, int64_t element)
{
	const double *a = labels[1].x + element;
	const double *b = labels[0].x + element;
	double lowest = 0, highest = 0;

	for (int64_t i = 0; i < n; i++, a += labels[1].width, b += labels[0].width)
	{
		double order = (*a > *b) - (*a < *b);
		double presence = isnan(*b) - isnan(*a);

		lowest += 1 + order + (isnan(*a) || isnan(*b) ? presence : 0);
		highest += 1 + order - (isnan(*a) || isnan(*b) ? presence : 0);
	}
	return fmax(area_to_either_side(lowest, (double) n),
	            area_to_either_side(highest, (double) n));
}

/*
 * The area from the ranks of an element, those alike having the mean of theirs.
 */
static SegStatus
area_by_ranks(SegEnv *env, const KeptRows labels[2], double *area)
{
	SegRadixItem *items, *scratch;
	Pairs pairs = {0};
	double below = 0; /* of label 0 */
	int64_t n = 0;

	SEG_ALLOC(env, items, labels[0].kept + labels[1].kept);
	SEG_ALLOC(env, scratch, labels[0].kept + labels[1].kept);
	for (int label = 0; label < 2; label++)
	{
		pairs.total[label] = (double) labels[label].kept;
		for (int64_t i = 0; i < labels[label].kept; i++)
		{
			double x = labels[label].x[i];

			if (isnan(x))
				pairs.missing[label]++;
			else
				items[n++] =
					(SegRadixItem){.key = seg_radix_key(x), .index = label};
		}
	}
	SEG_TRY(seg_radix_sort(env, items, scratch, n));
	for (int64_t i = 0, end; i < n; i = end)
	{
		double ones = 0;

		for (end = i; end < n && items[end].key == items[i].key; end++)
			ones += (double) items[end].index;
		pairs.above += ones * (2 * below + ((double) (end - i) - ones));
		below += (double) (end - i) - ones;
	}
	*area = area_of(&pairs, pairs.above);
	return SEG_OK;
}

/* ---------- the search ---------- */

typedef struct Suspect
{
	int64_t element;
	double area; /* in pairs */
} Suspect;

/*
 * The elements that may well be leaks, the most likely ones first.
 */
static int
find_suspects(const KeptRows labels[2], Suspect suspects[MOST_SUSPECTS])
{
	int64_t n =
		labels[0].kept < labels[1].kept ? labels[0].kept : labels[1].kept;
	double error = sqrt(SEG_LEAK_AUC * (1 - SEG_LEAK_AUC) / (double) n);
	int count = 0;

	for (int64_t j = 0; j < labels[0].width; j++)
	{
		double area = area_in_pairs(labels, n, j);
		int at = count;

		if (area < SEG_LEAK_AUC - STANDARD_ERRORS * error)
			continue;
		while (at > 0 && suspects[at - 1].area < area)
			at--;
		if (at == MOST_SUSPECTS)
			continue;
		if (count < MOST_SUSPECTS)
			count++;
		for (int i = count - 1; i > at; i--)
			suspects[i] = suspects[i - 1];
		suspects[at] = (Suspect){j, area};
	}
	return count;
}

/*
 * Room for the rows of a label, so many at most, without more than there may be.
 */
static int64_t
room_for(const SegRows *rows, int64_t most)
{
	while (most > FEWEST_PAIRS && most / 2 >= rows->n)
		most /= 2;
	return most;
}

static SegStatus
try_suspect(SegEnv *env, SegRows *rows, int64_t element, bool *is_leak)
{
	KeptRows labels[2];
	double area;

	SEG_TRY(keep_rows(env,
	                  rows,
	                  element,
	                  1,
	                  room_for(rows, MOST_RANKED),
	                  labels,
	                  is_leak));
	SEG_TRY(area_by_ranks(env, labels, &area));
	*is_leak = area >= SEG_LEAK_AUC;
	if (*is_leak)
		seg_note(env,
		         SEG_NOTE_LEAK,
		         (SegDiag){.what = "label",
		                   .got = (double) element + 1,
		                   .want = round(1e4 * area) / 1e4});
	return SEG_OK;
}

static SegStatus
find_leak(SegEnv *env, SegRows *rows)
{
	Suspect suspects[MOST_SUSPECTS];
	int64_t room = room_for(rows, MOST_PAIRS);
	bool are_two, is_leak = false;
	KeptRows labels[2];
	int count;

	while (room > FEWEST_PAIRS && room * rows->dim > MOST_NUMBERS)
		room /= 2;
	SEG_TRY(keep_rows(env, rows, 0, rows->dim, room, labels, &are_two));
	if (!are_two || labels[0].seen < SEG_LEAK_MIN_ROWS ||
	    labels[1].seen < SEG_LEAK_MIN_ROWS)
		return SEG_OK;
	count = find_suspects(labels, suspects);
	for (int i = 0; i < count && !is_leak; i++)
		SEG_TRY(try_suspect(env, rows, suspects[i].element, &is_leak));
	return SEG_OK;
}

SegStatus
seg_leak_find(SegEnv *env, SegRows *rows)
{
	SegEnv inner;

	if (env->notes == NULL || rows->n < 2 * SEG_LEAK_MIN_ROWS)
		return SEG_OK;
	inner = seg_enter(env);
	return seg_leave(env, &inner, find_leak(&inner, rows));
}
