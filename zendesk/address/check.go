package address

import (
	"net/url"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/alike"
)

// ownDomains are Zendesk's: accounts live directly below one of them. Those of
// US authorities have a domain of their own.
func ownDomains() []string { return []string{zendeskDomain, governmentDomain} }

// accountOf returns the account's name of a host below one of Zendesk's domains.
func accountOf(name string) (account, domain string, found bool) {
	for _, domain := range ownDomains() {
		if account, found := strings.CutSuffix(name, "."+domain); found {
			return account, domain, true
		}
	}
	return "", "", false
}

// unclear refuses a text that could be meant in more than one way. A guess
// could send a password to an unrelated host.
func unclear() error {
	return tracker.Invalid("url", "This is not clearly an address. Enter the account's name, such as acme, or its whole URL, such as https://acme.zendesk.com.")
}

// withScheme puts https:// before a name or a host, and refuses what is
// neither nor a URL, such as https:/acme.zendesk.com.
func withScheme(text string) (string, error) {
	text, relative := strings.CutPrefix(text, "//")
	end := strings.IndexAny(text, `/?#\`)
	if end < 0 {
		end = len(text)
	}
	authority, rest := text[:end], text[end:]
	switch {
	case strings.HasPrefix(rest, "//") || strings.HasPrefix(rest, `\`):
		if scheme, isURL := strings.CutSuffix(authority, ":"); isURL && scheme != "" && !relative {
			return text, nil
		}
		return "", unclear()
	case authority == "" || strings.HasSuffix(authority, ":"):
		return "", unclear()
	case !strings.ContainsAny(authority, ".:@[") && rest != "":
		// One word with a path is as likely a URL with a slip in its scheme.
		return "", unclear()
	}
	if name := strings.ToLower(authority); strings.HasPrefix(name, "http") && !strings.Contains(name, "@") {
		return "", unclear()
	}
	return "https://" + text, nil
}

// checkName refuses a URL whose host is one word that cannot be meant as an
// account's name.
func checkName(u *url.URL) error {
	name := strings.ToLower(u.Hostname())
	if strings.Contains(name, ".") || strings.Contains(name, ":") || name == "localhost" {
		return nil
	}
	switch {
	case strings.Trim(name, "0123456789") == "":
		return tracker.Invalid("url", "This is a number, not an account's name. Enter a name such as acme, or a URL such as https://acme.zendesk.com.")
	case u.Path != "" && u.Path != "/", strings.HasSuffix(u.Host, ":"), u.Port() != "":
		return unclear()
	}
	return nil
}

// checkDomain refuses hosts that Zendesk gives to no account, and those that
// only look like Zendesk's.
func checkDomain(name string) error {
	account, domain, own := accountOf(name)
	switch {
	case own && strings.Contains(account, "."):
		last := account[strings.LastIndex(account, ".")+1:]
		return tracker.Invalid("url", "A Zendesk account has one name before .%s. Enter %s.%s, if that is the account.", domain, last, domain)
	case own && slices.Contains(schemeWords(), account):
		return unclear()
	case own:
		return nil
	}
	labels := strings.Split(name, ".")
	for i, label := range labels {
		// The first part of a host such as zendesk.acme.com is its owner's to choose.
		ownersChoice := i == 0 && len(labels) > 2 && labels[1] != "com"
		if likeZendesk(label) && !ownersChoice {
			return tracker.Invalid("url", "%s leads to %s, which is not one of Zendesk's domains. Accounts have addresses such as acme.zendesk.com.",
				name, strings.Join(labels[max(0, len(labels)-2):], "."))
		}
	}
	return nil
}

// schemeWords begin addresses; as an account's name each is a slip.
func schemeWords() []string {
	return []string{
		"http", "https", "htp", "htps", "ttp", "ttps", "hhttp", "hhttps", "htttp", "htttps", "httpss", "ftp", "ftps", "file", "mailto", "javascript",
		"data", "ws", "wss", "ssh", "url", "www",
	}
}

// likeZendesk reports whether part of a host's name is meant to be, or to look
// like, Zendesk's.
func likeZendesk(label string) bool {
	const word, slips = "zendesk", 2
	return strings.Contains(label, word) || alike.Distance(label, word) <= slips
}
