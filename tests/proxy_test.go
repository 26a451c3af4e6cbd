package tests

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

// company is a network that is left only through a proxy, on whose other side
// stands a Zendesk with a certificate of the company's own authority.
type company struct {
	// proxy is the proxy's address, and authority the file of the authority.
	proxy, authority string
	mu               sync.Mutex
	// connects are the hosts that the proxy was asked for; visits what came to
	// these, as "host path", with " signed" for those with credentials.
	connects, visits []string
}

const mappedHost = "support.brightwharf.example"

func newCompany(t *testing.T) *company {
	t.Helper()
	_, base := openSandbox(t)
	target, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	c := &company{authority: filepath.Join(t.TempDir(), "company.pem")}
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host }}
	front := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		visit := r.Host + " " + r.URL.Path
		if r.Header.Get("Authorization") != "" {
			visit += " signed"
		}
		c.record(&c.visits, visit)
		forward.ServeHTTP(w, r)
	}))
	front.Config.ErrorLog = log.New(io.Discard, "", 0)
	front.TLS = &tls.Config{Certificates: []tls.Certificate{c.certify(t, sandbox.CanonicalHost, mappedHost)}, MinVersion: tls.VersionTLS12}
	front.StartTLS()
	t.Cleanup(front.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c.record(&c.connects, r.Host)
		if r.Method != http.MethodConnect {
			http.Error(w, "CONNECT only", http.StatusForbidden)
			return
		}
		tunnel(w, front.Listener.Addr().String())
	}))
	t.Cleanup(proxy.Close)
	c.proxy = proxy.URL
	return c
}

func (c *company) record(into *[]string, what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	*into = append(*into, what)
}

// seen are the connects and visits so far.
func (c *company) seen() (connects, visits []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.connects), slices.Clone(c.visits)
}

// tunnel joins a client's connection with one to an address.
func tunnel(w http.ResponseWriter, address string) {
	server, err := net.Dial("tcp", address)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.WriteHeader(http.StatusOK)
	client, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		_ = server.Close()
		return
	}
	go func() {
		_, _ = io.Copy(server, buffered)
		_ = server.Close()
	}()
	_, _ = io.Copy(client, server)
	_ = client.Close()
}

// certify makes an authority, writes it down, and has it certify some hosts.
func (c *company) certify(t *testing.T, hosts ...string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Company"}, DNSNames: hosts, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(c.authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// command runs the program, with the token as its input, and returns all that
// it printed and whether it succeeded.
func (c *company) command(t *testing.T, home string, env []string, args ...string) (printed string, ok bool) {
	t.Helper()
	cmd := exec.Command(program(t), args...)
	cmd.Env = append(environment(home), env...)
	cmd.Stdin = strings.NewReader(sandbox.Token)
	out, err := cmd.CombinedOutput()
	return string(out), err == nil
}

// A mapped host is resolved and the account tested through the proxy, with the
// authority that the company has; credentials reach the account's own host only.
func TestThroughACompanysProxy(t *testing.T) {
	c, home := newCompany(t), t.TempDir()
	env := []string{"HTTPS_PROXY=" + c.proxy, "STORYDESK_CA_FILE=" + c.authority}
	add := []string{
		"integration", "add", "--name", "Support", "--url", "https://" + mappedHost + "/hc", "--view", strconv.FormatInt(sandbox.ViewUnresolved, 10),
		"--email", sandbox.Email, "--password-stdin", "--store-secret-in-db",
	}
	printed, ok := c.command(t, home, []string{env[0], "STORYDESK_CA_FILE=" + filepath.Join(home, "none.pem")}, add...)
	if connects, _ := c.seen(); ok || !strings.Contains(printed, "STORYDESK_CA_FILE") || len(connects) > 0 {
		t.Errorf("without the file: %v after %v", printed, connects)
	}
	printed, ok = c.command(t, home, env[:1], add...)
	if ok || !strings.Contains(printed, "an authority that this machine does not know") || !strings.Contains(printed, "STORYDESK_CA_FILE") {
		t.Errorf("without the authority: %s", printed)
	}
	printed, ok = c.command(t, home, env, add...)
	if !ok || !strings.Contains(printed, sandbox.CanonicalHost) {
		t.Fatalf("added: %s", printed)
	}
	printed, ok = c.command(t, home, env, "integration", "test", "Support")
	for _, want := range []string{"✓ address https://" + sandbox.CanonicalHost, "✓ signed in as Maya", "✓ view “All unresolved", " tickets", "✓ audits readable"} {
		if !ok || !strings.Contains(printed, want) {
			t.Fatalf("%q is missing in %s", want, printed)
		}
	}
	connects, visits := c.seen()
	if !slices.Contains(connects, sandbox.CanonicalHost+":443") {
		t.Errorf("the proxy was asked for %v", connects)
	}
	for _, visit := range visits {
		if strings.HasPrefix(visit, mappedHost) && visit != mappedHost+" /agent" || strings.HasPrefix(visit, sandbox.CanonicalHost) && !strings.HasSuffix(visit, " signed") {
			t.Errorf("visited %s", visit)
		}
	}
	printed, ok = c.command(t, home, append(env, "NO_PROXY="+mappedHost), "integration", "edit", "Support", "--url", mappedHost)
	if again, _ := c.seen(); ok || len(again) != len(connects) {
		t.Errorf("NO_PROXY was not heeded: %s, %v", printed, again)
	}
}

// A proxy that cannot be reached is reported.
func TestAProxyThatIsNotThere(t *testing.T) {
	c, home := newCompany(t), t.TempDir()
	printed, ok := c.command(t, home, []string{"HTTPS_PROXY=http://127.0.0.1:1"}, "integration", "add", "--name", "Support",
		"--url", "https://"+mappedHost, "--view", "1", "--email", sandbox.Email, "--password-stdin", "--store-secret-in-db")
	if ok || !strings.Contains(printed, "no connection to the proxy that HTTPS_PROXY names") || !strings.Contains(printed, "NO_PROXY") {
		t.Errorf("%s", printed)
	}
}

// A proxy's password that makes its address unreadable is repeated nowhere.
func TestAProxyWhoseAddressIsNone(t *testing.T) {
	c, home := newCompany(t), t.TempDir()
	printed, ok := c.command(t, home, []string{"HTTPS_PROXY=http://ada:sekret-4711%zz@127.0.0.1:1"}, "--debug", "integration", "add", "--name", "Support",
		"--url", sandbox.CanonicalHost, "--view", "1", "--email", sandbox.Email, "--password-stdin", "--store-secret-in-db")
	if !ok {
		t.Fatal(printed)
	}
	printed, ok = c.command(t, home, []string{"HTTPS_PROXY=http://ada:sekret-4711%zz@127.0.0.1:1"}, "--debug", "integration", "test", "Support")
	if ok || !strings.Contains(printed, "HTTPS_PROXY is not a proxy's address") {
		t.Errorf("%s", printed)
	}
	log, err := os.ReadFile(filepath.Join(home, "state/storydesk/storydesk.log"))
	if err != nil || strings.Contains(printed+string(log), "sekret-4711") {
		t.Errorf("the password of the proxy is repeated, or %v", err)
	}
}
