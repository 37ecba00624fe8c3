-- feature_summary, feature_statistics: text, errors
\pset null NULL
SELECT feature_summary(x) FROM (VALUES ('[1,2.5]'::feature_vector), ('[3,NULL]'), (NULL)) AS t(x);
SELECT model_info(feature_summary(x)) FROM (VALUES ('[1,2.5]'::feature_vector), ('[3,NULL]')) AS t(x);
SELECT * FROM feature_statistics((SELECT feature_summary(x) FROM (VALUES ('[1,2.5]'::feature_vector), ('[3,NULL]')) AS t(x)));
SELECT * FROM feature_statistics(NULL);
SELECT feature_summary(x) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(x);
SELECT feature_summary(ARRAY['NaN'::float8]);
SELECT feature_summary('{}'::float8[]);
SELECT rollup(s) FROM (SELECT feature_summary(ARRAY[1]) UNION ALL SELECT feature_summary(ARRAY[1, 2])) AS t(s);
SELECT rollup(s) FROM (SELECT feature_summary(ARRAY[1]) UNION ALL SELECT kaplan_meier(1, true)) AS t(s);
-- damage
SELECT regexp_replace(feature_summary(ARRAY[i])::text, '"counts": ?\[3\]', '"counts": [4]')::segment_summary
FROM generate_series(1, 3) AS i;
