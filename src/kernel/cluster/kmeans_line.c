/*-------------------------------------------------------------------------
 *
 * kmeans_line.c
 *	  The best centers of a sample on a line, where no search is needed.
 *
 * Clusters of numbers are intervals, and the best ones are the natural breaks
 * (base/natural_breaks.c).  These take the longer the more numbers there are, so
 * neighbours are first put together, to a few thousand: half of them by mass,
 * half as an optimal quantizer places its points, with the cube root of the
 * density [1], which keeps far ones apart.  Lloyd's iteration over the sample
 * then moves the breaks to their last digits.
 *
 * [1] P. F. Panter, W. Dite, "Quantization Distortion in Pulse-Count Modulation
 * with Nonuniform Spacing of Levels", Proceedings of the IRE 39(1), 1951.
 *
 * src/kernel/cluster/kmeans_line.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>

#include "base/natural_breaks.h"
#include "kernel/cluster/kmeans_lloyd.h"

#define BINS            2048
#define BINS_PER_CENTER 64

/*
 * Sort, and add up the masses of equal numbers.
 */
static SegStatus
sort_sample(SegEnv *env, const SegKMeansSample *sample, SegRadixItem *at,
            SegBreakItems *items)
{
	for (int64_t i = 0; i < sample->n; i++)
		at[i] = (SegRadixItem){seg_radix_key(sample->x[2 * i] + 0.0),
		                       .number = sample->x[2 * i + 1]};
	SEG_TRY(seg_radix_sort(env, at, at + sample->n, sample->n));
	*items = (SegBreakItems){.at = at};
	for (int64_t i = 0; i < sample->n; i++)
	{
		items->mass += at[i].number;
		if (items->n > 0 && at[items->n - 1].key == at[i].key)
			at[items->n - 1].number += at[i].number;
		else
			at[items->n++] = at[i];
	}
	return SEG_OK;
}

static double
line_spread(const SegRadixItem *item)
{
	double gap = seg_radix_unkey(item[1].key) - seg_radix_unkey(item[0].key);

	return cbrt((item[0].number + item[1].number) * gap * gap);
}

/*
 * Neighbours become one number, their mean, in place.
 */
static void
put_together(SegRadixItem *at, int64_t bins, SegBreakItems *items)
{
	double spreads = 0.0;
	double sum = 0.0; /* of shares, in bins, less those begun */
	int64_t n = 0;

	if (items->n <= bins)
		return;
	for (int64_t i = 0; i + 1 < items->n; i++)
		spreads += line_spread(at + i);
	for (int64_t i = 0; i < items->n; n++)
	{
		double mass = 0.0;
		double moment = 0.0;
		double origin = seg_radix_unkey(at[i].key);

		do
		{
			double own = at[i].number;

			mass += own;
			moment += own * (seg_radix_unkey(at[i].key) - origin);
			sum += 0.5 * (double) bins * own / items->mass;
			if (i + 1 < items->n)
				sum += 0.5 * (double) bins * line_spread(at + i) / spreads;
			i++;
		} while (i < items->n && sum < 1.0);
		sum -= floor(sum);
		at[n] = (SegRadixItem){seg_radix_key(origin + moment / mass),
		                       .number = mass};
	}
	items->n = n;
}

static void
take_means(const SegBreakItems *items, const int64_t *first, int64_t k,
           double *position)
{
	for (int64_t c = 0; c < k; c++)
	{
		int64_t end = c + 1 < k ? first[c + 1] : items->n;
		double origin = seg_radix_unkey(items->at[first[c]].key);
		double mass = 0.0;
		double moment = 0.0;

		for (int64_t i = first[c]; i < end; i++)
		{
			double x = seg_radix_unkey(items->at[i].key);

			mass += items->at[i].number;
			moment += items->at[i].number * (x - origin);
		}
		position[c] = origin + moment / mass;
	}
}

/*
 * Centers of the k best intervals, if the sample has k different numbers.
 */
SegStatus
seg_kmeans_line(SegEnv *env, const SegKMeansSample *sample, int64_t k,
                double *position, bool *is_found)
{
	int64_t bins = k * BINS_PER_CENTER;
	SegRadixItem *at;
	SegBreakItems items;
	int64_t *first;
	double low, high;
	int exponent;

	SEG_ALLOC(env, at, 2 * sample->n);
	SEG_TRY(sort_sample(env, sample, at, &items));
	put_together(at, bins > BINS ? bins : BINS, &items);
	*is_found = items.n >= k;
	if (!*is_found)
		return SEG_OK;
	low = seg_radix_unkey(at[0].key);
	high = seg_radix_unkey(at[items.n - 1].key);
	(void) frexp(fmax(-low, high), &exponent);
	items.factor = ldexp(1.0, -exponent);
	SEG_ALLOC(env, first, k);
	SEG_TRY(seg_natural_breaks(env, &items, k, first));
	take_means(&items, first, k, position);
	return SEG_OK;
}
