// Package rows reads the rows of CSV files that others wrote: in UTF-8, UTF-16 or
// Windows-1252 (which holds Latin-1), with any line ends, separated by commas,
// semicolons or tabs, and with a bounded memory.
package rows
