/*-------------------------------------------------------------------------
 *
 * cluster_quality.c
 *	  How compact and how far apart the groups of a partition of rows are.
 *
 * Calinski-Harabasz needs counts, means and squared deviations of each group.
 * They come in one pass from sums with twice the digits (base/wide.h), which
 * merge.  Far from zero, plain doubles would leave nothing of the difference
 * between the sum of squares and the square of the sum, and updating means
 * would move the answer by 1e-12 from plan to plan.
 *
 * Davies-Bouldin needs distances to the final centroid, not their squares: a
 * second pass over the rows.  There everything is first scaled near 1 by a
 * power of two, which changes no digit, so that squares neither overflow nor
 * vanish.
 *
 * The definitions are scikit-learn's.  Where it treats a distance below 1e-8 as
 * zero, which depends on the units, we treat as zero what rounding explains.
 *
 * T. Calinski, J. Harabasz, "A dendrite method for cluster analysis",
 * Communications in Statistics 3, 1974.  D. L. Davies, D. W. Bouldin, "A Cluster
 * Separation Measure", IEEE Transactions on Pattern Analysis and Machine
 * Intelligence 1, 1979.
 *
 * src/kernel/cluster/cluster_quality.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/cluster/cluster_quality.h"

#include <float.h>
#include <math.h>

#include "base/count.h"
#include "base/hash.h"
#include "base/wide.h"

#define MAX_ROWS      0x1p53
#define STOP_INTERVAL 65536 /* elements between two checks for a stop */

/* Centroids closer than this share of their groups' width are the same. */
#define SAME_PLACE 1e-14

/*
 * One group, or one for each row, has no scores: there is nothing between
 * groups, or nothing within them.
 */
SegStatus
seg_partition_check(int64_t groups, int64_t rows)
{
	return groups > 1 && groups < rows ? SEG_OK : SEG_UNDEFINED;
}

/* 1 if the rows of every group are equal, where the ratio has no value. */
static double
calinski_harabasz(double between, double within, double rows, double groups)
{
	if (within == 0.0)
		return 1.0;
	return between * (rows - groups) / (within * (groups - 1.0));
}

/* ---------- in one pass, mergeable ---------- */

static inline void
add_wide(double *number, SegWide term)
{
	SegWide sum = seg_wide_add((SegWide){number[0], number[1]}, term);

	number[0] = sum.hi;
	number[1] = sum.lo;
}

static inline SegWide
wide_at(const double *number)
{
	return (SegWide){number[0], number[1]};
}

/*
 * Add a row to its group.
 */
void
seg_dispersion_add(double *words, const double *x, int64_t dim)
{
	words[0] += 1.0;
	for (int64_t j = 0; j < dim; j++)
	{
		add_wide(words + 1, seg_wide_product(x[j], x[j]));
		add_wide(words + 3 + 2 * j, (SegWide){x[j], 0.0});
	}
}

void
seg_dispersion_merge(double *into, const double *from, int64_t width)
{
	into[0] += from[0];
	for (int64_t w = 1; w < width; w += 2)
		add_wide(into + w, wide_at(from + w));
}

/*
 * Add up what the groups hold, in the form of one group.
 */
static SegStatus
total_of(SegEnv *env, const SegCountMap *groups, double *total)
{
	for (int64_t g = 0; g < groups->n; g++)
	{
		const double *words = seg_count_map_words(groups, g);
		double n = words[0];

		if (env->stop(env->host))
			return SEG_STOPPED;
		if (!(n >= 1.0 && seg_is_count(n, MAX_ROWS - total[0])))
			return seg_fail_name(env,
			                     SEG_CORRUPT,
			                     "state of the aggregate",
			                     "counts");
		seg_dispersion_merge(total, words, groups->width);
	}
	return SEG_OK;
}

/*
 * Squared deviations from the group's mean; anything below the digits that we
 * carry is rounding.
 */
static SegWide
within_group(const double *words, int64_t dim)
{
	SegWide squares = wide_at(words + 1);
	SegWide rest = squares;

	for (int64_t j = 0; j < dim; j++)
	{
		SegWide sum = wide_at(words + 3 + 2 * j);

		rest =
			seg_wide_subtract(rest,
		                      seg_wide_multiply(seg_wide_divide(sum, words[0]),
		                                        sum));
	}
	if (rest.hi < squares.hi * words[0] * 0x1p-104)
		return (SegWide){0.0, 0.0};
	return rest;
}

