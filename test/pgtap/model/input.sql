-- Input that is refused softly, JSON both ways, partitions by hash.
BEGIN;
SELECT plan(24);

CREATE TEMP TABLE made AS
	SELECT kmeans_train(ARRAY[i, sin(i)], 3, kmeans_options(feature_names => '{a,"b \"c\""}')) AS model,
		kaplan_meier(i, i % 3 > 0) AS summary
	FROM generate_series(1, 30) AS i;

-- PostgreSQL 15 has no soft errors: there an exception must do
CREATE FUNCTION soft(input text, type text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	IF current_setting('server_version_num')::int < 160000 THEN
		BEGIN
			EXECUTE format('SELECT %L::%s', input, type);
		EXCEPTION WHEN OTHERS THEN
			RETURN SQLSTATE || ' ' || SQLERRM;
		END;
	ELSE
		EXECUTE 'SELECT sql_error_code || '' '' || message FROM pg_input_error_info($1, $2)' INTO answer USING input, type;
	END IF;
	RETURN coalesce(answer, 'valid');
END $$;
CREATE FUNCTION changed(change jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT (model::jsonb || change)::text FROM made $$;

SELECT is(soft(model::text, 'segment_model'), 'valid', 'a model is valid input') FROM made;
SELECT is(soft(model::jsonb::text, 'segment_model'), 'valid', 'in the order of jsonb as well') FROM made;
SELECT is(soft(summary::text, 'segment_summary'), 'valid', 'a summary') FROM made;
SELECT is(soft('', 'segment_model'), '22P02 invalid input syntax for type segment_model', 'nothing');
SELECT is(soft('x', 'segment_model'), '22P02 invalid input syntax for type segment_model', 'the name of a model');
SELECT is(soft('x', 'segment_summary'), '22P02 invalid input syntax for type segment_summary', 'names its own type');
SELECT is(soft('{"a": [1,}', 'segment_summary'), '22P02 invalid input syntax for type segment_summary', 'bad JSON');
SELECT is(soft(summary::text, 'segment_model'), '22P02 invalid input syntax for type segment_model', 'a summary is no model') FROM made;
SELECT is(soft(changed('{"format": 99}'), 'segment_model'),
	'0A000 k-means model has format 99, this version reads up to 1', 'a later format');
SELECT is(soft(changed('{"options": {"a": 1}, "k": -1}'), 'segment_model'), '22P02 invalid input syntax for type segment_model', 'shape');
SELECT is(soft(changed('{"inertia": -1}'), 'segment_model'), 'XX001 k-means model is corrupted', 'bounds');
SELECT is(soft(changed('{"inertia": 0.5}'), 'segment_model'), 'XX001 k-means model is corrupted', 'fingerprint');
SELECT is(soft(changed('{"centers": [[1, 2], [1, 2], [1, 1e400]]}'), 'segment_model'),
	'22P02 invalid input syntax for type segment_model', 'range');
SELECT is(soft('[1,x]', 'feature_vector'), '22P02 invalid input syntax for type feature_vector: "[1,x]"', 'a vector');
SELECT is(soft('[1,2]', 'feature_vector(3)') LIKE '22%', true, 'a vector of another length');

-- COPY that goes on
CREATE TEMP TABLE target (model segment_model, v feature_vector(2));
DO $$ BEGIN
	IF current_setting('server_version_num')::int >= 170000 THEN
		SET LOCAL client_min_messages = warning;
		EXECUTE $copy$ COPY target FROM PROGRAM 'printf "x\t[1,2]\n\\N\t[1,2,3]\n\\N\t{\n\\N\t[3,4]\n"' (ON_ERROR ignore) $copy$;
	ELSE
		INSERT INTO target VALUES (NULL, '[3,4]');
	END IF;
END $$;
SELECT results_eq('SELECT v::text FROM target', $$VALUES ('[3,4]')$$, 'COPY ON_ERROR goes on after each kind of input');

-- JSON
SELECT is(to_json(model)::jsonb, model::jsonb, 'to_json gives JSON, not a string') FROM made;
SELECT is(to_json(model)::text, model::text, 'and is the text') FROM made;
SELECT is(row_to_json(made) -> 'summary' ->> 'method', model_method(summary), 'in rows too') FROM made;
SELECT is((SELECT r.model FROM json_populate_record(NULL::target, row_to_json(made)) AS r), model, 'and reads back') FROM made;

-- partitions
CREATE TEMP TABLE parts (model segment_model) PARTITION BY HASH (model);
CREATE TEMP TABLE part0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE part1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT kmeans_train(ARRAY[i, g], 1) FROM generate_series(1, 3) AS i, generate_series(1, 40) AS g GROUP BY g;
SELECT is((SELECT count(*) FROM part0) BETWEEN 8 AND 32, true, 'models are dealt to partitions');
SELECT is((SELECT count(*) FROM parts AS p WHERE model = (SELECT model FROM part1 LIMIT 1)), 1::bigint, 'and found there');

-- the functions behind the casts to json
SELECT is(segment_model_to_json(m)::jsonb, m::jsonb, 'a model as json')
FROM (SELECT tier_train(i, 2) AS m FROM generate_series(1, 9) AS i) AS t;
SELECT is(segment_summary_to_json(s)::jsonb, s::jsonb, 'a summary as json')
FROM (SELECT kaplan_meier(i, i % 2 = 0) AS s FROM generate_series(1, 9) AS i) AS t;

SELECT * FROM finish();
ROLLBACK;
