package copying

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"storydesk/store"
	"storydesk/store/catalogue"
	"storydesk/store/files"
	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

func TestMain(m *testing.M) { os.Exit(postgrestest.Main(m)) }

// prepareServer makes the schema in a database.
func prepareServer(address string) error {
	s, err := store.OpenServer(context.Background(), address)
	if err != nil {
		return err
	}
	return s.Close()
}

func mustCopy(t testing.TB, from, to string) verdict.StorageCopy {
	t.Helper()
	report, err := Copy(t.Context(), from, to)
	if err != nil {
		t.Fatalf("copying: %v", err)
	}
	return report
}

// execute runs a statement on a server.
func execute(t testing.TB, address, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A file, a server and a file again hold the same: every row of every table, and the numbers that
// are given out next.
func TestCopiesAreEqual(t *testing.T) {
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	first, last := newFile(t), newFile(t)
	fill(t, first, map[string]int{"story": 40, "delivery": 300})
	// The highest id that was given out is one of a row that is gone.
	if _, err := connect(t, first).ExecContext(t.Context(), "DELETE FROM delivery WHERE id = (SELECT max(id) FROM delivery)"); err != nil {
		t.Fatal(err)
	}
	there, back := mustCopy(t, first, address), mustCopy(t, address, last)
	if diff := cmp.Diff(dump(t, first), dump(t, last)); diff != "" {
		t.Errorf("the first file (-) and the last one (+):\n%s", diff)
	}
	sums := func(r verdict.StorageCopy) map[string]verdict.TableCopy {
		m := map[string]verdict.TableCopy{}
		for _, table := range r.Tables {
			m[table.Name] = table
		}
		return m
	}
	if diff := cmp.Diff(sums(there), sums(back)); diff != "" {
		t.Errorf("counts and checksums there (-) and back (+):\n%s", diff)
	}
	if n := sums(there)["delivery"]; n.Rows != 299 || len(n.Sum) != 64 || there.Pending == 0 {
		t.Errorf("the copy of deliveries: %+v, pending %d", n, there.Pending)
	}
	if there.LeftBehind == 0 {
		t.Error("nothing is said of attachments")
	}
	if len(there.Tables) < 25 {
		t.Errorf("%d tables were copied", len(there.Tables))
	}
}

// What attachments hold comes along, from files to a server and back; what is missing is told.
func TestContentsAreCopied(t *testing.T) {
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	first, last := newFile(t), newFile(t)
	fill(t, first, nil)
	own := filepath.Join(t.TempDir(), "note.txt")
	text := strings.Repeat("line\x00\xff\n", 1<<20)
	if err := os.WriteFile(own, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	content, err := files.Beside(first).Take(t.Context(), own)
	if err != nil {
		t.Fatal(err)
	}
	_, err = connect(t, first).ExecContext(t.Context(), "UPDATE story_file SET content = ?, size = ?, sum = ? WHERE id = (SELECT min(id) FROM story_file)",
		content.Content, content.Size, content.Sum)
	if err != nil {
		t.Fatal(err)
	}
	var all int
	err = connect(t, first).QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM story_file) + (SELECT count(*) FROM epic_file)").Scan(&all)
	if err != nil || all < 2 {
		t.Fatalf("%d attachments: %v", all, err)
	}
	if report := mustCopy(t, first, address); report.LeftBehind != all-1 {
		t.Errorf("%d of %d attachments are left behind", report.LeftBehind, all)
	}
	if report := mustCopy(t, address, last); report.LeftBehind != all-1 {
		t.Errorf("%d of %d attachments are left behind on the way back", report.LeftBehind, all)
	}
	from, err := files.Beside(last).Open(content)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	if got, err := io.ReadAll(from); err != nil || string(got) != text {
		t.Errorf("%d bytes came back, %v", len(got), err)
	}
	if diff := cmp.Diff(dump(t, first), dump(t, last)); diff != "" {
		t.Errorf("the first file (-) and the last one (+):\n%s", diff)
	}
	next, _ := postgrestest.Empty(t, "")
	if report := mustCopy(t, address, next); report.LeftBehind != all-1 {
		t.Errorf("%d of %d attachments are left behind on another server", report.LeftBehind, all)
	}
	// What is damaged on a server is left there, and keeps nothing else from being copied.
	execute(t, next, "UPDATE file_part SET bytes = 'x' WHERE part = 1")
	if report := mustCopy(t, next, newFile(t)); report.LeftBehind != all {
		t.Errorf("%d of %d attachments are left behind where all are damaged", report.LeftBehind, all)
	}
}

// From file to file only what is whole comes along, and what is not is told.
func TestContentsOfFilesAreChecked(t *testing.T) {
	first, last := newFile(t), newFile(t)
	fill(t, first, nil)
	folder := files.Beside(first)
	contents := make([]tracker.StoryFile, 2)
	for i := range contents {
		own := filepath.Join(t.TempDir(), "note.txt")
		if err := os.WriteFile(own, []byte("text"), 0o600); err != nil {
			t.Fatal(err)
		}
		var err error
		if contents[i], err = folder.Take(t.Context(), own); err != nil {
			t.Fatal(err)
		}
		_, err = connect(t, first).ExecContext(t.Context(),
			"UPDATE story_file SET content = ?, size = ?, sum = ? WHERE id = (SELECT id FROM story_file ORDER BY id LIMIT 1 OFFSET ?)",
			contents[i].Content, contents[i].Size, contents[i].Sum, i)
		if err != nil {
			t.Fatal(err)
		}
	}
	altered := filepath.Join(folder.Path(), contents[1].Content)
	if err := os.WriteFile(altered, []byte("tExt"), 0o600); err != nil {
		t.Fatal(err)
	}
	var all int
	if err := connect(t, first).QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM story_file) + (SELECT count(*) FROM epic_file)").Scan(&all); err != nil {
		t.Fatal(err)
	}
	if report := mustCopy(t, first, last); report.LeftBehind != all-1 {
		t.Errorf("%d of %d attachments are left behind", report.LeftBehind, all)
	}
	for i, want := range []files.Condition{files.Whole, files.Missing} {
		if state, err := files.Beside(last).Check(t.Context(), contents[i]); state != want || err != nil {
			t.Errorf("content %d is in the state %d, %v", i, state, err)
		}
	}
	// One that cannot be read is no missing one. A folder can be opened, and not read.
	if err := errors.Join(os.Remove(altered), os.Mkdir(altered, 0o700)); err != nil {
		t.Fatal(err)
	}
	if report, err := Copy(t.Context(), first, newFile(t)); tracker.CodeOf(err) != tracker.CodeInternal || !strings.Contains(err.Error(), folder.Path()) {
		t.Errorf("copying an unreadable file: %+v, %v", report, err)
	}
}

