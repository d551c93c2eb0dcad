package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math/rand"
	"mime"
	"net/http"
	"net/url"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	mediaJSON  = "application/json"
	mediaXML   = "application/xml"
	mediaForm  = "application/x-www-form-urlencoded"
	mediaParts = "multipart/form-data"
	bodyLimit  = 10 << 20
)

// operation is one row of the table of 19.
type operation struct {
	id       string
	method   string
	path     string   // segments; {} stands for a parameter
	key      bool     // the api_key is needed
	produces []string // media types of the 200 body
	consumes []string // media types of the request body
	required bool     // the body is required
	badParam int      // status of a bad path or query parameter
	badBody  int      // status of a bad body
	handle   func(*server, *call) reply
}

var xj = []string{mediaJSON, mediaXML}

var operations = []*operation{
	{"addDomain", "POST", "domain", true, xj[:1], xj[:1], true, 405, 405, (*server).addDomain},
	{"updatePet", "PUT", "domain", true, nil, xj, true, 400, 405, (*server).updatePet},
	{"findPetsByStatus", "GET", "pet/findByStatus", true, xj, nil, false, 400, 400, (*server).findPetsByStatus},
	{"findPetsByTags", "GET", "pet/findByTags", true, xj, nil, false, 400, 400, (*server).findPetsByTags},
	{"getPetById", "GET", "pet/{}", true, xj, nil, false, 400, 400, (*server).getPetByID},
	{"updatePetWithForm", "POST", "pet/{}", true, nil, []string{mediaForm}, false, 405, 405, (*server).updatePetWithForm},
	{"deletePet", "DELETE", "pet/{}", true, nil, nil, false, 400, 400, (*server).deletePet},
	{"uploadFile", "POST", "pet/{}/uploadImage", true, xj[:1], []string{mediaParts}, false, 400, 400, (*server).uploadFile},
	{"getInventory", "GET", "store/inventory", true, xj[:1], nil, false, 400, 400, (*server).getInventory},
	{"placeOrder", "POST", "store/order", false, xj, xj[:1], true, 400, 400, (*server).placeOrder},
	{"getOrderById", "GET", "store/order/{}", false, xj, nil, false, 400, 400, (*server).getOrderByID},
	{"deleteOrder", "DELETE", "store/order/{}", false, nil, nil, false, 400, 400, (*server).deleteOrder},
	{"createUser", "POST", "user", false, nil, xj[:1], true, 400, 400, (*server).createUser},
	{"createUsersWithListInput", "POST", "user/createWithList", false, nil, xj[:1], true, 400, 400, (*server).createUsers},
	{"loginUser", "GET", "user/login", false, xj, nil, false, 400, 400, (*server).loginUser},
	{"logoutUser", "GET", "user/logout", false, nil, nil, false, 400, 400, (*server).logoutUser},
	{"getUserByName", "GET", "user/{}", false, xj, nil, false, 400, 400, (*server).getUserByName},
	{"updateUser", "PUT", "user/{}", false, nil, xj[:1], true, 400, 400, (*server).updateUser},
	{"deleteUser", "DELETE", "user/{}", false, nil, nil, false, 400, 400, (*server).deleteUser},
}

// call is one request on its way.
type call struct {
	op    *operation
	r     *http.Request
	w     http.ResponseWriter
	param string            // decoded path parameter
	media string            // chosen media type of the answer
	ctype string            // media type of the request body
	cpar  map[string]string // its parameters
	body  []byte
}

// reply is what a handler answers: a value to be encoded, or raw bytes with their type.
type reply struct {
	status     int
	header     map[string]string
	value      interface{}
	root, item string // XML element names
	raw        []byte
	rawType    string
}

func problem(status int, detail string) reply {
	title := http.StatusText(status)
	return reply{status: status, rawType: "application/problem+json", raw: jsonStyle{}.encode(obj{
		{"type", "about:blank"}, {"title", title}, {"status", int64(status)}, {"detail", detail},
	})}
}

func ok() reply { return reply{status: 200} }

// bad refuses an invalid request with the status that the operation documents for it.
func (s *server) bad(status int, detail string) reply {
	if s.is("f07") {
		status = 422
	}
	return problem(status, detail)
}

