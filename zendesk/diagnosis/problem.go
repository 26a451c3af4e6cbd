package diagnosis

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"storydesk/zendesk/address"
	"storydesk/zendesk/wire"
)

// Problem is what a refusal's body says, in any of Zendesk's forms. It is empty
// for plain text and HTML.
type Problem struct {
	Code        string
	description string
	details     any
}

// ReadProblem knows these forms:
//
//	{"error": "Code", "description": "…", "details": {…}}
//	{"error": {"title": "…", "message": "…"}}
//	{"errors": [{"code": "Code", "title": "…", "detail": "…"}]}
func ReadProblem(body []byte) Problem {
	var decoded wire.Loose[struct {
		Error       json.RawMessage `json:"error"`
		Description wire.Text       `json:"description"`
		Details     any             `json:"details"`
		Errors      wire.Loose[[]struct {
			Code   wire.Text `json:"code"`
			Title  wire.Text `json:"title"`
			Detail wire.Text `json:"detail"`
		}] `json:"errors"`
	}]
	var code wire.Text
	var titled struct {
		Title   wire.Text `json:"title"`
		Message wire.Text `json:"message"`
	}
	if json.Unmarshal(body, &decoded) != nil {
		return Problem{}
	}
	w := decoded.Value
	switch {
	case len(w.Errors.Value) > 0:
		first := w.Errors.Value[0]
		return Problem{Code: string(first.Code), description: strings.TrimSpace(string(first.Title + " " + first.Detail))}
	case json.Unmarshal(w.Error, &titled) == nil:
		return Problem{description: string(titled.Message)}
	case json.Unmarshal(w.Error, &code) == nil:
		return Problem{Code: string(code), description: string(w.Description), details: w.Details}
	}
	return Problem{}
}

// Recognised reports whether the body had one of Zendesk's forms.
func (p Problem) Recognised() bool { return p.Code != "" || p.description != "" }

// scopes lists the OAuth scopes that a refusal names. They are the only words
// in a description that are not for people: "… required scopes: read".
func (p Problem) scopes() []string {
	if p.Code != "Forbidden" {
		return nil
	}
	var scopes []string
	for word := range strings.FieldsFuncSeq(p.description[strings.LastIndex(p.description, ": ")+1:], func(r rune) bool {
		return strings.ContainsRune(" ,.;", r)
	}) {
		if !isScope(word) {
			return nil
		}
		scopes = append(scopes, word)
	}
	return scopes
}

func isScope(word string) bool {
	if resource, access, found := strings.Cut(word, ":"); found && address.IsLabel(strings.ReplaceAll(resource, "_", "-")) {
		word = access
	}
	return slices.Contains([]string{"read", "write", "impersonate"}, word)
}

// words joins what the details say of each field, else the description.
func (p Problem) words() string {
	if said := sayings(p.details); len(said) > 0 {
		return Tidy(strings.Join(said, "; "))
	}
	return Tidy(p.description)
}

// sayings collects the descriptions from details: a map of field to a list of
// objects, or plain strings, depending on what refused.
func sayings(details any) []string {
	switch d := details.(type) {
	case string:
		return []string{d}
	case []any:
		var all []string
		for _, item := range d {
			all = append(all, sayings(item)...)
		}
		return all
	case map[string]any:
		if description, ok := d["description"].(string); ok {
			return []string{description}
		}
		var all []string
		for _, field := range slices.Sorted(maps.Keys(d)) {
			all = append(all, sayings(d[field])...)
		}
		return all
	}
	return nil
}
