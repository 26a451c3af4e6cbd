package pivotal

import (
	"slices"
	"strings"

	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/rows"
)

// column is what a column of a table holds.
type column int

// The columns, under the names of all generations of headers.
const (
	unknown column = iota
	colID
	colTitle
	colLabels
	colIteration
	colIterationStart
	colIterationEnd
	colType
	colEstimate
	colPriority
	colState
	colCreatedAt
	colAcceptedAt
	colDeadline
	colRequester
	colDescription
	colURL
	colOwner
	colBlocker
	colBlockerStatus
	colComment
	colTask
	colTaskStatus
	colReviewType
	colReviewer
	colReviewStatus
	colPullRequest
	colBranch
	columnCount
)

// columns are the headings of all years, in lower case, and what they stand for.
func columns() map[string]column {
	return map[string]column{
		"id": colID, "title": colTitle, "story": colTitle, "labels": colLabels,
		"iteration": colIteration, "iteration start": colIterationStart, "iteration end": colIterationEnd,
		"type": colType, "story type": colType, "estimate": colEstimate, "priority": colPriority, "current state": colState,
		"created at": colCreatedAt, "accepted at": colAcceptedAt, "deadline": colDeadline, "requested by": colRequester,
		"description": colDescription, "url": colURL, "owned by": colOwner, "blocker": colBlocker, "blocker status": colBlockerStatus,
		"comment": colComment, "note": colComment, "task": colTask, "task status": colTaskStatus, "review type": colReviewType,
		"reviewer": colReviewer, "review status": colReviewStatus, "pull request": colPullRequest, "git branch": colBranch,
	}
}

// Mapping says which heading of a table stands for which of a [Field]. Headings are
// compared without regard to case.
type Mapping map[Field]string

// Field is what a table from elsewhere can hold of a story, by the name that people
// give it.
type Field string

// The fields of tables from elsewhere.
const (
	FieldID          Field = "id"
	FieldName        Field = "name"
	FieldDescription Field = "description"
	FieldType        Field = "type"
	FieldEstimate    Field = "estimate"
	FieldLabels      Field = "labels"
	FieldState       Field = "state"
	FieldOwner       Field = "owner"
	FieldRequester   Field = "requester"
)

// Fields lists the fields of tables from elsewhere.
func Fields() []Field {
	return []Field{
		FieldID, FieldName, FieldDescription, FieldType, FieldEstimate, FieldLabels, FieldState, FieldOwner, FieldRequester,
	}
}

// fieldColumns are the columns of the fields.
func fieldColumns() map[Field]column {
	return map[Field]column{
		FieldID: colID, FieldName: colTitle, FieldDescription: colDescription, FieldType: colType, FieldEstimate: colEstimate,
		FieldLabels: colLabels, FieldState: colState, FieldOwner: colOwner, FieldRequester: colRequester,
	}
}

// columns are the headings of a table from elsewhere: the fields' own names, and the
// mapped headings in their place.
func (m Mapping) columns() map[string]column {
	known := map[string]column{}
	for field, c := range fieldColumns() {
		heading, mapped := m[field]
		if !mapped {
			heading = string(field)
		}
		known[key(heading)] = c
	}
	return known
}

// check fails with CodeInvalid where a mapped heading is not in the first row.
func (m Mapping) check(row rows.Row) error {
	for field, heading := range m {
		if !slices.ContainsFunc(row.Cells, func(cell string) bool { return key(cell) == key(heading) }) {
			return transfer.Unreadable(row.Place(0), "the first line names no column %q for the %s", heading, field)
		}
	}
	return nil
}

// key is a heading as columns has it.
func key(heading string) string { return strings.ToLower(strings.Join(strings.Fields(heading), " ")) }

// repeats reports whether Tracker writes a column more than once.
func (c column) repeats() bool { return c >= colOwner }

// header is the first row of a table.
type header struct {
	names []string
	// at are the cells of each column, in their order.
	at [columnCount][]int
	// placed is true for the cells that a column takes.
	placed []bool
}

// readHeader finds the columns by their headings. It tells of those that it does not
// know or that stand twice.
func readHeader(row rows.Row, known map[string]column, found func(transfer.Finding)) header {
	h := header{names: make([]string, len(row.Cells)), placed: make([]bool, len(row.Cells))}
	for i, name := range row.Cells {
		h.names[i] = strings.Clone(strings.TrimSpace(name))
		c := known[key(name)]
		switch {
		case c == unknown && h.names[i] == "":
			// A trailing comma; what stands below is told of row by row.
		case c == unknown:
			found(transfer.Finding{Place: row.Place(i), Heading: h.names[i], Message: "no column of stories is called so; what it holds is left out"})
		case !c.repeats() && len(h.at[c]) > 0:
			found(transfer.Finding{Place: row.Place(i), Heading: h.names[i], Message: "the column stands there twice; this one is left out"})
		default:
			h.at[c] = append(h.at[c], i)
			h.placed[i] = true
		}
	}
	return h
}

// header reads the first row of the export's table: of Tracker, or from elsewhere with
// its mapping. It fails where no column holds the stories' names.
func (e *Export) header(row rows.Row, found func(transfer.Finding)) (header, error) {
	if e.mapping == nil {
		h := readHeader(row, columns(), found)
		if len(h.at[colTitle]) == 0 {
			return h, transfer.Unreadable(row.Place(0), "it is no export of Tracker: the first line names no column Title or Story")
		}
		return h, nil
	}
	if err := e.mapping.check(row); err != nil {
		return header{}, err
	}
	h := readHeader(row, e.mapping.columns(), found)
	if len(h.at[colTitle]) == 0 {
		return h, transfer.Unreadable(row.Place(0), "the first line names no column %q. Say which one holds the stories' names", FieldName)
	}
	return h, nil
}

// IsHeader reports whether the first row of a table is that of an export of Tracker:
// it names the stories' column and one more that other tables do not have.
func IsHeader(cells []string) bool {
	var at [columnCount]bool
	known := columns()
	for _, name := range cells {
		at[known[key(name)]] = true
	}
	return at[colTitle] && (at[colState] || at[colIteration] || at[colURL] && at[colID])
}