// match finds the operations of a path, fixed paths before templates.
func match(escaped string) (ops []*operation, param string) {
	if !strings.HasPrefix(escaped, "/v2/") {
		return nil, ""
	}
	segs := strings.Split(escaped[len("/v2/"):], "/")
	for i, seg := range segs {
		t, err := url.PathUnescape(seg)
		if err != nil || t == "" {
			return nil, ""
		}
		segs[i] = t
	}
	var pattern string
	for _, op := range operations {
		if op.path == pattern {
			ops = append(ops, op)
			continue
		}
		if pattern != "" { // the first pattern that fits wins; the table has fixed ones first
			continue
		}
		parts := strings.Split(op.path, "/")
		if len(parts) != len(segs) {
			continue
		}
		fits, p := true, ""
		for i, part := range parts {
			if part == "{}" {
				p = segs[i]
			} else if part != segs[i] {
				fits = false
			}
		}
		if fits {
			pattern, param, ops = op.path, p, append(ops, op)
		}
	}
	return ops, param
}

func (s *server) allow(ops []*operation) string {
	methods := []string{"OPTIONS"}
	for _, op := range ops {
		methods = append(methods, op.method)
		if op.method == "GET" && !s.is("f15") {
			methods = append(methods, "HEAD")
		}
	}
	sort.Strings(methods)
	return strings.Join(methods, ", ")
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{r: r, w: w, media: mediaJSON}
	s.send(c, s.answer(c))
}

