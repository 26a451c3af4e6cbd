package transfer

import (
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer/pivotal"
)

// readMapping reads pairs such as name=Summary.
func readMapping(pairs []string) (pivotal.Mapping, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	mapping := pivotal.Mapping{}
	for _, pair := range pairs {
		name, heading, ok := strings.Cut(pair, "=")
		field := pivotal.Field(strings.ToLower(strings.TrimSpace(name)))
		known := false
		for _, f := range pivotal.Fields() {
			known = known || f == field
		}
		if !ok || !known || strings.TrimSpace(heading) == "" {
			return nil, tracker.Invalid("column", "%q names no column: give a field and its heading, such as name=Summary. Fields are %s",
				pair, tracker.OneOf(pivotal.Fields()))
		}
		mapping[field] = heading
	}
	return mapping, nil
}
