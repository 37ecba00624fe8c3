--- model_sql(model segment_model [, columns text[]]) -> text             since 0.1.0
---
--- A model as one SQL expression of built-in operators and functions, for servers
--- and services that do not have this extension.
---
--- Input        columns    names of the columns that hold the elements, in order;
---                         by default the feature_names of the model
--- Output       text that stands for, in terms of these columns,
---                linear, logistic, poisson, gamma, tree, forest, boosting  what
---                           predict() gives (float8); of a model of classes other
---                           than false and true, and of softmax, the chances that
---                           predict_probabilities() gives, in its order (float8[])
---                kmeans     number of the cluster (int)
---                tier       the tier (int); one column, the score
---                rfm        the segment (text); columns recency, frequency, monetary
---                scaler, imputer  the elements (float8[])
---              A preparation that the model carries is in it, but for transform
--- NULL         where scoring fails for a missing element, the expression is NULL;
---              where a model fills it in or can use it, it does what scoring does
--- Bits         those of the extension's scoring, for finite columns, except:
---              kmeans, where two centers are equally far to the last digit;
---              a chance or mean below 2.2e-308 may become another such number, or 0
--- Limits       4 MB of text; 1000 trees, and 1000 terms in a sum of k-means, as a
---              server's stack has to bear them; where a product or quotient leaves
---              the range of float8, operators of SQL fail (22003)
--- Errors       0A000  a method that cannot be written so, such as a power
---                     transformation: there is no log1p
---              2202E  more or fewer columns than the model takes
---              22004  a column is NULL
---              22023  no columns are given, and the model has no names
---              54000  the expression would be larger than the limits
CREATE FUNCTION model_sql(model segment_model) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_model_sql' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION model_sql(model segment_model, columns text[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_model_sql' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION model_sql(segment_model) IS 'a model as an SQL expression';
COMMENT ON FUNCTION model_sql(segment_model, text[]) IS 'a model as an SQL expression of these columns';
