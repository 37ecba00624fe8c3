# Collected rows stay within the memory limit, however many groups there are, and
# the model does not depend on the limit.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', q{
fsync = off
jit = off
shared_buffers = 16MB
max_parallel_workers_per_gather = 0
});
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION segment');

# Memory of a backend in kB; RSS of shared memory is not its own
sub status
{
	my ($pid, $field) = @_;
	open(my $in, '<', "/proc/$pid/status") or return undef;
	my %value = map { /^(\w+):\s+(\d+) kB/ ? ($1, $2) : () } <$in>;
	return $value{$field};
}

sub reset_peak
{
	my ($pid) = @_;
	open(my $out, '>', "/proc/$pid/clear_refs") or return 0;
	return (print {$out} "5\n") && close($out);
}

# The peak of one query, less what the backend had before it, in MB
sub peak_of
{
	my ($memory, $query, $setting) = @_;
	my $session = $node->background_psql('postgres');
	$session->query($setting) if defined $setting;
	my $pid = $session->query('SELECT pg_backend_pid()');
	$session->query("SET segment.training_memory = '$memory'");
	# warm up: library, catalogs, plans, the shared buffers in use
	$session->query('SELECT count(*) FROM (SELECT kmeans_train(ARRAY[i, -i], 2) FROM generate_series(1, 100) AS i GROUP BY i % 3) AS t');
	my $peak;
	my $answer;
	if (reset_peak($pid) && defined status($pid, 'VmHWM'))
	{
		my $before = status($pid, 'RssAnon');
		$answer = $session->query($query);
		# pages of files and shared buffers do not belong to the query
		$peak = (status($pid, 'VmHWM') - $before - status($pid, 'RssShmem') - status($pid, 'RssFile')) / 1024;
	}
	else
	{
		$answer = $session->query($query);
	}
	$session->quit;
	return ($peak, $answer);
}

# generate_series() is in the SELECT list, where it keeps no rows of its own
# ten times the limit in one group: 1,000,000 rows of 10 numbers, 82 MB with labels
my $one_group = q{SELECT md5(kmeans_train(
	ARRAY[i, i % 7, i % 11, i % 13, i % 17, i % 19, i % 23, i % 29, i % 31, i % 37]::float8[], 4,
	'{"restarts": 2, "max_iterations": 10, "tolerance": 0.01}')::text)
	FROM (SELECT generate_series(1, 1000000) AS i) AS s};
my ($peak, $small) = peak_of('8MB', $one_group);
my (undef, $large) = peak_of('256MB', $one_group);
SKIP:
{
	skip 'no /proc with peaks', 1 unless defined $peak;
	cmp_ok($peak, '<', 8 + 10, sprintf('one group of 82 MB peaks at %.1f MB with a budget of 8 MB', $peak));
}
like($small, qr/^[0-9a-f]{32}$/, 'it gives a model');
is($small, $large, 'the same as in memory');

# the same in 1,000 groups with interleaved rows
my $many_groups = q{SELECT md5(string_agg(t, '' ORDER BY g)) FROM (SELECT i % 1000 AS g, kmeans_train(
	ARRAY[i, i % 7, i % 11, i % 13, i % 17, i % 19, i % 23, i % 29, i % 31, i % 37]::float8[], 2,
	'{"restarts": 1, "max_iterations": 5, "tolerance": 0.1}')::text AS t
	FROM (SELECT generate_series(1, 1000000) AS i) AS s GROUP BY 1) AS u};
($peak, $small) = peak_of('8MB', $many_groups);
(undef, $large) = peak_of('256MB', $many_groups);
SKIP:
{
	skip 'no /proc with peaks', 1 unless defined $peak;
	cmp_ok($peak, '<', 8 + 10, sprintf('1,000 groups of 82 MB together peak at %.1f MB with a budget of 8 MB', $peak));
}
is($small, $large, 'the models are the same as in memory');

# many small groups, all at once
my $small_groups = q{SELECT count(*) || ' ' || sum((model_info(m) ->> 'rows_used')::int)
	FROM (SELECT kmeans_train(ARRAY[i % 200000, i], 2, '{"restarts": 1}') AS m
		  FROM (SELECT generate_series(1, 1000000) AS i) AS s GROUP BY i % 200000) AS t};
my ($tiny, $answer) = peak_of('4MB', $small_groups, "SET work_mem = '1GB'");
is($answer, '200000 1000000', '200,000 groups of 5 rows are trained with 4 MB'
	. (defined $tiny ? sprintf(' (peak %.0f MB, states of the groups included)', $tiny) : ''));

# the members of a recommender are returned one by one: 100,000 rows of 30 numbers, 24 MB
$node->safe_psql('postgres', q{
	CREATE TABLE recommenders AS SELECT cf_train(i, i % 50, i % 5, cf_options('svd', factors => 30, epochs => 1)) AS model
	FROM generate_series(1, 100000) AS i});
($peak, $answer) = peak_of('8MB', 'SELECT count(*) FROM recommenders, cf_users(model)');
SKIP:
{
	skip 'no /proc with peaks', 1 unless defined $peak;
	# the model itself and the first rows
	cmp_ok($peak, '<', 40, sprintf('the members of a model of 25 MB peak at %.1f MB', $peak));
}
is($answer, '100000', 'they are all there');

# an id of a domain type leaves nothing behind
$node->safe_psql('postgres', q{
	CREATE DOMAIN id AS int[];
	CREATE TABLE pairs AS SELECT cf_train(ARRAY[i], i % 2, i) AS model FROM generate_series(1, 10) AS i});
($peak, $answer) = peak_of('8MB', 'SELECT count(cf_predict(model, i, 1)) FROM (SELECT model, ARRAY[generate_series(1, 300000)]::id AS i FROM pairs) AS t');
SKIP:
{
	skip 'no /proc with peaks', 1 unless defined $peak;
	cmp_ok($peak, '<', 10, sprintf('300,000 ids of a domain peak at %.1f MB', $peak));
}
is($answer, '300000', 'they are all predicted');

# running out of disk is an error and leaves nothing behind
my ($rc, $out, $err) = $node->psql('postgres', "SET temp_file_limit = '4MB'; SET segment.training_memory = '2MB'; $one_group");
is($rc, 3, 'training ends at temp_file_limit');
like($err, qr/temporary file size exceeds "?temp_file_limit"?/, 'with its error');
opendir(my $dir, $node->data_dir . '/base/pgsql_tmp');
is(scalar(grep { !/^\./ } readdir $dir), 0, 'no temporary file stays behind');

$node->stop;
done_testing();
