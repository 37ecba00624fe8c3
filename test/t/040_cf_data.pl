# Recommenders on real data: ratings of films against Surprise, and visits of web
# pages against item neighbours computed elsewhere.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers are in reference/recsys_movietweetings.json
# (Surprise 1.1.4, with the recipe) and reference/misc_open.json.
use strict;
use warnings FATAL => 'all';
use FindBin;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $reference = "$data/reference/recsys_movietweetings.json";
plan skip_all => "no data: $reference is not there (SEGMENT_DATA names the folder)" unless -r $reference;

my $want = decode_json(slurp_file($reference))->{results};

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');
$node->safe_psql('postgres', 'CREATE TABLE ratings (user_id int, item_id int, rating int, ts bigint, fold int)');
$node->safe_psql('postgres', "\\copy ratings FROM '$data/recsys/movietweetings.csv' CSV HEADER");

sub value { return $node->safe_psql('postgres', shift) }

# ---------- ratings ----------

# Surprise's options where our defaults differ
my $surprise = 'learning_rate => 0.005, learning_rate_decay => 1, regularization => 0.02, epochs => 20, init_deviation => 0.1, standardize => false';
my %case = (
	BaselineOnly_ALS => "'baseline'",
	BaselineOnly_SGD => "'svd', factors => 0, shuffle => false, $surprise",
	KNNBasic_user_msd_k40 => "'user_knn', center => 'none', shrinkage => 0",
	KNNBasic_item_cosine_k40 => "'item_knn', similarity => 'cosine', center => 'none', shrinkage => 0",
	KNNWithMeans_user_msd_k40 => "'user_knn', shrinkage => 0",
	KNNWithMeans_user_cosine_k40 => "'user_knn', similarity => 'cosine', shrinkage => 0",
	KNNWithMeans_user_pearson_k40 => "'user_knn', similarity => 'pearson', shrinkage => 0",
	KNNWithMeans_item_msd_k40 => "'item_knn', shrinkage => 0",
	KNNWithMeans_item_pearson_k40 => "'item_knn', similarity => 'pearson', shrinkage => 0",
	KNNBaseline_item_pearson_baseline_k40 => "'item_knn', similarity => 'pearson_baseline'",
	'SVD_biased_f20_e20_lr.005_reg.02' => "'svd', factors => 20, $surprise",
	'SVD_biased_f100_e20_lr.005_reg.02' => "'svd', factors => 100, $surprise",
);

# Mean over the folds of (RMSE, MAE)
sub errors_of
{
	my ($options) = @_;
	my ($rmse, $mae) = (0, 0);

	value(qq{
		DROP TABLE IF EXISTS models;
		CREATE TABLE models AS SELECT f, cf_train(user_id, item_id, rating, cf_options($options, rating_min => 1, rating_max => 10)) FILTER (WHERE fold <> f) AS model
			FROM ratings, generate_series(1, 5) AS f GROUP BY f});
	foreach my $fold (1 .. 5)
	{
		my ($r, $m) = split /\|/, value(qq{
			SELECT sqrt(avg(gap ^ 2)), avg(abs(gap))
			FROM (SELECT cf_predict((SELECT model FROM models WHERE f = $fold), user_id, item_id) - rating AS gap FROM ratings WHERE fold = $fold) AS t});
		$rmse += $r / 5;
		$mae += $m / 5;
	}
	return ($rmse, $mae);
}

foreach my $name (sort keys %case)
{
	my ($rmse, $mae) = errors_of($case{$name});
	my $is_random = $name =~ /^SVD/;
	my $most = $is_random ? 1.005 : 1 + 1e-6;

	cmp_ok($rmse, '<=', $most * $want->{$name}{rmse_mean}, "$name: RMSE");
	cmp_ok($mae, '<=', $most * $want->{$name}{mae_mean}, "$name: MAE");
	next if $is_random;
	my $samples = join ', ', map { "($_->{user_id}, $_->{item_id}, $_->{est})" } @{ $want->{$name}{sample_predictions_fold1} };
	is(value(qq{
		SELECT count(*) FILTER (WHERE abs(cf_predict((SELECT model FROM models WHERE f = 1), u, i) - p) < 1e-9) FROM (VALUES $samples) AS t(u, i, p)}),
		25, "$name: predictions to 1e-9");
}

