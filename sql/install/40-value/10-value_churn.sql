CREATE FUNCTION churn_rate_trans(bigint[], boolean) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_trans(bigint[], boolean, boolean) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_retained_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_trans(bigint[], timestamptz, timestamptz, interval) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_timestamp_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_trans(bigint[], timestamp, timestamp, interval) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_timestamp_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_trans(bigint[], date, date, interval) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_inactive_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_churn_rate_inactive_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION churn_rate_final(bigint[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_churn_rate_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- churn_rate(churned boolean) -> float8                                 since 0.1.0
---
--- Share of the users who were lost: those who churned over those at risk.
---
--- Input        churned        one row per user at risk: was the user lost?  NULL
---                             is skipped
--- Output       0 to 1; NULL when no user was at risk
--- Exact        counts are whole numbers: any order and plan give the same bits
--- Cost         one pass; parallel and distributed plans, windows
CREATE AGGREGATE churn_rate(churned boolean) (
	SFUNC = churn_rate_trans, STYPE = bigint[], SSPACE = 40, COMBINEFUNC = churn_rate_combine,
	FINALFUNC = churn_rate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE churn_rate(boolean) IS 'share of the users who churned';

--- churn_rate(active_before boolean, active_after boolean) -> float8     since 0.1.0
---
--- The same from activity in two periods: users active in the first are at risk,
--- and those of them not active in the second have churned.
---
--- Input        active_before  active in the first period?
---              active_after   active in the second?
---                             A row with a NULL is skipped: what became of the
---                             user is not known.  After a LEFT JOIN, where a
---                             missing row means not active, write
---                             coalesce(active_after, false)
--- Output       0 to 1; NULL when no user was at risk
CREATE AGGREGATE churn_rate(active_before boolean, active_after boolean) (
	SFUNC = churn_rate_trans, STYPE = bigint[], SSPACE = 40, COMBINEFUNC = churn_rate_combine,
	FINALFUNC = churn_rate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE churn_rate(boolean, boolean) IS 'share of the users active before who are no longer active after';

--- churn_rate(last_active timestamptz, as_of timestamptz, inactivity interval) -> float8
---                                                                      since 0.1.0
---
--- The same from the time of the last activity: users last active before as_of -
--- inactivity have churned.  Those active at that very moment have not.
---
--- Input        last_active    one row per user at risk: timestamptz, timestamp or
---                             date; a time later than as_of counts as active
---              as_of          the moment of the count, of the same type and the
---                             same for all rows
---              inactivity     positive, the same for all rows, such as '30 days';
---                             a row with a NULL is skipped
--- Output       0 to 1; NULL when no row was seen
--- Calendar     months and days are those of UTC, whatever the TimeZone setting; for
---              local ones pass last_active AT TIME ZONE '…', a timestamp
--- Errors       22003  last_active, as_of or as_of - inactivity is infinite
---              22008  as_of - inactivity is beyond the calendar
---              22023  inactivity is not positive, or as_of or inactivity is not
---                     the same for all rows
--- Warning      01000  the session's TimeZone would put as_of - inactivity elsewhere
---                     (given once per statement, for timestamptz)
CREATE AGGREGATE churn_rate(last_active timestamptz, as_of timestamptz, inactivity interval) (
	SFUNC = churn_rate_trans, STYPE = bigint[], SSPACE = 80, COMBINEFUNC = churn_rate_inactive_combine,
	FINALFUNC = churn_rate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE churn_rate(last_active timestamp, as_of timestamp, inactivity interval) (
	SFUNC = churn_rate_trans, STYPE = bigint[], SSPACE = 80, COMBINEFUNC = churn_rate_inactive_combine,
	FINALFUNC = churn_rate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE churn_rate(last_active date, as_of date, inactivity interval) (
	SFUNC = churn_rate_trans, STYPE = bigint[], SSPACE = 80, COMBINEFUNC = churn_rate_inactive_combine,
	FINALFUNC = churn_rate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE churn_rate(timestamptz, timestamptz, interval) IS 'share of the users who have been inactive for some time';
COMMENT ON AGGREGATE churn_rate(timestamp, timestamp, interval) IS 'share of the users who have been inactive for some time';
COMMENT ON AGGREGATE churn_rate(date, date, interval) IS 'share of the users who have been inactive for some time';

