// Package redact takes out of a text what must not leave the machine.
package redact

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"
)

// removed stands where something was taken out of a text.
const removed = "[removed]"

// shortestSecret is how long a string must be to be looked for as a secret: a
// shorter one would take harmless words out, too.
const shortestSecret = 6

// Redactor takes out of a text what must not leave the machine: secrets, what
// looks like one, and the part of an e-mail address before the @ but for its
// first letter.
type Redactor struct{ secrets []string }

// New returns one that knows these secrets.
func New(secrets ...string) Redactor {
	var r Redactor
	for _, secret := range secrets {
		r.secrets = append(r.secrets, secretsIn(secret)...)
	}
	return r
}

// secretsIn lists the tokens in a secret that is a document, else itself.
func secretsIn(secret string) []string {
	var document map[string]any
	if json.Unmarshal([]byte(secret), &document) != nil {
		if len(secret) < shortestSecret {
			return nil
		}
		return []string{secret}
	}
	var tokens []string
	for name, value := range document {
		if text, ok := value.(string); ok && strings.HasSuffix(name, "token") {
			tokens = append(tokens, secretsIn(text)...)
		}
	}
	return tokens
}

// Redact returns the text without what must not leave the machine.
func (r Redactor) Redact(text string) string {
	for _, secret := range r.secrets {
		text = strings.ReplaceAll(text, secret, removed)
		text = strings.ReplaceAll(text, url.QueryEscape(secret), removed)
	}
	for _, look := range []struct{ pattern, instead string }{
		{`(?i)\b(basic|bearer)\s+[a-z0-9+/=._~-]{8,}`, "$1 " + removed},
		{`(?i)\b((?:access_|refresh_)?token|client_secret|password|code|code_verifier)(=|"\s*:\s*")[^\s"&]+`, "$1$2" + removed},
		{`://[^/\s@"]+@`, "://" + removed + "@"},
		{`([A-Za-z0-9])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+\.)`, "$1***@$2"},
	} {
		text = regexp.MustCompile(look.pattern).ReplaceAllString(text, look.instead)
	}
	return text
}
