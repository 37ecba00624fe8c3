# Tails of the distributions that tests of experiments use, by R, as C rows for
# test/unit/base/test_distributions.c. Quantiles and tails go down to 1e-300.
row <- function(...) cat("\t{", paste(format(c(...), digits = 17, trim = TRUE), collapse = ", "), "},\n", sep = "")
cat("chi square: x, degrees of freedom, upper tail\n")
for (df in c(1, 2, 5, 30, 999)) for (p in c(0.99, 0.5, 1e-3, 1e-20, 1e-200)) {
	x <- signif(qchisq(p, df, lower.tail = FALSE), 6); row(x, df, pchisq(x, df, lower.tail = FALSE))
}
cat("F: f, numerator, denominator, upper tail\n")
for (a in c(1, 4, 60)) for (b in c(3, 40, 2000, 1e9)) for (p in c(0.9, 0.05, 1e-10, 1e-40)) {
	x <- signif(qf(p, a, b, lower.tail = FALSE), 6); row(x, a, b, pf(x, a, b, lower.tail = FALSE))
}
cat("normal: z, both tails\n")
for (z in c(0.01, 0.5, 1.96, 5, 10, 20, 37)) row(z, 2 * pnorm(z, lower.tail = FALSE))
cat("normal quantile: chance, z\n")
for (p in c(0.4, 0.3, 0.025, 1e-3, 1e-10, 1e-50, 1e-300)) row(p, qnorm(p, lower.tail = FALSE))
# near one half qnorm keeps half of its digits; those of the incomplete gamma function
# are all there: z^2 / 2 has the gamma distribution with shape 1/2 and chance 1 - 2 p
cat("normal quantile near one half: chance, z\n")
for (p in c(0.5 - 2^-(1:50)[c(2, 3, 5, 10, 20, 30, 40, 50)], 0.26, 0.4, 0.49, 0.499999))
	row(p, sqrt(2 * qgamma(1 - 2 * p, 0.5)))
cat("student: t, degrees of freedom, both tails\n")
for (df in c(1, 2.5, 10, 17.776, 100, 12345.6, 1e8, 1e12)) for (p in c(0.9, 0.05, 1e-6, 1e-30, 1e-100)) {
	t <- signif(qt(p / 2, df, lower.tail = FALSE), 6); row(t, df, 2 * pt(t, df, lower.tail = FALSE))
}
cat("student quantile: chance of both tails, degrees of freedom, t\n")
for (df in c(1, 2.5, 10, 17.776, 100, 12345.6, 1e8, 1e12)) for (p in c(0.9, 0.05, 1e-6, 1e-30)) row(p, df, qt(p / 2, df, lower.tail = FALSE))
