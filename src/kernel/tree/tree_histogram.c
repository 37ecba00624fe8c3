/*-------------------------------------------------------------------------
 *
 * tree_histogram.c
 *	  Sums of the rows of a node, for each bin of each element.
 *
 * This is where training spends its time. Sums are integers [1]: they do not
 * depend on the order of rows, the histogram of a child is exactly that of the
 * parent less that of its sibling, and a pair of them is one 16-byte addition.
 * The codes of eight elements of a row are one load.
 *
 * [1] as in Y. Shi et al., "Quantized training of gradient boosting decision
 * trees" (2022), with 31 bits instead of a few.
 *
 * src/kernel/tree/tree_histogram.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_histogram.h"

#include <math.h>
#include <string.h>

#define FETCH_AHEAD    16       /* rows */
#define LEAST_GRADIENT 0x1p-900 /* labels less far apart are alike */
#define ALWAYS_INLINE  inline __attribute__((always_inline))

/* A first and a last word: the whole sum where there is one output. */
typedef int64_t Pair __attribute__((vector_size(16), aligned(8), may_alias));

/* Elements of a group whose rows are added up, and where their sums lie. */
typedef struct Lanes
{
	int n;
	int shift[SEG_BIN_GROUP]; /* of the element's code in a word */
	SegSum *sums[SEG_BIN_GROUP];
} Lanes;

/* Rows, and what they add. */
typedef struct Addends
{
	const uint8_t *codes; /* of the group, by number of row */
	const uint32_t *rows;
	const SegGradient *gradients; /* by place in rows, or by number of row */
	bool by_number;
	const uint16_t *classes; /* by number of row */
	int64_t n;
	int64_t one; /* row, in the last word */
	int64_t outputs;
} Addends;

void
seg_histogram_units(SegTreeData *data, int64_t n, double most_g, double most_h)
{
	int count_bits, exponent;

	frexp((double) n, &count_bits); /* n < 2^count_bits */
	data->count_shift = 63 - count_bits;
	/* each g fits into 31 bits, and n of them into 62; the unit has an inverse */
	frexp(most_g > 0.0 ? fmax(most_g, LEAST_GRADIENT) : 1.0, &exponent);
	data->g_unit = ldexp(1.0, exponent - 30);
	/* n of h fit below the count; each is rounded up by half a unit at most */
	frexp(most_h > 0.0 ? most_h : 1.0, &exponent);
	count_bits = data->count_shift - count_bits - 1;
	data->h_unit = ldexp(1.0, exponent - (count_bits < 30 ? count_bits : 30));
}

/*
 * n and contiguous are constants where this is inlined.
 */
static ALWAYS_INLINE void
add_pairs_body(const Addends *a, const Lanes *lanes, int n, bool contiguous,
               bool by_number)
{
	Pair *sums[SEG_BIN_GROUP];
	Pair one = {0, a->one};

	for (int k = 0; k < n; k++)
		sums[k] = (Pair *) lanes->sums[k];
	for (int64_t i = 0; i < a->n; i++)
	{
		size_t row = a->rows[i];
		SegGradient gradient = a->gradients[by_number ? row : (size_t) i];
		Pair add = {gradient.g, gradient.h};
		uint64_t word;

		if (i + FETCH_AHEAD < a->n)
		{
			size_t ahead = a->rows[i + FETCH_AHEAD];

			__builtin_prefetch(a->codes + ahead * SEG_BIN_GROUP);
			if (by_number)
				__builtin_prefetch(a->gradients + ahead);
		}
		memcpy(&word, a->codes + row * SEG_BIN_GROUP, sizeof(word));
		add += one;
		for (int k = 0; k < n; k++)
			sums[k][(word >> (contiguous ? 8 * k : lanes->shift[k])) & 255] +=
				add;
	}
}

/* one copy for each number of elements */
static ALWAYS_INLINE void
add_pairs_any(const Addends *a, const Lanes *lanes, bool by_number)
{
	switch (lanes->n)
	{
		case 1:
			add_pairs_body(a, lanes, 1, true, by_number);
			break;
		case 2:
			add_pairs_body(a, lanes, 2, true, by_number);
			break;
		case 3:
			add_pairs_body(a, lanes, 3, true, by_number);
			break;
		case 4:
			add_pairs_body(a, lanes, 4, true, by_number);
			break;
		case 5:
			add_pairs_body(a, lanes, 5, true, by_number);
			break;
		case 6:
			add_pairs_body(a, lanes, 6, true, by_number);
			break;
		case 7:
			add_pairs_body(a, lanes, 7, true, by_number);
			break;
		default:
			add_pairs_body(a, lanes, 8, true, by_number);
			break;
	}
}

