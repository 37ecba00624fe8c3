/*-------------------------------------------------------------------------
 *
 * chart_style.c
 *	  Colours and hatches of charts.
 *
 * Colours of series are those of M. Okabe and K. Ito, "Color Universal Design",
 * 2008, which people with any common colour vision tell apart, and lighter ones of
 * the same hue on dark paper.
 *
 * Several charts may stand in one page, where the rules of each apply to all. So
 * every class says what it means: the theme, or a colour that the user chose.
 *
 * src/draw/chart_style.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/chart_style.h"

#include <math.h>
#include <string.h>

#include "draw/line_style.h"

#define FONT "Arial,Helvetica,'Liberation Sans','DejaVu Sans',sans-serif"

typedef struct Palette
{
	const char *paper;
	const char *ink;
	const char *soft; /* less important text */
	const char *grid;
	const char *series[SEG_SERIES_COLORS];
	const char *ramps[2][SEG_RAMP_STEPS];
	const char *dark_text; /* on a color of a ramp */
	const char *light_text;
	const char *texts[2]; /* for each step: 'd' or 'l', the one to take */
} Palette;

static const Palette light = {.paper = "#ffffff",
                              .ink = "#1f2328",
                              .soft = "#59636e",
                              .grid = "#d8dee4",
                              .series = {"#0072b2",
                                         "#d55e00",
                                         "#009e73",
                                         "#cc79a7",
                                         "#e69f00",
                                         "#56b4e9",
                                         "#6e5494",
                                         "#7f7f7f"},
                              .ramps = {{"#e3eef9",
                                         "#d3e3f3",
                                         "#bdd7ec",
                                         "#99c7e0",
                                         "#6baed6",
                                         "#4292c6",
                                         "#2171b5",
                                         "#08519c",
                                         "#08306b"},
                                        {"#b35806",
                                         "#e08214",
                                         "#fdb863",
                                         "#fee0b6",
                                         "#e8e8e8",
                                         "#d1e5f0",
                                         "#92c5de",
                                         "#4393c3",
                                         "#2166ac"}},
                              .dark_text = "#1f2328",
                              .light_text = "#ffffff",
                              .texts = {"ddddddlll", "ldddddddl"}};

static const Palette dark = {.paper = "#0d1117",
                             .ink = "#e6edf3",
                             .soft = "#9da7b3",
                             .grid = "#30363d",
                             .series = {"#4aa3df",
                                        "#f0883e",
                                        "#2fbf92",
                                        "#e4a1c6",
                                        "#f2b94b",
                                        "#9bd3f5",
                                        "#b39ddb",
                                        "#b0b0b0"},
                             .ramps = {{"#17365c",
                                        "#1a4070",
                                        "#1d4d84",
                                        "#205a97",
                                        "#2a67a6",
                                        "#5b9bd8",
                                        "#7ab3e3",
                                        "#a6cff0",
                                        "#d3e8fa"},
                                       {"#ffb77a",
                                        "#d9812f",
                                        "#9a5a1e",
                                        "#5a3a1c",
                                        "#22272e",
                                        "#1c3a5a",
                                        "#205a97",
                                        "#4f94d4",
                                        "#a6cff0"}},
                             .dark_text = "#0d1117",
                             .light_text = "#ffffff",
                             .texts = {"llllldddd", "ddllllldd"}};

const char *
seg_chart_class(const SegChartOptions *options)
{
	static const char *const classes[] = {[SEG_THEME_AUTO] = "segment-auto",
	                                      [SEG_THEME_LIGHT] = "segment-light",
	                                      [SEG_THEME_DARK] = "segment-dark"};

	return classes[options->theme];
}

/*
 * .theme .class{property:value}
 */
static void
put_rule(SegSvg *svg, const char *theme, const char *class,
         const char *property, const char *value)
{
	const char *const pieces[] =
		{".", theme, " .", class, "{", property, ":", value, "}\n"};

	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
		seg_svg_put(svg, pieces[i]);
}

