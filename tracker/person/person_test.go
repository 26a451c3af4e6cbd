package person

import "testing"

func TestNamesThatMayBeOnePersons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b  string
		alike bool
	}{
		{"Ada", "Ada Berg", true},
		{"J. Lind", "José Lind", true},
		{"Lind, José", "José Lind", true},
		{"José M. Lind", "José Lind", true},
		{"jlind", "José Lind", true},
		{"jose.lind", "José Lind", true},
		{"joselind", "José Lind", true},
		{"Ada Bergh", "Ada Berg", true},
		{"Ada Borg", "Ada Berg", true},
		{"A. B.", "Ada Berg", false},
		{"A", "Ada", false},
		{"Bob", "Rob", false},
		{"Ada Lind", "José Lind", false},
		{"Kim", "Ada Berg", false},
		{"…", "Ada Berg", false},
	} {
		for _, names := range [][2]string{{c.a, c.b}, {c.b, c.a}} {
			if got := Alike(Fold(names[0]), Fold(names[1])); got != c.alike {
				t.Errorf("%q and %q: %t", names[0], names[1], got)
			}
		}
	}
}

// Accents, case and spaces do not tell people apart, but all other marks do.
func TestNamesThatAreTheSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"José  Lind", "jose lind", true},
		{"Žofie", "zofie", true},
		{"José", "Jose\u0301", true},
		{"かぎ", "かき", false},
		{"मुनि", "मनि", false},
		{"Ada", "Adam", false},
	} {
		if Same(c.a, c.b) != c.same || Same(c.b, c.a) != c.same {
			t.Errorf("%q and %q: %t", c.a, c.b, !c.same)
		}
	}
}
