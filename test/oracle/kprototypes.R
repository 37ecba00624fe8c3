# kprototypes.R: clustMixType on the rows of as_clust_mix_type() in
# test/unit/cluster/test_kprototypes.c: from the first four rows as prototypes to
# the end; and what kproto estimates as lambda. Needs the package clustMixType
# (0.5-2 made the figures there)
library(clustMixType)

i <- 0:119
x <- data.frame(a = (i^2 * 37) %% 1009 / 100, b = (i^3 * 13) %% 997 / 50,
	one = factor(i %% 3), two = factor((i * i) %% 5), three = factor(((i * 7) %% 11) %% 4))
for (lambda in c(2.5, 12))
{
	fit <- kproto(x, 1:4, lambda = lambda, verbose = FALSE)
	cat('lambda', lambda, 'cost', sprintf('%.15g', fit$tot.withinss), 'passes', length(fit$trace$tot.dists), '\n')
	cat('size', fit$size, '\n')
	cat('cost of each', sprintf('%.15g', fit$withinss), '\n')
	print(format(fit$centers, digits = 15))
}
cat('lambda', sprintf('%.15g', lambdaest(x, verbose = FALSE)), '\n')
