--- type trend_result                                                     since 0.1.0
---
--- What was known of a user at a date, see trend.
CREATE TYPE trend_result AS (
	last_seen float8, first_seen float8, current_streak bigint, longest_streak bigint, current_weeks bigint,
	longest_weeks bigint, windows bigint[], events bigint[], active_days bigint[], totals float8[],
	earlier_totals float8[], ratios float8[], slopes float8[]
);
COMMENT ON TYPE trend_result IS 'activity of a user up to a date';
COMMENT ON COLUMN trend_result.last_seen IS 'days from the last event to as_of';
COMMENT ON COLUMN trend_result.first_seen IS 'days from the first event to as_of';
COMMENT ON COLUMN trend_result.current_streak IS 'days in a row with an event, up to as_of';
COMMENT ON COLUMN trend_result.longest_streak IS 'the most days in a row with an event';
COMMENT ON COLUMN trend_result.current_weeks IS 'weeks in a row with an event, up to as_of';
COMMENT ON COLUMN trend_result.longest_weeks IS 'the most weeks in a row with an event';
COMMENT ON COLUMN trend_result.windows IS 'lengths in days, one for each element of the columns that follow';
COMMENT ON COLUMN trend_result.events IS 'events in the window';
COMMENT ON COLUMN trend_result.active_days IS 'days with an event in the window';
COMMENT ON COLUMN trend_result.totals IS 'sum of value in the window';
COMMENT ON COLUMN trend_result.earlier_totals IS 'sum of value in the window before it';
COMMENT ON COLUMN trend_result.ratios IS 'total / earlier total; NULL when that is not above 0';
COMMENT ON COLUMN trend_result.slopes IS 'by how much the total of a day rises per day; NULL in a window of one day';

