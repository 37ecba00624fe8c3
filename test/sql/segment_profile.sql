-- Profiles of segments: ordinary calls, and the words of every error
CREATE TEMP TABLE users AS
	SELECT i, i % 11 AS tier, CASE WHEN i % 4 > 0 THEN i % 7 END AS purchases, i % 11 * 10 + i % 3 AS spend
	FROM generate_series(1, 220) AS i;
CREATE TEMP TABLE profile AS SELECT segment_profile(tier, feature_vector(purchases, spend, 7)) AS p FROM users;

SELECT pg_typeof(p), model_method(p), string_agg(key, ' ' ORDER BY key) AS keys
FROM profile, jsonb_object_keys(p::jsonb) AS key GROUP BY p;
SELECT segment, feature, rows, round(mean::numeric, 4) AS mean, round(overall_mean::numeric, 4) AS overall,
	round(standardized_difference::numeric, 4) AS difference, round(stddev::numeric, 4) AS stddev, min, max, share_missing
FROM profile, segment_features(p, '{purchases,spend,constant}') WHERE segment IN ('2', '10');
SELECT DISTINCT feature FROM profile, segment_features(p) ORDER BY feature;

-- every signature
SELECT segment, feature, rows, mean
FROM (SELECT segment_profile(i > 2, ARRAY[i]) AS a, segment_profile(i > 2, feature_vector(i)) AS b,
		segment_profile((i > 2)::text, ARRAY[i]) AS c, segment_profile(i, feature_vector(i)) AS d,
		segment_profile(i::bigint, ARRAY[i]) AS e, segment_profile(NULL, feature_vector(i)) AS f,
		segment_profile(i::text, feature_vector(NULL)) AS g
	FROM generate_series(1, 3) AS i) AS s, unnest(ARRAY[a, b, c, d, e, f, g]) AS p, segment_features(p);
SELECT count(*) FROM segment_features(NULL);

-- errors
SELECT segment_profile(i, CASE WHEN i > 2 THEN ARRAY[i] ELSE ARRAY[i, 1] END) FROM generate_series(1, 3) AS i;
SELECT segment_profile(i, ARRAY[i]) FROM generate_series(1, 1001) AS i;
SELECT segment_features(p, '{a,b}') FROM profile;
SELECT segment_features(p, '{a,NULL,c}') FROM profile;
SELECT segment_features(kaplan_meier(i, true)) FROM generate_series(1, 3) AS i;
SELECT feature_statistics(p) FROM profile;
SELECT rollup(p) FROM (SELECT p FROM profile UNION ALL SELECT feature_summary(ARRAY[1])) AS s;
SELECT rollup(p) FROM (SELECT p FROM profile UNION ALL SELECT segment_profile(1, ARRAY[1])) AS s;
SELECT segment_features(segment_profile(1, ARRAY[CASE WHEN i = 1 THEN 1.7e308 ELSE -1.7e308 END])) FROM generate_series(1, 2) AS i;
SET segment.max_model_size = '8kB';
SELECT segment_profile(i, ARRAY[i]) FROM generate_series(1, 100) AS i;
RESET segment.max_model_size;
