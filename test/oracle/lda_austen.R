# The chapters of Jane Austen's novels, one per line: novel, tab, words in lower
# case.  Debian: apt-get install r-cran-janeaustenr
suppressMessages(library(janeaustenr))
books <- austen_books()
for (novel in levels(books$book)) {
	text <- tolower(books$text[books$book == novel])
	chapter <- cumsum(grepl("^chapter [\\divxlc]", text, perl = TRUE))
	for (c in seq_len(max(chapter))) {
		words <- unlist(regmatches(text[chapter == c], gregexpr("[a-z]+", text[chapter == c])))
		cat(novel, "\t", paste(words, collapse = " "), "\n", sep = "")
	}
}
