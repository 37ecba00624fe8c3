-- train the value model
--
-- k-means is an aggregate over the rows of the profile; its result is a value
-- in a table.  Clusters are numbered by the first feature, the days of learning,
-- so that a cluster's number is a tier: 1 is the lowest.

CREATE TABLE models (
	name        text PRIMARY KEY,
	model       segment_model NOT NULL,
	trained_at  timestamptz NOT NULL
);

INSERT INTO models
SELECT 'value',
	   kmeans_train(features, 5,
					kmeans_options(seed => 42, restarts => 5, rank_by => 1,
								   feature_names => '{active_days,spend,purchases,completion,recency}')),
	   (SELECT as_of FROM clock)
FROM profile;

SELECT cluster, size, round(100 * share::numeric, 1) AS "share %",
	   round((exp(centroid[1]) - 1)::numeric, 1) AS active_days,
	   round((exp(centroid[2]) - 1)::numeric) AS spend,
	   round((exp(centroid[3]) - 1)::numeric, 1) AS purchases,
	   round(centroid[4]::numeric, 2) AS completion,
	   round((exp(centroid[5]) - 1)::numeric) AS recency
FROM kmeans_clusters((SELECT model FROM models WHERE name = 'value'))
ORDER BY cluster;
