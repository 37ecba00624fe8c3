/*-------------------------------------------------------------------------
 *
 * chart_options.c
 *	  Options of a chart in the state of its aggregate: as text, because a state
 *	  may come from anywhere, and text is checked when it is read.
 *
 * src/fmgr/chart/chart_options.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#include "fmgr/chart/chart_options.h"
#include "pg/arguments.h"
#include "pg/count_state.h"
#include "pg/encoding.h"
#include "pg/options_pg.h"

static void
read_options(Datum jsonb, SegChartOptions *options)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	seg_options_defaults(seg_chart_options, options, sizeof(*options));
	options_from_jsonb(seg_chart_options, jsonb, options);
	segment_check(&env, seg_chart_options_check(&env, options));
}

/*
 * A jsonb, whose options are checked, as a key of the state.
 */
static SegText
chart_options_key(Datum datum)
{
	const uint32 mark = SEG_CELLS_OTHER_KEY;
	Jsonb *json = DatumGetJsonbP(datum);
	SegChartOptions options;
	StringInfoData key;

	read_options(datum, &options);
	initStringInfo(&key);
	appendBinaryStringInfo(&key, (const char *) &mark, sizeof(mark));
	(void) JsonbToCString(&key, &json->root, VARSIZE(json));
	return (SegText){key.data, key.len};
}

bool
chart_options_of_row(FunctionCallInfo fcinfo, int argno, bool is_first,
                     SegText *key)
{
	if (PG_NARGS() <= argno ||
	    (!is_first && argument_is_constant(fcinfo, argno)))
		return false;
	argument_refuse_null(fcinfo, argno, "options");
	*key = chart_options_key(PG_GETARG_DATUM(argno));
	return true;
}

void
chart_options_changed(void)
{
	segment_changed("options",
	                "Use GROUP BY to draw one chart for each value.");
}

/*
 * A list of texts in UTF-8.
 */
static SegTexts
list_to_utf8(const SegTexts *texts)
{
	int64_t *ends = palloc((texts->count + 1) * sizeof(int64_t));
	StringInfoData bytes;

	if (encoding_is_kept())
		return *texts;
	initStringInfo(&bytes);
	for (int64 i = 0; i < texts->count; i++)
	{
		SegText text = text_to_utf8(seg_texts_get(texts, i));

		appendBinaryStringInfo(&bytes, text.bytes, (int) text.length);
		ends[i] = bytes.len;
	}
	return (SegTexts){ends, bytes.data, texts->count};
}

void
chart_options_from_jsonb(Datum jsonb, SegChartOptions *options)
{
	SegText *const texts[] = {&options->title,
	                          &options->description,
	                          &options->x_label,
	                          &options->y_label,
	                          &options->x_unit,
	                          &options->y_unit};

	read_options(jsonb, options);
	for (int i = 0; i < lengthof(texts); i++)
		*texts[i] = text_to_utf8(*texts[i]);
	options->order = list_to_utf8(&options->order);
}

void
chart_options_read(SegText key, SegChartOptions *options)
{
	const char *json = "{}";

	if (key.bytes != NULL)
	{
		SegText text = {key.bytes + sizeof(uint32),
		                key.length - (int64) sizeof(uint32)};

		count_state_check_text(text);
		json = pnstrdup(text.bytes, (Size) text.length);
	}
	chart_options_from_jsonb(DirectFunctionCall1(jsonb_in,
	                                             CStringGetDatum(json)),
	                         options);
}
