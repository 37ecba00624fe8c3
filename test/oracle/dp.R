# dp.R: golden numbers of test/unit/privacy/test_discrete_noise.c
#
# The deviation of Gaussian noise for sensitivity d, epsilon e and delta, from the
# formula of Balle & Wang (2018), theorem 8, solved for the deviation. Tails in
# logarithms, so that small deltas keep their digits.
delta_of <- function(s, d, e) {
	near <- pnorm(d / (2 * s) - e * s / d, log.p = TRUE)
	far <- e + pnorm(-d / (2 * s) - e * s / d, log.p = TRUE)
	exp(near) * -expm1(far - near)
}
for (case in list(c(1, 1, 1e-5), c(1, 0.1, 1e-6), c(1, 10, 1e-9), c(2, 0.5, 1e-3))) {
	f <- function(l) log(delta_of(exp(l), case[1], case[2])) - log(case[3])
	s <- exp(uniroot(f, c(-5, 8), tol = 1e-15)$root)
	cat(sprintf("{%g, %g, %g, %.15g},\n", case[1], case[2], case[3], s))
}
