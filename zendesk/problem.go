package zendesk

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// problem is what a refusal's body says, in any of Zendesk's forms. It is empty
// for plain text and HTML.
type problem struct {
	code        string
	description string
	details     any
}

// readProblem knows these forms:
//
//	{"error": "Code", "description": "…", "details": {…}}
//	{"error": {"title": "…", "message": "…"}}
//	{"errors": [{"code": "Code", "title": "…", "detail": "…"}]}
func readProblem(body []byte) problem {
	var wire loose[struct {
		Error       json.RawMessage `json:"error"`
		Description text            `json:"description"`
		Details     any             `json:"details"`
		Errors      loose[[]struct {
			Code   text `json:"code"`
			Title  text `json:"title"`
			Detail text `json:"detail"`
		}] `json:"errors"`
	}]
	var code text
	var titled struct {
		Title   text `json:"title"`
		Message text `json:"message"`
	}
	if json.Unmarshal(body, &wire) != nil {
		return problem{}
	}
	w := wire.value
	switch {
	case len(w.Errors.value) > 0:
		first := w.Errors.value[0]
		return problem{code: string(first.Code), description: strings.TrimSpace(string(first.Title + " " + first.Detail))}
	case json.Unmarshal(w.Error, &titled) == nil:
		return problem{description: string(titled.Message)}
	case json.Unmarshal(w.Error, &code) == nil:
		return problem{code: string(code), description: string(w.Description), details: w.Details}
	}
	return problem{}
}

// told reports whether the body had one of Zendesk's forms.
func (p problem) told() bool { return p.code != "" || p.description != "" }

// scopes lists the OAuth scopes that a refusal names. They are the only words
// in a description that are not for people: "… required scopes: read".
func (p problem) scopes() []string {
	if p.code != "Forbidden" {
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
	if resource, access, found := strings.Cut(word, ":"); found && isLabel(strings.ReplaceAll(resource, "_", "-")) {
		word = access
	}
	return slices.Contains([]string{"read", "write", "impersonate"}, word)
}

// words joins what the details say of each field, else the description.
func (p problem) words() string {
	if said := sayings(p.details); len(said) > 0 {
		return tidy(strings.Join(said, "; "))
	}
	return tidy(p.description)
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