my ($rmse, $mae) = errors_of("'svd'");
cmp_ok($rmse, '<', 1.365, sprintf('svd by default: RMSE %.4f, better than the best of Surprise\'s', $rmse));
cmp_ok($mae, '<', 1.007, sprintf('svd by default: MAE %.4f', $mae));

# ---------- recommendations ----------

my $visits = decode_json(slurp_file("$data/reference/misc_open.json"))->{'topn_msweb (train tid%5<>0, test tid%5=0)'};
$node->safe_psql('postgres', 'CREATE TABLE baskets (tid int, items text)');
$node->safe_psql('postgres', "\\copy baskets FROM '$data/rules/msweb.csv' CSV HEADER");
value(q{
	CREATE TABLE visits AS SELECT DISTINCT tid, item::int FROM baskets, string_to_table(items, ' ') AS item;
	CREATE TABLE cases AS
		SELECT tid, hidden, array_remove(items, hidden) AS given
		FROM (SELECT tid, array_agg(item ORDER BY item) AS items FROM visits WHERE tid % 5 = 0 GROUP BY tid HAVING count(*) >= 2) AS t,
			LATERAL (SELECT items[tid % cardinality(items) + 1] AS hidden) AS h;
	CREATE TABLE recommenders AS
		SELECT o ->> 'method' AS method, cf_train(tid, item, 1, o) AS model
		FROM visits, unnest(ARRAY[cf_options('item_knn', feedback => 'implicit'), cf_options('ease'), cf_options('als_implicit')]) AS o WHERE tid % 5 <> 0 GROUP BY o});

# Hit rate, mean reciprocal rank, cases
sub quality
{
	my ($method, $user, $options) = @_;

	return split /\|/, value(qq{
		SELECT avg((rank IS NOT NULL)::int), avg(coalesce(1.0 / rank, 0)), count(*)
		FROM cases LEFT JOIN LATERAL (SELECT * FROM cf_recommend((SELECT model FROM recommenders WHERE method = '$method'), $user, given, 10$options)) AS r ON item_id = hidden});
}

my ($hits, $ranks, $cases) = quality('item_knn', 'NULL::int', '');
is($cases, $visits->{n_evaluated}, 'visits: baskets');
cmp_ok(abs($hits - $visits->{cos}{'hit@10'}), '<', 1e-12, sprintf('item neighbours: hit rate %.5f', $hits));
cmp_ok(abs($ranks - $visits->{cos}{'mrr@10'}), '<', 1e-12, 'item neighbours: reciprocal rank');
foreach my $sample (@{ $visits->{sample} })
{
	my ($given, $top, $scores) = map { join ',', @{ $sample->{$_} } } qw(given top10 scores);

	is(value(qq{
		SELECT bool_and(item_id = item AND abs(r.score - t.score) < 1e-9) AND count(*) = 10
		FROM cf_recommend((SELECT model FROM recommenders WHERE method = 'item_knn'), NULL::int, '{$given}'::int[], 10) AS r
			JOIN ROWS FROM (unnest('{$top}'::int[]), unnest('{$scores}'::float8[])) WITH ORDINALITY AS t(item, score, place) ON rank = place}),
		't', "basket $sample->{tid}: the ten items and their scores");
}
($hits, $ranks) = quality('ease', 'NULL::int', '');
cmp_ok($hits, '>', 0.79, sprintf('ease: hit rate %.5f', $hits));
($hits, $ranks) = quality('als_implicit', 'NULL::int', '');
cmp_ok($hits, '>', 0.74, sprintf('als_implicit: hit rate %.5f', $hits));

# by popularity only
is(value(q{
	SELECT round(avg((place IS NOT NULL)::int), 5) FROM cases LEFT JOIN LATERAL (
		SELECT place FROM (SELECT item, row_number() OVER () AS place FROM (SELECT item FROM popular WHERE item <> ALL (given) ORDER BY n DESC, item LIMIT 10) AS p) AS q
		WHERE item = hidden) AS r ON true}), sprintf('%.5f', $visits->{pop}{'hit@10'}), 'popularity: the reference is of these rows')
  if value('CREATE TABLE popular AS SELECT item, count(*) AS n FROM visits WHERE tid % 5 <> 0 GROUP BY item; SELECT count(*) > 0 FROM popular') eq 't';
