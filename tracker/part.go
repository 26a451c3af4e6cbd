package tracker

import (
	"strings"
	"time"
)

// Limits of what hangs on a story, in characters.
const (
	MaxBlockerText = 1000
	MaxReviewType  = 60
)

// MaxFileSize is the most bytes of an attachment, which Zendesk accepts at most.
const MaxFileSize = 50 << 20

// Blocker is something that a story waits for: anything, or another story.
type Blocker struct {
	ID      BlockerID
	StoryID StoryID
	Text    string
	// By is the story that is waited for, 0 for none.
	By StoryID
	// Over is true once that story is accepted or deleted; Other is the name of the story at
	// the other end, which waits or is waited for. Readings fill both in; they are never saved.
	Over          bool
	Author, Other string
	CreatedAt     time.Time
	// ResolvedAt is when somebody resolved it, the zero time while nobody has.
	ResolvedAt time.Time
}

// Resolved reports whether the story waits no longer for it.
func (b Blocker) Resolved() bool { return b.Over || !b.ResolvedAt.IsZero() }

// ReviewStatus says how far a review is.
type ReviewStatus string

// The statuses of a review.
const (
	ReviewUnstarted ReviewStatus = "unstarted"
	InReview        ReviewStatus = "in_review"
	ReviewPass      ReviewStatus = "pass"
	ReviewRevise    ReviewStatus = "revise"
)

// ReviewStatuses lists the statuses in the order in which people choose among them.
func ReviewStatuses() []ReviewStatus {
	return []ReviewStatus{ReviewUnstarted, InReview, ReviewPass, ReviewRevise}
}

// Words is the status as people read it, such as "in review".
func (s ReviewStatus) Words() string { return strings.ReplaceAll(string(s), "_", " ") }

// ReviewTypes lists the types that every project has; any other word is one, too.
func ReviewTypes() []string { return []string{"Test", "Design", "Code", "Security"} }

// Review is somebody's look at the work on a story.
type Review struct {
	ID      ReviewID
	StoryID StoryID
	Type    string
	// Reviewer is a person's name, empty for nobody yet.
	Reviewer  string
	Status    ReviewStatus
	CreatedAt time.Time
	UpdatedAt time.Time
}

// StoryFile is an attachment of a story, or of an epic.
type StoryFile struct {
	ID FileID
	// One of the two is set.
	StoryID StoryID
	EpicID  EpicID
	// Name is what people call it, without a folder. Size is in bytes.
	Name string
	Size int64
	// Content finds what is in it; Sum is the SHA-256 of that, in hex.
	Content, Sum string
	Author       string
	CreatedAt    time.Time
	// Comments are those of the story that carry it to tickets.
	Comments []CommentID
}

// Parts are what hangs on a story beside its own fields and its tasks.
type Parts struct {
	Blockers []Blocker
	// Blocks are the unresolved blockers of other stories that wait for this one.
	Blocks  []Blocker
	Reviews []Review
	Files   []StoryFile
	// Followers are people's names.
	Followers []string
	// Mine is true while the acting user is one of them.
	Mine bool
}

// Count is how many there are.
func (p Parts) Count() int {
	return len(p.Blockers) + len(p.Blocks) + len(p.Reviews) + len(p.Followers) + len(p.Files)
}

// Open counts what is not done about a story.
type Open struct {
	// Tasks are counted of stories that are accepted next.
	Tasks int
	// Blockers are those that are not resolved, Reviews those that did not pass.
	Blockers, Reviews int
	// Blocks counts the other stories that wait for it.
	Blocks int
}

// Unfinished reports whether something is left to do before the story is accepted.
func (o Open) Unfinished() bool { return o.Tasks+o.Blockers+o.Reviews > 0 }

// OpenOf counts what is not done about a story with its parts.
func OpenOf(st Story, p Parts) Open {
	o := Open{Tasks: len(st.Tasks) - st.TasksDone(), Blocks: len(p.Blocks)}
	for _, b := range p.Blockers {
		if !b.Resolved() {
			o.Blockers++
		}
	}
	for _, r := range p.Reviews {
		if r.Status != ReviewPass {
			o.Reviews++
		}
	}
	return o
}

// AcceptedBy reports whether a step accepts a story of a type: a chore or a release by
// being finished.
func AcceptedBy(a Action, t StoryType) bool {
	return a == Accept || a == Finish && (t == Chore || t == Release)
}
