CREATE FUNCTION heatmap_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_heatmap_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- heatmap_svg(x text | bigint, y text | bigint, value float8 [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws a table of cells, one for each x and y, whose color says how large the
--- value is, as one SVG.
---
--- Input        x        the column: text or an integer type; cast others to text
---              y        the row, the same
---              value    what the cell shows; rows with the same x and y add up
---              options  of chart_options, the same for all rows
---              A row with a NULL is not shown; the chart says how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Color        from light to dark, or on dark paper from dark to light; with values
---              of both signs, orange below 0 and blue above
--- Numbers      stand in the cells if all of them fit; three digits of the largest count,
---              and the others end at the same digit
--- Empty cells  pairs of x and y without a row
--- Order        by label, numbers by value and other texts in byte order; label_order
---              is of both sides, sort value orders columns by their sums
--- Repeatable   any order and plan give the same bytes: sums have twice the digits of
---              float8, enough while the sum of absolute values is below 1e15 times
---              the smallest of them
--- Cost         one pass; 100 bytes for each cell, and five times its labels;
---              parallel and distributed plans
--- Errors       22003  a value is NaN or infinite, or a sum beyond float8
---              22004  the options are NULL
---              22023  an option is unknown or out of range, or options change
---              54000  more columns or rows than the option limit; a chart above
---                     16 MB; more labels than segment.training_memory has room
---                     for
CREATE AGGREGATE heatmap_svg(x text, y text, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x text, y text, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x text, y bigint, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x text, y bigint, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x bigint, y text, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x bigint, y text, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x bigint, y bigint, value float8) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE heatmap_svg(x bigint, y bigint, value float8, options jsonb) (
	SFUNC = chart_cells_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = heatmap_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE heatmap_svg(text, text, float8) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(text, text, float8, jsonb) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(text, bigint, float8) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(text, bigint, float8, jsonb) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(bigint, text, float8) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(bigint, text, float8, jsonb) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(bigint, bigint, float8) IS 'heat map';
COMMENT ON AGGREGATE heatmap_svg(bigint, bigint, float8, jsonb) IS 'heat map';
