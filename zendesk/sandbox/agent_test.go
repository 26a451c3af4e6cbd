package sandbox_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"storydesk/zendesk/sandbox"
)

func TestATicketsPageForTheBrowser(t *testing.T) {
	box, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer box.Close()
	base, err := box.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	get := func(path string) (int, string) {
		t.Helper()
		resp, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(body)
	}
	if code, page := get("/agent/tickets/1017"); code != http.StatusOK || !strings.Contains(page, "internal note") {
		t.Errorf("%d\n%s", code, page)
	}
	if _, page := get("/agent/tickets/1034"); strings.Contains(page, "<script") {
		t.Error("what the hostile ticket says is not escaped")
	}
	for _, path := range []string{"/agent/tickets/4711", "/agent/tickets/x"} {
		if code, _ := get(path); code != http.StatusNotFound {
			t.Errorf("%s answers %d", path, code)
		}
	}
}
