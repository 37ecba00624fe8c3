--- offer_allocate_options(budget float8, per_user bigint, …) -> jsonb      since 0.1.0
---
--- Builds the options of offer_allocate by name; those left out keep their defaults.
---
---   option         default  range       meaning
---   budget         none     0 to 1e100  the most that all offers may cost together
---   per_user       1        1 to 100    the most offers for a user
---   offer_budgets  none     0 to 1e100  the most that an offer may cost, by offer:
---                                       '{"a": 1000, "b": 500}'
---   capacities     none     0 to 1e100  the most users for an offer, by offer: whole
---                                       numbers
---   search_steps   1e7      0 to 1e12   steps of the search for a better allocation
---
--- Output       jsonb, checked by offer_allocate
CREATE FUNCTION offer_allocate_options(
	budget float8 DEFAULT NULL,
	per_user bigint DEFAULT NULL,
	offer_budgets jsonb DEFAULT NULL,
	capacities jsonb DEFAULT NULL,
	search_steps bigint DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('budget', budget, 'per_user', per_user, 'offer_budgets', offer_budgets,
		'capacities', capacities, 'search_steps', search_steps));
COMMENT ON FUNCTION offer_allocate_options(float8, bigint, jsonb, jsonb, bigint) IS 'options of offer_allocate by name';

