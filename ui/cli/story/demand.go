package story

import (
	"context"
	"slices"
	"strconv"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/cli/output"
)

// ordered is a list of stories in an order, with what it goes by.
type ordered struct {
	order  search.StoryOrder
	demand map[tracker.StoryID]tracker.Demand
}

// inOrder puts the stories of a project into an order.
func inOrder(ctx context.Context, s *opened, order search.StoryOrder, list []tracker.Story) (ordered, error) {
	o := ordered{order: order}
	if order == search.StoriesByBoard {
		return o, nil
	}
	b, err := s.Service.Stories.Columns(ctx, s.Project.ID)
	if err != nil {
		return o, err
	}
	o.demand = make(map[tracker.StoryID]tracker.Demand)
	for _, c := range slices.Concat(b.Done, b.Backlog, b.Icebox) {
		o.demand[c.ID] = c.Demand
	}
	slices.SortStableFunc(list, func(a, b tracker.Story) int { return order.Compare(o.demand[a.ID], o.demand[b.ID]) })
	return o, nil
}

// presenter prints the stories with a column for what they are sorted by.
func (o ordered) presenter(now time.Time) output.Presenter[tracker.Story] {
	how := stories()
	if o.order == search.StoriesByBoard {
		return how
	}
	heading := map[search.StoryOrder]string{
		search.StoriesByTickets: "DEMAND", search.StoriesByOrganizations: "ORGANISATIONS", search.StoriesByWaiting: "WAITING",
	}[o.order]
	cells, last := how.Cells, len(how.Columns)-1 // the name, which is the longest, stays last
	how.Columns = slices.Insert(slices.Clone(how.Columns), last, heading)
	how.Cells = func(st tracker.Story) []string { return slices.Insert(cells(st), last, o.cell(st.ID, now)) }
	how.Record = func(st tracker.Story) any { return storyDemandRecord{storyRecordOf(st), demandOf(o.demand[st.ID])} }
	return how
}

// cell is what the order goes by.
func (o ordered) cell(id tracker.StoryID, now time.Time) string {
	d := o.demand[id]
	switch o.order {
	case search.StoriesByTickets:
		return strconv.Itoa(d.Tickets)
	case search.StoriesByOrganizations:
		return strconv.Itoa(d.Organizations)
	case search.StoriesByWaiting:
		return output.Age(now, d.WaitingSince)
	case search.StoriesByBoard:
	}
	return ""
}

// storyDemandRecord is a story with who wants it.
type storyDemandRecord struct {
	storyRecord
	Demand demandRecord `json:"demand"`
}

type demandRecord struct {
	Tickets       int        `json:"tickets"`
	Organizations int        `json:"organizations"`
	WaitingSince  *time.Time `json:"waiting_since"`
	ToAnswer      int        `json:"to_answer"`
}

func demandOf(d tracker.Demand) demandRecord {
	return demandRecord{d.Tickets, d.Organizations, output.Stamp(d.WaitingSince), d.ToAnswer}
}