static SegWide
between_group(const double *words, const double *total, int64_t dim)
{
	SegWide sum = {0.0, 0.0};

	for (int64_t j = 0; j < dim; j++)
	{
		SegWide mean = seg_wide_divide(wide_at(words + 3 + 2 * j), words[0]);
		SegWide center = seg_wide_divide(wide_at(total + 3 + 2 * j), total[0]);
		SegWide gap = seg_wide_subtract(mean, center);

		sum = seg_wide_add(sum, seg_wide_multiply(gap, gap));
	}
	return seg_wide_multiply(sum, (SegWide){words[0], 0.0});
}

SegStatus
seg_calinski_harabasz(SegEnv *env, const SegCountMap *groups, double *result)
{
	int64_t dim = SEG_DISPERSION_DIM(groups->width);
	SegWide within = {0.0, 0.0};
	SegWide between = {0.0, 0.0};
	double *total;

	SEG_TRY(seg_count_map_validate(env, groups));
	SEG_ALLOC(env, total, groups->width);
	SEG_TRY(total_of(env, groups, total));
	SEG_TRY(seg_partition_check(groups->n, (int64_t) total[0]));
	for (int64_t g = 0; g < groups->n; g++)
	{
		const double *words = seg_count_map_words(groups, g);

		if (env->stop(env->host))
			return SEG_STOPPED;
		within = seg_wide_add(within, within_group(words, dim));
		between = seg_wide_add(between, between_group(words, total, dim));
	}
	*result =
		calinski_harabasz(between.hi, within.hi, total[0], (double) groups->n);
	if (!isfinite(within.hi) || !isfinite(*result))
		return seg_fail(env, SEG_NOT_FINITE, "sum of squares", within.hi, 0);
	return SEG_OK;
}

/* ---------- over collected rows ---------- */

typedef struct Partition
{
	SegRows *rows;
	SegGroupOf group_of;
	void *host;
	int64_t max_groups;
	double *scale;    /* of each element */
	double *first;    /* max_groups * dim: the first row of each group */
	double *centroid; /* max_groups * dim; at first, sums relative to first */
	double *spread;   /* max_groups: mean distance to the centroid */
	int64_t *n;       /* max_groups */
	double within;
} Partition;

static SegStatus
partition_create(SegEnv *env, SegRows *rows, const double *weight, Partition *p)
{
	if (p->max_groups * rows->dim > SEG_PARTITION_MAX_CELLS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "centroid elements",
		                (double) (p->max_groups * rows->dim),
		                (double) SEG_PARTITION_MAX_CELLS);
	SEG_ALLOC(env, p->scale, rows->dim);
	SEG_ALLOC(env, p->first, p->max_groups * rows->dim);
	SEG_ALLOC(env, p->centroid, p->max_groups * rows->dim);
	SEG_ALLOC(env, p->spread, p->max_groups);
	SEG_ALLOC(env, p->n, p->max_groups);
	for (int32_t j = 0; j < rows->dim; j++)
		p->scale[j] = weight != NULL ? weight[j] : 1.0;
	return SEG_OK;
}

/* What a pass does with each row. */
typedef void (*Visit)(Partition *p, const double *row, int64_t group);

static SegStatus
each_row(SegEnv *env, Partition *p, Visit visit)
{
	SegRows *rows = p->rows;
	int64_t left = STOP_INTERVAL;
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *row = block.x + i * rows->stride;
			int64_t group = 0;

			if ((left -= rows->dim + 16) < 0)
			{
				if (env->stop(env->host))
					return SEG_STOPPED;
				left = STOP_INTERVAL;
			}
			if (p->group_of != NULL)
				SEG_TRY(p->group_of(p->host, row, &group));
			visit(p, row, group);
		}
	}
	return SEG_OK;
}

/*
 * Keep the largest exponent in spread[0].
 */