SegRampClass
seg_ramp_class(SegChartRamp ramp, int step)
{
	char letter = ramp == SEG_RAMP_ONE_SIDE ? 'r' : 'v';
	char digit = (char) ('0' + step);

	return (SegRampClass){.fill = {letter, digit},
	                      .text = {'t', letter, digit}};
}

SegChartRamp
seg_ramp_for(double *low, double *high)
{
	double most = fmax(-*low, *high);

	if (*low >= 0 || *high <= 0)
		return SEG_RAMP_ONE_SIDE;
	*low = -most;
	*high = most;
	return SEG_RAMP_TWO_SIDES;
}

int
seg_ramp_step(double low, double high, double value)
{
	double range = high / 2 - low / 2; /* the whole may be beyond a double */
	double share = range > 0 ? (value / 2 - low / 2) / range : 0.5;

	return (int) fmin(share * SEG_RAMP_STEPS, SEG_RAMP_STEPS - 1);
}

static void
put_ramp(SegSvg *svg, const char *theme, const Palette *palette,
         SegChartRamp ramp)
{
	for (int i = 0; i < SEG_RAMP_STEPS; i++)
	{
		SegRampClass class = seg_ramp_class(ramp, i);
		bool is_dark = palette->texts[ramp - 1][i] == 'd';

		put_rule(svg, theme, class.fill, "fill", palette->ramps[ramp - 1][i]);
		put_rule(svg,
		         theme,
		         class.text,
		         "fill",
		         is_dark ? palette->dark_text : palette->light_text);
	}
}

/*
 * What all lines have, whatever the paper.
 */
static void
put_line_rules(SegChart *chart)
{
	const char *theme = seg_chart_class(chart->options);
	SegSvg *svg = &chart->svg;
	char class[] = "d0";

	put_rule(svg, theme, "line", "fill", "none");
	put_rule(svg, theme, "line", "stroke-width", "2");
	put_rule(svg, theme, "line", "stroke-linejoin", "round");
	put_rule(svg, theme, "band", "opacity", "0.22");
	for (int i = 0; i < chart->series_count && i < SEG_SERIES_COLORS; i++)
	{
		class[1] = (char) ('0' + i);
		if (seg_line_dashes(i) != NULL)
			put_rule(svg, theme, class, "stroke-dasharray", seg_line_dashes(i));
	}
}

static void
put_palette(SegChart *chart, const Palette *palette)
{
	const char *theme = seg_chart_class(chart->options);
	int64_t colors = chart->colors > 0 ? chart->colors : chart->series_count;
	SegSvg *svg = &chart->svg;
	char class[] = "s0";

	put_rule(svg, theme, "paper", "fill", palette->paper);
	put_rule(svg, theme, "ink", "fill", palette->ink);
	put_rule(svg, theme, "soft", "fill", palette->soft);
	put_rule(svg, theme, "grid", "stroke", palette->grid);
	put_rule(svg, theme, "axis", "stroke", palette->soft);
	if (chart->series_count > 1 && chart->legend == SEG_LEGEND_BOXES)
		put_rule(svg, theme, "hatch", "stroke", palette->paper);
	if (chart->colors > 0)
		put_rule(svg, theme, "halo", "stroke", palette->paper);
	for (int i = 0; i < colors && i < SEG_SERIES_COLORS; i++)
	{
		char line[] = {'l', (char) ('0' + i), '\0'};

		class[1] = (char) ('0' + i);
		put_rule(svg, theme, class, "fill", palette->series[i]);
		if (seg_legend_has_lines(chart->legend))
			put_rule(svg, theme, line, "stroke", palette->series[i]);
	}
	if (chart->ramp != SEG_RAMP_NONE)
		put_ramp(svg, theme, palette, chart->ramp);
}

/*
 * A color is "#rrggbb".
 */
static void
put_own_color(SegChart *chart, int64_t i)
{
	const SegChartOptions *options = chart->options;
	char class[SEG_CLASS_ROOM];
	char line[SEG_LINE_CLASS_ROOM];
	char color[8] = "#";

	seg_series_class(options, i, class);
	memcpy(color + 1, class + 2, 6);
	put_rule(&chart->svg, seg_chart_class(options), class, "fill", color);
	if (!seg_legend_has_lines(chart->legend))
		return;
	seg_stroke_class(options, i, line);
	put_rule(&chart->svg, seg_chart_class(options), line, "stroke", color);
}

