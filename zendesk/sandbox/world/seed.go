package world

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"storydesk/zendesk/sandbox/record"
)

// The account as it is written out: people.json, and one file of tickets for
// each theme. Ages are counted from the moment of seeding.
//
//go:embed data/*.json
var data embed.FS

// colleagueEmail is the agent who makes the edits of faults.
const colleagueEmail = "aiko.brandt@brightwharf.example"

// people is data/people.json.
type people struct {
	Groups []struct {
		Key, Name, Description string
	}
	Organizations []struct {
		Key, Name, Domain, Details string
		Tags                       []string
	}
	Agents []struct {
		Key, Name, Email, Role, Group, Zone string
		Light                               bool
	}
	Customers []struct {
		Key, Name, Email, Organization, Locale, Zone string
	}
}

// seedTicket is a ticket as data/tickets-*.json writes it. People, groups and
// organizations are named by their keys.
type seedTicket struct {
	ID                              int64
	Subject, Type, Priority, Status string
	From, Assignee, Group, Channel  string
	External                        string
	// Custom is the key of a custom status, if it has another than its category's.
	Custom string
	// Satisfaction is the customer's rating, empty where none was asked for.
	Satisfaction string
	// Messaging: what was said is in Messages; the thread only says that it was.
	Messaging bool
	Messages  []seedMessage
	// Problem is the ticket of which this is an incident.
	Problem int64
	Tags    []string
	Thread  []struct {
		// By is empty for the requester.
		By, Ago string
		saying
	}
}

// saying is what a comment says. HTML, if any, stands in place of Text.
type saying struct {
	Text, HTML string
	Private    bool
	Files      []seedFile
}

// Seeding makes a world from the data.
type Seeding struct {
	at    time.Time
	World *World
	// ids finds users, groups and organizations by their keys.
	ids map[string]int64
	// generated is how many tickets were generated so far.
	generated int
	// meta is what all of the seed's updates say about themselves.
	meta record.Metadata
}

// Seed makes the account as it was at a moment, with so many generated tickets.
func Seed(at time.Time, generated int) (*Seeding, error) {
	meta := record.Metadata{System: record.SystemMetadata("Mozilla/5.0 (X11; Linux x86_64)"), Custom: map[string]any{}}
	s := &Seeding{at: at, ids: map[string]int64{}, meta: meta, World: &World{
		users: map[int64]*record.User{}, groups: map[int64]*record.Group{}, organizations: map[int64]*record.Organization{},
		records: make(map[int64]*Record, max(0, min(generated, maxGenerated))+100), views: accountViews(at.AddDate(-2, 0, 0)), sortedViews: map[viewOrder]sortedView{}, rendering: newRendering(),
	}}
	if err := s.addPeople(); err != nil {
		return nil, err
	}
	files, err := fs.Glob(data, "data/tickets-*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		var tickets []seedTicket
		if err := read(name, &tickets); err != nil {
			return nil, err
		}
		for _, t := range tickets {
			if err := s.addTicket(t); err != nil {
				return nil, fmt.Errorf("%s: ticket %d: %w", name, t.ID, err)
			}
		}
	}
	if generated == 0 {
		return s, nil
	}
	return s, s.GenerateAt(Generation{Count: generated, At: at})
}

