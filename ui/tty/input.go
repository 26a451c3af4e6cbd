package tty

import (
	"bytes"
	"errors"
	"io"
	"os"
	"regexp"
	"strconv"
	"sync"
)

const (
	// pasteBegins and pasteEnds enclose what is pasted.
	// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Bracketed-Paste-Mode
	pasteBegins = "\x1b[200~"
	pasteEnds   = "\x1b[201~"
	ctrlC       = 0x03
)

// watcher sees all that is read, in the order in which it came.
type watcher struct {
	// ended is called once at the end of the input.
	ended func()
	once  sync.Once
	// pasting is true between the beginning of a paste and its end; tail is what
	// may be the first half of either.
	pasting bool
	tail    []byte
	// rest is what did not fit into a read.
	rest []byte
}

// NewInput returns in, watched: ended is called once when it has come to its
// end. The result is a file where in is one, so that reading it can be
// cancelled and its mode be set.
func NewInput(in io.Reader, ended func()) io.Reader {
	w := &watcher{ended: ended}
	if file, ok := in.(*os.File); ok {
		return &inputFile{file, w}
	}
	return &input{in, w}
}

type input struct {
	from    io.Reader
	watcher *watcher
}

// Read reads from what is watched.
func (i *input) Read(p []byte) (int, error) { return i.watcher.read(i.from, p) }

// inputFile is an input that is a file.
type inputFile struct {
	*os.File
	watcher *watcher
}

// Read reads from the file.
func (f *inputFile) Read(p []byte) (int, error) { return f.watcher.read(f.File, p) }

// Unwrap returns the file itself, for a program that reads by itself.
func (f *inputFile) Unwrap() io.Reader { return f.File }

func (w *watcher) read(from io.Reader, p []byte) (int, error) {
	if len(w.rest) > 0 {
		n := copy(p, w.rest)
		w.rest = w.rest[n:]
		return n, nil
	}
	n, err := from.Read(p)
	if errors.Is(err, io.EOF) {
		w.once.Do(w.ended)
	}
	if w.pasting && isCtrlC(p[:n]) {
		// It was pressed: within a paste it would come with text around it. The
		// end of this paste is lost, and all keys would be taken for its text.
		w.pasting, w.tail = false, nil
		whole := append([]byte(pasteEnds), p[:n]...)
		n = copy(p, whole)
		w.rest = whole[n:]
		return n, err
	}
	w.follow(p[:n])
	return n, err
}

// follow notes whether what follows b is part of a paste.
func (w *watcher) follow(b []byte) {
	seen := append(w.tail, b...)
	begins, ends := bytes.LastIndex(seen, []byte(pasteBegins)), bytes.LastIndex(seen, []byte(pasteEnds))
	if begins != ends { // both are -1 where neither is there
		w.pasting = begins > ends
	}
	w.tail = append([]byte(nil), seen[max(0, len(seen)-len(pasteBegins)+1):]...)
}

// keyC matches ctrl+c as terminals with richer protocols send it: the key's
// code, or that of its place on the keyboard, and the modifiers.
// https://sw.kovidgoyal.net/kitty/keyboard-protocol/
const keyC = `^\x1b\[(?:(?:99|\d+:\d*:99)(?::\d*)*;(\d+)(?::[12])?(?:;[\d:]*)?u|27;(\d+);99~)$`

// isCtrlC reports whether b is ctrl+c and nothing else.
func isCtrlC(b []byte) bool {
	if len(b) == 1 {
		return b[0] == ctrlC
	}
	found := regexp.MustCompile(keyC).FindSubmatch(b)
	if found == nil {
		return false
	}
	const control, locks = 4, 64 | 128
	modifiers, err := strconv.Atoi(string(found[1]) + string(found[2]))
	return err == nil && (modifiers-1)&^locks == control
}
