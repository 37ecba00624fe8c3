# The programs of docs/guides/applications.md, run as they stand there over the real
# drivers, print what the page says.  A driver that is not installed is skipped.
use strict;
use warnings FATAL => 'all';
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\nlisten_addresses = '127.0.0.1'"); # JDBC knows no sockets
$node->start;

my $page = slurp_file("$ENV{TESTDIR}/applications.md");
my ($schema) = $page =~ /```sql\n(.*?)```/s or die 'the page has no tables';
$node->safe_psql('postgres', "CREATE EXTENSION segment; $schema");

# driver => file name, how to see that it is there, how to run
my $modules = join ':', grep { defined && -d } $ENV{SEGMENT_NODE_MODULES}, '/usr/share/nodejs', '/usr/lib/node_modules';
my $jdbc = '/usr/share/java/postgresql.jar';
my $odbc = '{ odbcinst -q -d | grep -q "PostgreSQL Unicode"; }';
my %drivers = (
	'psycopg' => [ 'x.py', '/usr/bin/python3 -c "import psycopg"', '/usr/bin/python3 x.py' ],
	'psycopg2' => [ 'x.py', '/usr/bin/python3 -c "import psycopg2"', '/usr/bin/python3 x.py' ],
	'pg' => [ 'x.js', 'node -e "require(\'pg\')"', 'node x.js' ],
	'postgres' => [ 'x.js', 'node -e "require(\'postgres\')"', 'node x.js' ],
	'DBD::Pg' => [ 'x.pl', 'perl -MDBD::Pg -e 1', 'perl x.pl' ],
	'JDBC' => [ 'x.java', "test -f $jdbc && javac -version", "java -cp $jdbc x.java" ],
	'RPostgreSQL' => [ 'x.R', 'Rscript -e "library(RPostgreSQL)"', 'Rscript x.R' ],
	'RODBC' => [ 'x.R', "Rscript -e 'library(RODBC)' && $odbc", 'Rscript x.R' ]);

local $ENV{PGHOST} = '127.0.0.1';
local $ENV{PGPORT} = $node->port;
local $ENV{PGUSER} = getpwuid($<);
local $ENV{PGDATABASE} = 'postgres';
local $ENV{NODE_PATH} = $modules;
local $ENV{JDBC_URL} = "jdbc:postgresql://127.0.0.1:$ENV{PGPORT}/postgres?user=$ENV{PGUSER}";
my $connection = "Servername=127.0.0.1;Port=$ENV{PGPORT};Database=postgres;Username=$ENV{PGUSER};";

my $seen = 0;
while ($page =~ /<!-- driver: (\S+) -->\n```\w+\n(.*?)```\n```\n(.*?)```/sg)
{
	my ($driver, $program, $want) = ($1, $2, $3);
	$seen++;
	SKIP: {
		my ($file, $check, $run) = @{ $drivers{$driver} // die "no such driver: $driver" };
		my $dir = PostgreSQL::Test::Utils::tempdir();

		# where the page's reader would have a data source
		$program =~ s/Driver=PostgreSQL Unicode;/$&$connection/;
		# what is imported by name comes from where the modules are
		$program =~ s/^import postgres from 'postgres';/const postgres = require('postgres');(async () => {/ and $program .= '})();';
		append_to_file("$dir/$file", $program);
		skip "$driver is not installed", 1
		  if system("cd $dir && ($check) > log 2>&1") != 0;
		my $got = `cd $dir && ($run) 2> err`;
		s/[ \t]+$//mg for $got, $want;
		is($got, $want, "$driver: the program of the page") or diag(slurp_file("$dir/err"));
	}
}
is($seen, scalar(keys %drivers), 'every driver has its program');

$node->stop;
done_testing();
