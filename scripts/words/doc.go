// Words prints every sentence of the program that a person can read, sorted by
// file and line, so that they can be read from top to bottom:
//
//	go run ./scripts/words
//
// It lists the string literals of the Go source that hold more than one word or
// start with a capital: errors, labels, help, questions, settings. A literal that
// is joined with other values shows … in their place; a format shows its verbs.
//
// Not listed are test files and kits, the scripts, the sandbox, which speaks as
// Zendesk does, and what only a machine reads: imports, struct tags, SQL, regular
// expressions, arguments of encoders.
//
// The package's test fails on a word that another one stands for on all surfaces
// (rules), in the sentences and in the documents.
package main
