package copying

import (
	"context"
	"errors"
	"time"

	"storydesk/store/files"
	"storydesk/store/sqlite"
	"storydesk/tracker"
)

// pieces is the table with the content of attachments on a server. On SQLite nothing is in it:
// contents are files in a folder there.
const pieces = "file_part"

// alikeInKind reports whether two databases keep the content of attachments in the same way.
func alikeInKind(source, target *side) bool { return (source.server == nil) == (target.server == nil) }

// copyContents copies the content of attachments, before the rows that name it are there for
// others. It returns how many are left behind because they are missing or altered where they are.
func copyContents(ctx context.Context, source, target *side) (left int, err error) {
	list, err := sqlite.Attached(ctx, target.tx)
	if err != nil {
		return 0, target.fault("reading the attachments", err)
	}
	switch {
	case source.server == nil && target.server == nil:
		return 0, sqlite.CopyFiles(ctx, source.name, target.name, list)
	case source.server != nil && target.server != nil:
		return 0, nil // with the tables
	case target.server != nil:
		return toServer(ctx, source, target, list)
	}
	return toFolder(ctx, source, target, list)
}

// toServer saves the files of a folder in the target's transaction.
func toServer(ctx context.Context, source, target *side, list []tracker.StoryFile) (left int, err error) {
	folder, err := sqlite.FilesOf(source.name)
	if err != nil {
		return 0, err
	}
	shared := files.In(transaction{target}, folder.Path())
	for _, of := range list {
		state, err := folder.Check(ctx, of)
		if err != nil || state != files.Whole {
			left++
			continue
		}
		if err := shared.Send(ctx, of); err != nil {
			return left, err
		}
	}
	return left, nil
}

// toFolder saves what is on a server as files.
func toFolder(ctx context.Context, source, target *side, list []tracker.StoryFile) (left int, err error) {
	folder, err := sqlite.FilesOf(target.name)
	if err != nil {
		return 0, err
	}
	shared := files.In(source.server, folder.Path())
	for _, of := range list {
		if !files.Names(of) {
			left++
			continue
		}
		content, err := shared.Open(of) //nolint:contextcheck // each piece has a time of its own
		if err == nil {
			err = errors.Join(folder.Save(ctx, of, content), content.Close())
		}
		switch tracker.CodeOf(err) {
		case "":
		case tracker.CodeNotFound:
			left++
		default:
			return left, err
		}
	}
	return left, nil
}

// transaction saves contents in the transaction of a target. It implements files.Parts.
type transaction struct{ of *side }

// SavePart saves a piece.
func (t transaction) SavePart(ctx context.Context, content string, part int, piece []byte) error {
	_, err := t.of.tx.ExecContext(ctx, "INSERT INTO file_part (content, part, created_at, bytes) VALUES ($1, $2, $3, $4) ON CONFLICT (content, part) DO NOTHING",
		content, part, time.Now().UnixMilli(), piece)
	return t.of.fault("copying an attachment", err)
}

// Part is not asked for.
func (transaction) Part(context.Context, string, int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

// SweepParts is not asked for.
func (transaction) SweepParts(context.Context, []string, time.Time) error {
	return errors.ErrUnsupported
}
