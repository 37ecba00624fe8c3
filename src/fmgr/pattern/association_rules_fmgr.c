/*-------------------------------------------------------------------------
 *
 * association_rules_fmgr.c
 *	  SQL face of association rules: all those of a model, and the best ones for
 *	  a basket.
 *
 * src/fmgr/pattern/association_rules_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "kernel/pattern/association_rules.h"
#include "fmgr/pattern/item_results.h"
#include "pg/arguments.h"
#include "pg/model.h"

PG_FUNCTION_INFO_V1(segment_association_rules);
PG_FUNCTION_INFO_V1(segment_rule_recommend);

/* Memory per rule while rules are sorted. */
#define RULE_BYTES 64

static void
require_all_sets(const SegItemset *model)
{
	if (!model->has_all)
		ereport(ERROR,
		        errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
		        errmsg("rules need a model of all frequent itemsets"),
		        errdetail("This model has only the closed or maximal ones, "
		                  "without the counts of their subsets."),
		        errhint("Train with the target \"all\"."));
}

static SegRuleBounds
bounds_arguments(FunctionCallInfo fcinfo, int argno)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegRuleBounds bounds = {PG_GETARG_FLOAT8(argno),
	                        PG_GETARG_FLOAT8(argno + 1),
	                        false};

	segment_check(&env, seg_rule_bounds_check(&env, &bounds));
	return bounds;
}

/* all rules: (model, min_confidence, min_lift [, witness], drop_redundant) */

#define RULE_COLUMNS 9

static void
write_rule(RowWriter *writer, const SegItemset *model, const SegRule *rule,
           IdValues *ids)
{
	SegRuleMeasures m = seg_rule_measures(model, rule);
	Datum values[RULE_COLUMNS];
	bool nulls[RULE_COLUMNS] = {false};
	int32_t *items;
	int32 n;

	row_writer_begin(writer);
	items = palloc(2 * model->longest * sizeof(int32_t));
	n = seg_itemset_items(model, rule->antecedent, items);
	values[0] = id_values_array(ids, items, n);
	values[1] = id_value(ids, rule->consequent);
	values[2] = Float8GetDatum(m.support);
	values[3] = Float8GetDatum(m.confidence);
	values[4] = Float8GetDatum(m.lift);
	values[5] = Float8GetDatum(m.leverage);
	values[6] = Float8GetDatum(m.conviction);
	nulls[6] = isnan(m.conviction);
	values[7] = Float8GetDatum(m.coverage);
	values[8] = Int64GetDatum(rule->count);
	row_writer_end(writer, values, nulls);
}

Datum
segment_association_rules(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegItemset *model;
	SegRuleBounds bounds;
	RowWriter writer;
	SegIds ids;
	IdValues *ids_out;
	SegRule *rules;
	int64_t n;

	result_begin(fcinfo);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0; /* the witness may be NULL, so we are not strict */
	argument_refuse_null(fcinfo, PG_NARGS() - 1, "drop_redundant");
	bounds = bounds_arguments(fcinfo, 1);
	bounds.drop_redundant = PG_GETARG_BOOL(PG_NARGS() - 1);
	model = model_open_value(PG_GETARG_MODEL_P(0), &seg_itemset_method);
	require_all_sets(model);
	ids = seg_itemset_ids(model);
	ids_out = id_values_create(CurrentMemoryContext,
	                           &ids,
	                           item_column_type(fcinfo, 0));
	segment_check(&env,
	              seg_rules_find(&env,
	                             model,
	                             &bounds,
	                             (int64) segment_training_memory * 1024 /
	                                 RULE_BYTES,
	                             (size_t) segment_training_memory * 1024,
	                             &rules,
	                             &n));
	writer = row_writer_open(fcinfo);
	for (int64 i = 0; i < n; i++)
		write_rule(&writer, model, &rules[i], ids_out);
	row_writer_close(&writer);
	return (Datum) 0;
}

/* ------ for a basket: (model, basket, n, min_confidence, min_lift) ------ */

typedef struct Scorer
{
	const SegItemset *model;
	ItemQuery query;
	SegRecommender *recommender;
	int32_t *items; /* scratch */
} Scorer;

static void *
association_rules_prepare_scorer(const SegEnv *env, const void *value)
{
	SegEnv kept = *env;
	Scorer *scorer = palloc(sizeof(Scorer));
	SegIds ids;

	scorer->model = value;
	require_all_sets(scorer->model);
	ids = seg_itemset_ids(scorer->model);
	item_query_init(&scorer->query, (MemoryContext) env->host, &ids);
	segment_check(&kept,
	              seg_recommender_make(&kept,
	                                   scorer->model,
	                                   (size_t) segment_training_memory * 1024,
	                                   &scorer->recommender));
	scorer->items =
		palloc(2 * Max(scorer->model->longest, 1) * sizeof(int32_t));
	return scorer;
}

Datum
segment_rule_recommend(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	Scorer *scorer = (Scorer *) model_open(fcinfo,
	                                       0,
	                                       &seg_itemset_method,
	                                       association_rules_prepare_scorer);
	int32 limit = result_limit(fcinfo, 2);
	SegRuleBounds bounds = bounds_arguments(fcinfo, 3);
	int32 n = item_query_read_set(&scorer->query, fcinfo, 1);
	const SegRule *rules;
	IdValues *ids;
	int64_t found;

	segment_check(&env,
	              seg_recommend(&env,
	                            scorer->recommender,
	                            scorer->query.items,
	                            n,
	                            &bounds,
	                            limit,
	                            &rules,
	                            &found));
	result_begin(fcinfo);
	ids = item_query_values(&scorer->query, fcinfo, 2);
	for (int64 i = 0; i < found; i++)
	{
		SegRuleMeasures m = seg_rule_measures(scorer->model, &rules[i]);
		Datum values[4];

		n = seg_itemset_items(scorer->model,
		                      rules[i].antecedent,
		                      scorer->items);
		values[0] = id_value(ids, rules[i].consequent);
		values[1] = Float8GetDatum(m.confidence);
		values[2] = id_values_array(ids, scorer->items, n);
		values[3] = Int32GetDatum((int32) i + 1);
		result_row(fcinfo, values, NULL);
	}
	return (Datum) 0;
}
