/*-------------------------------------------------------------------------
 *
 * silhouette.c
 *	  How much nearer rows are to their own group than to the next one.
 *
 * For each row, a is the mean distance to the other rows of its group and b the
 * least mean distance to the rows of another group; its silhouette is
 * (b - a) / max(a, b), and 0 if it is alone in its group.  That takes every pair
 * of rows, so beyond some tens of thousands a sample of the rows must do.
 *
 * The sample is drawn by group: half of it is dealt to the groups equally, the
 * other half by their sizes.  So small groups are whole, none is missed, and a
 * large one is not known much worse than by an even sample.  Within the mean a
 * group counts by its size, not by its part in the sample.  The canonical order
 * of the rows is as good as a shuffle, so every (n / m)-th row of a group is a
 * random sample of it, the same in any plan.
 *
 * Rows are laid out by group and turned into columns, so that one loop measures
 * many distances side by side, and the distances to a group are summed in one
 * stretch.  The silhouette has no units: rows are scaled near 1 by a power of
 * two, so that no square overflows.
 *
 * P. J. Rousseeuw, "Silhouettes: a graphical aid to the interpretation and
 * validation of cluster analysis", Journal of Computational and Applied
 * Mathematics 20, 1987.  The definition is scikit-learn's.  The simplified form
 * takes distances to centers instead: E. R. Hruschka, L. N. de Castro, R. J. G.
 * B. Campello, "Evolutionary Algorithms for Clustering Gene-Expression Data",
 * ICDM 2004.
 *
 * src/kernel/cluster/silhouette.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/silhouette.h"

#include <math.h>
#include <string.h>

#include "kernel/cluster/cluster_quality.h"

#define LANES         8
#define STOP_INTERVAL 1000000 /* elements between two checks for a stop */

typedef struct Sample
{
	int64_t n;
	int64_t groups;
	int32_t dim;
	int64_t padded; /* n, rounded up to a multiple of LANES */
	double *x;      /* dim * padded: element j of row i at j * padded + i */
	int64_t *start; /* groups + 1: first row of each */
	int64_t *size;  /* groups: rows of each, in the sample or not */
} Sample;

static int64_t
silhouette_most_rows(const SegRows *rows)
{
	int64_t n = SEG_SILHOUETTE_MAX_CELLS / rows->dim;

	return n > SEG_SILHOUETTE_MAX_ROWS ? SEG_SILHOUETTE_MAX_ROWS : n;
}

/*
 * Deal the rows of the sample to the groups: start[g + 1] - start[g] of the
 * size[g] rows of each.
 */
static SegStatus
plan_sample(SegEnv *env, const SegRows *rows, const SegCountMap *labels,
            Sample *s)
{
	int64_t most = silhouette_most_rows(rows);
	int64_t even = most / 2 / labels->n;
	double share = (double) (most - even * labels->n) / (double) rows->n;

	/* with one row of a larger group, nothing would be known of it */
	if (rows->n > most && even < 2)
		return seg_fail(env,
		                SEG_LIMIT,
		                "clusters in a sample",
		                (double) labels->n,
		                (double) (most / 4));
	s->groups = labels->n;
	SEG_ALLOC(env, s->start, s->groups + 1);
	SEG_ALLOC(env, s->size, s->groups);
	for (int64_t g = 0; g < s->groups; g++)
	{
		int64_t size = *(const int64_t *) seg_count_map_words(labels, g);
		int64_t n = even + (int64_t) (share * (double) size);

		s->size[g] = size;
		s->start[g + 1] =
			s->start[g] + (rows->n <= most || n > size ? size : n);
	}
	s->n = s->start[s->groups];
	return SEG_OK;
}

/*
 * Copy the rows of the sample and number their groups.  Of a group of N rows
 * with n in the sample, it is those where the running number times n / N
 * reaches the next integer.
 */
static SegStatus
silhouette_draw_sample(SegEnv *env, SegRows *rows, SegLabelGroups *labels,
                       const Sample *s, double *to, int64_t *group)
{
	int64_t *seen;
	int64_t taken = 0;
	SegBlock block;

	SEG_ALLOC(env, seen, s->groups);
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;
			int64_t g, n, before;

			if (i % 4096 == 0 && env->stop(env->host))
				return SEG_STOPPED;
			SEG_TRY(seg_label_group(labels, x, &g));
			n = s->start[g + 1] - s->start[g];
			before = seen[g]++ * n / s->size[g];
			if (seen[g] * n / s->size[g] == before)
				continue;
			memcpy(to + taken * rows->stride,
			       x,
			       (size_t) rows->stride * sizeof(double));
			group[taken++] = g;
		}
	}
	return SEG_OK;
}

static double
scale_of(const double *from, int32_t stride, const Sample *s)
{
	double largest = 0.0;
	int exponent;

	for (int64_t i = 0; i < s->n; i++)
		for (int32_t j = 0; j < s->dim; j++)
			largest = fmax(largest, fabs(from[i * stride + j]));
	if (largest == 0.0)
		return 1.0;
	(void) frexp(largest, &exponent);
	return ldexp(1.0, exponent > -1000 ? -exponent : 1000);
}

/*
 * Lay the rows out by group, element by element.
 */
