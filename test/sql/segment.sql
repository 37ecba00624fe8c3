-- the module itself: version and settings

SELECT segment_version() = extversion AS library_is_as_new_as_its_sql
FROM pg_extension WHERE extname = 'segment';

SHOW segment.training_memory;
SHOW segment.max_model_size;
SHOW segment.progress;

-- limits on both sides
SET segment.training_memory = '1MB';
SET segment.training_memory = '1023kB';
SET segment.max_model_size = '512MB';
SET segment.max_model_size = '513MB';
SET segment.max_model_size = 0;

-- the prefix is ours: a misspelled setting is refused
SET segment.trainig_memory = '1GB';
