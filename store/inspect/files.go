package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"storydesk/store/files"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// checkFiles looks for the files of a database's attachments; nothing is said of one
// without attachments.
func checkFiles(ctx context.Context, f facts) []verdict.Check {
	if len(f.files) == 0 {
		return nil
	}
	folder := files.Beside(f.path)
	var missing, altered []string
	var size int64
	for _, of := range f.files {
		size += of.Size
		name := of.StoryID.String() + " " + of.Name
		if of.EpicID != 0 {
			name = of.EpicID.String() + " " + of.Name
		}
		switch state, err := folder.Check(ctx, of); {
		case err != nil:
			return []verdict.Check{verdict.FailedCheck("attachments", fmt.Errorf("%s cannot be read: %w", folder.Path(), err))}
		case state == files.Missing && !slices.Contains(missing, name):
			missing = append(missing, name)
		case state == files.Altered && !slices.Contains(altered, name):
			altered = append(altered, name)
		}
	}
	if len(missing)+len(altered) == 0 {
		return []verdict.Check{{Name: "attachments", Level: verdict.LevelOK, Text: fmt.Sprintf("%s, %s, in %s",
			tracker.Counted(len(f.files), "file", "files"), bytesText(size), folder.Path())}}
	}
	said := func(what string, names []string) string {
		if len(names) == 0 {
			return ""
		}
		more := ""
		if n := len(names) - damageTold; n > 0 {
			more = fmt.Sprintf(" and %d more", n)
		}
		return what + " " + strings.Join(names[:min(len(names), damageTold)], ", ") + more
	}
	both := slices.DeleteFunc([]string{said("missing:", missing), said("altered:", altered)}, func(s string) bool { return s == "" })
	return []verdict.Check{{
		Name: "attachments", Level: verdict.LevelFailed, Text: "files in " + folder.Path() + " are not as they were attached; " + strings.Join(both, "; "),
		Causes: []string{"the database was copied or moved without that folder", "another program changed or removed files in it"},
		Steps:  []string{"copy the folder of a backup, whose name ends in " + files.Ending + ", to that place", "or remove the attachments and add them again"},
	}}
}
