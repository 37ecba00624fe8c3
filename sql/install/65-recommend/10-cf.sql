--- cf_options(method text, …) -> jsonb                                    since 0.1.0
---
--- Builds the options of cf_train by name; those left out keep their defaults,
--- which depend on the method.  An option that the method does not use is an error.
---
---   method           learns from  what it is
---   svd              ratings      biases and factors of users and items, by
---                                 stochastic gradient descent; the default
---   baseline         ratings      biases alone, by alternating least squares
---   user_knn         either       ratings of the most similar users
---   item_knn         either       the user's ratings of the most similar items
---   als_implicit     weights      factors, by alternating least squares
---   ease             weights      weights from item to item, in closed form
---
---   option                   of        default  range      meaning
---   factors                  svd       64       0 to 1000  factors of each user and
---                            als       32       1 to 1000  item
---   epochs                   svd       40       1 to 1e5   passes over the ratings
---   learning_rate            svd       0.02     to 1       length of the first steps
---   learning_rate_decay      svd       0.97     to 1       times this after each epoch
---   regularization           svd       0.08     0 to 1e6   weight of the squares of
---                                                          biases and factors, for
---                                                          each rating
---                            als                to 1e9     the same, for each unit of
---                                                          confidence; by default
---                                                          such that the penalty of a
---                                                          mean user is the confidence
---                                                          of 0.3 cbrt(items) items, or
---                                                          of 0.9 times their own, if
---                                                          these are fewer
---                            ease      500      to 1e12    weight of the squares of
---                                                          the item weights
---   init_deviation           svd       0.03     0 to 10    deviation of the first
---                                                          factors
---                            als       0.1      to 10      length of a user's first
---                                                          vector
---   standardize              svd       true                learn from ratings divided
---                                                          by their deviation
---   shuffle                  svd       true                take them in random order
---   seed                     svd, als  42       0 to 2^53  seed of the random draws
---   iterations               als       15       1 to 1e5   rounds of solving for
---                            baseline  10       1 to 1e5   items, then users
---   alpha                    als       10       to 1e9     confidence that a weight of
---                                                          1 adds to the 1 of every
---                                                          pair
---   regularization_exponent  als       1        0 to 1     power of a user's or item's
---                                                          confidence in its penalty
---   user_regularization      baseline  15       0 to 1e9   counts as this many more
---   item_regularization      baseline  10       0 to 1e9   ratings at the mean
---   feedback                 knn       explicit            explicit: ratings;
---                                                          implicit: weights
---   similarity               knn       msd                 msd, cosine, pearson,
---                                                          pearson_baseline; implicit:
---                                                          cosine
---   center                   knn       mean                mean, baseline, none: what
---                                                          ratings are relative to;
---                                                          with pearson_baseline:
---                                                          baseline; implicit: none
---   k                        knn       40       1 to 1e6   neighbours that count
---   min_k                    knn       1        1 to 1e6   with fewer: no prediction
---                                                          from neighbours
---   min_support              knn       1        1 to 1e6   with fewer ratings in
---                                                          common: similarity 0
---   shrinkage                knn       10       0 to 1e9   ratings in common at which
---                                                          a similarity is halved;
---                                                          with pearson_baseline: 100,
---                                                          implicit: 0
---   neighbours               ease      200      1 to 1e6   weights that an item keeps
---   rating_min, rating_max   ratings   theirs   ±1e50      range of predictions
---
--- Output       jsonb, checked by cf_train; it can also be written by hand:
---              '{"method": "item_knn", "k": 20}'
CREATE FUNCTION cf_options(
	method text DEFAULT NULL,
	factors bigint DEFAULT NULL,
	epochs bigint DEFAULT NULL,
	learning_rate float8 DEFAULT NULL,
	learning_rate_decay float8 DEFAULT NULL,
	regularization float8 DEFAULT NULL,
	init_deviation float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	shuffle boolean DEFAULT NULL,
	seed bigint DEFAULT NULL,
	iterations bigint DEFAULT NULL,
	alpha float8 DEFAULT NULL,
	regularization_exponent float8 DEFAULT NULL,
	user_regularization float8 DEFAULT NULL,
	item_regularization float8 DEFAULT NULL,
	feedback text DEFAULT NULL,
	similarity text DEFAULT NULL,
	center text DEFAULT NULL,
	k bigint DEFAULT NULL,
	min_k bigint DEFAULT NULL,
	min_support bigint DEFAULT NULL,
	shrinkage float8 DEFAULT NULL,
	neighbours bigint DEFAULT NULL,
	rating_min float8 DEFAULT NULL,
	rating_max float8 DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'method', method, 'factors', factors, 'epochs', epochs, 'learning_rate', learning_rate,
		'learning_rate_decay', learning_rate_decay, 'regularization', regularization,
		'init_deviation', init_deviation, 'standardize', standardize, 'shuffle', shuffle, 'seed', seed,
		'iterations', iterations, 'alpha', alpha, 'regularization_exponent', regularization_exponent,
		'user_regularization', user_regularization, 'item_regularization', item_regularization,
		'feedback', feedback, 'similarity', similarity, 'center', center, 'k', k, 'min_k', min_k,
		'min_support', min_support, 'shrinkage', shrinkage, 'neighbours', neighbours,
		'rating_min', rating_min, 'rating_max', rating_max));
