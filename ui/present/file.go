package present

import (
	"cmp"
	"fmt"
	"slices"

	"storydesk/tracker"
)

// FileSize writes a size in bytes, empty when it is not known.
func FileSize(bytes int64) string {
	const k = 1000
	switch {
	case bytes <= 0:
		return ""
	case bytes < k:
		return fmt.Sprintf("%d B", bytes)
	case bytes < k*k:
		return fmt.Sprintf("%d kB", (bytes+k/2)/k)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(k*k))
}

// SizeOf writes how large an attachment is.
func SizeOf(f tracker.StoryFile) string { return cmp.Or(FileSize(f.Size), "0 B") }

// CarriedBy lists the attachments that a comment carries.
func CarriedBy(c tracker.CommentID, files []tracker.StoryFile) []tracker.StoryFile {
	return slices.DeleteFunc(slices.Clone(files), func(f tracker.StoryFile) bool { return !slices.Contains(f.Comments, c) })
}
