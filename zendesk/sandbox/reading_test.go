package sandbox_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

func TestUnknownPathsAndRecords(t *testing.T) {
	d := open(t, sandbox.Options{})
	for path, want := range map[string]string{
		"/api/v2/nothing":                      "InvalidEndpoint",
		"/api/v2/views/1/nothing.json":         "InvalidEndpoint",
		"/":                                    "InvalidEndpoint",
		"/api/v2/views/1":                      "RecordNotFound",
		"/api/v2/views/1/tickets.json":         "RecordNotFound",
		"/api/v2/tickets/7":                    "RecordNotFound",
		"/api/v2/tickets/7/comments":           "RecordNotFound",
		"/api/v2/tickets/1042/audits/7":        "RecordNotFound",
		"/api/v2/tickets/1042/audits/7/nested": "InvalidEndpoint",
	} {
		want = `{"error":"` + want + `","description":"Not found"}`
		if got := d.expect(404, "GET", path, ""); got.body != want {
			t.Errorf("%s: %s, want %s", path, got.body, want)
		}
	}
	d.expect(404, "DELETE", "/api/v2/tickets/1042", "")
	d.expect(400, "GET", "/api/v2/tickets/abc", "")
	d.expect(400, "GET", "/api/v2/tickets/show_many?ids=1,x", "")
}

type ticketsPage struct {
	Tickets []struct {
		ID             int64
		Subject        string
		Status         string
		Priority, Type *string
		CreatedAt      time.Time `json:"created_at"`
		UpdatedAt      time.Time `json:"updated_at"`
		RequesterID    int64     `json:"requester_id"`
		OrganizationID *int64    `json:"organization_id"`
		CommentCount   *int      `json:"comment_count"`
	}
	Users, Organizations, Groups []struct {
		ID   int64
		Name string
	}
	Meta *struct {
		HasMore      bool    `json:"has_more"`
		AfterCursor  *string `json:"after_cursor"`
		BeforeCursor *string `json:"before_cursor"`
	}
	Links *struct{ Next, Prev *string }
	Count *int
	Next  *string `json:"next_page"`
	Prev  *string `json:"previous_page"`
}

func (p ticketsPage) ids() []int64 {
	var ids []int64
	for _, t := range p.Tickets {
		ids = append(ids, t.ID)
	}
	return ids
}

func viewPath(id int64, query string) string {
	return fmt.Sprintf("/api/v2/views/%d/tickets.json?%s", id, query)
}

func TestViewPagesByCursor(t *testing.T) {
	d := open(t, sandbox.Options{Tickets: 250})
	var all []int64
	query := "page[size]=100&include=users,organizations,groups,nonsense"
	for pages := 1; ; pages++ {
		var page ticketsPage
		d.get(viewPath(sandbox.ViewUnresolved, query), &page)
		all = append(all, page.ids()...)
		if page.Count != nil {
			t.Errorf("a cursor page has a count of %d", *page.Count)
		}
		if !page.Meta.HasMore {
			if page.Links.Next != nil || pages != 4 {
				t.Errorf("last page %d has links.next %v", pages, page.Links.Next)
			}
			break
		}
		next, err := url.Parse(*page.Links.Next)
		if err != nil || next.Host != sandbox.CanonicalHost || next.Scheme != "https" ||
			next.Path != fmt.Sprintf("/api/v2/views/%d/tickets.json", sandbox.ViewUnresolved) {
			t.Fatalf("links.next is %v", *page.Links.Next)
		}
		query = next.RawQuery
	}
	slices.Sort(all)
	if unique := slices.Compact(slices.Clone(all)); len(unique) != len(all) || len(all) != 250+unresolvedSeed {
		t.Errorf("%d tickets, %d different, want %d", len(all), len(unique), 250+unresolvedSeed)
	}
}

// unresolvedSeed is how many of the written-out tickets are unresolved.
const unresolvedSeed = 53

