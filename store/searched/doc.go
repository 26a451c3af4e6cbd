// Package searched holds the text that is searched of a story, and the patterns that search it.
//
// Searches look through story_text, one row for each story, with LIKE. Measured on 10,000
// stories with 50,000 comments, 15 MB of text, as the least time of 15 (two busy cores):
//
//	way                              no hit    nearly all hit
//	LIKE on a row for each story     11 ms     29 ms
//	instr() on it                    34 ms     54 ms
//	LIKE on stories and comments     14 ms     55 ms
//	all rows read, searched in Go    53 ms     53 ms
//	FTS5, words                      0.1 ms    10 ms
//	FTS5, trigrams                   0.1 ms    15 ms
//
// FTS5 needs go-sqlite3 to be built with a tag, which `go run .` has not; its words do not
// find parts of words, its trigrams nothing shorter than three letters, and another SQL
// engine has none of it. LIKE finds what the board's filter finds, on any engine.
package searched
