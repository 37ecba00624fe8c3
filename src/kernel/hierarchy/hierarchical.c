/*-------------------------------------------------------------------------
 *
 * hierarchical.c
 *	  Hierarchical clustering: from rows to a model.
 *
 * Rows are taken in the order of their ids, so that ties are decided by it and
 * not by the order in which rows arrive.
 *
 * src/kernel/hierarchy/hierarchical.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/hierarchy/hierarchical.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/id_rows.h"
#include "base/range.h"
#include "base/tags.h"
#include "kernel/hierarchy/linkage.h"

#define HUGE_COUNT 9007199254740992.0
#define MOST_ROWS  ((double) (INT32_MAX / 2))

#define OPTION(member) offsetof(SegHierarchicalParams, member)

static const char *const linkages[] = {"average",
                                       "complete",
                                       "single",
                                       "ward",
                                       NULL};
static const char *const gower_linkages[] = {"average",
                                             "complete",
                                             "single",
                                             NULL};

/* clang-format off */
const SegOption seg_hierarchical_options[] = {
	{"linkage", SEG_OPTION_ENUM, OPTION(linkage), SEG_LINKAGE_WARD, 0, 0, linkages,
		"average, complete, single, ward"},
	{"standardize", SEG_OPTION_BOOL, OPTION(standardize), 1, 0, 1, NULL,
		"divide each element by its standard deviation"},
	SEG_OPTION_END
};

const SegOption seg_hierarchical_gower_options[] = {
	{"linkage", SEG_OPTION_ENUM, OPTION(linkage), SEG_LINKAGE_AVERAGE, 0, 0, gower_linkages,
		"average, complete, single"},
	SEG_OPTION_END
};

static const SegField fields[] = {
	SEG_INT(SegHierarchical, rows_used, 1, MOST_ROWS),
	SEG_INT(SegHierarchical, rows_skipped, 0, HUGE_COUNT),
	SEG_INT(SegHierarchical, dim, 1, 16000),
	SEG_INT(SegHierarchical, categories, 0, 1000),
	SEG_TEXT_FIELD(SegHierarchical, linkage),
	SEG_TEXT_FIELD(SegHierarchical, distance),
	SEG_JSON_FIELD(SegHierarchical, options),
	SEG_TEXT_FIELD(SegHierarchical, version),
	SEG_FEATURE_NAMES_FIELDS(SegHierarchical, 16000),
	SEG_PREPARATION_FIELDS(SegHierarchical, 16000),
	SEG_TRAINING_ROWS_FIELDS(SegHierarchical, 16000),
	SEG_INT(SegHierarchical, number_count, 0, MOST_ROWS),
	SEG_INT(SegHierarchical, name_count, 0, MOST_ROWS),
	SEG_INTS(SegHierarchical, id_numbers, number_count, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegHierarchical, id_names, name_count, SEG_MANY),
	SEG_INT(SegHierarchical, merges, 0, MOST_ROWS),
	SEG_INT32S(SegHierarchical, first, merges, 0, INT32_MAX),
	SEG_INT32S(SegHierarchical, second, merges, 0, INT32_MAX),
	SEG_REALS(SegHierarchical, heights, merges, 0, DBL_MAX),
	SEG_FIELD_END
};
/* clang-format on */

static uint64_t
hash_of_cluster(int64_t cluster)
{
	return seg_random_bits(0, 0, (uint64_t) cluster);
}

/*
 * Is each merge one of two clusters that are there, and is each cluster but the
 * last merged once?  Sums of hashes tell: no others add up to the same.
 */
static bool
merges_are_sound(const SegHierarchical *m)
{
	uint64_t merged = 0;
	uint64_t made = 0;

	for (int64_t i = 0; i < m->merges; i++)
	{
		if (m->first[i] >= m->second[i] || m->second[i] >= m->rows_used + i ||
		    (i > 0 && m->heights[i] < m->heights[i - 1]))
			return false;
		merged += hash_of_cluster(m->first[i]) + hash_of_cluster(m->second[i]);
	}
	for (int64_t i = 0; i < 2 * m->merges; i++)
		made += hash_of_cluster(i);
	return merged == made;
}

static bool
hierarchical_is_sound(const void *value)
{
	const SegHierarchical *m = value;
	SegIds ids = seg_hierarchical_ids(m);

	return m->merges == m->rows_used - 1 && merges_are_sound(m) &&
	       (m->names == 0 || m->names == m->dim) &&
	       seg_ids_are_sound(&ids, m->number_count, m->name_count) &&
	       seg_preparation_is_sound(&m->preparation, m->dim) &&
	       seg_training_rows_are_sound(&m->training_rows, m->dim);
}

const SegMethod seg_hierarchical_method = {.tag = SEG_TAG_HIERARCHICAL,
                                           .format = 1,
                                           .name = "hierarchical",
                                           .title = "hierarchical clustering",
                                           .fields = fields,
                                           .size = sizeof(SegHierarchical),
                                           .is_sound = hierarchical_is_sound};

