#!/usr/bin/env Rscript
# Linear, logistic, Poisson, gamma and softmax regressions by R's lm and glm, as SQL.
#
# Prints the golden answers of test/pgtap/regression/regression_r.sql and, below
# them, of softmax_r.sql.  Debian:
# apt-get install r-base-core (R 4.2.2 made those there).
options(warn = -1)

# ---- data: arithmetic that the test repeats ----

i <- 1:240
d <- data.frame(a = (i * 7919) %% 101 / 10, b = (i * 104729) %% 37 - 18, c = (i * 31) %% 2, w = 1 + i %% 3)
noise <- (i * 31337) %% 211 / 211
d$yes <- as.integer(0.3 * d$a - 0.05 * d$b + 6 * noise > 4.5)
d$spend <- 20 + 3 * d$a + d$b / 4 + 40 * noise
d$orders <- floor(exp(0.1 * d$a + 0.5 * d$c + noise) * 0.8)
d$time <- 1 + (i * 13) %% 29 / 4
d <- d[rep(seq_len(240), d$w), ] # a weight counts a row so many times

number <- function(x) paste0("'{", paste(ifelse(is.na(x), "NULL", sprintf("%.17g", x)), collapse = ","), "}'")
rows <- c()
golden <- function(key, x) rows <<- c(rows, sprintf("\t('%s', %s)", key, number(x)))

exactly <- glm.control(epsilon = 1e-15, maxit = 100)
fit <- function(formula, family) glm(formula, family, d, control = exactly)

# MacKinnon and White's covariances
robust <- function(m, type)
{
	x <- model.matrix(m)
	score <- residuals(m, "working") * m$weights
	h <- hatvalues(m)
	n <- nrow(x)
	inverse <- summary(m)$cov.unscaled
	factor <- switch(type, hc0 = 1, hc1 = n / (n - ncol(x)), hc2 = 1 / (1 - h), hc3 = 1 / (1 - h)^2)
	sqrt(diag(inverse %*% crossprod(x * score * sqrt(factor)) %*% inverse))
}

table_of <- function(key, m)
{
	golden(paste(key, "coefficients"), as.vector(t(coef(summary(m)))))
	golden(paste(key, "intervals"), as.vector(t(confint.default(m))))
	golden(paste(key, "statistics"), c(deviance(m), m$null.deviance, AIC(m), as.numeric(logLik(m)), df.residual(m), summary(m)$dispersion))
	for (type in c("hc0", "hc1", "hc2", "hc3")) golden(paste(key, type), robust(m, type))
}

table_of("linear", fit(spend ~ a + b + c, gaussian))
table_of("logistic", fit(yes ~ a + b + c, binomial))
table_of("poisson", fit(orders ~ a + b + c, poisson))
table_of("poisson offset", fit(orders ~ a + b + offset(log(time)), poisson))
table_of("gamma", fit(spend ~ a + b + c, Gamma("log")))
table_of("no intercept", fit(orders ~ a + b + c - 1, poisson))
m <- lm(spend ~ a + b + c, d)
golden("linear student intervals", as.vector(t(confint(m))))
golden("linear r squared", summary(m)$r.squared)

cat(paste(rows, collapse = ",\n"), "\n")

# ---- softmax: a Poisson regression with a parameter per row has its coefficients ----

rows <- c()
plan <- with(d, ifelse(yes == 1, ifelse(orders > 1, "pro", "team"), ifelse(spend > 45, "free", "pro")))
classes <- sort(unique(plan))
n <- nrow(d)
long <- data.frame(row = factor(rep(seq_len(n), each = 3)), class = rep(classes, n), a = rep(d$a, each = 3), b = rep(d$b, each = 3))
long$count <- as.numeric(long$class == rep(plan, each = 3))
for (k in classes[-1])
{
	long[[k]] <- as.numeric(long$class == k)
	long[[paste0(k, "_a")]] <- long[[k]] * long$a
	long[[paste0(k, "_b")]] <- long[[k]] * long$b
}
m <- glm(count ~ pro + pro_a + pro_b + team + team_a + team_b + row, poisson, long, control = exactly)
for (k in classes[-1]) golden(paste("softmax", k), as.vector(t(coef(summary(m))[paste0(k, c("", "_a", "_b")), ])))
golden("softmax log-likelihood", sum(log(fitted(m)[long$count == 1])))
cat("\n# test/pgtap/regression/softmax_r.sql\n", paste(rows, collapse = ",\n"), "\n", sep = "")
