--
-- Models and centroids from outside, made by hand or changed in place
--

-- A count is not trusted before the list has been read.
SELECT segment_model '{"method": "kmeans", "format": 1, "fingerprint": null,
	"k": 1, "dim": 1, "rows_used": 1, "rows_skipped": 0, "iterations": 1,
	"converged": true, "inertia": 0, "options": {}, "version": "0",
	"names": 134217728, "feature_names": []}';

-- Shares are parts of a mass, which must not be missing.
CREATE FUNCTION changed(model segment_model, key text, value jsonb)
RETURNS segment_model LANGUAGE sql RETURN
	(model::jsonb || jsonb_build_object('fingerprint', NULL, key, value))::text
	::segment_model;

SELECT changed(kmeans_train(feature_vector(i), 2), 'masses', '[0, 0]')
FROM generate_series(1, 4) AS i;
SELECT changed(kmeans_train(feature_vector(i), 2), 'masses', '[1e308, 1e308]')
FROM generate_series(1, 4) AS i;
SELECT changed(tier_train(i, 2), 'masses', '[0, 2]')
FROM generate_series(1, 4) AS i;
SELECT changed(tier_train(i, 2), 'masses', '[1e308, 1e308]')
FROM generate_series(1, 4) AS i;
SELECT kmeans_train(feature_vector(i), 1, '{}', 1e308)
FROM generate_series(1, 4) AS i;

DROP FUNCTION changed;

-- When centroids in a variable change, the next call sees the change.
DO $$
DECLARE
	centroids float8[] := '{{1},{10}}';
BEGIN
	FOR i IN 1..3 LOOP
		RAISE NOTICE '%', nearest_centroid(centroids, ARRAY[9.0]);
		centroids[1][1] := centroids[2][1];
		centroids[2][1] := 1;
	END LOOP;
END $$;

-- Support functions of aggregates can be called by aggregates only.
SELECT tier_transition_trans(NULL, 'a'::text, 'b'::text);

-- A distance must be a number, and a count a whole number.
SELECT nearest_centroid('{{1e308},{-1e308}}'::float8[], ARRAY[-1.7e308]);
SELECT segment_model '{"method": "kmeans", "format": 1, "fingerprint": null, "k": 1.5}';
