// Package postgres is what PostgreSQL needs otherwise than SQLite: connections, the
// translation of statements, migrations, and the revision by which changes are noticed.
package postgres
