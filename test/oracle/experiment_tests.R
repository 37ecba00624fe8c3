# Tests of two groups by R, as SQL values.
#
# Prints the golden answers of test/pgtap/experiment/experiment_tests.sql: which test, which
# number, its value. The users are made by the same arithmetic as there.
i <- 1:500
variant <- ifelse((i * i) %% 7 < 3, "a", "b")
outcome <- ((i * i * 31) %% 57) / 4 + (variant == "b") * 1.5
plan <- c("free", "pro", "team")[1 + (i * i * 13 + i %/% 3 + (variant == "b") * (i %% 2)) %% 3]

show <- function(test, ...) {
	values <- list(...)
	for (name in names(values))
		cat(sprintf("\t('%s', '%s', %s),\n", test, name, format(unname(values[[name]]), digits = 17)))
}

t <- t.test(outcome[variant == "b"], outcome[variant == "a"])
show("welch", statistic = t$statistic, degrees_of_freedom = t$parameter, p_value = t$p.value,
	difference = t$estimate[1] - t$estimate[2], ci_low = t$conf.int[1], ci_high = t$conf.int[2])
# the data of Student (1908), in R's sleep
t <- t.test(sleep$extra[sleep$group == 2], sleep$extra[sleep$group == 1])
show("sleep", statistic = t$statistic, degrees_of_freedom = t$parameter, p_value = t$p.value,
	difference = t$estimate[1] - t$estimate[2], ci_low = t$conf.int[1], ci_high = t$conf.int[2])

counts <- table(variant, plan)
x <- chisq.test(counts, correct = FALSE)
show("chi square", chi_square = x$statistic, degrees_of_freedom = x$parameter, p_value = x$p.value,
	cramers_v = sqrt(x$statistic / sum(counts) / (min(dim(counts)) - 1)), n = sum(counts), smallest_expected = min(x$expected))
x <- chisq.test(table(variant, outcome > 7), correct = FALSE)
show("chi square 2 x 2", chi_square = x$statistic, p_value = x$p.value)

w <- wilcox.test(outcome[variant == "b"], outcome[variant == "a"], exact = FALSE)
show("mann whitney", u = w$statistic, share_larger = w$statistic / sum(variant == "a") / sum(variant == "b"), p_value = w$p.value)
w <- wilcox.test(sleep$extra[sleep$group == 2], sleep$extra[sleep$group == 1], exact = FALSE)
show("mann whitney sleep", u = w$statistic, p_value = w$p.value)
x <- as.numeric(i %% 20)
w <- wilcox.test(x[variant == "b"] + 1e6, x[variant == "a"] + 1e6, exact = FALSE)
show("mann whitney alike", u = w$statistic, p_value = w$p.value)
