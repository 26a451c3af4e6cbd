package zendesk

import "storydesk/tracker"

// networkDiagnoses are about requests that got no whole answer.
func networkDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{sign: signGivenUp},
			code:    tracker.CodeUnavailable,
			says:    "the request to {host} was given up before it answered",
		},
		{
			symptom: symptom{sign: signNoHost},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "{host} was not found",
			causes: []string{"the address is misspelt", "this network hides it, and wants its VPN or its own sign-in first"},
			steps:  []string{"check the address", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{sign: signNoResolver},
			code:    tracker.CodeUnavailable,
			says:    "no host can be looked up, not even {host}: check the network",
			causes:  []string{"this machine has no network now", "its name server does not answer"},
			steps:   []string{"connect to the network", "if other programs reach it, check the name server (DNS)"},
		},
		{
			symptom: symptom{sign: signConnectionDenied},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "there is no connection to {host}: nothing answers there",
			causes: []string{"nothing listens at this address and port", "a firewall turns connections away"},
			steps:  []string{"check the address", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{sign: signNoRoute},
			code:    tracker.CodeUnavailable,
			says:    "there is no connection to {host}: this machine has no way there",
			causes:  []string{"this machine has no network now", "the network lets nothing out, or wants its VPN or a proxy"},
			steps:   []string{"connect to the network", "where it needs a proxy, set HTTPS_PROXY"},
		},
		{
			symptom: symptom{sign: signUnsent},
			code:    tracker.CodeUnavailable,
			says:    "there is no connection to {host}: check the network",
			causes:  []string{"the network is down, or a firewall drops connections", "the network wants a proxy"},
			steps:   []string{"open {base} in a browser on this machine", "where the network needs a proxy, set HTTPS_PROXY"},
		},
		{
			symptom: symptom{sign: signBroken},
			code:    tracker.CodeUnavailable,
			says:    "the connection to {host} broke before it answered",
			causes:  []string{"the network broke off", "a proxy or firewall ended the connection"},
			steps:   []string{"try again"},
		},
	}
}

// certificateDiagnoses are about TLS.
func certificateDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{sign: signAuthority},
			code:    tracker.CodeUnavailable, field: "url",
			says: "{host} shows a certificate of an authority that this machine does not know",
			causes: []string{
				"a company's proxy opens what is encrypted and shows a certificate of its own",
				"this machine's list of authorities is old",
				"somebody else answers in Zendesk's place",
			},
			steps: []string{
				"get the certificate of your company's authority as a PEM file and name it in STORYDESK_CA_FILE",
				"else renew this machine's certificates, and do not go on while it stays so",
			},
		},
		{
			symptom: symptom{sign: signOtherName},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "{host} shows a certificate of another host",
			causes: []string{"the address is misspelt, or only leads to the account", "the network answers in Zendesk's place until one signs in to it"},
			steps:  []string{"use the account's own address, such as acme.zendesk.com", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{sign: signOutdated},
			code:    tracker.CodeUnavailable,
			says:    "{host} shows a certificate that is not valid today, {today}",
			causes:  []string{"this machine's clock is wrong", "the certificate has run out"},
			steps:   []string{"set this machine's clock: it says {today}", "if the clock is right, ask who runs the network or the proxy"},
		},
		{
			symptom: symptom{sign: signNoTLS},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "there is no connection to {host}: it does not speak https",
			causes: []string{"another program is using that port", "a proxy or firewall breaks encrypted connections"},
			steps:  []string{"check the address"},
		},
	}
}

// proxyDiagnoses are about the proxy that the environment names.
func proxyDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{sign: signProxyAddress},
			code:    tracker.CodeUnavailable,
			says:    "HTTPS_PROXY holds no address of a proxy",
			causes:  []string{"a user name or password in it has signs that must be escaped, such as @ / or %"},
			steps:   []string{"write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, signs escaped, such as %40 for @", "start storydesk again"},
		},
		{
			symptom: symptom{sign: signNoProxy},
			code:    tracker.CodeUnavailable,
			says:    "there is no connection to the proxy that HTTPS_PROXY names",
			causes:  []string{"HTTPS_PROXY is wrong or old", "the proxy is down, or out of reach from this network"},
			steps:   []string{"check HTTPS_PROXY", "where {host} needs no proxy, name it in NO_PROXY"},
		},
		{
			symptom: symptom{sign: signProxyLogin},
			code:    tracker.CodeUnavailable,
			says:    "the proxy that HTTPS_PROXY names wants a user name and password",
			steps:   []string{"put them into HTTPS_PROXY, as in http://USER:PASSWORD@HOST:PORT"},
		},
		{
			symptom: symptom{sign: signProxyDenied},
			code:    tracker.CodeUnavailable,
			says:    "the proxy that HTTPS_PROXY names lets nothing through to {host} ({status})",
			causes:  []string{"the proxy allows only some hosts", "the proxy itself cannot reach {host}"},
			steps:   []string{"have who runs the proxy allow {host}", "check the address", "where {host} needs no proxy, name it in NO_PROXY"},
		},
	}
}
