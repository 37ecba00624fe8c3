CREATE FUNCTION sequence_trans(internal, text, timestamptz, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_trans(internal, text, timestamp, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_trans(internal, text, date, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_match_final(internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_sequence_match_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_count_final(internal) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_sequence_count_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- sequence_match(pattern text, ts timestamptz, VARIADIC conditions "any") -> boolean
---                                                                      since 0.1.0
---
--- Does a user's history contain events that match a pattern?  One row per event;
--- GROUP BY user.
---
---   (?1)         one event that meets condition 1
---   .            any one event
---   .*           any number of events, including none
---   (?t<=3600)   at most 3600 seconds between the event before and the event
---                after; other events may lie between.  Also <, ==, >=, >
---
--- Input        pattern    at most 1000 bytes, the same in all rows of a group, as is
---                         the number of conditions
---              ts         when: timestamptz, timestamp or date; a row with NULL is
---                         skipped
---              conditions booleans one by one, up to 97, or a single boolean[] of 1
---                         to 1000, with or without VARIADIC.  NULL is false.  A row
---                         that meets none of them is not an event of the pattern
--- Output       false when there are no rows
--- Exact        events are ordered by ts, simultaneous ones by the first condition
---              that they meet, then the next: the order of rows does not matter
--- Cost         memory per event that meets a condition 8 bytes and a bit per
---              condition, up to twice that plus 64 bytes per user; time n * length
---              of the pattern.  Parallel below the grouping
--- Errors       2201B  the pattern is invalid; the message says what was expected,
---                     and where
---              22003  ts is infinite
---              22004  pattern is NULL
---              22023  the pattern names a condition that does not exist, or is not
---                     the same for all rows of a group
---              42804  a condition is not a boolean, such as a constant without a
---                     type
---              54000  more than 1000 conditions, a longer pattern, or a user whose
---                     events do not fit into segment.training_memory; groups in
---                     memory at once have more than 65535 different patterns
--- Source       sequenceMatch of ClickHouse; docs/design/events.md lists the
---              differences
CREATE AGGREGATE sequence_match(pattern text, ts timestamptz, VARIADIC conditions "any") (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_match_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_match(pattern text, ts timestamp, VARIADIC conditions "any") (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_match_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_match(pattern text, ts date, VARIADIC conditions "any") (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_match_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sequence_match(text, timestamptz, VARIADIC "any") IS 'whether a history of events matches a pattern';
COMMENT ON AGGREGATE sequence_match(text, timestamp, VARIADIC "any") IS 'whether a history of events matches a pattern';
COMMENT ON AGGREGATE sequence_match(text, date, VARIADIC "any") IS 'whether a history of events matches a pattern';

--- sequence_count(pattern text, ts timestamptz, VARIADIC conditions "any") -> bigint
---                                                                      since 0.1.0
---
--- How often does the history match?  Arguments as for sequence_match.
---
--- Output       the largest number of matches that do not overlap; 0 when there are
---              no rows
--- Errors       as sequence_match
--- Source       sequenceCount of ClickHouse; docs/design/events.md lists the
---              differences
CREATE AGGREGATE sequence_count(pattern text, ts timestamptz, VARIADIC conditions "any") (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_count(pattern text, ts timestamp, VARIADIC conditions "any") (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_count(pattern text, ts date, VARIADIC conditions "any") (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sequence_count(text, timestamptz, VARIADIC "any") IS 'matches of a pattern in a history of events';
COMMENT ON AGGREGATE sequence_count(text, timestamp, VARIADIC "any") IS 'matches of a pattern in a history of events';
COMMENT ON AGGREGATE sequence_count(text, date, VARIADIC "any") IS 'matches of a pattern in a history of events';

CREATE FUNCTION sequence_next_trans(internal, anyelement, timestamptz, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, anyelement, timestamp, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, anyelement, date, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, text, text, anyelement, timestamptz, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_base_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, text, text, anyelement, timestamp, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_base_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, text, text, anyelement, date, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_base_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, anyelement, timestamptz, VARIADIC "any") RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, anyelement, timestamp, VARIADIC "any") RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, anyelement, date, VARIADIC "any") RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, text, text, anyelement, timestamptz, VARIADIC "any") RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, text, text, anyelement, timestamp, VARIADIC "any") RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, text, text, anyelement, date, VARIADIC "any") RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- sequence_next([direction text, base text,] value anyelement, ts timestamptz,
---   VARIADIC steps "any") -> anyelement
---                                                                      since 0.1.0
---
--- What came next: the value of the event right after those that met step 1, step 2
--- …, each directly after the one before.  One row per event; GROUP BY user.
---
--- Input        direction  forward (the default) or backward: the steps, and what
---                         comes next, go back in time
---              base       where step 1 is: at the first event (head; forward only),
---                         the last one (tail; backward only), the first place
---                         where all steps are met (first_match, the default) or
---                         the last such place (last_match)
---              value      of an event, of any type, such as its page; a row with
---                         NULL is skipped
---              ts         when: timestamptz, timestamp or date; a row with NULL is
---                         skipped
---              steps      conditions: booleans one by one, or a single boolean[] of
---                         1 to 1000, with or without VARIADIC.  NULL is false.
---                         Events that meet none of them do count
--- Output       NULL when the steps are not met, or no event follows
--- Exact        events are ordered by ts, simultaneous ones by the first step that
---              they meet, then the next, those that meet none last, then by the
---              bytes of the value: the order of rows does not matter
--- Cost         memory per event 16 bytes, a bit per step, and the value unless it
---              is a number, up to twice that plus 96 bytes per user.  Parallel
---              below the grouping
--- Errors       22003  ts is infinite
---              22004  direction or base is NULL
---              22023  direction or base is unknown, or not the same for all rows
---                     of a group; forward from the tail, backward from the head
---              42804  a step is not a boolean, such as a constant without a type
---              54000  more than 1000 steps, or a user whose events do not fit into
---                     segment.training_memory
--- Source       sequenceNextNode of ClickHouse; docs/design/events.md lists the
---              differences
CREATE AGGREGATE sequence_next(value anyelement, ts timestamptz, VARIADIC steps "any") (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(value anyelement, ts timestamp, VARIADIC steps "any") (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(value anyelement, ts date, VARIADIC steps "any") (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(direction text, base text, value anyelement, ts timestamptz, VARIADIC steps "any") (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(direction text, base text, value anyelement, ts timestamp, VARIADIC steps "any") (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(direction text, base text, value anyelement, ts date, VARIADIC steps "any") (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sequence_next(anyelement, timestamptz, VARIADIC "any") IS 'value of the event after those that met some steps';
COMMENT ON AGGREGATE sequence_next(anyelement, timestamp, VARIADIC "any") IS 'value of the event after those that met some steps';
COMMENT ON AGGREGATE sequence_next(anyelement, date, VARIADIC "any") IS 'value of the event after those that met some steps';
COMMENT ON AGGREGATE sequence_next(text, text, anyelement, timestamptz, VARIADIC "any") IS 'value of the event after those that met some steps';
COMMENT ON AGGREGATE sequence_next(text, text, anyelement, timestamp, VARIADIC "any") IS 'value of the event after those that met some steps';
COMMENT ON AGGREGATE sequence_next(text, text, anyelement, date, VARIADIC "any") IS 'value of the event after those that met some steps';
