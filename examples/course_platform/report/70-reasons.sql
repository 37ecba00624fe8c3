-- Why is this user at risk?
--
-- This user has spent a lot, and the model expects them to leave. Each bar is a reason, with the
-- user's own number: to the right what raises the risk, to the left what lowers it, compared with an
-- average user. The longer the bar, the more it counts. The model weighs all facts together, so a
-- short bar can look odd on its own; those below 0.1 are left out.

SELECT bar_svg(format('%s %s', thousands(value), feature),
	round(contribution::numeric, 2),
	chart_options(title => format('Reasons for user %s', user_id), width => 360))
FROM (SELECT * FROM churn_risk WHERE risk >= 0.5
		ORDER BY features[9] DESC, user_id LIMIT 1) AS u,
	churn_model, explain_prediction(model, features)
WHERE method = 'boosted trees' AND feature <> '(base)'
	AND abs(contribution) >= 0.1
GROUP BY user_id;

SELECT caption(format('User %s has spent %s. The chance that they will not be '
	'seen in the next month is %s; the average of all users is %s.',
	user_id, thousands(features[9]), percent(risk),
	percent((SELECT avg(risk) FROM churn_risk))))
FROM churn_risk
WHERE risk >= 0.5
ORDER BY features[9] DESC, user_id
LIMIT 1;
