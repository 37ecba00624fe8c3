CREATE FUNCTION sequence_trans(internal, text, timestamptz, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_trans(internal, text, timestamp, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_trans(internal, text, date, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_match_final(internal) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_sequence_match_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_count_final(internal) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_sequence_count_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- sequence_match(pattern text, ts timestamptz, VARIADIC conditions boolean[]) -> boolean
---                                                                      since 0.1.0
---
--- Does a user's history contain events that match a pattern?  One row for each event;
--- GROUP BY user.
---
---   (?1)         one event that meets condition 1
---   .            one event, whichever
---   .*           any number of events, also none
---   (?t<=3600)   no more than 3600 seconds between the event before and the event
---                after; other events may lie between.  Also <, ==, >=, >
---
--- Input        pattern    at most 1000 bytes, the same in all rows of a group, as is
---                         the number of conditions
---              ts         when: timestamptz, timestamp or date; a row with NULL is
---                         skipped
---              conditions 1 to 1000; NULL is false.  A row that meets none of them
---                         takes no part
--- Output       false when there is no row
--- Exact        events are ordered by ts, those of one moment by the first condition
---              that they meet, then the next: the order of rows plays no part
--- Cost         memory for each event that meets a condition 8 bytes and a bit for
---              each condition, up to twice that and 64 bytes for a user; time n *
---              length of the pattern.  Parallel below the grouping
--- Errors       2201B  the pattern is invalid; says what was expected, and where
---              22003  ts is infinite
---              22004  pattern is NULL
---              22023  the pattern names a condition that there is not, or is not the
---                     same for all rows of a group
---              54000  more than 1000 conditions, a longer pattern, or a user whose
---                     events do not fit into segment.training_memory; groups in
---                     memory at once have more than 65535 different patterns
--- Source       sequenceMatch of ClickHouse; docs/design/events.md says what differs
CREATE AGGREGATE sequence_match(pattern text, ts timestamptz, VARIADIC conditions boolean[]) (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_match_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_match(pattern text, ts timestamp, VARIADIC conditions boolean[]) (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_match_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_match(pattern text, ts date, VARIADIC conditions boolean[]) (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_match_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sequence_match(text, timestamptz, boolean[]) IS 'does a history of events match a pattern';
COMMENT ON AGGREGATE sequence_match(text, timestamp, boolean[]) IS 'does a history of events match a pattern';
COMMENT ON AGGREGATE sequence_match(text, date, boolean[]) IS 'does a history of events match a pattern';

--- sequence_count(pattern text, ts timestamptz, VARIADIC conditions boolean[]) -> bigint
---                                                                      since 0.1.0
---
--- How often does it?  Arguments as for sequence_match.
---
--- Output       the largest number of matches that do not overlap; 0 when there is
---              no row
--- Errors       as sequence_match
--- Source       sequenceCount of ClickHouse; docs/design/events.md says what differs
CREATE AGGREGATE sequence_count(pattern text, ts timestamptz, VARIADIC conditions boolean[]) (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_count(pattern text, ts timestamp, VARIADIC conditions boolean[]) (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_count(pattern text, ts date, VARIADIC conditions boolean[]) (
	SFUNC = sequence_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = sequence_count_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sequence_count(text, timestamptz, boolean[]) IS 'matches of a pattern in a history of events';
COMMENT ON AGGREGATE sequence_count(text, timestamp, boolean[]) IS 'matches of a pattern in a history of events';
COMMENT ON AGGREGATE sequence_count(text, date, boolean[]) IS 'matches of a pattern in a history of events';

CREATE FUNCTION sequence_next_trans(internal, anyelement, timestamptz, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, anyelement, timestamp, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, anyelement, date, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, text, text, anyelement, timestamptz, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_base_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, text, text, anyelement, timestamp, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_base_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_trans(internal, text, text, anyelement, date, boolean[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sequence_next_base_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, anyelement, timestamptz, boolean[]) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, anyelement, timestamp, boolean[]) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, anyelement, date, boolean[]) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, text, text, anyelement, timestamptz, boolean[]) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, text, text, anyelement, timestamp, boolean[]) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sequence_next_final(internal, text, text, anyelement, date, boolean[]) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_sequence_next_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- sequence_next([direction text, base text,] value anyelement, ts timestamptz, VARIADIC steps boolean[]) -> anyelement
---                                                                      since 0.1.0
---
--- What came next: the value of the event right after those that met step 1, step 2 …,
--- one directly after the other.  One row for each event; GROUP BY user.
---
--- Input        direction  forward (the default) or backward: the steps, and what
---                         comes next, go back in time
---              base       where step 1 is: at the first event (head; forward only),
---                         the last one (tail; backward only), the first place
---                         where all steps are met (first_match, the default) or
---                         the last such place (last_match)
---              value      of an event, of any type, such as its page; a row with NULL
---                         is skipped
---              ts         when: timestamptz, timestamp or date; a row with NULL is
---                         skipped
---              steps      1 to 1000 conditions; NULL is false.  Events that meet none
---                         of them do count
--- Output       NULL when the steps are not met, or no event follows
--- Exact        events are ordered by ts, those of one moment by the first step that
---              they meet, then the next, those of no step last, then by the bytes
---              of the value: the order of rows plays no part
--- Cost         memory for each event 16 bytes, a bit for each step, and the value if
---              it is no number, up to twice that and 96 bytes for a user.  Parallel
---              below the grouping
--- Errors       22003  ts is infinite
---              22004  direction or base is NULL
---              22023  an unknown direction or base, or not the same for all rows of
---                     a group; forward from the tail, backward from the head
---              54000  more than 1000 steps, or a user whose events do not fit into
---                     segment.training_memory
--- Source       sequenceNextNode of ClickHouse; docs/design/events.md says what differs
CREATE AGGREGATE sequence_next(value anyelement, ts timestamptz, VARIADIC steps boolean[]) (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(value anyelement, ts timestamp, VARIADIC steps boolean[]) (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(value anyelement, ts date, VARIADIC steps boolean[]) (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(direction text, base text, value anyelement, ts timestamptz, VARIADIC steps boolean[]) (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(direction text, base text, value anyelement, ts timestamp, VARIADIC steps boolean[]) (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sequence_next(direction text, base text, value anyelement, ts date, VARIADIC steps boolean[]) (
	SFUNC = sequence_next_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sequence_next_final, FINALFUNC_EXTRA, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sequence_next(anyelement, timestamptz, boolean[]) IS 'what came after events that met some steps';
COMMENT ON AGGREGATE sequence_next(anyelement, timestamp, boolean[]) IS 'what came after events that met some steps';
COMMENT ON AGGREGATE sequence_next(anyelement, date, boolean[]) IS 'what came after events that met some steps';
COMMENT ON AGGREGATE sequence_next(text, text, anyelement, timestamptz, boolean[]) IS 'what came after events that met some steps';
COMMENT ON AGGREGATE sequence_next(text, text, anyelement, timestamp, boolean[]) IS 'what came after events that met some steps';
COMMENT ON AGGREGATE sequence_next(text, text, anyelement, date, boolean[]) IS 'what came after events that met some steps';
