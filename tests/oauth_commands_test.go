package tests

import (
	"fmt"
	"regexp"
	"testing"

	"storydesk/zendesk/sandbox"
)

// On a terminal a new integration signs in at once, after the consent that the
// tokens need.
func TestIntegrationAddSignsIn(t *testing.T) {
	_, base := openSandbox(t)
	x := start(t, 500, 30, t.TempDir(), "integration", "add", "--name", "Support", "--url", base, "--view", fmt.Sprint(sandbox.ViewNew))
	x.sees("Sign-in, 1 to 4 (enter: 1):")
	x.press("enter")
	x.sees("OAuth client's identifier:")
	x.press(sandbox.PublicClient, "enter")
	x.sees("Save it unencrypted in the database file? [y/N]")
	x.press("y", "enter")
	x.sees("Open this address in a browser:", "Paste that whole address here")
	address := regexp.MustCompile(`http://\S+/oauth/authorizations/new\S+`).FindString(x.Text())
	back, err := pressInBrowser(address, "allow")
	if err != nil {
		t.Fatal(err)
	}
	x.sees("invalid_scope: add read and tickets:write")
	x.press(back, "enter")
	x.sees("Signed in to 127.0.0.1:", "as "+sandbox.Email)
	x.ended(0, "is on")
}

// Without consent the integration says how to sign in.
func TestIntegrationAddWithoutSigningIn(t *testing.T) {
	x := start(t, 200, 30, t.TempDir(), "integration", "add", "--name", "Support", "--url", "acme", "--view", "1", "--client-id", "c")
	x.sees("[y/N]")
	x.press("enter")
	x.sees(`Support is added, but not signed in: ` + "`" + `storydesk integration login "Support"` + "`" + ` tries again.`)
	x.ended(1, "--store-secret-in-db")
}
