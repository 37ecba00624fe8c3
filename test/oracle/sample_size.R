# Sample sizes and power by R, as SQL values.
#
# Prints the golden answers of test/pgtap/experiment/sample_size.sql: baseline, effect, power,
# significance, users and the power of 1000 users by power.prop.test; then deviation, effect,
# power, significance, correlation, users and the power of 1000 users for means, where R has
# power.t.test with that many degrees of freedom that t is normal.
for (baseline in c(0.01, 0.2, 0.5)) for (effect in c(0.002, 0.05, -0.005)) for (power in c(0.8, 0.95)) {
	n <- power.prop.test(p1 = baseline, p2 = baseline + effect, power = power, sig.level = 0.05, tol = 1e-12)$n
	p <- power.prop.test(n = 1000, p1 = baseline, p2 = baseline + effect, sig.level = 0.05)$power
	cat(sprintf("\t(%s, %s, %s, 0.05, %.0f, %s),\n", baseline, effect, power, ceiling(n), format(p, digits = 17)))
}
cat("\n")
for (deviation in c(1, 30)) for (effect in c(0.1, -2)) for (significance in c(0.05, 0.001)) for (correlation in c(0, -0.6)) {
	d <- abs(effect) / deviation / sqrt(1 - correlation^2)
	n <- 2 * ((qnorm(significance / 2, lower.tail = FALSE) + qnorm(0.8)) / d)^2
	p <- pnorm(sqrt(1000 / 2) * d - qnorm(significance / 2, lower.tail = FALSE))
	cat(sprintf("\t(%s, %s, 0.8, %s, %s, %.0f, %s),\n", deviation, effect, significance, correlation,
		max(2, ceiling(n)), format(p, digits = 17)))
}
