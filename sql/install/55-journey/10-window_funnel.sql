CREATE FUNCTION window_funnel_trans(internal, interval, timestamptz, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_window_funnel_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION window_funnel_trans(internal, interval, timestamp, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_window_funnel_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION window_funnel_trans(internal, interval, date, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_window_funnel_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION window_funnel_trans(internal, interval, text, timestamptz, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_window_funnel_mode_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION window_funnel_trans(internal, interval, text, timestamp, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_window_funnel_mode_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION window_funnel_trans(internal, interval, text, date, VARIADIC "any") RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_window_funnel_mode_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION window_funnel_final(internal) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_window_funnel_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION funnel_times_timestamptz_final(internal) RETURNS timestamptz[]
	AS 'MODULE_PATHNAME', 'segment_funnel_times_timestamptz_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION funnel_times_timestamp_final(internal) RETURNS timestamp[]
	AS 'MODULE_PATHNAME', 'segment_funnel_times_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION funnel_times_date_final(internal) RETURNS date[]
	AS 'MODULE_PATHNAME', 'segment_funnel_times_date_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- window_funnel(within interval [, mode text], ts timestamptz, VARIADIC steps "any") -> int
---                                                                      since 0.1.0
---
--- How far a user got in a funnel: the largest k such that events met step 1 to
--- step k, none earlier than the one before, all within a time window that begins
--- with the first one.  One row per event; GROUP BY user.
---
--- Input        within    length of the window, not negative; both ends count.  The
---                        same in all rows of a group, as are mode and the number
---                        of steps
---              mode      default          an event may serve several steps
---                        strict_once      each step needs an event of its own
---                        strict_increase  each step is later than the one before
---                        strict_order     no other event intervenes: between the
---                                         first and the last one, every event of
---                                         the user meets a step reached by then
---              ts        when: timestamptz, timestamp or date; a row with NULL is
---                        skipped
---              steps     conditions: booleans one by one, up to 97, or a single
---                        boolean[] of 1 to 1000, with or without VARIADIC.  NULL is
---                        false
--- Output       0 to the number of steps; 0 when no row meets step 1, or there are
---              no rows
--- Exact        the order of rows, and of simultaneous events, does not matter
--- Calendar     months in the window are those of UTC; days have 24 hours; for local
---              ones pass ts AT TIME ZONE '…', a timestamp
--- Cost         memory per event that meets a step (strict_order: per event) 8
---              bytes and a bit per step, up to twice that plus 64 bytes per user;
---              time n log n per user.  Parallel below the grouping
--- Errors       22003  ts is infinite
---              22004  within or mode is NULL
---              22023  within is negative, mode is unknown, or one of them is not
---                     the same for all rows of a group
---              42804  a step is not a boolean, such as a constant without a type
---              54000  more than 1000 steps, or a user whose events do not fit into
---                     segment.training_memory; groups in memory at once have more
---                     than 65535 different windows
--- Source       windowFunnel of ClickHouse; docs/design/events.md lists the
---              differences
--- Warning      01000  the session's TimeZone would end a window at another time
---                     (given once per statement, for timestamptz)
CREATE AGGREGATE window_funnel(within interval, ts timestamptz, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = window_funnel_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE window_funnel(within interval, ts timestamp, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = window_funnel_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE window_funnel(within interval, ts date, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = window_funnel_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE window_funnel(within interval, mode text, ts timestamptz, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = window_funnel_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE window_funnel(within interval, mode text, ts timestamp, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = window_funnel_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE window_funnel(within interval, mode text, ts date, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = window_funnel_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE window_funnel(interval, timestamptz, VARIADIC "any") IS 'steps of a funnel that a user reached within a time window';
COMMENT ON AGGREGATE window_funnel(interval, timestamp, VARIADIC "any") IS 'steps of a funnel that a user reached within a time window';
COMMENT ON AGGREGATE window_funnel(interval, date, VARIADIC "any") IS 'steps of a funnel that a user reached within a time window';
COMMENT ON AGGREGATE window_funnel(interval, text, timestamptz, VARIADIC "any") IS 'steps of a funnel that a user reached within a time window';
COMMENT ON AGGREGATE window_funnel(interval, text, timestamp, VARIADIC "any") IS 'steps of a funnel that a user reached within a time window';
COMMENT ON AGGREGATE window_funnel(interval, text, date, VARIADIC "any") IS 'steps of a funnel that a user reached within a time window';

--- funnel_times(within interval [, mode text], ts timestamptz,
---   VARIADIC steps "any") -> timestamptz[]
---                                                                      since 0.1.0
---
--- When a user reached each step of a funnel; arguments as for window_funnel.
---
--- Output       one time per step, of the type of ts; NULL for steps not reached.
---              NULL when no step was.  Of all ways to get as far as the user did,
---              the one that got there first; of these, the one whose window ends
---              last, that is, began last (except for months with the same end);
---              and in that one, each step as early as it was met
--- Errors       as window_funnel
CREATE AGGREGATE funnel_times(within interval, ts timestamptz, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = funnel_times_timestamptz_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_times(within interval, ts timestamp, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = funnel_times_timestamp_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_times(within interval, ts date, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = funnel_times_date_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_times(within interval, mode text, ts timestamptz, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = funnel_times_timestamptz_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_times(within interval, mode text, ts timestamp, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = funnel_times_timestamp_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE funnel_times(within interval, mode text, ts date, VARIADIC steps "any") (
	SFUNC = window_funnel_trans, STYPE = internal, SSPACE = 256,
	FINALFUNC = funnel_times_date_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_times(interval, timestamptz, VARIADIC "any") IS 'when a user reached the steps of a funnel';
COMMENT ON AGGREGATE funnel_times(interval, timestamp, VARIADIC "any") IS 'when a user reached the steps of a funnel';
COMMENT ON AGGREGATE funnel_times(interval, date, VARIADIC "any") IS 'when a user reached the steps of a funnel';
COMMENT ON AGGREGATE funnel_times(interval, text, timestamptz, VARIADIC "any") IS 'when a user reached the steps of a funnel';
COMMENT ON AGGREGATE funnel_times(interval, text, timestamp, VARIADIC "any") IS 'when a user reached the steps of a funnel';
COMMENT ON AGGREGATE funnel_times(interval, text, date, VARIADIC "any") IS 'when a user reached the steps of a funnel';