// answer goes through the refusals in their order and then calls the operation.
func (s *server) answer(c *call) reply {
	r := c.r
	if rep, done := s.overload(); done {
		return rep
	}
	path := r.URL.EscapedPath()
	if r.Method == "OPTIONS" && r.Header.Get("Origin") != "" && r.Header.Get("Access-Control-Request-Method") != "" {
		h := map[string]string{"Access-Control-Allow-Methods": r.Header.Get("Access-Control-Request-Method")}
		if ask := r.Header.Get("Access-Control-Request-Headers"); ask != "" {
			h["Access-Control-Allow-Headers"] = ask
		}
		return reply{status: 204, header: h}
	}
	ops, param := match(path)
	if len(ops) == 0 {
		if get := r.Method == "GET" || r.Method == "HEAD"; get && path == "/" {
			return reply{status: 200, value: obj{{"name", "Inboxes Developer API"}, {"base", "/v2"}}, root: "Index"}
		} else if get && (path == "/v2" || path == "/v2/") {
			return reply{status: 302, header: map[string]string{"Location": "/"}}
		}
		return problem(404, "there is no such path")
	}
	allow := s.allow(ops)
	if r.Method == "OPTIONS" {
		return reply{status: 204, header: map[string]string{"Allow": allow}}
	}
	method := r.Method
	if method == "HEAD" && !s.is("f15") {
		method = "GET"
	}
	for _, op := range ops {
		if op.method == method {
			c.op, c.param = op, param
		}
	}
	if c.op == nil {
		rep := problem(405, "this path does not know the method "+r.Method)
		if s.is("f14") && !contains([]string{"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}, r.Method) {
			rep = problem(501, "this server does not know the method "+r.Method)
		}
		rep.header = map[string]string{"Allow": allow}
		return rep
	}
	if rep, refused := s.refuse(c); refused {
		return rep
	}
	rep := c.op.handle(s, c)
	if rep.status == 405 { // every 405 carries Allow
		if rep.header == nil {
			rep.header = map[string]string{}
		}
		rep.header["Allow"] = allow
	}
	return rep
}

// overload is for f26 and f27: a request now and then has to wait.
func (s *server) overload() (reply, bool) {
	s.mu.Lock()
	s.requests++
	n := s.requests
	s.mu.Unlock()
	switch {
	case s.is("f26") && n%37 == 0:
		rep := problem(429, "slow down")
		rep.header = map[string]string{"Retry-After": "1"}
		return rep, true
	case s.is("f27") && n%29 == 0:
		rep := problem(503, "being moved to another machine")
		rep.header = map[string]string{"Retry-After": time.Now().Add(1500 * time.Millisecond).UTC().Format(http.TimeFormat)}
		return rep, true
	}
	return reply{}, false
}

// refuse checks key, Accept, size and type of the body, in this order.
func (s *server) refuse(c *call) (reply, bool) {
	if !s.authorised(c) {
		if s.is("f08") {
			return reply{status: 403, raw: []byte("<html><body><h1>403 Forbidden</h1><hr>gateway</body></html>"), rawType: "text/html"}, true
		}
		rep := problem(401, "the header api_key must hold a known key")
		rep.header = map[string]string{"WWW-Authenticate": `ApiKey realm="inboxes"`}
		return rep, true
	}
	if len(c.op.produces) > 0 {
		c.media = s.negotiate(c.r.Header.Values("Accept"), c.op.produces)
		if c.media == "" {
			c.media = mediaJSON
			return problem(406, "this operation offers "+strings.Join(c.op.produces, ", ")), true
		}
	}
	if len(c.op.consumes) == 0 {
		return reply{}, false
	}
	if c.r.ContentLength > bodyLimit {
		return problem(413, "a body may have 10 MB"), true
	}
	body, err := io.ReadAll(io.LimitReader(c.r.Body, bodyLimit+1))
	if err != nil {
		return problem(400, "the body cannot be read"), true
	}
	if len(body) > bodyLimit {
		return problem(413, "a body may have 10 MB"), true
	}
	// b08: only Content-Length is looked at, so a chunked body counts as none.
	if s.is("b08") && c.r.ContentLength < 0 {
		body = nil
	}
	c.body = body
	if len(body) == 0 {
		if c.op.required {
			return s.bad(c.op.badBody, "the body is missing"), true
		}
		return reply{}, false
	}
	ctype, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	charset := strings.ToLower(params["charset"])
	if err != nil || !contains(c.op.consumes, ctype) || c.r.Header.Get("Content-Encoding") != "" ||
		(charset != "" && charset != "utf-8" && charset != "us-ascii") {
		return problem(415, "this operation takes "+strings.Join(c.op.consumes, ", ")), true
	}
	c.ctype, c.cpar = ctype, params
	return reply{}, false
}

func (s *server) authorised(c *call) bool {
	if !c.op.key {
		return true
	}
	// b14: the route of findByTags was added without the filter.
	if s.is("b14") && c.op.id == "findPetsByTags" {
		return true
	}
	keys := c.r.Header.Values("api_key")
	// b22: DELETE has its own optional api_key parameter, which is only looked for.
	if s.is("b22") && c.op.id == "deletePet" {
		return len(keys) > 0 && keys[0] != ""
	}
	for _, k := range keys {
		if k != "special-key" {
			return false
		}
	}
	return len(keys) > 0
}

// negotiate picks the media type; "" means that none is acceptable. Equal weights mean JSON.
func (s *server) negotiate(headers, offers []string) string {
	accept := strings.TrimSpace(strings.Join(headers, ","))
	if accept == "" {
		return offers[0]
	}
	type rng struct {
		media string
		q     float64
	}
	var ranges []rng
	for _, part := range strings.Split(accept, ",") {
		bits := strings.Split(part, ";")
		m := strings.ToLower(strings.TrimSpace(bits[0]))
		if !strings.Contains(m, "/") {
			continue
		}
		q := 1.0
		for _, b := range bits[1:] {
			kv := strings.SplitN(strings.TrimSpace(b), "=", 2)
			if len(kv) == 2 && strings.EqualFold(strings.TrimSpace(kv[0]), "q") {
				if f, err := strconv.ParseFloat(strings.TrimSpace(kv[1]), 64); err == nil && f >= 0 && f <= 1 {
					q = f
				}
			}
		}
		ranges = append(ranges, rng{m, q})
	}
	// b17: the first listed type that is offered wins, whatever its weight.
	if s.is("b17") {
		for _, r := range ranges {
			if contains(offers, r.media) {
				return r.media
			}
		}
	}
	best, bestQ := "", 0.0
	for _, o := range offers {
		q, specific := 0.0, -1
		for _, r := range ranges {
			level := -1
			switch r.media {
			case o:
				level = 2
			case "application/*":
				level = 1
			case "*/*":
				level = 0
			}
			if level > specific || (level == specific && level >= 0 && r.q > q) {
				q, specific = r.q, level
			}
		}
		if specific >= 0 && q > bestQ {
			best, bestQ = o, q
		}
	}
	return best
}

// send encodes the reply and writes it, with what the variants change about the transport.
func (s *server) send(c *call, rep reply) {
	h := c.w.Header()
	for k, v := range rep.header {
		h.Set(k, v)
	}
	if origin := c.r.Header.Get("Origin"); origin != "" {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Allow-Credentials", "true")
		h.Add("Vary", "Origin")
	} else {
		h.Set("Access-Control-Allow-Origin", "*")
	}
	h.Set("Access-Control-Expose-Headers", "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate")
	if c.op != nil && len(c.op.produces) > 1 {
		h.Add("Vary", "Accept")
	}

	body, ctype := rep.raw, rep.rawType
	if rep.value != nil {
		v := rep.value
		if s.is("f06") && (c.op == nil || c.op.id != "getInventory") {
			s.mu.Lock()
			s.reads++
			v = decorate(v, s.reads)
			s.mu.Unlock()
		}
		if c.media == mediaXML {
			_, isList := v.(list)
			body, ctype = xmlStyle{
				cdata: s.is("f28"), ascii: s.is("f30"), noEscapes: s.is("b11") && isList, bigBool: s.is("b30"),
			}.encode(rep.root, rep.item, v), mediaXML
		} else {
			body, ctype = jsonStyle{fancy: s.is("f31")}.encode(v), mediaJSON
		}
	}
	if s.is("f32") && rep.status < 300 && ctype == mediaJSON {
		ctype = `Application/JSON; Charset="UTF-8"; ext="a;b"`
	} else if s.is("f32") && rep.status < 300 && ctype == mediaXML {
		ctype = "APPLICATION/XML;charset=Utf-8"
	}
	if ctype != "" && rep.status != 204 {
		h.Set("Content-Type", ctype)
	} else {
		h["Content-Type"] = nil // no sniffing
	}

	switch {
	case s.is("f11") && c.r.ProtoAtLeast(1, 1):
		hint := h.Clone()
		for k := range h {
			delete(h, k)
		}
		h.Set("Link", "</style.css>; rel=preload")
		c.w.WriteHeader(103)
		delete(h, "Link")
		for k, v := range hint {
			h[k] = v
		}
	case s.is("f12"):
		h.Add("Vary", "Accept-Encoding")
		if len(body) > 0 && strings.Contains(strings.ToLower(c.r.Header.Get("Accept-Encoding")), "gzip") &&
			!strings.Contains(c.r.Header.Get("Accept-Encoding"), "q=0") {
			var z bytes.Buffer
			gz := gzip.NewWriter(&z)
			_, _ = gz.Write(body)
			_ = gz.Close()
			body = z.Bytes()
			h.Set("Content-Encoding", "gzip")
		}
	case s.is("f33"):
		s.sendRaw(c, rep.status, body)
		return
	case s.is("f10") && rep.status != 204:
		h.Set("Trailer", "X-Checksum")
		c.w.WriteHeader(rep.status)
		flusher, _ := c.w.(http.Flusher)
		for len(body) > 0 {
			n := 1 + rand.Intn(48)
			if n > len(body) {
				n = len(body)
			}
			_, _ = c.w.Write(body[:n])
			flusher.Flush()
			body = body[n:]
		}
		flusher.Flush()
		h.Set("X-Checksum", "none")
		return
	}

	if rep.status != 204 && rep.status != 304 {
		length := len(body)
		// b03: characters are counted, not bytes.
		if s.is("b03") && ctype == mediaJSON {
			length = utf8.RuneCount(body)
		}
		// b18: HEAD is a route of its own that makes no body and says so.
		if s.is("b18") && c.r.Method == "HEAD" && rep.status == 200 {
			length = 0
		}
		h.Set("Content-Length", strconv.Itoa(length))
		if length < len(body) {
			body = body[:length]
		}
	}
	c.w.WriteHeader(rep.status)
	if c.r.Method != "HEAD" && len(body) > 0 {
		_, _ = c.w.Write(body)
	}
}

// sendRaw is for f33: lower-case field names, other blanks, another reason phrase, one answer a connection.
func (s *server) sendRaw(c *call, status int, body []byte) {
	_, _ = io.Copy(io.Discard, io.LimitReader(c.r.Body, 2*bodyLimit))
	h := c.w.Header()
	hj, can := c.w.(http.Hijacker)
	if !can {
		return
	}
	conn, _, err := hj.Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	var b bytes.Buffer
	phrase := "Fine"
	if status >= 400 {
		phrase = ""
	}
	fmt.Fprintf(&b, "HTTP/1.1 %d %s\r\n", status, phrase)
	for k, vs := range h {
		for _, v := range vs {
			fmt.Fprintf(&b, "%s:\t%s  \r\n", strings.ToLower(k), v)
		}
	}
	fmt.Fprintf(&b, "date: %s\r\nconnection: close\r\n", time.Now().UTC().Format(http.TimeFormat))
	if status != 204 {
		fmt.Fprintf(&b, "content-length:%d\r\n", len(body))
	}
	b.WriteString("\r\n")
	if c.r.Method != "HEAD" && status != 204 {
		b.Write(body)
	}
	_, _ = conn.Write(b.Bytes())
}
