-- Ids come out of a model as they were learned, or the call is an error: no item is
-- recommended although it was seen, and none comes out twice.
BEGIN;
SELECT plan(91);

CREATE DOMAIN course_number AS int CHECK (VALUE > 0);
CREATE TYPE color AS ENUM ('Red', 'red', 'blue', 'green');

-- What a call says of items that some baskets have: 'kept' if what comes out is
-- what went in, without what was seen; otherwise SQLSTATE, or what is wrong
CREATE FUNCTION outcome(call text, model segment_model, seen text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text[];
BEGIN
	EXECUTE format('SELECT array_agg(id::text) FROM (%s) AS t(id)', call) INTO found USING model;
	IF found && seen::text[] THEN
		RETURN 'seen again: ' || found::text;
	ELSIF cardinality(found) <> (SELECT count(DISTINCT f) FROM unnest(found) AS f) THEN
		RETURN 'twice: ' || found::text;
	ELSIF found IS NULL THEN
		RETURN 'nothing';
	END IF;
	RETURN 'kept';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- Eight baskets of six ids; each kind of model, learned from them as one type
CREATE FUNCTION models(ids text[], type text, OUT cf segment_model, OUT sets segment_model, OUT paths segment_model)
LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format(
		'SELECT cf_train(b, i::%1$s, 1, cf_options(''item_knn'', feedback => ''implicit'')) '
			'FROM generate_series(1, 8) AS b, unnest($1) WITH ORDINALITY AS t(i, n) '
			'WHERE (b * n) %% 5 < 4',
		type) INTO cf USING ids;
	EXECUTE format(
		'SELECT itemset_train(a), frequent_sequence_train(a) FROM (SELECT array_agg(i::%1$s ORDER BY n) AS a '
			'FROM generate_series(1, 8) AS b, unnest($1) WITH ORDINALITY AS t(i, n) '
			'WHERE (b * n) %% 5 < 4 GROUP BY b) AS t',
		type) INTO sets, paths USING ids;
END $$;

CREATE TEMP TABLE cases (learned text, ids text[], asked text, seen text, expected text);
INSERT INTO cases VALUES
	-- the same text in both types
	('text', '{7,8,9,10,11,12}', 'int', '{7,9}', 'kept'),
	('int', '{7,8,9,10,11,12}', 'text', '{7,9}', 'kept'),
	('int', '{7,8,9,10,11,12}', 'numeric', '{7,9}', 'kept'),
	('boolean', '{true,false,true,false,true,false}', 'text', '{true}', 'kept'),
	('numeric', '{1.0,2.50,3,4,5,6}', 'numeric', '{1,2.5}', 'kept'),
	('varchar', '{a,b,c,d,e,f}', 'text', '{a,b}', 'kept'),
	('char(3)', '{a,b,c,d,e,f}', 'text', '{a,b}', 'kept'),
	('course_number', '{1,2,3,4,5,6}', 'course_number', '{1,2}', 'kept'),
	('color', '{Red,red,blue,green,Red,red}', 'color', '{Red,blue}', 'kept'),
	('float8', '{1e15,2e15,3e15,4e15,5,6}', 'float8', '{1e+15}', 'kept'),
	('date', '{2024-01-01,2024-01-02,2024-01-03,2024-01-04,2024-01-05,2024-01-06}', 'text', '{2024-01-01}', 'kept'),
	-- the type of the call would make other ids of them
	('text', '{007,008,009,010,011,012}', 'int', '{7,9}', '22P02'),
	('text', '{7,007,8,008,9,009}', 'int', '{7,8}', '22P02'),
	('text', '{7,008,009,010,011,012}', 'bigint', '{10,11}', '22P02'),
	('text', '{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11,A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A12,A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A13}',
		'uuid', '{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}', '22P02'),
	('text', '{1.0,2.0,3.0,4.0}', 'numeric', '{1,2}', '22P02'),
	('text', '{t,f,yes,no}', 'boolean', '{t}', '22P02'),
	('bigint', '{1000000000000000,2000000000000000,3000000000000000}', 'float8', '{1e+15}', '22P02'),
	('float8', '{1e15,2e15,3e15}', 'bigint', '{1000000000000000}', '22P02'),
	('text', '{01.02.2024,02.02.2024,03.02.2024}', 'date', '{2024-01-02}', '22P02'),
	('text', '{a,b,c}', 'int', '{1}', '22P02');

-- item_id among those seen; a witness; and nothing in common at all
SELECT is(outcome(format(call, quote_literal(seen), asked), CASE kind WHEN 1 THEN cf WHEN 2 THEN sets ELSE paths END, seen),
	expected, format('%s, learned as %s, asked as %s', split_part(split_part(call, '(', 1), ' ', -1), learned, asked))
FROM cases, models(ids, learned),
	(VALUES (1, 'SELECT item_id FROM cf_recommend($1, 3, %1$s::%2$s[], 9)'),
		(1, 'SELECT item_id FROM cf_recommend_history($1, %1$s::%2$s[], array_fill(1::float8, ARRAY[cardinality(%1$s::%2$s[])]), 9)'),
		(2, 'SELECT item FROM rule_recommend($1, %1$s::%2$s[], 9)'),
		(3, 'SELECT item FROM frequent_sequence_recommend($1, %1$s::%2$s[], 9)')) AS c(kind, call)
ORDER BY learned, asked, ids, kind, call;

-- every item of a model as a witness's type
SELECT throws_ok($$ SELECT items FROM frequent_itemsets((SELECT sets FROM models('{7,007,8}', 'text')), NULL::int) $$, '22P02',
	'the model''s id "007" would change in type integer', 'frequent_itemsets');
SELECT throws_ok($$ SELECT items FROM frequent_sequences((SELECT paths FROM models('{7,007,8}', 'text')), NULL::int) $$,
	'22P02', NULL, 'frequent_sequences');
SELECT throws_ok($$ SELECT antecedent FROM association_rules((SELECT sets FROM models('{7,007,8}', 'text')), 0, 0, NULL::int) $$,
	'22P02', NULL, 'association_rules');
SELECT throws_ok($$ SELECT item_id FROM cf_items((SELECT cf FROM models('{7,007,8}', 'text')), NULL::int) $$,
	'22P02', NULL, 'cf_items');
-- one id, without a list
SELECT throws_ok($$ SELECT cf_predict((SELECT cf FROM models('{007,008}', 'text')), 3, 7) $$, '22P02', NULL, 'cf_predict');
SELECT throws_ok($$ SELECT item_id FROM cf_similar_items((SELECT cf FROM models('{007,008}', 'text')), 7, 5) $$,
	'22P02', NULL, 'cf_similar_items');
SELECT throws_ok($$ SELECT neighbour FROM cf_neighbours((SELECT cf FROM models('{007,008}', 'text')), 3, 7) $$,
	'22P02', NULL, 'cf_neighbours');

SELECT * FROM finish();
ROLLBACK;
