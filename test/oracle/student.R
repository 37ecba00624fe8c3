# Student's distribution by R, as C.
#
# Prints the golden answers of test/unit/base/test_student.c.  Debian:
# apt-get install r-base-core (R 4.2.2 made those there).
for (n in c(1, 2, 5, 30, 1000, 1e6)) for (t in c(0.01, 0.5, 2, 10, 100))
	cat(sprintf("\t{%g, %g, %.17g},\n", t, n, 2 * pt(-t, n)))
cat("\n")
for (n in c(1, 3, 30, 1e5)) for (chance in c(0.5, 0.05, 0.001))
	cat(sprintf("\t{%g, %g, %.17g},\n", chance, n, qt(1 - chance / 2, n)))
