CREATE FUNCTION histogram_svg_trans(bytea, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_trans(bytea, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_trans(bytea, float8, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_trans(bytea, float8, text, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_trans(bytea, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_trans(bytea, float8, bigint, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION histogram_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_histogram_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- histogram_svg(x float8 [, options jsonb]) -> text
--- grouped_histogram_svg(x float8, series text | bigint [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws how many rows have values in each of some ranges, as one SVG.
---
--- Input        x        a number of each row
---              series   the group of the row: text or an integer type; cast others to
---                       text
---              options  of chart_options, the same for all rows
---              A row with a NULL is not shown; the chart says how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Bars         are 1, 2 or 5 times a power of ten wide and begin at a multiple of
---              that, which belongs to the bar; the upper end belongs to the next
---              one. Whole numbers, and others that are all round, have bars with the
---              value in their middle, if there are at most 40 or as many as wanted.
---              Each bar tells its range and its count when it is pointed at
--- Width        near that which gives option bins; without it, near the smaller one of
---              the rules of Sturges and of Freedman and Diaconis, as in NumPy's
---              "auto", up to about 80 bars
--- Groups       are panels above each other, in the order of their labels, with shares
---              of their rows; of more than eight the seven largest are shown, and
---              the others taken together
--- Repeatable   any order and plan give the same bytes
--- Exact        counts are of ranges between the float8 nearest to their ends; the
---              range of all rows has 1,000 to 10,000 cells, and a bar a whole number
---              of them. Values are told apart to 15 digits, or 12 beyond 1e22 or below
---              1e-7; sizes below 1e-300 are as 0
--- Cost         one pass; up to 4,000 rows are kept, then 40 bytes for each of up to
---              10,000 cells of a group, and twice its label; parallel and distributed
---              plans
--- Errors       22003  x is NaN or infinite
---              22004  the options are NULL
---              22023  an option is unknown, out of range or not used, or options
---                     change
---              54000  more groups than segment.training_memory has room for
--- Source       H. A. Sturges, "The choice of a class interval", JASA 21, 1926;
---              D. Freedman and P. Diaconis, "On the histogram as a density
---              estimator", 1981
CREATE AGGREGATE histogram_svg(x float8) (
	SFUNC = histogram_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = histogram_svg_combine,
	FINALFUNC = histogram_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE histogram_svg(x float8, options jsonb) (
	SFUNC = histogram_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = histogram_svg_combine,
	FINALFUNC = histogram_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_histogram_svg(x float8, series text) (
	SFUNC = histogram_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = histogram_svg_combine,
	FINALFUNC = histogram_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_histogram_svg(x float8, series text, options jsonb) (
	SFUNC = histogram_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = histogram_svg_combine,
	FINALFUNC = histogram_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_histogram_svg(x float8, series bigint) (
	SFUNC = histogram_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = histogram_svg_combine,
	FINALFUNC = histogram_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_histogram_svg(x float8, series bigint, options jsonb) (
	SFUNC = histogram_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = histogram_svg_combine,
	FINALFUNC = histogram_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE histogram_svg(float8) IS 'histogram';
COMMENT ON AGGREGATE histogram_svg(float8, jsonb) IS 'histogram';
COMMENT ON AGGREGATE grouped_histogram_svg(float8, text) IS 'histogram with groups';
COMMENT ON AGGREGATE grouped_histogram_svg(float8, text, jsonb) IS 'histogram with groups';
COMMENT ON AGGREGATE grouped_histogram_svg(float8, bigint) IS 'histogram with groups';
COMMENT ON AGGREGATE grouped_histogram_svg(float8, bigint, jsonb) IS 'histogram with groups';
