-- the module itself: version and settings

SELECT segment_version() = extversion AS library_is_as_new_as_its_sql
FROM pg_extension WHERE extname = 'segment';

SHOW segment.training_memory;
SHOW segment.max_model_size;
SHOW segment.progress;

-- the prefix is reserved: a misspelled setting is refused
SET segment.trainig_memory = '1GB';
