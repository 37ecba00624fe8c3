/*
 * fuzz_item_models.c: any model of itemsets or sequences that is accepted can
 * be read and queried.
 *
 * The first byte picks the method, the second the query.
 */
#include "fuzz.h"
#include "kernel/pattern/association_rules.h"
#include "kernel/pattern/frequent_sequence.h"

#define MOST_ITEMS 64

/* Pick some of the items of a model. */
static int32_t
pick(int64_t items, unsigned choice, bool each_once, int32_t *picked)
{
	int32_t n = 0;

	for (int32_t i = 0; i < items && n < MOST_ITEMS; i++)
	{
		if ((choice + (unsigned) i) % 3 == 0)
			picked[n++] = each_once ? i : (int32_t) ((i * 7 + choice) % items);
	}
	return n;
}

static void
ask_itemsets(SegEnv *env, const SegItemset *m, unsigned choice)
{
	SegRuleBounds bounds = {0, 0, true};
	SegRecommender *recommender;
	const SegRule *best;
	SegRule *rules;
	int32_t items[MOST_ITEMS];
	int64_t *order;
	int64_t n;

	REQUIRE(seg_itemset_order(env, m, &order) == SEG_OK);
	if (!m->has_all ||
	    seg_rules_find(env, m, &bounds, 1 << 20, 1 << 24, &rules, &n) != SEG_OK)
		return;
	for (int64_t i = 0; i < n; i++)
	{
		SegRuleMeasures measures = seg_rule_measures(m, &rules[i]);

		REQUIRE(measures.support > 0 && measures.support <= 1);
		REQUIRE(measures.confidence > 0 && measures.confidence <= 1);
		REQUIRE(measures.lift > 0);
	}
	REQUIRE(seg_recommender_make(env, m, 1 << 24, &recommender) == SEG_OK);
	REQUIRE(seg_recommend(env,
	                      recommender,
	                      items,
	                      pick(m->item_count, choice, true, items),
	                      &bounds,
	                      10,
	                      &best,
	                      &n) == SEG_OK);
}

static void
ask_sequences(SegEnv *env, const SegFrequentSequence *m, unsigned choice)
{
	SegNextItems *next;
	const SegNextItem *found;
	int32_t path[MOST_ITEMS];
	int64_t *order;
	int64_t n;

	REQUIRE(seg_frequent_sequence_order(env, m, &order) == SEG_OK);
	REQUIRE(seg_next_items_make(env, m, &next) == SEG_OK);
	REQUIRE(seg_next_items_find(env,
	                            next,
	                            path,
	                            pick(m->item_count, choice, false, path),
	                            10,
	                            &found,
	                            &n) == SEG_OK);
	for (int64_t i = 0; i < n; i++)
		REQUIRE(found[i].score > 0 && found[i].score <= 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SegEnv env = unit_env();
	SegItemset sets = {0};
	SegFrequentSequence sequences = {0};
	bool is_sets = size > 0 && data[0] % 2 == 1;
	const SegMethod *method =
		is_sets ? &seg_itemset_method : &seg_frequent_sequence_method;
	void *value = is_sets ? (void *) &sets : (void *) &sequences;
	bool is_sound = false;
	char *body;

	if (size >= 2)
	{
		/* aligned, and not a byte too long */
		body = env.alloc(env.host, size - 2);
		memcpy(body, data + 2, size - 2);
		is_sound =
			seg_image_open(&env, method, body, size - 2, value) == SEG_OK &&
			seg_image_validate(&env, method, value) == SEG_OK;
	}
	fuzz_input_is(is_sound);
	if (is_sound && is_sets)
		ask_itemsets(&env, &sets, data[1]);
	else if (is_sound)
		ask_sequences(&env, &sequences, data[1]);
	unit_env_free(&env);
	return 0;
}
