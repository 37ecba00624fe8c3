# Quantiles of two variants, their intervals, and those of their difference and lift, as
# C rows for test/unit/experiment/test_ab_quantile_test.c. R's quantile (type 7), pbeta
# and uniroot; nothing of segment.
rank <- function(n, q, tail) { # of the row that is below the quantile with chance tail
	f <- function(k) pbeta(q, k, n + 1 - k, log.p = TRUE) - log(tail)
	if (f(1) <= 0) 1 else if (f(n) > 0) Inf else uniroot(f, c(1, n), tol = 1e-13, maxiter = 10000)$root
}
at <- function(x, k) { # the value between rows
	i <- floor(k); x[i] + (k - i) * (x[min(i + 1, length(x))] - x[i])
}
q7 <- function(x, q) unname(quantile(x, q, type = 7))
bound <- function(x, q, tail) { k <- rank(length(x), q, tail); if (is.infinite(k)) Inf else at(x, k) }
upper <- function(x, q, tail) max(bound(x, q, tail), q7(x, q))
lower <- function(x, q, tail) min(-bound(rev(-x), 1 - q, tail), q7(x, q))
reach <- function(below, above) sqrt(below^2 + above^2)
interval <- function(a, b, q, tail) {
	qa <- q7(a, q); qb <- q7(b, q)
	c(qb - qa - reach(qb - lower(b, q, tail), upper(a, q, tail) - qa),
		qb - qa + reach(upper(b, q, tail) - qb, qa - lower(a, q, tail)))
}
p_value <- function(a, b, q) {
	d <- q7(b, q) - q7(a, q)
	if (d == 0) return(1)
	outside <- function(z) { # of 0
		i <- interval(a, b, q, pnorm(z, lower.tail = FALSE)); if (d > 0) i[1] > 0 else i[2] < 0
	}
	low <- 0; high <- 39
	for (step in 1:200) { middle <- (low + high) / 2; if (outside(middle)) low <- middle else high <- middle }
	2 * pnorm(high, lower.tail = FALSE)
}
number <- function(x) ifelse(is.finite(x), format(x, digits = 17, trim = TRUE), "NAN")
case <- function(name, a, b, q, confidence) {
	a <- sort(a); b <- sort(b); tail <- (1 - confidence) / 2
	qa <- q7(a, q); qb <- q7(b, q)
	ci <- interval(a, b, q, tail)
	lift <- if (min(a, b) > 0) {
		below <- reach(log(qb) - log(max(lower(b, q, tail), 0)), log(upper(a, q, tail) / qa))
		above <- reach(log(upper(b, q, tail) / qb), log(qa) - log(max(lower(a, q, tail), 0)))
		c(if (is.finite(below)) qb / qa * exp(-below) - 1 else NaN, qb / qa * exp(above) - 1)
	} else c(NaN, NaN)
	cat(sprintf("\t{\"%s\", {%s}},\n", name, paste(number(c(q, confidence, qa, lower(a, q, tail), upper(a, q, tail), qb,
		lower(b, q, tail), upper(b, q, tail), ci, lift, p_value(a, b, q))), collapse = ", ")))
}
i <- 1:301; j <- 1:407
samples <- list(
	continuous = list(((i * 7919) %% 10007) / 100 + 1, ((j * 104729) %% 10007) / 90 + 1),
	zeros = list(pmax((i * 7919) %% 1000 - 700, 0), pmax((j * 104729) %% 1000 - 600, 0)),
	whole = list(i %% 7, j %% 8),
	few = list(c(3, 1, 4, 1.5, 9), c(2, 6, 5, 3.5, 8, 9.5)),
	negative = list(-((i * 7919) %% 10007) / 10, 50 - ((j * 104729) %% 10007) / 10),
	apart = list(i / 7 + 1, j / 9 + 100))
for (name in names(samples)) for (q in c(0.1, 0.5, 0.9, 0.99)) for (confidence in c(0.95, 0.8))
	case(name, samples[[name]][[1]], samples[[name]][[2]], q, confidence)
