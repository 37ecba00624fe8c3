--- cf_recommend_options(diversity float8, fallback text, …) -> jsonb       since 0.1.0
---
--- Builds the options of cf_recommend and cf_recommend_history by name.
---
---   option          default     range     meaning
---   diversity       0           0 to 1    0: the best items; toward 1: items unlike
---                                         each other, by maximal marginal relevance
---   fallback        popularity            popularity: fill up with the most popular
---                                         items; none: return fewer rows
---   fallback_items  none                  items that fill up before these, the best
---                                         first: what is popular in the user's tier
---   shown           none        0 to 1e9  how often items were shown to the user
---                                         lately, by item: '{"7": 2.5}'
---   fatigue         0.2         0 to 1    the share of its score that an item loses
---                                         each time
---   most_shown      none        0 to 1e9  items shown so often or more are left out
CREATE FUNCTION cf_recommend_options(
	diversity float8 DEFAULT NULL,
	fallback text DEFAULT NULL,
	fallback_items text[] DEFAULT NULL,
	shown jsonb DEFAULT NULL,
	fatigue float8 DEFAULT NULL,
	most_shown float8 DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('diversity', diversity, 'fallback', fallback, 'fallback_items', fallback_items,
		'shown', shown, 'fatigue', fatigue, 'most_shown', most_shown));
COMMENT ON FUNCTION cf_recommend_options(float8, text, text[], jsonb, float8, float8) IS 'options of cf_recommend by name';

--- cf_recommend(model segment_model, user_id "any", seen anycompatiblearray, n bigint
---   [, options jsonb]) -> rows (item_id, score float8, rank int, source text)
--- cf_recommend_history(model segment_model, items anycompatiblearray, ratings float8[], n bigint
---   [, options jsonb]) -> rows (item_id, score float8, rank int, source text)
---                                                                      since 0.1.0
---
--- The n items that a user would like best: a user of the model, or a user with
--- this history, whom the model need not know.
---
--- Input        seen       items to leave out; NULL::int[]: none.  The type of its
---                         elements is that of item_id; without a type, it is text.
---                         The model leaves nothing out by itself
---              items      the history, left out too; as in cf_predict
---              options    see cf_recommend_options
--- Score        what cf_predict gives.  Items are ranked by it before it is cut to
---              the range of ratings; ties go to the lower id
--- Unknown      a user whom the model does not know, or NULL: a model of implicit
---              feedback takes seen for the history, with weights of 1, so it
---              should contain nothing else; with a model of ratings there is
---              nothing to go by
--- Fallback     items fill what is missing, those of fallback_items first, then
---              popular ones: everything for an unknown user, otherwise the items
---              without min_k neighbours (ease: without any weight).  Their score is
---              the share of users who have the item, and they come last
--- Source       predicted: by the model for this user; given: from fallback_items;
---              popular: most users have it.  Scores of different sources do not
---              compare
--- Shown        of the best 10 n items (at least 100), scaled to 0 to 1 over these,
---              the scores of items in shown are multiplied by
---              (1 - fatigue) ^ shown before the choice; score stays what is
---              predicted.  Items that the model does not know are ignored
--- Diversity    the items are chosen from the best 10 n (at least 100), one by one,
---              by (1 - diversity) * score, scaled to 0 to 1 over these, less
---              diversity * the largest similarity to one already chosen: cosine of
---              the item factors, or the similarity of the model's neighbours
---              (ease: cosine of who has them).  baseline has none
--- Output       at most n rows, by rank; fewer when items run out; none when model,
---              n or history is NULL
--- Errors       0A000  diversity with baseline
---              22023  n is negative; an option is unknown or out of range
---              2202E, 22003, 22P02, 42804  as cf_predict
CREATE FUNCTION cf_recommend(
	model segment_model, user_id "any", seen anycompatiblearray, n bigint, options jsonb DEFAULT NULL
) RETURNS TABLE (item_id anycompatible, score float8, rank int, source text)
	AS 'MODULE_PATHNAME', 'segment_cf_recommend' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION cf_recommend(
	model segment_model, user_id text, seen anycompatiblearray, n bigint, options jsonb DEFAULT NULL
) RETURNS TABLE (item_id anycompatible, score float8, rank int, source text)
	AS 'MODULE_PATHNAME', 'segment_cf_recommend' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION cf_recommend_history(
	model segment_model, items anycompatiblearray, ratings float8[], n bigint, options jsonb DEFAULT NULL
) RETURNS TABLE (item_id anycompatible, score float8, rank int, source text)
	AS 'MODULE_PATHNAME', 'segment_cf_recommend_history' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION cf_recommend(segment_model, "any", anycompatiblearray, bigint, jsonb) IS 'items that a user would like best';
COMMENT ON FUNCTION cf_recommend(segment_model, text, anycompatiblearray, bigint, jsonb) IS 'items that a user would like best';
COMMENT ON FUNCTION cf_recommend_history(segment_model, anycompatiblearray, float8[], bigint, jsonb) IS
	'items that a user with this history would like best';

