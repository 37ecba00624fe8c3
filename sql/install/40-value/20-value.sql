CREATE FUNCTION revenue_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_revenue_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_trans(bytea, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_arpu_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_trans(bytea, numeric) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_arpu_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_arpu_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION arpu_events_trans(bytea, float8, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_arpu_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_events_trans(bytea, float8, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_arpu_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_events_trans(bytea, float8, uuid) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_arpu_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_events_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_arpu_events_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION arpu_events_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_arpu_events_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- arpu(revenue float8) -> float8                                        since 0.1.0
---
--- Average revenue per user, from one row per user.
---
--- Input        revenue        of one user in the period: numeric, an integer or
---                             float8; 0 for a user who bought nothing; NULL is
---                             skipped
--- Output       the sum divided by the number of users; NULL when no row was seen
--- Exact        the sum has twice the digits of float8: any order and plan agree to
---              1e-15
--- Cost         one pass; parallel and distributed plans, windows
--- Errors       22003  a revenue is NaN or infinite, or the sum is beyond float8
CREATE AGGREGATE arpu(revenue float8) (
	SFUNC = arpu_trans, STYPE = bytea, SSPACE = 40, COMBINEFUNC = revenue_combine,
	FINALFUNC = arpu_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE arpu(revenue numeric) (
	SFUNC = arpu_trans, STYPE = bytea, SSPACE = 40, COMBINEFUNC = revenue_combine,
	FINALFUNC = arpu_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE arpu(numeric) IS 'average revenue per user, from one row per user';
COMMENT ON AGGREGATE arpu(float8) IS 'average revenue per user, from one row per user';

--- arpu(revenue float8, user_id text) -> float8                          since 0.1.0
---
--- The same from events, such as orders, with any number of rows per user: the sum
--- divided by the number of distinct users, which are counted exactly.
---
--- Input        revenue        of one event
---              user_id        text, an integer type or uuid; cast others to text.
---                             A row with a NULL is skipped; a user without events
---                             does not count: LEFT JOIN them with a revenue of 0
--- Output       the sum divided by the number of distinct users; NULL when no row
---              was seen
--- Exact        any order and plan agree to 1e-15
--- Cost         memory up to 90 bytes per user, and five times the id, while it
---              grows; parallel and distributed plans, windows
--- Errors       22003  a revenue is NaN or infinite, or the sum is beyond float8
---              54000  more than 400 MB of users (about 12 million): sum by user
---                     first, and use arpu(revenue)
CREATE AGGREGATE arpu(revenue float8, user_id bigint) (
	SFUNC = arpu_events_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = arpu_events_combine,
	FINALFUNC = arpu_events_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE arpu(revenue float8, user_id text) (
	SFUNC = arpu_events_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = arpu_events_combine,
	FINALFUNC = arpu_events_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE arpu(revenue float8, user_id uuid) (
	SFUNC = arpu_events_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = arpu_events_combine,
	FINALFUNC = arpu_events_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE arpu(float8, bigint) IS 'average revenue per user, from events';
COMMENT ON AGGREGATE arpu(float8, text) IS 'average revenue per user, from events';
COMMENT ON AGGREGATE arpu(float8, uuid) IS 'average revenue per user, from events';

--- ltv(arpu numeric, churn_rate numeric, margin numeric, discount_rate numeric,
---   horizon numeric) -> numeric                                         since 0.1.0
---
--- Lifetime value: what a user brings in until lost, or in the first periods.  It is
--- the sum over periods of the profit times the chance that the user is still there,
--- the first period in full.  For ever, that is arpu / churn_rate, or with all
--- arguments arpu * margin * (1 + discount_rate) / (discount_rate + churn_rate).
---
--- Input        arpu           revenue per user and period
---              churn_rate     share of the users lost in a period of that length,
---                             0 to 1
---              margin         profit as a share of revenue, such as 0.4; 1 by default
---              discount_rate  interest per period, not negative: 0.01 is 1
---                             percent; 0 by default
---              horizon        number of periods, such as 12 months; infinity by
---                             default
--- Output       in the units of arpu; NULL when horizon is infinite and discount_rate
---              + churn_rate is 0 (no end is in sight), or an argument is NULL
--- Exact        numeric arguments, with integers among them, are computed as numeric
---              and give numeric; all others as float8
--- Errors       22003  an argument but horizon is NaN or infinite, or the value is
---                     beyond float8
---              22023  churn_rate is not between 0 and 1, discount_rate is negative,
---                     or horizon is not a whole number of periods
---              42804  churn_rate is an integer, and no constant: cast a flag to
---                     boolean for the aggregate, ltv(revenue, churned::boolean),
---                     and a rate to numeric or float8
--- Source       Gupta & Lehmann (2003)
CREATE FUNCTION ltv(
	arpu float8, churn_rate float8, margin float8 DEFAULT 1, discount_rate float8 DEFAULT 0,
	horizon float8 DEFAULT 'infinity'
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_ltv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION ltv(
	arpu numeric, churn_rate numeric, margin numeric DEFAULT 1, discount_rate numeric DEFAULT 0,
	horizon numeric DEFAULT 'infinity'
) RETURNS numeric
	AS 'MODULE_PATHNAME', 'segment_ltv_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ltv(float8, float8, float8, float8, float8) IS
	'lifetime value: revenue per user over churn rate, or profit, discounted, up to a horizon';
COMMENT ON FUNCTION ltv(numeric, numeric, numeric, numeric, numeric) IS
	'lifetime value: revenue per user over churn rate, or profit, discounted, up to a horizon';

-- An integer that changes from row to row is most likely not a rate, but the flag that
-- the aggregate takes as a boolean. A constant 0 or 1 is a rate.
CREATE FUNCTION ltv_rate_check(anyelement) RETURNS anyelement
	AS 'MODULE_PATHNAME', 'segment_ltv_rate_check' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ltv_rate_check(anyelement) IS 'refuses a churn rate that is an integer and no constant';
CREATE FUNCTION ltv(arpu float8, churn_rate smallint) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ltv(arpu, ltv_rate_check(churn_rate)::float8);
CREATE FUNCTION ltv(arpu float8, churn_rate int) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ltv(arpu, ltv_rate_check(churn_rate)::float8);
CREATE FUNCTION ltv(arpu float8, churn_rate bigint) RETURNS float8
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ltv(arpu, ltv_rate_check(churn_rate)::float8);
CREATE FUNCTION ltv(arpu numeric, churn_rate smallint) RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ltv(arpu, ltv_rate_check(churn_rate)::numeric);
CREATE FUNCTION ltv(arpu numeric, churn_rate int) RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ltv(arpu, ltv_rate_check(churn_rate)::numeric);
CREATE FUNCTION ltv(arpu numeric, churn_rate bigint) RETURNS numeric
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ltv(arpu, ltv_rate_check(churn_rate)::numeric);
COMMENT ON FUNCTION ltv(float8, smallint) IS 'lifetime value; the churn rate must be a constant, no flag of each row';
COMMENT ON FUNCTION ltv(float8, int) IS 'lifetime value; the churn rate must be a constant, no flag of each row';
COMMENT ON FUNCTION ltv(float8, bigint) IS 'lifetime value; the churn rate must be a constant, no flag of each row';
COMMENT ON FUNCTION ltv(numeric, smallint) IS 'lifetime value; the churn rate must be a constant, no flag of each row';
COMMENT ON FUNCTION ltv(numeric, int) IS 'lifetime value; the churn rate must be a constant, no flag of each row';
COMMENT ON FUNCTION ltv(numeric, bigint) IS 'lifetime value; the churn rate must be a constant, no flag of each row';

-- what an untyped parameter resolves to: ltv($1, $2)
CREATE FUNCTION ltv(arpu float8, churn_rate text) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN ltv(arpu, churn_rate::float8);
COMMENT ON FUNCTION ltv(float8, text) IS 'lifetime value: revenue per user over churn rate';

CREATE FUNCTION ltv_trans(bytea, float8, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ltv_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ltv_trans(bytea, numeric, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ltv_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ltv_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_ltv_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- ltv(revenue float8, churned boolean) -> float8                        since 0.1.0
---
--- Lifetime value from one row per user: arpu(revenue) / churn_rate(churned).
---
--- Input        revenue        of one user in the period: numeric, an integer or
---                             float8
---              churned        was the user lost in the period?  A row with a NULL is
---                             skipped
--- Output       in the units of revenue; NULL when nobody churned or no row was seen
--- Exact        the sum has twice the digits of float8: any order and plan agree to
---              1e-15
--- Cost         one pass; parallel and distributed plans, windows
--- Errors       22003  a revenue is NaN or infinite, or the sum is beyond float8
CREATE AGGREGATE ltv(revenue float8, churned boolean) (
	SFUNC = ltv_trans, STYPE = bytea, SSPACE = 40, COMBINEFUNC = revenue_combine,
	FINALFUNC = ltv_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ltv(revenue numeric, churned boolean) (
	SFUNC = ltv_trans, STYPE = bytea, SSPACE = 40, COMBINEFUNC = revenue_combine,
	FINALFUNC = ltv_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ltv(numeric, boolean) IS 'lifetime value, from one row per user';
COMMENT ON AGGREGATE ltv(float8, boolean) IS 'lifetime value, from one row per user';

