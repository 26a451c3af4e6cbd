package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"time"

	"storydesk/tracker"
)

// Parts saves contents in pieces where everybody who shares a database can read them. Its
// failures are errors for people.
type Parts interface {
	// SavePart saves a piece, counted from 0.
	SavePart(ctx context.Context, content string, part int, piece []byte) error
	// Part returns a piece, nothing where there is none.
	Part(ctx context.Context, content string, part int) ([]byte, error)
	// SweepParts removes what was saved before a time and is none of the contents that
	// are kept.
	SweepParts(ctx context.Context, kept []string, before time.Time) error
}

const (
	// pieceSize is how much of a content is in memory at a time.
	pieceSize = 4 << 20
	// pieceTime is how long a piece may take.
	pieceTime = time.Minute
)

// ErrDamaged is why a content in a database cannot be read that is not what was saved.
var ErrDamaged = errors.New("its size or checksum is not that of the attachment")

// Shared holds the content of the attachments of a database on a server: in pieces in that
// database. It is safe for concurrent use.
type Shared struct {
	// near is a folder on this machine, for what is on its way and for copies that other
	// programs have open.
	near  Folder
	parts Parts
}

// In returns what holds the contents in parts. The folder at a path is this machine's.
func In(parts Parts, folder string) Shared { return Shared{At(folder), parts} }

// Take saves a copy of the file at a path of the user's; see [Folder.Take]. A content that was
// saved in part is never referred to, and Sweep removes it.
func (s Shared) Take(ctx context.Context, path string) (tracker.StoryFile, error) {
	saved, err := s.near.Take(ctx, path)
	if err != nil {
		return saved, err
	}
	err = s.Send(ctx, saved)
	if gone := os.Remove(s.near.at(saved.Content)); gone != nil {
		err = errors.Join(err, s.near.failed("saving an attachment", gone))
	}
	return saved, err
}

// Put saves a content under a new id; see [Folder.Put].
func (s Shared) Put(ctx context.Context, from io.Reader) (tracker.StoryFile, error) {
	saved, err := s.near.Put(ctx, from)
	if err != nil {
		return saved, err
	}
	return saved, errors.Join(s.Send(ctx, saved), s.near.Drop(saved))
}

// Settle has nothing to do: each piece lasts once it is saved.
func (Shared) Settle(context.Context, []tracker.StoryFile) error { return nil }

// Drop leaves a content to Sweep: it takes no room on this machine.
func (Shared) Drop(tracker.StoryFile) error { return nil }

// Send saves a content that is in the folder.
func (s Shared) Send(ctx context.Context, of tracker.StoryFile) error {
	from, err := s.near.Open(of)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }() // it was only read
	piece := make([]byte, min(pieceSize, max(1, of.Size)))
	for part := 0; ; part++ {
		n, err := io.ReadFull(from, piece)
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return s.near.failed("saving an attachment", err)
		}
		if n > 0 || part == 0 { // an empty file has a piece, too
			if err := s.save(ctx, of.Content, part, piece[:n]); err != nil {
				return err
			}
		}
		if last {
			return nil
		}
	}
}

func (s Shared) save(ctx context.Context, content string, part int, piece []byte) error {
	ctx, cancel := context.WithTimeout(ctx, pieceTime)
	defer cancel()
	return s.parts.SavePart(ctx, content, part, piece)
}

// Open opens the content of an attachment. CodeNotFound when it is missing. Reading it fails
// where it is not what was saved.
func (s Shared) Open(of tracker.StoryFile) (io.ReadCloser, error) {
	r := &partReader{parts: s.parts, of: of, sum: sha256.New()}
	first, err := r.next()
	if err != nil {
		return nil, err
	}
	if len(first) == 0 && of.Size > 0 {
		return nil, tracker.Errorf(tracker.CodeNotFound, "the content of %s is missing in the database; restore it from a backup", of.Name)
	}
	r.piece = first
	return r, nil
}

// Export copies an attachment to a file of the user's; see [Folder.Export].
func (s Shared) Export(ctx context.Context, of tracker.StoryFile, to string, replace bool) error {
	return export(ctx, s, of, to, replace)
}

// Show makes a copy that another program can open; see [Folder.Show].
func (s Shared) Show(ctx context.Context, of tracker.StoryFile, ending string) (string, error) {
	return s.near.show(ctx, s, of, ending)
}

// Sweep removes what nobody needs, in the database and on this machine.
func (s Shared) Sweep(kept []string, before time.Time) error {
	ctx, cancel := context.WithTimeout(context.Background(), pieceTime)
	defer cancel()
	return errors.Join(s.parts.SweepParts(ctx, kept, before), s.near.Sweep(nil, before))
}

// partReader reads a content piece by piece.
type partReader struct {
	parts Parts
	of    tracker.StoryFile
	part  int
	// piece is what is left of the last one that was read.
	piece []byte
	size  int64
	sum   hash.Hash
}

func (r *partReader) next() ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), pieceTime)
	defer cancel()
	piece, err := r.parts.Part(ctx, r.of.Content, r.part)
	r.part++
	return piece, err
}

// Read implements io.Reader.
func (r *partReader) Read(p []byte) (int, error) {
	if len(r.piece) == 0 && r.size < r.of.Size {
		piece, err := r.next()
		if err != nil {
			return 0, err
		}
		r.piece = piece
	}
	n := copy(p, r.piece)
	r.piece = r.piece[n:]
	r.size += int64(n)
	_, _ = r.sum.Write(p[:n]) // it never fails
	switch {
	case n > 0 || len(p) == 0:
		return n, nil
	case r.size != r.of.Size || hex.EncodeToString(r.sum.Sum(nil)) != r.of.Sum:
		return 0, &tracker.Error{
			Code: tracker.CodeInternal, Err: ErrDamaged,
			Message: fmt.Sprintf("the content of %s is damaged in the database; restore it from a backup", r.of.Name),
		}
	}
	return 0, io.EOF
}

// Close implements io.Closer.
func (r *partReader) Close() error { return nil }
