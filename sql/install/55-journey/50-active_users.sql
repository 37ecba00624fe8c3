--- type active_day                                                       since 0.1.0
---
--- A day of active_users.
CREATE TYPE active_day AS (
	day date, dau bigint, wau bigint, mau bigint, stickiness float8, new_users bigint,
	returning_users bigint, lost_users bigint
);
COMMENT ON TYPE active_day IS 'active users of a day and of the days before it';

CREATE FUNCTION active_users_trans(bytea, bigint, timestamptz) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, bigint, timestamp) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, bigint, date) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_bigint_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, text, timestamptz) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, text, timestamp) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, text, date) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_text_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, uuid, timestamptz) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, uuid, timestamp) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, uuid, date) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_uuid_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, bigint, timestamptz, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, bigint, timestamp, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, bigint, date, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_bigint_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, text, timestamptz, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, text, timestamp, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, text, date, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_text_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, uuid, timestamptz, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, uuid, timestamp, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_trans(bytea, uuid, date, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_uuid_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_active_users_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION active_users_final(bytea) RETURNS active_day[]
	AS 'MODULE_PATHNAME', 'segment_active_users_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- active_users(user_id text, ts timestamptz [, week bigint, month bigint]) -> active_day[]
---                                                                      since 0.1.0
---
--- Daily, weekly and monthly active users, and who is new, comes back and is lost:
--- one row per event in, a row for each day out.  unnest gives the days as rows.
---
--- Input        user_id          text, an integer type or uuid; cast others to text
---              ts               when: timestamptz, timestamp or date
---                               A row with a NULL is skipped
---              week, month      lengths of the windows in days, the same for all
---                               rows: 1 <= week <= month <= 3660; 7 and 30 by default
--- Output       every day from the first to the last with an event, also those
---              without: dau, distinct users on the day; wau and mau, on this day or
---              the week - 1 and month - 1 days before it; stickiness, dau / mau, NULL
---              when mau is 0; new_users, active for the first time; returning_users,
---              active again after month days or more without; lost_users, for whom
---              this is the first day that is month days after their last one.  NULL
---              when no row was used
--- Sums         mau = mau of the day before + new_users + returning_users - lost_users
--- First days   windows reach back only to the first event: begin reports a month later
--- Calendar     days are those of UTC, whatever the TimeZone setting; for local ones
---              pass ts AT TIME ZONE '…', a timestamp
--- Exact        users are counted exactly: any order and plan give the same bits
--- Cost         linear in events, whatever the windows; memory some 50 bytes and the id
---              per user, and 16 to 32 bytes per user and 64 days, more while it
---              grows; parallel and distributed plans, windows
--- Errors       22003  ts is infinite
---              22004  week or month is NULL
---              22023  week or month is out of range, or not the same for all rows
---              54000  more than 400 MB of users and days, or more than 36525 days
---                     from the first to the last
--- Warning      01000  the session's TimeZone has ts on another day (given once per
---                     statement, for timestamptz)
CREATE AGGREGATE active_users(user_id bigint, ts timestamptz) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id bigint, ts timestamp) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id bigint, ts date) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id text, ts timestamptz) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id text, ts timestamp) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id text, ts date) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id uuid, ts timestamptz) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id uuid, ts timestamp) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id uuid, ts date) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id bigint, ts timestamptz, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id bigint, ts timestamp, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id bigint, ts date, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id text, ts timestamptz, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id text, ts timestamp, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id text, ts date, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id uuid, ts timestamptz, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id uuid, ts timestamp, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE active_users(user_id uuid, ts date, week bigint, month bigint) (
	SFUNC = active_users_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = active_users_combine,
	FINALFUNC = active_users_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE active_users(bigint, timestamptz) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(bigint, timestamp) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(bigint, date) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(text, timestamptz) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(text, timestamp) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(text, date) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(uuid, timestamptz) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(uuid, timestamp) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(uuid, date) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(bigint, timestamptz, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(bigint, timestamp, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(bigint, date, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(text, timestamptz, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(text, timestamp, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(text, date, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(uuid, timestamptz, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(uuid, timestamp, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
COMMENT ON AGGREGATE active_users(uuid, date, bigint, bigint) IS 'daily, weekly and monthly active users, by day';
