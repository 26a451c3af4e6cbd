package accounts

import (
	"context"
	"fmt"
	"strings"

	"storydesk/tracker"
)

// viewsNamed is how many other views are named where one is gone.
const viewsNamed = 5

// InactiveView explains why an inactive view does not do.
func InactiveView(v tracker.View) *tracker.Error {
	e := tracker.Invalid("view", "view %d “%s” is inactive in Zendesk", v.ID, v.Title)
	e.Steps = []string{"choose another view", "or have an administrator activate this one"}
	return e
}

// ExplainView says of a view that is gone or not shared what it means, and
// which views there are.
func ExplainView(ctx context.Context, account tracker.Account, in tracker.Integration, err error) error {
	code := tracker.CodeOf(err)
	if code != tracker.CodeNotFound && code != tracker.CodeForbidden {
		return err
	}
	choose := "choose another view in the integration"
	// Where these cannot be read either, the first error says enough.
	if views, listErr := account.Views(ctx); listErr == nil && len(views) == 0 {
		choose = "have an administrator share a view: " + in.User() + " sees none"
	} else if len(views) > 0 {
		var names []string
		for _, v := range views[:min(viewsNamed, len(views))] {
			names = append(names, fmt.Sprintf("“%s” (%d)", v.Title, v.ID))
		}
		choose += ", such as " + strings.Join(names, ", ")
	}
	return &tracker.Error{
		Code: code, Field: "view", Err: err,
		Message: fmt.Sprintf("view %d of %s was deleted or is not shared with %s; choose another", in.ViewID, in.Host, in.User()),
		Steps:   []string{choose, "or have an administrator share this one"},
	}
}
