#!/usr/bin/env Rscript
# Survival curves, log-rank tests and Cox regressions by R's survival, as SQL.
#
# Prints the golden answers of test/pgtap/survival/survival_r.sql.  Debian:
# apt-get install r-cran-survival (3.5-3 with R 4.2.2 made those there).
suppressMessages(library(survival))
options(warn = -1)

# ---- data: arithmetic that the test repeats ----

i <- 1:228
learners <- data.frame(time = (i * 7919) %% 1013 + 5, event = as.integer(i %% 7 > 1), sex = 1 + (i * 5) %% 7 %% 2,
	age = 40 + (i * 37) %% 43, level = ifelse(i == 14, NA, ifelse(i == 29, 3, (i * 11) %% 3)))
i <- 1:137
tutors <- data.frame(time = (i * 6131) %% 599 + 1, event = as.integer(i %% 15 > 0), topic = 1 + (i * 29) %% 4,
	score = 10 * (1 + (i * 17) %% 9), age = 35 + (i * 23) %% 47, prior = 10 * (i %% 3 == 0))
i <- 1:26
pilots <- data.frame(time = 59 + (i * 347) %% 1171, event = as.integer(i %% 2 == 1), age = 39 + (i * 1327) %% 361 / 10,
	rx = 1 + i %% 3 %% 2, resid = 1 + i %% 5 %% 2)
i <- 1:400
ties <- data.frame(time = (i * 37) %% 11 + 1, event = as.integer(i %% 3 > 0), g = (i * 7) %% 5, x = (i * 13) %% 29, y = (i * 11) %% 2)
i <- 1:300
# groups that end early, and one whose users are all censored before the first event
early <- data.frame(time = ifelse(i %% 4 == 0, 0.5, (i * 7919) %% 1009 / 8 + 1 + (i %% 4) * 10),
	event = as.integer(i %% 4 > 0 & i %% 5 > 1), g = i %% 4)
i <- 1:300
# times that are equal but for rounding: in themselves, and relative to their mean, in chains
k <- (i * 37) %% 29 + 1
rounded <- data.frame(time = ifelse(i %% 2 == 0, k / 10, (k + 24) / 10 - 24 / 10), event = as.integer(i %% 3 > 0), g = (i * 7) %% 3,
	x = (i * 13) %% 29, y = (i * 11) %% 2)
chained <- transform(rounded, time = k * 1000 + (i %% 7) * 1e-4)

number <- function(x) paste0("'{", paste(ifelse(is.na(x), "NULL", sprintf("%.17g", x)), collapse = ","), "}'")
rows <- c()
golden <- function(key, x) rows <<- c(rows, sprintf("\t('%s', %s)", key, number(x)))

# ---- Kaplan-Meier ----

curve <- function(key, d, type, confidence = 0.95, every = 1, timefix = TRUE)
{
	f <- survfit(Surv(time, event) ~ 1, d, conf.type = type, conf.int = confidence, timefix = timefix)
	s <- summary(f, times = f$time)
	keep <- seq(1, length(f$time), by = every)
	se <- ifelse(s$surv == 0, NA, s$std.err)
	golden(paste(key, "curve", type), c(rbind(f$time, f$n.risk, f$n.event, f$n.censor, f$surv, se, s$lower, s$upper)[, keep]))
	if (type == "log-log") golden(paste(key, "median"), summary(f)$table[["median"]])
}
for (type in c("log-log", "log", "plain"))
{
	curve("pilots", pilots, type)
	curve("learners", learners, type, every = 25)
	curve("ties", ties, type)
	curve("early", early, type, confidence = 0.8, every = 20)
}
# the curve is at exactly one half for a while; for ever; it comes down to 0
half <- list(c(1, 2, 3, 4), c(1, 1, 0, 1))
curve("half", data.frame(time = half[[1]], event = half[[2]]), "log-log")
curve("half stays", data.frame(time = half[[1]], event = c(1, 1, 0, 0)), "log-log")
curve("tutors", tutors, "log-log", every = 13)
curve("rounded", rounded, "log-log")
curve("rounded exact", rounded, "log-log", every = 4, timefix = FALSE)
curve("chained", chained, "log-log")
f <- survfit(Surv(time, event) ~ 1, learners)
golden("learners at", summary(f, times = c(0, 5, 100.5, 310, 1000))$surv)

