// The Inboxes API as a small Go service: net/http, a table of routes, stores in memory.
package main

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

var variant = "plain"

func is(v string) bool { return variant == v }

const (
	base     = "/v2"
	apiKey   = "special-key"
	maxBody  = 10 << 20
	drainMax = 64 << 20
)

var (
	tJSON = "application/json"
	tXML  = "application/xml"
)

type op struct {
	id       string
	auth     bool
	produces []string
	consumes []string
	optional bool // of the body
	badParam int
	badBody  int
	run      func(c *ctx)
}

var j, xj, none = []string{tJSON}, []string{tJSON, tXML}, []string(nil)
var form, multi = []string{"application/x-www-form-urlencoded"}, []string{"multipart/form-data"}

type route struct {
	path []string
	ops  map[string]*op
}

var routes []route

func init() {
	add := func(p string, ops map[string]*op) { routes = append(routes, route{strings.Split(p, "/"), ops}) }
	add("domain", map[string]*op{
		"POST": {"addDomain", true, j, j, false, 405, 405, addDomain},
		"PUT":  {"updatePet", true, none, []string{tJSON, tXML}, false, 400, 405, updatePet}})
	add("pet/findByStatus", map[string]*op{"GET": {"findPetsByStatus", true, xj, none, false, 400, 400, findByStatus}})
	add("pet/findByTags", map[string]*op{"GET": {"findPetsByTags", true, xj, none, false, 400, 400, findByTags}})
	add("pet/{}", map[string]*op{
		"GET":    {"getPetById", true, xj, none, false, 400, 400, getPet},
		"POST":   {"updatePetWithForm", true, none, form, true, 405, 405, formPet},
		"DELETE": {"deletePet", true, none, none, false, 400, 400, deletePet}})
	add("pet/{}/uploadImage", map[string]*op{"POST": {"uploadFile", true, j, multi, true, 400, 400, uploadFile}})
	add("store/inventory", map[string]*op{"GET": {"getInventory", true, j, none, false, 400, 400, getInventory}})
	add("store/order", map[string]*op{"POST": {"placeOrder", false, xj, j, false, 400, 400, placeOrder}})
	add("store/order/{}", map[string]*op{
		"GET":    {"getOrderById", false, xj, none, false, 400, 400, getOrder},
		"DELETE": {"deleteOrder", false, none, none, false, 400, 400, deleteOrder}})
	add("user", map[string]*op{"POST": {"createUser", false, none, j, false, 400, 400, createUser}})
	add("user/createWithList", map[string]*op{"POST": {"createUsersWithListInput", false, none, j, false, 400, 400, createUsers}})
	add("user/login", map[string]*op{"GET": {"loginUser", false, xj, none, false, 400, 400, loginUser}})
	add("user/logout", map[string]*op{"GET": {"logoutUser", false, none, none, false, 400, 400, logoutUser}})
	add("user/{}", map[string]*op{
		"GET":    {"getUserByName", false, xj, none, false, 400, 400, getUser},
		"PUT":    {"updateUser", false, none, j, false, 400, 400, updateUser},
		"DELETE": {"deleteUser", false, none, none, false, 400, 400, deleteUser}})
}

type ctx struct {
	w     http.ResponseWriter
	r     *http.Request
	op    *op
	param string
	mime  string // of the answer
	body  []byte
	ctype string
	cpars map[string]string
	allow string
	muted bool
}

func allowOf(rt *route) string {
	l := []string{}
	for _, m := range []string{"GET", "POST", "PUT", "DELETE"} {
		if rt.ops[m] != nil {
			l = append(l, m)
			if m == "GET" && !is("f37") {
				l = append(l, "HEAD")
			}
		}
	}
	return strings.Join(append(l, "OPTIONS"), ", ")
}

