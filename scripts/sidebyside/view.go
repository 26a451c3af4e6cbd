package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"storydesk/zendesk/sandbox"
	"storydesk/zendesk/sandbox/faults"
)

// view is an account whose requests take 100 ms, with a view of some 2,400 tickets.
type view struct {
	box *sandbox.Sandbox
	env []string
}

func (v *view) close() error { return v.box.Close() }

// tickets is how many are made so that the view has 2,400.
const tickets = 2400 - 53

// client is the program that reads a view with node-zendesk. Zendesk names its own host in the
// addresses of further pages; the sandbox does, too.
const client = `
const {createClient} = require("node-zendesk");
const {URL: at, EMAIL: username, TOKEN: token, VIEW} = process.env;
const host = "https://brightwharf.zendesk.com";
const transportConfig = {
  transportFn: (uri, options) => fetch(uri.replace(host, at), options),
  responseAdapter: r => ({json: () => r.json(), status: r.status, headers: {get: h => r.headers.get(h)}, statusText: r.statusText}),
};
createClient({endpointUri: host + "/api/v2", username, token, transportConfig}).views.tickets(VIEW)
  .then(pages => console.log(pages.reduce((sum, page) => sum + page.tickets.length, 0)))
  .catch(e => { console.error(e.message); process.exit(1) });
`

// openView starts the account and connects storydesk with it.
func (b *bench) openView() (*view, error) {
	box, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		return nil, err
	}
	v := &view{box: box}
	url, err := box.Listen(b.ctx, "127.0.0.1:0")
	if err == nil {
		v.env = []string{"URL=" + url, "EMAIL=" + sandbox.Email, "TOKEN=" + sandbox.Token, "STORYDESK_SECRET=" + sandbox.Token, fmt.Sprintf("VIEW=%d", sandbox.ViewUnresolved)}
		_, err = b.run(b.program+` --db view.db integration add --name Sandbox --url $URL --email $EMAIL --view $VIEW --store-secret-in-db`, v.env...)
	}
	if err == nil {
		err = box.Generate(tickets)
	}
	if err == nil {
		err = box.AddFaults(faults.Fault{Times: -1, Before: faults.Pause{Seconds: 0.1}})
	}
	if err != nil {
		return nil, errors.Join(err, box.Close())
	}
	return v, nil
}

// readView reads the whole view with both programs.
func (b *bench) readView(v *view) error {
	for name, line := range map[string]string{
		"storydesk":    b.program + " --db view.db ticket list --refresh --json | grep -o '\"subject\":' | wc -l",
		"node-zendesk": "node -e '" + client + "'",
	} {
		begun := time.Now()
		out, err := b.run(line, v.env...)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		b.note(wholeView, name, millis(begun))
		if got := strings.TrimSpace(out); got != "2400" {
			return fmt.Errorf("%s read %s tickets", name, got)
		}
	}
	return nil
}
