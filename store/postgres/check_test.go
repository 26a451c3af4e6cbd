package postgres

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker/verdict"
)

// What the doctor says of a server.
func TestChecks(t *testing.T) {
	well := found{name: "d on db", version: "15.9", schema: 40, newest: 40, encrypted: true, verified: true, protocol: "TLSv1.3", creates: true}
	for name, tt := range map[string]struct {
		change func(*found)
		check  func(*found) verdict.Check
		level  verdict.Level
		says   string
		step   string
	}{
		"well":              {func(*found) {}, (*found).checkSchema, verdict.LevelOK, "PostgreSQL 15.9, schema 40", ""},
		"newer":             {func(f *found) { f.schema = 41 }, (*found).checkSchema, verdict.LevelFailed, "a newer storydesk", "update storydesk"},
		"older":             {func(f *found) { f.schema = 39 }, (*found).checkSchema, verdict.LevelOK, "upgrades it to 40", ""},
		"empty":             {func(f *found) { f.schema = 0 }, (*found).checkSchema, verdict.LevelOK, "makes its tables", ""},
		"verified":          {func(*found) {}, (*found).checkEncryption, verdict.LevelOK, "TLSv1.3", ""},
		"unverified":        {func(f *found) { f.verified = false }, (*found).checkEncryption, verdict.LevelWarning, "any server could answer", "verify-full"},
		"open":              {func(f *found) { f.encrypted = false }, (*found).checkEncryption, verdict.LevelWarning, "not encrypted", "verify-full"},
		"local":             {func(f *found) { f.encrypted, f.local = false, true }, (*found).checkEncryption, verdict.LevelOK, "on this computer", ""},
		"all rights":        {func(*found) {}, (*found).checkRights, verdict.LevelOK, "everything", ""},
		"rows alone":        {func(f *found) { f.creates = false }, (*found).checkRights, verdict.LevelOK, "only the database's owner", ""},
		"upgrade not meant": {func(f *found) { f.creates, f.schema = false, 39 }, (*found).checkRights, verdict.LevelFailed, "may not make tables", "owner"},
		"some tables":       {func(f *found) { f.lacks = []string{"story", "task"} }, (*found).checkRights, verdict.LevelFailed, "2 tables (such as story)", "grants"},
		"replica":           {func(f *found) { f.readOnly = true }, (*found).checkRights, verdict.LevelFailed, "read-only", "primary"},
		"clocks agree":      {func(f *found) { f.ahead = -time.Second }, (*found).checkClock, verdict.LevelOK, "agree", ""},
		"clock ahead":       {func(f *found) { f.ahead = 5 * time.Second }, (*found).checkClock, verdict.LevelWarning, "5s ahead of the server's", "time synchronisation"},
		"clock far behind":  {func(f *found) { f.ahead = -time.Hour }, (*found).checkClock, verdict.LevelFailed, "1h0m0s behind the server's", "time synchronisation"},
	} {
		f := well
		tt.change(&f)
		c := tt.check(&f)
		if c.Level != tt.level || !strings.Contains(c.Text, tt.says) || !strings.Contains(strings.Join(c.Steps, "; "), tt.step) {
			t.Errorf("%s: %+v", name, c)
		}
	}
}
