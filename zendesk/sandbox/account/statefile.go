package account

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/world"
)

// stateFormat begins every state file.
const stateFormat = `{"format":"storydesk-sandbox-1",`

// stateHeader is the first line of a state file: all that the seed follows
// from. The lines behind it are entries.
type stateHeader struct {
	Format   string    `json:"format"`
	SeededAt time.Time `json:"seeded_at"`
	// Tickets is how many generated tickets there are beside the seed's own.
	Tickets int `json:"tickets"`
}

// entry is one line: a change, tickets generated later, or the port last
// listened on.
type entry struct {
	Change     *world.Change     `json:"change,omitempty"`
	Generation *world.Generation `json:"generation,omitempty"`
	Port       int               `json:"port,omitempty"`
}

// stateFile is an append-only list of what happened since the seed. A line is
// on the disk before append returns; a kill can tear the last line only.
type stateFile struct {
	file *os.File
	// size is where the next line goes: behind the last whole one.
	size int64
}

// openState opens and locks the state file at path, or starts one with fresh.
// It returns the header that holds and the entries so far.
func openState(path string, fresh stateHeader) (*stateFile, stateHeader, []entry, error) {
	info, statErr := os.Stat(path)
	if statErr == nil && !info.Mode().IsRegular() {
		return nil, fresh, nil, fmt.Errorf("sandbox state %s: it is no regular file", path)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fresh, nil, fmt.Errorf("open the sandbox's state: %w", err)
	}
	if statErr == nil && info.Mode().Perm()&0o077 != 0 {
		if err := file.Chmod(0o600); err != nil { // a copy let others read it
			return nil, fresh, nil, errors.Join(fmt.Errorf("sandbox state %s: %w", path, err), file.Close())
		}
	}
	f := &stateFile{file: file}
	header, entries, err := f.load(fresh)
	if err != nil {
		return nil, fresh, nil, errors.Join(fmt.Errorf("sandbox state %s: %w", path, err), file.Close())
	}
	return f, header, entries, nil
}

func (f *stateFile) load(fresh stateHeader) (stateHeader, []entry, error) {
	if err := lock(f.file); err != nil {
		return fresh, nil, fmt.Errorf("another process has it open: %w", err)
	}
	content, err := io.ReadAll(f.file)
	if err != nil {
		return fresh, nil, err
	}
	if strings.HasPrefix(stateFormat, string(content)) || // empty, or the first line was torn
		!bytes.Contains(content, []byte("\n")) && bytes.HasPrefix(content, []byte(stateFormat)) {
		fresh.Format = "storydesk-sandbox-1"
		return fresh, nil, f.append(fresh)
	}
	return f.parse(content)
}

// parse reads the whole lines of a state file; what follows the last newline is torn.
func (f *stateFile) parse(content []byte) (header stateHeader, entries []entry, err error) {
	if !bytes.HasPrefix(content, []byte(stateFormat)) {
		return header, nil, errors.New("the file does not hold a sandbox's state")
	}
	number := 0
	for line := range bytes.Lines(content) {
		number++
		if !bytes.HasSuffix(line, []byte("\n")) {
			break
		}
		if number == 1 {
			err = json.Unmarshal(line, &header)
		} else {
			entries = append(entries, entry{})
			err = json.Unmarshal(line, &entries[len(entries)-1])
		}
		if err != nil {
			return header, nil, fmt.Errorf("line %d: %w", number, err)
		}
		f.size += int64(len(line))
	}
	return header, entries, nil
}

// append adds a line and waits until it is on the disk. A line that fails is
// written over by the next.
func (f *stateFile) append(line any) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	text = append(text, '\n')
	if err := f.file.Truncate(f.size); err != nil {
		return err
	}
	if _, err := f.file.WriteAt(text, f.size); err != nil {
		return err
	}
	if err := f.file.Sync(); err != nil {
		return err
	}
	f.size += int64(len(text))
	return nil
}

// close unlocks the file.
func (f *stateFile) close() error { return f.file.Close() }
