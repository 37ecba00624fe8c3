-- Charts of lines as whole texts: series, an interval, a survival curve.
CREATE TEMP TABLE visit AS
	SELECT day, channel, n FROM (VALUES
		(date '2026-03-02', 'mail', 120), ('2026-03-09', 'mail', 150), ('2026-03-16', 'mail', 90), ('2026-03-23', 'mail', 140),
		('2026-03-02', 'search', 210), ('2026-03-09', 'search', NULL), ('2026-03-16', 'search', 260), ('2026-03-23', 'search', 300)
	) AS v (day, channel, n);
SELECT grouped_line_svg(day, channel, n, chart_options(title => 'Visits & more', y_label => 'visits a week', width => 360))
	FROM visit;
SELECT band_svg(x, x * x, x * x - 2, CASE WHEN x < 3 THEN x * x + 3 END,
	chart_options(theme => 'dark', colors => '{#336699}', width => 300))
	FROM generate_series(1, 4) AS x;
SELECT survival_svg(time, censored, survival, ci_low, ci_high, chart_options(theme => 'light', x_label => 'months', width => 300))
	FROM (SELECT kaplan_meier(months, churned) AS summary
		FROM (VALUES (1, true), (2, false), (2, true), (4, true), (5, false), (5, false)) AS v (months, churned)) AS s,
		survival_curve(summary);
