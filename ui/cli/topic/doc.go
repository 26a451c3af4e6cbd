// Package topic shows pages of the documentation on the command line, as plain text of the
// terminal's width. It reads the Markdown that those pages use: headings, paragraphs, lists,
// tables, and blocks of code.
package topic
