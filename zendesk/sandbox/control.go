package sandbox

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/faults"
	"storydesk/zendesk/sandbox/loopback"
	"storydesk/zendesk/sandbox/world"
)

// controlPrefix is where another process scripts faults. Zendesk has nothing there.
const controlPrefix = "/sandbox/"

// control lets another process script the sandbox.
type control struct {
	sandbox *Sandbox
	mux     *http.ServeMux
}

func newControl(s *Sandbox) *control {
	c := &control{sandbox: s, mux: http.NewServeMux()}
	c.routes()
	return c
}

func (c *control) routes() {
	c.mux.HandleFunc("GET /sandbox/faults", func(w http.ResponseWriter, _ *http.Request) { answer.OK(c.sandbox.Faults()).Send(w) })
	c.mux.HandleFunc("POST /sandbox/faults", c.postFaults)
	c.mux.HandleFunc("DELETE /sandbox/faults", func(w http.ResponseWriter, _ *http.Request) {
		c.sandbox.ClearFaults()
		w.WriteHeader(http.StatusNoContent)
	})
	c.mux.HandleFunc("GET /sandbox/holds/{name}", c.awaitHold)
	c.mux.HandleFunc("DELETE /sandbox/holds/{name}", func(w http.ResponseWriter, r *http.Request) {
		c.sandbox.Release(r.PathValue("name"))
		w.WriteHeader(http.StatusNoContent)
	})
	c.mux.HandleFunc("POST /sandbox/edits", c.postEdit)
	c.mux.HandleFunc("POST /sandbox/redirects", func(w http.ResponseWriter, r *http.Request) {
		var uris []string
		if decode(w, r, &uris) {
			c.sandbox.addRedirectURIs(uris...)
			w.WriteHeader(http.StatusNoContent)
		}
	})
	c.mux.HandleFunc("DELETE /sandbox/tokens/access", func(w http.ResponseWriter, _ *http.Request) {
		c.sandbox.ExpireTokens()
		w.WriteHeader(http.StatusNoContent)
	})
	c.mux.HandleFunc("DELETE /sandbox/tokens", func(w http.ResponseWriter, _ *http.Request) {
		c.sandbox.RevokeTokens()
		w.WriteHeader(http.StatusNoContent)
	})
	c.mux.HandleFunc("GET /sandbox/settings", func(w http.ResponseWriter, _ *http.Request) { answer.OK(c.sandbox.Settings()).Send(w) })
	c.mux.HandleFunc("PATCH /sandbox/settings", c.patchSettings)
	c.mux.HandleFunc("POST /sandbox/tickets", c.postTickets)
	c.mux.HandleFunc("GET /sandbox/requests", func(w http.ResponseWriter, _ *http.Request) { answer.OK(c.sandbox.Requests()).Send(w) })
	c.mux.HandleFunc("GET /sandbox/tickets/{id}", c.getRecord)
}

// ServeHTTP admits only this computer's own programs: a web page in a
// browser here can neither name the host so nor send JSON unasked.
func (c *control) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !loopback.Asked(r) || r.Header.Get("Origin") != "" {
		http.Error(w, "ask from this computer, by its loopback address", http.StatusForbidden)
		return
	}
	if (r.Method == http.MethodPost || r.Method == http.MethodPatch) && r.Header.Get("Content-Type") != "application/json" {
		http.Error(w, "send Content-Type: application/json", http.StatusUnsupportedMediaType)
		return
	}
	c.mux.ServeHTTP(w, r)
}

func (c *control) postFaults(w http.ResponseWriter, r *http.Request) {
	var faults []faults.Fault
	if !decode(w, r, &faults) {
		return
	}
	if err := c.sandbox.AddFaults(faults...); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (c *control) awaitHold(w http.ResponseWriter, r *http.Request) {
	if err := c.sandbox.Held(r.Context(), r.PathValue("name")); err != nil {
		http.Error(w, err.Error(), http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (c *control) postEdit(w http.ResponseWriter, r *http.Request) {
	var edit world.Edit
	if !decode(w, r, &edit) {
		return
	}
	if err := c.sandbox.Edit(edit); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (c *control) getRecord(w http.ResponseWriter, r *http.Request) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	c.sandbox.account.Do(func(world *world.World) {
		rec := world.Record(id)
		if err != nil || rec == nil {
			http.NotFound(w, r)
			return
		}
		answer.OK(rec).Send(w)
	})
}

// patchSettings changes the settings that the request names.
func (c *control) patchSettings(w http.ResponseWriter, r *http.Request) {
	changed := c.sandbox.Settings()
	changed.Scopes, changed.Views, changed.ViewCounts = slices.Clone(changed.Scopes), nil, nil
	if !decode(w, r, &changed) {
		return
	}
	if changed.Views == nil {
		changed.Views = c.sandbox.Settings().Views
	}
	if changed.ViewCounts == nil {
		changed.ViewCounts = c.sandbox.Settings().ViewCounts
	}
	if err := c.sandbox.Set(changed); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	answer.OK(changed).Send(w)
}

func (c *control) postTickets(w http.ResponseWriter, r *http.Request) {
	var wanted struct {
		Count int `json:"count"`
	}
	if !decode(w, r, &wanted) {
		return
	}
	if err := c.sandbox.Generate(wanted.Count); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// decode reads a control call's body; it answers itself when it cannot.
func decode(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, faults.MaxRequest))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}
