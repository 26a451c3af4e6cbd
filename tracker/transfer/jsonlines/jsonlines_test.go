package jsonlines

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

var update = flag.Bool("update", false, "write docs/export.schema.json")

func file(text string) File {
	return OpenFile("acme.jsonl", func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil })
}

// filled sets every field, so that a round trip that loses one is found out.
func filled(v reflect.Value, n *int) {
	*n++
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Date(2024, 1, 2, 3, 4, 5, *n*1e6, time.UTC)))
		return
	case transfer.Place:
		return
	case tracker.StoryType:
		v.SetString(string(tracker.Bug))
		return
	case tracker.State:
		v.SetString(string(tracker.Started))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("text <&> \u2028 " + strings.Repeat("x", *n))
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(*n))
	case reflect.Float64:
		v.SetFloat(float64(*n) / 2)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		filled(v.Elem(), n)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		filled(v.Index(0), n)
		filled(v.Index(1), n)
	case reflect.Struct:
		for i := range v.NumField() {
			filled(v.Field(i), n)
		}
	default:
		panic(v.Kind())
	}
}

func TestARoundTripKeepsEveryField(t *testing.T) {
	t.Parallel()
	var whole transfer.Record
	n := 0
	filled(reflect.ValueOf(&whole).Elem(), &n)
	records := []transfer.Record{{Project: whole.Project}, {Epic: whole.Epic}, {Story: whole.Story}, {Activity: whole.Activity}, {Person: whole.Person}}
	var out bytes.Buffer
	w, err := NewWriter(&out)
	for _, r := range records {
		if err == nil {
			err = w.Write(r)
		}
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	var again []transfer.Record
	err = file(out.String()).Read(func(r transfer.Record) error {
		again = append(again, r)
		return nil
	}, func(f transfer.Finding) { t.Error(f) })
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(records, again, cmpopts.IgnoreTypes(transfer.Place{}), cmpopts.IgnoreFields(transfer.Attachment{}, "Path", "Saved")); diff != "" {
		t.Error(diff)
	}
}

const head = `{"format":"storydesk","version":1}` + "\n"

func TestWhatCannotBePlacedIsTold(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		`{"story":{"name":" ","type":"bug","state":"started"}}`:              "acme.jsonl:2: the story has no name; it is left out",
		`{"story":{"name":"A","type":"saga","state":"started"}}`:             `acme.jsonl:2: "saga" is not a type of stories; the story becomes a feature`,
		`{"story":{"name":"A","type":"bug","state":"asleep"}}`:               `acme.jsonl:2: "asleep" is not a state; the story becomes unscheduled`,
		`{"story":{"name":"A","type":"bug","state":"started","mood":"sad"}}`: `acme.jsonl:2: unknown field "mood"; it is left out`,
		`{}`: "acme.jsonl:2: the line holds no project, story, epic, activity or person; it is left out",
	} {
		var found []string
		if err := file(head+line).Read(func(transfer.Record) error { return nil }, func(f transfer.Finding) { found = append(found, f.String()) }); err != nil {
			t.Error(err)
		}
		if len(found) != 1 || found[0] != want {
			t.Errorf("got %q, want %s", found, want)
		}
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                   "acme.jsonl: the file is empty",
		"{}\n":                               `acme.jsonl:1: it is no export of storydesk: the first line is not {"format":"storydesk","version":1}`,
		"Id,Title":                           `acme.jsonl:1: it is no export of storydesk: the first line is not {"format":"storydesk","version":1}`,
		`{"format":"storydesk","version":2}`: "acme.jsonl:1: it has version 2 of the format; this storydesk knows version 1. Update storydesk",
		head + "\n{\"story\":}":              "acme.jsonl:3:10: it is no JSON: invalid character '}' looking for beginning of value",
		head + `{"story":{"name":7}}`:        "acme.jsonl:2:18: story.name cannot be a number",
		head + `{"story":{"name":"A"}} {}`:   "acme.jsonl:2:24: it is no JSON: invalid character '{' after top-level value",
		head + `{"story":"` + strings.Repeat("x", maxLine): "acme.jsonl:2: the line is longer than 64 MB",
	} {
		err := file(text).Read(func(transfer.Record) error { return nil }, func(transfer.Finding) {})
		if err == nil || err.Error() != want {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

func FuzzLines(f *testing.F) {
	f.Add(head + `{"story":{"name":"A","type":"bug","state":"started","created_at":"2024-01-02T00:00:00Z"}}`)
	f.Add(head + `{"epic":{"name":"E"}}` + "\n" + `{"activity":{"of":1}}` + "\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		err := file(text).Read(func(r transfer.Record) error {
			if r == (transfer.Record{}) {
				t.Error("a record is empty")
			}
			return nil
		}, func(transfer.Finding) {})
		if err != nil && tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%v is no sentence", err)
		}
	})
}

// TestTheSchemaIsThatOfTheRecords holds docs/export.schema.json to the records. To renew
// it: go test ./tracker/transfer/jsonlines -update.
func TestTheSchemaIsThatOfTheRecords(t *testing.T) {
	t.Parallel()
	const path = "../../../docs/export.schema.json"
	line := schemaOf(reflect.TypeFor[transfer.Record]())
	line["minProperties"], line["maxProperties"] = 1, 1
	schema := map[string]any{
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A line of a project that storydesk exports",
		"anyOf": []any{schemaOf(reflect.TypeFor[Head]()), line},
	}
	want, err := json.MarshalIndent(schema, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not the schema of the records (%v); renew it with -update", path, err)
	}
}

// schemaOf is the JSON Schema of a type.
func schemaOf(t reflect.Type) map[string]any {
	switch t {
	case reflect.TypeFor[time.Time]():
		return map[string]any{"type": "string", "format": "date-time"}
	case reflect.TypeFor[tracker.StoryType]():
		return map[string]any{"enum": tracker.StoryTypes()}
	case reflect.TypeFor[tracker.State]():
		return map[string]any{"enum": tracker.States()}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.Struct:
	default:
		return map[string]any{"type": "integer"}
	}
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if name == "-" {
			continue
		}
		properties[name] = schemaOf(t.Field(i).Type)
		if !strings.HasPrefix(options, "omit") {
			required = append(required, name)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
}
