-- model values: text, binary, damage, comparison

CREATE TABLE models AS
	SELECT 1 AS id, kmeans_train(ARRAY[i / 3.0, 1e-130 * i, -i], 2) AS model FROM generate_series(1, 9) AS i
	UNION ALL
	SELECT 2, kmeans_train(ARRAY[i % 3], 3, kmeans_options(standardize => false, feature_names => '{"a \"name\" "}'))
	FROM generate_series(1, 9) AS i;

-- the whole text of a simple model except what changes with each version
CREATE VIEW simple AS
	SELECT kmeans_train(ARRAY[i, 10], 2, kmeans_options(standardize => false)) AS model FROM generate_series(1, 4) AS i;
SELECT regexp_replace(model::text, '"(fingerprint|version)": "[^"]*"', '"\1": ""', 'g') AS text FROM simple;
SELECT model::jsonb - '{options,fingerprint,version}'::text[] AS json FROM simple;
SELECT model_info(model) - 'version' AS info FROM simple;
DROP VIEW simple;
SELECT model_method(model), model_size(model) = pg_column_size(model) AS is_size FROM models;

-- text and binary read back to the same bits, whatever extra_float_digits says
SET extra_float_digits = 0;
CREATE TABLE texts AS SELECT id, model::text AS t FROM models;
SET extra_float_digits = 3;
SELECT id, t = model::text AS same_text, t::segment_model = model AS same_model,
	   segment_model_send(t::segment_model) = segment_model_send(model) AS same_bytes
FROM models JOIN texts USING (id) ORDER BY id;
RESET extra_float_digits;
SELECT id, t::jsonb = model::jsonb AS same_json, t::jsonb::text::segment_model = model AS from_json
FROM models JOIN texts USING (id) ORDER BY id;

-- damaged text; a helper shows the answer to a changed model
CREATE FUNCTION answer(query text, VARIADIC arguments text[] DEFAULT '{}') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
BEGIN
	EXECUTE query USING arguments[1], arguments[2];
	RETURN 'ok';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;
