package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// SavePart implements files.Parts. It raises no revision: nobody reads a content before the
// attachment is saved that refers to it.
func (s *Server) SavePart(ctx context.Context, content string, part int, piece []byte) error {
	const save = "INSERT INTO file_part (content, part, created_at, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT (content, part) DO NOTHING"
	_, err := s.Writers.ExecContext(ctx, save, content, part, time.Now().UnixMilli(), piece)
	return s.fault(ctx, "saving an attachment", err)
}

// Part implements files.Parts.
func (s *Server) Part(ctx context.Context, content string, part int) (piece []byte, err error) {
	err = s.Readers.QueryRowContext(ctx, "SELECT bytes FROM file_part WHERE content = $1 AND part = $2", content, part).Scan(&piece)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return piece, s.fault(ctx, "reading an attachment", err)
}

// SweepParts implements files.Parts.
func (s *Server) SweepParts(ctx context.Context, kept []string, before time.Time) error {
	_, err := s.Writers.ExecContext(ctx, "DELETE FROM file_part WHERE created_at < $1 AND content <> ALL ($2)", before.UnixMilli(), append([]string{}, kept...))
	return s.fault(ctx, "removing old attachments", err)
}
