--- clv(purchase_model segment_model, gamma_gamma_model segment_model, frequency float8, recency float8,
---   age float8, monetary float8, horizon float8, discount_rate float8 DEFAULT 0,
---   period float8 DEFAULT 1) -> float8
---                                                                      since 0.1.0
---
--- Customer lifetime value: what a customer is expected to spend within the horizon
--- from now, discounted.  It is the sum over periods i = 1, 2, … of
---
---   expected spend * (E[X(i period)] - E[X((i - 1) period)]) / (1 + discount_rate)^i
---
--- where E[X(t)] is the expected number of purchases until t, and the last period
--- ends with the horizon: all purchases of a period are discounted from its end.
---
--- Input        purchase_model     a BG/NBD or Pareto/NBD model
---              gamma_gamma_model  a gamma-gamma model
---              frequency, recency, age
---                                 as bgnbd_train
---              monetary           as gamma_gamma_train: mean spend of the repeat
---                                 purchases, 0 where there are none
---              horizon            in the unit of age, not negative
---              discount_rate      per period, not negative: 0.01 is 1 percent; 0,
---                                 no discount, by default, as for ltv
---              period             length of a period, in the unit of age; at most
---                                 10000 of them
--- Output       in the unit of monetary: revenue, unless monetary is profit; NULL
---              when expected spend is infinite or an argument is NULL
--- Errors       22003  a number is NaN or infinite, or the value is beyond float8
---              22023  a number is out of range
---              42804  a model of another kind
---              54000  more than 10000 periods
--- Source       Fader, Hardie & Lee (2005); periods as in the lifetimes library
CREATE FUNCTION clv(
	purchase_model segment_model, gamma_gamma_model segment_model,
	frequency float8, recency float8, age float8, monetary float8,
	horizon float8, discount_rate float8 DEFAULT 0, period float8 DEFAULT 1
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_clv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION clv(segment_model, segment_model, float8, float8, float8, float8, float8, float8, float8) IS
	'customer lifetime value within a horizon, discounted';
