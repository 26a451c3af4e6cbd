package document

import "storydesk/ui/draw"

// Framed draws the document in a frame around r, whose foot says whether there is
// more of it. That is known once it is laid out, so the text comes before the frame.
// share, where it is not nil, draws something else into the room inside and returns
// what it leaves; Framed returns the room that the document has.
func (d *Document) Framed(c *draw.Canvas, r draw.Rect, frame draw.Box, write func(*Writer), share func(draw.Rect) draw.Rect) draw.Rect {
	room := Margined(r.Inside())
	if r.W < 2 || r.H < 2 || room.Empty() {
		c.Box(r, frame)
		return draw.Rect{}
	}
	if share != nil {
		room = share(room)
	}
	d.Draw(c, room, write)
	frame.Foot = d.More()
	c.Box(r, frame)
	return room
}