void
seg_chart_put_style(SegChart *chart)
{
	const SegChartOptions *options = chart->options;
	const char *theme = seg_chart_class(options);
	SegSvg *svg = &chart->svg;

	seg_svg_put(svg, "<style>\n.");
	seg_svg_put(svg, theme);
	seg_svg_put(svg, "{font:12px " FONT "}\n");
	put_rule(svg, theme, "heading", "font-size", "16px");
	if (chart->series_count > 1 && chart->legend == SEG_LEGEND_BOXES)
		put_rule(svg, theme, "hatch", "opacity", "0.6");
	if (chart->colors > 0)
		put_rule(svg, theme, "halo", "paint-order", "stroke;stroke-width:3px");
	if (seg_legend_has_lines(chart->legend))
		put_line_rules(chart);
	put_palette(chart, options->theme == SEG_THEME_DARK ? &dark : &light);
	if (options->theme == SEG_THEME_AUTO)
	{
		seg_svg_put(svg, "@media (prefers-color-scheme:dark){\n");
		put_palette(chart, &dark);
		seg_svg_put(svg, "}\n");
	}
	for (int64_t i = 0; i < options->colors.count; i++)
		put_own_color(chart, i);
	seg_svg_put(svg, "</style>\n");
}

void
seg_series_class(const SegChartOptions *options, int64_t series,
                 char class[SEG_CLASS_ROOM])
{
	memset(class, 0, SEG_CLASS_ROOM);
	if (options->colors.count == 0)
	{
		class[0] = 's';
		class[1] = (char) ('0' + series % SEG_SERIES_COLORS);
		return;
	}
	memcpy(class, "c-", 2);
	memcpy(class + 2,
	       seg_texts_get(&options->colors, series % options->colors.count).bytes +
	           1,
	       6);
}

/* ---------- hatches ---------- */

static const char *const hatches[] =
	{"",
     "<pattern id=\"segment-hatch-1\" width=\"6\" height=\"6\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M-1 1L1-1M0 6L6 0M5 7L7 5\"/></pattern>\n",
     "<pattern id=\"segment-hatch-2\" width=\"6\" height=\"6\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M3 0V6\"/></pattern>\n",
     "<pattern id=\"segment-hatch-3\" width=\"6\" height=\"6\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M-1 5L1 7M0 0L6 6M5-1L7 1\"/></pattern>\n",
     "<pattern id=\"segment-hatch-4\" width=\"6\" height=\"6\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M0 3H6\"/></pattern>\n",
     "<pattern id=\"segment-hatch-5\" width=\"8\" height=\"8\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M0 4H8M4 0V8\"/></pattern>\n",
     "<pattern id=\"segment-hatch-6\" width=\"8\" height=\"8\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M0 0L8 8M8 0L0 8\"/></pattern>\n",
     "<pattern id=\"segment-hatch-7\" width=\"5\" height=\"5\" "
     "patternUnits=\"userSpaceOnUse\">"
     "<path class=\"hatch\" d=\"M1.5 2.5H3.5\"/></pattern>\n"};

#define HATCHES ((int64_t) (sizeof(hatches) / sizeof(hatches[0])))

void
seg_chart_put_hatches(SegSvg *svg, int64_t series_count)
{
	if (series_count < 2)
		return;
	seg_svg_open(svg, "defs", NULL);
	for (int64_t i = 1; i < series_count && i < HATCHES; i++)
		seg_svg_put(svg, hatches[i]);
	seg_svg_close(svg, "defs");
}

void
seg_chart_put_hatch(SegSvg *svg, int64_t series, SegBox box)
{
	char fill[] = "<g fill=\"url(#segment-hatch-0)\">";

	if (series % HATCHES == 0)
		return;
	*strchr(fill, '0') = (char) ('0' + series % HATCHES);
	seg_svg_put(svg, fill);
	seg_svg_rect(svg, NULL, box);
	seg_svg_close(svg, "g");
}
