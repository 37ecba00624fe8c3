-- Parameters without a type, as drivers send them, are text.
BEGIN;
SELECT plan(16);

CREATE TEMP TABLE models AS
	SELECT cf_train(b, i, 1, cf_options('item_knn', feedback => 'implicit')) AS cf,
		cf_train(b, i, 1, cf_options('als_implicit', factors => 2)) AS factors
	FROM generate_series(1, 8) AS b, generate_series(7, 12) AS i WHERE (b * i) % 5 < 4;
CREATE TEMP TABLE baskets AS
	SELECT itemset_train(a) AS sets, frequent_sequence_train(a) AS paths
	FROM (SELECT array_agg(i ORDER BY i) AS a FROM generate_series(1, 8) AS b, generate_series(7, 12) AS i
		WHERE (b * i) % 5 < 4 GROUP BY b) AS t;

PREPARE predict AS SELECT cf_predict(cf, $1, $2) FROM models;
PREPARE predict_user AS SELECT cf_predict(cf, $1, 7) FROM models;
PREPARE predict_item AS SELECT cf_predict(cf, 3, $1) FROM models;
PREPARE predict_history AS SELECT cf_predict(cf, $1, $2, $3) FROM models;
PREPARE recommend AS SELECT item_id FROM models, cf_recommend(cf, $1, $2, $3);
PREPARE recommend_options AS SELECT item_id FROM models, cf_recommend(cf, $1, $2, $3, $4);
PREPARE history AS SELECT item_id FROM models, cf_recommend_history(cf, $1, $2, $3);
PREPARE fold_in AS SELECT dims(cf_fold_in(factors, $1, $2)) FROM models;
PREPARE similar_items AS SELECT item_id FROM models, cf_similar_items(cf, $1, $2);
PREPARE neighbours AS SELECT neighbour FROM models, cf_neighbours(cf, $1, $2);
PREPARE items AS SELECT item_id FROM models, cf_items(cf, $1);
PREPARE rules AS SELECT item FROM baskets, rule_recommend(sets, $1, $2);
PREPARE all_rules AS SELECT consequent FROM baskets, association_rules(sets, $1, $2);
PREPARE sets AS SELECT items FROM baskets, frequent_itemsets(sets, $1);
PREPARE paths AS SELECT item FROM baskets, frequent_sequence_recommend(paths, $1, $2);
PREPARE vary AS SELECT id FROM mmr($1, $2, $3, $4, $5);

SELECT results_eq($$ EXECUTE predict('3', '7') $$, $$ SELECT cf_predict(cf, 3, 7) FROM models $$, 'cf_predict');
SELECT results_eq($$ EXECUTE predict_user('3') $$, $$ SELECT cf_predict(cf, 3, 7) FROM models $$, 'cf_predict, user');
SELECT results_eq($$ EXECUTE predict_item('7') $$, $$ SELECT cf_predict(cf, 3, 7) FROM models $$, 'cf_predict, item');
SELECT results_eq($$ EXECUTE predict_history('{7,8}', '{1,2}', '9') $$,
	$$ SELECT cf_predict(cf, '{7,8}'::int[], '{1,2}', 9) FROM models $$, 'cf_predict, history');
SELECT results_eq($$ EXECUTE recommend('3', '{7,8}', 3) $$,
	$$ SELECT item_id::text FROM models, cf_recommend(cf, 3, '{7,8}'::int[], 3) $$, 'cf_recommend');
SELECT results_eq($$ EXECUTE recommend_options('3', NULL, 3, NULL) $$,
	$$ SELECT item_id::text FROM models, cf_recommend(cf, 3, NULL::int[], 3) $$, 'cf_recommend, options');
SELECT results_eq($$ EXECUTE history('{7,8}', '{1,2}', 3) $$,
	$$ SELECT item_id::text FROM models, cf_recommend_history(cf, '{7,8}'::int[], '{1,2}', 3) $$, 'cf_recommend_history');
SELECT results_eq($$ EXECUTE fold_in('{7,8}', '{1,2}') $$, $$ VALUES (2) $$, 'cf_fold_in');
SELECT results_eq($$ EXECUTE similar_items('7', 3) $$,
	$$ SELECT item_id::text FROM models, cf_similar_items(cf, 7, 3) $$, 'cf_similar_items');
SELECT results_eq($$ EXECUTE neighbours('3', '7') $$, $$ SELECT neighbour FROM models, cf_neighbours(cf, 3, 7) $$, 'cf_neighbours');
SELECT results_eq($$ EXECUTE items(NULL) $$, $$ SELECT item_id FROM models, cf_items(cf) $$, 'cf_items');
SELECT results_eq($$ EXECUTE rules('{7,8}', 3) $$,
	$$ SELECT item::text FROM baskets, rule_recommend(sets, '{7,8}'::int[], 3) $$, 'rule_recommend');
SELECT results_eq($$ EXECUTE all_rules(0.5, 0) $$,
	$$ SELECT consequent FROM baskets, association_rules(sets, 0.5) $$, 'association_rules');
SELECT results_eq($$ EXECUTE sets(NULL) $$, $$ SELECT items FROM baskets, frequent_itemsets(sets) $$, 'frequent_itemsets');
SELECT results_eq($$ EXECUTE paths('{7,8}', 3) $$,
	$$ SELECT item::text FROM baskets, frequent_sequence_recommend(paths, '{7,8}'::int[], 3) $$, 'frequent_sequence_recommend');
SELECT results_eq($$ EXECUTE vary('{a,b}', '{1,0.5}', '{"[1,0]","[0,1]"}', 2, 0.5) $$, $$ VALUES ('a'), ('b') $$, 'mmr');

SELECT * FROM finish();
ROLLBACK;