CREATE FUNCTION offer_allocate_trans(internal, "any", "any", float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_offer_allocate_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION offer_allocate_trans(internal, "any", "any", float8, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_offer_allocate_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION offer_allocate_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_offer_allocate_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION offer_allocate_trans(internal, "any", "any", float8, float8) IS 'transition of offer_allocate';
COMMENT ON FUNCTION offer_allocate_trans(internal, "any", "any", float8, float8, jsonb) IS 'transition of offer_allocate';
COMMENT ON FUNCTION offer_allocate_final(internal) IS 'result of offer_allocate';

--- offer_allocate(user_id "any", offer "any", value float8, cost float8 [, options jsonb])
---   -> segment_model                                                    since 0.1.0
---
--- Who gets which offer, so that all offers together bring the most for a budget?
---
--- Input        user_id  whoever may get the offer, and the offer: an integer, text,
---              offer    uuid or any other type, which counts as its text
---              value    what it is expected to bring: an uplift, in money or in
---                       orders.  Offers without a value above 0 are given to nobody
---              cost     what it is expected to cost, 0 or more
---              options  see offer_allocate_options; without any, all users get their
---                       best offer
---                       A row with a NULL is skipped; users get only offers for
---                       which they have a row
--- Output       an allocation: offer_assignments shows who gets what,
---              offer_allocation_summary what it comes to, offer_limits what each
---              offer uses.  NULL when no row counted
--- Limits       are kept: no user gets more than per_user offers, and costs exceed no
---              budget by more than rounding (1e-12 of it)
--- Bound        no allocation brings more than the bound, which is that of the linear
---              relaxation (parts of offers for users), over the offers that keep all
---              limits alone; gap: the part of it by which the allocation may fall
---              short, at most
--- Optimal      up to 20 rows always, with the default search_steps, and often beyond:
---              is_optimal says whether it is proven
--- Ties         go to lower ids of users, then of offers
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor
--- Cost         rows go to disk when segment.training_memory is used up; the
---              allocation takes 130 bytes per row (with per_user 1; otherwise 160),
---              and must fit into it.  Time: up to 200 passes, mostly 20 to 80
--- Warning      when no row has an offer that an option names
--- Errors       22003  a value or a cost is NaN or infinite
---              22023  a cost is negative, a value or a cost beyond 1e100; a user has
---                     two rows for an offer; a capacity is not a whole number; an
---                     option is unknown, out of range, or not the same for all rows
---              54000  more than 10000 offers, or 1000 limits that can be reached;
---                     the work would pass segment.training_memory, or the result
---                     segment.max_model_size
--- Source       Sinha & Zoltners (1979); Kellerer, Pferschy & Pisinger (2004); the
---              relaxation: Mehrotra (1992)
CREATE AGGREGATE offer_allocate(user_id "any", offer "any", value float8, cost float8) (
	SFUNC = offer_allocate_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = offer_allocate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE offer_allocate(user_id "any", offer "any", value float8, cost float8, options jsonb) (
	SFUNC = offer_allocate_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = offer_allocate_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE offer_allocate("any", "any", float8, float8) IS 'who gets which offer under budgets and capacities';
COMMENT ON AGGREGATE offer_allocate("any", "any", float8, float8, jsonb) IS 'who gets which offer under budgets and capacities';

--- offer_assignments(allocation segment_model [, user_witness anycompatible
---   [, offer_witness anyelement]])
---   -> rows (user_id, offer, value float8, cost float8)                 since 0.1.0
---
--- Who gets what: a row for each offer that is given, by user, then by offer.
---
--- user_id, offer  text, or of the type of the witness: NULL::bigint
--- value, cost     as in the rows of offer_allocate
--- Output          none for a NULL
--- Errors          22P02  an id is not a value of the witness's type, or would come
---                        back as another: '007' as an integer
---                 42804  not an allocation of offers
CREATE FUNCTION offer_assignments(allocation segment_model)
	RETURNS TABLE (user_id text, offer text, value float8, cost float8)
	AS 'MODULE_PATHNAME', 'segment_offer_assignments' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION offer_assignments(allocation segment_model, user_witness anycompatible)
	RETURNS TABLE (user_id anycompatible, offer text, value float8, cost float8)
	AS 'MODULE_PATHNAME', 'segment_offer_assignments' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION offer_assignments(allocation segment_model, user_witness anycompatible, offer_witness anyelement)
	RETURNS TABLE (user_id anycompatible, offer anyelement, value float8, cost float8)
	AS 'MODULE_PATHNAME', 'segment_offer_assignments' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION offer_assignments(segment_model) IS 'who gets which offer';
COMMENT ON FUNCTION offer_assignments(segment_model, anycompatible) IS 'who gets which offer';
COMMENT ON FUNCTION offer_assignments(segment_model, anycompatible, anyelement) IS 'who gets which offer';

--- offer_allocation_summary(allocation segment_model)
---   -> rows (users bigint, served bigint, assigned bigint, value float8, cost float8,
---      budget float8, budget_left float8, budget_price float8, bound float8,
---      gap float8, is_optimal boolean)                                  since 0.1.0
---
--- What an allocation comes to, in one row.
---
--- users         with a row in offer_allocate
--- served        users with an offer
--- assigned      offers given
--- value, cost   their sums
--- budget        the option, and what is left of it; NULL without one
--- budget_price  by how much the bound rises for each further unit of the budget:
---               what money is worth here; 0 when there is enough
--- bound         no allocation brings more
--- gap           (bound - value) / bound
--- is_optimal    is it proven that no allocation brings more than this one?
--- Output        none for a NULL
--- Errors        42804  not an allocation of offers
CREATE FUNCTION offer_allocation_summary(allocation segment_model)
	RETURNS TABLE (users bigint, served bigint, assigned bigint, value float8, cost float8, budget float8, budget_left float8,
		budget_price float8, bound float8, gap float8, is_optimal boolean)
	AS 'MODULE_PATHNAME', 'segment_offer_allocation_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1;
COMMENT ON FUNCTION offer_allocation_summary(segment_model) IS 'value, cost and bound of an allocation of offers';

--- offer_limits(allocation segment_model [, witness anycompatible])
---   -> rows (offer, assigned bigint, value float8, cost float8, budget float8,
---      budget_left float8, budget_price float8, capacity float8,
---      capacity_left float8, capacity_price float8)                     since 0.1.0
---
--- What each offer uses of its limits, and what more would be worth.
---
--- offer           text, or of the type of the witness: NULL::int
--- assigned        users who get it
--- value, cost     their sums
--- budget          of the offer, and what is left of it; NULL without one
--- budget_price    by how much the bound rises for each further unit of it
--- capacity        of the offer, and what is left of it; NULL without one
--- capacity_price  by how much the bound rises for each further user
--- Output          all offers of the rows, also those that nobody gets; none for a
---                 NULL
--- Errors          as offer_assignments
CREATE FUNCTION offer_limits(allocation segment_model)
	RETURNS TABLE (offer text, assigned bigint, value float8, cost float8, budget float8, budget_left float8,
		budget_price float8, capacity float8, capacity_left float8, capacity_price float8)
	AS 'MODULE_PATHNAME', 'segment_offer_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 10;
CREATE FUNCTION offer_limits(allocation segment_model, witness anycompatible)
	RETURNS TABLE (offer anycompatible, assigned bigint, value float8, cost float8, budget float8, budget_left float8,
		budget_price float8, capacity float8, capacity_left float8, capacity_price float8)
	AS 'MODULE_PATHNAME', 'segment_offer_limits' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10;
COMMENT ON FUNCTION offer_limits(segment_model) IS 'what offers use of their limits, and what more would be worth';
COMMENT ON FUNCTION offer_limits(segment_model, anycompatible) IS 'what offers use of their limits, and what more would be worth';
