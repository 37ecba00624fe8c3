/*-------------------------------------------------------------------------
 *
 * segment_rules_fmgr.c
 *	  SQL face of the aggregate segment_rules.
 *
 * src/fmgr/tree/segment_rules_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "fmgr/tree/rule_text.h"
#include "kernel/tree/segment_rules.h"
#include "pg/encoding.h"
#include "pg/results.h"
#include "pg/trainer_pg.h"

static Datum
text_of_rule(const SegSegmentRules *found, const SegRule *rule)
{
	const SegTexts *names = &found->feature_names;
	StringInfoData text;

	initStringInfo(&text);
	for (int i = 0; i < rule->n; i++)
	{
		const SegRuleCondition *c = &rule->conditions[i];

		if (c->kind == SEG_CONDITION_MISSING)
			rule_append(&text, names, c->element, "is missing");
		else if (c->kind == SEG_CONDITION_NOT_MISSING)
			rule_append(&text, names, c->element, "is not missing");
		rule_append_bound(&text, names, c->element, ">", c->low);
		rule_append_bound(&text, names, c->element, "<=", c->high);
	}
	return result_text((SegText){text.data, (int64) text.len});
}

/*
 * An array with a row for each rule: segment, rule, rows, precision, coverage,
 * lift.
 */
static Datum
pack_rules(FunctionCallInfo fcinfo, const void *trained)
{
	static const Oid types[] =
		{TEXTOID, TEXTOID, INT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	const SegSegmentRules *found = trained;
	RowArray array = row_array_begin(fcinfo, types, lengthof(types), found->n);

	for (int64 i = 0; i < found->n; i++)
	{
		const SegRule *rule = &found->rules[i];
		SegText segment = seg_texts_get(&found->segments, rule->segment);
		Datum values[6] = {result_text(text_from_utf8(segment)),
		                   text_of_rule(found, rule),
		                   Int64GetDatum(rule->rows),
		                   Float8GetDatum(rule->precision),
		                   Float8GetDatum(rule->coverage),
		                   Float8GetDatum(rule->lift)};
		bool nulls[6] = {false};

		row_array_add(&array, values, nulls);
	}
	return row_array_end(&array);
}

TRAINER_PACKED(segment_rules, seg_segment_rules_trainer, trainer_class_rows,
               pack_rules);
