CREATE FUNCTION retention_trans(bigint[], timestamptz, timestamptz, interval, bigint) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], timestamp, timestamp, interval, bigint) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], date, date, interval, bigint) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], timestamptz, timestamptz, interval, bigint, text) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], timestamp, timestamp, interval, bigint, text) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], date, date, interval, bigint, text) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], timestamptz, timestamptz, interval, bigint, text, timestamptz) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], timestamp, timestamp, interval, bigint, text, timestamp) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_trans(bigint[], date, date, interval, bigint, text, date) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_final(bigint[]) RETURNS boolean[]
	AS 'MODULE_PATHNAME', 'segment_retention_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- retention(ts timestamptz, start timestamptz, period interval, n bigint
---   [, mode text [, as_of timestamptz]]) -> boolean[]
---                                                                      since 0.1.0
---
--- In which periods after the start was a user active?  One row per event; GROUP BY
--- user.
---
--- Input        ts        when: timestamptz, timestamp or date; NULL: the user has
---                        no events (after a LEFT JOIN), and counts as not active
---              start     when the user started, of the same type; NULL: the row is
---                        skipped.  The same in all rows of a group, as are the
---                        arguments below
---              period    length of a period, such as '1 week'; no part is negative
---              n         how many periods, 1 to 10000
---              mode      bounded    active in that period (the default)
---                        unbounded  active in that period or at any time after it
---              as_of     periods that have not ended by then are not known yet:
---                        NULL.  Events at or after as_of do not count
--- Output       n booleans; number i, from 1, is the period from start + (i - 1) *
---              period up to but excluding start + i * period: number 1 begins with
---              the start.  NULL when no row was seen
--- Calendar     months and days are those of UTC, whatever the TimeZone setting; for
---              local ones pass ts AT TIME ZONE '…', a timestamp
--- Exact        any order of rows and any plan give the same
--- Cost         96 bytes per user and a bit per period; parallel and distributed
---              plans, windows
--- Errors       22003  ts, start or as_of is infinite
---              22004  period, n, mode or as_of is NULL
---              22023  period is not positive, n or mode is not one of those above,
---                     or one of them or start is not the same for all rows of a
---                     group
--- Warning      01000  the session's TimeZone would end a period at another time
---                     (given once per statement, for timestamptz)
CREATE AGGREGATE retention(ts timestamptz, start timestamptz, period interval, n bigint) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts timestamp, start timestamp, period interval, n bigint) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts date, start date, period interval, n bigint) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts timestamptz, start timestamptz, period interval, n bigint, mode text) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts timestamp, start timestamp, period interval, n bigint, mode text) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts date, start date, period interval, n bigint, mode text) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts timestamptz, start timestamptz, period interval, n bigint, mode text, as_of timestamptz) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts timestamp, start timestamp, period interval, n bigint, mode text, as_of timestamp) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE retention(ts date, start date, period interval, n bigint, mode text, as_of date) (
	SFUNC = retention_trans, STYPE = bigint[], SSPACE = 112, COMBINEFUNC = retention_combine,
	FINALFUNC = retention_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE retention(timestamptz, timestamptz, interval, bigint) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(timestamp, timestamp, interval, bigint) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(date, date, interval, bigint) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(timestamptz, timestamptz, interval, bigint, text) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(timestamp, timestamp, interval, bigint, text) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(date, date, interval, bigint, text) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(timestamptz, timestamptz, interval, bigint, text, timestamptz) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(timestamp, timestamp, interval, bigint, text, timestamp) IS 'periods after the start in which a user was active';
COMMENT ON AGGREGATE retention(date, date, interval, bigint, text, date) IS 'periods after the start in which a user was active';

CREATE FUNCTION retention_curve_trans(bigint[], boolean[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_curve_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_curve_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_retention_curve_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION retention_curve_final(bigint[]) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_retention_curve_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- retention_curve(periods boolean[]) -> float8[]                        since 0.1.0
---
--- Share of the users who were active in each period: the mean of retention() over
--- the users.
---
--- Input        periods   of one user: true, false, or NULL where it is not known.
---                        A shorter array is unknown beyond its end; NULL is
---                        skipped
--- Output       for each period the number of true values over the number of known
---              ones, 0 to 1; NULL where nothing is known.  As long as the longest
---              array
--- Exact        counts are whole numbers: any order and plan give the same bits
--- Cost         16 bytes per period; parallel and distributed plans, windows
--- Errors       2202E  an array has several dimensions
---              54000  an array is longer than 10000
CREATE AGGREGATE retention_curve(periods boolean[]) (
	SFUNC = retention_curve_trans, STYPE = bigint[], SSPACE = 256, COMBINEFUNC = retention_curve_combine,
	FINALFUNC = retention_curve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE retention_curve(boolean[]) IS 'share of the users who were active in each period';
