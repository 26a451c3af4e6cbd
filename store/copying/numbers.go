package copying

import (
	"context"
	"database/sql"
	"errors"

	"storydesk/store/catalogue"
)

// highest is the highest number that a database has given out for a table's rows, those that
// are gone included.
func (s *side) highest(ctx context.Context, t catalogue.Table, numbered catalogue.Column) (highest int64, err error) {
	query := "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = '" + t.Name + "'), 0)"
	if s.server != nil {
		sequence, err := s.sequence(ctx, t, numbered)
		if err != nil {
			return 0, err
		}
		query = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + sequence
	}
	if err := s.tx.QueryRowContext(ctx, query).Scan(&highest); err != nil {
		return 0, err
	}
	var there int64
	err = s.tx.QueryRowContext(ctx, "SELECT coalesce(max("+catalogue.Quote(numbered.Name)+"), 0) FROM "+catalogue.Quote(t.Name)).Scan(&there)
	return max(highest, there), err
}

// goOn lets a database give out numbers after the highest one.
func (s *side) goOn(ctx context.Context, t catalogue.Table, numbered catalogue.Column, highest int64) error {
	if highest == 0 {
		return nil
	}
	if s.server == nil {
		changed, err := s.tx.ExecContext(ctx, "UPDATE sqlite_sequence SET seq = ? WHERE name = ?", highest, t.Name)
		if err != nil {
			return err
		}
		if n, err := changed.RowsAffected(); err != nil || n > 0 {
			return err
		}
		_, err = s.tx.ExecContext(ctx, "INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", t.Name, highest)
		return err
	}
	sequence, err := s.sequence(ctx, t, numbered)
	if err != nil {
		return err
	}
	_, err = s.tx.ExecContext(ctx, "SELECT setval($1, $2)", sequence, highest)
	return err
}

// sequence is the name of what a server numbers the rows of a table with.
func (s *side) sequence(ctx context.Context, t catalogue.Table, numbered catalogue.Column) (string, error) {
	var name sql.NullString
	err := s.tx.QueryRowContext(ctx, "SELECT pg_get_serial_sequence($1, $2)", catalogue.Quote(t.Name), numbered.Name).Scan(&name)
	if err == nil && name.String == "" {
		err = errors.New("the rows of " + t.Name + " have no sequence")
	}
	return name.String, err
}
