/* fuzz_count_map.c: an untrusted state of an aggregate */
#include "base/count_map.h"
#include "fuzz.h"
#include "kernel/cluster/cluster_quality_labels.h"
#include "kernel/privacy/anonymity.h"
#include "kernel/privacy/dp.h"
#include "kernel/survival/kaplan_meier.h"
#include "kernel/survival/logrank.h"
#include "kernel/tier/interest.h"
#include "kernel/cluster/cluster_quality.h"

/* Durations: whatever is accepted is a summary with a curve. */
static void
read_durations(SegEnv *env, const SegCountMap *map)
{
	SegKaplanMeier table;
	SegSurvivalCurve curve;
	SegLogrank test;
	double x;

	if (seg_kaplan_meier_from_counts(env, map, true, &table) == SEG_OK)
	{
		REQUIRE(seg_survival_curve(env, &table, &curve) == SEG_OK);
		REQUIRE(curve.n == table.distinct_times);
		(void) seg_survival_at(&curve, -INFINITY, 1.0, &x);
		(void) seg_survival_median(&curve, &x);
	}
	if (seg_logrank(env, map, true, &test) == SEG_OK &&
	    test.degrees_of_freedom > 0)
		REQUIRE(test.p_value >= 0 && test.p_value <= 1);
}

/* Dice by which all noise is 0. */
static SegChances
quiet_below(void *host, SegChances n)
{
	(void) host;
	(void) n;
	return 0;
}

static bool
quiet_chance(void *host, SegChances favourable, SegChances all)
{
	(void) host;
	return favourable == all;
}

/* Contributions: a total stays within the bounds of its units. */
static void
read_contributions(SegEnv *env, const SegCountMap *map)
{
	const SegDice quiet = {quiet_below, quiet_chance, NULL};
	SegDpSettings settings;
	int64_t count;
	double units = (double) map->n - 1;
	double sum;
	bool hidden;

	if (seg_dp_settings(env, map, &settings) != SEG_OK)
		return;
	if (settings.method < SEG_DP_SUM)
	{
		REQUIRE(seg_dp_count(env, &quiet, map, &settings, &count, &hidden) ==
		        SEG_OK);
		REQUIRE(count >= 0 &&
		        (double) count <= units * (double) settings.max_rows);
		return;
	}
	REQUIRE(seg_dp_number(env, &quiet, map, &settings, &sum) == SEG_OK);
	if (settings.method == SEG_DP_AVG)
		REQUIRE(sum >= settings.lower && sum <= settings.upper);
	else if (settings.delta == 0)
		REQUIRE(sum <= fmax(units * settings.upper, 0) * (1 + 1e-9) &&
		        sum >= fmin(units * settings.lower, 0) * (1 + 1e-9));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SegEnv env;
	SegCountMap *map;
	double result;
	int64_t ranked[5], count;
	bool sound = false;

	if (size < sizeof(SegCountMap))
	{
		fuzz_input_is(false);
		return 0;
	}
	env = unit_env();
	map = env.alloc(env.host, size); /* aligned */
	memcpy(map, data, size);
	if (seg_count_map_check(&env, map, size, map->width) == SEG_OK)
	{
		uint32_t n = map->n;
		int64_t at;

		sound = seg_count_map_validate(&env, map) == SEG_OK;
		at = seg_count_map_add(map, data, 8);
		if (sound && at >= 0)
		{
			REQUIRE(seg_count_map_find(map, data, 8) == at);
			REQUIRE(map->n == n || map->n == n + 1);
			REQUIRE(seg_count_map_validate(&env, map) == SEG_OK);
		}
		for (uint32_t i = 0; i < map->n; i++)
		{
			SegText key = seg_count_map_key(map, i);

			REQUIRE(key.length >= 0 &&
			        key.bytes + key.length <= (char *) map + size);
		}
		read_contributions(&env, map);
		if (map->width == SEG_ANONYMITY_WIDTH)
			(void) seg_anonymity(&env, map, &count);
		if (map->width == SEG_DIVERSITY_WIDTH)
			(void) seg_diversity(&env, map, &count);
		if (map->width == SEG_CONTINGENCY_WIDTH)
		{
			(void) seg_adjusted_rand(&env, map, &result);
			(void) seg_normalized_mutual_information(&env, map, &result);
		}
		if (map->width == SEG_DURATION_WIDTH)
			read_durations(&env, map);
		if (map->width <= SEG_INTEREST_SUM_WIDTH && map->width > 0 &&
		    seg_interest_rank(&env, map, 5, ranked, &count) == SEG_OK)
			for (int64_t i = 0; i < count; i++)
				REQUIRE(ranked[i] >= 0 && ranked[i] < map->n);
		if (map->width >= SEG_DISPERSION_WIDTH(1) && map->width % 2 == 1)
			(void) seg_calinski_harabasz(&env, map, &result);
	}
	fuzz_input_is(sound);
	unit_env_free(&env);
	return 0;
}
