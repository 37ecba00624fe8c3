# DeLong intervals by R's pROC, as SQL values: name, auc, std_error, ci_low, ci_high
# at 95 %, and the same ends at 80 %.  Golden answers of test/pgtap/evaluate/roc.sql.
# Debian: apt-get install r-cran-proc (1.18.0 made the numbers there).
suppressMessages(library(pROC))
i <- 1:2000
ties <- ((i * 7919) %% 101) / 100
label <- ((i * i * 31 + i * 17) %% 1009) < ties * 1009
few <- ((i * 7919) %% 1999) / 1000 - 0.5 + label / 4
show <- function(name, label, score) {
	# pROC turns the direction round by itself unless it is given
	r <- roc(label, score, levels = c(FALSE, TRUE), direction = "<", quiet = TRUE)
	a <- ci.auc(r, conf.level = 0.95, method = "delong")
	b <- ci.auc(r, conf.level = 0.8, method = "delong")
	cat(sprintf("\t('%s', %.17g, %.17g, %.17g, %.17g, %.17g, %.17g),\n",
		name, a[2], sqrt(var(r, method = "delong")), a[1], a[3], b[1], b[3]))
}
show("ties", label, ties)
show("few ties", label, few)
show("opposite", label, -few)
show("small", label[1:12], ties[1:12])
