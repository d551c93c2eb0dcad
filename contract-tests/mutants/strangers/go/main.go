// Command server is an independent, in-memory server of the "Inboxes Developer API".
//
//	./server --port 0 --variant plain
//
// It prints one line, "listening on http://127.0.0.1:PORT/v2", and serves until it is ended.
// The variant "plain" is the correct server; f01..f40 and b01..b40 change one behaviour each
// (see variants.json).
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"regexp"
	"time"
)

var variantID = regexp.MustCompile(`^(plain|[fb](0[1-9]|[123][0-9]|40))$`)

func main() {
	port := flag.Int("port", 0, "port to listen on; 0 takes a free one")
	variant := flag.String("variant", "plain", "plain, f01..f40 or b01..b40")
	flag.Parse()
	if !variantID.MatchString(*variant) || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: server [--port N] [--variant plain|f01..f40|b01..b40]")
		os.Exit(2)
	}
	ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := newServer(*variant)
	fmt.Printf("listening on http://%s/v2\n", ln.Addr())
	web := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: 30 * time.Second,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	if err := web.Serve(ln); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