value('CREATE TABLE stranger AS SELECT cf_train(tid, item, 1) AS model FROM visits WHERE tid % 5 <> 0');
is(value(q{
	SELECT round(avg((rank IS NOT NULL)::int), 5)
	FROM cases LEFT JOIN LATERAL (SELECT * FROM cf_recommend((SELECT model FROM stranger), NULL::int, given, 10)) AS r ON item_id = hidden}),
	sprintf('%.5f', $visits->{pop}{'hit@10'}), 'strangers get what is popular');

# ---------- defaults ----------

# Short and long histories: one item of each user is held back
value(q{
	CREATE TABLE histories (source text, user_id int, item_id int);
	INSERT INTO histories SELECT 'films', user_id, item_id FROM ratings;
	INSERT INTO histories SELECT 'pages', tid, item FROM visits WHERE tid % 4 = 0;
	-- two to four courses of 40, some by what everybody takes, some by one of four fields
	INSERT INTO histories
		SELECT DISTINCT 'courses', u, CASE WHEN j % 2 = 0 THEN floor(40 * x * x) ELSE 4 * floor(10 * x * x) + u % 4 END::int
		FROM generate_series(1, 5000) AS u, generate_series(1, 4) AS j,
			LATERAL (SELECT (hashint8(u * 100 + j) & 65535) / 65536.0 AS x) AS d
		WHERE j <= 2 + u % 3;
	CREATE TABLE parts AS
		SELECT *, row_number() OVER (PARTITION BY source, user_id ORDER BY hashint8(user_id::bigint * 100003 + item_id), item_id) = 1 AS is_test,
			count(*) OVER (PARTITION BY source, user_id) AS n
		FROM histories;
	CREATE TABLE popular_first AS SELECT source, cf_train(user_id, item_id, 1) AS model FROM parts WHERE NOT is_test OR n = 1 GROUP BY source;
	CREATE TABLE factors AS SELECT source, cf_train(user_id, item_id, 1, cf_options('als_implicit')) AS model FROM parts WHERE NOT is_test OR n = 1 GROUP BY source;
	CREATE TABLE tests AS
		SELECT source, user_id, min(item_id) FILTER (WHERE is_test) AS hidden, array_agg(item_id) FILTER (WHERE NOT is_test) AS seen
		FROM parts WHERE n > 1 GROUP BY source, user_id HAVING user_id % 7 = 0}); # 3 would choose by length

sub held_back
{
	my ($source, $models, $user) = @_;

	return value(qq{
		SELECT round(avg((rank IS NOT NULL)::int), 4)
		FROM tests LEFT JOIN LATERAL (SELECT * FROM cf_recommend((SELECT model FROM $models WHERE source = '$source'), $user, seen, 10)) AS r ON item_id = hidden
		WHERE tests.source = '$source'});
}

foreach ([ 'courses', 0.98 ], [ 'pages', 1.05 ], [ 'films', 1.3 ])
{
	my ($source, $least) = @$_;
	my $popular = held_back($source, 'popular_first', 'NULL::int');
	my $factors = held_back($source, 'factors', 'user_id');

	cmp_ok($factors, '>', $least * $popular, "$source: als_implicit by default, hit rate $factors, popular items $popular");
}

# Films that share few ratings are not the most similar ones
foreach ([ '', 0 ], [ ', shrinkage => 0', 1 ])
{
	my ($options, $want) = @$_;

	is(value(qq{
		WITH m AS MATERIALIZED (SELECT cf_train(user_id, item_id, rating, cf_options('item_knn'$options)) AS model FROM ratings)
		SELECT (count(*) FILTER (WHERE similarity = 1) > 0)::int
		FROM m, (SELECT DISTINCT item_id FROM ratings WHERE item_id % 20 = 0) AS i, cf_similar_items(model, i.item_id, 10)}),
		$want, "similar films of similarity 1$options");
}

done_testing();
