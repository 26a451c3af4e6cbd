package list

// look is everything that a drawn row depends on.
type look[K comparable] struct {
	item       Item[K]
	flags      Flags
	width      int
	generation uint64
}

// cache keeps drawn rows in two halves. When the young half is full it becomes
// the old one, and what was not drawn since is dropped; so it holds
// at most twice its limit and needs no bookkeeping per row.
type cache[K comparable] struct {
	limit      int
	young, old map[look[K]]string
}

func (c *cache[K]) get(key look[K]) (line string, ok bool) {
	if line, ok = c.young[key]; ok {
		return line, true
	}
	if line, ok = c.old[key]; ok {
		c.put(key, line)
	}
	return line, ok
}

func (c *cache[K]) put(key look[K], line string) {
	if c.young == nil {
		c.young, c.old = map[look[K]]string{}, map[look[K]]string{}
	}
	if len(c.young) >= c.limit {
		c.young, c.old = c.old, c.young
		clear(c.young)
	}
	c.young[key] = line
}
