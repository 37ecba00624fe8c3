-- campaign_roi: ordinary calls and every error
CREATE TEMP TABLE campaign AS
	SELECT ab_state(variant, spent) AS spent, ab_state(variant, spent > 5) AS ordered, ab_state(variant, spent, before) AS adjusted
	FROM (SELECT CASE i % 3 WHEN 0 THEN 'control' WHEN 1 THEN 'mail' ELSE 'push' END AS variant, i * 7 % 13 + i % 3 AS spent,
		i * 7 % 13 AS before FROM generate_series(1, 300) AS i) AS u;
SELECT variant, n, cost, round(incremental::numeric, 4) AS incremental, round(profit::numeric, 4) AS profit,
	round(profit_low::numeric, 4) AS low, round(profit_high::numeric, 4) AS high, round(roi::numeric, 4) AS roi
FROM campaign, campaign_roi(spent, 0.5);
-- the same as from ab_test
SELECT bool_and(r.incremental = t.difference * t.n * 2 AND r.profit = t.difference * t.n * 2 - t.n * 0.5 AND r.n = t.n
	AND r.incremental_low = t.ci_low * t.n * 2 AND r.profit_high = t.ci_high * t.n * 2 - t.n * 0.5
	AND abs(r.roi - r.profit / r.cost) < 1e-12 AND abs(r.roi_low - r.profit_low / r.cost) < 1e-12
	AND abs(r.roi_high - r.profit_high / r.cost) < 1e-12) AS same, count(*) AS rows
FROM campaign, unnest(ARRAY[spent, ordered, adjusted]) AS s, campaign_roi(s, 0.5, 2, 'push', 0.9) AS r
	JOIN LATERAL ab_test(s, 'push', 0.9) AS t USING (variant);
SELECT variant, cost, roi, incremental > 0 AS more FROM campaign, campaign_roi(spent, 0) WHERE variant = 'mail';
SELECT variant, n, incremental, incremental_low, roi
FROM (SELECT ab_state(i, i) AS s FROM generate_series(1, 2) AS i) AS t, campaign_roi(s, 1);
SELECT count(*) FROM campaign_roi(NULL, 1);

-- errors
SELECT campaign_roi(spent, -1) FROM campaign;
SELECT campaign_roi(spent, 'NaN') FROM campaign;
SELECT campaign_roi(spent, NULL) FROM campaign;
SELECT campaign_roi(spent, 1, 0) FROM campaign;
SELECT campaign_roi(spent, 1, 'Infinity') FROM campaign;
SELECT campaign_roi(spent, 1, NULL) FROM campaign;
SELECT campaign_roi(spent, 1, control => 'nobody') FROM campaign;
SELECT campaign_roi(spent, 1, confidence => 0) FROM campaign;
SELECT campaign_roi(spent, 1, 1e308) FROM campaign;
SELECT campaign_roi((SELECT ab_ratio_state(1, 1, 1)), 1);