# ---- log-rank ----

logrank <- function(key, formula, d)
{
	t <- survdiff(formula, d)
	df <- sum(t$exp > 0) - 1
	golden(paste(key, "logrank"), c(t$chisq, df, pchisq(t$chisq, df, lower.tail = FALSE), t$n, t$obs, t$exp))
}
logrank("learners sex", Surv(time, event) ~ sex, learners)
logrank("learners level", Surv(time, event) ~ level, learners)
logrank("tutors topic", Surv(time, event) ~ topic, tutors)
logrank("pilots rx", Surv(time, event) ~ rx, pilots)
logrank("ties g", Surv(time, event) ~ g, ties)
logrank("early g", Surv(time, event) ~ g, early)
# survdiff(timefix = FALSE) fails in 3.5-3, so there is no answer without it
logrank("rounded g", Surv(time, event) ~ g, rounded)
logrank("chained g", Surv(time, event) ~ g, chained)

# ---- Cox ----

cox <- function(key, formula, d, at, all = TRUE, timefix = TRUE)
{
	for (method in c("efron", "breslow"))
	{
		f <- coxph(formula, d, ties = method, x = TRUE, model = TRUE, control = coxph.control(eps = 1e-14, iter.max = 50, timefix = timefix))
		k <- f$concordance
		name <- paste(key, method)
		se <- sqrt(diag(f$var))
		se[is.na(coef(f))] <- NA
		z <- coef(f) / se
		used <- !is.na(coef(f))
		golden(paste(name, "coefficients"), c(rbind(coef(f), se, z, 2 * pnorm(-abs(z)))))
		golden(paste(name, "covariance"), c(f$var[used, used]))
		if (!all) next
		golden(paste(name, "fit"), c(f$n, f$nevent, sum(used), f$loglik, 2 * diff(f$loglik), f$wald.test, f$score, k["concordance"]))
		golden(paste(name, "pairs"), k[c("concordant", "discordant", "tied.x")])
		golden(paste(name, "means"), f$means)
		shift <- sweep(f$x, 2, f$means)
		risk <- exp(as.vector(shift[, used, drop = FALSE] %*% coef(f)[used]))
		golden(paste(name, "risk"), risk[1:8])
		s <- survfit(f, newdata = d[1:3, ])
		golden(paste(name, "survival"), c(summary(s, times = at)$surv))
	}
}
cox("pilots", Surv(time, event) ~ age + rx, pilots, c(59, 300, 1000))
cox("learners", Surv(time, event) ~ age + sex + level, na.omit(learners), c(5, 200, 1000))
cox("tutors", Surv(time, event) ~ score + age + I(topic == 2) + I(topic == 3) + I(topic == 4), tutors, c(1, 50.5, 550))
cox("ties", Surv(time, event) ~ x + y + g, ties, c(1, 5, 11))
# a column too many in two ways: constant, and a sum of others
cox("collinear", Surv(time, event) ~ x + I(x * 0 + 3) + y + I(2 * x - 7 * y + 1) + g, ties, c(1, 5, 11))
# far from zero, and of very different scale: here R's own tests lose digits
cox("scaled", Surv(time, event) ~ I(x * 1e-6 + 5) + I(y * 1e9 - 1e12) + I(g / 7 + 1e4), ties, c(1, 5, 11), all = FALSE)
# those at risk drift away from the mean of all
cox("drift", Surv(time, event) ~ I(time / 40 + x / 20), transform(early, x = (i * 31) %% 53), c(2, 40, 120))
cox("rounded", Surv(time, event) ~ x + y, rounded, c(0.5, 1.2, 2.9))
cox("rounded exact", Surv(time, event) ~ x + y, rounded, 0, all = FALSE, timefix = FALSE)
cox("chained", Surv(time, event) ~ x + y, chained, c(500, 7000.5, 20000.5))

cat("CREATE TEMP TABLE golden (key, want) AS SELECT key, want::float8[] FROM (VALUES\n", paste(rows, collapse = ",\n"), ") AS t(key, want);\n", sep = "")
