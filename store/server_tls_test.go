package store

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"storydesk/store/postgres/postgrestest"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// authority signs certificates; file is its own.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
	file        string
}

// sign makes a certificate by a template, signed by a parent, itself where that is nil.
func sign(t *testing.T, template *x509.Certificate, parent *authority) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber, template.Subject = big.NewInt(1), pkix.Name{CommonName: "test"}
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	by, with := template, key
	if parent != nil {
		by, with = parent.certificate, parent.key
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, by, &key.PublicKey, with)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(signed)
	if err != nil {
		t.Fatal(err)
	}
	return certificate, key
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{file: filepath.Join(t.TempDir(), "ca.pem")}
	a.certificate, a.key = sign(t, &x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}, nil)
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.certificate.Raw})
	if err := os.WriteFile(a.file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return a
}

// server begins TLS as PostgreSQL does, with a certificate for a host, and returns its address.
func (a *authority) server(t *testing.T, host string) string {
	t.Helper()
	template := &x509.Certificate{DNSNames: []string{host}}
	if ip := net.ParseIP(host); ip != nil {
		template = &x509.Certificate{IPAddresses: []net.IP{ip}}
	}
	certificate, key := sign(t, template, a)
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate.Raw}, PrivateKey: key}}}
	return answering(t, func(conn net.Conn) {
		if _, err := conn.Write([]byte("S")); err == nil {
			_ = tls.Server(conn, config).Handshake() // who asked does not trust it
		}
	})
}

// front begins TLS before the server of a database, with a certificate for a host, and returns the
// address of the database there. Connections break when cut is called.
func (a *authority) front(t *testing.T, host, address string) (fronted string, cut func()) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	socket := filepath.Join(query.Get("host"), ".s.PGSQL.5432")
	template := &x509.Certificate{IPAddresses: []net.IP{net.ParseIP(host)}}
	certificate, key := sign(t, template, a)
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate.Raw}, PrivateKey: key}}}
	broken := make(chan struct{})
	listening := answering(t, func(conn net.Conn) {
		server, err := new(net.Dialer).DialContext(context.Background(), "unix", socket)
		if err != nil {
			return
		}
		if _, err := conn.Write([]byte("S")); err != nil {
			return
		}
		client := tls.Server(conn, config)
		ended := make(chan struct{}, 2)
		go func() { _, _ = io.Copy(client, server); ended <- struct{}{} }()
		go func() { _, _ = io.Copy(server, client); ended <- struct{}{} }()
		select {
		case <-broken:
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0) // the other end sees a reset, as when a machine is gone
			}
		case <-ended:
		}
		_ = conn.Close()
		_ = server.Close()
	})
	at, port, err := net.SplitHostPort(listening)
	if err != nil {
		t.Fatal(err)
	}
	query.Set("host", at)
	query.Set("port", port)
	query.Set("sslmode", "verify-full")
	query.Set("sslrootcert", a.file)
	u.RawQuery = query.Encode()
	return u.String(), func() { close(broken) }
}

// A connection that is encrypted works as any other, and one that is broken is no failure of
// closing a database.
func TestServerOverTLS(t *testing.T) {
	address, ok := postgrestest.Database(t, prepareServer)
	if !ok {
		return
	}
	fronted, cut := newAuthority(t).front(t, "127.0.0.1", address)
	s, err := OpenServer(t.Context(), fronted)
	if err != nil {
		t.Fatal(err)
	}
	save := func() error {
		return s.Write(t.Context(), func(w tracker.Writer) error { return w.SaveSetting("k", "v") })
	}
	if err := save(); err != nil {
		t.Error(err)
	}
	if got := savedIn(t, s); got != "v" {
		t.Errorf("%q is saved", got)
	}
	report := InspectServer(t.Context(), fronted)
	if len(report.Checks) < 2 || report.Checks[1].Level != verdict.LevelOK || !strings.Contains(report.Checks[1].Text, "has proved its name") {
		t.Errorf("%+v", report.Checks)
	}
	cut()
	if err := save(); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Errorf("saving over a broken connection: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

// plainServer answers that it does not use TLS.
func plainServer(t *testing.T) string {
	t.Helper()
	return answering(t, func(conn net.Conn) { _, _ = conn.Write([]byte("N")) })
}

// answering listens, and answers those who ask for TLS.
func answering(t *testing.T, answer func(net.Conn)) (address string) {
	t.Helper()
	listener, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				const request = 8 // bytes that ask for TLS
				if _, err := io.ReadFull(conn, make([]byte, request)); err == nil {
					answer(conn)
				}
			}()
		}
	}()
	return listener.Addr().String()
}
