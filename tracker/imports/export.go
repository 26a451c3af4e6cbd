package imports

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

// exportPiece is how many stories are read at once.
const exportPiece = 500

// Export hands a project's records to each, from one snapshot: the project, its stories
// in the board's order, and what their history tells, newest first. A story has the
// number that it came with, or else its own. Attachments have the paths that an archive
// gives them; Content opens them.
func (s *Service) Export(ctx context.Context, project tracker.ProjectID, each func(transfer.Record) error) error {
	return s.Store.Read(ctx, func(r tracker.Reader) error {
		e, err := newExport(r, project)
		if err != nil {
			return err
		}
		noted := func(record transfer.Record) error {
			for _, name := range record.Names() {
				e.named[name] = true
			}
			return each(record)
		}
		if err := each(transfer.Record{Project: e.settings()}); err != nil {
			return err
		}
		if err := e.epics(noted); err != nil {
			return err
		}
		for ids := range slices.Chunk(e.ids, exportPiece) {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := e.stories(ids, noted); err != nil {
				return err
			}
		}
		if err := e.history(noted); err != nil {
			return err
		}
		return e.people(each)
	})
}

// people tells of those whose names stand in the project what is known besides.
func (e *export) people(each func(transfer.Record) error) error {
	list, err := e.r.People()
	for _, p := range list {
		if err == nil && e.named[p.Name] && p.Initials+p.Email+strings.Join(p.Aliases, "") != "" {
			err = each(transfer.Record{Person: &transfer.Listed{Name: p.Name, Initials: p.Initials, Email: p.Email, Aliases: p.Aliases}})
		}
	}
	return err
}

// export is one writing of a project.
type export struct {
	r       tracker.Reader
	project tracker.Project
	// calendar counts the project's iterations.
	calendar plan.Calendar
	ids      []tracker.StoryID
	origins  map[tracker.StoryID]int64
	past     []transfer.Activity
	// named are those whom its records name.
	named map[string]bool
}

func newExport(r tracker.Reader, project tracker.ProjectID) (*export, error) {
	e := &export{r: r, origins: map[tracker.StoryID]int64{}, named: map[string]bool{}}
	var err error
	if e.project, err = r.Project(project); err != nil {
		return nil, err
	}
	e.calendar = plan.NewCalendar(e.project)
	imported, err := r.Imported(project)
	if err != nil {
		return nil, err
	}
	for _, i := range imported {
		e.origins[i.StoryID] = i.Origin
	}
	cards, err := r.Cards(project)
	for _, c := range cards {
		e.ids = append(e.ids, c.ID)
	}
	return e, err
}

func (e *export) settings() *transfer.Project {
	p := e.project
	to := &transfer.Project{
		Name: p.Name, PointScale: p.PointScale, EstimateAll: p.EstimateAll, IterationWeeks: p.IterationWeeks,
		WeekStart: strings.ToLower(p.WeekStart.String()), TimeZone: p.TimeZone, StartDate: dayOf(e.calendar.Span(1).Start),
		InitialVelocity: p.InitialVelocity, VelocityAveragedOver: p.VelocityAveragedOver, ManualPlanning: p.Manual, DoneShown: p.DoneShown,
	}
	for _, o := range p.Overrides {
		to.Overrides = append(to.Overrides, transfer.Override{Iteration: o.Number, Weeks: o.Weeks, Strength: o.Strength})
	}
	return to
}

// stories writes some stories, in the board's order.
func (e *export) stories(ids []tracker.StoryID, each func(transfer.Record) error) error {
	list, err := e.r.Stories(e.project.ID, ids...)
	if err != nil {
		return err
	}
	for _, st := range list {
		record, err := e.story(st)
		if err != nil {
			return err
		}
		if err := each(transfer.Record{Story: &record}); err != nil {
			return err
		}
	}
	return nil
}

func (e *export) story(st tracker.Story) (transfer.Story, error) {
	to := transfer.Story{
		ID: e.number(st.ID), Name: st.Name, Description: st.Description, Type: st.Type, State: st.State, Estimate: st.Estimate,
		Labels: st.Labels, Requester: st.Requester, Owners: st.Owners, CreatedAt: st.CreatedAt, UpdatedAt: st.UpdatedAt,
	}
	if st.Deadline != nil {
		to.Deadline = *st.Deadline
	}
	if st.AcceptedAt != nil {
		to.AcceptedAt = *st.AcceptedAt
		to.Iteration = e.iteration(*st.AcceptedAt)
	}
	for _, t := range st.Tasks {
		to.Tasks = append(to.Tasks, transfer.Task{Text: t.Text, Done: t.Done, At: t.CreatedAt})
	}
	for _, l := range st.Tickets {
		to.Tickets = append(to.Tickets, transfer.Ticket{Host: l.Ticket.Host, ID: int64(l.Ticket.ID), URL: l.URL})
	}
	comments, err := e.r.Comments(st.ID)
	if err != nil {
		return to, err
	}
	files, err := e.r.Files(st.ID)
	if err != nil {
		return to, err
	}
	to.Attachments = attachments(archive.StoryFolder(to.ID), files)
	for _, c := range comments {
		next := transfer.Comment{Author: c.Author, At: c.CreatedAt, Text: c.Text}
		for i, f := range files {
			if slices.Contains(f.Comments, c.ID) {
				next.Carries = append(next.Carries, i+1)
			}
		}
		to.Comments = append(to.Comments, next)
	}
	if err := e.parts(st.ID, &to); err != nil {
		return to, err
	}
	return to, e.remember(st.ID)
}

