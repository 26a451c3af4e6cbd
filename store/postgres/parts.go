package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"storydesk/store/catalogue"
)

// SavePart implements files.Parts. It raises no revision: nobody reads a content before the
// attachment is saved that refers to it.
func (s *Server) SavePart(ctx context.Context, content string, part int, piece []byte) error {
	return s.fault(ctx, "saving an attachment", InsertPart(ctx, s.Writers, content, part, piece))
}

// Executor is a database or a transaction.
type Executor interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// InsertPart saves a piece of a content that is not there yet. Its failures are not for people.
func InsertPart(ctx context.Context, to Executor, content string, part int, piece []byte) error {
	const insert = "INSERT INTO file_part (content, part, created_at, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT (content, part) DO NOTHING"
	_, err := to.ExecContext(ctx, insert, content, part, time.Now().UnixMilli(), piece)
	return err
}

// Part implements files.Parts.
func (s *Server) Part(ctx context.Context, content string, part int) (piece []byte, err error) {
	err = s.Readers.QueryRowContext(ctx, "SELECT bytes FROM file_part WHERE content = $1 AND part = $2", content, part).Scan(&piece)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return piece, s.fault(ctx, "reading an attachment", err)
}

// ContentSizes returns how many bytes are saved of each content, which the server knows without
// reading them. Its failures are not for people.
func ContentSizes(ctx context.Context, from catalogue.Querier) (sizes map[string]int64, err error) {
	rows, err := from.QueryContext(ctx, "SELECT content, CAST(sum(octet_length(bytes)) AS BIGINT) FROM file_part GROUP BY content")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	sizes = map[string]int64{}
	for rows.Next() {
		var content string
		var size int64
		if err := rows.Scan(&content, &size); err != nil {
			return nil, err
		}
		sizes[content] = size
	}
	return sizes, rows.Err()
}

// SweepParts implements files.Parts.
func (s *Server) SweepParts(ctx context.Context, kept []string, before time.Time) error {
	_, err := s.Writers.ExecContext(ctx, "DELETE FROM file_part WHERE created_at < $1 AND content <> ALL ($2)", before.UnixMilli(), append([]string{}, kept...))
	return s.fault(ctx, "removing old attachments", err)
}
