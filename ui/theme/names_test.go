package theme

import "testing"

func TestEveryRoleHasAName(t *testing.T) {
	named := map[Role]bool{}
	for _, n := range Names() {
		if !n.IsGround {
			named[n.Role] = true
		}
	}
	for role := range roles {
		if !named[role] {
			t.Errorf("role %d has no name", role)
		}
	}
}

func TestParseColour(t *testing.T) {
	for text, want := range map[string]Colour{"#7AA2f7": 0x7aa2f7, "#fa0": 0xffaa00, "0": indexed, "255": indexed | 255, "default": own} {
		if got, err := ParseColour(text); err != nil || got != want {
			t.Errorf("%s: %x, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "#", "#12345", "#gggggg", "256", "-1", "red", "7aa2f7", "#é1"} {
		if got, err := ParseColour(text); err == nil {
			t.Errorf("%s is %x", text, got)
		}
	}
}
