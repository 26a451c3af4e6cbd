package tests

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// pressInBrowser follows an authorization address as a browser does, presses a
// button there, and returns the address that it leads to.
func pressInBrowser(address, button string) (string, error) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	page, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer page.Body.Close()
	text, err := io.ReadAll(page.Body)
	if err != nil {
		return "", err
	}
	form := url.Values{"decision": {button}}
	for _, field := range regexp.MustCompile(`name="([a-z_]+)" value="([^"]*)"`).FindAllStringSubmatch(string(text), -1) {
		if field[1] != "decision" {
			form.Set(field[1], strings.ReplaceAll(field[2], "&#43;", "+"))
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	back, err := client.PostForm(u.Scheme+"://"+u.Host+"/oauth/authorizations", form)
	if err != nil {
		return "", err
	}
	defer back.Body.Close()
	if back.StatusCode != http.StatusFound {
		return "", fmt.Errorf("the page answered %s: %s", back.Status, text)
	}
	return back.Header.Get("Location"), nil
}

// browse is the browser of the scripts: it runs as xdg-open, presses the button
// that PRESS names, and goes where that leads.
func browse() {
	back, err := pressInBrowser(os.Args[1], os.Getenv("PRESS"))
	if err == nil {
		var landed *http.Response
		if landed, err = http.Get(back); err == nil {
			err = landed.Body.Close()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// recordingBrowser puts a browser into a folder that writes down the address
// that it is to open, and returns the environment in which it is found, and
// the file.
func recordingBrowser(t *testing.T) (env []string, opened string) {
	t.Helper()
	folder := t.TempDir()
	opened = filepath.Join(folder, "opened")
	script := fmt.Sprintf("#!/bin/sh\nprintf %%s \"$*\" > %s.new && mv %s.new %s\n", opened, opened, opened)
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return []string{"PATH=" + folder + ":" + os.Getenv("PATH"), "DISPLAY=:0", "BROWSER="}, opened
}
