CREATE FUNCTION chart_amounts_trans(bytea, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, text, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, text, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, text, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, text, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, text, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, text, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, text, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, text, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, bigint, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, bigint, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, bigint, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION chart_amounts_trans(bytea, bigint, bigint, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_chart_amounts_bigint_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION funnel_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_funnel_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION grouped_funnel_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_grouped_funnel_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- funnel_svg(step text | bigint, users float8 [, options jsonb]) -> text
--- grouped_funnel_svg(step text | bigint, series text | bigint, users float8
---   [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws the steps of a funnel and how many came so far: of the step before, and of
--- the first one.  grouped_funnel_svg has a funnel for each series, such as a
--- channel, and compares the shares of their first steps.
---
--- Input        step     text or an integer type; cast others to text
---              series   the same; series have colors and a legend
---              users    how many reached the step, not negative; rows with the same
---                       step and series add up
---              options  of chart_options, the same for all rows, without layout
---              A row with a NULL is not shown; the chart says how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Order        label_order, if it is given; then whole numbers by value.  If a step
---              is not a whole number: the largest first, equal ones by label, as a
---              funnel only falls.  sort label is by label
--- Percents     to a tenth, or to four digits below 0.1%.  A step with more users
---              than the one before has more than 100%; nothing is said as a share
---              of 0
--- Bars         of funnel_svg are users; of grouped_funnel_svg shares of the first
---              step of their series.  A step without a row in a series has 0 users
--- Others       of more than eight series the seven largest are shown, and the others
---              added up
--- Repeatable   any order and plan give the same bytes: sums have twice the digits of
---              float8, enough while the sum of values is below 1e15 times the
---              smallest of them
--- Cost         one pass; 100 bytes for each step and series, and five times their
---              text; parallel and distributed plans
--- Errors       22003  a value is NaN or infinite, or a sum beyond float8
---              22004  the options are NULL
---              22023  a value is negative; an option is unknown, out of range or
---                     not used, or options change
---              54000  more steps than the option limit; a chart above 16 MB; more
---                     labels than segment.training_memory has room for
CREATE AGGREGATE funnel_svg(step text, users float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_svg(step text, users float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_svg(step bigint, users float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_svg(step bigint, users float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_svg(text, float8) IS 'funnel with conversion from step to step';
COMMENT ON AGGREGATE funnel_svg(text, float8, jsonb) IS 'funnel with conversion from step to step';
COMMENT ON AGGREGATE funnel_svg(bigint, float8) IS 'funnel with conversion from step to step';
COMMENT ON AGGREGATE funnel_svg(bigint, float8, jsonb) IS 'funnel with conversion from step to step';
CREATE AGGREGATE grouped_funnel_svg(step text, series text, users float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step text, series text, users float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step text, series bigint, users float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step text, series bigint, users float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step bigint, series text, users float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step bigint, series text, users float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step bigint, series bigint, users float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_funnel_svg(step bigint, series bigint, users float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = grouped_funnel_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grouped_funnel_svg(text, text, float8) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(text, text, float8, jsonb) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(text, bigint, float8) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(text, bigint, float8, jsonb) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(bigint, text, float8) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(bigint, text, float8, jsonb) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(bigint, bigint, float8) IS 'funnels side by side';
COMMENT ON AGGREGATE grouped_funnel_svg(bigint, bigint, float8, jsonb) IS 'funnels side by side';
