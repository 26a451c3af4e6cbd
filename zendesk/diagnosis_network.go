package zendesk

import "storydesk/tracker"

// networkDiagnoses are about requests that got no whole answer.
func networkDiagnoses() []diagnosis {
	return []diagnosis{
		{
			symptom: symptom{sign: signGivenUp},
			code:    tracker.CodeUnavailable,
			says:    "the request to {host} was cancelled before it answered",
		},
		{
			symptom: symptom{sign: signNoHost},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "{host} was not found",
			causes: []string{"the address is misspelt", "this network blocks it until you connect a VPN or sign in to the network"},
			steps:  []string{"check the address", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{sign: signNoResolver},
			code:    tracker.CodeUnavailable,
			says:    "host names cannot be looked up, such as {host}: check the network",
			causes:  []string{"this machine is not connected to a network", "its name server does not answer"},
			steps:   []string{"connect to the network", "if other programs reach it, check the name server (DNS)"},
		},
		{
			symptom: symptom{sign: signConnectionDenied},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "there is no connection to {host}: nothing answers there",
			causes: []string{"nothing listens at this address and port", "a firewall rejects connections"},
			steps:  []string{"check the address", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{sign: signNoRoute},
			code:    tracker.CodeUnavailable,
			says:    "there is no connection to {host}: this machine has no route to it",
			causes:  []string{"this machine is not connected to a network", "the network blocks connections, or needs a VPN or a proxy"},
			steps:   []string{"connect to the network", "if it needs a proxy, set HTTPS_PROXY"},
		},
		{
			symptom: symptom{sign: signUnsent},
			code:    tracker.CodeUnavailable,
			says:    "there is no connection to {host}: check the network",
			causes:  []string{"the network is down, or a firewall drops connections", "the network needs a proxy"},
			steps:   []string{"open {base} in a browser on this machine", "if the network needs a proxy, set HTTPS_PROXY"},
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
				"a company's proxy decrypts connections and shows a certificate of its own",
				"this machine's list of certificate authorities is out of date",
				"someone else is answering instead of Zendesk",
			},
			steps: []string{
				"save your company's CA certificate as a PEM file and name it in STORYDESK_CA_FILE",
				"otherwise update this machine's certificates; do not go on until this is solved",
			},
		},
		{
			symptom: symptom{sign: signOtherName},
			code:    tracker.CodeUnavailable, field: "url",
			says:   "{host} shows a certificate of another host",
			causes: []string{"the address is misspelt, or only redirects to the account", "the network answers instead of Zendesk until you sign in to it"},
			steps:  []string{"use the account's own address, such as acme.zendesk.com", "open {base} in a browser on this machine"},
		},
		{
			symptom: symptom{sign: signOutdated},
			code:    tracker.CodeUnavailable,
			says:    "{host} shows a certificate that is not valid today, {today}",
			causes:  []string{"this machine's clock is wrong", "the certificate has expired"},
			steps:   []string{"set this machine's clock: it says {today}", "if the clock is right, ask whoever runs the network or the proxy"},
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
			says:    "HTTPS_PROXY is not a proxy's address",
			causes:  []string{"its user name or password has characters that must be escaped, such as @ / or %"},
			steps:   []string{"write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, escaped where needed, such as %40 for @", "start storydesk again"},
		},
		{
			symptom: symptom{sign: signNoProxy},
			code:    tracker.CodeUnavailable,
			says:    "there is no connection to the proxy that HTTPS_PROXY names",
			causes:  []string{"HTTPS_PROXY is wrong or old", "the proxy is down or cannot be reached from this network"},
			steps:   []string{"check HTTPS_PROXY", "if {host} needs no proxy, add it to NO_PROXY"},
		},
		{
			symptom: symptom{sign: signProxyLogin},
			code:    tracker.CodeUnavailable,
			says:    "the proxy that HTTPS_PROXY names needs a user name and password",
			steps:   []string{"add them to HTTPS_PROXY, as in http://USER:PASSWORD@HOST:PORT"},
		},
		{
			symptom: symptom{sign: signProxyDenied},
			code:    tracker.CodeUnavailable,
			says:    "the proxy that HTTPS_PROXY names blocks {host} ({status})",
			causes:  []string{"the proxy allows only some hosts", "the proxy itself cannot reach {host}"},
			steps:   []string{"ask whoever runs the proxy to allow {host}", "check the address", "if {host} needs no proxy, add it to NO_PROXY"},
		},
	}
}