/* ---------- points ---------- */

/*
 * Masses are scaled by a power of two, so that products of them are in range. One
 * that would vanish beside the largest stays above zero.
 */
static void
scale_masses(SegPoints *points)
{
	double largest = 0;

	for (int64_t i = 0; i < points->slots; i++)
		largest = fmax(largest, points->mass[i]);
	(void) frexp(largest, &points->exponent);
	points->exponent -= points->exponent & 1;
	for (int64_t i = 0; i < points->slots; i++)
		points->mass[i] =
			fmax(ldexp(points->mass[i], -points->exponent), DBL_MIN);
}

static SegStatus
read_points(SegEnv *env, const SegIdRows *source, SegPoints *points)
{
	SegRows *rows = source->rows;
	int64_t dim = rows->dim + source->categories;
	bool has_weight = rows->stride > dim + 1;
	SegBlock block;

	SEG_TRY(seg_points_create(env, rows->n, dim, points));
	points->numbers = rows->dim;
	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		if (env->stop(env->host))
			return SEG_STOPPED;
		for (int64_t i = 0; i < block.n; i++)
		{
			const double *row = block.x + i * rows->stride;
			int64_t slot = (int64_t) row[rows->dim];
			double *x = seg_point_at(points, slot);

			/* the id's place is between numbers and categories */
			for (int64_t j = 0; j < dim; j++)
				x[j * SEG_TILE_SLOTS] = row[j < rows->dim ? j : j + 1];
			if (has_weight)
				points->mass[slot] = row[dim + 1];
		}
	}
	scale_masses(points);
	return SEG_OK;
}

/* One element of all points. */
typedef struct Element
{
	SegPoints *points;
	int64_t j;
} Element;

static double *
element_at(const Element *e, int64_t slot)
{
	return seg_point_at(e->points, slot) + e->j * SEG_TILE_SLOTS;
}

/*
 * The range of the values that are there; 0 to 0 if none is.
 */
static SegStatus
element_range(SegEnv *env, const Element *e, double *low, double *high)
{
	*low = INFINITY;
	*high = -INFINITY;
	for (int64_t i = 0; i < e->points->slots; i++)
	{
		*low = fmin(*low, *element_at(e, i));
		*high = fmax(*high, *element_at(e, i));
	}
	if (*low > *high)
		*low = *high = 0.0;
	return seg_check_range(env, *low, *high, e->j + 1);
}

/*
 * The weighted population deviation; 1 if nothing varies.
 */
static double
element_deviation(const Element *e)
{
	const SegPoints *p = e->points;
	double total = 0.0;
	double sum = 0.0;
	double squares = 0.0;
	double mean;

	for (int64_t i = 0; i < p->slots; i++)
	{
		total += p->mass[i];
		sum += p->mass[i] * *element_at(e, i);
	}
	mean = sum / total;
	for (int64_t i = 0; i < p->slots; i++)
	{
		double z = *element_at(e, i) - mean;

		squares += p->mass[i] * z * z;
	}
	return squares > 0.0 ? sqrt(squares / total) : 1.0;
}

/*
 * Numbers that are close together but far from zero become their distance from
 * the lowest, which is exact; the means of clusters then lose no digits. Other
 * numbers are left as they are.
 */
static double
exact_shift(double low, double high)
{
	if (low > 0.0 && high <= 2.0 * low)
		return low;
	if (high < 0.0 && low >= 2.0 * high)
		return high;
	return 0.0;
}

/*
 * What an element is divided by.
 */
static double
element_unit(const Element *e, double low, double high, bool standardize)
{
	if (high == low)
		return 1.0;
	if (e->points->mixed)
		return high - low;
	return standardize ? element_deviation(e) : 1.0;
}

static SegStatus
scale_points(SegEnv *env, SegPoints *points, bool standardize)
{
	for (int64_t j = 0; j < points->numbers; j++)
	{
		Element e = {points, j};
		double low;
		double high;
		double shift;
		double unit;

		if (env->stop(env->host))
			return SEG_STOPPED;
		SEG_TRY(element_range(env, &e, &low, &high));
		shift = exact_shift(low, high);
		for (int64_t i = 0; i < points->slots; i++)
			*element_at(&e, i) -= shift;
		unit = element_unit(&e, low, high, standardize);
		/* a row far out with next to no weight may be many deviations away */
		SEG_TRY(seg_check_range(env,
		                        (low - shift) / unit,
		                        (high - shift) / unit,
		                        j + 1));
		for (int64_t i = 0; i < points->slots; i++)
			*element_at(&e, i) /= unit;
	}
	return SEG_OK;
}

/* ---------- training ---------- */

