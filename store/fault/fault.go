package fault

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"storydesk/tracker"
)

// Explain makes an error of a file, of SQLite or of a PostgreSQL server into one for people:
// it names the database, which is a file's path or DATABASE on HOST, and the fix. An error
// that is one for people already stays.
func Explain(path, doing string, err error) error {
	var told *tracker.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &told):
		return err
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return Interrupted(doing, err)
	}
	code, sentence := diagnose(path, err)
	told = &tracker.Error{Code: code, Message: sentence, Err: fmt.Errorf("%s: %w", doing, err)}
	if offline(err) {
		told.Reason = tracker.ReasonOffline
	}
	return told
}

// Within is Explain of what ctx limits: once that has ended, the failure is that it was called off.
func Within(ctx context.Context, path, doing string, err error) error {
	if err != nil && ctx.Err() != nil {
		return Interrupted(doing, ctx.Err())
	}
	return Explain(path, doing, err)
}

const removed = "the item that this belongs to was removed: refresh, then try again"

// Interrupted is the error of something that was called off: CodeUnavailable.
func Interrupted(doing string, cause error) error {
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Message: "interrupted while " + doing, Err: fmt.Errorf("%s: %w", doing, cause),
	}
}

// diagnose returns the code and the sentence for a failure. The result codes are
// those of https://www.sqlite.org/rescode.html.
func diagnose(path string, err error) (tracker.Code, string) {
	if code, sentence, ok := diagnoseServer(path, err); ok {
		return code, sentence
	}
	var result sqlite3.Error
	if !errors.As(err, &result) {
		return diagnoseFile(path, err)
	}
	if result.ExtendedCode == sqlite3.ErrConstraintForeignKey {
		return tracker.CodeNotFound, removed
	}
	switch result.Code {
	case sqlite3.ErrBusy, sqlite3.ErrLocked:
		return tracker.CodeUnavailable,
			fmt.Sprintf("another program keeps the database %s locked: wait for it or close it, then try again", path)
	case sqlite3.ErrNotADB:
		return tracker.CodeInternal, fmt.Sprintf("%s is not a database: choose another file with --db", path)
	case sqlite3.ErrCorrupt:
		return tracker.CodeInternal,
			fmt.Sprintf("the database %s is damaged: restore a backup, or recover it with “sqlite3 FILE .recover”", path)
	case sqlite3.ErrReadonly, sqlite3.ErrCantOpen, sqlite3.ErrPerm, sqlite3.ErrAuth:
		return tracker.CodeInternal, unwritable(path)
	case sqlite3.ErrFull:
		return tracker.CodeInternal, full(path)
	case sqlite3.ErrIoErr:
		return tracker.CodeInternal, fmt.Sprintf("the disk of the database %s reports errors: check the disk and its free space", path)
	}
	return tracker.CodeInternal, fmt.Sprintf("the database %s failed: %v. Run storydesk doctor to check it", path, err)
}

func diagnoseFile(path string, err error) (tracker.Code, string) {
	switch {
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return tracker.CodeInternal, unwritable(path)
	case errors.Is(err, syscall.ENOSPC):
		return tracker.CodeInternal, full(path)
	case errors.Is(err, syscall.ENOTDIR):
		return tracker.CodeInternal, fmt.Sprintf("the database %s cannot be opened: a part of its path is a file, not a folder. Choose another path with --db", path)
	}
	return tracker.CodeInternal, fmt.Sprintf("the database %s cannot be used (%s). Check that path, or choose another with --db", path, Cause(err))
}

// Cause is what the system said, without the call and the path that failed.
func Cause(err error) string {
	var call *fs.PathError
	if errors.As(err, &call) {
		err = call.Err
	}
	return err.Error()
}

func full(path string) string {
	return fmt.Sprintf("the disk of the database %s is full: free some space, then try again", path)
}

func unwritable(path string) string {
	return fmt.Sprintf("the database %s cannot be written: check the permissions of the file and its folder, "+
		"or choose another file with --db", path)
}

// Unique reports whether err is the breach of a uniqueness.
func Unique(err error) bool {
	var result sqlite3.Error
	if errors.As(err, &result) {
		return result.ExtendedCode == sqlite3.ErrConstraintUnique
	}
	return sqlState(err) == uniqueViolation
}