static void
see_magnitude(Partition *p, const double *row, int64_t group)
{
	(void) group;
	for (int32_t j = 0; j < p->rows->dim; j++)
	{
		int exponent, weight_exponent;

		if (row[j] == 0.0)
			continue;
		(void) frexp(row[j], &exponent);
		(void) frexp(p->scale[j], &weight_exponent);
		p->spread[0] = fmax(p->spread[0], exponent + weight_exponent);
	}
}

/*
 * Scale the largest magnitude near 1 by a power of two: as near as a finite one
 * can, where values are subnormal.
 */
static SegStatus
set_scale(SegEnv *env, Partition *p)
{
	SegGroupOf group_of = p->group_of;
	int power;

	p->spread[0] = -3000.0;
	p->group_of = NULL;
	SEG_TRY(each_row(env, p, see_magnitude));
	p->group_of = group_of;
	power = p->spread[0] > -3000.0 ? -(int) p->spread[0] : 0;
	for (int32_t j = 0; j < p->rows->dim; j++)
	{
		int exponent;

		(void) frexp(p->scale[j], &exponent);
		if (power > DBL_MAX_EXP - exponent)
			power = DBL_MAX_EXP - exponent;
	}
	for (int32_t j = 0; j < p->rows->dim; j++)
		p->scale[j] = ldexp(p->scale[j], power);
	p->spread[0] = 0.0;
	return SEG_OK;
}

/*
 * Sums are relative to the group's first row, so equal rows have exactly that
 * row as their mean, and rows far from zero keep their digits.
 */
static void
add_to_centroid(Partition *p, const double *row, int64_t group)
{
	int32_t dim = p->rows->dim;
	double *first = p->first + group * dim;
	double *sum = p->centroid + group * dim;

	if (p->n[group]++ == 0)
		for (int32_t j = 0; j < dim; j++)
			first[j] = row[j] * p->scale[j];
	for (int32_t j = 0; j < dim; j++)
		sum[j] += row[j] * p->scale[j] - first[j];
}

static void
finish_centroids(Partition *p)
{
	int32_t dim = p->rows->dim;

	for (int64_t g = 0; g < p->max_groups; g++)
		for (int32_t j = 0; j < dim && p->n[g] > 0; j++)
			p->centroid[g * dim + j] =
				p->first[g * dim + j] +
				p->centroid[g * dim + j] / (double) p->n[g];
}

static void
add_distance(Partition *p, const double *row, int64_t group)
{
	int32_t dim = p->rows->dim;
	const double *centroid = p->centroid + group * dim;
	double square = 0.0;

	for (int32_t j = 0; j < dim; j++)
	{
		double gap = row[j] * p->scale[j] - centroid[j];

		square += gap * gap;
	}
	p->within += square;
	p->spread[group] += sqrt(square);
}

/*
 * Weighted squared distances of the centroids to the mean of all rows, which is
 * computed relative to the first centroid.
 */
static SegStatus
between_groups(SegEnv *env, const Partition *p, double *between)
{
	int32_t dim = p->rows->dim;
	const double *base = NULL;
	double *mean;

	SEG_ALLOC(env, mean, dim);
	*between = 0.0;
	for (int64_t g = 0; g < p->max_groups; g++)
	{
		if (p->n[g] == 0)
			continue;
		if (base == NULL)
			base = p->centroid + g * dim;
		for (int32_t j = 0; j < dim; j++)
			mean[j] += (p->centroid[g * dim + j] - base[j]) *
			           ((double) p->n[g] / (double) p->rows->n);
	}
	for (int64_t g = 0; g < p->max_groups; g++)
	{
		for (int32_t j = 0; j < dim && p->n[g] > 0; j++)
		{
			double gap = p->centroid[g * dim + j] - base[j] - mean[j];

			*between += (double) p->n[g] * (gap * gap);
		}
	}
	return SEG_OK;
}

/*
 * Distance between two centroids; 0 if only rounding separates them.
 */
