package sandbox_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"storydesk/zendesk/sandbox"
	"storydesk/zendesk/sandbox/record"
)

// upload is what the account answers to a file.
type upload struct {
	Upload struct {
		Token       string
		Attachments []record.Attachment
	}
}

// send sends a file or another body and returns the answer's status and body.
func send(t *testing.T, method, url, kind, body string) (int, []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.SetBasicAuth(sandbox.Email, sandbox.Password)
	req.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, text
}

// A file waits under a token for one comment, which an update brings.
func TestUploads(t *testing.T) {
	d := open(t, sandbox.Options{})
	api := d.url + "/api/v2/"
	put := func(path, body string) upload {
		t.Helper()
		status, text := send(t, "POST", api+path, "text/csv", body)
		var u upload
		if err := json.Unmarshal(text, &u); err != nil || status != http.StatusCreated {
			t.Fatalf("%d %s, %v", status, text, err)
		}
		return u
	}
	first := put("uploads.json?filename=a%20b.csv", "a,b")
	both := put("uploads?filename=c.csv&token="+first.Upload.Token, strings.Repeat("x", 3<<20))
	if len(both.Upload.Attachments) != 2 || both.Upload.Token != first.Upload.Token {
		t.Errorf("two under one token: %+v", both)
	}
	update := func(token string) (int, []byte) {
		return send(t, "PUT", api+"tickets/1047", "application/json",
			fmt.Sprintf(`{"ticket":{"comment":{"body":"see there","public":false,"uploads":[%q]}}}`, token))
	}
	if status, text := update(first.Upload.Token); status != http.StatusOK || !strings.Contains(string(text), `"file_name":"a b.csv"`) {
		t.Errorf("the update: %d %s", status, text)
	}
	comments := d.Comments(1047)
	if files := comments[len(comments)-1].Attachments; len(files) != 2 || files[1].Size != 3<<20 || files[0].ContentType != "text/csv" {
		t.Errorf("the comment has %+v", files)
	}
	for name, token := range map[string]string{"used": first.Upload.Token, "unknown": "x"} {
		if status, text := update(token); status != http.StatusUnprocessableEntity || len(d.Comments(1047)) != len(comments) {
			t.Errorf("%s: %d %s", name, status, text)
		}
	}
	gone := put("uploads?filename=a", "a")
	for _, want := range []int{http.StatusNoContent, http.StatusNotFound} {
		if status, text := send(t, "DELETE", api+"uploads/"+gone.Upload.Token, "", ""); status != want {
			t.Errorf("taking it away: %d %s", status, text)
		}
	}
	if status, _ := send(t, "POST", api+"uploads?filename=large", "", strings.Repeat("x", 50<<20+1)); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a large file: %d", status)
	}
	if status, _ := send(t, "POST", api+"uploads", "", "x"); status != http.StatusBadRequest {
		t.Errorf("without a name: %d", status)
	}
}
