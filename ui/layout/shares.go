package layout

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"storydesk/ui/intent"
)

// Shares are the widths of the board's parts in proportion to each other. An
// empty one is the usual one.
type Shares map[intent.PaneName]int

// maxShare keeps a share to what a screen can be wide.
const maxShare = 10_000

// String is how shares are saved.
func (s Shares) String() string {
	words := make([]string, 0, len(s))
	for _, part := range slices.Sorted(maps.Keys(s)) {
		words = append(words, fmt.Sprintf("%s=%d", part, s[part]))
	}
	return strings.Join(words, " ")
}

// ParseShares reads saved shares; what cannot be used is as usual.
func ParseShares(kept string) Shares {
	s := Shares{}
	for word := range strings.FieldsSeq(kept) {
		part, share, _ := strings.Cut(word, "=")
		n, err := strconv.Atoi(share)
		if err != nil || n <= 0 || n > maxShare {
			return nil
		}
		s[intent.PaneName(part)] = n
	}
	return s
}
