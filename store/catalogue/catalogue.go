package catalogue

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Kind is what a column holds.
type Kind string

// The kinds.
const (
	Integer Kind = "integer"
	// Boolean is true or false on PostgreSQL, and 1 or 0 in an Integer on SQLite.
	Boolean Kind = "boolean"
	Real    Kind = "real"
	Text    Kind = "text"
	Bytes   Kind = "bytes"
)

// Column is a column of a table. Those that the database computes are left out.
type Column struct {
	Name string
	Kind Kind
	// Key is its place in the primary key, counted from 1; 0 where it is not part of it.
	Key int
	// Numbered is true where the database gives out its numbers.
	Numbered bool
}

// Table is a table.
type Table struct {
	Name    string
	Columns []Column
}

// Key are the names of the columns of the primary key, in its order.
func (t Table) Key() (names []string) {
	key := slices.DeleteFunc(slices.Clone(t.Columns), func(c Column) bool { return c.Key == 0 })
	slices.SortFunc(key, func(a, b Column) int { return a.Key - b.Key })
	for _, c := range key {
		names = append(names, c.Name)
	}
	return names
}

// Numbered is the column whose numbers the database gives out; ok is false where it has none.
func (t Table) Numbered() (c Column, ok bool) {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Numbered })
	if i < 0 {
		return Column{}, false
	}
	return t.Columns[i], true
}

// Quote returns a name as both engines take it in a statement.
func Quote(name string) string { return `"` + name + `"` }

// Querier is a database, a connection of it or a transaction.
type Querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// Tables reads a database's tables, each after those that it refers to.
func Tables(ctx context.Context, db Querier, server bool) ([]Table, error) {
	columns, references := fileColumns, fileReferences
	if server {
		columns, references = serverColumns, serverReferences
	}
	tables, err := readColumns(ctx, db, columns)
	if err != nil {
		return nil, fmt.Errorf("reading the tables: %w", err)
	}
	refersTo, err := readReferences(ctx, db, references)
	if err != nil {
		return nil, fmt.Errorf("reading the foreign keys: %w", err)
	}
	return inOrder(tables, refersTo)
}

// own reports whether a table is none that people's work is in.
func own(table string) bool {
	return table == "goose_db_version" || table == "revision" || table == "presence"
}

const (
	fileColumns = `
		SELECT t.name, c.name, c.type, c.pk, c.pk > 0 AND t.sql LIKE '%AUTOINCREMENT%'
		FROM sqlite_schema AS t JOIN pragma_table_xinfo(t.name) AS c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND c.hidden = 0
		ORDER BY t.name, c.cid`
	fileReferences = `
		SELECT t.name, f."table" FROM sqlite_schema AS t JOIN pragma_foreign_key_list(t.name) AS f WHERE t.type = 'table'`

	serverColumns = `
		SELECT t.relname, a.attname, format_type(a.atttypid, NULL),
			coalesce((SELECT k.place FROM pg_constraint AS p CROSS JOIN LATERAL unnest(p.conkey) WITH ORDINALITY AS k (number, place)
				WHERE p.conrelid = t.oid AND p.contype = 'p' AND k.number = a.attnum), 0),
			a.attidentity <> ''
		FROM pg_class AS t JOIN pg_attribute AS a ON a.attrelid = t.oid
		WHERE t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND t.relkind = 'r'
			AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
		ORDER BY t.relname, a.attnum`
	serverReferences = `
		SELECT t.relname, o.relname FROM pg_constraint AS f JOIN pg_class AS t ON t.oid = f.conrelid JOIN pg_class AS o ON o.oid = f.confrelid
		WHERE f.contype = 'f' AND t.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())`
)

func readColumns(ctx context.Context, db Querier, query string) (tables []Table, err error) {
	err = eachRow(ctx, db, query, func(rows *sql.Rows) error {
		var table, declared string
		var c Column
		if err := rows.Scan(&table, &c.Name, &declared, &c.Key, &c.Numbered); err != nil || own(table) {
			return err
		}
		var known bool
		if c.Kind, known = kinds()[strings.ToLower(declared)]; !known {
			return fmt.Errorf("the column %s.%s holds %s", table, c.Name, declared)
		}
		if len(tables) == 0 || tables[len(tables)-1].Name != table {
			tables = append(tables, Table{Name: table})
		}
		last := &tables[len(tables)-1]
		last.Columns = append(last.Columns, c)
		return nil
	})
	return tables, err
}

// kinds are the types that columns are declared with.
func kinds() map[string]Kind {
	return map[string]Kind{
		"integer": Integer, "bigint": Integer, "boolean": Boolean, "real": Real, "double precision": Real,
		"text": Text, "blob": Bytes, "bytea": Bytes,
	}
}

// readReferences returns which tables each table refers to.
func readReferences(ctx context.Context, db Querier, query string) (map[string][]string, error) {
	to := map[string][]string{}
	err := eachRow(ctx, db, query, func(rows *sql.Rows) error {
		var from, target string
		err := rows.Scan(&from, &target)
		to[from] = append(to[from], target)
		return err
	})
	return to, err
}

func eachRow(ctx context.Context, db Querier, query string, do func(*sql.Rows) error) (err error) {
	rows, err := db.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// inOrder puts each table after those that it refers to. A table may refer to itself.
func inOrder(tables []Table, refersTo map[string][]string) (ordered []Table, err error) {
	for left := tables; len(left) > 0; {
		var later []Table
		for _, t := range left {
			waits := slices.ContainsFunc(left, func(o Table) bool { return o.Name != t.Name && slices.Contains(refersTo[t.Name], o.Name) })
			if waits {
				later = append(later, t)
				continue
			}
			ordered = append(ordered, t)
		}
		if len(later) == len(left) {
			return nil, fmt.Errorf("the tables %s and others refer to each other in a circle", left[0].Name)
		}
		left = later
	}
	return ordered, nil
}
