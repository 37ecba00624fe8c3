--- dendrogram_svg(model segment_model [, options jsonb [, k bigint [, labels text[]]]])
---   -> text                                                            since 0.1.0
---
--- Draws the merges of a hierarchical clustering as a tree that lies, its leaves at
--- the left, as one SVG.
---
--- Input        model    of hierarchical_train or hierarchical_gower_train
---              options  of chart_options
---              k        clusters that are told apart: by color, by a number beside
---                       them, which is that of hierarchical_cut, and by a broken
---                       line at a height that cuts the tree into them; 1 by default
---              labels   of the n rows, in the order of their ids; the ids by default
--- Output       SVG in ASCII, in one element, without script and without anything to
---              load; NULL when an argument is NULL
--- Heights      those of hierarchical_merges, along the axis below
--- Leaves       in the order of scipy's dendrogram, from the top: those of the first
---              cluster of a merge above those of the second
--- Many rows    option limit is how many leaves are shown, 30 by default: what the
---              last merges merge. One of several rows says how many, and its line is
---              thick up to the height at which they are one cluster
--- Options      x_label  what the leaves are, above them
---              y_label  what the heights are
---              y_unit, y_format  of heights
---              colors   of the clusters
---              those without a meaning here are refused, like layout
--- Cost         time and memory n
--- Errors       22004  labels contains NULL
---              22023  an option is unknown, out of range or not used; not as many
---                     labels as rows; k is below 1, or above the number of rows
---              42804  not a hierarchical clustering
---              54000  more clusters than leaves are shown; a chart above 16 MB
CREATE FUNCTION dendrogram_svg(
	model segment_model, options jsonb DEFAULT '{}', k bigint DEFAULT 1, labels text[] DEFAULT '{}'
) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_dendrogram_svg' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION dendrogram_svg(segment_model, jsonb, bigint, text[]) IS 'a hierarchical clustering as an SVG';
