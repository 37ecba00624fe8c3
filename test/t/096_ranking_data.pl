# Ranking metrics on real visits, the msweb data, against published ones.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers and recipe are in
# reference/misc_open.json: one page of each test basket is hidden; lists are ranked
# by cosine to the others, or by popularity.
use strict;
use warnings FATAL => 'all';
use FindBin;
use JSON::PP;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $reference = "$data/reference/misc_open.json";
plan skip_all => "no data: $reference is not there (SEGMENT_DATA names the folder)" unless -r $reference;

my $want = decode_json(slurp_file($reference))->{'topn_msweb (train tid%5<>0, test tid%5=0)'};

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off\nshared_buffers = '128MB'\nwork_mem = '64MB'");
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE baskets (tid int, items text);
});
$node->safe_psql('postgres', "\\copy baskets FROM '$data/rules/msweb.csv' CSV HEADER");
$node->safe_psql('postgres', q{
	CREATE TABLE visits AS SELECT DISTINCT tid, item::int FROM baskets, string_to_table(items, ' ') AS item;
	CREATE TABLE train AS SELECT * FROM visits WHERE tid % 5 <> 0;
	CREATE TABLE popular AS SELECT item, count(*) AS n FROM train GROUP BY item;
	ANALYZE train, popular;
	CREATE TABLE alike AS
		SELECT given, t.item, c / sqrt(a.n * b.n) AS similarity
		FROM (SELECT x.item AS given, y.item, count(*) AS c FROM train AS x JOIN train AS y USING (tid) WHERE x.item <> y.item GROUP BY 1, 2) AS t
		JOIN popular AS a ON a.item = given JOIN popular AS b ON b.item = t.item;
	CREATE TABLE test AS
		SELECT tid, items[1 + tid % cardinality(items)] AS hidden, array_remove(items, items[1 + tid % cardinality(items)]) AS given
		FROM (SELECT tid, array_agg(item ORDER BY item) AS items FROM visits WHERE tid % 5 = 0 GROUP BY tid) AS t WHERE cardinality(items) >= 2;
	ANALYZE alike, test;
	CREATE TABLE lists AS
		SELECT tid, 'cos' AS method, array_agg(item ORDER BY score DESC, item) AS ranked
		FROM (SELECT tid, item, round(sum(similarity)::numeric, 12) AS score,
				row_number() OVER (PARTITION BY tid ORDER BY round(sum(similarity)::numeric, 12) DESC, item) AS place
			FROM test, unnest(given) AS g JOIN alike ON alike.given = g WHERE item <> ALL (test.given) GROUP BY tid, item) AS t
		WHERE place <= 10 GROUP BY tid
		UNION ALL
		SELECT tid, 'pop', ARRAY(SELECT item FROM popular WHERE item <> ALL (given) ORDER BY n DESC, item LIMIT 10) FROM test;
});

sub value { return $node->safe_psql('postgres', shift) }

is(value('SELECT count(*) FROM test'), $want->{n_evaluated}, 'baskets');
is(value("SELECT count(*) FROM lists JOIN test USING (tid) WHERE method = 'cos' AND tid = $_->{tid} AND hidden = $_->{hidden}
			AND ranked = '{" . join(',', @{ $_->{top10} }) . "}'"), 1, "list of basket $_->{tid}") foreach @{ $want->{sample} }[ 0 .. 4 ];
foreach my $method (qw(cos pop))
{
	foreach my $check ([ 'hit@1' => 'hit_rate_at(1, ranked, ARRAY[hidden])' ], [ 'hit@5' => 'hit_rate_at(5, ranked, ARRAY[hidden])' ],
		[ 'hit@10' => 'hit_rate_at(10, ranked, ARRAY[hidden])' ], [ 'mrr@10' => 'mrr(ranked, ARRAY[hidden])' ],
		[ 'ndcg@10' => 'ndcg_at(10, ranked, ARRAY[hidden])' ])
	{
		my ($name, $call) = @$check;

		is(value("SELECT abs($call - $want->{$method}{$name}) < 1e-12 FROM test LEFT JOIN lists USING (tid) WHERE coalesce(method, '$method') = '$method'"),
			't', "$method: $name is $want->{$method}{$name}");
	}
	# one item is relevant: the other metrics follow from that
	is(value("SELECT abs(recall_at(10, ranked, ARRAY[hidden]) - hit_rate_at(10, ranked, ARRAY[hidden])) < 1e-12
			AND abs(10 * precision_at(10, ranked, ARRAY[hidden]) - hit_rate_at(10, ranked, ARRAY[hidden])) < 1e-12
			AND abs(average_precision_at(10, ranked, ARRAY[hidden]) - mrr(ranked, ARRAY[hidden])) < 1e-12
		FROM test JOIN lists USING (tid) WHERE method = '$method'"), 't', "$method: recall, precision and average precision of one item");
	is(value("SELECT catalog_coverage(ranked, (SELECT count(*) FROM popular)) =
			count(DISTINCT item) / (SELECT count(*) FROM popular)::float8 FROM (SELECT ranked FROM lists WHERE method = '$method') AS l, unnest(ranked) AS item"),
		't', "$method: coverage");
}

done_testing();
