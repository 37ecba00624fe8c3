CREATE FUNCTION forest_effects_trans(bytea, text, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_forest_effects_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_effects_trans(bytea, text, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_forest_effects_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_effects_trans(bytea, bigint, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_forest_effects_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_effects_trans(bytea, bigint, float8, float8, float8, jsonb) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_forest_effects_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_effects_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_forest_effects_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION forest_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_forest_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- forest_svg(label text | bigint, estimate float8, low float8, high float8
---   [, options jsonb]) -> text                                         since 0.1.0
---
--- Draws an estimate with its interval for each label, a forest plot, as one SVG.
---
--- Input        label     text or an integer type; cast others to text
---              estimate  the square
---              low,      the ends of the line: low is not above the estimate, high
---              high      not below it; NULL is not drawn; infinite, and with y_scale
---                        log a low of 0, is an arrow at the edge
---              options   of chart_options, the same for all rows
---              A row whose label or estimate is NULL is not shown; the chart says how
---              many there are; rows that are equal in all are one
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Reference    a line through all rows is at 0; with y_scale log, for ratios, at 1
--- Numbers      stand at the right where there is room, to so many digits as suit the
---              width of their interval
--- Order        the largest estimate first, see chart_options: rows of an aggregate
---              have no order of their own, label_order gives them one
--- Repeatable   any order and plan give the same bytes
--- Cost         one pass; 100 bytes for each label, and five times its text; parallel
---              and distributed plans
--- Errors       22003  an estimate is NaN or infinite, or an end NaN
---              22004  the options are NULL
---              22023  low is above the estimate, or high below it; different rows
---                     have the same label; y_scale is log and an estimate is not
---                     positive, or an end negative; an option is unknown or out of
---                     range, or options change
---              54000  more labels than the option limit; a chart above 16 MB; more
---                     labels than segment.training_memory has room for
CREATE AGGREGATE forest_svg(label text, estimate float8, low float8, high float8) (
	SFUNC = forest_effects_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = forest_effects_combine,
	FINALFUNC = forest_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_svg(label text, estimate float8, low float8, high float8, options jsonb) (
	SFUNC = forest_effects_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = forest_effects_combine,
	FINALFUNC = forest_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_svg(label bigint, estimate float8, low float8, high float8) (
	SFUNC = forest_effects_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = forest_effects_combine,
	FINALFUNC = forest_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE forest_svg(label bigint, estimate float8, low float8, high float8, options jsonb) (
	SFUNC = forest_effects_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = forest_effects_combine,
	FINALFUNC = forest_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE forest_svg(text, float8, float8, float8) IS 'forest plot';
COMMENT ON AGGREGATE forest_svg(text, float8, float8, float8, jsonb) IS 'forest plot';
COMMENT ON AGGREGATE forest_svg(bigint, float8, float8, float8) IS 'forest plot';
COMMENT ON AGGREGATE forest_svg(bigint, float8, float8, float8, jsonb) IS 'forest plot';
