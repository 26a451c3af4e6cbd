// Package catalogue reads from a database itself, on SQLite or PostgreSQL, which tables it
// has: what goes over all of them need not be changed when a table is added.
//
// Left out are the tables that belong to one database and to nobody's work: the versions of
// the migrations and, on a server, the revisions and who has a story open.
package catalogue
