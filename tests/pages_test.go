package tests

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// readerHas is what each page finds: an account on the sandbox, and stories up to S-14.
const readerHas = `
sandbox
env STORYDESK_DB=$WORK/storydesk.db
env STORYDESK_SECRET=$TOKEN
exits 0 storydesk integration add --name Sandbox --url $URL --email $EMAIL --view $VIEW --store-secret-in-db
exits 0 sh -c 'for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do storydesk story add --name "Story $n" --to backlog || exit; done'
exits 0 storydesk story edit 14 --label export
`

// needed are what commands need before, beside what is furnished.
var needed = map[string][]string{
	"storydesk story restore 14":                          {"storydesk story delete 14 --yes"},
	"storydesk story move 14 --to current":                {`storydesk project edit "My project" --manual`},
	"storydesk story attachment add 14 invoice.pdf":       {"echo invoice >invoice.pdf"},
	"storydesk import project.zip --dry-run":              {"storydesk export project.zip"},
	"storydesk import project_12345.zip --dry-run":        {"storydesk export project_12345.zip --force"},
	"storydesk import project_12345.zip":                  {"storydesk export project_12345.zip --force"},
	"storydesk import project_12345.zip --map people.csv": {"printf 'Ada L,Ada Lovelace\\n' >people.csv"},
	"storydesk config init":                               {`rm "$XDG_CONFIG_HOME/storydesk/config.toml"`},
	"storydesk import FILE":                               {"storydesk export from.csv"},
	"storydesk ticket show 1042":                          {"storydesk ticket list --refresh"},
	"storydesk ticket snooze 1042 --until monday":         {"storydesk ticket list --refresh"},
	"storydesk story add --from-ticket 1042 --to backlog": {"storydesk ticket list --refresh"},
}

// filled are the words in capitals of commands, and what they are here.
var filled = map[string]string{
	"storydesk db backup FILE":                             "storydesk db backup copy.db",
	"storydesk export FILE":                                "storydesk export to.csv",
	"storydesk import FILE":                                "storydesk import from.csv",
	"storydesk COMMAND --help":                             "storydesk story --help",
	"storydesk completion SHELL":                           "storydesk completion bash",
	"storydesk project use NAME":                           `storydesk project use "My project"`,
	"storydesk help TOPIC":                                 "storydesk help search",
	"storydesk epic":                                       "storydesk epic --help",
	"storydesk setting":                                    "storydesk setting --help",
	"storydesk person":                                     "storydesk person --help",
	"storydesk report":                                     "storydesk report --help",
	"storydesk search":                                     "storydesk search --help",
	"storydesk integration login":                          "storydesk integration login --help",
	"storydesk project edit":                               "storydesk project edit --help",
	"storydesk epic show":                                  "storydesk epic show --help",
	"storydesk epic save":                                  "storydesk epic save --help",
	"storydesk db copy":                                    "storydesk db copy --help",
	"storydesk db backup":                                  "storydesk db backup --help",
	"storydesk integration edit NAME --store-secret-in-db": "storydesk integration edit Sandbox --store-secret-in-db",
}

// onServer is why what a server of a team needs is not run here.
const onServer = "it needs a server with names and certificates: the script dbcopy, and the tests of the store"

// elsewhere are the commands that are not run here, and why.
var elsewhere = map[string]string{
	"go install .":                    "it installs for the user; scripts/fork --try does it",
	"go run . demo":                   "it needs a terminal: TestDemoFromTicketToPrivateComment",
	"go test ./...":                   "these are the tests",
	"bash .ci/run":                    "it runs the tests",
	"go test ./ui -run '^$' -bench .": "it measures",
	"go test ./ui/board/... ./ui/list -run '^$' -bench .": "it measures",
	"go test ./store -run '^$' -bench . -timeout 30m":     "it measures",
	"go test ./tracker/stories -run RoundTrips -v":        "it is among the tests",
	"go run ./scripts/campaign":                           "it takes minutes, and has tests of its own",
	"go run ./scripts/bounds":                             "the source is checked by .ci/run",
	".ci/fuzz 30s":                                        ".ci/run runs it",
	"go run ./scripts/sidebyside -runs 15 -write":         "it measures",
	"git tag v1.2.0":                                      "it begins a release",
	"STORYDESK_HOMEPAGE=https://github.com/acme/storydesk scripts/release v1.2.0 --sign minisign.key":                                                                 "it takes many minutes; it checks what it makes itself",
	"go run ./scripts/installtest dist/v1.1.0 dist/v1.2.0":                                                                                                            "it needs releases, root and Debian's packages",
	"scripts/fork github.com/acme/storydesk --try":                                                                                                                    "it builds everything anew",
	"minisign -V -P PUBLIC_KEY -m SHA256SUMS.linux":                                                                                                                   "it needs a release",
	"sha256sum -c --ignore-missing SHA256SUMS.linux":                                                                                                                  "it needs a release",
	"psql -h db.acme.internal -U postgres -v ON_ERROR_STOP=1 -f storydesk.sql":                                                                                        onServer,
	`psql -h db.acme.internal -U postgres -c '\password storydesk_owner'`:                                                                                             onServer,
	`psql -h db.acme.internal -U postgres -c '\password ada'`:                                                                                                         onServer,
	"export STORYDESK_DB='postgres://ada@db.acme.internal/storydesk?sslmode=verify-full'":                                                                             onServer,
	"storydesk project list --db 'postgres://storydesk_owner@db.acme.internal/storydesk?sslmode=verify-full'":                                                         onServer,
	"storydesk db copy ~/.local/share/storydesk/storydesk.db 'postgres://storydesk_owner@db.acme.internal/storydesk?sslmode=verify-full'":                             onServer,
	"pg_dump --format=custom --file=storydesk.dump 'host=db.acme.internal user=storydesk_owner dbname=storydesk sslmode=verify-full'":                                 onServer,
	"pg_restore --no-owner --no-privileges --exit-on-error --dbname='host=db.acme.internal user=storydesk_owner dbname=storydesk sslmode=verify-full' storydesk.dump": onServer,
	"systemctl enable --now storydesk-worker":                                                                                                                         "it changes the system",
	"journalctl -u storydesk-worker -f":                                                                                                                               "it needs the worker as a service",
	"curl http://127.0.0.1:9464/healthz":                                                                                                                              "it asks a worker: the tests of the worker",
	"curl http://127.0.0.1:9464/metrics":                                                                                                                              "it asks a worker: the tests of the worker",
	"storydesk demo":                                                                                                                                                  "it needs a terminal: TestDemoFromTicketToPrivateComment",
	"storydesk demo --db trial.db":                                                                                                                                    "it needs a terminal: TestDemoFromTicketToPrivateComment",
	"storydesk integration add":                                                                                                                                       "it asks on a terminal: TestQuestionsOfIntegrationAdd",
	"storydesk integration login Support":                                                                                                                             "it opens a browser: the script oauth",
	"storydesk integration add --name Support --url acme --view 360001234567 --client-id storydesk":                                                                   "it opens a browser: the script oauth",
	"storydesk integration add --kind other --name Planner --feed https://planner.acme.com/stories.xml --base-url https://planner.acme.com/items/": "it reads a feed of somebody's: the script feed",
}

