-- Why is this user at risk?
--
-- One user who has spent much and whom the model expects to lose. Each bar is a reason, with the
-- user's own value: to the right what raises the risk, to the left what lowers it, compared with
-- an average user. A length of 0.7 doubles the odds of leaving. Reasons like these are what
-- somebody who calls the user has to know; those below 0.1 are left out.

SELECT bar_svg(format('%s %s', feature, thousands(value)),
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
