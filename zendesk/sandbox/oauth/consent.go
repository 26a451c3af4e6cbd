package oauth

import (
	"bytes"
	"crypto/rand"
	"html/template"
	"net/http"
	"net/url"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/record"
)

// consentPageHTML asks the user for consent. Its two buttons post the
// request back, so a test can press them too.
const consentPageHTML = `<!doctype html><meta charset="utf-8"><title>{{.Company}}: allow {{.Client}}?</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}button{font:inherit;padding:.4rem 1rem}</style>
<h1>Allow {{.Client}} to use {{.Company}}?</h1><p>It asks for: {{.Scope}}. You are signed in as {{.Email}}.</p>
<form method="post" action="/oauth/authorizations">
{{range $name, $value := .Fields}}<input type="hidden" name="{{$name}}" value="{{$value}}">
{{end}}<button name="decision" value="allow">Allow</button> <button name="decision" value="deny">Deny</button></form>
`

// consentFields are the parameters of an authorization request, by RFC 6749
// section 4.1.1 and RFC 7636 section 4.3.
func consentFields() []string {
	return []string{"response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method"}
}

// checkRequest says what is wrong with an authorization request, empty when
// nothing is. Such faults are shown and never sent to the redirect address.
func (a *Authority) checkRequest(v url.Values) string {
	client := v.Get("client_id")
	switch {
	case client != record.PublicClient && client != record.ConfidentialClient:
		return "Invalid client: no such client"
	case !a.registered(v.Get("redirect_uri")):
		return "Invalid redirect URL: it is not registered with the client"
	case v.Get("response_type") != "code":
		return "Unsupported response type: only code is offered"
	case client == record.PublicClient && v.Get("code_challenge") == "":
		return "A public client must use PKCE"
	case v.Get("code_challenge") != "" && v.Get("code_challenge_method") != "S256":
		return "The code challenge method must be S256"
	case a.beyond(v.Get("scope")):
		return "invalid_scope: The requested scope is invalid, unknown, or malformed"
	}
	return ""
}

func (a *Authority) askConsent(w http.ResponseWriter, r *http.Request) {
	v := r.URL.Query()
	if problem := a.checkRequest(v); problem != "" {
		answer.Page(http.StatusBadRequest, problem).Send(w)
		return
	}
	fields := map[string]string{}
	for _, name := range consentFields() {
		fields[name] = v.Get(name)
	}
	page, err := template.New("consent").Parse(consentPageHTML)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	var out bytes.Buffer
	err = page.Execute(&out, map[string]any{
		"Company": record.Company, "Client": v.Get("client_id"), "Scope": v.Get("scope"), "Email": record.Email, "Fields": fields,
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer.Plain(http.StatusOK, "text/html; charset=utf-8", out.String()).Send(w)
}

// takeConsent sends the browser back with a code, or with a refusal.
func (a *Authority) takeConsent(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		answer.Page(http.StatusBadRequest, "The form cannot be read").Send(w)
		return
	}
	if problem := a.checkRequest(r.PostForm); problem != "" {
		answer.Page(http.StatusBadRequest, problem).Send(w)
		return
	}
	back := url.Values{}
	if r.PostForm.Has("state") {
		back.Set("state", r.PostForm.Get("state"))
	}
	if r.PostForm.Get("decision") == "allow" {
		back.Set("code", a.newCode(r.PostForm))
	} else {
		back.Set("error", "access_denied")
		back.Set("error_description", "The end-user or authorization server denied the request.")
	}
	answer.Page(http.StatusFound, "Moved").With("Location", r.PostForm.Get("redirect_uri")+"?"+back.Encode()).Send(w)
}

func (a *Authority) newCode(v url.Values) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	text := rand.Text()
	a.codes[text] = code{
		client: v.Get("client_id"), redirect: v.Get("redirect_uri"), challenge: v.Get("code_challenge"),
		scopes: a.grantable(v.Get("scope")), expires: a.now().Add(codeLife),
	}
	return text
}
