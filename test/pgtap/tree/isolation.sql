-- Isolation forests against scikit-learn (test/oracle/isolation.py), and what must hold
-- for every model.
BEGIN;
SELECT plan(21);

CREATE TEMP TABLE t AS
	SELECT i, CASE i WHEN 50 THEN '{200,3,4}' WHEN 100 THEN '{30,40,4}' WHEN 150 THEN '{30,3,-30}'
		ELSE ARRAY[i * 37 % 61, i * 13 % 8, (i * i % 97)::float8 / 10] END::float8[] AS x
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE golden (options jsonb, want float8[]);
INSERT INTO golden VALUES ('{"trees": 4000}', '{0.4559,0.4610,0.4867,0.4192,0.4774,0.4259,0.4113,0.4758,0.4316,0.4892,0.4533,
	0.4118,0.4673,0.4558,0.4373,0.4564,0.4552,0.4387,0.4537,0.4512,0.4345,0.4778,0.4462,0.4752,0.4318,0.4774,0.4426,0.4903,
	0.4313,0.4420,0.4555,0.4491,0.4767,0.4468,0.4648,0.4256,0.4327,0.5037,0.4194,0.4537,0.4357,0.4222,0.5011,0.4642,0.4569,
	0.4881,0.4204,0.4936,0.4343,0.7536,0.5188,0.4337,0.4858,0.4595,0.4182,0.4928,0.4092,0.4389,0.4910,0.4254,0.4911,0.4302,
	0.4465,0.4711,0.4086,0.4908,0.4481,0.4221,0.4565,0.4167,0.4866,0.4459,0.4507,0.4353,0.4953,0.4354,0.4397,0.4384,0.4311,
	0.4907,0.4392,0.4169,0.4792,0.4679,0.4212,0.4465,0.4436,0.4695,0.4896,0.4117,0.4658,0.4251,0.4325,0.4974,0.4308,0.5121,
	0.4855,0.4500,0.5130,0.7764,0.4448,0.4559,0.4028,0.4838,0.4238,0.4419,0.5180,0.4114,0.4490,0.4492,0.4446,0.4794,0.4127,
	0.4735,0.4529,0.4201,0.4913,0.4244,0.4709,0.4545,0.4442,0.4799,0.4953,0.4177,0.4524,0.4257,0.4501,0.4784,0.4196,0.4360,
	0.4742,0.4495,0.4245,0.4437,0.4659,0.4505,0.4367,0.4139,0.4616,0.4591,0.4646,0.4790,0.4367,0.4655,0.4730,0.4280,0.4915,
	0.4436,0.4532,0.7629,0.4267,0.4860,0.4274,0.4120,0.5237,0.4386,0.4530,0.4457,0.4097,0.5267,0.4277,0.4248,0.5090,0.4096,
	0.4679,0.4501,0.4095,0.5389,0.4089,0.4671,0.4568,0.4604,0.4667,0.4386,0.4383,0.4489,0.4518,0.4719,0.4446,0.4626,0.4536,
	0.4196,0.4730,0.4877,0.4491,0.4361,0.4380,0.4540,0.4285,0.4406,0.4382,0.4820,0.4923,0.4678,0.4878,0.4572,0.4360,0.4616,
	0.4121,0.4580}');
INSERT INTO golden VALUES ('{"trees": 4000, "sample_size": 32}', '{0.5173,0.5234,0.5579,0.4772,0.5446,0.4858,0.4685,0.5436,
	0.4871,0.5522,0.5247,0.4655,0.5327,0.5241,0.4992,0.5224,0.5214,0.5101,0.5205,0.5121,0.4940,0.5375,0.5129,0.5508,0.4883,
	0.5380,0.5117,0.5469,0.4886,0.5059,0.5205,0.5119,0.5369,0.5106,0.5276,0.4883,0.5044,0.5606,0.4718,0.5203,0.5022,0.4805,
	0.5777,0.5191,0.5174,0.5471,0.4744,0.5554,0.4937,0.5528,0.5773,0.4900,0.5527,0.5272,0.4767,0.5614,0.4660,0.4941,0.5606,
	0.4865,0.5451,0.4887,0.5109,0.5399,0.4636,0.5537,0.5199,0.4765,0.5341,0.4784,0.5502,0.5142,0.5138,0.5018,0.5602,0.4965,
	0.5079,0.4972,0.5039,0.5599,0.4997,0.4795,0.5556,0.5311,0.4793,0.5131,0.5151,0.5339,0.5356,0.4673,0.5310,0.4881,0.4980,
	0.5636,0.4996,0.5712,0.5428,0.5154,0.5891,0.5477,0.5093,0.5223,0.4594,0.5504,0.4797,0.4964,0.5837,0.4680,0.5137,0.5085,
	0.5091,0.5554,0.4685,0.5442,0.5261,0.4710,0.5524,0.4825,0.5326,0.5267,0.5072,0.5293,0.5609,0.4735,0.5287,0.4853,0.5207,
	0.5468,0.4756,0.5038,0.5438,0.5100,0.4850,0.5134,0.5321,0.5149,0.5009,0.4747,0.5323,0.5369,0.5296,0.5401,0.4957,0.5300,
	0.5383,0.4815,0.5493,0.5013,0.5125,0.5400,0.4927,0.5454,0.4903,0.4660,0.5725,0.4968,0.5206,0.5112,0.4616,0.5889,0.4822,
	0.4780,0.5756,0.4652,0.5292,0.5156,0.4639,0.5935,0.4646,0.5396,0.5214,0.5184,0.5290,0.5038,0.4958,0.5225,0.5189,0.5293,
	0.5156,0.5255,0.5155,0.4808,0.5299,0.5505,0.5037,0.4974,0.5085,0.5177,0.4898,0.5092,0.5134,0.5476,0.5573,0.5227,0.5638,
	0.5341,0.5068,0.5332,0.4729,0.5197}');

