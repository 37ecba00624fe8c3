-- tree.sql: tables for the benchmarks of trees: those of regressions
\ir regression.sql
