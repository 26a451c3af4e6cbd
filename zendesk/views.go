package zendesk

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"storydesk/tracker"
	"storydesk/zendesk/diagnosis"
	"storydesk/zendesk/wire"
)

// View reads a view's title and whether it is active.
func (d *account) View(ctx context.Context, id tracker.ViewID) (tracker.View, error) {
	c := viewCall(id, "")
	var body struct {
		View wire.View `json:"view"`
	}
	if err := d.do(ctx, c, &body); err != nil {
		return tracker.View{}, err
	}
	if err := d.require(c, body.View.ID > 0, "view"); err != nil {
		return tracker.View{}, err
	}
	return body.View.Translate(), nil
}

// Views lists the active views that the user can see, in the order of Zendesk's menu.
func (d *account) Views(ctx context.Context) ([]tracker.View, error) {
	c := call{method: http.MethodGet, path: "views", query: url.Values{"active": {"true"}}, subject: "the list of views", topic: diagnosis.TopicView}
	var views []tracker.View
	for l, err := range pages[wire.ViewListing](ctx, d, c, "") {
		if err == nil {
			err = d.require(c, l.Views != nil, "views")
		}
		if err != nil {
			return nil, err
		}
		for _, w := range *l.Views {
			if v := w.Translate(); v.ID > 0 && v.Active {
				views = append(views, v)
			}
		}
	}
	return views, nil
}

func viewCall(id tracker.ViewID, rest string) call {
	return call{
		method:  http.MethodGet,
		path:    fmt.Sprintf("views/%d%s", id, rest),
		subject: fmt.Sprintf("view %d", id),
		topic:   diagnosis.TopicView,
	}
}
