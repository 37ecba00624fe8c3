-- buyers by recency, frequency and money
--
-- Fifths of the buyers, as direct mail has always formed them; 5 is the best fifth.
-- A cell shows how many buyers there are and what one of them has paid.  A fifth
-- may be empty: users who bought equally often are not separated.  The names say
-- what to do with whom.

CREATE TABLE buyer_scores AS
WITH buyers AS (
	SELECT user_id, extract(epoch FROM as_of - max(paid_at)) / 86400 AS recency,
		   count(*) AS frequency, sum(amount) AS monetary
	FROM payments, clock
	WHERE paid_at < as_of
	GROUP BY user_id, as_of),
trained AS (
	SELECT rfm_train(recency, frequency, monetary) AS model FROM buyers)
SELECT user_id, recency, frequency, monetary, s.*
FROM buyers, rfm_score((SELECT model FROM trained), recency, frequency, monetary) AS s;

WITH cells AS (
	SELECT recency_score, frequency_score, format('%s × %s', count(*), round(avg(monetary))) AS cell
	FROM buyer_scores
	GROUP BY recency_score, frequency_score)
SELECT recency_score AS recency,
	   max(cell) FILTER (WHERE frequency_score = 1) AS "frequency 1", max(cell) FILTER (WHERE frequency_score = 2) AS "2",
	   max(cell) FILTER (WHERE frequency_score = 3) AS "3", max(cell) FILTER (WHERE frequency_score = 4) AS "4",
	   max(cell) FILTER (WHERE frequency_score = 5) AS "5"
FROM cells
GROUP BY recency_score
ORDER BY recency_score DESC;

SELECT segment, count(*) AS buyers, round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS "buyers %",
	   round(avg(recency)) AS "days ago", round(avg(frequency), 1) AS purchases, round(sum(monetary)) AS revenue,
	   round(100 * sum(monetary) / sum(sum(monetary)) OVER (), 1) AS "revenue %"
FROM buyer_scores
GROUP BY segment
ORDER BY sum(monetary) DESC;
