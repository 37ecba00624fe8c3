# RFM scores of real buyers, the CDNOW data, against published counts.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  Answers are those of SQL's percentile_cont
# and ntile, in reference/misc_open.json.  ntile separates equal values and rfm_score
# does not, so where ntile split ties, only the order of scores is compared.
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

my $want = decode_json(slurp_file($reference))->{rfm_cdnow};

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');
$node->safe_psql('postgres', 'CREATE TABLE orders (customer_id int, day date, cds int, amount numeric)');
$node->safe_psql('postgres', "\\copy orders FROM '$data/$want->{file}' CSV HEADER");
$node->safe_psql('postgres', qq{
	CREATE TABLE buyers AS
		SELECT customer_id, DATE '$want->{reference_date}' - max(day) AS recency, count(*) AS frequency,
			round(sum(amount), 2) AS monetary
		FROM orders GROUP BY customer_id;
	CREATE TABLE models AS SELECT rfm_train(recency, frequency, monetary) AS model FROM buyers;
	CREATE TABLE scores AS
		SELECT s.*, recency, frequency, monetary,
			ntile(5) OVER (ORDER BY recency DESC, customer_id) AS r, ntile(5) OVER (ORDER BY frequency, customer_id) AS f,
			ntile(5) OVER (ORDER BY monetary, customer_id) AS m
		FROM buyers, models, rfm_score(model, recency, frequency, monetary) AS s;
});

sub value { return $node->safe_psql('postgres', shift) }

is(value("SELECT model_info(model) -> 'rows_used' FROM models"), $want->{n_customers}, 'buyers');
is(value("SELECT count(*) FROM scores WHERE (r, f, m) = (5, 5, 5)"), $want->{n_555}, 'the reference is ntile of these rows');
foreach my $column (qw(recency frequency monetary))
{
	my $edges = join ',', @{ $want->{percentile_cont_20_40_60_80}{$column} };

	is(value(qq{
		SELECT max(abs(got::float8 - want)) < 1e-9 AND count(*) = 4
		FROM models, ROWS FROM (jsonb_array_elements(model::jsonb -> '${column}_edges'), unnest(ARRAY[$edges]::float8[])) AS u(got, want)
	}), 't', "$column: edges");
	is(value("SELECT count(*) FROM (SELECT FROM scores GROUP BY $column HAVING count(DISTINCT ${column}_score) > 1) AS t"),
		0, "$column: equal values have equal scores");
}

# few ties: scores differ from ntile only at an edge, and by one
foreach my $pair ([ 'recency', 'r', 30 ], [ 'monetary', 'm', 15 ])
{
	my ($column, $tile, $most) = @$pair;

	is(value("SELECT max(abs(${column}_score - $tile)) FROM scores"), 1, "$column: at most one from ntile");
	cmp_ok(value("SELECT count(*) FROM scores WHERE ${column}_score <> $tile"), '<=', $most, "$column: and seldom");
}

# half of them bought once: edges 1, 1, 2, 4
is(value("SELECT string_agg(DISTINCT concat(least(frequency, 5), ':', frequency_score), ' ') FROM scores"),
	'1:1 2:3 3:4 4:4 5:5', 'frequency: scores of ties');
is(value("SELECT count(*) FROM scores WHERE frequency_score NOT BETWEEN f - 2 AND f"), 0, 'frequency: the lower side of ties');
is(value("SELECT count(*) FROM scores WHERE segment IS NULL"), 0, 'everybody has a segment');
is(value("SELECT count(*) FROM scores WHERE segment = 'champions' AND (r < 3 OR f < 3 OR m < 3)"), 0, 'champions are');

done_testing();
