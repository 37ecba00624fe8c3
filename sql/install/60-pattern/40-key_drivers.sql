--- type key_driver                                                       since 0.1.0
---
--- What key_drivers says of one combination of attributes.
CREATE TYPE key_driver AS (
	attributes text[], test float8, control float8, difference float8, relative_difference float8,
	unexpected_difference float8, contribution float8, share_of_change float8, support float8
);
COMMENT ON TYPE key_driver IS 'the part of a combination of attributes in a change';

--- key_drivers_options(min_support float8, max_length bigint, max_results bigint,
---                     rank_by text, keep_redundant boolean) -> jsonb   since 0.1.0
---
--- Builds the options of key_drivers by name; those left out keep their defaults.
---
---   option          default       range     meaning
---   min_support     0.01          0 to 1    share of the measure that a combination
---                                           must have
---   max_length      3             0 to 1e6  maximum attributes in a combination; 0:
---                                           any number
---   max_results     20            0 to 1e9  maximum combinations in the result; 0:
---                                           all
---   rank_by         contribution            what is largest, whatever its sign, comes
---                                           first: contribution,
---                                           unexpected_difference or
---                                           relative_difference
---   keep_redundant  false                   also combinations that say the same as
---                                           one with an attribute less
CREATE FUNCTION key_drivers_options(
	min_support float8 DEFAULT NULL,
	max_length bigint DEFAULT NULL,
	max_results bigint DEFAULT NULL,
	rank_by text DEFAULT NULL,
	keep_redundant boolean DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'min_support', min_support, 'max_length', max_length, 'max_results', max_results,
		'rank_by', rank_by, 'keep_redundant', keep_redundant));
COMMENT ON FUNCTION key_drivers_options(float8, bigint, bigint, text, boolean) IS 'options of key_drivers by name';

CREATE FUNCTION key_drivers_trans(internal, text[], float8, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_key_drivers_sum_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION key_drivers_trans(internal, text[], float8, boolean, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_key_drivers_sum_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION key_drivers_final(internal) RETURNS key_driver[]
	AS 'MODULE_PATHNAME', 'segment_key_drivers_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- key_drivers(attributes text[], measure float8, is_test boolean
---             [, options jsonb]) -> key_driver[]
---                                                                      since 0.1.0
---
--- Which combinations of attributes explain the change of a sum between two groups of
--- rows, such as last month and this month.  unnest gives them as rows.
---
--- Input        attributes  of the row, such as 'country=AT'; each counts once, and
---                          NULL ones are left out
---              measure     to be summed up
---              is_test     true: a row of the test group; false: of the control group
---              options     see key_drivers_options
---              a row with a NULL in another argument is skipped
--- Output       first all rows, with no attributes; then the combinations with enough
---              support, the most important first, ties: the shorter first, then in
---              byte order.  NULL when no row was seen.  A number that would divide
---              by zero, or be too large, is NULL
---              attributes  ascending in byte order
---              test, control  the sum in the rows that have all the attributes
---              difference  test - control
---              relative_difference  difference / control
---              unexpected_difference  test - control * t / c, where t and c are the
---                          sums of the other rows: what would be left if the
---                          combination had changed as they did
---              contribution  part in the change of the sum of all rows: difference
---              share_of_change  contribution / the change of the sum of all rows
---              support     share of the measure that the combination has in the group
---                          where that is larger.  Rows with the same attributes are
---                          added up first; then the size counts, not the sign
--- Redundant    a combination whose sums are, in both groups, those of one with an
---              attribute less, or of all rows, is left out
--- Exact        all combinations that occur and have enough support, and no others
--- Mergeable    rows with the same attributes and group may be added up beforehand,
---              on many servers as well: the result is the same, up to the rounding
---              of those sums
--- Repeatable   the same rows and options give the same bits in any order and plan
--- Cost         memory 108 bytes per row and 12 per attribute of a row, plus the
---              distinct attributes, in segment.training_memory, and as much again for
---              the search.  Time grows with the distinct rows times the combinations
---              of a row: 175 for ten attributes up to length 3
--- Errors       22003  a measure is infinite or NaN, or sums are beyond 1e301
---              22023  an option is out of range, or options are not the same for
---                     all rows
---              54000  the rows or the combinations do not fit into
---                     segment.training_memory; more than 5,500,000 combinations
--- Source       Google BigQuery, contribution analysis
CREATE AGGREGATE key_drivers(attributes text[], measure float8, is_test boolean) (
	SFUNC = key_drivers_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = key_drivers_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE key_drivers(attributes text[], measure float8, is_test boolean, options jsonb) (
	SFUNC = key_drivers_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = key_drivers_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE key_drivers(text[], float8, boolean) IS 'combinations of attributes that explain the change of a sum';
COMMENT ON AGGREGATE key_drivers(text[], float8, boolean, jsonb) IS 'combinations of attributes that explain the change of a sum';

CREATE FUNCTION key_drivers_rate_trans(internal, text[], float8, float8, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_key_drivers_rate_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION key_drivers_rate_trans(internal, text[], float8, float8, boolean, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_key_drivers_rate_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- key_drivers_rate(attributes text[], numerator float8, denominator float8,
---                  is_test boolean [, options jsonb]) -> key_driver[]  since 0.1.0
---
--- The same for a rate, sum(numerator) / sum(denominator): sales per visit, revenue per
--- user, the share of users who left.
---
--- Input        attributes, is_test, options  see key_drivers
---              numerator, denominator  to be summed up; denominator >= 0
---              a row with a NULL in an argument but options is skipped
--- Output       see key_drivers, with rates in place of sums, except:
---              contribution  part in the change of the rate of all rows.  With n and
---                          d the sums of the combination and N and D those of all
---                          rows, it is the integral of dn / D - N dd / D^2 on the
---                          straight way from control to test.  Combinations that
---                          share no row have parts that add up, as those of a sum do
---              support     share of the denominator
--- Redundant, Exact, Mergeable, Repeatable  as key_drivers
--- Cost         memory 132 bytes per row and 12 per attribute; else as key_drivers
--- Errors       22023  a denominator is negative, NaN or infinite; else as key_drivers
--- Source       Google BigQuery, contribution analysis; Aumann & Shapley (1974)
CREATE AGGREGATE key_drivers_rate(attributes text[], numerator float8, denominator float8, is_test boolean) (
	SFUNC = key_drivers_rate_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = key_drivers_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE key_drivers_rate(attributes text[], numerator float8, denominator float8, is_test boolean, options jsonb) (
	SFUNC = key_drivers_rate_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = key_drivers_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE key_drivers_rate(text[], float8, float8, boolean) IS 'combinations of attributes that explain the change of a rate';
COMMENT ON AGGREGATE key_drivers_rate(text[], float8, float8, boolean, jsonb) IS 'combinations of attributes that explain the change of a rate';