static double
centroid_distance(const Partition *p, int64_t a, int64_t b)
{
	int32_t dim = p->rows->dim;
	const double *x = p->centroid + a * dim;
	const double *y = p->centroid + b * dim;
	double square = 0.0;
	double distance;

	for (int32_t j = 0; j < dim; j++)
	{
		double gap = x[j] - y[j];

		if (fabs(gap) > 4 * DBL_EPSILON * fmax(fabs(x[j]), fabs(y[j])))
			square += gap * gap;
	}
	distance = sqrt(square);
	return distance > SAME_PLACE * (p->spread[a] + p->spread[b]) ? distance
	                                                             : 0.0;
}

/*
 * Mean over the groups of how much the worst neighbour overlaps.  Centroids in
 * the same place do not count as neighbours.
 */
static SegStatus
davies_bouldin(SegEnv *env, const Partition *p, int64_t groups, double *result)
{
	double sum = 0.0;

	for (int64_t a = 0; a < p->max_groups; a++)
	{
		double worst = 0.0;

		if (p->n[a] == 0)
			continue;
		for (int64_t b = 0; b < p->max_groups; b++)
		{
			double distance;

			if ((b * p->rows->dim) % STOP_INTERVAL < p->rows->dim &&
			    env->stop(env->host))
				return SEG_STOPPED;
			if (p->n[b] == 0 || b == a)
				continue;
			distance = centroid_distance(p, a, b);
			if (distance > 0.0)
				worst = fmax(worst, (p->spread[a] + p->spread[b]) / distance);
		}
		sum += worst;
	}
	*result = sum / (double) groups;
	return SEG_OK;
}

SegStatus
seg_cluster_quality(SegEnv *env, SegRows *rows, const double *weight,
                    int64_t max_groups, SegGroupOf group_of, void *host,
                    SegClusterQuality *scores)
{
	Partition p = {.rows = rows,
	               .group_of = group_of,
	               .host = host,
	               .max_groups = max_groups};
	double between;

	*scores = (SegClusterQuality){0};
	SEG_TRY(partition_create(env, rows, weight, &p));
	SEG_TRY(set_scale(env, &p));
	SEG_TRY(each_row(env, &p, add_to_centroid));
	finish_centroids(&p);
	SEG_TRY(each_row(env, &p, add_distance));
	for (int64_t g = 0; g < max_groups; g++)
	{
		scores->groups += p.n[g] > 0;
		if (p.n[g] > 0)
			p.spread[g] /= (double) p.n[g];
	}
	if (seg_partition_check(scores->groups, rows->n) != SEG_OK)
		return SEG_OK;
	SEG_TRY(between_groups(env, &p, &between));
	scores->calinski_harabasz = calinski_harabasz(between,
	                                              p.within,
	                                              (double) rows->n,
	                                              (double) scores->groups);
	if (!isfinite(scores->calinski_harabasz))
		return seg_fail(env, SEG_NOT_FINITE, "calinski_harabasz", 0, 0);
	return davies_bouldin(env, &p, scores->groups, &scores->davies_bouldin);
}

/* ---------- labels in collected rows ---------- */

void
seg_label_columns(SegText label, double *columns)
{
	for (int c = 0; c < SEG_LABEL_COLUMNS; c++)
		columns[c] = (double) (seg_hash(label.bytes,
		                                (size_t) label.length,
		                                (uint64_t) c) >>
		                       11);
}

SegStatus
seg_label_groups(SegEnv *env, int32_t dim, SegLabelGroups *groups)
{
	*groups = (SegLabelGroups){env, NULL, dim};
	return seg_count_map_create(env, 1, &groups->map);
}

SegStatus
seg_label_group(void *host, const double *row, int64_t *group)
{
	SegLabelGroups *groups = host;

	return seg_count_map_insert(groups->env,
	                            &groups->map,
	                            row + groups->dim,
	                            SEG_LABEL_COLUMNS * sizeof(double),
	                            group);
}

SegStatus
seg_label_count(SegEnv *env, SegRows *rows, SegLabelGroups *groups)
{
	SegBlock block;
	int64_t group;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		for (int64_t i = 0; i < block.n; i++)
		{
			if (i % 4096 == 0 && env->stop(env->host))
				return SEG_STOPPED;
			SEG_TRY(
				seg_label_group(groups, block.x + i * rows->stride, &group));
			++*(int64_t *) seg_count_map_words(groups->map, group);
		}
	}
	return SEG_OK;
}
