-- Trainers warn when one element alone tells the label.
CREATE TABLE shopper AS
	SELECT i, i % 3 = 0 AS gone, hashint4(i) & 1023 AS visits, CASE WHEN i % 3 = 0 THEN 5 + i % 7 ELSE i % 5 END AS tickets,
		CASE WHEN i % 3 = 0 THEN i % 30 END AS cancelled_on
	FROM generate_series(1, 300) AS i;

-- every trainer that learns a label, which may be a boolean, a text or a number
SELECT model_method(logistic_train(gone, ARRAY[visits, tickets], '{"l2": 1}')) FROM shopper;
SELECT model_method(linear_train(gone::int, ARRAY[visits, -tickets])) FROM shopper;
SELECT model_method(poisson_train(gone::int, ARRAY[visits, tickets], '{"l2": 1}')) FROM shopper;
SELECT model_method(softmax_train(gone, ARRAY[visits, tickets], '{"l2": 1, "feature_names": ["visits", "tickets"]}')) FROM shopper;
SELECT model_method(tree_train(CASE WHEN gone THEN 'gone' ELSE 'here' END, ARRAY[visits, tickets])) FROM shopper;
SELECT model_method(forest_train(gone, ARRAY[visits, tickets], '{"trees": 3}')) FROM shopper;
SELECT model_method(boosting_train(gone::int::float8, ARRAY[visits, tickets], '{"trees": 3}')) FROM shopper;

-- what is missing tells as well, and is looked at before anything is filled in
SELECT model_method(tree_train(gone, ARRAY[visits, cancelled_on])) FROM shopper;
SELECT model_method(logistic_train(gone, ARRAY[visits, cancelled_on], '{"impute": "median"}')) FROM shopper;

-- once per query
SELECT i % 2 AS half, model_method(tree_train(gone, ARRAY[visits, tickets])) FROM shopper GROUP BY half ORDER BY half;

-- none: labels that are three, few, or told only in part; constants; what is no label
SELECT model_method(tree_train(i % 3, ARRAY[visits, tickets])) FROM shopper;
SELECT model_method(tree_train(gone, ARRAY[visits, tickets])) FROM shopper WHERE i < 150;
SELECT model_method(tree_train(gone, ARRAY[visits, tickets])) FROM shopper WHERE NOT gone OR i < 150;
SELECT model_method(tree_train(gone, ARRAY[visits, tickets % 5, 7])) FROM shopper;
SELECT model_method(kmeans_train(ARRAY[visits, tickets], 2)) FROM shopper;
SELECT model_method(linear_train(i, ARRAY[visits, i % 7])) FROM shopper;
-- 98 of 100 pairs
SELECT model_method(tree_train(gone, ARRAY[CASE WHEN i <= 12 THEN 1 ELSE gone::int END])) FROM shopper;
-- 50 of either label are enough
SELECT model_method(tree_train(gone, ARRAY[visits, tickets])) FROM shopper WHERE i <= 151;
DROP TABLE shopper;
