CREATE FUNCTION bar_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_bar_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- bar_svg(label text | bigint, value float8 [, options jsonb]) -> text
--- grouped_bar_svg(label text | bigint, series text | bigint, value float8 [, options jsonb])
---   -> text
---                                                                      since 0.1.0
---
--- Draws a bar for each label, or for each label and series, as one SVG.
---
--- Input        label    text or an integer type; cast others to text
---              series   the same; series have colors and a legend
---              value    the length of the bar; rows with the same label and series
---                       add up
---              options  of chart_options, the same for all rows
---              A row with a NULL is not shown; the chart says how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Order        the largest bar first, see chart_options; series by label
--- Others       labels beyond the option limit are added up; of more than eight series
---              the seven largest are shown, and the others added up
--- Repeatable   any order and plan give the same bytes: sums have twice the digits of
---              float8, enough while the sum of absolute values is below 1e15 times
---              the smallest of them
--- Cost         one pass; 100 bytes for each label and series, and five times their
---              text; parallel and distributed plans
--- Errors       22003  a value is NaN or infinite, or a sum beyond float8
---              22004  the options are NULL
---              22023  an option is unknown or out of range, or options change
---              54000  more labels than the option limit, with sort label; a chart
---                     above 16 MB; more labels than segment.training_memory
---                     has room for
CREATE AGGREGATE bar_svg(label text, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE bar_svg(label text, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE bar_svg(label bigint, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE bar_svg(label bigint, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label text, series text, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label text, series text, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label text, series bigint, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label text, series bigint, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label bigint, series text, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label bigint, series text, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label bigint, series bigint, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_bar_svg(label bigint, series bigint, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = bar_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bar_svg(text, float8) IS 'bar chart';
COMMENT ON AGGREGATE bar_svg(text, float8, jsonb) IS 'bar chart';
COMMENT ON AGGREGATE bar_svg(bigint, float8) IS 'bar chart';
COMMENT ON AGGREGATE bar_svg(bigint, float8, jsonb) IS 'bar chart';
COMMENT ON AGGREGATE grouped_bar_svg(text, text, float8) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(text, text, float8, jsonb) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(text, bigint, float8) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(text, bigint, float8, jsonb) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(bigint, text, float8) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(bigint, text, float8, jsonb) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(bigint, bigint, float8) IS 'bar chart with series';
COMMENT ON AGGREGATE grouped_bar_svg(bigint, bigint, float8, jsonb) IS 'bar chart with series';
