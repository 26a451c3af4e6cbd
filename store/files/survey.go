package files

import (
	"fmt"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// Survey collects in what condition attachments are.
type Survey struct {
	count            int
	size             int64
	missing, altered []string
}

// Add notes the condition of an attachment.
func (s *Survey) Add(of tracker.StoryFile, is Condition) {
	s.count++
	s.size += of.Size
	name := of.StoryID.String() + " " + of.Name
	if of.EpicID != 0 {
		name = of.EpicID.String() + " " + of.Name
	}
	switch {
	case is == Missing && !slices.Contains(s.missing, name):
		s.missing = append(s.missing, name)
	case is == Altered && !slices.Contains(s.altered, name):
		s.altered = append(s.altered, name)
	}
}

// Check tells of all: whose contents are where, and what to do about those that are not
// there as they were attached. Nothing is said where there are no attachments.
func (s *Survey) Check(where string, causes, steps []string) []verdict.Check {
	switch {
	case s.count == 0:
		return nil
	case len(s.missing)+len(s.altered) == 0:
		return []verdict.Check{{Name: "attachments", Level: verdict.LevelOK, Text: fmt.Sprintf("%s, %s, in %s",
			tracker.Counted(s.count, "file", "files"), Size(s.size), where)}}
	}
	both := slices.DeleteFunc([]string{said("missing:", s.missing), said("altered:", s.altered)}, func(s string) bool { return s == "" })
	return []verdict.Check{{
		Name: "attachments", Level: verdict.LevelFailed, Causes: causes, Steps: steps,
		Text: "files in " + where + " are not as they were attached; " + strings.Join(both, "; "),
	}}
}

func said(what string, names []string) string {
	const told = 3
	if len(names) == 0 {
		return ""
	}
	more := ""
	if n := len(names) - told; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return what + " " + strings.Join(names[:min(len(names), told)], ", ") + more
}

// Size writes a number of bytes in the unit that fits.
func Size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
