package inspect

import (
	"context"
	"fmt"

	"storydesk/store/files"
	"storydesk/tracker/verdict"
)

// checkFiles looks for the files of a database's attachments; nothing is said of one
// without attachments.
func checkFiles(ctx context.Context, f facts) []verdict.Check {
	folder := files.Beside(f.path)
	var survey files.Survey
	for _, of := range f.files {
		state, err := folder.Check(ctx, of)
		if err != nil {
			return []verdict.Check{verdict.FailedCheck("attachments", fmt.Errorf("%s cannot be read: %w", folder.Path(), err))}
		}
		survey.Add(of, state)
	}
	return survey.Check(folder.Path(),
		[]string{"the database was copied or moved without that folder", "another program changed or removed files in it"},
		[]string{"copy the folder of a backup, whose name ends in " + files.Ending + ", to that place", "or remove the attachments and add them again"})
}
