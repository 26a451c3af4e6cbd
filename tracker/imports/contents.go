package imports

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"maps"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// contents are those of the attachments that an import adds. They are copied before its
// transaction, which others wait for.
type contents struct {
	s    *Service
	from transfer.Reader
	// wanted are the attachments to be copied, size is what they hold together.
	wanted []transfer.Attachment
	size   int64
	// saved are those that were copied, by their paths, and used those of them that a
	// story or an epic has.
	saved map[string]tracker.StoryFile
	used  map[string]bool
}

func newContents(s *Service, from transfer.Reader) *contents {
	return &contents{s: s, from: from, saved: map[string]tracker.StoryFile{}, used: map[string]bool{}}
}

// want notes an attachment that is to be copied.
func (c *contents) want(a transfer.Attachment) {
	if _, noted := c.saved[a.Path]; noted {
		return
	}
	c.saved[a.Path] = tracker.StoryFile{}
	c.wanted = append(c.wanted, a)
	c.size += a.Size
}

// read copies what is wanted, or only reads it where keep is false, to find out whether it
// can be.
func (c *contents) read(ctx context.Context, keep bool, progress func(transfer.Progress)) error {
	told := &meter{all: c.size, tell: progress}
	put := c.s.Files.Put
	if !keep {
		put = discard
	}
	for _, a := range c.wanted {
		f, err := c.copy(ctx, a, put, told)
		if err != nil {
			return err
		}
		c.saved[a.Path] = f
		if err := verify(a, f); err != nil {
			return err
		}
	}
	if !keep {
		return nil
	}
	return c.s.Files.Settle(ctx, slices.Collect(maps.Values(c.saved)))
}

// copy copies one content.
func (c *contents) copy(ctx context.Context, a transfer.Attachment, put func(context.Context, io.Reader) (tracker.StoryFile, error), told *meter) (f tracker.StoryFile, err error) {
	in, err := c.from.Open(a)
	if err != nil {
		return f, err
	}
	f, err = put(ctx, told.of(in))
	if closed := in.Close(); err == nil && closed != nil {
		err = transfer.Unreadable(transfer.Place{File: a.Path}, "%w", closed)
	}
	return f, err
}

// verify fails where a content is none that an attachment says.
func verify(a transfer.Attachment, f tracker.StoryFile) error {
	if f.Size != a.Size || a.Sum != "" && a.Sum != f.Sum {
		return transfer.Unreadable(transfer.Place{File: a.Path}, "its size or checksum is not the one that the export says; the file is damaged, or was changed")
	}
	return nil
}

// take is the copied content of an attachment. One that was not wanted before is copied
// now: what is here has changed meanwhile.
func (c *contents) take(ctx context.Context, a transfer.Attachment) (f tracker.StoryFile, err error) {
	f = c.saved[a.Path]
	if f.Content == "" {
		if f, err = c.copy(ctx, a, c.s.Files.Put, &meter{}); err != nil {
			return f, err
		}
		c.saved[a.Path] = f
		if err := c.s.Files.Settle(ctx, []tracker.StoryFile{f}); err != nil {
			return f, err
		}
	}
	if err := verify(a, f); err != nil {
		return f, err
	}
	c.used[a.Path] = true
	return f, nil
}

// drop removes the contents that nothing has. Where it is not known what the transaction
// did, the database is asked.
func (c *contents) drop(ctx context.Context, failed bool) error {
	kept := map[string]bool{}
	if failed {
		err := c.s.Store.Write(ctx, func(w tracker.Writer) error {
			clear(kept)
			list, err := w.ForgetFiles(time.Time{}) // which forgets none
			for _, content := range list {
				kept[content] = true
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	var all error
	for path, f := range c.saved {
		if f.Content != "" && !kept[f.Content] && (failed || !c.used[path]) {
			all = errors.Join(all, c.s.Files.Drop(f))
		}
	}
	return all
}

// discard reads a content and keeps nothing of it.
func discard(ctx context.Context, from io.Reader) (f tracker.StoryFile, err error) {
	sum := sha256.New()
	f.Size, err = io.Copy(sum, untilEnd{ctx, from})
	f.Sum = hex.EncodeToString(sum.Sum(nil))
	return f, err
}

// untilEnd reads until its context ends.
type untilEnd struct {
	ctx  context.Context //nolint:containedctx // a reader takes none
	from io.Reader
}

// Read implements io.Reader.
func (r untilEnd) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}

// meter counts what is read of all contents.
type meter struct {
	done, all int64
	tell      func(transfer.Progress)
}

// of counts what is read of one.
func (m *meter) of(in io.Reader) io.Reader { return counted{m, in} }

type counted struct {
	meter *meter
	from  io.Reader
}

// Read implements io.Reader.
func (c counted) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.meter.done += int64(n)
	if c.meter.tell != nil && n > 0 {
		c.meter.tell(transfer.Progress{Bytes: c.meter.done, AllBytes: max(c.meter.all, 1)})
	}
	return n, err
}
