package monitor

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"storydesk/tracker"
)

// Monitor counts and measures from the moment that it was made. It is safe for concurrent use.
type Monitor struct {
	registry *prometheus.Registry
	database *prometheus.HistogramVec
	attempts *prometheus.CounterVec
	// now tells the time.
	now func() time.Time
	// quota is what an account's host allows for now.
	quota func(host string) tracker.Quota
}

// New returns a monitor of a program of this version.
func New(version string) *Monitor {
	m := &Monitor{
		registry: prometheus.NewRegistry(), now: time.Now, quota: func(string) tracker.Quota { return tracker.Quota{} },
		database: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "storydesk_database_seconds", Help: "How long transactions took, by what they did.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"operation"}),
		attempts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "storydesk_delivery_attempts_total", Help: "Attempts to send a private comment, by the state it was in afterwards.",
		}, []string{"outcome"}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "storydesk_build_info", Help: "1, with the version of the program.",
	}, []string{"version"})
	build.WithLabelValues(version).Set(1)
	// From the beginning, so that a rate can be told of the first one.
	for _, state := range tracker.DeliveryStates() {
		m.attempts.WithLabelValues(string(state))
	}
	for _, operation := range []string{operationRead, operationChange, operationClaim} {
		m.database.WithLabelValues(operation)
	}
	m.registry.MustRegister(m.database, m.attempts, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}