// What is added to a copy gets an id that no row had before.
func TestCopiesGoOnCounting(t *testing.T) {
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	first, last := newFile(t), newFile(t)
	fill(t, first, map[string]int{"project": 5})
	mustCopy(t, first, address)
	server, err := store.OpenServer(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	file := func() tracker.Store {
		mustCopy(t, address, last)
		db, err := store.Open(t.Context(), last)
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
	if id := addProject(t, server, "On the server"); id != 20 {
		t.Errorf("the server's next project has id %d", id)
	}
	if err := server.Close(); err != nil {
		t.Fatal(err)
	}
	if id := addProject(t, file(), "In the file"); id != 21 {
		t.Errorf("the file's next project has id %d", id)
	}
}

func addProject(t *testing.T, s tracker.Store, name string) (id tracker.ProjectID) {
	t.Helper()
	err := s.Write(t.Context(), func(w tracker.Writer) (err error) {
		p := tracker.NewProject(name)
		err = w.AddProject(&p)
		id = p.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// A copy is refused, and changes nothing, where it would lose or mix something.
func TestCopiesThatAreRefused(t *testing.T) {
	full, other := newFile(t), newFile(t)
	fill(t, full, nil)
	refused := func(code tracker.Code, from, to string, parts ...string) {
		t.Helper()
		before := dump(t, other)
		_, err := Copy(t.Context(), from, to)
		if tracker.CodeOf(err) != code {
			t.Errorf("copying ended with %v", err)
			return
		}
		for _, part := range parts {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not say %q", err, part)
			}
		}
		if diff := cmp.Diff(before, dump(t, other)); diff != "" {
			t.Errorf("the refused copy changed (-before +after):\n%s", diff)
		}
	}
	refused(tracker.CodeInvalid, other+"-none", other, "there is no")
	refused(tracker.CodeRefused, full, full, "is the same database")
	fill(t, other, nil)
	refused(tracker.CodeRefused, full, other, other+" is not empty", "copy to a new file")

	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	execute(t, address, "CREATE TABLE extra (id BIGINT PRIMARY KEY)")
	refused(tracker.CodeRefused, full, address, "other tables")
	execute(t, address, "DROP TABLE extra")
	execute(t, address, "INSERT INTO lease (name, holder, until) VALUES ('x', 'y', 1)")
	refused(tracker.CodeRefused, full, address, "not empty (lease")
	execute(t, address, "DELETE FROM lease")

	// A server that changes what it is given is noticed.
	execute(t, address, `
		CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.text := NEW.text || ''!''; RETURN NEW; END';
		CREATE TRIGGER spoil BEFORE INSERT ON comment FOR EACH ROW EXECUTE FUNCTION spoil()`)
	refused(tracker.CodeInternal, full, address, "the copy of comment differs", "nothing was saved")
	execute(t, address, "DROP TRIGGER spoil ON comment")
	// Whoever has a story open there is no reason, and is not copied.
	execute(t, address, "INSERT INTO presence (writer, person, story_id, writing, until) VALUES ('w', 'Ada', 1, false, 1)")
	mustCopy(t, full, address)
	last := newFile(t)
	mustCopy(t, address, last)
	if rows := dump(t, last)["presence"]; len(rows) > 0 {
		t.Errorf("the copy has %q open", rows)
	}
}

// BenchmarkCopy copies a team's database to a server and back.
func BenchmarkCopy(b *testing.B) {
	first := newFile(b)
	fill(b, first, map[string]int{
		"story": 10_000, "story_text": 10_000, "comment": 20_000, "activity": 50_000, "ticket": 10_000, "link": 10_000, "delivery": 100_000, "lane": 10_000,
	})
	for b.Loop() {
		address, ok := postgrestest.Empty(b, "")
		if !ok {
			b.Skip("PostgreSQL is not installed")
		}
		last := newFile(b)
		mustCopy(b, first, address)
		report := mustCopy(b, address, last)
		b.ReportMetric(float64(report.Rows()), "rows")
	}
}

// Large rows are inserted before many of them are in memory, however few they are.
func TestLargeRowsAreNotCollected(t *testing.T) {
	path := newFile(t)
	target, err := openTarget(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer target.close()
	i := slices.IndexFunc(target.tables, func(of catalogue.Table) bool { return of.Name == pieces })
	into, err := target.fill(t.Context(), target.like(target.tables[i]))
	if err != nil {
		t.Fatal(err)
	}
	const rows, size = 40, 1 << 20
	for n := range int64(rows) {
		row := map[string]any{"content": "c", "part": n, "created_at": int64(1), "bytes": make([]byte, size)}
		values := make([]any, len(into.table.Columns))
		for i, c := range into.table.Columns {
			values[i] = row[c.Name]
		}
		if err := into.add(values); err != nil {
			t.Fatal(err)
		}
		held := 0
		for _, value := range into.args[:cap(into.args)] {
			if piece, ok := value.([]byte); ok {
				held += len(piece)
			}
		}
		if held > 8<<20 {
			t.Fatalf("%d bytes are held after row %d", held, n+1)
		}
	}
	if err := into.finish(); err != nil {
		t.Fatal(err)
	}
	var there, bytes int64
	if err := target.tx.QueryRowContext(t.Context(), "SELECT count(*), sum(length(bytes)) FROM file_part").Scan(&there, &bytes); err != nil || there != rows || bytes != rows*size {
		t.Errorf("%d rows with %d bytes, %v", there, bytes, err)
	}
}
