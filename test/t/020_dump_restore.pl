# Models and vectors survive dump, restore and COPY to the byte.
use strict;
use warnings FATAL => 'all';
use File::Spec;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $node = PostgreSQL::Test::Cluster->new('main');
$node->init;
$node->append_conf('postgresql.conf', "fsync = off\njit = off");
$node->start;

# small and toasted models, vectors of all sizes, and objects that depend on them
$node->safe_psql('postgres', q{
	CREATE EXTENSION segment;
	CREATE TABLE rows AS
		SELECT i, feature_vector(1.0::float8 / i, sqrt(i), exp(-i), i * 1e300, CASE WHEN i % 7 > 0 THEN sin(i) END) AS v,
			   array_fill(1.0::float8 / i, ARRAY[i])::feature_vector AS wide
		FROM generate_series(1, 300) AS i;
	ALTER TABLE rows ADD PRIMARY KEY (i);
	CREATE TABLE models (id int PRIMARY KEY, model segment_model NOT NULL);
	INSERT INTO models SELECT 1, kmeans_train(v[1:3], 5, kmeans_options(feature_names => '{"a","b \"q\"","c"}')) FROM rows;
	INSERT INTO models SELECT 2, kmeans_train(array_fill(sin(i), '{2000}'), 40, '{"restarts": 1}') FROM rows;
	INSERT INTO models SELECT 3, kmeans_train(ARRAY[i / 3.0], 3, kmeans_options(init => (SELECT kmeans_train(ARRAY[i / 7.0], 3) FROM rows))) FROM rows;
	INSERT INTO models SELECT 4, itemset_train(ARRAY[i % 7, -(i % 11), i * i], itemset_options(min_support => 0.003, target => 'closed')) FROM rows;
	INSERT INTO models SELECT 5, itemset_train(ARRAY['a "' || i % 5, 'é' || i % 9]) FROM rows;
	INSERT INTO models SELECT 6, frequent_sequence_train(ARRAY[i % 3, i % 5, i % 2], frequent_sequence_options(max_gap => 2)) FROM rows;
	INSERT INTO models SELECT 7, cf_train(i % 17, 'item "' || i % 13 || '"', sqrt(i), cf_options('svd', factors => 3)) FROM rows;
	INSERT INTO models SELECT 8, cf_train('ü' || i % 17, i % 13, 1.0 / i, cf_options('ease')) FROM rows;
	INSERT INTO models SELECT 9, hierarchical_train('é' || i, v[1:3], hierarchical_options(linkage => 'average')) FROM rows;
	INSERT INTO models SELECT 10, kprototypes_train(v[1:3], ARRAY['é' || i % 4, 'a "' || i % 3], 3) FROM rows;
	INSERT INTO models SELECT 11, kmodes_train(ARRAY['é' || i % 4, nullif(i % 3, 0)::text], 3) FROM rows;
	CREATE INDEX ON models USING hash (model);
	CREATE INDEX ON rows (v);
	CREATE VIEW scored AS SELECT i, kmeans_assign((SELECT model FROM models WHERE id = 1), v[1:3]) AS cluster FROM rows;
	CREATE MATERIALIZED VIEW kept AS SELECT * FROM scored;
	CREATE TABLE events AS SELECT i % 7 AS user_id, timestamp '2026-01-01' + i * interval '1 hour' AS ts, i % 4 AS kind FROM generate_series(1, 200) AS i;
	CREATE VIEW journeys AS
		SELECT user_id, ts, window_funnel('1 day', ts, kind = 0, kind = 1, kind = 2) OVER w AS level,
			   funnel_times('1 day', 'strict_once', ts, kind = 0, kind = 1) FILTER (WHERE kind < 3) OVER w AS times,
			   sequence_count('(?1)(?2)', ts, VARIADIC ARRAY[kind = 0, kind = 1]) OVER w AS count,
			   sequence_next(kind, ts, ARRAY[kind = 0, kind = 1]) OVER (PARTITION BY user_id) AS next
		FROM events WINDOW w AS (PARTITION BY user_id ORDER BY ts);
	CREATE VIEW users AS
		SELECT user_id, window_funnel('1 day', ts, VARIADIC ARRAY[kind = 0, kind = 1]) FILTER (WHERE kind < 3) AS level,
			   sequence_match('(?1).*(?2)', ts, kind = 0, NULL, kind = 1) AS matches
		FROM events GROUP BY user_id;
});
ok($node->safe_psql('postgres', q{SELECT pg_column_size(model) > 500000 AND pg_relation_size(reltoastrelid) > 500000
	FROM models, pg_class WHERE id = 2 AND relname = 'models'}) eq 't', 'a model is toasted');

