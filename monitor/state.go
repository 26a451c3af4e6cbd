package monitor

import (
	"context"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"storydesk/tracker"
)

// patience is how long the database may take to say what is asked of it.
const patience = 5 * time.Second

// state is what the database holds, read whenever somebody asks for the metrics.
type state struct {
	monitor *Monitor
	store   tracker.Store
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc("storydesk_"+name, help, labels, nil)
}

//nolint:gochecknoglobals // names and sentences
var (
	up         = describe("database_up", "1 if the database answers, else 0.")
	deliveries = describe("deliveries", "Private comments, by state.", "state")
	oldest     = describe("delivery_oldest_pending_seconds", "The age of the oldest private comment that is not sent yet, 0 where there is none.")
	refreshed  = describe("view_refresh_age_seconds", "How long ago the view of an integration was read.", "integration", "host")
	requests   = describe("zendesk_requests_left", "How many requests an account allows for now.", "host")
	updates    = describe("zendesk_updates_left", "How many updates of tickets an account allows for now.", "host")
)

// Describe implements prometheus.Collector.
func (s state) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{up, deliveries, oldest, refreshed, requests, updates} {
		to <- d
	}
}

// reading is what was read in one snapshot.
type reading struct {
	counts  map[tracker.DeliveryState]int
	pending time.Time
	waits   bool
	active  []tracker.Integration
	fetched map[tracker.IntegrationID]time.Time
}

func (s state) read(ctx context.Context) (r reading, err error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err = s.store.Read(ctx, func(from tracker.Reader) (err error) {
		r = reading{fetched: map[tracker.IntegrationID]time.Time{}}
		if r.counts, err = from.DeliveryCounts(tracker.DeliveryStates()...); err != nil {
			return err
		}
		if r.pending, r.waits, err = from.OldestPending(); err != nil {
			return err
		}
		all, err := from.Integrations(0)
		if err != nil {
			return err
		}
		for _, in := range all {
			if !in.Active {
				continue
			}
			r.active = append(r.active, in)
			f, err := from.Fetch(in.ID)
			if err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
				return err
			}
			r.fetched[in.ID] = f.FinishedAt
		}
		return nil
	})
	return r, err
}

// Collect implements prometheus.Collector.
func (s state) Collect(to chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, value float64, labels ...string) {
		to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
	}
	r, err := s.read(context.Background())
	if err != nil {
		gauge(up, 0)
		return
	}
	gauge(up, 1)
	for _, name := range tracker.DeliveryStates() {
		gauge(deliveries, float64(r.counts[name]), string(name))
	}
	now, age := s.monitor.now(), 0.0
	if r.waits {
		age = max(0, now.Sub(r.pending).Seconds())
	}
	gauge(oldest, age)
	told := map[string]bool{}
	views := map[[2]string]float64{}
	for _, in := range r.active {
		// Accounts and views are named by people, labels are UTF-8.
		name, host := text(in.Name), text(in.Host)
		if at := r.fetched[in.ID]; !at.IsZero() {
			// Two projects may have an integration of the same name and account.
			view := [2]string{name, host}
			views[view] = max(views[view], now.Sub(at).Seconds())
		}
		quota := s.monitor.quota(in.Host)
		if told[host] || quota.Requests.PerMinute == 0 && quota.Updates.PerMinute == 0 {
			continue
		}
		told[host] = true
		gauge(requests, float64(quota.Requests.Left), host)
		gauge(updates, float64(quota.Updates.Left), host)
	}
	for view, age := range views {
		gauge(refreshed, age, view[0], view[1])
	}
}

// text is a name as a label can have it.
func text(name string) string { return strings.ToValidUTF8(name, "\uFFFD") }
