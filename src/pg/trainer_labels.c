/*-------------------------------------------------------------------------
 *
 * trainer_labels.c
 *	  Classes, ids and categories as numbers in the rows of a trainer.
 *
 * src/pg/trainer_labels.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/array.h"

#include "base/missing.h"
#include "pg/encoding.h"
#include "pg/trainer_labels.h"

#define MOST_CATEGORIES 1000 /* of a row */

IdType *
trainer_label_type(FunctionCallInfo fcinfo, Oid type)
{
	MemoryContext context = fcinfo->flinfo->fn_mcxt;
	IdType *result = MemoryContextAllocZero(context, sizeof(IdType));

	id_type_init(result, type, context);
	return result;
}

double
trainer_read_class(FunctionCallInfo fcinfo, const TrainerCall *call,
                   TrainerLabels *labels)
{
	SegId label = id_read(call->id_type, PG_GETARG_DATUM(call->class_at));

	if (unlikely(labels->classes == NULL))
		labels->classes = class_labels_create(segment_agg_context(fcinfo),
		                                      call->id_type,
		                                      "classes");
	return class_labels_add(labels->classes, &label);
}

/* ---------- ids ---------- */

pg_noreturn static void
id_is_repeated(const SegId *id)
{
	char digits[SEG_ID_DIGITS];
	SegText text = id->is_number
	                   ? (SegText){digits, seg_id_print(id->number, digits)}
	                   : text_from_utf8(id->text);

	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("there is more than one row for id %.*s",
	               (int) text.length,
	               text.bytes),
	        errhint(
				"Make one row of the rows of each id, or train one model for "
				"each group of rows with GROUP BY."));
}

double
trainer_read_id(FunctionCallInfo fcinfo, const TrainerCall *call,
                TrainerLabels *labels)
{
	SegId id = id_read(call->id_type, PG_GETARG_DATUM(call->id_at));
	const SegCountMap *map = NULL;
	int64 bytes = 0;
	int64 count;

	if (unlikely(labels->ids == NULL))
		labels->ids =
			id_dictionary_create(segment_agg_context(fcinfo), call->id_type);
	else
	{
		map = labels->ids->map;
		bytes = id_dictionary_bytes(labels->ids);
	}
	count = id_dictionary_count(labels->ids);
	if (unlikely(id_dictionary_add(labels->ids, &id) < count))
		id_is_repeated(&id);
	if (unlikely(labels->ids->map != map))
		(void) rowstore_charge(segment_agg_context(fcinfo),
		                       id_dictionary_bytes(labels->ids) - bytes);
	return (double) count;
}

/* ---------- categories ---------- */

static void
check_categories(int n, int expected)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (n > MOST_CATEGORIES)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_LIMIT,
		                       "categories of a row",
		                       n,
		                       MOST_CATEGORIES));
	if (n != expected)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("rows must have the same number of categories"),
		        errdetail("One has %d where %d was expected.", n, expected));
}

/*
 * The first row sets how many there are, and the room for them.
 */
static void
start_categories(FunctionCallInfo fcinfo, const TrainerCall *call,
                 TrainerLabels *labels, int n)
{
	MemoryContext context = segment_agg_context(fcinfo);

	check_categories(n, n);
	if (n == 0 && call->vector_at == 0)
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("a row must have at least one category"));
	labels->n_categories = n;
	labels->categories =
		class_labels_create(context, call->category_type, "categories");
	labels->beside =
		MemoryContextAlloc(context, (SEG_MAX_NUMBERS + 1 + n) * sizeof(double));
}

const double *
trainer_read_categories(FunctionCallInfo fcinfo, const TrainerCall *call,
                        TrainerLabels *labels, const double *numbers,
                        double weight)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(call->categories_at);
	double *to;
	Datum *texts;
	bool *nulls;
	int n;

	if (unlikely(ARR_NDIM(array) > 1))
		ereport(ERROR,
		        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
		        errmsg("categories must be an array of one dimension"));
	deconstruct_array(array,
	                  TEXTOID,
	                  -1,
	                  false,
	                  TYPALIGN_INT,
	                  &texts,
	                  &nulls,
	                  &n);
	if (unlikely(labels->categories == NULL))
		start_categories(fcinfo, call, labels, n);
	check_categories(n, labels->n_categories);
	memcpy(labels->beside, numbers, call->n_numbers * sizeof(double));
	to = labels->beside + call->n_numbers;
	for (int i = 0; i < n; i++)
	{
		to[i] = seg_missing();
		if (!nulls[i])
		{
			SegId category = id_read(call->category_type, texts[i]);

			to[i] = class_labels_add(labels->categories, &category);
		}
	}
	to[n] = weight;
	return labels->beside;
}

/* ---------- places instead of codes and keys ---------- */

/* What stands beside the vector of a row, made of what stood there. */
typedef void (*RewriteBeside)(const void *of, const double *from, double *to);

/*
 * The rows with something else beside their vectors that does not depend on the
 * order of arrival; so the canonical order does not.
 */
static RowStore *
rows_rewritten(RowStore *store, int extra, RewriteBeside rewrite,
               const void *of)
{
	SegRows *rows = rowstore_open_beside(store);
	RowStore *result =
		rowstore_create(CurrentMemoryContext, rows->dim, extra, 0);
	double *beside = palloc(extra * sizeof(double));
	SegBlock block;

	rows->rewind(rows);
	while (rows->next(rows, &block))
	{
		CHECK_FOR_INTERRUPTS();
		for (int64 i = 0; i < block.n; i++)
		{
			const double *x = block.x + i * rows->stride;

			rewrite(of, x + rows->dim, beside);
			rowstore_append(result, x, beside);
		}
	}
	rowstore_close(rows);
	return result;
}

/* Places of ids instead of codes. */
typedef struct IdPlaces
{
	const int32 *places;
	int extra;
} IdPlaces;

static void
write_id_place(const void *of, const double *from, double *to)
{
	const IdPlaces *ids = of;

	memcpy(to, from, ids->extra * sizeof(double));
	to[0] = ids->places[(int64) from[0]];
}

RowStore *
trainer_rows_with_places(RowStore *store, const int32 *places)
{
	IdPlaces ids = {places, rowstore_extra(store)};

	return rows_rewritten(store, ids.extra, write_id_place, &ids);
}

/* Categories as the places of their labels, not as keys, behind a weight. */
typedef struct CategoryPlaces
{
	const SegClassRows *labels;
	int categories;
	bool has_weight;
} CategoryPlaces;

static void
write_category_places(const void *of, const double *from, double *to)
{
	const CategoryPlaces *c = of;

	to[0] = c->has_weight ? from[c->categories] : 1.0;
	for (int j = 0; j < c->categories; j++)
		to[1 + j] = isnan(from[j]) ? from[j] : seg_class_of(c->labels, from[j]);
}

RowStore *
trainer_rows_with_categories(RowStore *store, int n, const SegClassRows *labels)
{
	CategoryPlaces categories = {labels, n, rowstore_extra(store) > n};

	return rows_rewritten(store, 1 + n, write_category_places, &categories);
}
