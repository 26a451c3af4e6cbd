package copying

import (
	"context"
	"errors"
	"fmt"
	"time"

	"storydesk/store/attached"
	"storydesk/store/fault"
	"storydesk/store/files"
	"storydesk/store/postgres"
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
	list, err := attached.List(ctx, target.tx)
	if err != nil {
		return 0, target.fault("reading the attachments", err)
	}
	switch {
	case source.server != nil && target.server != nil:
		return missing(ctx, source, list) // the others came with the tables
	case source.server != nil:
		return toFolder(ctx, source, target, list)
	}
	folder, err := sqlite.FilesOf(source.name)
	if err != nil {
		return 0, err
	}
	there, err := whole(ctx, folder, list)
	if err != nil {
		return 0, err
	}
	left = len(list) - len(there)
	if target.server == nil {
		return left, sqlite.CopyFiles(ctx, source.name, target.name, there)
	}
	shared := files.In(transaction{target}, folder.Path())
	for _, of := range there {
		if err := shared.Send(ctx, of); err != nil {
			return left, err
		}
	}
	return left, nil
}

// whole are the attachments whose files in a folder are as they were attached.
func whole(ctx context.Context, folder files.Folder, list []tracker.StoryFile) (there []tracker.StoryFile, err error) {
	for _, of := range list {
		state, err := folder.Check(ctx, of)
		switch {
		case tracker.IsContextError(err):
			return nil, fault.Interrupted("reading the attachments", err)
		case err != nil:
			return nil, &tracker.Error{
				Code: tracker.CodeInternal, Err: fmt.Errorf("reading the attachments: %w", err),
				Message: fmt.Sprintf("the content of %s cannot be read (%s), and nothing was saved: check the folder %s", of.Name, fault.Cause(err), folder.Path()),
			}
		case state == files.Whole:
			there = append(there, of)
		}
	}
	return there, nil
}

// missing counts the attachments whose content is not on a server, or only in part.
func missing(ctx context.Context, source *side, list []tracker.StoryFile) (left int, err error) {
	sizes, err := postgres.ContentSizes(ctx, source.tx)
	for _, of := range list {
		if size, ok := sizes[of.Content]; !ok || size != of.Size {
			left++
		}
	}
	return left, source.fault("reading the attachments", err)
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
		switch {
		case err == nil:
		case tracker.CodeOf(err) == tracker.CodeNotFound, errors.Is(err, files.ErrDamaged):
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
	return t.of.fault("copying an attachment", postgres.InsertPart(ctx, t.of.tx, content, part, piece))
}

// Part is not asked for.
func (transaction) Part(context.Context, string, int) ([]byte, error) {
	return nil, errors.ErrUnsupported
}

// SweepParts is not asked for.
func (transaction) SweepParts(context.Context, []string, time.Time) error {
	return errors.ErrUnsupported
}