static SegStatus
link_points(SegEnv *env, SegPoints *points, SegLinkage linkage,
            SegMerge *merges)
{
	switch (linkage)
	{
		case SEG_LINKAGE_WARD:
			return seg_linkage_ward(env, points, merges);
		case SEG_LINKAGE_SINGLE:
			return seg_linkage_single(env, points, merges);
		case SEG_LINKAGE_AVERAGE:
		case SEG_LINKAGE_COMPLETE:
			break;
	}
	return seg_linkage_matrix(env, points, linkage, merges);
}

static void
set_ids(const SegIds *ids, SegHierarchical *model)
{
	if (ids->numbers != NULL)
	{
		model->number_count = ids->count;
		model->id_numbers = ids->numbers;
	}
	else
	{
		model->name_count = ids->count;
		model->id_names = ids->names;
	}
}

static SegText
text_of(const char *word)
{
	return (SegText){word, (int64_t) strlen(word)};
}

/*
 * Link points, which are scaled, into a model.
 */
static SegStatus
make_hierarchy(SegEnv *env, SegPoints *points, SegLinkage linkage,
               SegHierarchical *model)
{
	int64_t n = points->slots;
	SegMerge *merges;
	int32_t *first;
	int32_t *second;
	double *heights;

	SEG_ALLOC(env, merges, n - 1);
	SEG_ALLOC(env, first, n - 1);
	SEG_ALLOC(env, second, n - 1);
	SEG_ALLOC(env, heights, n - 1);
	SEG_TRY(link_points(env, points, linkage, merges));
	SEG_TRY(seg_linkage_order(env, merges, n, first, second, heights));
	model->rows_used = n;
	model->linkage = text_of(linkages[linkage]);
	model->merges = n - 1;
	model->first = first;
	model->second = second;
	model->heights = heights;
	return SEG_OK;
}

static SegStatus
train_with(SegEnv *env, const SegIdRows *rows, bool mixed,
           const SegHierarchicalParams *params, SegHierarchical *model)
{
	SegPoints points;

	SEG_TRY(read_points(env, rows, &points));
	points.mixed = mixed;
	SEG_TRY(scale_points(env, &points, params->standardize));
	SEG_TRY(make_hierarchy(env, &points, params->linkage, model));
	model->dim = rows->rows->dim;
	model->categories = rows->categories;
	model->distance = text_of(mixed ? "gower" : "euclidean");
	set_ids(&rows->ids, model);
	return SEG_OK;
}

static SegStatus
hierarchical_train(SegEnv *env, void *rows, const void *params, void *model)
{
	return train_with(env, rows, false, params, model);
}

static SegStatus
hierarchical_gower_train(SegEnv *env, void *rows, const void *params,
                         void *model)
{
	return train_with(env, rows, true, params, model);
}

/*
 * Memory of training besides elements and a matrix: what is kept of each point,
 * and the merges.
 */
#define BYTES_PER_ROW 200

static int64_t
hierarchical_most_rows(const void *params, int64_t dim, int64_t bytes)
{
	int linkage = ((const SegHierarchicalParams *) params)->linkage;
	int64_t per_row = BYTES_PER_ROW + dim * (int64_t) sizeof(double);

	if (linkage == SEG_LINKAGE_WARD || linkage == SEG_LINKAGE_SINGLE)
		return bytes / per_row;
	return seg_linkage_matrix_rows(bytes, per_row);
}

static SegStatus
check_linkage_scale(SegEnv *env, const void *params,
                    const SegPreparationParams *preparation)
{
	if (!((const SegHierarchicalParams *) params)->standardize ||
	    preparation->scale == 0)
		return SEG_OK;
	return seg_fail_name(env,
	                     SEG_OPTION_CLASH,
	                     "scale",
	                     "\"standardize\": true");
}

const SegTrainer seg_hierarchical_trainer =
	{.method = &seg_hierarchical_method,
     .title = "hierarchical clustering",
     .columns = {{SEG_COLUMN_ID}, {SEG_COLUMN_VECTOR}},
     .preparations = SEG_PREPARE_ANYTHING,
     .check_preparation = check_linkage_scale,
     .options = seg_hierarchical_options,
     .params_size = sizeof(SegHierarchicalParams),
     .most_rows = hierarchical_most_rows,
     .smaller = "fewer rows",
     .train = hierarchical_train};

const SegTrainer seg_hierarchical_gower_trainer =
	{.method = &seg_hierarchical_method,
     .title = "hierarchical clustering",
     .columns = {{SEG_COLUMN_ID}, {SEG_COLUMN_VECTOR}, {SEG_COLUMN_CATEGORIES}},
     .takes_missing = true,
     .preparations = SEG_PREPARE_ANYTHING,
     .options = seg_hierarchical_gower_options,
     .params_size = sizeof(SegHierarchicalParams),
     .most_rows = hierarchical_most_rows,
     .smaller = "fewer rows",
     .train = hierarchical_gower_train};
