package signin_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/signin"
)

const (
	host   = "acme.zendesk.com"
	secret = "s3cr3t"
)

func TestBasic(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		method        tracker.AuthMethod
		email, secret string
		user, field   string
	}{
		{tracker.AuthPassword, "ada@acme.com", " pw ", "ada@acme.com", ""},
		{tracker.AuthToken, "ada@acme.com", " token ", "ada@acme.com/token", ""},
		{tracker.AuthToken, "", "x", "", "email"},
		{tracker.AuthToken, "a:b", "x", "", "email"},
		{tracker.AuthToken, "ada@acme.com", " ", "", "password"},
		{"magic", "ada@acme.com", "x", "", "auth"},
	} {
		sign, err := signin.Basic(test.method, test.email, test.secret)
		if test.field != "" {
			var e *tracker.Error
			if !errors.As(err, &e) || e.Code != tracker.CodeInvalid || e.Field != test.field {
				t.Errorf("%s %q: %v", test.method, test.email, err)
			}
			continue
		}
		r := &http.Request{Header: http.Header{}}
		sign(r)
		user, password, _ := r.BasicAuth()
		want := test.secret
		if test.method == tracker.AuthToken {
			want = strings.TrimSpace(want)
		}
		if user != test.user || password != want {
			t.Errorf("%s: signed as %q with %q", test.method, user, password)
		}
	}
}

func account(client *http.Client) signin.Account {
	return signin.New(tracker.Integration{Name: "Support", Auth: tracker.AuthOAuth, ClientID: "c"}, "https://"+host, host, client)
}

func TestCodeOfASignIn(t *testing.T) {
	t.Parallel()
	b := signin.WithBrowser(account(&http.Client{}), 8765)
	opened, err := url.Parse(b.URL())
	if err != nil || opened.Host != host || opened.Query().Get("redirect_uri") != b.RedirectURL() || opened.Query().Get("code_challenge_method") != "S256" {
		t.Fatalf("%s, %v", opened, err)
	}
	state := opened.Query().Get("state")
	for pasted, want := range map[string]tracker.Code{
		b.RedirectURL() + "?code=abc&state=" + state: "",
		" abc ": "",
		b.RedirectURL() + "?code=abc&state=other":               tracker.CodeInvalid,
		b.RedirectURL() + "?error=access_denied&state=" + state: tracker.CodeRefused,
		b.RedirectURL() + "?state=" + state:                     tracker.CodeUnreadable,
		"":                                                      tracker.CodeInvalid,
		"two words":                                             tracker.CodeInvalid,
	} {
		code, err := b.Code(pasted)
		if want == "" && (err != nil || code != "abc") || want != "" && tracker.CodeOf(err) != want {
			t.Errorf("%q: %q, %v", pasted, code, err)
		}
	}
}

// answers is a transport that answers by the token that a request is signed with.
type answers func(r *http.Request) int

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a(r), Header: http.Header{}, Body: http.NoBody, Request: r}, nil
}

// A read that met an expired token is asked once more, a write is not.
func TestARefusedTokenIsRenewedOnce(t *testing.T) {
	t.Parallel()
	saved := func(token string) string {
		return fmt.Sprintf(`{"host":%q,"access_token":%q,"refresh_token":"r"}`, host, token)
	}
	var asked, renewed atomic.Int64
	base := answers(func(r *http.Request) int {
		asked.Add(1)
		if r.Header.Get("Authorization") == "Bearer new" {
			return http.StatusOK
		}
		return http.StatusUnauthorized
	})
	carrier, err := account(&http.Client{}).Transport(base, tracker.Integration{Name: "Support", Auth: tracker.AuthOAuth}, tracker.Credentials{
		Secret: saved("old"),
		Renew: func(context.Context, string, tracker.Exchange) (string, error) {
			renewed.Add(1)
			return saved("new"), nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method string) (int, error) {
		req, err := http.NewRequestWithContext(t.Context(), method, "https://"+host+"/api/v2/tickets/7", nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := carrier.RoundTrip(req)
		if err != nil {
			return 0, err
		}
		return res.StatusCode, res.Body.Close()
	}
	if status, err := ask(http.MethodPut); status != http.StatusUnauthorized || err != nil || asked.Load() != 1 || renewed.Load() != 0 {
		t.Errorf("a write that may have been applied: %d, %v, asked %d times, %d renewals", status, err, asked.Load(), renewed.Load())
	}
	if status, err := ask(http.MethodGet); status != http.StatusOK || err != nil || asked.Load() != 3 || renewed.Load() != 1 {
		t.Errorf("a read: %d, %v, asked %d times, %d renewals", status, err, asked.Load(), renewed.Load())
	}
}

// What is saved for another host is no sign-in here, and no error shows it.
func TestTokensGoOnlyToTheirHost(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		fmt.Sprintf(`{"host":"evil.example","access_token":%q,"expiry":%q}`, secret, time.Now().Add(time.Hour).Format(time.RFC3339)),
		fmt.Sprintf(`{"host":%q,"refresh_token":%q}`, host, secret),
		secret,
	} {
		_, err := account(&http.Client{}).Transport(answers(nil), tracker.Integration{Auth: tracker.AuthOAuth}, tracker.Credentials{Secret: text})
		var e *tracker.Error
		if !errors.As(err, &e) || e.Code != tracker.CodeUnauthorized || !e.Unsent || strings.Contains(fmt.Sprintf("%+v %v", *e, e.Err), secret) {
			t.Errorf("%v", err)
		}
	}
}
