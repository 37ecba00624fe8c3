-- cf.sql: a table of ratings for the benchmarks of recommenders
--
-- psql variable rows: number of ratings, in no order, by a tenth as many users.  A few
-- of the 5000 items, and a few users, have most of them.  The draws are hashes, so
-- they are the same on every run.  Ratings follow from biases, eight hidden
-- properties of users and items, and chance.
--
-- histories  the items of each user, and their ratings
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS ratings, histories;
CREATE FUNCTION pg_temp.draw(i int, seed int) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN ((hashint8extended(i, seed) & 1048575) + 0.5) / 1048576.0::float8;
CREATE TEMP TABLE pairs AS
	SELECT DISTINCT user_id, floor(5000 * power(pg_temp.draw(user_id * 64 + j, 1), 2.5))::int AS item_id
	FROM generate_series(1, :rows / 10) AS user_id, generate_series(1, least(200, ceil(-12 * ln(pg_temp.draw(user_id, 2))))::int) AS j;
CREATE TEMP TABLE tastes AS
	SELECT i AS id, array_agg(pg_temp.draw(i * 16 + j, 3) - 0.5) AS taste FROM generate_series(0, greatest(:rows / 10, 5000)) AS i, generate_series(1, 9) AS j GROUP BY i;
CREATE UNLOGGED TABLE ratings AS
	SELECT user_id, item_id, round(greatest(1, least(5, 3.4 + u.taste[9] + i.taste[9] + 6 * (SELECT sum(u.taste[j] * i.taste[j]) FROM generate_series(1, 8) AS j)
		+ 1.5 * (pg_temp.draw(user_id * 5003 + item_id, 4) - 0.5))))::float8 AS rating
	FROM pairs JOIN tastes AS u ON u.id = user_id JOIN tastes AS i ON i.id = item_id
	ORDER BY hashint8extended(user_id, item_id) LIMIT :rows;
CREATE UNLOGGED TABLE histories AS
	SELECT user_id, array_agg(item_id ORDER BY item_id) AS items, array_agg(rating ORDER BY item_id) AS ratings FROM ratings GROUP BY user_id;
VACUUM (FREEZE, ANALYZE) ratings, histories;
