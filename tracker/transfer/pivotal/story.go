package pivotal

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/rows"
)

// epicType is the type of rows that are epics.
const epicType = "epic"

// parser reads a row of stories.
type parser struct {
	header header
	found  func(transfer.Finding)
	row    rows.Row
	// blockedBy is compiled once.
	blockedBy *regexp.Regexp
}

// begin takes the next row and tells of the cells that no column takes.
func (p *parser) begin(row rows.Row) {
	p.row = row
	for i, cell := range row.Cells {
		switch {
		case i < len(p.header.placed) && p.header.placed[i] || strings.TrimSpace(cell) == "":
		case i < len(p.header.names) && p.header.names[i] != "":
			p.found(transfer.Finding{Place: row.Place(i), Heading: p.header.names[i], Message: quoted(cell) + " is left out with its column"})
		default:
			p.found(transfer.Finding{Place: row.Place(i), Message: quoted(cell) + " stands in no column; it is left out"})
		}
	}
}

// record reads the row; ok is false where it is left out.
func (p *parser) record() (record transfer.Record, ok bool) {
	if strings.TrimSpace(strings.Join(p.row.Cells, "")) == "" {
		return record, false
	}
	if tracker.Unseen(p.text(colTitle)) {
		p.complain(colTitle, "the row has no name; it is left out")
		return record, false
	}
	if strings.EqualFold(p.word(colType), epicType) {
		return transfer.Record{Epic: p.epic()}, true
	}
	return transfer.Record{Story: p.story()}, true
}

func (p *parser) story() *transfer.Story {
	s := &transfer.Story{
		At: p.row.Place(0), ID: p.id(), Name: p.text(colTitle), Description: p.text(colDescription), URL: p.word(colURL),
		Type: p.storyType(), Estimate: p.estimate(), Priority: p.priority(), Labels: splitLabels(p.text(colLabels)),
		Requester: unguard(p.word(colRequester)), Owners: p.words(colOwner), Iteration: p.iteration(),
		CreatedAt: p.day(colCreatedAt), AcceptedAt: p.day(colAcceptedAt), Deadline: p.day(colDeadline),
		Blockers: p.blockers(), Comments: p.comments(), Tasks: p.tasks(), Reviews: p.reviews(),
		PullRequests: p.words(colPullRequest), Branches: p.words(colBranch),
	}
	s.State = p.state(s.Iteration != nil)
	return s
}

func (p *parser) epic() *transfer.Epic {
	for c := colID; c < columnCount; c++ {
		switch c {
		case colID, colTitle, colType, colLabels, colDescription, colCreatedAt, colURL, colComment:
			continue
		default:
			p.unplaced(c)
		}
	}
	return &transfer.Epic{
		At: p.row.Place(0), ID: p.id(), Name: p.text(colTitle), Label: unguard(p.word(colLabels)), Description: p.text(colDescription),
		CreatedAt: p.day(colCreatedAt), URL: p.word(colURL), Comments: p.comments(),
	}
}

// unplaced tells of what an epic's row holds in a column that epics do not have.
func (p *parser) unplaced(c column) {
	for n := range p.header.at[c] {
		if cell := p.nth(c, n); strings.TrimSpace(cell) != "" {
			p.complainNth(c, n, "an epic has none; %s is left out", quoted(cell))
		}
	}
}

// nth is the n-th cell of a column, as it stands; empty where the row ends before it.
func (p *parser) nth(c column, n int) string {
	if n >= len(p.header.at[c]) {
		return ""
	}
	if i := p.header.at[c][n]; i < len(p.row.Cells) {
		return p.row.Cells[i]
	}
	return ""
}

// text is a text as somebody wrote it.
func (p *parser) text(c column) string { return unguard(p.nth(c, 0)) }

// word is a cell without blanks around it.
func (p *parser) word(c column) string { return strings.TrimSpace(p.nth(c, 0)) }

// words are the cells of a repeated column that hold something.
func (p *parser) words(c column) []string {
	var list []string
	for n := range p.header.at[c] {
		if word := unguard(strings.TrimSpace(p.nth(c, n))); word != "" {
			list = append(list, word)
		}
	}
	return list
}

func (p *parser) complain(c column, format string, args ...any) { p.complainNth(c, 0, format, args...) }

func (p *parser) complainNth(c column, n int, format string, args ...any) {
	f := transfer.Finding{Place: p.row.Place(-1), Message: fmt.Sprintf(format, args...)}
	if n < len(p.header.at[c]) {
		i := p.header.at[c][n]
		f.Place, f.Heading = p.row.Place(i), p.header.names[i]
	}
	p.found(f)
}

func (p *parser) id() int64 {
	word := p.word(colID)
	if word == "" {
		return 0
	}
	id, err := strconv.ParseInt(word, 10, 64)
	if err != nil || id <= 0 {
		p.complain(colID, "%s is not a number of a story; it gets a new one", quoted(word))
		return 0
	}
	return id
}

func (p *parser) storyType() tracker.StoryType {
	word := p.word(colType)
	if word == "" {
		return tracker.Feature
	}
	t, err := tracker.ParseStoryType(word)
	if err != nil {
		p.complain(colType, "%s is not a type of stories; the story becomes a feature", quoted(word))
		return tracker.Feature
	}
	return t
}

// state reads the state. A row without one is unstarted where it stands in an
// iteration, else in the Icebox.
func (p *parser) state(planned bool) tracker.State {
	word := p.word(colState)
	state := tracker.State(strings.ToLower(word))
	if slices.Contains(tracker.States(), state) {
		return state
	}
	state = tracker.Unscheduled
	if planned {
		state = tracker.Unstarted
	}
	if word != "" {
		p.complain(colState, "%s is not a state; the story becomes %s", quoted(word), state)
	}
	return state
}

