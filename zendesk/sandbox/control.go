package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// controlPrefix is where another process scripts faults. Zendesk has nothing there.
const controlPrefix = "/sandbox/"

func (s *Sandbox) controlRoutes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /sandbox/faults", func(w http.ResponseWriter, _ *http.Request) { ok(s.Faults()).send(w) })
	mux.HandleFunc("POST /sandbox/faults", s.postFaults)
	mux.HandleFunc("DELETE /sandbox/faults", func(w http.ResponseWriter, _ *http.Request) {
		s.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /sandbox/holds/{name}", s.awaitHold)
	mux.HandleFunc("DELETE /sandbox/holds/{name}", func(w http.ResponseWriter, r *http.Request) {
		s.Release(r.PathValue("name"))
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /sandbox/edits", s.postEdit)
	mux.HandleFunc("POST /sandbox/redirects", func(w http.ResponseWriter, r *http.Request) {
		var uris []string
		if decode(w, r, &uris) {
			s.AddRedirectURIs(uris...)
			w.WriteHeader(http.StatusNoContent)
		}
	})
	mux.HandleFunc("DELETE /sandbox/tokens/access", func(w http.ResponseWriter, _ *http.Request) {
		s.ExpireTokens()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("DELETE /sandbox/tokens", func(w http.ResponseWriter, _ *http.Request) {
		s.RevokeTokens()
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("GET /sandbox/settings", func(w http.ResponseWriter, _ *http.Request) { ok(s.Settings()).send(w) })
	mux.HandleFunc("PATCH /sandbox/settings", s.patchSettings)
	mux.HandleFunc("POST /sandbox/tickets", s.postTickets)
	mux.HandleFunc("GET /sandbox/requests", func(w http.ResponseWriter, _ *http.Request) { ok(s.Requests()).send(w) })
	mux.HandleFunc("GET /sandbox/tickets/{id}", s.getRecord)
	return mux
}

// serveControl admits only this computer's own programs: a web page in a
// browser here can neither name the host so nor send JSON unasked.
func (s *Sandbox) serveControl(w http.ResponseWriter, r *http.Request) {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil || !loopback(host) || r.Header.Get("Origin") != "" {
		http.Error(w, "ask from this computer, by its loopback address", http.StatusForbidden)
		return
	}
	if (r.Method == http.MethodPost || r.Method == http.MethodPatch) && r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "send Content-Type: application/json", http.StatusUnsupportedMediaType)
		return
	}
	s.control.ServeHTTP(w, r)
}

func (s *Sandbox) postFaults(w http.ResponseWriter, r *http.Request) {
	var faults []Fault
	if !decode(w, r, &faults) {
		return
	}
	if err := s.AddFaults(faults...); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Sandbox) awaitHold(w http.ResponseWriter, r *http.Request) {
	if err := s.Held(r.Context(), r.PathValue("name")); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Sandbox) postEdit(w http.ResponseWriter, r *http.Request) {
	var edit Edit
	if !decode(w, r, &edit) {
		return
	}
	if err := s.Edit(edit); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Sandbox) getRecord(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := s.world.records[id]
	if err != nil || rec == nil {
		http.NotFound(w, r)
		return
	}
	ok(rec).send(w)
}

// decode reads a control call's body; it answers itself when it cannot.
func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxRequest))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

// Ticket returns a ticket as it is now; false when there never was one of that
// number, or it is deleted.
func (s *Sandbox) Ticket(id int64) (Ticket, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := s.world.records[id]
	if rec == nil || rec.Deleted {
		return Ticket{}, false
	}
	t := rec.Ticket
	t.Tags = slices.Clone(t.Tags)
	return t, true
}

// Comments lists a ticket's comments, oldest first; none when there is no such ticket.
func (s *Sandbox) Comments(id int64) []Comment {
	s.mu.Lock()
	defer s.mu.Unlock()
	if rec := s.world.records[id]; rec != nil {
		return slices.Clone(rec.Comments)
	}
	return nil
}

// Audits lists the records of a ticket's updates, oldest first; none when
// there is no such ticket.
func (s *Sandbox) Audits(id int64) []Audit {
	s.mu.Lock()
	defer s.mu.Unlock()
	if rec := s.world.records[id]; rec != nil {
		return slices.Clone(rec.Audits)
	}
	return nil
}

func (e Edit) validate() error {
	if e.Status != "" && !slices.Contains(statuses(), e.Status) {
		return fmt.Errorf("%q is not a status", e.Status)
	}
	return nil
}

// Edit changes a ticket as another agent. It fails when there is no such
// ticket, or the change cannot be kept.
func (s *Sandbox) Edit(e Edit) error {
	if err := e.validate(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := s.world.records[e.Ticket]
	if rec == nil || rec.Deleted {
		return fmt.Errorf("there is no ticket %d to edit", e.Ticket)
	}
	if e.Delete || e.Hide || e.Show || e.Redact+e.Erase != "" {
		ch := change{
			Ticket: rec.Ticket, Deleted: e.Delete, Hidden: (e.Hide || rec.Hidden) && !e.Show,
			Redact: e.Redact, Erase: e.Erase, Issued: s.world.issued,
		}
		ch.Ticket.UpdatedAt = s.now().UTC().Truncate(time.Second)
		return s.commit(ch)
	}
	colleague := s.world.agentByEmail(colleagueEmail)
	d := newDraft(rec, colleague, "web")
	if e.MergeInto != 0 {
		e.Status = "closed"
		e.Comment = fmt.Sprintf("This request was closed and merged into request #%d %q.", e.MergeInto, "duplicate")
		d.via = "merge"
		d.after.Tags = append(d.after.Tags, "closed_by_merge")
	}
	if e.Status != "" {
		d.after.Status = e.Status
	}
	if e.Comment != "" {
		d.comment = &commentInput{Body: e.Comment, Public: &e.Public}
	}
	if s.save(d, s.now(), "Mozilla/5.0 (X11; Linux x86_64)") != nil {
		return errors.New("the edit of the ticket could not be kept")
	}
	return nil
}
