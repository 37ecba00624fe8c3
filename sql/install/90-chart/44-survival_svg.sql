CREATE FUNCTION survival_svg_trans(bytea, float8, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_survival_svg_float8_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION survival_svg_trans(bytea, float8, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_survival_svg_float8_none_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION survival_svg_trans(bytea, float8, text, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_survival_svg_float8_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION survival_svg_trans(bytea, float8, text, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_survival_svg_float8_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION survival_svg_trans(bytea, float8, bigint, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_survival_svg_float8_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION survival_svg_trans(bytea, float8, bigint, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_survival_svg_float8_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION survival_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_survival_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- survival_svg(time float8, censored bigint, survival float8, low float8, high float8
---   [, options jsonb]) -> text
--- grouped_survival_svg(time float8, series text | bigint, censored bigint,
---   survival float8, low float8, high float8 [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws survival curves, from 1 at time 0, as steps with their intervals, as one SVG:
--- time, censored, survival, ci_low and ci_high of survival_curve.
---
--- Input        time      since the start, in any unit; one row for each time, or for
---                        each time and series
---              series    text or an integer type; cast others to text
---              censored  how many were observed no longer than this: above 0, a tick
---                        stands across the curve; NULL is 0
---              survival  the share that is still there, from this time on
---              low       the interval of survival; where one of them is NULL, the
---              high      curve has none
---              options   of chart_options, the same for all rows
---              A row without time, series or survival is not shown; the chart says
---              how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Axis of y    from 0 to 100 %
--- Series, Points, Repeatable, Cost  as for band_svg
--- Errors       22003  a number is NaN or infinite
---              22004  the options are NULL
---              22023  time or censored is negative; survival, low or high is not
---                     between 0 and 1; low is above high; a time and series have two
---                     rows; an option is unknown, out of range or does not suit, or
---                     options change
---              54000  more points than segment.training_memory has room for
CREATE AGGREGATE survival_svg("time" float8, censored bigint, survival float8, low float8, high float8) (
	SFUNC = survival_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = survival_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE survival_svg("time" float8, censored bigint, survival float8, low float8, high float8, options jsonb) (
	SFUNC = survival_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = survival_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_survival_svg("time" float8, series text, censored bigint, survival float8, low float8, high float8) (
	SFUNC = survival_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = survival_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_survival_svg("time" float8, series text, censored bigint, survival float8, low float8, high float8, options jsonb) (
	SFUNC = survival_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = survival_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_survival_svg("time" float8, series bigint, censored bigint, survival float8, low float8, high float8) (
	SFUNC = survival_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = survival_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE grouped_survival_svg("time" float8, series bigint, censored bigint, survival float8, low float8, high float8, options jsonb) (
	SFUNC = survival_svg_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = line_svg_combine,
	FINALFUNC = survival_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE survival_svg(float8, bigint, float8, float8, float8) IS 'survival curves';
COMMENT ON AGGREGATE survival_svg(float8, bigint, float8, float8, float8, jsonb) IS 'survival curves';
COMMENT ON AGGREGATE grouped_survival_svg(float8, text, bigint, float8, float8, float8) IS 'survival curves of each series';
COMMENT ON AGGREGATE grouped_survival_svg(float8, text, bigint, float8, float8, float8, jsonb) IS 'survival curves of each series';
COMMENT ON AGGREGATE grouped_survival_svg(float8, bigint, bigint, float8, float8, float8) IS 'survival curves of each series';
COMMENT ON AGGREGATE grouped_survival_svg(float8, bigint, bigint, float8, float8, float8, jsonb) IS 'survival curves of each series';
