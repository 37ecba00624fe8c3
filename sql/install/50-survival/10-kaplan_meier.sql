CREATE FUNCTION kaplan_meier_trans(bytea, float8, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_kaplan_meier_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kaplan_meier_trans(bytea, float8, boolean, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_kaplan_meier_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kaplan_meier_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_kaplan_meier_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kaplan_meier_final(bytea) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_kaplan_meier_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- kaplan_meier(duration float8, event boolean [, timefix boolean]) -> segment_summary
---                                                                      since 0.1.0
---
--- Counts, from one row per user, how many had the event (left) after each time and
--- how many were no longer observed: the input of a survival curve.  Summaries add
--- up with rollup.
---
--- Input        duration   how long the user was observed, a number in any unit:
---                         until the event, or until now; finite, not negative
---              event      true: it ended with the event; false: the user was
---                         still there (censored)
---              timefix    times that are equal but for rounding count as one; true
---                         by default
---                         A row without duration or event is skipped, and
---                         counted as such
--- Output       a Kaplan-Meier summary: distinct times with counts of events and of
---              censored users, rows_used, rows_skipped, event_count, timefix; NULL
---              when there were no rows
--- Rounding     the summary keeps times as they are, so summaries add up exactly;
---              the curve joins neighbouring times that are within 1.5e-8 (the
---              square root of the machine epsilon), or within that share of the
---              mean of all distinct times, into the earliest of them
--- Repeatable   any order and plan give the same bits
--- Cost         memory up to 320 bytes per distinct time while it is made; the
---              summary takes 24: 2.8 million distinct times fit into the default
---              segment.max_model_size, and the first one beyond is an error
--- Errors       22004  timefix is NULL
---              22023  a duration is negative, infinite or NaN; timefix is not the
---                     same for all rows
---              54000  too many distinct times: round the durations
--- Source       Kaplan & Meier (1958); timefix of R's survfit (aeqSurv)
CREATE AGGREGATE kaplan_meier(duration float8, event boolean) (
	SFUNC = kaplan_meier_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = kaplan_meier_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = kaplan_meier_combine, PARALLEL = SAFE
);
CREATE AGGREGATE kaplan_meier(duration float8, event boolean, timefix boolean) (
	SFUNC = kaplan_meier_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = kaplan_meier_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = kaplan_meier_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kaplan_meier(float8, boolean, boolean) IS 'counts behind a survival curve, by duration';
COMMENT ON AGGREGATE kaplan_meier(float8, boolean) IS 'counts behind a survival curve, by duration';

--- survival_curve(summary segment_summary [, confidence float8 [, ci_type text]])
---   -> rows (time, at_risk, events, censored, survival, std_error, ci_low, ci_high)
---                                                                      since 0.1.0
---
--- The Kaplan-Meier curve: one row per time that occurs, ascending; times that are
--- equal but for rounding are one (see kaplan_meier).
---
--- Input        confidence  of the interval, between 0 and 1; 0.95 by default
---              ci_type     scale on which the interval is symmetric: log-log
---                          (default), log (R's default) or plain
--- Output       at_risk     users observed up to this time or longer
---              events      those who had the event at this time
---              censored    those observed no longer than this
---              survival    share that has not had the event, from this time on
---              std_error   of survival, by Greenwood's formula
---              ci_low      interval of survival: 0 to 1
---              ci_high
---              std_error and the interval are NULL where survival is 0, and the
---              log-log interval also where survival is 1
--- Errors       22023  confidence is not between 0 and 1, or ci_type is unknown
---              42804  not a Kaplan-Meier summary
--- Source       Kaplan & Meier (1958); Greenwood (1926); Kalbfleisch & Prentice
---              (1980) for log-log; conventions of R's survfit
CREATE FUNCTION survival_curve(
	summary segment_summary, confidence float8 DEFAULT 0.95, ci_type text DEFAULT 'log-log',
	OUT "time" float8, OUT at_risk bigint, OUT events bigint, OUT censored bigint,
	OUT survival float8, OUT std_error float8, OUT ci_low float8, OUT ci_high float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_survival_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION survival_curve(segment_summary, float8, text) IS 'Kaplan-Meier curve with its confidence interval, one row per time';

--- survival_at(summary segment_summary, at float8 [, given float8]) -> float8
---                                                                      since 0.1.0
---
--- Share of users who have not had the event up to and including a time; with
--- given, of those who had not had it up to and including given.
---
--- Output       1 before the first time of the summary, and where at is not after
---              given; NULL after the last one, as nobody was observed that long,
---              unless survival has fallen to 0 and stays there; NULL if nobody was
---              left at given
--- Cost         the curve is built once per query, then one binary search per row
--- Errors       22003  the time is NaN
---              42804  not a Kaplan-Meier summary
CREATE FUNCTION survival_at(summary segment_summary, at float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_survival_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION survival_at(summary segment_summary, at float8, given float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_survival_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION survival_at(segment_summary, float8, float8) IS 'share of those still there at a time who are still there at a later one';
COMMENT ON FUNCTION survival_at(segment_summary, float8) IS 'share that has not had the event up to a time';

--- median_survival(summary segment_summary) -> float8                    since 0.1.0
---
--- The time by which half of the users have had the event.
---
--- Output       first time with a survival of 0.5 or less; where it is exactly 0.5,
---              the midpoint between this time and the next one with events (as R
---              prints it); NULL when survival stays above 0.5
--- Errors       42804  not a Kaplan-Meier summary
CREATE FUNCTION median_survival(summary segment_summary) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_median_survival' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION median_survival(segment_summary) IS 'time by which half of the users have had the event';
