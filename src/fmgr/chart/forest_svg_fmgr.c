/*-------------------------------------------------------------------------
 *
 * forest_svg_fmgr.c
 *	  SQL face of forest plots: forest_svg.
 *
 * src/fmgr/chart/forest_svg_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "mb/pg_wchar.h"

#include "base/contingency.h"
#include "base/missing.h"
#include "fmgr/chart/cell_state.h"
#include "fmgr/chart/chart_result.h"
#include "kernel/chart/forest_plot.h"
#include "pg/encoding.h"
#include "pg/label.h"

PG_FUNCTION_INFO_V1(segment_forest_effects_combine);
PG_FUNCTION_INFO_V1(segment_forest_svg_final);

#define EFFECT_STATE       0x45464645 /* "EFFE" */
#define LONGEST_IN_MESSAGE 60         /* bytes of a label */

/* ---------- rows ---------- */

/*
 * The end of an interval; NULL: not known.
 */
static double
interval_end(FunctionCallInfo fcinfo, int argno, const char *what)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double end;

	if (PG_ARGISNULL(argno))
		return seg_missing();
	end = PG_GETARG_FLOAT8(argno);
	if (isnan(end))
		segment_check(&env, seg_check_finite(&env, what, end));
	return end;
}

/*
 * (state, label, estimate, low, high [, options]): a row without label or estimate
 * is not shown, but counted.
 */
static inline Datum
forest_effects_transit(FunctionCallInfo fcinfo, LabelArgument type)
{
	LabelView label = {.text = {"", 0}};
	bool is_shown = label_argument(fcinfo, 1, type, &label) && !PG_ARGISNULL(2);
	SegEffect effect = {.rows = SEG_EFFECT_ONE};
	CountState *state;

	if (is_shown)
	{
		SegEnv env = segment_env(CurrentMemoryContext);

		effect.estimate = PG_GETARG_FLOAT8(2);
		effect.low = interval_end(fcinfo, 3, "low");
		effect.high = interval_end(fcinfo, 4, "high");
		segment_check(&env, seg_effect_check(&env, &effect));
	}
	state = count_state_of_group(fcinfo, EFFECT_STATE, SEG_EFFECT_WIDTH);
	if (is_shown)
	{
		cell_state_keep_options(fcinfo, 5, &state);
		seg_effect_add(cell_state_add_pair(&state,
		                                   text_to_utf8(label.text),
		                                   (SegText){"", 0}),
		               &effect);
	}
	else
		count_state_increment(&state->setting);
	PG_RETURN_POINTER(state);
}

#define EFFECTS_TRANSITION(a, A) \
	PG_FUNCTION_INFO_V1(segment_forest_effects_##a##_trans); \
	Datum segment_forest_effects_##a##_trans(PG_FUNCTION_ARGS) \
	{ \
		return forest_effects_transit(fcinfo, LABEL_IS_##A); \
	}

EFFECTS_TRANSITION(text, TEXT)
EFFECTS_TRANSITION(bigint, BIGINT)

/* ---------- merging ---------- */

static void
merge_effects(void *into, const void *from, int64 width)
{
	seg_effect_add(into, from);
}

Datum
segment_forest_effects_combine(PG_FUNCTION_ARGS)
{
	return cell_state_combine(fcinfo,
	                          EFFECT_STATE,
	                          SEG_EFFECT_WIDTH,
	                          merge_effects);
}

/* ---------- drawing ---------- */

/*
 * A label in a message: in the encoding of the database, which may have no ellipsis,
 * and not too long.
 */
static char *
shown_label(SegEnv *env, SegText key)
{
	SegText pair[2];
	SegText name;
	int shown;

	segment_check(env, seg_pair_split(env, key, pair));
	name = text_from_utf8(pair[0]);
	count_state_check_text(name);
	shown = pg_mbcliplen(name.bytes, (int) name.length, LONGEST_IN_MESSAGE);
	return psprintf("%.*s%s",
	                shown,
	                name.bytes,
	                shown < name.length ? "..." : "");
}

/*
 * Name the first label whose rows differ, whatever the plan.
 */
static void
refuse_different_rows(SegEnv *env, const SegCountMap *effects)
{
	SegText worst = {NULL, 0};

	for (int64 i = 0; i < effects->n; i++)
	{
		SegText key = seg_count_map_key(effects, i);

		if (seg_cells_is_pair(key) && seg_effects_differ(effects, i) &&
		    (worst.bytes == NULL || seg_text_compare(key, worst) < 0))
			worst = key;
	}
	if (worst.bytes == NULL)
		return;
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("different rows have the label \"%s\"",
	               shown_label(env, worst)),
	        errhint("Say in the label what tells them apart, or use GROUP BY "
	                "to draw one chart for each group."));
}

/*
 * NULL if no row is shown.
 */
Datum
segment_forest_svg_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	SegChartOptions options;
	const CountState *state =
		cell_state_read(fcinfo, EFFECT_STATE, SEG_EFFECT_WIDTH, &options);
	SegText svg;

	if (state == NULL)
		PG_RETURN_NULL();
	refuse_different_rows(&env, &state->map);
	segment_check(&env,
	              seg_forest_plot_draw(&env,
	                                   &options,
	                                   &state->map,
	                                   state->setting,
	                                   &svg));
	return chart_result(svg);
}
