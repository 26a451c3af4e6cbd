package copying

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"storydesk/store"
	"storydesk/store/catalogue"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// seeded is the table that a new database has rows in: the counters of what is numbered
// under a lock, each of which is 0 there.
const seeded = "sequence"

// Copy copies a database into another one, which must be empty, and reports what was copied.
// Each is named by the path of a file or the URL of a server. CodeInvalid, field "from", for a
// source that is not there; CodeRefused for a target that is not empty, and for databases
// whose tables differ.
func Copy(ctx context.Context, from, to string) (report verdict.StorageCopy, err error) {
	if same(from, to) {
		return report, tracker.Errorf(tracker.CodeRefused, "what to copy from is the same database as what to copy to: name another one")
	}
	source, err := openSource(ctx, from)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, source.close()) }()
	target, err := openTarget(ctx, to)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, target.close()) }()
	if err := alike(source, target); err != nil {
		return report, err
	}
	if err := target.empty(ctx); err != nil {
		return report, err
	}
	for _, t := range target.tables {
		if t.Name == pieces && !alikeInKind(source, target) {
			continue // see copyContents
		}
		copied, err := copyTable(ctx, source, target, t)
		if err != nil {
			return report, err
		}
		report.Tables = append(report.Tables, copied)
	}
	if report.Pending, err = target.pending(ctx); err != nil {
		return report, err
	}
	if report.LeftBehind, err = copyContents(ctx, source, target); err != nil {
		return report, err
	}
	return report, target.commit(ctx)
}

// alike fails with CodeRefused when the databases have not the same tables and columns.
func alike(source, target *side) error {
	there := map[string][]string{}
	for _, t := range source.tables {
		there[t.Name] = columns(t)
	}
	same := len(source.tables) == len(target.tables)
	for _, t := range target.tables {
		same = same && slices.Equal(there[t.Name], columns(t))
	}
	if same {
		return nil
	}
	return tracker.Errorf(tracker.CodeRefused, "%s has other tables than %s: let the same storydesk open both, then try again", source.name, target.name)
}

// columns are the names of a table's columns, in alphabetical order.
func columns(t catalogue.Table) []string {
	list := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		list[i] = c.Name
	}
	slices.Sort(list)
	return list
}

// empty fails with CodeRefused where a target holds anything, and removes what a new one holds.
func (s *side) empty(ctx context.Context) error {
	for _, t := range s.tables {
		query := "SELECT count(*) > 0 FROM " + catalogue.Quote(t.Name)
		if t.Name == seeded {
			query += " WHERE value <> 0"
		}
		var used bool
		if err := s.tx.QueryRowContext(ctx, query).Scan(&used); err != nil {
			return s.fault("looking whether the database is empty", err)
		}
		if used {
			return tracker.Errorf(tracker.CodeRefused,
				"%s is not empty (%s has rows), and nothing was changed: copy to a new file or a new database", s.name, t.Name)
		}
	}
	_, err := s.tx.ExecContext(ctx, "DELETE FROM "+catalogue.Quote(seeded)) //nolint:gosec // a name of ours
	return s.fault("preparing the database", err)
}

// copyTable copies the rows of a table, which is the target's, and reads them back.
func copyTable(ctx context.Context, source, target *side, t catalogue.Table) (verdict.TableCopy, error) {
	copied := verdict.TableCopy{Name: t.Name}
	// Both sides are read by the target's order of columns.
	of := source.like(t)
	into, err := target.fill(ctx, t)
	if err != nil {
		return copied, target.fault("copying "+t.Name, err)
	}
	var sent, arrived content
	var failed error // the target's, in the middle of reading the source
	err = source.read(ctx, of, func(row []any) error {
		sent.add(row)
		failed = into.add(row)
		return failed
	})
	if failed = cmp.Or(failed, into.finish()); failed != nil {
		return copied, target.fault("copying "+t.Name, failed)
	}
	if err != nil {
		return copied, source.fault("reading "+t.Name, err)
	}
	if numbered, ok := t.Numbered(); ok {
		highest, err := source.highest(ctx, of, numbered)
		if err != nil {
			return copied, source.fault("reading the numbers of "+t.Name, err)
		}
		if err := target.goOn(ctx, t, numbered, highest); err != nil {
			return copied, target.fault("numbering "+t.Name, err)
		}
	}
	err = target.read(ctx, t, func(row []any) error {
		arrived.add(row)
		return nil
	})
	if err != nil {
		return copied, target.fault("reading "+t.Name+" back", err)
	}
	if sent != arrived {
		return copied, tracker.Errorf(tracker.CodeInternal,
			"the copy of %s differs from the original (%d rows, %d in the copy), and nothing was saved: run storydesk db check on both databases",
			t.Name, sent.rows, arrived.rows)
	}
	copied.Rows, copied.Sum = sent.rows, sent.String()
	return copied, nil
}

// like is a table of the other database as this one has it, with the columns in its order.
func (s *side) like(t catalogue.Table) catalogue.Table {
	mine := s.tables[slices.IndexFunc(s.tables, func(o catalogue.Table) bool { return o.Name == t.Name })]
	ordered := catalogue.Table{Name: t.Name}
	for _, c := range t.Columns {
		i := slices.IndexFunc(mine.Columns, func(o catalogue.Column) bool { return o.Name == c.Name })
		ordered.Columns = append(ordered.Columns, mine.Columns[i])
	}
	return ordered
}

// pending counts the private comments that are still to be sent.
func (s *side) pending(ctx context.Context) (n int, err error) {
	err = s.tx.QueryRowContext(ctx, "SELECT count(*) FROM delivery WHERE state IN "+store.InLane).Scan(&n)
	return n, s.fault("counting deliveries", err)
}