// estimate reads the points; -1 and an empty cell are none.
func (p *parser) estimate() *float64 {
	word := p.word(colEstimate)
	if word == "" || word == "-1" {
		return nil
	}
	points, err := tracker.ParsePoints(word)
	if err != nil {
		p.complain(colEstimate, "%s is not a number of points; the story has no estimate", quoted(word))
		return nil
	}
	return &points
}

// priorities are the values that Tracker had.
func priorities() []string {
	return []string{"none", "p0 - Critical", "p1 - High", "p2 - Medium", "p3 - Low"}
}

func (p *parser) priority() string {
	word := p.word(colPriority)
	if word == "" {
		return ""
	}
	for _, known := range priorities() {
		if short, _, _ := strings.Cut(known, " "); strings.EqualFold(word, known) || strings.EqualFold(word, short) {
			return known
		}
	}
	p.complain(colPriority, "%s is not a priority; it is left out", quoted(word))
	return ""
}

func splitLabels(cell string) []string {
	var labels []string
	for label := range strings.SplitSeq(cell, ",") {
		if label = strings.TrimSpace(label); label != "" {
			labels = append(labels, label)
		}
	}
	return labels
}

func (p *parser) day(c column) time.Time {
	word := p.word(c)
	if word == "" {
		return time.Time{}
	}
	day, ok := parseDay(word)
	if !ok {
		p.complain(c, "%s is not a day; it is left out", quoted(word))
		return time.Time{}
	}
	return day
}

func (p *parser) iteration() *transfer.Iteration {
	start, end := p.day(colIterationStart), p.day(colIterationEnd)
	word := p.word(colIteration)
	if word == "" {
		if !start.IsZero() || !end.IsZero() {
			p.complain(colIterationStart, "the row has the days of an iteration, but not its number; they are left out")
		}
		return nil
	}
	number, err := strconv.Atoi(word)
	if err != nil || number <= 0 {
		p.complain(colIteration, "%s is not the number of an iteration; it is left out", quoted(word))
		return nil
	}
	if !start.IsZero() && !end.IsZero() && end.Before(start) {
		p.complain(colIterationEnd, "the iteration ends before it starts; its days are left out")
		start, end = time.Time{}, time.Time{}
	}
	return &transfer.Iteration{Number: number, Start: start, End: end}
}

// blockedBy matches a text that is nothing but one story's number or address.
func blockedBy() *regexp.Regexp {
	return regexp.MustCompile(`^(?:#?(\d{1,18})|https?://(?:www\.)?pivotaltracker\.com/(?:story/show|n/projects/\d+/stories)/(\d{1,18})/?)$`)
}

// named finds the number of the story that a blocker is: #123, 123, or its address.
func (p *parser) named(text string) int64 {
	match := p.blockedBy.FindStringSubmatch(strings.TrimSpace(text))
	if match == nil {
		return 0
	}
	id, err := strconv.ParseInt(match[1]+match[2], 10, 64)
	if err != nil {
		return 0
	}
	return id
}

func (p *parser) blockers() []transfer.Blocker {
	var list []transfer.Blocker
	for n := range p.pairs(colBlocker, colBlockerStatus) {
		text, status := unguard(p.nth(colBlocker, n)), strings.TrimSpace(p.nth(colBlockerStatus, n))
		if !p.filled(text, status, colBlockerStatus, n) {
			continue
		}
		b := transfer.Blocker{Text: text, Story: p.named(text)}
		switch strings.ToLower(status) {
		case "resolved":
			b.Resolved = true
		case "", "blocked", "unresolved":
		default:
			p.complainNth(colBlockerStatus, n, "%s is not a status of a blocker; it counts as unresolved", quoted(status))
		}
		list = append(list, b)
	}
	return list
}

func (p *parser) tasks() []transfer.Task {
	var list []transfer.Task
	for n := range p.pairs(colTask, colTaskStatus) {
		text, status := unguard(p.nth(colTask, n)), strings.TrimSpace(p.nth(colTaskStatus, n))
		if !p.filled(text, status, colTaskStatus, n) {
			continue
		}
		t := transfer.Task{Text: text}
		switch strings.ToLower(status) {
		case "completed":
			t.Done = true
		case "", "not completed":
		default:
			p.complainNth(colTaskStatus, n, "%s is not a status of a task; it counts as not completed", quoted(status))
		}
		list = append(list, t)
	}
	return list
}

// pairs is how many of two columns that belong together there are.
func (p *parser) pairs(a, b column) int { return max(len(p.header.at[a]), len(p.header.at[b])) }

// filled reports whether there is a text, and tells of a status without one.
func (p *parser) filled(text, status string, c column, n int) bool {
	if strings.TrimSpace(text) != "" {
		return true
	}
	if status != "" {
		p.complainNth(c, n, "%s stands beside no text; it is left out", quoted(status))
	}
	return false
}

func (p *parser) comments() []transfer.Comment {
	var list []transfer.Comment
	for n := range p.header.at[colComment] {
		cell := unguard(p.nth(colComment, n))
		if cell == "" {
			continue
		}
		text, author, at := splitComment(cell)
		list = append(list, transfer.Comment{Text: text, Author: author, At: at})
	}
	return list
}

func (p *parser) reviews() []transfer.Review {
	var list []transfer.Review
	for n := range max(p.pairs(colReviewType, colReviewer), len(p.header.at[colReviewStatus])) {
		r := transfer.Review{
			Type: unguard(strings.TrimSpace(p.nth(colReviewType, n))), Reviewer: unguard(strings.TrimSpace(p.nth(colReviewer, n))),
			Status: strings.TrimSpace(p.nth(colReviewStatus, n)),
		}
		if r != (transfer.Review{}) {
			list = append(list, r)
		}
	}
	return list
}
