-- PostgreSQL 19 computes mergeable aggregates below a join, where there may be far
-- more groups than in the result, unless the size of a state is declared negative:
-- it grows with the rows.  Earlier servers would take a negative size for none, so
-- the size that plans count with is declared above, and only its sign changes here.
-- Every server resolves the names.
DO $$
DECLARE
	declaration text;
BEGIN
	FOR declaration IN
		SELECT format('CREATE OR REPLACE AGGREGATE %I(%s) (SFUNC = %I, STYPE = %s, SSPACE = %s, COMBINEFUNC = %I,'
				' FINALFUNC = %I, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE)',
			p.proname, pg_get_function_arguments(p.oid), s.proname, a.aggtranstype::regtype, -a.aggtransspace, c.proname, f.proname)
		FROM pg_aggregate AS a
		JOIN pg_proc AS p ON p.oid = a.aggfnoid
		JOIN pg_proc AS s ON s.oid = a.aggtransfn
		JOIN pg_proc AS c ON c.oid = a.aggcombinefn
		JOIN pg_proc AS f ON f.oid = a.aggfinalfn
		WHERE current_setting('server_version_num')::int >= 190000 AND a.aggtransspace > 0 AND a.aggcombinefn::oid = ANY (ARRAY[
			'segment_summary_merge_trans(segment_summary, segment_summary)', 'rollup_combine(bytea, bytea)',
			'dispersion_combine(bytea, bytea)', 'contingency_combine(bytea, bytea)', 'top_interest_combine(bytea, bytea)',
			'top_keywords_combine(bytea, bytea)', 'arpu_events_combine(bytea, bytea)', 'kaplan_meier_combine(bytea, bytea)',
			'logrank_combine(bytea, bytea)', 'catalog_coverage_combine(bytea, bytea)', 'group_values_combine(bytea, bytea)',
			'active_users_combine(bytea, bytea)', 'trend_combine(bigint[], bigint[])', 'difference_in_differences_combine(bytea, bytea)',
			'dp_combine(bytea, bytea)', 'k_anonymity_combine(bytea, bytea)', 'histogram_svg_combine(bytea, bytea)',
			'scatter_svg_combine(bytea, bytea)', 'grouped_scatter_svg_combine(bytea, bytea)', 'l_diversity_combine(bytea, bytea)']::regprocedure[]::oid[])
	LOOP
		EXECUTE declaration;
	END LOOP;
END $$;
