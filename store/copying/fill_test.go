package copying

import (
	"database/sql"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"storydesk/store"
	"storydesk/store/catalogue"
	"storydesk/store/migrations"
	"storydesk/store/sqlite"
)

// newFile makes an empty database in a file.
func newFile(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "storydesk.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// connect opens a file behind the program's back.
func connect(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sqlite.Connect(path, patience, url.Values{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// truths are the columns of a server that hold true or false, as TABLE.COLUMN: not all of them
// are declared as such in a file.
var truths = sync.OnceValue(func() map[string]bool {
	text, err := fs.ReadFile(migrations.Files(), "postgres/00028_baseline.sql")
	if err != nil {
		panic(err)
	}
	columns := map[string]bool{}
	table := ""
	for line := range strings.Lines(string(text)) {
		words := strings.Fields(strings.ReplaceAll(line, `"`, ""))
		switch {
		case len(words) > 2 && words[0] == "CREATE" && words[1] == "TABLE":
			table = words[2]
		case len(words) > 1 && strings.HasPrefix(words[1], "BOOLEAN"):
			columns[table+"."+words[0]] = true
		}
	}
	return columns
})

// reference is a foreign key: columns of a table that name a row of another.
type reference struct {
	to         string
	from, name []string
}

// table is a table as it was declared.
type table struct {
	catalogue.Table
	declared   string
	nullable   map[string]bool
	references []reference
}

// declaration reads how a table of a file was declared.
func declaration(t testing.TB, db *sql.DB, of catalogue.Table) table {
	t.Helper()
	d := table{Table: of, nullable: map[string]bool{}}
	if err := db.QueryRowContext(t.Context(), "SELECT sql FROM sqlite_schema WHERE name = ?", of.Name).Scan(&d.declared); err != nil {
		t.Fatal(err)
	}
	each(t, db, fmt.Sprintf(`SELECT name FROM pragma_table_xinfo('%s') WHERE "notnull" = 0 AND pk = 0`, of.Name), func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		d.nullable[name] = true
		return err
	})
	last := -1
	each(t, db, fmt.Sprintf(`SELECT id, "table", "from", coalesce("to", '') FROM pragma_foreign_key_list('%s') ORDER BY id, seq`, of.Name), func(rows *sql.Rows) error {
		var id int
		var r reference
		var from, name string
		if err := rows.Scan(&id, &r.to, &from, &name); err != nil {
			return err
		}
		if id != last {
			d.references, last = append(d.references, r), id
		}
		r = d.references[len(d.references)-1]
		if name == "" {
			name = "rowid"
		}
		r.from, r.name = append(r.from, from), append(r.name, name)
		d.references[len(d.references)-1] = r
		return nil
	})
	return d
}

func each(t testing.TB, db *sql.DB, query string, do func(*sql.Rows) error) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// nasty is a text that not every database takes.
const nasty = "line\nZoë 日本 👩‍👩‍👧 \x00 \xff\xfe \U000F5D5D## {{x}} '\" "

// maker returns what makes the value of a column in the n-th row, counted from 0: another one in
// each row wherever the declaration allows.
func (d table) maker(c catalogue.Column) func(n int) any {
	check := func(form string) []string {
		return regexp.MustCompile(`(?s)\b` + c.Name + `\s[^,]*?` + form).FindStringSubmatch(d.declared)
	}
	switch choice := check(`CHECK \(\w+ IN \('([^']*)'`); {
	case choice != nil:
		return func(int) any { return choice[1] }
	case truths()[d.Name+"."+c.Name], check(`CHECK \(\w+ IN \(0, 1\)`) != nil:
		return func(n int) any { return n % 2 }
	case check(`CHECK \(\w+ BETWEEN`) != nil:
		return func(n int) any { return n % 3 }
	case check(`CHECK \(json_valid`) != nil:
		return func(n int) any { return fmt.Sprintf(`["%d"]`, n) }
	}
	return func(n int) any {
		switch {
		case n%2 == 1 && d.nullable[c.Name]:
			return nil
		case c.Kind == catalogue.Integer:
			return 3*n + 7
		case c.Kind == catalogue.Real:
			return float64(n) + 0.1
		case c.Kind == catalogue.Bytes:
			return []byte(strings.Repeat("\x00\xff\x01", n%50))
		}
		return nasty[:min(len(nasty), 10+n)] + fmt.Sprint(n)
	}
}

// fill puts rows into every table of a file, as many as are asked for, else two.
func fill(t testing.TB, path string, rows map[string]int) {
	t.Helper()
	db := connect(t, path)
	tables, err := catalogue.Tables(t.Context(), db, false)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	made := map[string][]map[string]any{}
	for _, of := range tables {
		if of.Name == pieces {
			continue // nothing is in it on SQLite
		}
		d := declaration(t, connect(t, path), of)
		made[of.Name] = d.insert(t, tx, tables, made, max(2, rows[of.Name]))
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

// insert puts rows into a table, which refer to those that were made of others, and returns them.
func (d table) insert(t testing.TB, tx *sql.Tx, tables []catalogue.Table, made map[string][]map[string]any, count int) (list []map[string]any) {
	t.Helper()
	parameters := strings.TrimSuffix(strings.Repeat("?, ", len(d.Columns)), ", ")
	insert, err := tx.PrepareContext(t.Context(), "INSERT INTO "+catalogue.Quote(d.Name)+" ("+names(d.Columns)+") VALUES ("+parameters+")")
	if err != nil {
		t.Fatal(err)
	}
	defer insert.Close()
	makers := make([]func(int) any, len(d.Columns))
	for i, c := range d.Columns {
		makers[i] = d.maker(c)
	}
	for n := range count {
		row := map[string]any{}
		for i, c := range d.Columns {
			row[c.Name] = makers[i](n)
		}
		for _, r := range d.references {
			target := made[r.to]
			for i, column := range r.from {
				if row[column] != nil {
					row[column] = target[n%len(target)][named(tables, r.to, r.name[i])]
				}
			}
		}
		args := make([]any, len(d.Columns))
		for i, c := range d.Columns {
			args[i] = row[c.Name]
		}
		if _, err := insert.ExecContext(t.Context(), args...); err != nil {
			t.Fatalf("filling %s with %v: %v", d.Name, row, err)
		}
		list = append(list, row)
	}
	return list
}

// named is the column that a foreign key names, its table's key where it names none.
func named(tables []catalogue.Table, name, column string) string {
	if column != "rowid" {
		return column
	}
	for _, t := range tables {
		if t.Name == name {
			return t.Key()[0]
		}
	}
	return column
}

// dump writes every row of a file, and the numbers that were given out.
func dump(t testing.TB, path string) map[string][]string {
	t.Helper()
	db := connect(t, path)
	all := map[string][]string{}
	var list []string
	each(t, db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND (name NOT LIKE 'sqlite%' OR name = 'sqlite_sequence') AND name <> 'goose_db_version'", func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		list = append(list, name)
		return err
	})
	for _, name := range list {
		where := ""
		if name == "sqlite_sequence" {
			where = " WHERE name <> 'goose_db_version'"
		}
		each(t, db, "SELECT * FROM "+catalogue.Quote(name)+where, func(rows *sql.Rows) error {
			columns, err := rows.Columns()
			if err != nil {
				return err
			}
			row, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range row {
				into[i] = &row[i]
			}
			err = rows.Scan(into...)
			all[name] = append(all[name], fmt.Sprintf("%q", row))
			return err
		})
		slices.Sort(all[name])
	}
	return all
}