# every byte of a database, from the binary forms
my $bytes = q{
	SELECT md5(string_agg(feature_vector_send(v)::text || feature_vector_send(wide)::text, '' ORDER BY i)) FROM rows
	UNION ALL SELECT md5(string_agg(segment_model_send(model)::text, '' ORDER BY id)) FROM models
	UNION ALL SELECT md5(string_agg(cluster::text, '' ORDER BY i)) FROM kept
	UNION ALL SELECT md5(string_agg(cluster::text, '' ORDER BY i)) FROM scored};
# and of the views whose aggregates take any number of steps
my $views = q{
	SELECT md5(string_agg(j::text, '' ORDER BY user_id, ts)) FROM journeys AS j
	UNION ALL SELECT md5(string_agg(u::text, '' ORDER BY user_id)) FROM users AS u};
my $want = $node->safe_psql('postgres', $bytes);
my $want_views = $node->safe_psql('postgres', $views);

my $folder = $node->basedir;
foreach my $format ('plain', 'custom')
{
	foreach my $inserts ('', '--inserts')
	{
		my $file = "$folder/dump_$format$inserts";
		$node->command_ok([ 'pg_dump', '-F', $format, '-f', $file, ($inserts ? $inserts : ()), 'postgres' ], "dump: $format $inserts");
		$node->safe_psql('postgres', 'CREATE DATABASE copy');
		if ($format eq 'plain')
		{
			$node->command_ok([ 'psql', '-Xq', '-v', 'ON_ERROR_STOP=1', '-o', File::Spec->devnull, '-f', $file, 'copy' ], 'restore');
		}
		else
		{
			$node->command_ok([ 'pg_restore', '-e', '-d', 'copy', $file ], 'restore');
		}
		is($node->safe_psql('copy', $bytes), $want, "$format $inserts: every byte is the same");
		is($node->safe_psql('copy', $views), $want_views, "$format $inserts: views of aggregates with steps, too");
		$node->safe_psql('postgres', 'DROP DATABASE copy');
	}
}

# COPY, both formats, in a session that prints few digits
foreach my $format ('text', 'csv', 'binary')
{
	$node->safe_psql('postgres', 'CREATE DATABASE copy');
	$node->safe_psql('postgres', qq{
		SET extra_float_digits = -5;
		COPY rows TO '$folder/rows.$format' (FORMAT $format);
		COPY models TO '$folder/models.$format' (FORMAT $format)});
	is($node->safe_psql('copy', qq{
		CREATE EXTENSION segment;
		CREATE TABLE rows (i int, v feature_vector, wide feature_vector);
		CREATE TABLE models (id int, model segment_model);
		COPY rows FROM '$folder/rows.$format' (FORMAT $format);
		COPY models FROM '$folder/models.$format' (FORMAT $format);
		CREATE VIEW scored AS SELECT i, kmeans_assign((SELECT model FROM models WHERE id = 1), v[1:3]) AS cluster FROM rows;
		CREATE VIEW kept AS TABLE scored;
		$bytes}), $want, "COPY $format: every byte is the same");
	$node->safe_psql('postgres', 'DROP DATABASE copy');
}

# a file damaged in transit is refused
my $broken = "$folder/models.binary";
{
	local $/;
	open(my $in, '<:raw', $broken) or die;
	my $content = <$in>;
	close $in;
	substr($content, length($content) - 500, 1) ^= "\x01";
	open(my $out, '>:raw', $broken) or die;
	print {$out} $content;
	close $out;
}
my ($rc, $out, $err) = $node->psql('postgres', "CREATE TABLE broken (LIKE models); COPY broken FROM '$broken' (FORMAT binary)");
like($err, qr/ERROR:  [\w -]+ is corrupted/, 'a flipped bit in a file is found');

$node->stop;
done_testing();
