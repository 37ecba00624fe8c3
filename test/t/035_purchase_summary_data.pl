# Purchase histories of real customers, the CDNOW data, against the published ones.
#
# The data are not part of the repository: SEGMENT_DATA names their folder, by
# default ../shared/data next to it.  The published file has weeks with two decimals:
# days over 7.
use strict;
use warnings FATAL => 'all';
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{SEGMENT_DATA} // "$FindBin::RealBin/../../../shared/data"; # scripts/tapcheck.sh sets it
my $transactions = "$data/ltv/cdnow_transactions.csv";
my $customers = "$data/ltv/cdnow_customers.csv";
plan skip_all => "no data: $transactions is not there (SEGMENT_DATA names the folder)" unless -r $transactions && -r $customers;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE orders (customer_id int, day date, cds int, amount numeric);
	CREATE TABLE published (customer_id int, frequency int, recency float8, age float8, monetary float8);
});
$node->safe_psql('postgres', "\\copy orders FROM '$transactions' CSV HEADER");
$node->safe_psql('postgres', "\\copy published FROM '$customers' CSV HEADER");
$node->safe_psql('postgres', q{
	CREATE TABLE histories AS
		SELECT customer_id, (purchase_summary(day, amount, '1997-09-30')).* FROM orders GROUP BY customer_id;
	CREATE TABLE weekly AS
		SELECT customer_id, (purchase_summary(day, amount, '1997-09-30', '1 week')).* FROM orders WHERE day <= '1997-09-30' GROUP BY customer_id;
});

sub value { return $node->safe_psql('postgres', shift) }

is(value('SELECT count(*) FROM published'), 2357, 'customers');
is(value('SELECT count(*) FROM histories WHERE frequency IS NOT NULL'), 2357, 'all of them bought by the end');
foreach my $check ([ 'frequency' => 'h.frequency = p.frequency' ],
	[ 'recency' => 'abs(h.recency / 7 - p.recency) < 0.00501' ],
	[ 'age' => 'abs(h.age / 7 - p.age) < 0.00501' ],
	[ 'monetary' => 'abs(h.monetary - p.monetary) < 0.00501' ])
{
	my ($what, $holds) = @$check;
	is(value("SELECT count(*) FROM histories AS h JOIN published AS p USING (customer_id) WHERE NOT ($holds)"), 0, "$what is as published");
}
is(value('SELECT sum(frequency) FROM histories'), value('SELECT sum(frequency) FROM published'), 'repeat purchases in all');

# two purchases within a week are one; the end is a Tuesday, and without the WHERE
# the rest of its week would count too
is(value('SELECT count(*) FROM weekly AS w JOIN histories AS d USING (customer_id) WHERE w.frequency > d.frequency'), 0, 'weeks: no more purchases');
is(value('SELECT count(*) FROM weekly AS w JOIN histories AS d USING (customer_id) WHERE abs(w.age - d.age / 7) >= 1 OR abs(w.recency - d.recency / 7) >= 1'),
	0, 'weeks: times within one of those by days');
is(value('SELECT max(frequency) FROM weekly') < value('SELECT max(frequency) FROM histories') ? 'fewer' : 'as many', 'fewer', 'weeks: fewer purchases');

$node->stop;
done_testing();