COMMENT ON FUNCTION cf_options(text, bigint, bigint, float8, float8, float8, float8, boolean, boolean, bigint, bigint, float8, float8,
	float8, float8, text, text, text, bigint, bigint, bigint, float8, bigint, float8, float8) IS 'options of cf_train by name';

CREATE FUNCTION cf_train_trans(internal, "any", "any", float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_cf_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cf_train_trans(internal, "any", "any", float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_cf_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cf_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_cf_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cf_train_trans(internal, "any", "any", float8) IS 'transition of cf_train';
COMMENT ON FUNCTION cf_train_trans(internal, "any", "any", float8, jsonb) IS 'transition of cf_train';
COMMENT ON FUNCTION cf_train_final(internal) IS 'result of cf_train';

--- cf_train(user_id "any", item_id "any", rating float8 [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns from ratings what else users would like.
---
--- Input        user_id    an integer, text, uuid or any other type, which counts as
---              item_id    its text: 7 and '7' are one id.  Cast types whose text
---                         depends on a setting (interval, money)
---              rating     explicit feedback: how good the item is, in any units;
---                         implicit: how often or how much, not negative; 0 is as
---                         if it were not there
---              options    see cf_options
---                         A row with a NULL is skipped
--- Duplicates   several ratings of one item by one user count as their mean,
---              weights as their sum
--- Output       a recommender; NULL when no row counted.  model_info shows users,
---              items, ratings (pairs), rows_used, rows_skipped, options, and the
---              loss: for svd and baseline the root mean squared error of the
---              training (svd: over the last epoch), for als_implicit what it
---              minimizes
--- Repeatable   the same rows, options and seed give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         memory 16 bytes per rating plus the ids, up to
---              segment.training_memory over all groups, then an error; while
---              fitting, 40 bytes more per rating and what the method needs, up to
---              segment.training_memory again.  Time: svd epochs *
---              ratings * factors; als_implicit iterations * (users + items) *
---              factors^3 / 6; ease items^3 / 2; the others take next to none.
---              Size of the model: svd and als_implicit 8 bytes * (users + items) *
---              factors; knn and ease 16 bytes * ratings, ease with 16 bytes *
---              items * neighbours
--- Warning      when 100 ratings or more are all equal and the method learns from
---              ratings: purchases need a method for implicit feedback
--- Errors       22003  a rating is NaN or infinite; the descent diverged
---              22023  a rating is beyond 1e50, or a weight is negative; an option
---                     is unknown, out of range, not one of the method's, or not
---                     the same for all rows
---              54000  the ratings, the fit or the model would pass
---                     segment.training_memory or segment.max_model_size: the row
---                     form, als_solve() and cf_predict() with GROUP BY, keeps
---                     nothing in memory; more than 20000 items for ease
--- Source       Koren, Bell & Volinsky (2009); Koren (2010); Hu, Koren & Volinsky
---              (2008); Rendle et al. (2022); Steck (2019)
CREATE AGGREGATE cf_train(user_id "any", item_id "any", rating float8) (
	SFUNC = cf_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = cf_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

CREATE AGGREGATE cf_train(user_id "any", item_id "any", rating float8, options jsonb) (
	SFUNC = cf_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = cf_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

COMMENT ON AGGREGATE cf_train("any", "any", float8) IS 'recommender learned from ratings of items by users';
COMMENT ON AGGREGATE cf_train("any", "any", float8, jsonb) IS 'recommender learned from ratings of items by users';

--- cf_predict(model segment_model, user_id "any", item_id anycompatible) -> float8
--- cf_predict(model segment_model, items anycompatiblearray, ratings float8[],
---   item_id anycompatible) -> float8                                   since 0.1.0
---
--- How much a user would like an item: a user of the model, or a user with this
--- history, whom the model need not know.
---
--- Explicit     the expected rating, within rating_min and rating_max.  For an
---              unknown item: mean and bias of the user; for an unknown user, or an
---              empty history: mean and bias of the item.  The bias is learned
---              (svd, baseline), or is the deviation of the mean; with center none
---              it is 0.  With fewer neighbours than min_k, the prediction is what
---              ratings are relative to
--- Implicit     als_implicit and ease: near 1 for what the user has or might have,
---              near 0 for the rest; neighbours: the sum of similarity times
---              weight.  For an unknown user: the share of users who have the item;
---              for an unknown item: 0
--- History      NULLs and items that the model does not know are ignored; items
---              that occur more than once count as their mean or sum, as in
---              cf_train.  svd and als_implicit fold the user in (cf_fold_in),
---              user_knn looks for similar users, item_knn, ease and baseline treat
---              it as one of their own users
--- Ids          in any type in which the ids of the model are the same text: 7 and
---              '7' are one id, 7 and '007' are not
--- Output       NULL when an argument is NULL
--- Errors       2202E  arrays of different lengths
---              22003  a rating is NaN or infinite
---              22023  a weight is negative
---              22P02  an id is not in the model, and its type cannot hold the
---                     model's ids; or one of them would come back as another:
---                     '007' as an integer.  Cast the ids in the call to text
---              42804  not a recommender
CREATE FUNCTION cf_predict(model segment_model, user_id "any", item_id anycompatible) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cf_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
-- a user_id without a type, as drivers send it, is text
CREATE FUNCTION cf_predict(model segment_model, user_id text, item_id anycompatible) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cf_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION cf_predict(
	model segment_model, items anycompatiblearray, ratings float8[], item_id anycompatible
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cf_predict_history' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cf_predict(segment_model, "any", anycompatible) IS 'expected rating of an item by a user';
COMMENT ON FUNCTION cf_predict(segment_model, text, anycompatible) IS 'expected rating of an item by a user';
COMMENT ON FUNCTION cf_predict(segment_model, anycompatiblearray, float8[], anycompatible) IS
	'expected rating of an item by a user with this history';

--- cf_fold_in(model segment_model, items anycompatiblearray, ratings float8[]) -> feature_vector
---                                                                      since 0.1.0
---
--- Factors of a user with this history, with the items unchanged.
---
--- als_implicit  what training would give: the history of a user of the model gives
---               that user's factors
--- svd           the least squares of the history, penalized as in training,
---               without the bias.  Training ends its descent earlier, so the
---               factors of a user of the model come out slightly different
--- History       as in cf_predict; an empty one gives zeros
--- Output        as many elements as the model has factors; NULL when an argument is
---               NULL
--- Errors        0A000  the method has no factors; otherwise as cf_predict
CREATE FUNCTION cf_fold_in(model segment_model, items anycompatiblearray, ratings float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_cf_fold_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION cf_fold_in(segment_model, anycompatiblearray, float8[]) IS 'factors of a user with this history';
