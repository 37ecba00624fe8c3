CREATE FUNCTION scatter_svg_trans(bytea, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_trans(bytea, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_trans(bytea, float8, float8, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_trans(bytea, float8, float8, text, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_trans(bytea, float8, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_trans(bytea, float8, float8, bigint, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION grouped_scatter_svg_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_grouped_scatter_svg_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION grouped_scatter_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_grouped_scatter_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION scatter_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_scatter_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- scatter_svg(x float8, y float8 [, options jsonb]) -> text
--- grouped_scatter_svg(x float8, y float8, series text | bigint [, options jsonb])
---   -> text
---                                                                      since 0.1.0
---
--- Draws rows as points of a plane, or, if there are many, as cells whose shade says
--- how many rows they hold, as one SVG.
---
--- Input        x, y     numbers of each row; above 0 where their scale is log
---              series   the group of the row: text or an integer type; cast others to
---                       text
---              options  of chart_options, the same for all rows
---              A row with a NULL is not shown; the chart says how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Points       up to 4,000 rows; equal ones are a larger point. Groups have a color
---              and a shape
--- Cells        for more rows, 5 pixels wide and high at least; their shades are equal
---              ratios of counts, with a key. With groups, the color is that of the
---              group with most rows in the cell, and the shade is of all its rows
--- Centers      the mean of x and y of each group, as a large marker, with its name
---              where there is room
--- Groups       in the order of their labels; of more than eight the seven largest
---              are shown, and the others taken together
--- Repeatable   any order and plan give the same bytes: sums have twice the digits of
---              float8, enough while the sum of absolute values is below 1e15 times
---              the smallest of them. Cells of a log scale may differ between systems
---              whose log2 differs in its last bit
--- Cost         one pass; up to 4,000 rows are kept, then 40 bytes, with groups 80,
---              for each of up to 16,384 cells of a group, and twice its label;
---              parallel and distributed plans
--- Errors       22003  x or y is NaN or infinite
---              22004  the options are NULL
---              22023  x or y is not above 0 on a log scale; an option is unknown, out
---                     of range or not used, or options change
---              54000  more groups than segment.training_memory has room for
CREATE AGGREGATE scatter_svg(x float8, y float8) (
	SFUNC = scatter_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = scatter_svg_combine,
	FINALFUNC = scatter_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE scatter_svg(x float8, y float8, options jsonb) (
	SFUNC = scatter_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = scatter_svg_combine,
	FINALFUNC = scatter_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_scatter_svg(x float8, y float8, series text) (
	SFUNC = scatter_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = grouped_scatter_svg_combine,
	FINALFUNC = grouped_scatter_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_scatter_svg(x float8, y float8, series text, options jsonb) (
	SFUNC = scatter_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = grouped_scatter_svg_combine,
	FINALFUNC = grouped_scatter_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_scatter_svg(x float8, y float8, series bigint) (
	SFUNC = scatter_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = grouped_scatter_svg_combine,
	FINALFUNC = grouped_scatter_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_scatter_svg(x float8, y float8, series bigint, options jsonb) (
	SFUNC = scatter_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = grouped_scatter_svg_combine,
	FINALFUNC = grouped_scatter_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE scatter_svg(float8, float8) IS 'scatter plot';
COMMENT ON AGGREGATE scatter_svg(float8, float8, jsonb) IS 'scatter plot';
COMMENT ON AGGREGATE grouped_scatter_svg(float8, float8, text) IS 'scatter plot with groups';
COMMENT ON AGGREGATE grouped_scatter_svg(float8, float8, text, jsonb) IS 'scatter plot with groups';
COMMENT ON AGGREGATE grouped_scatter_svg(float8, float8, bigint) IS 'scatter plot with groups';
COMMENT ON AGGREGATE grouped_scatter_svg(float8, float8, bigint, jsonb) IS 'scatter plot with groups';