// Each command that a page shows works as it stands there, against the sandbox.
func TestCommandsOfThePages(t *testing.T) {
	unseen := make(map[string]bool)
	for _, table := range []map[string]string{filled, elsewhere} {
		for command := range table {
			unseen[command] = true
		}
	}
	for command := range needed {
		unseen[command] = true
	}
	folder := t.TempDir()
	for _, page := range pages(t) {
		content, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		script := readerHas
		ran := 0
		for _, command := range commandsOf(string(content)) {
			delete(unseen, command)
			if elsewhere[command] != "" {
				leadsSomewhere(t, page, command)
				continue
			}
			ran++
			for _, before := range needed[command] {
				script += shell(before)
			}
			script += shell(cmp.Or(filled[command], command))
		}
		name := strings.NewReplacer("../", "", "/", "-", ".md", "").Replace(page) + ".txtar"
		if ran == 0 {
			continue
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, command := range slices.Sorted(maps.Keys(unseen)) {
		t.Errorf("no page shows %q: take it out of the tables of this test", command)
	}
	testscript.Run(t, testscript.Params{Dir: folder, RequireExplicitExec: true, Setup: atHome, Cmds: commands()})
}

// pages are all pages of the documentation.
func pages(t *testing.T) []string {
	t.Helper()
	docs, err := filepath.Glob("../docs/*.md")
	if err != nil || len(docs) < 10 {
		t.Fatal(docs, err)
	}
	return append(docs, "../README.md", "../CONTRIBUTING.md", "../SECURITY.md", "../zendesk/sandbox/README.md")
}

// shell is a line of a script that runs a command as a shell does.
func shell(command string) string {
	return fmt.Sprintf("exits 0 sh -c '%s'\n", strings.ReplaceAll(command, "'", "''"))
}

var (
	// comment is what explains a command on its line.
	comment = regexp.MustCompile(`\s+# .*$`)
	// named is a command in a sentence.
	named = regexp.MustCompile("`(storydesk [^`]+)`")
)

// commandsOf returns the commands of a page in their order: the lines of its blocks for the
// shell, and what is named in sentences. Tables of all commands are not among them.
func commandsOf(page string) []string {
	var found []string
	var sentences strings.Builder
	name := func() {
		for _, m := range named.FindAllStringSubmatch(sentences.String(), -1) {
			found = append(found, m[1])
		}
		sentences.Reset()
	}
	fence := ""
	for line := range strings.Lines(page) {
		line = strings.TrimSuffix(line, "\n")
		switch {
		case strings.HasPrefix(line, "```") && fence == "":
			name()
			fence = line
		case strings.HasPrefix(line, "```"):
			fence = ""
		case fence == "```" || fence == "```sh":
			found = append(found, strings.TrimSpace(comment.ReplaceAllString(line, "")))
		case fence == "" && !strings.HasPrefix(line, "| `storydesk"):
			sentences.WriteString(strings.TrimSpace(line) + " ")
		}
	}
	name()
	return slices.DeleteFunc(found, func(command string) bool { return command == "" })
}

// leadsSomewhere fails where a command that is not run names a file that is not there.
func leadsSomewhere(t *testing.T, page, command string) {
	t.Helper()
	for word := range strings.FieldsSeq(command) {
		if !strings.HasPrefix(word, "./") && !strings.HasPrefix(word, ".ci/") && !strings.HasPrefix(word, "scripts/") {
			continue
		}
		if _, err := os.Stat(filepath.Join("..", strings.TrimSuffix(word, "/..."))); err != nil {
			t.Errorf("%s: %s: %v", page, command, err)
		}
	}
}
