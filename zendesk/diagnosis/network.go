package diagnosis

import "storydesk/tracker"

// networkDiagnoses are about requests that got no whole answer.
func networkDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Sign: SignGivenUp},
			Code:    tracker.CodeUnavailable,
			Says:    "the request to {host} was cancelled before it answered",
		},
		{
			Symptom: Symptom{Sign: signNoHost},
			Code:    tracker.CodeUnavailable, Field: "url",
			Says:   "{host} was not found",
			Causes: []string{"the address is misspelt", "this network blocks it until you connect a VPN or sign in to the network"},
			Steps:  []string{"check the address", "open {base} in a browser on this machine"},
		},
		{
			Symptom: Symptom{Sign: signNoResolver},
			Code:    tracker.CodeUnavailable,
			Says:    "host names cannot be looked up, such as {host}: check the network",
			Causes:  []string{"this machine is not connected to a network", "its name server does not answer"},
			Steps:   []string{"connect to the network", "if other programs reach it, check the name server (DNS)"},
		},
		{
			Symptom: Symptom{Sign: signConnectionDenied},
			Code:    tracker.CodeUnavailable, Field: "url",
			Says:   "there is no connection to {host}: nothing answers there",
			Causes: []string{"nothing listens at this address and port", "a firewall rejects connections"},
			Steps:  []string{"check the address", "open {base} in a browser on this machine"},
		},
		{
			Symptom: Symptom{Sign: signNoRoute},
			Code:    tracker.CodeUnavailable,
			Says:    "there is no connection to {host}: this machine has no route to it",
			Causes:  []string{"this machine is not connected to a network", "the network blocks connections, or needs a VPN or a proxy"},
			Steps:   []string{"connect to the network", "if it needs a proxy, set HTTPS_PROXY"},
		},
		{
			Symptom: Symptom{Sign: signUnsent},
			Code:    tracker.CodeUnavailable,
			Says:    "there is no connection to {host}: check the network",
			Causes:  []string{"the network is down, or a firewall drops connections", "the network needs a proxy"},
			Steps:   []string{"open {base} in a browser on this machine", "if the network needs a proxy, set HTTPS_PROXY"},
		},
		{
			Symptom: Symptom{Sign: signBroken},
			Code:    tracker.CodeUnavailable,
			Says:    "the connection to {host} broke before it answered",
			Causes:  []string{"the network broke off", "a proxy or firewall ended the connection"},
			Steps:   []string{"try again"},
		},
	}
}

// certificateDiagnoses are about TLS.
func certificateDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Sign: signAuthority},
			Code:    tracker.CodeUnavailable, Field: "url",
			Says: "{host} shows a certificate of an authority that this machine does not know",
			Causes: []string{
				"a company's proxy decrypts connections and shows a certificate of its own",
				"this machine's list of certificate authorities is out of date",
				"someone else is answering instead of Zendesk",
			},
			Steps: []string{
				"save your company's CA certificate as a PEM file and name it in STORYDESK_CA_FILE",
				"otherwise update this machine's certificates; do not go on until this is solved",
			},
		},
		{
			Symptom: Symptom{Sign: signOtherName},
			Code:    tracker.CodeUnavailable, Field: "url",
			Says:   "{host} shows a certificate of another host",
			Causes: []string{"the address is misspelt, or only redirects to the account", "the network answers instead of Zendesk until you sign in to it"},
			Steps:  []string{"use the account's own address, such as acme.zendesk.com", "open {base} in a browser on this machine"},
		},
		{
			Symptom: Symptom{Sign: signOutdated},
			Code:    tracker.CodeUnavailable,
			Says:    "{host} shows a certificate that is not valid today, {today}",
			Causes:  []string{"this machine's clock is wrong", "the certificate has expired"},
			Steps:   []string{"set this machine's clock: it says {today}", "if the clock is right, ask whoever runs the network or the proxy"},
		},
		{
			Symptom: Symptom{Sign: signNoTLS},
			Code:    tracker.CodeUnavailable, Field: "url",
			Says:   "there is no connection to {host}: it does not speak https",
			Causes: []string{"another program is using that port", "a proxy or firewall breaks encrypted connections"},
			Steps:  []string{"check the address"},
		},
	}
}

// proxyDiagnoses are about the proxy that the environment names.
func proxyDiagnoses() []Row {
	return []Row{
		{
			Symptom: Symptom{Sign: signProxyAddress},
			Code:    tracker.CodeUnavailable,
			Says:    "HTTPS_PROXY is not a proxy's address",
			Causes:  []string{"its user name or password has characters that must be escaped, such as @ / or %"},
			Steps:   []string{"write it as http://HOST:PORT or http://USER:PASSWORD@HOST:PORT, escaped where needed, such as %40 for @", "start storydesk again"},
		},
		{
			Symptom: Symptom{Sign: signNoProxy},
			Code:    tracker.CodeUnavailable,
			Says:    "there is no connection to the proxy that HTTPS_PROXY names",
			Causes:  []string{"HTTPS_PROXY is wrong or old", "the proxy is down or cannot be reached from this network"},
			Steps:   []string{"check HTTPS_PROXY", "if {host} needs no proxy, add it to NO_PROXY"},
		},
		{
			Symptom: Symptom{Sign: signProxyLogin},
			Code:    tracker.CodeUnavailable,
			Says:    "the proxy that HTTPS_PROXY names needs a user name and password",
			Steps:   []string{"add them to HTTPS_PROXY, as in http://USER:PASSWORD@HOST:PORT"},
		},
		{
			Symptom: Symptom{Sign: signProxyDenied},
			Code:    tracker.CodeUnavailable,
			Says:    "the proxy that HTTPS_PROXY names blocks {host} ({status})",
			Causes:  []string{"the proxy allows only some hosts", "the proxy itself cannot reach {host}"},
			Steps:   []string{"ask whoever runs the proxy to allow {host}", "check the address", "if {host} needs no proxy, add it to NO_PROXY"},
		},
	}
}