-- trees are drawn, so scores agree in expectation
CREATE TEMP TABLE scored AS
	SELECT options, i, want[i] AS want, outlier_score(model, x) AS score
	FROM golden, LATERAL (SELECT isolation_train(x, options) AS model FROM t) AS m, t;
SELECT cmp_ok(max(abs(score - want)), '<', 0.007::float8, 'scikit-learn: scores, with options ' || options::text)
FROM scored GROUP BY options ORDER BY options;
SELECT cmp_ok(abs(avg(score - want)), '<', 0.001::float8, 'and no bias') FROM scored GROUP BY options ORDER BY options;
SELECT cmp_ok(corr(r, s), '>', 0.995::float8, 'and ranks')
FROM (SELECT options, rank() OVER (PARTITION BY options ORDER BY score) AS r, rank() OVER (PARTITION BY options ORDER BY want) AS s
	FROM scored) AS s GROUP BY options ORDER BY options;
SELECT is((SELECT array_agg(i ORDER BY i)
	FROM (SELECT i FROM scored WHERE NOT options ? 'sample_size' ORDER BY score DESC LIMIT 3) AS s),
	'{50,100,150}', 'those far away come first');

-- the same rows give the same model in any order and memory
CREATE TEMP TABLE models AS
	SELECT (SELECT isolation_train(x ORDER BY i) FROM t) AS a, (SELECT isolation_train(x ORDER BY md5(i::text)) FROM t) AS b,
		(SELECT isolation_train(x ORDER BY x[1]) FROM t) AS c, (SELECT isolation_train(x, '{"seed": 1}') FROM t) AS d;
SELECT ok(a = b AND a = c, 'any order of rows') FROM models;
SELECT ok(a <> d, 'another seed') FROM models;
CREATE TEMP TABLE many AS SELECT i, ARRAY[sin(i), cos(i * 7), i % 1000] AS x FROM generate_series(1, 60000) AS i;
CREATE TEMP TABLE large AS SELECT isolation_train(x) AS model FROM many;
SET LOCAL segment.training_memory = '1MB';
SELECT ok((SELECT isolation_train(x ORDER BY -i) FROM many) = model, 'from disk, in another order') FROM large;
RESET segment.training_memory;
SELECT ok(a::text::segment_model = a, 'a model comes back from its text') FROM models;

-- reasons add up to the binary logarithm of the score
SELECT cmp_ok(max(abs(2 ^ total - outlier_score(a, x))), '<', 1e-12::float8, 'contributions add up')
FROM models, t, LATERAL (SELECT sum(contribution) AS total FROM explain_prediction(a, x)) AS e;
SELECT is((SELECT feature FROM explain_prediction(a, (SELECT x FROM t WHERE i = 100)) ORDER BY contribution DESC LIMIT 1), '2',
	'the reason is what was changed') FROM models;
SELECT ok(bool_and(outlier_score(a, x) = predict(a, x::feature_vector)), 'predict gives the score') FROM models, t;

-- missing elements
SELECT cmp_ok(outlier_score(model, ARRAY[NULL, 3, 4]), '<', 0.5::float8, 'what is missing makes no row unusual')
FROM (SELECT isolation_train(CASE WHEN i % 9 > 0 THEN x ELSE ARRAY[NULL, x[2], x[3]] END) AS model FROM t WHERE i % 50 > 0) AS m;

-- few rows, none, and rows that do not differ
SELECT ok((SELECT isolation_train(x) FROM t WHERE false) IS NULL, 'no rows');
SELECT is(round(outlier_score(isolation_train(ARRAY[3]), ARRAY[4])::numeric, 12), 0.5, 'one row');
SELECT is(round(outlier_score(isolation_train(ARRAY[3, NULL]::float8[]), ARRAY[4, 1])::numeric, 12), 0.5, 'equal rows')
FROM generate_series(1, 300);
SELECT throws_ok('SELECT isolation_train(x, ''{"sample_size": 0}'') FROM t', '22023',
	'option "sample_size" is out of range: 0', 'an empty sample');
SELECT throws_ok('SELECT isolation_train(x, jsonb_build_object(''seed'', i)) FROM t', '22023', NULL, 'options that change');
SELECT throws_ok('SELECT outlier_score(a, ARRAY[1, 2]) FROM models', '2202E', NULL, 'a row of another dimension');

SELECT * FROM finish();
ROLLBACK;
