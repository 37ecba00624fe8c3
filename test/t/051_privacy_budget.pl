# The privacy budget of docs/guides/privacy.md when sessions spend at once: every
# answer is paid for, and no more is paid than there is.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;

# the recipe as the guide has it
my $guide = slurp_file("$ENV{TESTDIR}/privacy.md");
my ($budget) = $guide =~ /(CREATE SEQUENCE privacy_budget .*?)```/s or die 'the guide has no budget';
my ($question) = $guide =~ /(CREATE FUNCTION visitors\(.*?END \$\$;)/s or die 'the guide has no question';
my ($total) = $budget =~ /MAXVALUE (\d+)/ or die 'the budget has no end';
$node->safe_psql('postgres', qq{
	CREATE EXTENSION segment;
	CREATE TABLE visits AS SELECT i % 900 AS user_id, (ARRAY['Lyon', 'Porto', 'Turin'])[1 + i % 900 % 3] AS city
		FROM generate_series(1, 9000) AS i;
	$budget
	$question
	-- who has read what is left waits there for the others
	ALTER FUNCTION privacy_left() RENAME TO privacy_left_now;
	CREATE FUNCTION privacy_left() RETURNS numeric LANGUAGE plpgsql AS \$\$
	DECLARE
		result numeric := privacy_left_now();
	BEGIN
		PERFORM pg_advisory_lock_shared(1);
		PERFORM pg_advisory_unlock_shared(1);
		RETURN result;
	END \$\$;
});
my $gate = $node->background_psql('postgres');

sub left
{
	return $node->safe_psql('postgres', 'SELECT round(privacy_left_now(), 3)');
}

# Sessions that ask at the same time, each after it has seen that there is enough;
# how many had an answer.
sub answers
{
	my ($sessions, $epsilon) = @_;
	my (@sessions, $answers);

	$node->safe_psql('postgres', 'ALTER SEQUENCE privacy_budget RESTART');
	$gate->query_safe('SELECT pg_advisory_lock(1)');
	foreach (1 .. $sessions)
	{
		my $session = $node->background_psql('postgres', on_error_stop => 0);
		$session->query_until(qr/asked/, "\\echo asked\nSELECT 'answer', count(*) FROM visitors($epsilon);\n\\echo over\n");
		push @sessions, $session;
	}
	$node->poll_query_until('postgres',
		"SELECT count(*) = $sessions FROM pg_stat_activity WHERE query LIKE '%visitors(%' AND wait_event = 'advisory'")
	  or die 'sessions do not meet';
	$gate->query_safe('SELECT pg_advisory_unlock(1)');
	foreach my $session (@sessions)
	{
		$session->{run}->pump until $session->{stdout} =~ /over/;
		my $answered = $session->{stdout} =~ /answer\|3/;
		$answers += $answered;
		like($session->{stderr}, qr/reached maximum value of sequence "privacy_budget"/, 'no answer without an error') if !$answered;
		$session->quit;
	}
	return $answers;
}

foreach my $case ([ 2, 1 ], [ 2, 1.5 ], [ 3, 0.4 ])
{
	my ($sessions, $epsilon) = @$case;
	is(answers($sessions, $epsilon), $sessions, "$sessions sessions that spend $epsilon each have answers");
	is(left(), sprintf('%.3f', $total / 1000 - $sessions * $epsilon), 'and pay for them');
}
foreach my $case ([ 2, 2 ], [ 2, 1.501 ], [ 2, 3 ], [ 6, 0.7 ])
{
	my ($sessions, $epsilon) = @$case;
	foreach my $round (1 .. 3)
	{
		my $answers = answers($sessions, $epsilon);
		cmp_ok($answers * $epsilon * 1000, '<=', $total, "$sessions sessions that would spend $epsilon each: answers are paid for: $answers");
		is(left(), '0.000', 'nothing is left');
	}
}
is($node->psql('postgres', 'SELECT * FROM visitors(0.001)'), 3, 'and nobody can ask any more');

$gate->quit;
done_testing();
