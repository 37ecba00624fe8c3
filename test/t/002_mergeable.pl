# Every mergeable aggregate: its states through text and binary form, and its result
# whatever the plan.
use strict;
use warnings FATAL => 'all';
use Cwd qw(abs_path);
use File::Basename qw(dirname);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', q{
fsync = off
jit = off
max_worker_processes = 8
extra_float_digits = 3
});
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');
$node->psql('postgres', slurp_file(abs_path(dirname(__FILE__) . '/../data/mergeable.sql')), on_error_stop => 1, on_error_die => 1);
$node->safe_psql('postgres', q{
	CREATE TABLE twice AS SELECT k, label FROM keys UNION ALL SELECT k, k % 2 FROM keys WHERE k % 3 = 0;
	CREATE TABLE parts (LIKE facts) PARTITION BY HASH (k);
	CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 0);
	CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 1);
	CREATE TABLE parts_2 PARTITION OF parts FOR VALUES WITH (MODULUS 3, REMAINDER 2);
	INSERT INTO parts SELECT * FROM facts;
	CREATE TABLE key_parts (LIKE keys) PARTITION BY HASH (k);
	CREATE TABLE key_parts_0 PARTITION OF key_parts FOR VALUES WITH (MODULUS 3, REMAINDER 0);
	CREATE TABLE key_parts_1 PARTITION OF key_parts FOR VALUES WITH (MODULUS 3, REMAINDER 1);
	CREATE TABLE key_parts_2 PARTITION OF key_parts FOR VALUES WITH (MODULUS 3, REMAINDER 2);
	INSERT INTO key_parts SELECT * FROM keys;
	ANALYZE;
});

is($node->safe_psql('postgres', 'SELECT signature FROM mergeable WHERE arguments IS NULL'), '', 'every aggregate has arguments');
is($node->safe_psql('postgres', q{
	SELECT signature, state FROM mergeable WHERE state NOT IN ('segment_summary', 'bytea', 'bigint[]', 'feature_vector')}),
	'', 'the text of every state is exact');

sub generated # the lines that a query generated from the view mergeable prints
{
	my ($settings, $query) = @_;
	my $sql = $node->safe_psql('postgres', $query);
	return $node->safe_psql('postgres', "$settings\n$sql");
}

sub same # lines that differ, one or two for each aggregate, and not all of them
{
	my ($got, $expected, $name) = @_;
	my %expected = map { $_ => 1 } split /\n/, $expected;
	my @differ = grep { !$expected{$_} } split /\n/, $got;
	return is(scalar(@differ) . ' differ' . join('', map { "\n$_" } @differ), '0 differ', $name);
}

# ---------- the form of states ----------

my $direct = generated('', q{
	SELECT format('SELECT %L, md5((%s%s))::text) FROM facts WHERE i > 40;', signature, opening, arguments) FROM mergeable ORDER BY 1});
unlike($direct, qr/\|$/m, 'every aggregate has a result');

generated('', q{
	SELECT format('CREATE AGGREGATE part_%s(%s) (SFUNC = %s, STYPE = %s);', n, types, aggtransfn, state)
		|| format('CREATE AGGREGATE merge_%1$s(%2$s) (SFUNC = %3$s, STYPE = %2$s, FINALFUNC = %4$s);', n, state, aggcombinefn, aggfinalfn)
		|| format('CREATE TABLE states_%1$s AS SELECT NULL::%2$s AS state UNION ALL SELECT part_%1$s(%3$s) FROM facts WHERE i > 40 GROUP BY part;', n, state, arguments)
	FROM (SELECT *, row_number() OVER (ORDER BY signature) AS n FROM mergeable) AS t});
foreach my $digits (0, -15)
{
	generated("SET extra_float_digits = $digits;", q{
		SELECT format('CREATE TABLE texts_%s AS SELECT state::text FROM states_%1$s;', row_number() OVER (ORDER BY signature))
		FROM mergeable});
	same(generated('', q{
		SELECT format('SELECT %1$L, md5(merge_%2$s(state::%3$s)::text) FROM texts_%2$s; DROP TABLE texts_%2$s;',
			signature, row_number() OVER (ORDER BY signature), state)
		FROM mergeable ORDER BY signature}),
		$direct, "states through their text with extra_float_digits = $digits");
}
my $file = $node->basedir . '/state';
same(generated('', qq{
	SELECT format('COPY states_%1\$s TO %2\$L (FORMAT binary); TRUNCATE states_%1\$s; COPY states_%1\$s FROM %2\$L (FORMAT binary); '
		'SELECT %3\$L, md5(merge_%1\$s(state)::text) FROM states_%1\$s;',
		row_number() OVER (ORDER BY signature), '$file', signature)
	FROM mergeable ORDER BY signature}),
	$direct, 'states through their binary form');