func TestViewCursorIsPositional(t *testing.T) {
	d := open(t, sandbox.Options{})
	var first, second, back ticketsPage
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=3"), &first)
	d.put(200, first.Tickets[0].ID, `{"status":"solved","assignee_id":3901482609140}`)
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=3&page[after]="+url.QueryEscape(*first.Meta.AfterCursor)), &second)
	var again ticketsPage
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=6"), &again)
	if slices.Contains(again.ids(), first.Tickets[0].ID) {
		t.Error("a solved ticket is still in the view of unresolved ones")
	}
	if want := again.ids()[3:]; !slices.Equal(second.ids(), want) {
		t.Errorf("second page %v, want %v: the ticket that slid past is skipped", second.ids(), want)
	}
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=3&page[before]="+url.QueryEscape(*second.Meta.BeforeCursor)), &back)
	if !slices.Equal(back.ids(), again.ids()[:3]) {
		t.Errorf("page before: %v, want %v", back.ids(), again.ids()[:3])
	}
	if text, err := base64.StdEncoding.DecodeString(*first.Meta.AfterCursor); err != nil || !strings.Contains(string(text), "3") {
		t.Errorf("cursor %q decodes to %q, %v", *first.Meta.AfterCursor, text, err)
	}
	for _, query := range []string{"page[size]=0", "page[size]=101", "page[after]=%25", "page[after]=Y29tbWVudHN8MQ=="} {
		if got := d.expect(400, "GET", viewPath(sandbox.ViewUnresolved, query), ""); !strings.Contains(got.body, "InvalidPaginationParameter") {
			t.Errorf("%s: %s", query, got.body)
		}
	}
}

func TestViewPagesByOffset(t *testing.T) {
	d := open(t, sandbox.Options{Tickets: 250})
	var first, last, beyond ticketsPage
	d.get(viewPath(sandbox.ViewUnresolved, "sort_by=nice_id&sort_order=asc"), &first)
	if len(first.Tickets) != 100 || *first.Count != 250+unresolvedSeed || first.Meta != nil || first.Prev != nil {
		t.Errorf("first page: %d tickets, count %v, meta %v", len(first.Tickets), *first.Count, first.Meta)
	}
	if ids := first.ids(); !slices.IsSorted(ids) {
		t.Errorf("not sorted by id: %v", ids)
	}
	if want := "https://" + sandbox.CanonicalHost; !strings.HasPrefix(*first.Next, want) {
		t.Errorf("next_page %s", *first.Next)
	}
	d.get(viewPath(sandbox.ViewUnresolved, "page=4&per_page=500"), &last)
	d.get(viewPath(sandbox.ViewUnresolved, "page=100"), &beyond)
	if len(last.Tickets) != 250+unresolvedSeed-300 || last.Prev == nil || last.Next != nil || len(beyond.Tickets) != 0 {
		t.Errorf("page 4: %d tickets, %v, %v; page 100: %d", len(last.Tickets), last.Prev, last.Next, len(beyond.Tickets))
	}
	deep := d.expect(400, "GET", viewPath(sandbox.ViewUnresolved, "page=101"), "")
	if !strings.Contains(deep.body, `"code":"InvalidPaginationDepth"`) {
		t.Errorf("page 101: %s", deep.body)
	}
	var bySubject, own ticketsPage
	d.get(viewPath(sandbox.ViewBugs, "sort_by=subject&per_page=9"), &bySubject)
	d.get(viewPath(sandbox.ViewBugs, "per_page=9"), &own)
	if !slices.Equal(bySubject.ids(), own.ids()) {
		t.Error("a view is sorted by subject, which Zendesk does not")
	}
}

func TestSideloads(t *testing.T) {
	d := open(t, sandbox.Options{})
	var bare, full ticketsPage
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=100"), &bare)
	if bare.Users != nil || bare.Groups != nil || bare.Organizations != nil || bare.Tickets[0].CommentCount != nil {
		t.Error("records come along unasked")
	}
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=100&include=users,groups,organizations,comment_count"), &full)
	names := map[int64]string{}
	for _, list := range [][]struct {
		ID   int64
		Name string
	}{full.Users, full.Groups, full.Organizations} {
		for _, r := range list {
			names[r.ID] = r.Name
		}
	}
	for _, ticket := range full.Tickets {
		if names[ticket.RequesterID] == "" {
			t.Errorf("ticket %d: requester %d is missing", ticket.ID, ticket.RequesterID)
		}
		if ticket.OrganizationID != nil && names[*ticket.OrganizationID] == "" {
			t.Errorf("ticket %d: organization %d is missing", ticket.ID, *ticket.OrganizationID)
		}
		if want := len(d.Comments(ticket.ID)); *ticket.CommentCount != want {
			t.Errorf("ticket %d counts %d comments, want %d", ticket.ID, *ticket.CommentCount, want)
		}
	}
}

