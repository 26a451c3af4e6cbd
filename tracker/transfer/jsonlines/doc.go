// Package jsonlines reads and writes storydesk's own format of a project: a text in
// UTF-8 with a JSON object in each line. The first line names the format and its version,
// each other one is a record. docs/import.md and docs/export.schema.json describe it.
package jsonlines
