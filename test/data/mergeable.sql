-- Every mergeable aggregate of the extension as a call over one table.
--
-- Those that draw noise are left out, since no two results are the same; see
-- test/pgtap/privacy/dp.sql.
--
-- Read by tests and benchmarks.  The calls come from the catalogue: a new
-- mergeable aggregate needs no line here, unless it has an argument of a new name
-- or type; then its call is NULL, and the tests fail.

CREATE TABLE facts AS
SELECT i, (i * 7919) % 100 AS k, (i * 7919) % 11 AS part, 0.1 * ((i * 7919) % 1009) AS x,
	feature_vector(sin(i), 1e6 + cos(i * 7), (i % 13) / 3.0) AS v,
	timestamp '2026-01-01' + (i * 7919) % 1009 * interval '5 hours 1 second' AS ts,
	to_tsvector('simple', 'w' || i % 5 || ' w' || i % 31 || ' w' || i % 7 || ' v') AS document,
	ARRAY[i % 17, i % 5 + 20, i % 3 + 30, 40] AS items
FROM generate_series(1, 600) AS i;
CREATE TABLE keys AS SELECT k, k % 3 AS label FROM generate_series(0, 109) AS k WHERE k % 17 <> 0;
CREATE TABLE models AS SELECT kmeans_train(v, 3) AS model FROM facts;
ALTER TABLE facts ADD summary segment_summary;
UPDATE facts SET summary = (SELECT kaplan_meier(n + x, (n + i) % 2 = 0) FROM generate_series(1, i % 3) AS n);
VACUUM (ANALYZE, FREEZE) facts;
ANALYZE keys;