--- cf_similar_items(model segment_model, item anycompatible, n bigint)
---   -> rows (item_id, similarity float8, rank int)                     since 0.1.0
---
--- The n items most similar to one, among those that are similar at all.
---
--- Similarity   svd and als_implicit: the cosine of the item factors; user_knn and
---              item_knn: the similarity between items that the model's options
---              name; ease: the weight with which the item speaks for the other,
---              which need not be the same in reverse
--- Output       at most n rows of positive similarity, by rank; ties go to the
---              lower id; none for an item that the model does not know.  item_id
---              has the type of the argument
--- Errors       0A000  baseline has no similarities
---              22023  n is negative
---              22P02, 42804  as cf_predict
CREATE FUNCTION cf_similar_items(model segment_model, item anycompatible, n bigint)
	RETURNS TABLE (item_id anycompatible, similarity float8, rank int)
	AS 'MODULE_PATHNAME', 'segment_cf_similar_items' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION cf_similar_items(segment_model, anycompatible, bigint) IS 'items most similar to one';

--- cf_neighbours(model segment_model, user_id "any", item_id anycompatible [, witness anyelement])
---   -> rows (neighbour, similarity float8, rating float8, contribution float8)
---                                                                      since 0.1.0
---
--- Explains a prediction: the neighbours that it comes from.
---
--- neighbour     a user who rated the item (user_knn), or an item of the user
---               (item_knn, ease): text, or of the type of the witness, NULL::bigint
--- similarity    ease: the weight with which the neighbour speaks for the item
--- rating        the neighbour's rating, or the rating of the neighbour
--- contribution  what it adds to the prediction: the sum of these plus what ratings
---               are relative to is what cf_predict gives, before it is cut to its
---               range
--- Output        the most similar first; none for an unknown user or item, or with
---               fewer neighbours than min_k
--- Errors        0A000  svd, als_implicit and baseline keep no ratings
---               22P02, 42804  as cf_predict
CREATE FUNCTION cf_neighbours(model segment_model, user_id "any", item_id anycompatible)
	RETURNS TABLE (neighbour text, similarity float8, rating float8, contribution float8)
	AS 'MODULE_PATHNAME', 'segment_cf_neighbours' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 40;
CREATE FUNCTION cf_neighbours(model segment_model, user_id "any", item_id anycompatible, witness anyelement)
	RETURNS TABLE (neighbour anyelement, similarity float8, rating float8, contribution float8)
	AS 'MODULE_PATHNAME', 'segment_cf_neighbours' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 40;
CREATE FUNCTION cf_neighbours(model segment_model, user_id text, item_id anycompatible)
	RETURNS TABLE (neighbour text, similarity float8, rating float8, contribution float8)
	AS 'MODULE_PATHNAME', 'segment_cf_neighbours' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 40;
CREATE FUNCTION cf_neighbours(model segment_model, user_id text, item_id anycompatible, witness anyelement)
	RETURNS TABLE (neighbour anyelement, similarity float8, rating float8, contribution float8)
	AS 'MODULE_PATHNAME', 'segment_cf_neighbours' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 40;
COMMENT ON FUNCTION cf_neighbours(segment_model, "any", anycompatible) IS 'what a prediction from neighbours comes from';
COMMENT ON FUNCTION cf_neighbours(segment_model, "any", anycompatible, anyelement) IS 'what a prediction from neighbours comes from';
COMMENT ON FUNCTION cf_neighbours(segment_model, text, anycompatible) IS 'what a prediction from neighbours comes from';
COMMENT ON FUNCTION cf_neighbours(segment_model, text, anycompatible, anyelement) IS 'what a prediction from neighbours comes from';

--- cf_users(model segment_model [, witness anycompatible])
---   -> rows (user_id, bias float8, factors feature_vector)
--- cf_items(model segment_model [, witness anycompatible])
---   -> rows (item_id, users bigint, bias float8, factors feature_vector)
---                                                                      since 0.1.0
---
--- The content of a recommender: its users and its items, by id.
---
--- id           text, or of the type of the witness: NULL::bigint
--- users        how many users rated the item, or have it
--- bias         svd, baseline: what the user or the item adds to the mean; else NULL
--- factors      svd, als_implicit: their product for user and item is part of the
---              prediction; else NULL
--- Errors       22P02  an id is not a value of the witness's type, or would come
---                     back as another: '007' as an integer
---              42804  not a recommender
CREATE FUNCTION cf_users(model segment_model)
	RETURNS TABLE (user_id text, bias float8, factors feature_vector)
	AS 'MODULE_PATHNAME', 'segment_cf_users' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION cf_users(model segment_model, witness anycompatible)
	RETURNS TABLE (user_id anycompatible, bias float8, factors feature_vector)
	AS 'MODULE_PATHNAME', 'segment_cf_users' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION cf_items(model segment_model)
	RETURNS TABLE (item_id text, users bigint, bias float8, factors feature_vector)
	AS 'MODULE_PATHNAME', 'segment_cf_items' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION cf_items(model segment_model, witness anycompatible)
	RETURNS TABLE (item_id anycompatible, users bigint, bias float8, factors feature_vector)
	AS 'MODULE_PATHNAME', 'segment_cf_items' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cf_users(segment_model) IS 'users of a recommender';
COMMENT ON FUNCTION cf_users(segment_model, anycompatible) IS 'users of a recommender';
COMMENT ON FUNCTION cf_items(segment_model) IS 'items of a recommender';
COMMENT ON FUNCTION cf_items(segment_model, anycompatible) IS 'items of a recommender';