CREATE FUNCTION read(changed jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT answer('SELECT $1::segment_model', changed::text) $$;
CREATE VIEW original AS SELECT t::jsonb AS j FROM texts WHERE id = 2;

SELECT answer('SELECT $1::segment_model', t) FROM unnest('{"[]","1","{}"}'::text[]) AS t;
SELECT left(answer('SELECT $1::segment_model', left(t, length(t) / 2)), 5) AS half FROM texts WHERE id = 1;
SELECT read(j - 'method') FROM original;
SELECT read(j || '{"method": "kmean"}') FROM original;
SELECT read(j || '{"method": 1}') FROM original;
SELECT read(j || '{"format": 2}') FROM original;
SELECT read(j || '{"format": 0}') FROM original;
SELECT read(j || '{"format": "1"}') FROM original;
SELECT read(j || '{"extra": 1}') FROM original;
SELECT read(j - 'centers') FROM original;
SELECT read(j || '{"fingerprint": null}') FROM original;
SELECT read(j || '{"fingerprint": "0123456789abcdef"}') FROM original;
SELECT read(j || '{"fingerprint": 17}') FROM original;
SELECT read(j - 'fingerprint') FROM original;
SELECT read(j || '{"inertia": 1}') FROM original;
SELECT read(j || '{"k": 2}') FROM original;
SELECT read(j || '{"k": 0, "fingerprint": null}') FROM original;
SELECT read(j || '{"k": 1e30}') FROM original;
SELECT read(j || '{"k": 100000000000}') FROM original;
SELECT read(j || '{"dim": -1}') FROM original;
SELECT read(j || '{"centers": 1}') FROM original;
SELECT read(j || '{"centers": {}}') FROM original;
SELECT read(j || '{"centers": [1, 2, 3]}') FROM original;
SELECT read(j || '{"centers": [[1, 2, 3]]}') FROM original;
SELECT read(j || '{"centers": [[1], [2], ["3"]]}') FROM original;
SELECT read(j || '{"centers": [[1], [2], [1e309]]}') FROM original;
SELECT read(j || '{"feature_weights": [0]}') FROM original;
SELECT read(j || '{"sizes": [3, 3, 4], "fingerprint": null}') FROM original;
SELECT read(j || '{"sizes": [3, 3, -3], "fingerprint": null}') FROM original;
SELECT read(j || '{"feature_names": {}}') FROM original;
SELECT read(j || '{"names": 0, "feature_names": {}, "fingerprint": null}') FROM original;
SELECT read(j || '{"names": 0, "feature_names": [], "fingerprint": null}') FROM original;
SELECT read(j || '{"feature_names": [["a"]]}') FROM original;
SELECT read(j || '{"version": 1}') FROM original;
SELECT answer('SELECT $1::segment_summary', t) FROM texts WHERE id = 1;

-- damaged bytes, through the binary form
CREATE FUNCTION receive(bytes bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	file text := format('%s/segment_model_%s.copy', current_setting('data_directory'), pg_backend_pid());
	result text;
BEGIN
	-- signature, flags and no extension; one row with one field; the end
	PERFORM lo_from_bytea(4711,
		'\x5047434f50590aff0d0a000000000000000000' || int2send(1::int2) || int4send(length(bytes)) || bytes || '\xffff');
	PERFORM lo_export(4711, file);
	PERFORM lo_unlink(4711);
	CREATE TEMP TABLE received (model segment_model) ON COMMIT DROP;
	result := answer(format('COPY received FROM %L WITH (FORMAT binary)', file));
	IF result = 'ok' THEN
		SELECT md5(model::text) INTO result FROM received;
	END IF;
	DROP TABLE received;
	RETURN result;
END $$;
SELECT receive(segment_model_send(model)) = md5(model::text) AS same FROM models;
SELECT receive('') AS empty, receive('\x0001') AS two_bytes;
SELECT receive(set_byte(segment_model_send(model), 1, 255)) AS unknown_method FROM models WHERE id = 1;
SELECT receive(set_byte(segment_model_send(model), 3, 2)) AS newer_format FROM models WHERE id = 1;
SELECT receive(set_byte(segment_model_send(model), 3, 0)) AS no_format FROM models WHERE id = 1;
SELECT receive(overlay(segment_model_send(model) PLACING '\x0000000000000000' FROM 5)) AS no_fingerprint FROM models WHERE id = 1;
SELECT receive(segment_model_send(model) || '\x0000000000000000') AS longer FROM models WHERE id = 1;
-- every length and every byte: the server does not crash, and nothing is taken for another model
SELECT count(*) > 40 AS cuts, count(*) FILTER (WHERE a ~ '^(XX001|08P01)') = count(*) AS all_refused
FROM (SELECT receive(substring(segment_model_send(model) FOR n)) AS a
	  FROM models, generate_series(0, length(segment_model_send(model)) - 1, 7) AS n WHERE id = 1) AS t;
SELECT count(*) > 100 AS flips, count(*) FILTER (WHERE a ~ '^[0-9A-Z]{5} ') = count(*) AS all_refused
FROM (SELECT receive(set_byte(b, n, get_byte(b, n) # (1 << n % 8))) AS a
	  FROM (SELECT segment_model_send(model) AS b FROM models WHERE id = 1) AS m,
		   generate_series(0, length(b) - 1, 3) AS n) AS t;

-- comparison: equal if the content is
SELECT a.id, b.id, a.model = b.model AS eq, a.model <> b.model AS ne,
	   (a.model < b.model)::int + (a.model > b.model)::int AS one_of, a.model <= b.model OR a.model >= b.model AS total
FROM models AS a, models AS b ORDER BY 1, 2;
SELECT count(DISTINCT model) AS n FROM (TABLE models UNION ALL TABLE models) AS t;
SELECT count(*) AS n FROM (SELECT model FROM models UNION SELECT t::segment_model FROM texts) AS t;

-- too large: the error says what to do
SET segment.max_model_size = '1kB';
SELECT answer('SELECT kmeans_train(ARRAY[i], 100) FROM generate_series(1, 200) AS i');
SELECT answer('SELECT kmeans_train(ARRAY[i], 20) FROM generate_series(1, 200) AS i');
RESET segment.max_model_size;

DROP VIEW original;
DROP TABLE models, texts;
DROP FUNCTION answer, read, receive;
