package output

import (
	"cmp"
	"runtime"
	"strings"
)

// ASCIILocale reports whether the locale shows ASCII only. The first variable
// that is set decides, and none is the "C" locale.
// https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html
func ASCIILocale(getenv func(string) string) bool {
	locale := strings.ToLower(cmp.Or(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")))
	if locale == "" && runtime.GOOS == "windows" {
		return false // consoles there are detected by other means, and show Unicode
	}
	return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
}