func TestViews(t *testing.T) {
	d := open(t, sandbox.Options{})
	type viewsPage struct {
		Views []struct {
			ID     int64
			Title  string
			Active bool
		}
		Count int
	}
	var all, active, compact, off viewsPage
	d.get("/api/v2/views.json", &all)
	d.get("/api/v2/views/active", &active)
	d.get("/api/v2/views/compact.json", &compact)
	d.get("/api/v2/views?active=false", &off)
	if len(all.Views) != 8 || len(active.Views) != 7 || len(compact.Views) != 7 || len(off.Views) != 1 {
		t.Errorf("%d views, %d active, %d compact, %d off", len(all.Views), len(active.Views), len(compact.Views), len(off.Views))
	}
	var one struct {
		View struct {
			Title  string
			Active bool
		}
	}
	d.get(fmt.Sprintf("/api/v2/views/%d", sandbox.ViewInactive), &one)
	if one.View.Active || one.View.Title == "" {
		t.Errorf("inactive view: %+v", one.View)
	}
	for id, holds := range map[int64]func(status, kind string) bool{
		sandbox.ViewUnresolved: func(status, _ string) bool { return status != "solved" && status != "closed" },
		sandbox.ViewNew:        func(status, _ string) bool { return status == "new" },
		sandbox.ViewPending:    func(status, _ string) bool { return status == "pending" },
		sandbox.ViewBugs: func(status, kind string) bool {
			return status != "solved" && status != "closed" && (kind == "problem" || kind == "incident")
		},
		sandbox.ViewResolved: func(status, _ string) bool { return status == "solved" || status == "closed" },
	} {
		var page ticketsPage
		d.get(viewPath(id, ""), &page)
		if len(page.Tickets) == 0 {
			t.Errorf("view %d is empty", id)
		}
		for _, ticket := range page.Tickets {
			kind := ""
			if ticket.Type != nil {
				kind = *ticket.Type
			}
			if !holds(ticket.Status, kind) {
				t.Errorf("view %d holds ticket %d: %s %s", id, ticket.ID, ticket.Status, kind)
			}
			if ticket.ID == archivedTicket {
				t.Errorf("view %d holds an archived ticket", id)
			}
		}
	}
	d.expect(200, "GET", fmt.Sprintf("/api/v2/tickets/%d", archivedTicket), "")
	var empty ticketsPage
	d.get(viewPath(sandbox.ViewEmpty, "page[size]=100"), &empty)
	if len(empty.Tickets) != 0 || empty.Meta.HasMore || empty.Meta.AfterCursor != nil {
		t.Errorf("the empty view: %+v", empty.Meta)
	}
}

func TestViewCountComesLate(t *testing.T) {
	d := open(t, sandbox.Options{})
	path := fmt.Sprintf("/api/v2/views/%d/count.json", sandbox.ViewUnresolved)
	type count struct {
		Count struct {
			Value  *int
			Pretty string
			Fresh  bool
		} `json:"view_count"`
	}
	var first, later count
	d.get(path, &first)
	d.clock.pass(6 * time.Second)
	d.get(path, &later)
	if first.Count.Value != nil || first.Count.Fresh || first.Count.Pretty != "..." {
		t.Errorf("first count: %+v", first.Count)
	}
	if later.Count.Value == nil || *later.Count.Value != unresolvedSeed || !later.Count.Fresh {
		t.Errorf("later count: %+v", later.Count)
	}
	var many struct {
		Counts []any `json:"view_counts"`
	}
	d.get(fmt.Sprintf("/api/v2/views/count_many?ids=%d,%d,7", sandbox.ViewNew, sandbox.ViewBugs), &many)
	if len(many.Counts) != 2 {
		t.Errorf("%d counts for two views and an unknown one", len(many.Counts))
	}
}

