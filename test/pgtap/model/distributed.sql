-- What a distributed plan needs from the aggregates that merge states: Citus
-- computes parts of them on its workers, and postgres_fdw carries their states.
-- Aggregates without a combine function collect rows and are exempt, except from
-- the rule on names.
BEGIN;
SELECT plan(9);

CREATE TEMP VIEW aggregate AS
	SELECT p.oid::regprocedure AS name, p.proname, p.proargtypes::oid[] AS arguments, p.pronargs, p.proparallel, a.*,
		t.typtype, t.typsend, t.typreceive,
		s.proisstrict OR c.proisstrict AS is_strict,
		s.provolatile <> 'i' OR c.provolatile <> 'i' AS is_changeable,
		a.aggcombinefn <> 0 AS merges
	FROM pg_extension e
	JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
		AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
	JOIN pg_proc p ON p.oid = d.objid
	JOIN pg_aggregate a ON a.aggfnoid = p.oid
	JOIN pg_type t ON t.oid = a.aggtranstype
	JOIN pg_proc s ON s.oid = a.aggtransfn
	LEFT JOIN pg_proc c ON c.oid = a.aggcombinefn
	WHERE e.extname = 'segment';

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND typtype = 'p'
$$, 'states have a concrete type: "internal" is pulled to the coordinator');

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND typtype <> 'p' AND (typsend = 0 OR typreceive = 0)
$$, 'state types have SEND and RECEIVE');

SELECT is_empty($$
	SELECT name FROM aggregate
	WHERE merges AND EXISTS (SELECT 1 FROM unnest(arguments) x JOIN pg_type y ON y.oid = x WHERE y.typtype = 'p')
$$, 'no argument is polymorphic: the worker could not confirm its type');

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND (aggkind <> 'n' OR pronargs = 0)
$$, 'plain aggregates with an argument: for others the rows are pulled');

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND aggfinalextra
$$, 'no FINALFUNC_EXTRA: it would get NULLs and no argument types');

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND is_strict AND agginitval IS NULL
$$, 'no strict SFUNC or COMBINEFUNC without INITCOND: it would get its first state verbatim');

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND is_changeable
$$, 'SFUNC and COMBINEFUNC are immutable');

SELECT is_empty($$
	SELECT name FROM aggregate WHERE merges AND proparallel <> 's'
$$, 'parallel safe');

-- the planners of Citus and of postgres_fdw know these by name alone: the
-- server's own aggregates, and some of well-known extensions
SELECT is_empty($$
	SELECT name FROM aggregate
	WHERE (proname IN (SELECT p.proname FROM pg_proc p
			WHERE p.prokind = 'a' AND p.pronamespace = 'pg_catalog'::regnamespace)
		OR proname IN ('any_value', 'hll_add_agg', 'hll_union_agg', 'topn_add_agg', 'topn_union_agg'))
	AND (NOT merges OR typtype = 'p')
$$, 'a name that the server also has needs a concrete state and a combine function, or the answer is wrong');

SELECT * FROM finish();
ROLLBACK;
