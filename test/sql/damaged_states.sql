--
-- States of aggregates at the largest count: one row more must not overflow
--
CREATE SCHEMA damaged;
SET search_path = damaged, public;

CREATE AGGREGATE churn_at_limit(boolean) (SFUNC = churn_rate_trans, STYPE = bigint[],
	FINALFUNC = churn_rate_final, INITCOND = '{9223372036854775807,9223372036854775807}');
SELECT churn_at_limit(true);
CREATE AGGREGATE churn_half_way(boolean) (SFUNC = churn_rate_trans, STYPE = bigint[],
	FINALFUNC = churn_rate_final, INITCOND = '{4611686018427387902,4611686018427387902}');
SELECT churn_half_way(true);
CREATE AGGREGATE inactive_at_limit(date, date, interval) (SFUNC = churn_rate_trans, STYPE = bigint[],
	FINALFUNC = churn_rate_final, INITCOND = '{9223372036854775807,0,757382400000000,0,1,0,757296000000000}');
SELECT inactive_at_limit('2023-12-01', '2024-01-01', '1 day');
CREATE AGGREGATE curve_at_limit(boolean[]) (SFUNC = retention_curve_trans, STYPE = bigint[],
	FINALFUNC = retention_curve_final, INITCOND = '{9223372036854775807,9223372036854775807}');
SELECT curve_at_limit('{t}');
CREATE AGGREGATE curve_half_way(boolean[]) (SFUNC = retention_curve_trans, STYPE = bigint[],
	FINALFUNC = retention_curve_final, INITCOND = '{4611686018427387902,4611686018427387902}');
SELECT curve_half_way('{t}');

-- the same for counts by key: the last word that is 1 becomes the largest count
CREATE FUNCTION at_limit(state bytea) RETURNS text LANGUAGE sql
	RETURN regexp_replace(state::text, '(.*)0100000000000000', '\1ffffffffffffff7f');
DO $$
BEGIN
	EXECUTE format('CREATE AGGREGATE rand_at_limit(bigint, bigint) (SFUNC = contingency_trans, STYPE = bytea,
		FINALFUNC = adjusted_rand_final, INITCOND = %L)', at_limit(contingency_trans(NULL, 1::bigint, 2::bigint)));
	EXECUTE format('CREATE AGGREGATE survival_at_limit(float8, boolean) (SFUNC = kaplan_meier_trans, STYPE = bytea,
		FINALFUNC = kaplan_meier_final, INITCOND = %L)', at_limit(kaplan_meier_trans(NULL, 1, true)));
	EXECUTE format('CREATE AGGREGATE logrank_at_limit(bigint, float8, boolean) (SFUNC = logrank_trans, STYPE = bytea,
		FINALFUNC = logrank_final, INITCOND = %L)', at_limit(logrank_trans(NULL, 1::bigint, 1, true)));
END $$;
SELECT rand_at_limit(1, 2);
SELECT survival_at_limit(1, true);
SELECT logrank_at_limit(1, 1, true);

SET client_min_messages = warning;
DROP SCHEMA damaged CASCADE;
