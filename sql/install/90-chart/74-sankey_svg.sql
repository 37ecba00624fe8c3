CREATE FUNCTION sankey_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_sankey_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION path_sankey_svg_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_path_sankey_svg_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- sankey_svg(source text | bigint, target text | bigint, value float8
---   [, options jsonb]) -> text
--- path_sankey_svg(step bigint, source text | bigint, target text | bigint,
---   value float8 [, options jsonb]) -> text
---                                                                      since 0.1.0
---
--- Draws moves as ribbons that are as wide as their values, as one SVG: from sources
--- on the left to targets on the right, or along paths of several steps.
---
--- Input        step     from which column the move goes to the next one; the lowest
---                       step begins in the first column
---              source   text or an integer type; cast others to text
---              target   the same; a name may be on both sides, even in one move
---              value    how much moves, not negative; rows of the same move add up
---              options  of chart_options, the same for all rows, without layout
---              A row with a NULL is not shown; the chart says how many there are
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when no row is shown
--- Nodes        are as high as the sum of their moves; on paths as the larger of what
---              comes in and what goes out, so that what ends or begins there shows
--- Color        of the source; equal names have equal colors
--- Order        of the nodes in a column: label_order, if it is given, then as few
---              crossings as twelve sweeps find; sort value has the largest first,
---              and label is by label
--- Others       the smallest nodes of a column beyond the option limit are taken
---              together, below the others
--- Values of 0  are not drawn
--- Repeatable   any order and plan give the same bytes: sums have twice the digits of
---              float8, enough while the sum of values is below 1e15 times the
---              smallest of them
--- Cost         one pass; 100 bytes for each move, and five times its labels; the
---              picture takes time in proportion to its moves.  Parallel and
---              distributed plans
--- Source       Sugiyama, Tagawa, Toda (1981) for the order
--- Errors       22003  a value is NaN or infinite, or a sum beyond float8
---              22004  the options are NULL
---              22023  a value is negative; an option is unknown, out of range or
---                     not used, or options change
---              54000  more than 19 steps from the lowest to the highest; a chart
---                     above 16 MB; more labels than segment.training_memory
---                     has room for
CREATE AGGREGATE sankey_svg(source text, target text, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source text, target text, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source text, target bigint, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source text, target bigint, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source bigint, target text, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source bigint, target text, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source bigint, target bigint, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sankey_svg(source bigint, target bigint, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sankey_svg(text, text, float8) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(text, text, float8, jsonb) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(text, bigint, float8) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(text, bigint, float8, jsonb) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(bigint, text, float8) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(bigint, text, float8, jsonb) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(bigint, bigint, float8) IS 'moves from sources to targets as ribbons';
COMMENT ON AGGREGATE sankey_svg(bigint, bigint, float8, jsonb) IS 'moves from sources to targets as ribbons';
CREATE AGGREGATE path_sankey_svg(step bigint, source text, target text, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source text, target text, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source text, target bigint, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source text, target bigint, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source bigint, target text, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source bigint, target text, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source bigint, target bigint, value float8) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE path_sankey_svg(step bigint, source bigint, target bigint, value float8, options jsonb) (
	SFUNC = chart_amounts_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = chart_cells_combine,
	FINALFUNC = path_sankey_svg_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE path_sankey_svg(bigint, text, text, float8) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, text, text, float8, jsonb) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, text, bigint, float8) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, text, bigint, float8, jsonb) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, bigint, text, float8) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, bigint, text, float8, jsonb) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, bigint, bigint, float8) IS 'moves along paths of several steps as ribbons';
COMMENT ON AGGREGATE path_sankey_svg(bigint, bigint, bigint, float8, jsonb) IS 'moves along paths of several steps as ribbons';