// attachments are those of a story or epic, each with its place in an archive.
func attachments(folder string, files []tracker.StoryFile) []transfer.Attachment {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	paths, list := archive.Paths(folder, names), make([]transfer.Attachment, len(files))
	for i, f := range files {
		list[i] = transfer.Attachment{Name: f.Name, Path: paths[i], Size: f.Size, Sum: f.Sum, Author: f.Author, At: f.CreatedAt, Saved: f}
	}
	return list
}

// Content opens the content of an attachment that was exported. The caller closes it.
// CodeNotFound where its file is missing.
func (s *Service) Content(a transfer.Attachment) (io.ReadCloser, error) { return s.Files.Open(a.Saved) }

// parts adds what hangs on a story.
func (e *export) parts(id tracker.StoryID, to *transfer.Story) error {
	blockers, err := e.r.Blockers(id)
	if err != nil {
		return err
	}
	for _, b := range blockers {
		next := transfer.Blocker{Text: b.Text, Resolved: b.Resolved(), Author: b.Author, At: b.CreatedAt, ResolvedAt: b.ResolvedAt}
		if b.By != 0 {
			next.Story = e.number(b.By)
			if b.Text == b.By.String() {
				next.Text = "#" + strconv.FormatInt(next.Story, 10)
			}
		}
		to.Blockers = append(to.Blockers, next)
	}
	reviews, err := e.r.Reviews(id)
	if err != nil {
		return err
	}
	for _, r := range reviews {
		to.Reviews = append(to.Reviews, transfer.Review{Type: r.Type, Reviewer: r.Reviewer, Status: string(r.Status), At: r.CreatedAt, UpdatedAt: r.UpdatedAt})
	}
	brought, err := e.r.Brought(id)
	if err != nil {
		return err
	}
	to.PullRequests, to.Branches, to.Priority = brought.PullRequests, brought.Branches, brought.Priority
	to.Followers, err = e.r.Followers(id)
	return err
}

// epics writes the epics in their order.
func (e *export) epics(each func(transfer.Record) error) error {
	list, err := e.r.Epics(e.project.ID)
	if err != nil {
		return err
	}
	imported, err := e.r.ImportedEpics(e.project.ID)
	if err != nil {
		return err
	}
	numbers := map[tracker.EpicID]int64{}
	for _, i := range imported {
		numbers[i.EpicID] = i.Origin
	}
	for _, from := range list {
		to := transfer.Epic{
			ID: cmp.Or(numbers[from.ID], int64(from.ID)), Name: from.Name, Label: from.Label, Description: from.Description, CreatedAt: from.CreatedAt,
		}
		comments, err := e.r.EpicComments(from.ID)
		if err != nil {
			return err
		}
		for _, c := range comments {
			to.Comments = append(to.Comments, transfer.Comment{Author: c.Author, At: c.CreatedAt, Text: c.Text})
		}
		files, err := e.r.EpicFiles(from.ID)
		if err != nil {
			return err
		}
		to.Attachments = attachments(archive.EpicFolder(to.ID), files)
		if err := each(transfer.Record{Epic: &to}); err != nil {
			return err
		}
	}
	return nil
}

// number is the number under which a story is written.
func (e *export) number(id tracker.StoryID) int64 {
	if origin, ok := e.origins[id]; ok {
		return origin
	}
	return int64(id)
}

// iteration is the one in which a story was accepted.
func (e *export) iteration(at time.Time) *transfer.Iteration {
	span := e.calendar.Holding(at)
	if span.Number < 1 {
		return nil
	}
	return &transfer.Iteration{Number: span.Number, Start: dayOf(span.Start), End: dayOf(span.LastDay())}
}

// dayOf is midnight in UTC on the day of a moment.
func dayOf(t time.Time) time.Time {
	year, month, day := t.Date()
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// remember collects what the history tells of a story.
func (e *export) remember(id tracker.StoryID) error {
	list, err := e.r.Activities(id)
	for _, a := range list {
		e.past = append(e.past, transfer.Activity{
			Of: e.number(id), Type: "story_update_activity", Message: strings.TrimSpace(a.Actor + " " + a.Verb), By: a.Actor, At: a.At, Changes: a.Changes,
		})
	}
	return err
}

// history writes what was collected, newest first.
func (e *export) history(each func(transfer.Record) error) error {
	slices.SortStableFunc(e.past, func(a, b transfer.Activity) int { return b.At.Compare(a.At) })
	for i := range e.past {
		if err := each(transfer.Record{Activity: &e.past[i]}); err != nil {
			return err
		}
	}
	return nil
}