static void
add_pairs(const Addends *a, const Lanes *lanes)
{
	if (lanes->shift[lanes->n - 1] != 8 * (lanes->n - 1))
		add_pairs_body(a, lanes, lanes->n, false, a->by_number);
	else if (a->by_number)
		add_pairs_any(a, lanes, true);
	else
		add_pairs_any(a, lanes, false);
}

static void
add_classes(const Addends *a, const Lanes *lanes)
{
	int64_t width = a->outputs + 1;

	for (int64_t i = 0; i < a->n; i++)
	{
		uint32_t row = a->rows[i];
		int64_t h = a->gradients[a->by_number ? row : i].h;
		uint64_t word;

		memcpy(&word, a->codes + (size_t) row * SEG_BIN_GROUP, sizeof(word));
		for (int k = 0; k < lanes->n; k++)
		{
			SegSum *sum = lanes->sums[k] +
			              (int64_t) ((word >> lanes->shift[k]) & 255) * width;

			sum[a->classes[row]] -= h;
			sum[a->outputs] += a->one + h;
		}
	}
}

static void
add_lane(const SegTreeData *data, SegSum *histogram, int64_t element,
         Lanes *lanes)
{
	lanes->shift[lanes->n] = 8 * (int) (element % SEG_BIN_GROUP);
	lanes->sums[lanes->n] = seg_histogram_element(data, histogram, element);
	lanes->n++;
}

static void
clear_element(const SegTreeData *data, SegSum *histogram, int64_t element)
{
	const SegBins *bins = data->bins;
	int64_t count = bins->numbers[element] + bins->missing[element];

	memset(seg_histogram_element(data, histogram, element),
	       0,
	       (size_t) (count * (data->outputs + 1)) * sizeof(SegSum));
}

void
seg_histogram_build(const SegTreeData *data, const uint32_t *rows, int64_t n,
                    const int32_t *elements, int64_t n_elements,
                    SegGradient *gathered, SegSum *histogram)
{
	Addends a = {.rows = rows,
	             .gradients = data->gradients,
	             .by_number = true,
	             .classes = data->classes,
	             .n = n,
	             .one = INT64_C(1) << data->count_shift,
	             .outputs = data->outputs};

	/* several groups: bring what is read once for each side by side */
	if (n_elements > SEG_BIN_GROUP)
	{
		for (int64_t i = 0; i < n; i++)
		{
			if (i + FETCH_AHEAD < n)
				__builtin_prefetch(data->gradients + rows[i + FETCH_AHEAD]);
			gathered[i] = data->gradients[rows[i]];
		}
		a.gradients = gathered;
		a.by_number = false;
	}
	for (int64_t at = 0; at < n_elements;)
	{
		int64_t group = (elements == NULL ? at : elements[at]) / SEG_BIN_GROUP;
		Lanes lanes = {0};

		for (; at < n_elements; at++)
		{
			int64_t element = elements == NULL ? at : elements[at];

			if (element / SEG_BIN_GROUP != group)
				break;
			clear_element(data, histogram, element);
			add_lane(data, histogram, element, &lanes);
		}
		a.codes = seg_bins_group(data->bins, group);
		if (data->classes == NULL)
			add_pairs(&a, &lanes);
		else
			add_classes(&a, &lanes);
	}
}

void
seg_histogram_subtract(const SegTreeData *data, SegSum *parent,
                       const SegSum *child)
{
	int64_t words = seg_histogram_words(data);

	for (int64_t i = 0; i < words; i++)
		parent[i] -= child[i];
}

void
seg_histogram_total(const SegTreeData *data, const uint32_t *rows, int64_t n,
                    SegSum *sum)
{
	int64_t one = INT64_C(1) << data->count_shift;

	memset(sum, 0, (size_t) (data->outputs + 1) * sizeof(SegSum));
	for (int64_t i = 0; i < n; i++)
	{
		SegGradient gradient = data->gradients[rows[i]];

		if (data->classes == NULL)
			sum[0] += gradient.g;
		else
			sum[data->classes[rows[i]]] -= gradient.h;
		sum[data->outputs] += one + gradient.h;
	}
}