-- by name and type; of one aggregate alone: aggregate.name
CREATE TABLE arguments (name text, type regtype, expression text);
INSERT INTO arguments
SELECT name, type::regtype, replace(expression, '@', type)
FROM (VALUES
	('a cluster current topic segment', 'bigint text', '(i % 5)::@'),
	('b previous group_name', 'bigint text', '(i % 7 / 2)::@'),
	('a b topic active_before current', 'boolean', 'i % 3 = 0'),
	('active_after churned event previous group_name segment', 'boolean', 'i % 7 < 4'),
	('a neighbour_rating', 'float8', '1e6 + sin(i)'),
	('b', 'float8', '1e6 + cos(i * 7) + sin(i) / 3'),
	('duration revenue rating', 'float8', 'x'),
	('revenue', 'numeric', 'x'),
	('weight similarity', 'float8', '1 + i % 4 / 3.0'),
	('neighbour_mean', 'float8', '1e6'),
	('week', 'bigint', '7'),
	('month', 'bigint', '30'),
	('user_mean', 'float8', '1.0 / 3'),
	('lambda shrinkage', 'float8', '0.1'),
	('user_id', 'bigint text', '(i % 101)::@'),
	('user_id', 'uuid', 'md5((i % 101)::text)::uuid'),
	('reward', 'boolean', 'i % 3 = 0'),
	(' features factors context', 'feature_vector', 'v'),
	('features factors context', 'float8[]', 'v::float8[]'),
	('gram', 'float8[]', '''{{1,0.1,0},{0.1,2,0},{0,0,3}}'''),
	('vectors', 'feature_vector[]', 'CASE WHEN v IS NOT NULL THEN ARRAY[v, feature_vector(i, 2, 3)] END'),
	('vectors', 'float8[]', 'CASE WHEN v IS NOT NULL THEN ARRAY[v::float8[], ''{1,2,3}''] END'),
	('recommended', 'bigint[] text[]', 'items[1 + i % 3 :]::@'),
	('relevant', 'bigint[] text[]', 'ARRAY[20, i % 17, 41, i % 3 + 30]::@'),
	('recommended', 'text', 'items[1 + i % 3 :]::text'),
	('relevant', 'text', 'ARRAY[20, i % 17, 41, i % 3 + 30]::text'),
	('recommended relevant', 'uuid[]', 'ARRAY[md5((i % 11)::text), md5((i % 7)::text), md5(''a''), md5(''b'')]::uuid[]'),
	('grades', 'float8[]', '''{1.5,2,3,4}''::float8[]'),
	('gain', 'text', '''linear'''),
	('document', 'tsvector', 'document'),
	('k n min_support', 'bigint', '3'),
	('timefix', 'boolean', 'true'),
	('catalogue_size users', 'bigint', '50'),
	('known_by', 'bigint[]', 'items'),
	('mode', 'text', '''bounded'''),
	('period inactivity', 'interval', '''20 days'''),
	('last_active ts', 'date timestamp timestamptz', 'ts'),
	('start', 'date timestamp timestamptz', '''2026-01-05'''),
	('as_of', 'date timestamp timestamptz', '''2026-06-15'''),
	('windows', 'bigint[]', '''{7,30,90}'''),
	('trend.value', 'float8', 'x'),
	('model', 'segment_model', '(SELECT model FROM models)'),
	('summary', 'segment_summary', 'summary'),
	('actual predicted', 'bigint text', '(i % 7 / 2)::@'),
	('actual predicted label', 'boolean', 'i % 7 < 4'),
	('actual', 'float8', 'x'),
	('predicted', 'float8', 'x + sin(i)'),
	('probability', 'float8', '(i % 101) / 100.0'),
	('f1_at.score', 'float8', 'x'),
	('threshold', 'float8', '50'),
	('variant', 'bigint text', '(i % 2)::@'),
	('variant outcome', 'boolean', 'i % 2 = 0'),
	('outcome numerator reward', 'float8', 'x'),
	('covariate denominator', 'float8', '1 + i % 7 / 8.0'),
	('cap', 'float8', '50'),
	('treated', 'boolean', 'i % 7 < 4'),
	('after', 'boolean', 'i % 3 = 0'),
	('period', 'bigint', 'i % 5'),
	('start', 'bigint', '2'),
	('unit', 'bigint text', '(i % 101)::@'),
	('unit', 'uuid', 'md5((i % 101)::text)::uuid'),
	('score', 'float8', '1 + i % 5'),
	('csat.low', 'float8', '1'),
	('csat.high', 'float8', '5'),
	('satisfied_from', 'float8', '3'),
	('nps.low', 'float8', '0'),
	('nps.high', 'float8', '10'),
	('detractors_to', 'float8', '2'),
	('promoters_from', 'float8', '4'),
	('prior_mean', 'float8', '50'),
	('prior_votes', 'float8', '10'),
	('periods', 'boolean[]', 'ARRAY[true, i % 2 = 0, i % 3 = 0]'),
	('tokens document', 'text[]', 'items::text[]'),
	('lda_perplexity.model', 'segment_model', '(SELECT lda_train(ARRAY[''40'', (20 + n % 5)::text]) FROM generate_series(1, 9) AS n)'),
	('label series heatmap_svg.x heatmap_svg.y', 'bigint text', '(i % 4)::@'),
	('bar_svg.value grouped_bar_svg.value heatmap_svg.value', 'float8', 'x'),
	('forest_svg.estimate', 'float8', '(i % 4)::float8'),
	('forest_svg.low', 'float8', '(i % 4) - 1.5'),
	('forest_svg.high', 'float8', '(i % 4) + 2.5'),
	('forest_svg.options', 'jsonb', '''{"width": 300}'''),
	('funnel_svg.step grouped_funnel_svg.step sankey_svg.source sankey_svg.target', 'bigint text', '(i % 4)::@'),
	('path_sankey_svg.step path_sankey_svg.source path_sankey_svg.target', 'bigint text', '(i % 4)::@'),
	('funnel_svg.users grouped_funnel_svg.users sankey_svg.value path_sankey_svg.value', 'float8', '1 + i % 5'),
	('funnel_svg.options grouped_funnel_svg.options sankey_svg.options path_sankey_svg.options', 'jsonb', '''{"width": 300}'''),
	('line_svg.x grouped_line_svg.x', 'float8', 'i % 4'),
	('line_svg.x grouped_line_svg.x', 'date timestamp timestamptz', 'date ''2026-01-01'' + i % 4'),
	('line_svg.y grouped_line_svg.y', 'float8', 'x'),
	-- an x occurs once, but for rows without y
	('band_svg.x grouped_band_svg.x survival_svg.time grouped_survival_svg.time', 'float8', 'i'),
	('band_svg.x grouped_band_svg.x', 'date timestamp timestamptz', 'date ''2026-01-01'' + i'),
	('band_svg.y grouped_band_svg.y', 'float8', 'CASE WHEN k % 3 <> 0 THEN x END'),
	('survival_svg.survival grouped_survival_svg.survival', 'float8', 'CASE WHEN k % 3 <> 0 THEN 1 / (1 + x) END'),
	('band_svg.low grouped_band_svg.low survival_svg.low grouped_survival_svg.low', 'float8', '0'),
	('band_svg.high grouped_band_svg.high survival_svg.high grouped_survival_svg.high', 'float8', '1'),
	('censored', 'bigint', 'i % 2'),
	('line_svg.options grouped_line_svg.options band_svg.options grouped_band_svg.options', 'jsonb', '''{"width": 300}'''),
	('survival_svg.options grouped_survival_svg.options', 'jsonb', '''{"width": 300}'''),
	('histogram_svg.x grouped_histogram_svg.x scatter_svg.x scatter_svg.y grouped_scatter_svg.x grouped_scatter_svg.y', 'float8', 'x'),
	('bar_svg.options grouped_bar_svg.options heatmap_svg.options histogram_svg.options grouped_histogram_svg.options', 'jsonb', '''{"width": 300}'''),
	('scatter_svg.options grouped_scatter_svg.options', 'jsonb', '''{"width": 300}'''),
	('quasi_identifiers', 'text[]', 'ARRAY[(i % 5)::text, (i % 3)::text]'),
	('sensitive', 'text', '(i % 7)::text')
) AS t (names, types, expression), regexp_split_to_table(names, ' ') AS name, regexp_split_to_table(types, ' ') AS type;

CREATE VIEW mergeable AS
SELECT a.aggfnoid::regprocedure::text AS signature, a.aggtranstype::regtype AS state, a.aggtransspace AS space,
	a.aggtransfn, a.aggcombinefn, a.aggfinalfn, oidvectortypes(p.proargtypes) AS types,
	(SELECT CASE WHEN count(*) = count(e.expression) THEN string_agg(format('(%s)::%s', e.expression, t.type::regtype), ', ' ORDER BY t.n) END
	 FROM unnest(p.proargtypes) WITH ORDINALITY AS t (type, n)
	 LEFT JOIN LATERAL (
		SELECT e.expression FROM arguments AS e, coalesce(p.proargnames[t.n], '') AS argument
		WHERE e.type = t.type AND e.name IN (argument, p.proname || '.' || argument)
		ORDER BY e.name = argument LIMIT 1) AS e ON true) AS arguments,
	p.proname || '(' AS opening
FROM pg_aggregate AS a
JOIN pg_proc AS p ON p.oid = a.aggfnoid
JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension AS x ON d.refclassid = 'pg_extension'::regclass AND x.oid = d.refobjid
WHERE x.extname = 'segment' AND a.aggcombinefn <> 0
	AND NOT EXISTS (SELECT FROM pg_proc AS f WHERE f.oid = a.aggfinalfn AND f.provolatile = 'v');
