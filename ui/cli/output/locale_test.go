package output

import "testing"

func TestASCIILocale(t *testing.T) {
	tests := map[string]struct {
		env  map[string]string
		want bool
	}{
		"UTF-8":                 {map[string]string{"LANG": "de_DE.UTF-8"}, false},
		"utf8":                  {map[string]string{"LANG": "C.utf8"}, false},
		"POSIX":                 {map[string]string{"LANG": "POSIX"}, true},
		"LC_ALL before LANG":    {map[string]string{"LC_ALL": "C", "LANG": "en_US.UTF-8"}, true},
		"LC_CTYPE before LANG":  {map[string]string{"LC_CTYPE": "en_US.UTF-8", "LANG": "C"}, false},
		"LC_ALL before all":     {map[string]string{"LC_ALL": "en_US.UTF-8", "LC_CTYPE": "C"}, false},
		"Latin 1":               {map[string]string{"LANG": "de_DE.ISO-8859-1"}, true},
		"an empty one is unset": {map[string]string{"LC_ALL": "", "LANG": "en_US.UTF-8"}, false},
	}
	for name, test := range tests {
		if got := ASCIILocale(func(key string) string { return test.env[key] }); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
