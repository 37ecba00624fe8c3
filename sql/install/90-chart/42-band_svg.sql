CREATE FUNCTION band_svg_trans(bytea, float8, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_float8_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, float8, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_float8_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, float8, text, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_float8_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, float8, text, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_float8_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, float8, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_float8_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, float8, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_float8_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamp, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamp_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamp, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamp_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamp, text, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamp_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamp, text, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamp_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamp, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamp_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamp, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamp_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, date, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_date_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, date, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_date_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, date, text, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_date_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, date, text, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_date_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, date, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_date_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, date, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_date_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamptz, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamptz_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamptz, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamptz_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamptz, text, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamptz_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamptz, text, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamptz_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamptz, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamptz_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION band_svg_trans(bytea, timestamptz, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_band_svg_timestamptz_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
-- the time zone of the session
CREATE FUNCTION band_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_band_svg_final' LANGUAGE C STABLE PARALLEL SAFE;

--- band_svg(x float8 | date | timestamp | timestamptz, y float8, low float8, high float8
---   [, options jsonb]) -> text
--- grouped_band_svg(x float8 | date | timestamp | timestamptz, series text | bigint,
---   y float8, low float8, high float8 [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws lines with an interval around each, as one SVG.
---
--- Input        x, series, y, options  as for line_svg; x and series occur in one row
---              low      the interval of y; where one of them is NULL, it is not
---              high     known, and the line has none
---              A row without x, series or y is not shown; the chart says how many
---              there are.  Where y is NULL, the line has a gap
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Time, Series, Axis of y, Points, Cost  as for line_svg; the axis of y has room for
---              the intervals
--- Repeatable   any order and plan give the same bytes
--- Errors       22003  a number is NaN or infinite
---              22004  the options are NULL
---              22023  low is above high; an x and series have two rows; an option is
---                     unknown, out of range or does not suit, or options change; a
---                     number is not positive on an axis with scale log
---              54000  more points than segment.training_memory has room for
CREATE AGGREGATE band_svg(x float8, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x float8, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x float8, series text, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x float8, series text, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x float8, series bigint, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x float8, series bigint, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x timestamp, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x timestamp, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamp, series text, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamp, series text, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamp, series bigint, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamp, series bigint, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x date, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x date, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x date, series text, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x date, series text, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x date, series bigint, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x date, series bigint, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x timestamptz, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE band_svg(x timestamptz, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamptz, series text, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamptz, series text, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamptz, series bigint, y float8, low float8, high float8) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_band_svg(x timestamptz, series bigint, y float8, low float8, high float8, options jsonb) (
	SFUNC = band_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = band_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE band_svg(float8, float8, float8, float8) IS 'lines with intervals';
COMMENT ON AGGREGATE band_svg(float8, float8, float8, float8, jsonb) IS 'lines with intervals';
COMMENT ON AGGREGATE grouped_band_svg(float8, text, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(float8, text, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(float8, bigint, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(float8, bigint, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE band_svg(timestamp, float8, float8, float8) IS 'lines with intervals';
COMMENT ON AGGREGATE band_svg(timestamp, float8, float8, float8, jsonb) IS 'lines with intervals';
COMMENT ON AGGREGATE grouped_band_svg(timestamp, text, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(timestamp, text, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(timestamp, bigint, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(timestamp, bigint, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE band_svg(date, float8, float8, float8) IS 'lines with intervals';
COMMENT ON AGGREGATE band_svg(date, float8, float8, float8, jsonb) IS 'lines with intervals';
COMMENT ON AGGREGATE grouped_band_svg(date, text, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(date, text, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(date, bigint, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(date, bigint, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE band_svg(timestamptz, float8, float8, float8) IS 'lines with intervals';
COMMENT ON AGGREGATE band_svg(timestamptz, float8, float8, float8, jsonb) IS 'lines with intervals';
COMMENT ON AGGREGATE grouped_band_svg(timestamptz, text, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(timestamptz, text, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(timestamptz, bigint, float8, float8, float8) IS 'lines with intervals of each series';
COMMENT ON AGGREGATE grouped_band_svg(timestamptz, bigint, float8, float8, float8, jsonb) IS 'lines with intervals of each series';
