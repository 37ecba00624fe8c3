--- bandit_allocate(successes float8[], trials float8[]) -> float8[]       since 0.1.0
---
--- Which share of the next users should see each variant?  As many as the chance
--- that the variant is the best: what Thompson sampling gives on average.
---
--- Input        successes  of each variant: how many users said yes
---              trials     of each variant: how many users saw it
--- Output       a share for each variant; they add up to 1.  NULL when an argument is
---              NULL.  As weights of experiment_variant they allocate users
--- Prior        all shares of yes are equally likely at first
--- Cost         some milliseconds for two variants, 25 times as much for ten
--- Errors       2202E  the lists have different lengths
---              22004  an element is NULL
---              22023  a number is not between 0 and 1e9; there are more successes
---                     than trials; there are no variants, or more than 100
--- Source       Thompson (1933)
CREATE FUNCTION bandit_allocate(successes float8[], trials float8[]) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_bandit_allocate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bandit_allocate(float8[], float8[]) IS 'share of the next users for each variant: its chance to be the best';

--- thompson_sample(successes float8, failures float8, seed bigint [, key text])
---   -> float8                                                          since 0.1.0
---
--- A share of yes, drawn from what is known about it.  The variant with the largest
--- draw is shown: variants that have done well, and those of which little is known.
---
--- Input        successes, failures  users of the variant who said yes and no
---              seed                 of the draw: another one for each user
---              key                  of the variant, so that variants have draws of
---                                   their own; empty if left out
--- Output       between 0 and 1, the same whenever the arguments are; NULL when an
---              argument is NULL
--- Distribution beta, with parameters successes + 1 and failures + 1
--- Errors       22023  a number is not between 0 and 1e9
--- Source       Thompson (1933)
CREATE FUNCTION thompson_sample(successes float8, failures float8, seed bigint, key text DEFAULT '') RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_thompson_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION thompson_sample(float8, float8, bigint, text) IS 'share of yes, drawn from what is known about it';

--- ucb1(successes float8, trials bigint, total bigint) -> float8          since 0.1.0
---
--- The upper confidence bound of a variant: its mean reward and what it may lack by
--- chance.  The variant with the largest bound is shown.
---
--- Input        successes  sum of rewards, each from 0 to 1
---              trials     how often the variant was shown
---              total      how often all variants were shown
--- Output       successes / trials + sqrt(2 ln(total) / trials); infinite for a
---              variant that was never shown; NULL when an argument is NULL
--- Errors       22023  a number is not between 0 and 1e9; successes are above
---                     trials, or trials above total
--- Source       Auer, Cesa-Bianchi & Fischer (2002)
CREATE FUNCTION ucb1(successes float8, trials bigint, total bigint) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_ucb1' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ucb1(float8, bigint, bigint) IS 'upper confidence bound of a mean reward';