func TestComments(t *testing.T) {
	d := open(t, sandbox.Options{})
	type page struct {
		Comments []struct {
			ID       int64
			Body     string
			Public   bool
			AuditID  int64 `json:"audit_id"`
			AuthorID int64 `json:"author_id"`
		}
		Users []struct {
			ID   int64
			Name string
		}
		Meta struct {
			HasMore bool `json:"has_more"`
		}
		Links struct{ Next *string }
		Count *int
	}
	path := fmt.Sprintf("/api/v2/tickets/%d/comments", openTicket)
	want := d.Comments(openTicket)
	var oldest, newest, desc, one, rest page
	d.get(path+"?include=users", &oldest)
	if len(oldest.Comments) != 3 || oldest.Comments[0].ID != want[0].ID || *oldest.Count != 3 || len(oldest.Users) != 3 {
		t.Errorf("oldest first: %+v", oldest)
	}
	d.get(path+".json?page[size]=100&sort=-created_at", &newest)
	if newest.Comments[0].ID != want[2].ID || newest.Meta.HasMore {
		t.Errorf("newest first: %+v", newest)
	}
	if newest.Links.Next == nil {
		t.Error("links.next is null on the last page of comments; Zendesk sets it all the same")
	}
	d.get(path+"?sort_order=desc", &desc)
	if desc.Comments[0].ID != want[2].ID {
		t.Errorf("sort_order=desc: %+v", desc)
	}
	d.get(path+"?page[size]=2&sort=-created_at", &one)
	d.put(200, openTicket, `{"comment":{"body":"meanwhile","public":false}}`)
	next, err := url.Parse(*one.Links.Next)
	if err != nil {
		t.Fatal(err)
	}
	d.get(path+"?"+next.RawQuery, &rest)
	if len(rest.Comments) != 1 || rest.Comments[0].ID != want[0].ID {
		t.Errorf("a comment that came in between moved the cursor: %+v", rest)
	}
}

func TestAudits(t *testing.T) {
	d := open(t, sandbox.Options{})
	var list struct {
		Audits []sandbox.Audit
		Count  int
	}
	path := fmt.Sprintf("/api/v2/tickets/%d/audits", openTicket)
	d.get(path, &list)
	if list.Count != 3 || !slices.IsSortedFunc(list.Audits, func(a, b sandbox.Audit) int { return a.CreatedAt.Compare(b.CreatedAt) }) {
		t.Fatalf("%d audits, or not oldest first", list.Count)
	}
	comments := d.Comments(openTicket)
	for i, audit := range list.Audits {
		var one struct{ Audit sandbox.Audit }
		d.get(fmt.Sprintf("%s/%d.json", path, audit.ID), &one)
		if one.Audit.ID != audit.ID || comments[i].AuditID != audit.ID {
			t.Errorf("audit %d: shown as %d, comment says %d", audit.ID, one.Audit.ID, comments[i].AuditID)
		}
	}
	d.get(path+"?page[size]=2", &list)
	if len(list.Audits) != 2 {
		t.Errorf("a page of 2 has %d audits", len(list.Audits))
	}
}

func TestAuditIDsDoNotRiseWithTime(t *testing.T) {
	d := open(t, sandbox.Options{Tickets: 50})
	var ids []int64
	for id := sandbox.FirstGenerated; id < sandbox.FirstGenerated+50; id++ {
		for _, audit := range d.Audits(id) {
			ids = append(ids, audit.ID)
		}
	}
	if slices.IsSorted(ids) {
		t.Error("audit ids rise with time")
	}
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) || ids[0] < 1<<32 {
		t.Errorf("audit ids repeat, or fit into 32 bits: %d", ids[0])
	}
}

func TestShowMany(t *testing.T) {
	d := open(t, sandbox.Options{})
	var page ticketsPage
	d.get("/api/v2/tickets/show_many.json?ids=1042,7,1047&include=users", &page)
	if !slices.Equal(page.ids(), []int64{1042, 1047}) || len(page.Users) == 0 {
		t.Errorf("show_many: %v", page.ids())
	}
	ids := strings.Repeat("1,", 100) + "2"
	if got := d.expect(400, "GET", "/api/v2/tickets/show_many?ids="+ids, ""); !strings.Contains(got.body, `"max_count":100`) {
		t.Errorf("101 ids: %s", got.body)
	}
}

func TestETag(t *testing.T) {
	d := open(t, sandbox.Options{})
	path := viewPath(sandbox.ViewUnresolved, "page[size]=100")
	first := d.expect(200, "GET", path, "")
	tag := first.header.Get("ETag")
	if again := d.call("GET", path, "", "If-None-Match", tag); again.status != 304 || again.body != "" {
		t.Errorf("unchanged: %d with %d bytes", again.status, len(again.body))
	}
	d.clock.pass(time.Minute)
	d.put(200, openTicket, `{"priority":"low"}`)
	if changed := d.call("GET", path, "", "If-None-Match", tag); changed.status != 200 || changed.header.Get("ETag") == tag {
		t.Errorf("changed: %d", changed.status)
	}
}
