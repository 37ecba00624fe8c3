CREATE FUNCTION line_svg_trans(bytea, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_float8_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_float8_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, float8, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_float8_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, float8, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_float8_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, float8, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_float8_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, float8, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_float8_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamp, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamp_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamp, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamp_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamp, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamp_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamp, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamp_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamp, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamp_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamp, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamp_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, date, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_date_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, date, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_date_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, date, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_date_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, date, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_date_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, date, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_date_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, date, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_date_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamptz, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamptz_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamptz, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamptz_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamptz, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamptz_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamptz, text, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamptz_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamptz, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamptz_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_trans(bytea, timestamptz, bigint, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_timestamptz_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION line_svg_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_line_svg_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
-- the time zone of the session
CREATE FUNCTION line_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_line_svg_final' LANGUAGE C STABLE PARALLEL SAFE;

--- line_svg(x float8 | date | timestamp | timestamptz, y float8 [, options jsonb]) -> text
--- grouped_line_svg(x float8 | date | timestamp | timestamptz, series text | bigint,
---   y float8 [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws a line, or one for each series, over numbers or time, as one SVG.
---
--- Input        x        a number, or a time
---              series   text or an integer type; cast others to text
---              y        rows with the same x and series add up
---              options  of chart_options, the same for all rows
---              A row with a NULL is not shown; the chart says how many there are.
---              Where y is NULL in all rows of an x and series, the line has a gap
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Time         a timestamptz is shown in the session's time zone; in the hour that
---              clocks repeat in autumn, the line goes back
--- Series       have a color, dashes and, up to 20 points each, markers; their names
---              stand at the right ends of the lines, or in a legend where they do
---              not fit there.  Beyond eight, those of the largest sum of absolute
---              values are shown, and the chart says how many are not; those of
---              label_order come first
--- Axis of y    from 0, if no value is below and the smallest is at most half of the
---              largest; with y_scale log, all values must be positive
--- Points       of those in one column of pixels, the first, lowest, highest and last
---              are drawn
--- Repeatable   any order and plan give the same bytes: sums have twice the digits of
---              float8, enough while the sum of absolute values is below 1e15 times
---              the smallest of them
--- Cost         one pass; up to 150 bytes for each x and series, and the name of the
---              series; parallel and distributed plans
--- Errors       22003  x or y is NaN or infinite, or a sum beyond float8
---              22004  the options are NULL
---              22023  an option is unknown, out of range or does not suit, or options
---                     change; a number is not positive on an axis with scale log
---              54000  more points than segment.training_memory has room for
CREATE AGGREGATE line_svg(x float8, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x float8, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x float8, series text, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x float8, series text, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x float8, series bigint, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x float8, series bigint, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x timestamp, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x timestamp, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamp, series text, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamp, series text, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamp, series bigint, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamp, series bigint, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x date, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x date, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x date, series text, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x date, series text, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x date, series bigint, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x date, series bigint, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x timestamptz, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE line_svg(x timestamptz, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamptz, series text, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamptz, series text, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamptz, series bigint, y float8) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_line_svg(x timestamptz, series bigint, y float8, options jsonb) (
	SFUNC = line_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = line_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE line_svg(float8, float8) IS 'line chart';
COMMENT ON AGGREGATE line_svg(float8, float8, jsonb) IS 'line chart';
COMMENT ON AGGREGATE grouped_line_svg(float8, text, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(float8, text, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(float8, bigint, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(float8, bigint, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE line_svg(timestamp, float8) IS 'line chart';
COMMENT ON AGGREGATE line_svg(timestamp, float8, jsonb) IS 'line chart';
COMMENT ON AGGREGATE grouped_line_svg(timestamp, text, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(timestamp, text, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(timestamp, bigint, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(timestamp, bigint, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE line_svg(date, float8) IS 'line chart';
COMMENT ON AGGREGATE line_svg(date, float8, jsonb) IS 'line chart';
COMMENT ON AGGREGATE grouped_line_svg(date, text, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(date, text, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(date, bigint, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(date, bigint, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE line_svg(timestamptz, float8) IS 'line chart';
COMMENT ON AGGREGATE line_svg(timestamptz, float8, jsonb) IS 'line chart';
COMMENT ON AGGREGATE grouped_line_svg(timestamptz, text, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(timestamptz, text, float8, jsonb) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(timestamptz, bigint, float8) IS 'line chart with series';
COMMENT ON AGGREGATE grouped_line_svg(timestamptz, bigint, float8, jsonb) IS 'line chart with series';
