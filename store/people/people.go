package people

import (
	"fmt"
	"slices"

	"storydesk/tracker"
)

// column holds one name in each row, and key is an expression that tells the row from others.
type column struct{ table, key, name string }

func (c column) String() string { return c.table + "." + c.name }

func columns() []column {
	const id = "CAST(id AS TEXT)"
	return []column{
		{"comment", id, "author"}, {"activity", id, "actor"}, {"blocker", id, "author"}, {"review", id, "reviewer"},
		{"epic_comment", id, "author"}, {"story_file", id, "author"}, {"epic_file", id, "author"},
		{"ticket_aside", "host || '#' || ticket_id", "author"},
	}
}

// Change runs a statement with two names, and with keys where there are some, and returns the
// keys of the rows that it changed.
type Change func(statement, to, from string, keys []string) ([]string, error)

// Rename puts a name in place of another in all columns that hold one, or only in those rows
// that only tells by column, and returns which rows these were.
func Rename(change Change, from, to string, only *tracker.NamePlaces) (map[string][]string, error) {
	changed := map[string][]string{}
	for _, c := range columns() {
		statement := fmt.Sprintf("UPDATE %[1]s SET %[3]s = ? WHERE %[3]s = ? RETURNING %[2]s", c.table, c.key, c.name)
		var keys []string
		if only != nil {
			if keys = only.Rows[c.String()]; len(keys) == 0 {
				continue
			}
			statement = fmt.Sprintf("UPDATE %[1]s SET %[3]s = ? WHERE %[3]s = ? AND %[2]s IN (SELECT value FROM json_each(?)) RETURNING %[2]s", c.table, c.key, c.name)
		}
		rows, err := change(statement, to, from, keys)
		if err != nil {
			return nil, err
		}
		if len(rows) > 0 {
			changed[c.String()] = rows
		}
	}
	return changed, nil
}

// OnStory returns the names on a story after a name was put in place of another. was are
// those from before the opposite, nil where nothing is taken back.
func OnStory(now tracker.StoryNames, from, to string, was *tracker.StoryNames) tracker.StoryNames {
	after := now
	if was != nil {
		after.Owners, after.Followers = takenBack(now.Owners, was.Owners, from, to), takenBack(now.Followers, was.Followers, from, to)
	} else {
		after.Owners, after.Followers = replaced(now.Owners, from, to), replaced(now.Followers, from, to)
	}
	if now.Requester == from && (was == nil || was.Requester == to) {
		after.Requester = to
	}
	return after
}

// takenBack puts a name back into a list as it was before: in the former order while nobody
// has changed the list since.
func takenBack(now, was []string, from, to string) []string {
	switch {
	case !slices.Contains(was, to):
		return now
	case slices.Equal(now, replaced(was, to, from)):
		return was
	case slices.Contains(was, from) && slices.Contains(now, from):
		return tracker.CleanNames(append(slices.Clone(now), to))
	}
	return replaced(now, from, to)
}

// replaced puts a name in place of another in a list, where it stands once then.
func replaced(list []string, from, to string) []string {
	if !slices.Contains(list, from) {
		return list
	}
	list = slices.Clone(list)
	for i, name := range list {
		if name == from {
			list[i] = to
		}
	}
	return tracker.CleanNames(list)
}

// Columns are those that [Rename] changes, as TABLE.COLUMN.
func Columns() (names []string) {
	for _, c := range columns() {
		names = append(names, c.String())
	}
	return names
}
