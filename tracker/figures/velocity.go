package figures

import "storydesk/tracker/plan"

// Velocity is what a team accepts, by iteration.
type Velocity struct {
	// Now is the project's velocity.
	Now int
	// Volatility is that of the iterations which it averages: 0.2 for 20 %.
	Volatility float64
	Rows       []VelocityRow
}

// VelocityRow is a done iteration.
type VelocityRow struct {
	Iteration
	// Points were accepted, by so many Stories.
	Points  float64
	Stories int
	// Velocity is what was measured when it was over.
	Velocity int
}

// Velocity returns what was accepted in the done iterations of a range.
func (h *History) Velocity(r Range) Velocity {
	v := Velocity{Now: h.Plan.Measured, Volatility: h.Plan.Volatility}
	first, end, _ := h.chosen(r)
	for i := first; i < end; i++ {
		past := h.pasts[i]
		v.Rows = append(v.Rows, VelocityRow{
			Iteration{Span: past.Span}, past.Points, past.Stories, plan.Velocity(h.facts.Project, h.pasts[:i+1]),
		})
	}
	return v
}

// Planned compares what was accepted with what was planned, by iteration.
type Planned struct{ Rows []PlannedRow }

// PlannedRow is an iteration.
type PlannedRow struct {
	Iteration
	// Planned is what the iteration could take: at the velocity that was measured before
	// it began, with its team strength and its length. Of Current it is what is planned in
	// it now.
	Planned float64
	// Accepted are the points of its accepted stories.
	Accepted float64
}

// Share returns how much of what was planned is accepted; 0 where nothing was planned.
func (r PlannedRow) Share() float64 {
	if r.Planned == 0 {
		return 0
	}
	return r.Accepted / r.Planned
}

// Planned compares what was accepted with what was planned in the iterations of a range.
func (h *History) Planned(r Range) Planned {
	var p Planned
	first, end, current := h.chosen(r)
	for i := first; i < end; i++ {
		past := h.pasts[i]
		velocity := plan.Velocity(h.facts.Project, h.pasts[:i])
		p.Rows = append(p.Rows, PlannedRow{Iteration{Span: past.Span}, float64(past.Capacity(h.facts.Project, velocity)), past.Points})
	}
	if now := h.Plan.Current(); current {
		p.Rows = append(p.Rows, PlannedRow{Iteration{now.Span, true}, now.Points, now.Accepted})
	}
	return p
}
