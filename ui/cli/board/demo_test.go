package board

import "testing"

func TestCheckLoopback(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:0": true, "localhost:8080": true, "[::1]:80": true, "127.1.2.3:1": true,
		"": false, ":80": false, "0.0.0.0:80": false, "example.com:80": false, "127.0.0.1": false, "127.0.0.1:http": false,
		"127.0.0.1:65536": false, "[::]:80": false, "localhost.example.com:1": false,
	} {
		if err := checkLoopback(address); (err == nil) != ok {
			t.Errorf("checkLoopback(%q) = %v", address, err)
		}
	}
}
