# Weights of a profile by R (prcomp, lm, cor and the formulas of entropy), as SQL values.
#
# Prints the golden answers of test/pgtap/prepare/profile_weights.sql: which method, which
# feature, weight and statistic; then scores of users 1 to 5. Users are made as there.
i <- 1:200
x <- cbind((i * 37) %% 101 + 0, ((i * i) %% 89)^2 / 10, 50 - (i * 37) %% 101 / 3 + (i * 17) %% 23, (i * 53) %% 7)
y <- 3 * x[, 1] - 0.02 * x[, 2] - 4 * x[, 3] + (i * i * 7) %% 50
less <- c(FALSE, FALSE, TRUE, TRUE)
n <- nrow(x)
u <- apply(x, 2, function(v) (v - min(v)) / (max(v) - min(v)))
z <- sapply(1:4, function(j) if (less[j]) 1 - u[, j] else u[, j])

show <- function(method, weights, statistics, scores) {
	for (j in 1:4)
		cat(sprintf("\t('%s', %d, %s, %s),\n", method, j, format(weights[j], digits = 17), format(statistics[j], digits = 17)))
	for (k in 1:5)
		cat(sprintf("\t('%s score', %d, %s, NULL),\n", method, k, format(scores[k], digits = 17)))
}
of <- function(w) as.vector(z %*% w)

p <- sweep(z, 2, colSums(z), "/")
e <- -colSums(ifelse(p > 0, p * log(p), 0)) / log(n)
w <- (1 - e) / sum(1 - e)
show("entropy", w, e, of(w))

loading <- prcomp(z, scale. = TRUE)$rotation[, 1]
loading <- loading * sign(loading[which.max(abs(loading))])
w <- unname(loading^2)
show("pca", w, unname(loading), of(w))

information <- apply(z, 2, sd) * rowSums(1 - cor(z))
w <- information / sum(information)
show("critic", w, information, of(w))

b <- unname(coef(lm(y ~ u))[-1])
w <- abs(b) / sum(abs(b))
z <- sapply(1:4, function(j) if (b[j] < 0) 1 - u[, j] else u[, j])
show("regression", w, b, of(w))