CREATE FUNCTION trend_trans(bigint[], timestamptz, float8, timestamptz) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_trans(bigint[], timestamp, float8, timestamp) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_trans(bigint[], date, float8, date) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_trans(bigint[], timestamptz, float8, timestamptz, bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_trans(bigint[], timestamp, float8, timestamp, bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_trans(bigint[], date, float8, date, bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_date_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'segment_trend_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trend_final(bigint[]) RETURNS trend_result
	AS 'MODULE_PATHNAME', 'segment_trend_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- trend(ts timestamptz, value float8, as_of timestamptz [, windows bigint[]])
---   -> trend_result                                                     since 0.1.0
---
--- What was known of a user at a date: when last seen, streaks, and of each trailing
--- window how much there was, how that compares with the window before it, and
--- whether it rises or falls.  One row per event; GROUP BY user.  (t).* makes columns.
---
--- Input        ts        when: timestamptz, timestamp or date
---              value     how much; 1 counts events.  A row where ts or value is NULL
---                        is skipped
---              as_of     the moment of knowing, of the same type as ts, the same in
---                        all rows of a group.  What is at or after it changes nothing
---              windows   lengths in days, rising, 1 to 3660; up to 16 of them, the
---                        same in all rows of a group; {7,30,90} by default
--- Days         are 24 hours, counted back from as_of: a day begins at the time of day
---              of as_of and does not contain its own end.  Weeks are seven of these
---              days.  A window of w days is the last w of them
--- Output       last_seen, first_seen: days from the last and the first event to as_of
---              current_streak, longest_streak: days in a row with an event, those
---              that end at as_of, and the most there ever were; current_weeks and
---              longest_weeks, the same for weeks
---              and arrays with an element for each window: windows, their lengths;
---              events; active_days, those with an event; totals, sums of value;
---              earlier_totals, sums in the window of that length before;
---              ratios, total / earlier total, NULL when that is 0 or negative;
---              slopes, of the least squares line through the totals of the days, per
---              day, where days without an event are 0; NULL in a window of one day
---              NULL when there are no events before as_of
--- Exact        sums are not rounded: any order and plan give the same bits
--- Cost         one pass; memory some 100 bytes, 8 bytes for 64 days back to the first
---              event, and 90 to 150 bytes per window; parallel and distributed plans,
---              windows
--- Errors       22003  ts or as_of is infinite; value is NaN or infinite; a sum, ratio
---                     or slope is beyond float8
---              22004  as_of or windows is NULL
---              22023  a window is out of range or not longer than the one before it;
---                     as_of or windows is not the same for all rows of a group
---              54000  an event is more than 36525 days before as_of
--- Warning      01000  the session's TimeZone has days of 23 or 25 hours in the windows
---                     (given once per statement, for timestamptz)
CREATE AGGREGATE trend(ts timestamptz, value float8, as_of timestamptz) (
	SFUNC = trend_trans, STYPE = bigint[], SSPACE = 640, COMBINEFUNC = trend_combine,
	FINALFUNC = trend_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE trend(ts timestamp, value float8, as_of timestamp) (
	SFUNC = trend_trans, STYPE = bigint[], SSPACE = 640, COMBINEFUNC = trend_combine,
	FINALFUNC = trend_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE trend(ts date, value float8, as_of date) (
	SFUNC = trend_trans, STYPE = bigint[], SSPACE = 640, COMBINEFUNC = trend_combine,
	FINALFUNC = trend_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE trend(ts timestamptz, value float8, as_of timestamptz, windows bigint[]) (
	SFUNC = trend_trans, STYPE = bigint[], SSPACE = 640, COMBINEFUNC = trend_combine,
	FINALFUNC = trend_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE trend(ts timestamp, value float8, as_of timestamp, windows bigint[]) (
	SFUNC = trend_trans, STYPE = bigint[], SSPACE = 640, COMBINEFUNC = trend_combine,
	FINALFUNC = trend_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE trend(ts date, value float8, as_of date, windows bigint[]) (
	SFUNC = trend_trans, STYPE = bigint[], SSPACE = 640, COMBINEFUNC = trend_combine,
	FINALFUNC = trend_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE trend(timestamptz, float8, timestamptz) IS 'what was known of a user at a date: totals, trend, streaks';
COMMENT ON AGGREGATE trend(timestamp, float8, timestamp) IS 'what was known of a user at a date: totals, trend, streaks';
COMMENT ON AGGREGATE trend(date, float8, date) IS 'what was known of a user at a date: totals, trend, streaks';
COMMENT ON AGGREGATE trend(timestamptz, float8, timestamptz, bigint[]) IS 'what was known of a user at a date: totals, trend, streaks';
COMMENT ON AGGREGATE trend(timestamp, float8, timestamp, bigint[]) IS 'what was known of a user at a date: totals, trend, streaks';
COMMENT ON AGGREGATE trend(date, float8, date, bigint[]) IS 'what was known of a user at a date: totals, trend, streaks';

--- trend_features(trend trend_result) -> feature_vector                  since 0.1.0
---
--- A trend as a row of features for training and scoring.
---
--- Output       last_seen, first_seen, current_streak, longest_streak, current_weeks,
---              longest_weeks; then events of all windows, active_days of all, totals,
---              ratios and slopes.  A ratio or slope that is NULL is a missing element
CREATE FUNCTION trend_features(trend trend_result) RETURNS feature_vector
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN ((ARRAY[(trend).last_seen, (trend).first_seen, (trend).current_streak, (trend).longest_streak,
		(trend).current_weeks, (trend).longest_weeks]::float8[]
		|| (trend).events::float8[] || (trend).active_days::float8[] || (trend).totals || (trend).ratios
		|| (trend).slopes)::feature_vector);
COMMENT ON FUNCTION trend_features(trend_result) IS 'a trend as features';

--- trend_feature_names([windows bigint[]]) -> text[]                     since 0.1.0
---
--- Names of the elements of trend_features, for the option feature_names.
CREATE FUNCTION trend_feature_names(windows bigint[] DEFAULT '{7,30,90}') RETURNS text[]
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	RETURN '{last_seen,first_seen,current_streak,longest_streak,current_weeks,longest_weeks}'::text[]
		|| ARRAY(SELECT name || '_' || length::text
			FROM unnest('{events,active_days,total,ratio,slope}'::text[]) WITH ORDINALITY AS names (name, i),
				unnest(windows) WITH ORDINALITY AS lengths (length, j)
			ORDER BY i, j);
COMMENT ON FUNCTION trend_feature_names(bigint[]) IS 'names of the features of a trend';