# ---------- memory ----------

# What the hash table of 2003 groups of 20 rows takes, less that of a count; rows of a
# group are far apart, so that all states grow at the same time.
$node->safe_psql('postgres', q{
	CREATE TABLE many AS SELECT f.i + 600 * c AS i, (f.i + 600 * c) % 2003 AS g, f.k, f.part, f.x + c AS x, f.v, f.ts, f.document,
		f.items, f.summary FROM generate_series(0, 20 * 2003 / 600) AS c, facts AS f;
	ANALYZE many;
	CREATE FUNCTION hash_table(call text) RETURNS bigint LANGUAGE plpgsql AS $$
	DECLARE
		plan json;
	BEGIN
		EXECUTE format('EXPLAIN (ANALYZE, TIMING off, FORMAT json) SELECT g, %s FROM many GROUP BY g', call) INTO plan;
		RETURN 1024 * (plan -> 0 -> 'Plan' ->> 'Peak Memory Usage')::bigint;
	END $$});
is($node->safe_psql('postgres', q{
	SET enable_sort = off;
	SET max_parallel_workers_per_gather = 0;
	SET work_mem = '1MB'; -- and so small blocks
	SET hash_mem_multiplier = 1000;
	SELECT signature, bytes
	FROM (SELECT signature, (hash_table(opening || arguments || ')') - hash_table('count(*)')) / 2003 AS bytes FROM mergeable) AS t
	-- a profile keeps a summary for each of five segments, an experiment for each of two variants; a bandit sums of
	-- nine products, active users 20 uuids, event studies these with sums, a trend three sums for each of three windows,
	-- histograms and scatter plots the rows themselves, a chart with intervals 20 points of four numbers
	WHERE bytes IS NULL OR bytes NOT BETWEEN 0 AND CASE WHEN signature ~ '^(segment_profile|(grouped_)?(band|survival)_svg)' THEN 5
		WHEN signature ~ '^(difference_in_|event_study|pretrend)' THEN 3
		WHEN signature ~ '^(ab_|linucb|active_users|trend|(grouped_)?(histogram|scatter)_svg)' THEN 2 ELSE 1 END * 1024 ORDER BY 1}),
	'', 'a group of 20 rows takes less than 1 kB');

# ---------- joins ----------

my $serial = 'SET max_parallel_workers_per_gather = 0;';
my $parallel = q{
	SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0;
	SET min_parallel_table_scan_size = 0; SET parallel_leader_participation = off;};
my $partitionwise = 'SET enable_partitionwise_aggregate = on; SET enable_partitionwise_join = on;';
my %plan = (serial => $serial, parallel => $parallel,
	'serial, by partition' => "$serial $partitionwise", 'parallel, by partition' => "$parallel $partitionwise");
if ($node->safe_psql('postgres', "SELECT count(*) FROM pg_settings WHERE name = 'enable_eager_aggregate'"))
{
	my %pushed = map { ("$_, eager" => "$plan{$_} SET enable_eager_aggregate = on; SET min_eager_agg_group_size = 0;",
			$_ => "$plan{$_} SET enable_eager_aggregate = off;") } keys %plan;
	%plan = %pushed;
}
my %join = (
	'many to one' => 'facts JOIN keys USING (k)',
	'duplicating' => 'facts JOIN twice USING (k)',
	'left' => 'keys LEFT JOIN facts USING (k)',
	'by partition' => 'parts AS facts JOIN key_parts AS keys USING (k)');
foreach my $join (sort keys %join)
{
	# all in one query, except that one whose state grows would keep the others
	# from being pushed below the join
	my $every = sub {
		my ($from) = @_;
		return qq{
			SELECT format('SELECT signature, label, md5(result) FROM (SELECT label, ARRAY[%s] AS results FROM $from GROUP BY label) AS t, '
				'unnest(%L::text[], results) AS u (signature, result);',
				string_agg(format('(%s%s))::text', opening, arguments), ', ' ORDER BY signature), array_agg(signature ORDER BY signature))
			FROM mergeable GROUP BY space < 0};
	};
	# the join computed first
	my $expected = generated($serial, $every->("(SELECT * FROM $join{$join} OFFSET 0) AS t"));
	foreach my $plan (sort keys %plan)
	{
		next if $plan =~ /partition/ && $join !~ /partition/;
		same(generated($plan{$plan}, $every->($join{$join})), $expected, "join, $join, $plan");
	}
}

$node->stop;
done_testing();
