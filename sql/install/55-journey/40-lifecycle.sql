CREATE FUNCTION lifecycle_trans(bigint[], timestamptz, timestamptz, interval) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_lifecycle_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lifecycle_trans(bigint[], timestamp, timestamp, interval) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_lifecycle_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lifecycle_trans(bigint[], date, date, interval) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_lifecycle_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lifecycle_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_lifecycle_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lifecycle_final(bigint[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_lifecycle_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- lifecycle(ts timestamptz, as_of timestamptz, period interval) -> text since 0.1.0
---
--- Is a user new, returning, resurrecting or dormant?  One row per event; GROUP BY
--- user.  The current period is as long as period and ends before as_of; the
--- previous one is as long and ends where that begins.
---
---   new           active in the current period, and never before
---   returning     active in both
---   resurrecting  active in the current period, not in the previous one, but earlier
---   dormant       not active in the current period, but earlier
---
--- Input        ts        when: timestamptz, timestamp or date; a row with NULL is
---                        skipped, and an event at or after as_of does not count
---              as_of     the moment after the current period, of the same type, the
---                        same in all rows of a group
---              period    positive, the same in all rows of a group, such as
---                        '1 month'
--- Output       NULL when there are no events before as_of
--- Calendar     months and days are those of UTC, whatever the TimeZone setting; for
---              local ones pass ts AT TIME ZONE '…', a timestamp
--- Cost         80 bytes per user; parallel and distributed plans, windows
--- Errors       22003  ts or as_of is infinite
---              22004  as_of or period is NULL
---              22008  as_of - 2 * period is beyond the calendar
---              22023  period is not positive, or as_of or period is not the same
---                     for all rows of a group
--- Warning      01000  the session's TimeZone would begin a period at another time
---                     (given once per statement, for timestamptz)
CREATE AGGREGATE lifecycle(ts timestamptz, as_of timestamptz, period interval) (
	SFUNC = lifecycle_trans, STYPE = bigint[], SSPACE = 80, COMBINEFUNC = lifecycle_combine,
	FINALFUNC = lifecycle_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE lifecycle(ts timestamp, as_of timestamp, period interval) (
	SFUNC = lifecycle_trans, STYPE = bigint[], SSPACE = 80, COMBINEFUNC = lifecycle_combine,
	FINALFUNC = lifecycle_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE lifecycle(ts date, as_of date, period interval) (
	SFUNC = lifecycle_trans, STYPE = bigint[], SSPACE = 80, COMBINEFUNC = lifecycle_combine,
	FINALFUNC = lifecycle_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lifecycle(timestamptz, timestamptz, interval) IS 'whether a user is new, returning, resurrecting or dormant';
COMMENT ON AGGREGATE lifecycle(timestamp, timestamp, interval) IS 'whether a user is new, returning, resurrecting or dormant';
COMMENT ON AGGREGATE lifecycle(date, date, interval) IS 'whether a user is new, returning, resurrecting or dormant';
