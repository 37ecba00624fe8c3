# Recommendations in rows on real ratings, the MovieTweetings data, against the
# predictions of Surprise: neighbours of users and of items, fold 1.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers are in reference/recsys_movietweetings.json,
# which also states Surprise's rules: at most 40 neighbours of positive similarity, ties
# in the order of the file; without a neighbour the mean of the user (or item); for a
# new user or item: the mean of all; then cut to 1..10.
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
$node->append_conf('postgresql.conf', "fsync = off\njit = off\nshared_buffers = '128MB'\nwork_mem = '64MB'");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE ratings (user_id int, item_id int, rating float8, ts bigint, fold int, n int GENERATED ALWAYS AS IDENTITY);
});
$node->safe_psql('postgres', "\\copy ratings (user_id, item_id, rating, ts, fold) FROM '$data/recsys/movietweetings.csv' CSV HEADER");

sub value { return $node->safe_psql('postgres', shift) }

# Neighbours of "one" are those that share the "other" with it.
sub predict
{
	my ($one, $other) = @_;
	$node->safe_psql('postgres', qq{
		DROP TABLE IF EXISTS train, means, alike, answer;
		CREATE TABLE train AS SELECT ${one}_id AS one, ${other}_id AS other, rating, n FROM ratings WHERE fold <> 1;
		CREATE TABLE means AS SELECT one, avg(rating) AS mean FROM train GROUP BY one;
		ANALYZE train, means;
		CREATE TABLE alike AS
			SELECT a.one, b.one AS neighbour, pearson_similarity(a.rating, b.rating) AS similarity
			FROM train AS a JOIN train AS b USING (other) WHERE a.one < b.one GROUP BY 1, 2
			HAVING pearson_similarity(a.rating, b.rating) > 0;
		INSERT INTO alike SELECT neighbour, one, similarity FROM alike;
		ANALYZE alike;
		CREATE TABLE answer AS
			WITH test AS (
				SELECT ${one}_id AS one, ${other}_id AS other, rating AS truth FROM ratings WHERE fold = 1),
			near AS (
				SELECT one, other, similarity, rating, mean, row_number() OVER (PARTITION BY one, other ORDER BY similarity DESC, n) AS place
				FROM test JOIN alike USING (one) JOIN (SELECT one AS neighbour, other, rating, n FROM train) AS t USING (neighbour, other)
				JOIN (SELECT one AS neighbour, mean FROM means) AS m USING (neighbour)),
			predicted AS (
				SELECT one, other, cf_predict(similarity, rating, near.mean, means.mean) AS estimate, count(*) AS neighbours
				FROM near JOIN means USING (one) WHERE place <= 40 GROUP BY one, other)
			SELECT one AS ${one}_id, other AS ${other}_id, truth, coalesce(neighbours, 0) AS neighbours,
				greatest(1, least(10, CASE WHEN other IN (SELECT other FROM train) AND mean IS NOT NULL THEN coalesce(estimate, mean)
					ELSE everybody END)) AS estimate
			FROM test LEFT JOIN predicted USING (one, other) LEFT JOIN means USING (one), (SELECT avg(rating) AS everybody FROM train) AS e;
	});
}

foreach my $check ([ 'KNNWithMeans_user_pearson_k40', 'user', 'item' ],
	[ 'KNNWithMeans_item_pearson_k40', 'item', 'user' ])
{
	my ($name, $one, $other) = @$check;
	my $answer = $want->{$name};
	my $samples = $answer->{sample_predictions_fold1};

	predict($one, $other);
	is(value('SELECT count(*) FROM answer'), 8916, "$name: ratings of fold 1");
	my ($rmse, $mae) = split /\|/, value('SELECT sqrt(avg((estimate - truth) ^ 2)), avg(abs(estimate - truth)) FROM answer');
	cmp_ok(abs($rmse - $answer->{rmse_by_fold}[0]), '<', 1e-9, "$name: RMSE is $answer->{rmse_by_fold}[0]");
	cmp_ok(abs($mae - $answer->{mae_by_fold}[0]), '<', 1e-9, "$name: MAE is $answer->{mae_by_fold}[0]");

	my $rows = join ',', map { "($_->{user_id}, $_->{item_id}, $_->{est}, $_->{actual_k})" } @$samples;
	is(value("SELECT count(*) FROM (VALUES $rows) AS w (user_id, item_id, estimate, neighbours) JOIN answer AS a USING (user_id, item_id, neighbours)
			WHERE abs(a.estimate - w.estimate) < 1e-9"),
		scalar(@$samples), "$name: the predictions are Surprise's");
}

# alternating: no step raises the loss, and it falls well below that of biases alone
$node->safe_psql('postgres', q{
	CREATE TABLE rest AS
		SELECT user_id, item_id, rating - avg(rating) OVER (PARTITION BY user_id) AS r FROM ratings WHERE fold <> 1;
	CREATE TABLE item_factors AS
		SELECT item_id, array_agg((fold(item_id, 2001, 'factor ' || j) - 1001) / 1000.0 ORDER BY j)::feature_vector AS f
		FROM (SELECT DISTINCT item_id FROM rest) AS i, generate_series(1, 8) AS j GROUP BY item_id;
	CREATE TABLE user_factors (user_id int, f feature_vector);
});
my @losses;
foreach my $step (1 .. 6)
{
	my ($one, $other) = $step % 2 ? ('user', 'item') : ('item', 'user');
	$node->safe_psql('postgres', qq{
		TRUNCATE ${one}_factors;
		INSERT INTO ${one}_factors SELECT ${one}_id, als_solve(f, r, 3) FROM rest JOIN ${other}_factors USING (${other}_id) GROUP BY ${one}_id;
	});
	push @losses, value(q{
		SELECT sum((r - dot_product(u.f, i.f)) ^ 2) + 3 * ((SELECT sum(l2_norm(f) ^ 2) FROM user_factors) + (SELECT sum(l2_norm(f) ^ 2) FROM item_factors))
		FROM rest JOIN user_factors AS u USING (user_id) JOIN item_factors AS i USING (item_id)
	});
}
is(scalar(grep { $losses[$_] > $losses[ $_ - 1 ] } 1 .. $#losses), 0, 'ALS: no half-step raises the loss');
cmp_ok($losses[-1], '<', 0.8 * value('SELECT sum(r ^ 2) FROM rest'), 'ALS: and it falls');

done_testing();
