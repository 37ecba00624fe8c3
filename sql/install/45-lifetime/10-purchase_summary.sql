--- type purchase_history (frequency int, recency float8, age float8, monetary float8)
---                                                                      since 0.1.0
---
--- What the lifetime value models need to know about a customer, in the order of
--- their arguments; see purchase_summary.
---
--- frequency    repeat purchases: periods with a purchase, not counting the first
--- recency      from the first period with a purchase to the last one, in units
--- age          from the first period with a purchase to that of as_of, in units
--- monetary     mean amount per period counted in frequency; 0 if there are none
CREATE TYPE purchase_history AS (frequency int, recency float8, age float8, monetary float8);
COMMENT ON TYPE purchase_history IS 'frequency, recency, age and monetary value of one customer';
COMMENT ON COLUMN purchase_history.frequency IS 'periods with a purchase, not counting the first';
COMMENT ON COLUMN purchase_history.recency IS 'from the first period with a purchase to the last one, in units';
COMMENT ON COLUMN purchase_history.age IS 'from the first period with a purchase to that of as_of, in units';
COMMENT ON COLUMN purchase_history.monetary IS 'mean amount of the periods with a purchase, not counting the first';

CREATE FUNCTION purchase_summary_trans(internal, timestamptz, float8, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_float8_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamptz, numeric, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamp, float8, timestamp) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_float8_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamp, numeric, timestamp) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, date, float8, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_date_float8_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, date, numeric, date) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_date_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamptz, float8, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_float8_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamptz, numeric, timestamptz, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamp, float8, timestamp, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_float8_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, timestamp, numeric, timestamp, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_timestamp_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, date, float8, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_date_float8_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_trans(internal, date, numeric, date, interval) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_date_numeric_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION purchase_summary_final(internal) RETURNS purchase_history
	AS 'MODULE_PATHNAME', 'segment_purchase_summary_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- purchase_summary(paid_at timestamptz, amount numeric, as_of timestamptz [, unit interval])
---   -> purchase_history                                                since 0.1.0
---
--- How often, when last, since when and for how much a customer has bought: what
--- the lifetime value models are trained on.  The definition is that of the
--- lifetimes package (summary_data_from_transaction_data) and of BTYD.
---
--- Input        paid_at        when: timestamptz, timestamp or date; NULL is skipped
---              amount         for how much: numeric, an integer or float8; negative
---                             for a refund; NULL counts as a purchase for 0
---              as_of          end of the observation, of the same type as paid_at;
---                             on the same day for all rows
---              unit           '1 day' (default), '1 week' or '1 month'; the same
---                             for all rows.  A row where as_of or unit is NULL is
---                             skipped
--- Periods      paid_at and as_of count as the start of their day, week (from
---              Monday) or month.  All that is paid in one period is one purchase.
---              Periods after that of as_of are left out: a purchase on the day of
---              as_of counts at any hour, and one later in its week or month counts
---              if that is the unit
--- Units        recency and age are whole days or weeks; a month is 30.436875 days,
---              the mean of the Gregorian calendar, so months have a fraction
--- Output       one row; NULL when there is no purchase up to as_of
--- Calendar     days, weeks and months are those of UTC, whatever the TimeZone
---              setting; for local ones pass paid_at AT TIME ZONE '…', a timestamp,
---              and as_of as a date or timestamp: current_date, or now() AT TIME
---              ZONE '…'
--- Repeatable   the same rows give the same bits in any order, plan and memory
---              budget
--- Cost         memory 64 bytes for each 4 purchases of a customer; one sort at the
---              end
--- Errors       22003  paid_at or as_of is infinite, an amount is NaN or infinite,
---                     or the sum of the amounts is beyond float8
---              22008  a date is beyond the year 294276
---              22023  unit is not one of the three; as_of or unit is not the same
---                     for all rows
---              54000  one customer's purchases outgrow segment.training_memory;
---                     groups in memory at once have more than 65535 different days
---                     of as_of
--- Warning      01000  the session's TimeZone would put a time into another
---                     period
---                     (given once per statement, for timestamptz)
--- Source       Fader, Hardie & Lee (2005); the lifetimes package (Davidson-Pilon)

CREATE AGGREGATE purchase_summary(paid_at timestamptz, amount float8, as_of timestamptz) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamptz, amount numeric, as_of timestamptz) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamp, amount float8, as_of timestamp) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamp, amount numeric, as_of timestamp) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at date, amount float8, as_of date) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at date, amount numeric, as_of date) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamptz, amount float8, as_of timestamptz, unit interval) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamptz, amount numeric, as_of timestamptz, unit interval) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamp, amount float8, as_of timestamp, unit interval) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at timestamp, amount numeric, as_of timestamp, unit interval) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at date, amount float8, as_of date, unit interval) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE purchase_summary(paid_at date, amount numeric, as_of date, unit interval) (
	SFUNC = purchase_summary_trans, STYPE = internal, SSPACE = 64,
	FINALFUNC = purchase_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE purchase_summary(timestamptz, float8, timestamptz) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamptz, numeric, timestamptz) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamp, float8, timestamp) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamp, numeric, timestamp) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(date, float8, date) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(date, numeric, date) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamptz, float8, timestamptz, interval) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamptz, numeric, timestamptz, interval) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamp, float8, timestamp, interval) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(timestamp, numeric, timestamp, interval) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(date, float8, date, interval) IS 'how often, when last, since when and for how much a customer bought';
COMMENT ON AGGREGATE purchase_summary(date, numeric, date, interval) IS 'how often, when last, since when and for how much a customer bought';
