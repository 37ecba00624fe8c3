# hierarchical.R: Gower's distance and hclust of R on the rows of
# test/pgtap/hierarchy/hierarchical.sql, as SQL; needs the package cluster
library(cluster)

i <- 1:60
rows <- data.frame(a = (i^2 * 37) %% 1009 / 10, b = ifelse(i %% 7 == 3, NA, (i^3 * 13) %% 997 / 50),
	plan = factor(c('basic', 'plus', 'pro')[1 + i %% 3]), land = factor(ifelse(i %% 11 == 5, NA, (i * i) %% 5)))
distance <- daisy(rows, metric = 'gower')
for (method in c('average', 'complete', 'single'))
{
	tree <- hclust(distance, method)
	cuts <- sapply(c(2, 4, 9), function(k) paste0("\t\t'{", paste(cutree(tree, k), collapse = ','), "}'"))
	heights <- strwrap(paste(sprintf('%.13g', tree$height), collapse = ', '), 120)
	cat(sprintf("\t('gower %s', '{\n%s}',\n%s),\n", method, paste(heights, collapse = '\n'), paste(cuts, collapse = ',\n')))
}