func (c *ctx) write(status int, ctype string, body []byte) {
	if c.muted {
		return
	}
	h := c.w.Header()
	if ctype != "" {
		if is("f24") {
			k := strings.SplitN(ctype, "/", 2)
			ctype = strings.ToUpper(k[0]) + "/" + strings.Title(k[1]) + ` ; Charset="UTF-8"`
		}
		h.Set("Content-Type", ctype)
	} else {
		h["Content-Type"] = nil
	}
	if is("f26") && len(body) > 0 && strings.Contains(c.r.Header.Get("Accept-Encoding"), "gzip") && !strings.Contains(c.r.Header.Get("Accept-Encoding"), "gzip;q=0") {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		z.Write(body)
		z.Close()
		body = b.Bytes()
		h.Set("Content-Encoding", "gzip")
		h.Add("Vary", "Accept-Encoding")
	}
	if is("f27") {
		h.Set("Connection", "close")
		for k, v := range h {
			if k != "Content-Type" && k != "Connection" && k != "Content-Length" {
				delete(h, k)
				h[strings.ToLower(k)] = v
			}
		}
	}
	if is("f28") && c.r.ProtoAtLeast(1, 1) {
		c.w.Header().Set("Link", "</style.css>; rel=preload")
		c.w.WriteHeader(103)
		h.Del("Link")
	}
	if is("f25") && len(body) > 0 && c.r.Method != "HEAD" {
		c.w.WriteHeader(status)
		fl := c.w.(http.Flusher)
		for i, n := 0, 0; i < len(body); i += 5 {
			e := i + 5
			if e > len(body) || n > 40 {
				e = len(body)
			}
			c.w.Write(body[i:e])
			fl.Flush()
			if e == len(body) {
				break
			}
			time.Sleep(3 * time.Millisecond)
			n++
		}
		return
	}
	if is("b39") && c.op != nil && c.op.id == "getUserByName" {
		if n := utf8.RuneCount(body); n < len(body) {
			body = body[:n]
		}
	}
	if status != 204 {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	c.w.WriteHeader(status)
	if c.r.Method != "HEAD" {
		c.w.Write(body)
	}
}

var titles = map[int]string{400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed"}

func (c *ctx) fail(status int, detail string) {
	if n := c.r.ContentLength; n > 200<<10 || n < 0 { // net/http drains small bodies itself
		io.CopyN(io.Discard, c.r.Body, 16<<20)
	}
	if status == 405 {
		c.w.Header().Set("Allow", c.allow)
	}
	if is("f09") {
		if status%2 == 0 {
			c.write(status, "text/html; charset=utf-8", []byte("<!doctype html><h1>Oops</h1><p>"+strconv.Itoa(status)+"</p>"))
		} else {
			c.write(status, "", nil)
		}
		return
	}
	t := titles[status]
	if t == "" {
		t = http.StatusText(status)
	}
	var b bytes.Buffer
	writeJSON(&b, obj{{"type", "about:blank"}, {"title", t}, {"status", int64(status)}, {"detail", detail}}, "")
	c.write(status, "application/problem+json", b.Bytes())
}

func (c *ctx) badParam(d string) {
	s := c.op.badParam
	if is("f05") {
		s = 422
	}
	c.fail(s, d)
}
func (c *ctx) badBody(d string) {
	s := c.op.badBody
	if is("f05") {
		s = 422
	}
	c.fail(s, d)
}

// done is the answer of an operation without content.
func (c *ctx) done() {
	switch {
	case is("f02"):
		c.write(204, "", nil)
	case is("f03"):
		c.write(200, "text/plain; charset=utf-8", []byte("OK"))
	default:
		c.write(200, "", nil)
	}
}

func (c *ctx) send(status int, root string, v any) {
	if o, ok := v.(obj); ok && is("f12") && c.op.id != "getInventory" {
		v = append(o, kv{"_revision", strconv.FormatInt(time.Now().UnixNano(), 36)}, kv{"_served", obj{{"n", time.Now().UnixNano() % 1000}}})
	}
	if c.mime == tXML {
		t := tXML
		if is("b03") && c.op.id == "getOrderById" {
			t = tJSON
		}
		c.write(status, t, renderXML(root, v))
		return
	}
	var b bytes.Buffer
	writeJSON(&b, v, "")
	c.write(status, tJSON, b.Bytes())
}

func negotiate(accept []string, offers []string) string {
	h := strings.TrimSpace(strings.Join(accept, ","))
	if h == "" {
		return offers[0]
	}
	type rng struct {
		t string
		q float64
	}
	var rs []rng
	for _, part := range strings.Split(h, ",") {
		ps := strings.Split(part, ";")
		t := strings.ToLower(strings.TrimSpace(ps[0]))
		if !strings.Contains(t, "/") {
			continue
		}
		q := 1.0
		for _, p := range ps[1:] {
			x := strings.SplitN(strings.TrimSpace(p), "=", 2)
			if len(x) == 2 && strings.EqualFold(strings.TrimSpace(x[0]), "q") {
				if f, err := strconv.ParseFloat(strings.TrimSpace(x[1]), 64); err == nil && f >= 0 && f <= 1 {
					q = f
				}
			}
		}
		rs = append(rs, rng{t, q})
	}
	if len(rs) == 0 {
		return offers[0]
	}
	if is("b16") {
		for _, r := range rs {
			for _, o := range offers {
				if r.t == o || r.t == "*/*" || r.t == "application/*" {
					return o
				}
			}
		}
		return ""
	}
	best, bq := "", 0.0
	for _, o := range offers {
		spec, q := -1, 0.0
		for _, r := range rs {
			s := -1
			switch r.t {
			case o:
				s = 2
			case "application/*":
				s = 1
			case "*/*":
				s = 0
			}
			if s > spec || (s == spec && s >= 0 && r.q > q) {
				spec, q = s, r.q
			}
		}
		if q > bq {
			best, bq = o, q
		}
	}
	return best
}

func match(p string) (*route, string, bool) {
	segs := strings.Split(p, "/")
	for i := range routes {
		rt := &routes[i]
		if len(rt.path) != len(segs) {
			continue
		}
		param, ok := "", true
		for n, s := range rt.path {
			if s == "{}" && segs[n] != "" {
				param = segs[n]
			} else if s != segs[n] {
				ok = false
				break
			}
		}
		if ok {
			return rt, param, true
		}
	}
	return nil, "", false
}

func (c *ctx) cors() {
	h := c.w.Header()
	if o := c.r.Header.Get("Origin"); o != "" {
		h.Set("Access-Control-Allow-Origin", o)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Add("Vary", "Origin")
		h.Set("Access-Control-Expose-Headers", "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate")
	} else {
		h.Set("Access-Control-Allow-Origin", "*")
	}
}

func authorized(r *http.Request) (bool, bool) {
	vs := r.Header["Api_key"]
	if len(vs) == 0 {
		return false, false
	}
	if is("b01") {
		return strings.HasPrefix(vs[0], apiKey), true
	}
	return vs[0] == apiKey, true
}

var served int64

func handle(w http.ResponseWriter, r *http.Request) {
	c := &ctx{w: w, r: r}
	defer func() {
		if e := recover(); e != nil {
			log.Printf("panic: %v", e)
			c.fail(400, "the request could not be read")
		}
	}()
	c.cors()
	if r.Method == "OPTIONS" && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != "" {
		h := w.Header()
		h.Set("Access-Control-Allow-Methods", r.Header.Get("Access-Control-Request-Method"))
		if a := r.Header.Get("Access-Control-Request-Headers"); a != "" {
			h.Set("Access-Control-Allow-Headers", a)
		}
		c.write(204, "", nil)
		return
	}
	path := r.URL.EscapedPath()
	if r.Method == "CONNECT" {
		c.fail(404, "no such path")
		return
	}
	if path == "/" || path == "/healthz" || path == "/readyz" || path == base || path == base+"/" {
		outside(c, path)
		return
	}
	if !strings.HasPrefix(path, base+"/") {
		c.fail(404, "no such path")
		return
	}
	rt, raw, ok := match(path[len(base)+1:])
	if !ok {
		c.fail(404, "no such path")
		return
	}
	c.allow = allowOf(rt)
	n := atomic.AddInt64(&served, 1)
	if is("f29") && n%30 == 0 {
		w.Header().Set("Retry-After", "1")
		c.fail(429, "slow down")
		return
	}
	if is("f30") && n%35 == 0 {
		w.Header().Set("Retry-After", "1")
		c.fail(503, "a moment please")
		return
	}
	m := r.Method
	if m == "OPTIONS" {
		w.Header().Set("Allow", c.allow)
		c.write(204, "", nil)
		return
	}
	if m == "HEAD" && !is("f37") {
		m = "GET"
	}
	if is("b07") && m == "PATCH" && rt.ops["GET"] != nil {
		m = "GET"
	}
	c.op = rt.ops[m]
	if c.op == nil {
		switch m {
		case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "TRACE":
			if is("f07") {
				c.fail(404, "nothing here")
				return
			}
		default:
			if is("f08") {
				c.fail(501, "method not implemented")
				return
			}
		}
		c.fail(405, "this path has no such method")
		return
	}
	if is("f35") && r.Header.Get("User-Agent") == "" {
		c.fail(403, "tell us who you are")
		return
	}
	c.serve(raw)
}

func (c *ctx) serve(raw string) {
	o := c.op
	if o.auth && !(is("b02") && o.id == "deletePet") {
		if ok, given := authorized(c.r); !ok {
			if given && is("f06") {
				c.fail(403, "wrong key")
			} else {
				c.w.Header().Set("WWW-Authenticate", `ApiKey realm="inboxes", header="api_key"`)
				c.fail(401, "an api_key is needed")
			}
			if !(is("b04") && o.id == "updatePetWithForm") {
				return
			}
			c.muted = true
		}
	}
	if is("f36") && (o.id == "updateUser" || o.id == "deleteUser") {
		if !strings.HasPrefix(c.r.Header.Get("Authorization"), "Bearer tok-") {
			c.fail(401, "log in first")
			return
		}
	}
	if o.produces != nil {
		if c.mime = negotiate(c.r.Header.Values("Accept"), o.produces); c.mime == "" {
			c.fail(406, "none of the accepted types can be sent")
			return
		}
	}
	if o.consumes != nil {
		if !c.readBody() {
			return
		}
	}
	p, err := url.PathUnescape(raw)
	if err != nil || !utf8.ValidString(p) {
		c.badParam("the path cannot be decoded")
		return
	}
	c.param = p
	if is("b22") && strings.HasSuffix(o.id, "User") || is("b22") && o.id == "getUserByName" {
		c.param = raw
	}
	o.run(c)
}

func (c *ctx) readBody() bool {
	if c.r.ContentLength > maxBody {
		io.CopyN(io.Discard, c.r.Body, drainMax)
		c.fail(413, "bodies end at 10 MB")
		return false
	}
	b, err := io.ReadAll(io.LimitReader(c.r.Body, maxBody+1))
	if err != nil {
		c.badBody("the body could not be read")
		return false
	}
	if len(b) > maxBody {
		io.CopyN(io.Discard, c.r.Body, drainMax)
		c.fail(413, "bodies end at 10 MB")
		return false
	}
	c.body = b
	if len(b) == 0 {
		c.ctype = c.op.consumes[0]
		return true
	}
	ok := false
	t, ps, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err == nil || err == mime.ErrInvalidMediaParameter {
		c.ctype, c.cpars = t, ps
		for _, x := range c.op.consumes {
			ok = ok || x == t
		}
		switch strings.ToLower(ps["charset"]) {
		case "", "utf-8", "utf8", "us-ascii":
		default:
			ok = false
		}
	}
	if e := c.r.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		ok = false
	}
	if !ok {
		c.fail(415, "this operation takes "+strings.Join(c.op.consumes, ", "))
	}
	return ok
}

func outside(c *ctx, path string) {
	if c.r.Method != "GET" && c.r.Method != "HEAD" {
		c.allow = "GET, HEAD"
		c.w.Header().Set("Allow", c.allow)
		if c.r.Method == "OPTIONS" {
			c.write(204, "", nil)
			return
		}
		c.fail(405, "this path has no such method")
		return
	}
	switch path {
	case "/":
		if strings.Contains(c.r.Header.Get("Accept"), "text/html") {
			c.write(200, "text/html; charset=utf-8", []byte("<!doctype html><title>Inboxes</title><h1>Inboxes Developer API</h1>"))
			return
		}
		c.write(200, tJSON, []byte(`{"name":"Inboxes Developer API","base":"/v2"}`))
	case base, base + "/":
		c.w.Header().Set("Location", "/")
		c.write(302, "", nil)
	default:
		c.write(200, "text/plain; charset=utf-8", []byte("ok\n"))
	}
}

// params reads the query leniently: a broken escape only matters where the value is wanted.
func (c *ctx) params(name string) (vals []string, ok bool) {
	for _, kvp := range strings.Split(c.r.URL.RawQuery, "&") {
		x := strings.SplitN(kvp, "=", 2)
		k, err := url.QueryUnescape(x[0])
		if err != nil || k != name {
			continue
		}
		v := ""
		if len(x) == 2 {
			if v, err = url.QueryUnescape(x[1]); err != nil || !utf8.ValidString(v) {
				return nil, false
			}
		}
		vals = append(vals, v)
	}
	return vals, true
}

// net/http answers some odd requests itself, with 501 and 505; ours are refusals.
type listener struct{ net.Listener }
type conn struct{ net.Conn }

func (l listener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if t, ok := c.(*net.TCPConn); ok {
		t.SetKeepAlive(true)
	}
	return conn{c}, nil
}

func (c conn) Write(b []byte) (int, error) {
	n := len(b)
	if len(b) > 12 && bytes.HasPrefix(b, []byte("HTTP/1.")) {
		if b[9] == '5' && (bytes.Contains(b, []byte("Unsupported transfer encoding")) || bytes.HasPrefix(b[9:], []byte("505 "))) {
			if i := bytes.Index(b, []byte("\r\n")); i > 0 {
				b = append([]byte("HTTP/1.1 400 Bad Request"), b[i:]...)
			}
		}
		if is("f27") && len(b) > 12 {
			if i := bytes.Index(b, []byte("\r\n")); i > 12 {
				b = append([]byte(string(b[:12])+" Fine By Us"), b[i:]...)
			}
		}
	}
	if _, err := c.Conn.Write(b); err != nil {
		return 0, err
	}
	return n, nil
}

func main() {
	port := flag.Int("port", 0, "port to listen on")
	flag.StringVar(&variant, "variant", "plain", "variant of the server")
	flag.Parse()
	log.SetFlags(0)
	seed()
	go worker()
	ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("listening on http://%s%s\n", ln.Addr(), base)
	srv := &http.Server{Handler: http.HandlerFunc(handle), ReadHeaderTimeout: 30 * time.Second, ReadTimeout: 60 * time.Second, IdleTimeout: 75 * time.Second,
		ErrorLog: log.New(io.Discard, "", 0)}
	log.Fatal(srv.Serve(listener{ln}))
}
