-- how many users are active, and how often do they come?
--
-- Daily, weekly and monthly active users at the end of each quarter, from one pass over
-- the events.  Stickiness is the share of the month's users who come on a given day: 0.05
-- is one day in twenty.  New, returning and lost users explain how the month's number
-- changes from day to day.

SELECT day, dau, wau, mau, round(stickiness::numeric, 3) AS stickiness, new_users AS new, returning_users AS returning,
	   lost_users AS lost
FROM unnest((SELECT active_users(user_id, happened_at) FROM events)) AS d
WHERE extract(month FROM day + 1) IN (1, 4, 7, 10) AND extract(day FROM day + 1) = 1
ORDER BY day;