static SegStatus
arrange(SegEnv *env, const double *from, int32_t stride, const int64_t *group,
        Sample *s)
{
	double scale = scale_of(from, stride, s);
	int64_t *next;

	s->padded = (s->n + LANES - 1) / LANES * LANES;
	SEG_ALLOC(env, s->x, s->dim * s->padded);
	SEG_ALLOC(env, next, s->groups);
	memcpy(next, s->start, (size_t) s->groups * sizeof(*next));
	for (int64_t i = 0; i < s->n; i++)
	{
		int64_t at = next[group[i]]++;

		for (int32_t j = 0; j < s->dim; j++)
			s->x[j * s->padded + at] = from[i * stride + j] * scale;
	}
	return SEG_OK;
}

/*
 * Distances of row i to all rows.  Lanes are rows, so a wider build of this
 * loop gives the same bits.
 */
static inline __attribute__((always_inline)) void
measure_body(const Sample *s, int64_t i, double *distance)
{
	for (int64_t at = 0; at < s->padded; at += LANES)
	{
		double square[LANES] = {0.0};

		for (int32_t j = 0; j < s->dim; j++)
		{
			const double *x = s->x + j * s->padded;
			double own = x[i];

			for (int lane = 0; lane < LANES; lane++)
			{
				double gap = x[at + lane] - own;

				square[lane] += gap * gap;
			}
		}
		for (int lane = 0; lane < LANES; lane++)
			distance[at + lane] = sqrt(square[lane]);
	}
}

static void
measure_baseline(const Sample *s, int64_t i, double *distance)
{
	measure_body(s, i, distance);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
measure_avx2(const Sample *s, int64_t i, double *distance)
{
	measure_body(s, i, distance);
}
#endif

static void
silhouette_measure(const Sample *s, int64_t i, double *distance)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
	{
		measure_avx2(s, i, distance);
		return;
	}
#endif
	measure_baseline(s, i, distance);
}

static double
silhouette_sum_of(const double *x, int64_t n)
{
	double sum[LANES] = {0.0};
	int64_t i = 0;

	for (; i + LANES <= n; i += LANES)
		for (int lane = 0; lane < LANES; lane++)
			sum[lane] += x[i + lane];
	for (; i < n; i++)
		sum[0] += x[i];
	for (int lane = 1; lane < LANES; lane++)
		sum[0] += sum[lane];
	return sum[0];
}

/*
 * Silhouette of a row of group own, from its distances to all rows.
 */
static double
row_silhouette(const Sample *s, int64_t own, const double *distance)
{
	double a = 0.0;
	double b = INFINITY;

	if (s->start[own + 1] - s->start[own] == 1)
		return 0.0;
	for (int64_t g = 0; g < s->groups; g++)
	{
		int64_t n = s->start[g + 1] - s->start[g];
		double sum = silhouette_sum_of(distance + s->start[g], n);

		if (g == own)
			a = sum / (double) (n - 1);
		else
			b = fmin(b, sum / (double) n);
	}
	return a == b ? 0.0 : (b - a) / fmax(a, b);
}

static SegStatus
mean_silhouette(SegEnv *env, const Sample *s, double *result)
{
	double *distance;
	double mean = 0.0; /* times rows */
	int64_t rows = 0;
	int64_t left = 0;

	SEG_ALLOC(env, distance, s->padded);
	for (int64_t g = 0; g < s->groups; g++)
	{
		double sum = 0.0;

		for (int64_t i = s->start[g]; i < s->start[g + 1]; i++)
		{
			if ((left -= s->n * (s->dim + 4)) < 0)
			{
				if (env->stop(env->host))
					return SEG_STOPPED;
				if (env->progress != NULL)
					env->progress(env->host,
					              "silhouette",
					              i + 1,
					              rows > 0 ? mean / (double) rows : 0.0,
					              (double) i / (double) s->n);
				left = STOP_INTERVAL;
			}
			silhouette_measure(s, i, distance);
			sum += row_silhouette(s, g, distance);
		}
		mean += sum * ((double) s->size[g] /
		               (double) (s->start[g + 1] - s->start[g]));
		rows += s->size[g];
	}
	*result = mean / (double) rows;
	return SEG_OK;
}

SegStatus
seg_silhouette(SegEnv *env, SegRows *rows, double *result)
{
	Sample s = {.dim = rows->dim};
	SegLabelGroups labels;
	double *from;
	int64_t *group;

	SEG_TRY(seg_label_groups(env, s.dim, &labels));
	SEG_TRY(seg_label_count(env, rows, &labels));
	SEG_TRY(seg_partition_check(labels.map->n, rows->n));
	SEG_TRY(plan_sample(env, rows, labels.map, &s));
	SEG_ALLOC(env, from, s.n * rows->stride);
	SEG_ALLOC(env, group, s.n);
	SEG_TRY(silhouette_draw_sample(env, rows, &labels, &s, from, group));
	SEG_TRY(arrange(env, from, rows->stride, group, &s));
	return mean_silhouette(env, &s, result);
}

/*
 * (b - a) / max(a, b), where a is never larger than b.
 */
double
seg_simplified_silhouette(double nearest, double second)
{
	return second > 0.0 ? 1.0 - sqrt(nearest / second) : 0.0;
}
