-- one_hot, feature_hash, bucketize: text and errors
\pset null NULL
SELECT value, one_hot(value, '{a,b,c}'::text[]) FROM unnest('{a,c,d,NULL}'::text[]) AS value;
SELECT feature_hash(string_to_array('the cat and the dog', ' '), 6);
SELECT value, bucketize(value, '{0,10,100}') FROM unnest('{-1,0,10.5,100,Infinity}'::float8[]) AS value;
SELECT one_hot(1, '{}'::int[]);
SELECT feature_hash('{a}', 0);
SELECT bucketize(1, '{1,1}');
SELECT bucketize(1, '{1,NULL}');
SELECT bucketize(1, '{{1},{2}}');
