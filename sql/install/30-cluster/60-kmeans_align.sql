--- kmeans_align(new_model segment_model, old_model segment_model) -> segment_model
---                                                                      since 0.1.0
---
--- The new model with its clusters numbered like those of an old one, so that the
--- number of a segment keeps its meaning when the model is trained again.  Centers
--- are matched one to one so that the sum of their distances is smallest.  Nothing
--- else in the model changes.
---
--- Input        two k-means models over vectors of the same length; the numbers of
---              clusters may differ
--- Numbering    a cluster takes the number of its match.  With more clusters than
---              before, those without a match take the numbers left over, in the
---              order of the new model.  With fewer, numbers run only to the new
---              count: a cluster whose match has a higher one takes a number left
---              over, in the order of the old numbers
--- Units        distances are taken in the scaled space of the new model
--- Cost         time k^3
--- Errors       2202E  models over vectors of different lengths
---              22003  a distance is beyond float8
---              42804  not a k-means model
---              54000  more than 4096 clusters
--- Source       Kuhn (1955), the Hungarian method, as Jonker & Volgenant (1987)
CREATE FUNCTION kmeans_align(new_model segment_model, old_model segment_model) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_kmeans_align' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION kmeans_align(segment_model, segment_model) IS
	'k-means model with its clusters numbered like those of an old one';