func read(name string, into any) error {
	text, err := data.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

func (s *Seeding) addPeople() error {
	var all people
	if err := read("data/people.json", &all); err != nil {
		return err
	}
	since := s.at.AddDate(-2, 0, 0)
	for i, g := range all.Groups {
		id := s.key(g.Key, 360009182014, i)
		s.World.groups[id] = &record.Group{
			URL: record.URL("groups/%d", id), ID: id, IsPublic: true, Name: g.Name, Description: g.Description,
			Default: i == 0, CreatedAt: since, UpdatedAt: since,
		}
	}
	for i, o := range all.Organizations {
		id := s.key(o.Key, 370148260914, i)
		s.World.organizations[id] = &record.Organization{
			URL: record.URL("organizations/%d", id), ID: id, Name: o.Name, CreatedAt: since, UpdatedAt: since,
			DomainNames: []string{o.Domain}, Details: record.Word(o.Details), Tags: append([]string{}, o.Tags...),
			Fields: map[string]any{},
		}
	}
	for i, a := range all.Agents {
		u := s.addUser(s.key(a.Key, 3901482609140, i), a.Name, a.Email, a.Zone, "en-US")
		u.Role, u.DefaultGroupID, u.Moderator = a.Role, record.Ref(s.ids[a.Group]), a.Role == "admin"
		u.OnlyPrivate = a.Light
		kind := 0
		switch {
		case a.Role == "admin":
			kind = 4
		case a.Light:
			kind = 1
		}
		u.RoleType = &kind
	}
	for i, c := range all.Customers {
		u := s.addUser(s.key(c.Key, 4011948260900, i), c.Name, c.Email, c.Zone, c.Locale)
		u.Role, u.OrganizationID, u.TicketRestriction = "end-user", record.Ref(s.ids[c.Organization]), "requested"
		u.RestrictedAgent = true
	}
	return nil
}

// key gives the n-th record of a kind its id and remembers it.
func (s *Seeding) key(key string, base int64, n int) int64 {
	s.ids[key] = base + int64(n)*20
	return s.ids[key]
}

func (s *Seeding) addUser(id int64, name, email, zone, locale string) *record.User {
	no := false
	u := &record.User{
		ID: id, URL: record.URL("users/%d", id), Name: name, Email: record.Word(email),
		CreatedAt: s.at.AddDate(-1, 0, -int(id%300)), UpdatedAt: s.at.AddDate(0, 0, -int(id%30)),
		TimeZone: zone, IANATimeZone: zone, LocaleID: 1, Locale: locale, Verified: true, Active: true,
		SharedPhoneNumber: &no, Tags: []string{}, UserFields: map[string]any{},
	}
	s.World.users[id] = u
	return u
}

func (s *Seeding) addTicket(t seedTicket) error {
	if len(t.Thread) == 0 || s.ids[t.From] == 0 {
		return fmt.Errorf("nobody says anything in it, or %q is unknown", t.From)
	}
	ticket := record.Ticket{
		ID: t.ID, Subject: t.Subject, Type: record.Word(t.Type), Priority: record.Word(t.Priority), Status: t.Status,
		ExternalID: record.Word(t.External), ProblemID: record.Ref(t.Problem), Tags: t.Tags, RequesterID: s.ids[t.From],
		AssigneeID: record.Ref(s.ids[t.Assignee]), GroupID: record.Ref(s.ids[t.Group]), Via: record.NewVia(t.Channel),
	}
	rec := &Record{Ticket: ticket}
	rec.Ticket.FromMessagingChannel = t.Messaging
	for _, entry := range t.Thread {
		author, at, err := s.saidBy(t, entry.By, entry.Ago)
		if err != nil {
			return err
		}
		s.say(rec, author, at, entry.saying)
	}
	for i, m := range t.Messages {
		author, at, err := s.saidBy(t, m.By, m.Ago)
		if err != nil {
			return err
		}
		// Messages of one day are apart, in their order.
		s.message(rec, author, at.Add(time.Duration(i)*time.Minute), m)
	}
	s.complete(rec)
	if t.Satisfaction != "" {
		rec.Ticket.SatisfactionRating = map[string]any{"score": t.Satisfaction}
	}
	if t.Custom == "" {
		return nil
	}
	custom, found := record.StatusByKey(t.Custom)
	if !found || custom.Category != t.Status {
		return fmt.Errorf("%q is not a custom status of %s tickets", t.Custom, t.Status)
	}
	rec.Ticket.CustomStatusID = custom.ID
	return nil
}

// saidBy returns who said something on a ticket, the requester where nobody is
// named, and when.
func (s *Seeding) saidBy(t seedTicket, by, ago string) (author int64, at time.Time, err error) {
	age, err := parseAge(ago)
	if author = s.ids[t.From]; by != "" {
		author = s.ids[by]
	}
	if err == nil && author == 0 {
		err = fmt.Errorf("nobody is called %q", by)
	}
	return author, s.at.Add(-age), err
}

// say adds a comment and its audit.
func (s *Seeding) say(rec *Record, author int64, at time.Time, said saying) {
	channel := rec.Ticket.Via
	if len(rec.Comments) > 0 {
		channel = record.NewVia("web")
	}
	audit := record.Audit{
		ID: s.World.issue(), TicketID: rec.Ticket.ID, CreatedAt: at, AuthorID: author, Metadata: s.meta, Via: channel,
	}
	text, markup := said.Text, asHTML(said.Text)
	if said.HTML != "" {
		text, markup = s.World.rendering.htmlBody(said.HTML)
	}
	comment := record.Comment{
		ID: s.World.issue(), Type: "Comment", AuthorID: author, Body: text, HTMLBody: markup, PlainBody: text,
		Public: !said.Private, Attachments: s.attach(said.Files), AuditID: audit.ID, Via: channel, CreatedAt: at, Metadata: s.meta,
	}
	audit.Events = append(audit.Events, record.CommentEvent(&comment))
	rec.Comments, rec.Audits = append(rec.Comments, comment), append(rec.Audits, audit)
}

// complete fills in what follows from a ticket's conversation and puts it into
// the world.
func (s *Seeding) complete(rec *Record) {
	t, first := &rec.Ticket, rec.Comments[0]
	t.URL, t.RawSubject, t.Description = record.URL("tickets/%d", t.ID), t.Subject, first.Body
	t.CreatedAt, t.UpdatedAt = first.CreatedAt, rec.Comments[len(rec.Comments)-1].CreatedAt
	t.SubmitterID, t.IsPublic = first.AuthorID, first.Public
	t.OrganizationID = s.World.users[t.RequesterID].OrganizationID
	t.CollaboratorIDs, t.FollowerIDs, t.EmailCCIDs = []int64{}, []int64{}, []int64{}
	t.SharingAgreementIDs, t.FollowupIDs = []int64{}, []int64{}
	t.Tags = append([]string{}, t.Tags...)
	t.CustomStatusID, t.BrandID, t.TicketFormID = record.CustomStatusID(t.Status), brandID, ticketFormID
	t.AllowAttachments = true
	t.SatisfactionRating = map[string]any{"score": "unoffered"}
	t.CustomFields = []record.CustomField{
		{ID: 360027915634, Value: "plan_" + strconv.FormatInt(t.ID%3, 10)},
		{ID: 360027915654, Value: t.ID % 40},
		{ID: 360027915674, Value: t.ID%2 == 0},
		{ID: 360027915694, Value: []string{"web", "ios"}},
		{ID: 360027915714},
	}
	create := func(field string, value any) record.FieldSet {
		return record.FieldSet{ID: s.World.issue(), Type: "Create", Field: field, Value: value}
	}
	rec.Audits[0].Events = append(rec.Audits[0].Events,
		create("subject", t.Subject), create("status", "new"), create("requester_id", t.RequesterID))
	if problem := s.World.records[int64(t.ProblemID)]; problem != nil {
		problem.Ticket.HasIncidents = true
	}
	s.World.add(rec)
}

// parseAge reads "12m", "5h" or "40d".
func parseAge(text string) (time.Duration, error) {
	unit := map[string]time.Duration{"m": time.Minute, "h": time.Hour, "d": 24 * time.Hour}
	if text == "" {
		return 0, fmt.Errorf("an age is missing")
	}
	n, err := strconv.Atoi(text[:len(text)-1])
	length := unit[strings.ToLower(text[len(text)-1:])]
	if err != nil || n < 0 || length == 0 {
		return 0, fmt.Errorf("%q is not an age such as 12m, 5h or 40d", text)
	}
	return time.Duration(n) * length, nil
}
