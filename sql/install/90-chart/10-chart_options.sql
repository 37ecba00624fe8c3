--- chart_options(…) -> jsonb                                             since 0.1.0
---
--- Builds the options of a chart by name; those left out keep their defaults.
---
---   option        default  range              meaning
---   title         none     1000 bytes         above the chart, and its name for
---                                             screen readers
---   description   built    10000 bytes        for those who cannot see the chart;
---                                             if left out, its main numbers
---   x_label       none     1000 bytes         what the labels are, or the numbers of x
---   y_label       none     1000 bytes         what the values are
---   x_unit        none     64 bytes           written after each number of x,
---                                             such as days
---   y_unit        none     64 bytes           written after each value, such as €
---   x_format,     number   number, percent    how numbers of x and values are
---   y_format                                  written; as a percent, 0.25 is 25%
---   x_scale,      linear   linear, log        equal steps are equal differences or
---   y_scale                                   equal ratios
---   width         640      240 to 4000        pixels from left to right
---   height        0        0 to 10000         pixels from top to bottom; 0, or too
---                                             few: as the content needs
---   colors        palette  #rrggbb, …         colors of the series; the palette is
---                                             one that color-blind readers tell
---                                             apart
---   label_order   none     texts              labels and series that come first, in
---                                             this order
---   sort          default  default, value,    order of the other labels: the largest
---                          label              value first, or by label, numbers by
---                                             value and other texts in byte order;
---                                             default: bars and forest plots by value,
---                                             maps by label, funnels by label if all
---                                             are whole numbers and else by value,
---                                             nodes of a Sankey with few crossings.
---                                             Series are by label
---   layout        grouped  grouped, stacked,  series side by side, on each other, or
---                          share              as shares of the whole
---   theme         auto     auto, light, dark  light or dark as the reader's system
---                                             is, or always the same
---   limit         30       1 to 1000          bars, or nodes of a column, that are
---                                             shown: the smallest others are added
---                                             up; leaves of a tree or dendrogram: no
---                                             others are opened; columns, rows, steps
---                                             or effects: more are an error, and so
---                                             are bars with sort label
---   bins          0        0 to 200           bars of a histogram, about so many;
---                                             0: as suits the rows
---   steps         false    true, false        whether a line keeps its value until
---                                             the next point
---   Title, description, width, height and theme suit every chart. It refuses an
---   option that it does not use, unless that has its default
---
--- Output       jsonb, checked by the chart; it can also be written by hand:
---              '{"title": "Revenue", "y_unit": "€"}'
CREATE FUNCTION chart_options(
	title text DEFAULT NULL,
	description text DEFAULT NULL,
	x_label text DEFAULT NULL,
	y_label text DEFAULT NULL,
	x_unit text DEFAULT NULL,
	y_unit text DEFAULT NULL,
	x_format text DEFAULT NULL,
	y_format text DEFAULT NULL,
	x_scale text DEFAULT NULL,
	y_scale text DEFAULT NULL,
	width bigint DEFAULT NULL,
	height bigint DEFAULT NULL,
	colors text[] DEFAULT NULL,
	label_order text[] DEFAULT NULL,
	sort text DEFAULT NULL,
	layout text DEFAULT NULL,
	theme text DEFAULT NULL,
	"limit" bigint DEFAULT NULL,
	bins bigint DEFAULT NULL,
	steps boolean DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'title', title, 'description', description, 'x_label', x_label, 'y_label', y_label,
		'x_unit', x_unit, 'y_unit', y_unit, 'x_format', x_format, 'y_format', y_format,
		'x_scale', x_scale, 'y_scale', y_scale,
		'width', width, 'height', height, 'colors', colors, 'label_order', label_order,
		'sort', sort, 'layout', layout, 'theme', theme, 'limit', "limit",
		'bins', bins, 'steps', steps));
COMMENT ON FUNCTION chart_options(text, text, text, text, text, text, text, text, text, text, bigint, bigint, text[], text[], text, text, text, bigint, bigint, boolean) IS
	'options of a chart by name';

CREATE FUNCTION chart_cells_trans(bytea, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, text, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, text, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, text, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, text, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, bigint, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, bigint, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, bigint, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_trans(bytea, bigint, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_cells_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_cells_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
