# `make demo` ends with a page: every section is there, with its chart and its SQL, it
# is well-formed, refers to nothing outside, and its numbers are those of plain SQL.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', 'fsync = off');
$node->start;

my $demo = "$ENV{TESTDIR}/examples/run_demo.sh";
local $ENV{PGHOST} = $node->host;
local $ENV{PGPORT} = $node->port;
local $ENV{PGUSER} = getpwuid($<);
local $ENV{PGDATABASE} = 'postgres';
local $ENV{REPORT} = PostgreSQL::Test::Utils::tempdir() . '/pages/report.html';

sub query
{
	return $node->safe_psql('segment_demo', "SET timezone = 'UTC'; $_[0]");
}

# What is right of every page.
sub check_page
{
	my ($page, $name) = @_;
	my @sections = glob "$ENV{TESTDIR}/examples/course_platform/report/[0-9]*.sql";
	my ($missing, $without_query) = ('', '');
	foreach my $file (@sections)
	{
		my ($section) = $file =~ /\d+-(\w+)\.sql$/;
		my ($body) = $page =~ /<section id="$section">(.*?)<\/section>/s;
		$missing .= " $section" if !defined $body || $body !~ /<h2>[^<]+<\/h2>\n<p>[^<]{50,}<\/p>/;
		$without_query .= " $section" if ($body // '') !~ /<details>.*<code>SELECT .*<\/code><\/pre>\n<\/details>/s;
	}
	cmp_ok(scalar @sections, '>=', 10, "$name: ten sections");
	is($missing, '', "$name: every section has a title and a text");
	is($without_query, '', "$name: every section shows its SQL");

	my $outside = $page;
	$outside =~ s{xmlns="http://www\.w3\.org/2000/svg"}{}g;
	unlike($outside, qr{https?://|<script|<link|<img|<iframe|\@import|\bsrc=|\son\w+=}i, "$name: no script, and nothing to load");
	SKIP: {
		skip 'the server was built without XML', 1 if !query(q{SELECT count(*) FROM pg_config WHERE setting LIKE '%--with-libxml%'});
		is(query('SELECT xml_is_well_formed_document($page$' . $page . '$page$)'), 't', "$name: well-formed");
	}
}

my $printed = `bash $demo 2>&1`;
is($?, 0, 'the demo runs') or diag($printed);
like($printed, qr{The report is one page, [^\n]*pages/report\.html\n}, 'it says where the page is');

my $page = slurp_file($ENV{REPORT});
check_page($page, 'the page');
my $charts = () = $page =~ /<svg .*?<\/svg>/sg;
is($charts, scalar(() = $page =~ /<section /g), 'every section has a chart');
unlike($page, qr/There are no rows/, 'no chart is empty');
like($page, qr/<html lang="en">.*<meta name="viewport".*<title>[^<]+<\/title>/s, 'language, viewport and title');
is(join(' ', $page =~ /<h(\d)>/g), join(' ', 1, (2) x $charts), 'headings are in order');

# Numbers, each from the raw rows.
my ($tier, $users, $revenue) = split /\|/, query(q{
	SELECT name, round(100.0 * count(*) / (SELECT count(*) FROM user_tiers), 1),
		   round(100 * sum(spend) / (SELECT sum(spend) FROM user_tiers))
	FROM user_tiers JOIN tier_names USING (tier) GROUP BY name ORDER BY sum(spend) DESC LIMIT 1});
like($page, qr/The $tier tier is $users% of the users and brings $revenue% of the revenue/, 'users and revenue of a tier');

my $back = query(q{
	SELECT round(100 * avg(EXISTS (SELECT FROM events AS e
		WHERE e.user_id = u.user_id AND happened_at >= signed_up_at + interval '1 month'
			AND happened_at < signed_up_at + interval '2 months')::int))
	FROM users AS u, (SELECT max(as_of) AS kept FROM tier_history) AS c WHERE signed_up_at + interval '2 months' <= kept});
like($page, qr/One month after signing up $back% of all users come back/, 'users who come back');

my ($up, $down) = split /\|/, query(q{
	SELECT to_char(count(*) FILTER (WHERE t.tier > h.tier), 'FM999,999'), to_char(count(*) FILTER (WHERE t.tier < h.tier), 'FM999,999')
	FROM tier_history AS h JOIN user_tiers AS t USING (user_id)});
like($page, qr/$up users rose by a tier or more and $down fell/, 'users who moved');

my $bought = query(q{
	SELECT string_agg(round(100 * share) || '%', ' of the users bought, without it ' ORDER BY variant DESC)
	FROM (SELECT variant, avg(converted::int) AS share FROM coupon_exposures GROUP BY variant) AS v});
like($page, qr/With the coupon $bought:/, 'users who bought with the coupon and without');

# Names with markup stay text, and what has no rows is said.
query(q{UPDATE tier_names SET name = '<i>' || name || '</i> & "co"'});
query(q{TRUNCATE coupon_day, coupon_exposures, recommended_list, funnel, user_months, stay, tier_history});
system('bash', $demo, 'make_report');
$page = slurp_file($ENV{REPORT});
check_page($page, 'a page of odd names');
like($page, qr/&lt;i&gt;platinum&lt;\/i&gt; &amp; &quot;co&quot;/, 'names are shown as they are');
unlike($page, qr/<i>/, 'names are no markup');
is(scalar(() = $page =~ /There are no rows to draw/g), 6, 'six sections without rows say so');
is(scalar(() = $page =~ /<figcaption>/g), $charts - 6, 'and have no sentence with gaps');

done_testing();
