-- Rules for every object of the extension.
BEGIN;
SELECT plan(10);

CREATE TEMP VIEW member AS
	SELECT d.classid, d.objid
	FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'segment';

CREATE TEMP VIEW function AS
	SELECT p.* FROM member m JOIN pg_proc p ON p.oid = m.objid WHERE m.classid = 'pg_proc'::regclass;

-- functions that other objects consist of, found through their references
CREATE TEMP VIEW support AS
	SELECT f::oid AS oid FROM pg_aggregate a,
		LATERAL unnest(ARRAY[aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
			aggmtransfn, aggminvtransfn, aggmfinalfn]) AS f
	UNION SELECT f::oid FROM pg_type t,
		LATERAL unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze, typsubscript]) AS f
	UNION SELECT f::oid FROM pg_operator o, LATERAL unnest(ARRAY[oprcode, oprrest, oprjoin]) AS f
	UNION SELECT castfunc FROM pg_cast
	UNION SELECT amproc::oid FROM pg_amproc
	UNION SELECT prosupport::oid FROM pg_proc;

SELECT isnt_empty('SELECT * FROM function', 'the extension has functions');

SELECT is_empty($$
	SELECT oid::regprocedure FROM function
	WHERE oid NOT IN (SELECT oid FROM support) AND obj_description(oid, 'pg_proc') IS NULL
$$, 'every public function and aggregate has a comment');

SELECT is_empty($$
	SELECT objid::regtype FROM member m JOIN pg_type t ON t.oid = m.objid
	WHERE classid = 'pg_type'::regclass AND t.typelem = 0 AND obj_description(objid, 'pg_type') IS NULL
$$, 'every type has a comment');

SELECT is_empty($$
	SELECT objid::regoperator FROM member
	WHERE classid = 'pg_operator'::regclass AND obj_description(objid, 'pg_operator') IS NULL
$$, 'every operator has a comment');

SELECT is_empty($$
	SELECT oid::regprocedure FROM function WHERE proparallel = 'u'
$$, 'no function is parallel unsafe, the default if PARALLEL is forgotten');

SELECT is_empty($$
	SELECT oid::regprocedure FROM function WHERE provolatile = 'v' AND prokind <> 'a'
		AND proname !~ '^dp_(count|number)_final$' -- these draw noise
$$, 'no function is volatile, the default if IMMUTABLE is forgotten');

SELECT is_empty($$
	SELECT oid::regprocedure FROM function WHERE prosecdef
$$, 'no function runs with the rights of its owner');

-- a final function that changes its state forbids use as a window function
SELECT is_empty($$
	SELECT aggfnoid FROM pg_aggregate WHERE aggfnoid IN (SELECT oid FROM function) AND aggfinalmodify <> 'r'
$$, 'every final function is READ_ONLY');

-- an SQL function with a string body looks names up when it
-- runs, in whatever search_path the caller has
SELECT is_empty($$
	SELECT f.oid::regprocedure FROM function f JOIN pg_language l ON l.oid = f.prolang
	WHERE l.lanname <> 'c' AND f.prosqlbody IS NULL AND f.proconfig IS NULL AND f.prokind <> 'a'
$$, 'no function depends on search_path');

-- C symbols carry our name, so that those of other libraries cannot be taken for them
SELECT is_empty($$
	SELECT f.oid::regprocedure FROM function f JOIN pg_language l ON l.oid = f.prolang
	WHERE l.lanname = 'c' AND f.prosrc !~ '^(segment|feature_vector)_'
$$, 'every C symbol begins with segment_ or feature_vector_');

SELECT * FROM finish();
ROLLBACK;
