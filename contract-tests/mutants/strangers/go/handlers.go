package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand"
	"mime/multipart"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

var canonical = regexp.MustCompile(`^(0|[1-9][0-9]{0,17})$`)

// pathID reads a canonical, safe id of the path.
func pathID(t string) (int64, bool) {
	if !canonical.MatchString(t) {
		return 0, false
	}
	n, err := strconv.ParseInt(t, 10, 64)
	return n, err == nil && n <= maxSafe
}

func blank(t string) bool { return strings.TrimSpace(t) == "" }

// written answers the operations that document no success: 2, 6, 7, 12, 18, 19.
func (s *server) written() reply {
	switch {
	case s.is("f04"):
		return reply{status: 204}
	case s.is("f05"):
		return reply{status: 200, raw: []byte("<!DOCTYPE html><html><body><p>Done, thank you &amp; goodbye.</body></html>"), rawType: "text/html; charset=utf-8"}
	}
	return ok()
}

// ---- domain

func (s *server) addDomain(c *call) reply {
	v, err := decodeJSON(c.body)
	if err != nil {
		return s.bad(405, err.Error())
	}
	// b02: a loose conversion makes texts of numbers and booleans.
	if m, isMap := v.(map[string]interface{}); isMap && s.is("b02") {
		switch m["name"].(type) {
		case json.Number, bool:
			m["name"] = fmt.Sprint(m["name"])
		}
	}
	in, err := check(v, domainInSchema, "body")
	if err != nil {
		return s.bad(405, err.Error())
	}
	name := in.(obj).str("name")
	if blank(name) {
		return s.bad(405, "name is missing")
	}
	if s.is("f16") {
		name = strings.ToLower(name)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.newDomain(name)
	// b01: a third state for names below another domain, which the document does not know.
	if s.is("b01") && strings.Count(name, ".") >= 2 {
		d = d.set("status", "pending validation")
	}
	s.domains = append(s.domains, d)
	rep := reply{status: 200, value: d, root: "Domain"}
	if s.is("f02") {
		rep.status = 201
		rep.header = map[string]string{"Location": "/v2/domain/" + url.PathEscape(d.str("id"))}
	}
	return rep
}

// ---- pet

func (s *server) updatePet(c *call) reply {
	sch := petSchema
	// b06: the column of the name was made nullable.
	if s.is("b06") {
		loose := *text
		loose.nullable = true
		copied := *petSchema
		copied.props = append([]prop{}, petSchema.props...)
		copied.props[2].sch = &loose
		sch = &copied
	}
	var v interface{}
	var err error
	if c.ctype == mediaXML {
		v, err = decodeXML(c.body, "Pet", sch, s.is("b04"))
	} else {
		v, err = decodeJSON(c.body)
	}
	if err != nil {
		return s.bad(405, err.Error())
	}
	m, isMap := v.(map[string]interface{})
	if !isMap {
		return s.bad(405, "the body must be an object")
	}
	num, isNumber := m["id"].(json.Number)
	id, safe := int64(0), false
	if isNumber {
		id, safe = safeInteger(num.String())
	}
	if !safe || id < 0 {
		return s.bad(400, "id must be an integer from 0 to 2^53-1")
	}
	in, err := check(v, sch, "body")
	if err != nil {
		return s.bad(405, err.Error())
	}
	pet := s.tidy(in.(obj), "name")

	s.mu.Lock()
	defer s.mu.Unlock()
	old, found := s.pets[id]
	if !found {
		return problem(404, "there is no pet with this id")
	}
	switch {
	case s.is("f21"): // what the body leaves out stays
		pet = merge(pet, old, petSchema)
	case s.is("f23"):
		s.accept(func() { s.replacePet(id, pet) })
		return reply{status: 202}
	case s.is("b05"): // the new status is put into the index, the old one is not taken out
		if was := old.str("status"); was != "" && was != pet.str("status") {
			s.stale[id] = append(s.stale[id], was)
		}
	case s.is("b26"):
		s.counts[old.str("status")]--
		s.counts[pet.str("status")]++
	case s.is("b07"): // every column is written by a statement of its own, without a transaction
		for _, p := range petSchema.props {
			s.mu.Unlock()
			time.Sleep(time.Duration(rand.Intn(4000)) * time.Microsecond)
			s.mu.Lock()
			now, still := s.pets[id]
			if !still {
				break
			}
			if nv, has := pet.get(p.name); has {
				s.pets[id] = now.set(p.name, nv)
			} else {
				s.pets[id] = now.del(p.name)
			}
		}
		return s.written()
	}
	s.replacePet(id, pet)
	return s.written()
}

// replacePet stores a pet that is still there. The lock is held.
func (s *server) replacePet(id int64, pet obj) {
	if _, found := s.pets[id]; found {
		s.pets[id] = pet
		delete(s.xmlCopies, id)
	}
}

// accept runs a write 0.7 seconds later, in the order of their coming (f23).
func (s *server) accept(write func()) {
	due := time.Now().Add(700 * time.Millisecond)
	s.later <- func() {
		time.Sleep(time.Until(due))
		s.mu.Lock()
		defer s.mu.Unlock()
		write()
	}
}

// merge fills fresh with what only old has, in the schema's order.
func merge(fresh, old obj, sch *schema) obj {
	out := obj{}
	for _, p := range sch.props {
		if v, has := fresh.get(p.name); has {
			out = append(out, field{p.name, v})
		} else if v, has := old.get(p.name); has {
			out = append(out, field{p.name, v})
		}
	}
	return out
}

// tidy takes the blanks around the named texts away (f17).
func (s *server) tidy(o obj, names ...string) obj {
	if s.is("f17") {
		return o.mapStrings(strings.TrimSpace, names...)
	}
	return o
}

// queryList reads a list of the query: commas separate, the key may be repeated.
func (s *server) queryList(c *call, name string) ([]string, bool) {
	q, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil || (s.is("f40") && len(q[name]) > 1) {
		return nil, false
	}
	var out []string
	for _, v := range q[name] {
		if !utf8.ValidString(v) {
			return nil, false
		}
		for _, item := range strings.Split(v, ",") {
			if item = strings.TrimSpace(item); item != "" {
				out = append(out, item)
			}
		}
	}
	return out, len(out) > 0
}

func (s *server) findPetsByStatus(c *call) reply {
	wanted, good := s.queryList(c, "status")
	if !good {
		return s.bad(400, "status must hold one of: "+strings.Join(petStatuses, ", "))
	}
	for i, w := range wanted {
		// b09: only the first value is validated.
		if s.is("b09") && i > 0 {
			break
		}
		if !contains(petStatuses, w) {
			return s.bad(400, "status must be one of: "+strings.Join(petStatuses, ", "))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := list{}
	for _, p := range s.listed() {
		hit := contains(wanted, p.str("status"))
		if s.is("b05") {
			for _, was := range s.stale[p.int("id")] {
				hit = hit || contains(wanted, was)
			}
		}
		if hit {
			out = append(out, p)
		}
	}
	// b10: the page for "all" ends one too early.
	if s.is("b10") && len(out) > 0 && contains(wanted, "available") && contains(wanted, "pending") && contains(wanted, "sold") {
		out = out[:len(out)-1]
	}
	return reply{status: 200, value: out, root: "Pets", item: "Pet"}
}

func (s *server) findPetsByTags(c *call) reply {
	wanted, good := s.queryList(c, "tags")
	if !good {
		return s.bad(400, "tags must hold a tag")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := list{}
	all := s.listed()
	if s.is("b23") { // the table of tags still knows deleted pets
		for _, p := range s.grave {
			all = append(all, p)
		}
	}
	for _, p := range all {
		hit := false
		for _, t := range p.list("tags") {
			name := t.(obj).str("name")
			hit = hit || contains(wanted, name)
			if s.is("b12") { // LIKE '%tag%'
				for _, w := range wanted {
					hit = hit || strings.Contains(name, w)
				}
			}
		}
		if hit {
			out = append(out, p)
		}
	}
	return reply{status: 200, value: out, root: "Pets", item: "Pet"}
}

func (s *server) getPetByID(c *call) reply {
	id, good := pathID(c.param)
	if !good {
		return s.bad(400, "petId must be an integer from 0 to 2^53-1")
	}
	if s.is("b16") { // the id goes through 32 bits
		id = int64(uint32(id))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, found := s.pets[id]
	if !found {
		return problem(404, "there is no pet with this id")
	}
	// b15: the XML form is kept, and only PUT and DELETE throw it away.
	if s.is("b15") && c.media == mediaXML {
		if kept, has := s.xmlCopies[id]; has {
			p = kept
		}
		s.xmlCopies[id] = p
	}
	return reply{status: 200, value: p, root: "Pet"}
}

func (s *server) updatePetWithForm(c *call) reply {
	id, good := pathID(c.param)
	if !good {
		return s.bad(405, "petId must be an integer from 0 to 2^53-1")
	}
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return s.bad(405, "the form is malformed")
	}
	_, hasName := form["name"]
	_, hasStatus := form["status"]
	name, status := form.Get("name"), form.Get("status")
	if !utf8.ValidString(name) || (hasStatus && !contains(petStatuses, status)) {
		return s.bad(405, "status must be one of: "+strings.Join(petStatuses, ", "))
	}
	if s.is("f17") {
		name = strings.TrimSpace(name)
	}
	change := func() {
		p, found := s.pets[id]
		if !found {
			return
		}
		if hasName {
			p = p.set("name", name)
		}
		if hasStatus {
			p = p.set("status", status)
		} else if s.is("b19") && hasName { // an absent field counts as an empty one
			p = p.set("status", "")
		}
		s.pets[id] = p
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old, found := s.pets[id]
	if !found {
		return problem(404, "there is no pet with this id")
	}
	if s.is("f23") {
		s.accept(change)
		return reply{status: 202}
	}
	if hasStatus { // b26: a status that stays the same is counted up, not down
		if old.str("status") != status {
			s.counts[old.str("status")]--
		}
		s.counts[status]++
	}
	change()
	return s.written()
}

func (s *server) deletePet(c *call) reply {
	id, good := pathID(c.param)
	if !good {
		return s.bad(400, "petId must be an integer from 0 to 2^53-1")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p, found := s.pets[id]
	if !found {
		return problem(404, "there is no pet with this id")
	}
	delete(s.pets, id)
	delete(s.xmlCopies, id)
	s.counts[p.str("status")]--
	switch {
	case s.is("b23"):
		s.grave[id] = p
	case s.is("b21"): // ON DELETE CASCADE on the tags, which other pets share
		gone := map[int64]bool{}
		for _, t := range p.list("tags") {
			gone[t.(obj).int("id")] = true
		}
		for n, other := range s.pets {
			kept := list{}
			for _, t := range other.list("tags") {
				if !gone[t.(obj).int("id")] {
					kept = append(kept, t)
				}
			}
			if len(kept) < len(other.list("tags")) {
				s.pets[n] = other.set("tags", kept)
			}
		}
	}
	return s.written()
}

func (s *server) uploadFile(c *call) reply {
	id, good := pathID(c.param)
	if !good {
		return s.bad(400, "petId must be an integer from 0 to 2^53-1")
	}
	meta, name, size, hasFile := "", "", 0, false
	if len(c.body) > 0 {
		if c.cpar["boundary"] == "" {
			return s.bad(400, "the boundary is missing")
		}
		mr := multipart.NewReader(bytes.NewReader(c.body), c.cpar["boundary"])
		for {
			part, err := mr.NextPart()
			if err == io.EOF {
				break
			}
			if err != nil {
				return s.bad(400, "the multipart body is malformed")
			}
			data, err := io.ReadAll(part)
			if err != nil {
				return s.bad(400, "the multipart body is malformed")
			}
			switch part.FormName() {
			case "additionalMetadata":
				meta = string(data)
			case "file":
				name, size, hasFile = part.FileName(), len(data), true
			}
		}
	}
	if !utf8.ValidString(meta) || !utf8.ValidString(name) {
		return s.bad(400, "additionalMetadata is not UTF-8")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, found := s.pets[id]; !found {
		return problem(404, "there is no pet with this id")
	}
	// b25: a buffer of 64 KB runs over.
	if s.is("b25") && size > 64<<10 {
		return problem(500, "buffer too small")
	}
	message := "additionalMetadata: " + meta
	if hasFile {
		message += fmt.Sprintf("\nFile uploaded to ./%s, %d bytes", name, size)
	}
	var code interface{} = int64(200)
	if s.is("b24") && hasFile { // the size in KB is put there
		code = float64(size) / 1024
	}
	return reply{status: 200, value: obj{{"code", code}, {"type", "unknown"}, {"message", message}}, root: "ApiResponse"}
}

// ---- store

func (s *server) getInventory(c *call) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	count := map[string]int64{}
	for _, p := range s.pets {
		count[p.str("status")]++
	}
	if s.is("b26") {
		count = s.counts
	}
	out := obj{}
	for _, st := range petStatuses {
		out = append(out, field{st, count[st]})
	}
	if s.is("f24") { // counted once a second
		if time.Since(s.countTime) > time.Second {
			s.countCopy, s.countTime = out, time.Now()
		}
		out = s.countCopy
	}
	return reply{status: 200, value: out, root: "Inventory"}
}

func (s *server) placeOrder(c *call) reply {
	v, err := decodeJSON(c.body)
	if err != nil {
		return s.bad(400, err.Error())
	}
	in, err := check(v, domainSchema, "body")
	if err != nil {
		return s.bad(400, err.Error())
	}
	order := s.tidy(in.(obj), "name")
	number := int64(0)
	if id, has := order.get("id"); has {
		n, good := pathID(id.(string))
		if !good || n < 1 {
			return s.bad(400, "id must be a decimal integer of 1 or more")
		}
		number = n
	}
	order = order.del("id")
	if s.is("f20") { // the server owns all but the name
		order = order.set("status", "missing validation").set("active", false).set("validate", "txt="+randomHex(8))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if number == 0 {
		number = s.freeOrder()
		if s.is("b29") { // reading the counter and moving it on are two steps
			s.mu.Unlock()
			time.Sleep(8 * time.Millisecond)
			s.mu.Lock()
			s.nextOrder = number + 1
		}
	}
	s.putOrder(number, order)
	id := strconv.FormatInt(number, 10)
	if s.is("f39") {
		id = fmt.Sprintf("ord_%s-%s", randomHex(4), strconv.FormatInt(number, 36))
	}
	return reply{status: 200, value: order.first("id", id), root: "Domain"}
}

func (s *server) getOrderByID(c *call) reply {
	n, good := pathID(c.param)
	if !good {
		return problem(400, "orderId must be an integer from 1 to 10")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	o, found := s.getOrder(n)
	switch {
	case found:
		out := obj{}
		if name, has := o.get("name"); has {
			out = obj{{"name", name}}
		}
		return reply{status: 200, value: out, root: "DomainIn"}
	case n < 1 || n > 10:
		return problem(400, "orderId must be an integer from 1 to 10")
	}
	return problem(404, "there is no order with this id")
}

func (s *server) deleteOrder(c *call) reply {
	n, good := pathID(c.param)
	if s.is("b32") && !good { // Number(), then cut off
		if f, err := strconv.ParseFloat(c.param, 64); err == nil && f >= 1 && f < maxSafe {
			n, good = int64(f), true
		}
	}
	if !good || n < 1 {
		return problem(400, "orderId must be a positive integer")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, found := s.getOrder(n); !found {
		return problem(404, "there is no order with this id")
	}
	s.cutOrder(n)
	return s.written()
}

// ---- user

// normalUser is what variants make of a user's texts.
func (s *server) normalUser(u obj) obj {
	switch {
	case s.is("f16"):
		return u.mapStrings(strings.ToLower, "username", "email")
	case s.is("f17"):
		return u.mapStrings(strings.TrimSpace, "firstName", "lastName", "email", "phone")
	case s.is("b33"): // three bytes a character
		return u.mapStrings(func(t string) string {
			return strings.Map(func(r rune) rune {
				if r > 0xffff {
					return '?'
				}
				return r
			}, t)
		})
	}
	return u
}

func (s *server) normalName(name string) string {
	if s.is("f16") {
		return strings.ToLower(name)
	}
	return name
}

// newUser checks a user that is to be created.
func (s *server) newUser(v interface{}) (obj, error) {
	in, err := check(v, userSchema, "user")
	if err != nil {
		return nil, err
	}
	u := s.normalUser(in.(obj))
	switch name := u.str("username"); {
	case blank(name):
		return nil, fmt.Errorf("username is missing")
	case contains([]string{"login", "logout", "createWithList"}, name):
		return nil, fmt.Errorf("this username is reserved")
	}
	return u, nil
}

// addUser stores a user under its name. The lock is held.
func (s *server) addUser(u obj) {
	if s.is("f19") {
		s.userSeq++
		u = u.first("id", int64(1)<<60+time.Now().UnixNano()/1000<<6+s.userSeq*2+1)
	}
	s.users[u.str("username")] = u
}

// emailTaken is the rule of f36.
func (s *server) emailTaken(u obj) bool {
	if !s.is("f36") || u.str("email") == "" {
		return false
	}
	for name, other := range s.users {
		if name != u.str("username") && strings.EqualFold(other.str("email"), u.str("email")) {
			return true
		}
	}
	return false
}

// loggedIn is the rule of f38: "This can only be done by the logged in user."
func (s *server) loggedIn(c *call) (reply, bool) {
	if !s.is("f38") || strings.HasPrefix(c.r.Header.Get("Authorization"), "Bearer ") || c.r.Header.Get("api_key") == "special-key" {
		return reply{}, true
	}
	rep := problem(401, "log in first")
	rep.header = map[string]string{"WWW-Authenticate": `Bearer realm="inboxes"`}
	return rep, false
}

func (s *server) createUser(c *call) reply {
	if rep, in := s.loggedIn(c); !in {
		return rep
	}
	v, err := decodeJSON(c.body)
	if err != nil {
		return s.bad(400, err.Error())
	}
	u, err := s.newUser(v)
	if err != nil {
		return s.bad(400, err.Error())
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.emailTaken(u) {
		return problem(409, "this email is taken")
	}
	s.addUser(u)
	return ok()
}

func (s *server) createUsers(c *call) reply {
	v, err := decodeJSON(c.body)
	if err != nil {
		return s.bad(400, err.Error())
	}
	in, isList := v.([]interface{})
	if !isList {
		return s.bad(400, "the body must be an array")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []obj
	for _, e := range in {
		u, err := s.newUser(e)
		if err != nil {
			return s.bad(400, err.Error())
		}
		if s.emailTaken(u) {
			return problem(409, "this email is taken")
		}
		all = append(all, u)
		if s.is("b34") { // stored while the rest is still unread
			s.addUser(u)
		}
	}
	for i, u := range all {
		// b35: batches of 20, and each full one is stored up to, not including, its end.
		if s.is("b35") && i%20 == 19 {
			continue
		}
		s.addUser(u)
	}
	return ok()
}

// credentials reads username and password from the query, which is never logged.
func credentials(c *call) (user, password string, good bool) {
	q, err := url.ParseQuery(c.r.URL.RawQuery)
	if err != nil {
		return "", "", false
	}
	user, password = q.Get("username"), q.Get("password")
	return user, password, !blank(user) && !blank(password) && utf8.ValidString(user) && utf8.ValidString(password)
}

func (s *server) loginUser(c *call) reply {
	name, password, good := credentials(c)
	if !good {
		return s.bad(400, "username and password are required")
	}
	name = s.normalName(name)
	s.mu.Lock()
	defer s.mu.Unlock()
	u, known := s.users[name]
	right := !known && !s.is("f35")
	if known {
		stored, given := u.str("password"), password
		if s.is("b36") { // as the old crypt(3): eight characters count
			stored, given = cut(stored, 8), cut(given, 8)
		}
		right = stored == given
	}
	if s.is("f37") && known {
		if time.Now().Before(s.locked[name]) {
			right = false
		} else if right {
			s.failed[name] = 0
		} else if s.failed[name]++; s.failed[name] >= 3 {
			s.failed[name], s.locked[name] = 0, time.Now().Add(30*time.Second)
		}
	}
	if !right {
		return problem(400, "invalid username/password supplied")
	}
	s.sessions++
	sum := sha256.Sum256([]byte("inboxes " + name))
	token := hex.EncodeToString(sum[:16])
	if s.is("f22") {
		part := func(n int) string {
			b := make([]byte, n)
			_, _ = rand.Read(b)
			return base64.RawURLEncoding.EncodeToString(b)
		}
		token = part(30) + "." + part(700) + "." + part(256)
	}
	expires := time.Now().UTC().Add(time.Hour).Format(time.RFC3339)
	if s.is("f34") {
		expires = time.Now().UTC().Add(time.Hour).Format("2006-01-02T15:04:05.000000-07:00")
	}
	h := map[string]string{"X-Rate-Limit": "5000", "X-Expires-After": expires}
	// b37: the XML writer starts the response before the headers are set.
	if s.is("b37") && c.media == mediaXML {
		h = nil
	}
	return reply{status: 200, header: h, value: token, root: "string"}
}

func cut(t string, n int) string {
	if len(t) > n {
		return t[:n]
	}
	return t
}

func (s *server) logoutUser(c *call) reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sessions > 0 {
		s.sessions--
	} else if s.is("b38") { // nobody is logged in: null
		return problem(500, "session is null")
	}
	return ok()
}

func (s *server) getUserByName(c *call) reply {
	name := s.normalName(c.param)
	if blank(name) || !utf8.ValidString(name) {
		return s.bad(400, "invalid username supplied")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.is("b39"): // one variable for all requests
		s.current = name
		s.mu.Unlock()
		time.Sleep(4 * time.Millisecond)
		s.mu.Lock()
		name = s.current
	case s.is("b40"): // what was not there is remembered for ten seconds
		if time.Since(s.missing[name]) < 10*time.Second {
			return problem(404, "there is no such user")
		}
	}
	u, found := s.users[name]
	if !found && s.is("b13") { // WHERE username LIKE ?
		for other, o := range s.users {
			if like(name, other) {
				u, found = o, true
			}
		}
	}
	if !found {
		s.missing[name] = time.Now()
		return problem(404, "there is no such user")
	}
	if s.is("f18") {
		u = u.del("password")
	}
	return reply{status: 200, value: u, root: "User"}
}

// like is SQL's LIKE: _ is any character, % any text.
func like(pattern, t string) bool {
	quoted := regexp.QuoteMeta(pattern)
	quoted = strings.ReplaceAll(strings.ReplaceAll(quoted, "_", "."), "%", ".*")
	hit, _ := regexp.MatchString("^(?s:"+quoted+")$", t)
	return hit
}

func (s *server) updateUser(c *call) reply {
	if rep, in := s.loggedIn(c); !in {
		return rep
	}
	name := s.normalName(c.param)
	if blank(name) || !utf8.ValidString(name) {
		return s.bad(400, "invalid username supplied")
	}
	v, err := decodeJSON(c.body)
	if err != nil {
		return s.bad(400, err.Error())
	}
	in, err := check(v, userSchema, "user")
	if err != nil {
		return s.bad(400, err.Error())
	}
	u := s.normalUser(in.(obj))
	s.mu.Lock()
	defer s.mu.Unlock()
	old, found := s.users[name]
	if !found {
		return problem(404, "there is no such user")
	}
	u = merge(u.set("username", name), nil, userSchema) // the path's name wins
	switch {
	case s.is("f21"):
		u = merge(u, old, userSchema)
	case s.is("f19"):
		u = u.first("id", old.int("id"))
	case s.is("b27"): // the email is decoded as if it came from a form
		u = u.mapStrings(func(t string) string { return strings.ReplaceAll(t, "+", " ") }, "email")
	}
	if s.emailTaken(u) {
		return problem(409, "this email is taken")
	}
	s.users[name] = u
	return s.written()
}

func (s *server) deleteUser(c *call) reply {
	if rep, in := s.loggedIn(c); !in {
		return rep
	}
	name := s.normalName(c.param)
	if blank(name) || !utf8.ValidString(name) {
		return s.bad(400, "invalid username supplied")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u, found := s.users[name]
	if !found {
		return problem(404, "there is no such user")
	}
	delete(s.users, name)
	if s.is("b20") { // a late write-behind of the cache stores it again
		time.AfterFunc(1500*time.Millisecond, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if _, there := s.users[name]; !there {
				s.users[name] = u
			}
		})
	}
	return s.written()
}
