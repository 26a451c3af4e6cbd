// Package monitor measures what the worker does, and serves that over HTTP: /healthz for
// whoever restarts it, /metrics for Prometheus.
//
// Labels name states, outcomes, hosts and integrations, never a person, a ticket or what is written
// in one; no secret is known here.
package monitor
