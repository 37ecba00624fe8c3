# An upgraded database is the same as a fresh one, object for object.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->start;

# Everything users can see of the extension's objects, one line each.
my $fingerprint = q{
	SELECT pg_describe_object(d.classid, d.objid, 0)
		|| coalesce(' | ' || CASE WHEN d.classid = 'pg_proc'::regclass AND p.prokind <> 'a'
				THEN pg_get_functiondef(d.objid)
			WHEN d.classid = 'pg_proc'::regclass
				THEN (to_jsonb(a) - '{aggfnoid,aggtranstype,aggmtranstype}'::text[]
					|| jsonb_build_object('parallel', p.proparallel,
					'state', format_type(a.aggtranstype, NULL),
					'arguments', pg_get_function_arguments(p.oid)))::text
			END, '')
		|| coalesce(' | ' || obj_description(d.objid, d.classid::regclass::name), '')
	FROM pg_depend d
	LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
	LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
	  AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'segment')
	ORDER BY 1};

$node->safe_psql('postgres', 'CREATE DATABASE fresh');
$node->safe_psql('fresh', 'CREATE EXTENSION segment');
my $want = $node->safe_psql('fresh', $fingerprint);
like($want, qr/segment_version/, 'the extension has objects');
is($node->safe_psql('fresh', 'SELECT segment_version()'),
	$node->safe_psql('fresh', "SELECT extversion FROM pg_extension WHERE extname = 'segment'"),
	'library and SQL are of the same version');

my @released = split /\n/, $node->safe_psql('postgres', q{
	SELECT version FROM pg_available_extension_versions
	WHERE name = 'segment' ORDER BY 1});
foreach my $version (@released)
{
	$node->safe_psql('postgres', 'CREATE DATABASE old');
	$node->safe_psql('old', "CREATE EXTENSION segment VERSION '$version'");
	$node->safe_psql('old', 'ALTER EXTENSION segment UPDATE');
	is($node->safe_psql('old', $fingerprint), $want, "upgraded from $version");
	$node->safe_psql('postgres', 'DROP DATABASE old');
}

# It leaves nothing behind when dropped, and can be created again.
$node->safe_psql('fresh', 'DROP EXTENSION segment; CREATE EXTENSION segment');
is($node->safe_psql('fresh', $fingerprint), $want, 'dropped and created again');

done_testing();
