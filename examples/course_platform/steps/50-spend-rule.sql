-- the same by a fixed rule
--
-- Where the edges are known there is nothing to train: among those who paid, an
-- average payment above 200 is medium, above 500 high.

SELECT spend_tier, count(*) AS buyers,
	   round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS "buyers %",
	   round(avg(average_spend), 2) AS "average payment",
	   round(sum(spend)) AS revenue
FROM (SELECT average_spend, spend,
			 tier(average_spend, '{200,500}', '{low,medium,high}') AS spend_tier
	  FROM profile
	  WHERE purchases > 0) AS buyer
GROUP BY spend_tier
ORDER BY min(average_spend);
