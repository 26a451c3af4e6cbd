package store

import (
	"database/sql"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/store/postgres/postgrestest"
)

// rowsOf reads the rows of a query that has one text in each.
func rowsOf(t *testing.T, db *sql.DB, query string, args ...any) (list []string) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

// fileSchema describes a file's tables: columns, keys and indexes, a line each. A column of 0 or 1
// is told by its name alone, for only the program knows which these are.
func fileSchema(t *testing.T, db *sql.DB) (lines []string) {
	t.Helper()
	lines = rowsOf(t, db, `
		SELECT format('%s.%s %s%s', t.name, c.name, CASE c.type WHEN 'INTEGER' THEN 'bigint' WHEN 'TEXT' THEN 'text'
			WHEN 'REAL' THEN 'double precision' WHEN 'BLOB' THEN 'bytea' ELSE c.type END, iif(c."notnull" OR c.pk > 0, ' NOT NULL', ''))
		FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
		UNION ALL SELECT format('%s PRIMARY KEY (%s)', t.name,
			(SELECT string_agg(c.name, ', ' ORDER BY c.pk) FROM pragma_table_xinfo(t.name) AS c WHERE c.pk > 0))
		FROM sqlite_schema AS t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\'
		UNION ALL SELECT format('%s UNIQUE (%s)', t.name, (SELECT string_agg(c.name, ', ' ORDER BY c.seqno) FROM pragma_index_info(i.name) AS c))
		FROM sqlite_schema AS t JOIN pragma_index_list(t.name) AS i WHERE t.type = 'table' AND i.origin = 'u'
		UNION ALL SELECT format('%s FOREIGN KEY (%s) REFERENCES %s%s%s', t.name, string_agg(f."from", ', ' ORDER BY f.seq), f."table",
			iif(f.on_update = 'NO ACTION', '', ' ON UPDATE ' || f.on_update), iif(f.on_delete = 'NO ACTION', '', ' ON DELETE ' || f.on_delete))
		FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table' GROUP BY t.name, f.id
		UNION ALL SELECT format('INDEX %s ON %s', name, tbl_name) FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`)
	return slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "goose_db_version") })
}

// serverSchema is fileSchema of a server.
func serverSchema(t *testing.T, db *sql.DB) (lines []string) {
	t.Helper()
	lines = rowsOf(t, db, `
		SELECT format('%s.%s %s%s', table_name, column_name, CASE data_type WHEN 'boolean' THEN 'bigint' ELSE data_type END,
			CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END)
		FROM information_schema.columns WHERE table_schema = current_schema()
		UNION ALL SELECT format('%s %s', conrelid::regclass, regexp_replace(pg_get_constraintdef(oid), '(REFERENCES [a-z_"]+)\([^)]*\)', '\1'))
		FROM pg_constraint WHERE contype IN ('p', 'u', 'f') AND connamespace = current_schema()::regnamespace
		UNION ALL SELECT format('INDEX %s ON %s', indexname, tablename) FROM pg_indexes
		WHERE schemaname = current_schema() AND indexname NOT IN (SELECT conname FROM pg_constraint)`)
	for i := range lines {
		lines[i] = strings.ReplaceAll(lines[i], `"`, "")
	}
	slices.Sort(lines)
	return slices.DeleteFunc(lines, func(line string) bool {
		return strings.HasPrefix(line, "goose_db_version") || strings.HasPrefix(line, "revision")
	})
}

// Both engines have the same tables, columns, keys and indexes: a migration that one of them lacks
// is found here.
func TestSchemasAreTheSame(t *testing.T) {
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	file, server := mustOpen(t, testPath(t)), mustOpenServer(t, address)
	want, got := fileSchema(t, file.writer), serverSchema(t, server.Writers)
	if len(want) < 200 {
		t.Fatalf("the file's schema has %d lines", len(want))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("SQLite's schema (-) and PostgreSQL's (+):\n%s", diff)
	}
}
