package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

var digits = regexp.MustCompile(`^(0|[1-9][0-9]{0,15})$`)

func parseID(s string) (int64, bool) {
	if !digits.MatchString(s) {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n <= maxSafe
}

var leading = regexp.MustCompile(`^[0-9]+`)

func (c *ctx) petID() (int64, bool) {
	s := c.param
	if is("b17") {
		if d := leading.FindString(s); d != "" {
			s = d
		}
	}
	id, ok := parseID(s)
	if !ok && is("f39") && s == strconv.FormatInt(maxSafe+2, 10) {
		return maxSafe + 2, true
	}
	if !ok {
		c.badParam("Invalid ID supplied")
	}
	return id, ok
}

func uuid() string {
	b := make([]byte, 16)
	rand.Read(b)
	h := hex.EncodeToString(b)
	return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-a" + h[17:20] + "-" + h[20:]
}

// ---- domain

func addDomain(c *ctx) {
	v, err := parseJSON(c.body)
	if err != nil {
		if is("b05") {
			c.fail(500, err.Error())
			return
		}
		c.badBody("Invalid input")
		return
	}
	d, ok := decodeDomainIn(v)
	if !ok || d.Name == nil || strings.TrimSpace(*d.Name) == "" {
		c.badBody("Invalid input")
		return
	}
	db.mu.Lock()
	db.domains++
	n := db.domains
	db.mu.Unlock()
	f := false
	out := &Domain{ID: str("dom-" + strconv.Itoa(n)), Name: d.Name, Validate: str("inboxes-verification=" + uuid()), Status: str("missing validation"), Active: &f}
	if is("b06") {
		out.ID = str(strconv.Itoa(n))
	}
	st := 200
	if is("f01") {
		st = 201
		c.w.Header().Set("Location", base+"/domain/dom-"+strconv.Itoa(n))
	}
	c.send(st, "Domain", out.tree())
}

// ---- pets

type job struct {
	due   time.Time
	apply func()
}

// queue holds acknowledged writes; they are applied in order of arrival.
var queue = make(chan job, 10000)

func worker() {
	for j := range queue {
		time.Sleep(time.Until(j.due))
		j.apply()
	}
}

func later(c *ctx, apply func()) {
	if is("f19") {
		queue <- job{time.Now().Add(500 * time.Millisecond), apply}
		c.write(202, "", nil)
		return
	}
	apply()
	c.done()
}

func updatePet(c *ctx) {
	var v any
	var err error
	if c.ctype == tXML && len(c.body) > 0 {
		v, err = xmlPet(c.body)
	} else {
		v, err = parseJSON(c.body)
	}
	m, ok := v.(map[string]any)
	if err != nil || !ok {
		c.badBody("Validation exception")
		return
	}
	id, ok := toInt(m["id"])
	if !ok || id < 0 {
		c.badParam("Invalid ID supplied")
		return
	}
	p, ok := decodePet(m)
	if !ok {
		c.badBody("Validation exception")
		return
	}
	p.ID = id
	db.mu.RLock()
	old := db.pets[id]
	db.mu.RUnlock()
	if old == nil {
		c.fail(404, "Pet not found")
		return
	}
	if is("f21") {
		if p.Category == nil {
			p.Category = old.Category
		}
		if !p.HasTags {
			p.HasTags, p.Tags = old.HasTags, old.Tags
		}
		if p.Status == nil {
			p.Status = old.Status
		}
	}
	later(c, func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		if db.pets[id] == nil {
			return
		}
		was, had := db.cache[id]
		db.putPet(p)
		if is("b19") && had {
			db.cache[id] = was
		}
	})
}

func getPet(c *ctx) {
	id, ok := c.petID()
	if !ok {
		return
	}
	db.mu.Lock()
	e, hit := db.cache[id]
	p := e.p
	if !hit || time.Now().After(e.until) {
		if p = db.pets[id]; p != nil {
			db.cache[id] = cached{p, time.Now().Add(30 * time.Second)}
		}
	}
	db.mu.Unlock()
	if p == nil {
		if is("b18") {
			c.send(200, "Pet", (&Pet{ID: id}).tree())
			return
		}
		c.fail(404, "Pet not found")
		return
	}
	c.send(200, "Pet", p.tree())
}

func (c *ctx) list(name string) ([]string, bool) {
	vals, ok := c.params(name)
	items := []string{}
	for _, v := range vals {
		for _, s := range strings.Split(v, ",") {
			if s = strings.TrimSpace(s); s != "" {
				items = append(items, s)
			}
		}
	}
	return items, ok && len(items) > 0
}

func findByStatus(c *ctx) {
	want, ok := c.list("status")
	set := map[string]bool{}
	for _, s := range want {
		if !petStatus(s) && !is("b12") {
			ok = false
		}
		set[s] = true
	}
	if !ok {
		c.badParam("Invalid status value")
		return
	}
	if is("b13") {
		set = map[string]bool{want[0]: true}
	}
	all, _ := db.listed()
	out := []any{}
	db.mu.RLock()
	for _, p := range all {
		hit := p.Status != nil && set[*p.Status]
		if !is("f20") {
			hit = false
			for s := range set {
				hit = hit || db.byStatus[s][p.ID]
			}
			if hit && !is("b14") && (p.Status == nil || !set[*p.Status]) {
				hit = false
			}
		}
		if hit {
			out = append(out, p.tree())
		}
	}
	db.mu.RUnlock()
	c.send(200, "Pets", out)
}

func findByTags(c *ctx) {
	want, ok := c.list("tags")
	if !ok {
		c.badParam("Invalid tag value")
		return
	}
	all, _ := db.listed()
	out := []any{}
	for _, p := range all {
		n := 0
		for _, w := range want {
			for _, t := range p.Tags {
				if t.Name != nil && norm(*t.Name) == w {
					n++
					break
				}
			}
		}
		if is("b15") {
			db.mu.RLock()
			for _, w := range want {
				if db.tagIndex[w][p.ID] {
					n++
				}
			}
			db.mu.RUnlock()
		}
		if n > 0 {
			out = append(out, p.tree())
		}
	}
	c.send(200, "Pets", out)
}

func parseForm(c *ctx) (map[string]string, bool) {
	f := map[string]string{}
	for _, part := range strings.Split(string(c.body), "&") {
		if part == "" {
			continue
		}
		x := strings.SplitN(part, "=", 2)
		un := url.QueryUnescape
		if is("b21") {
			un = url.PathUnescape
		}
		k, err := un(x[0])
		if err != nil {
			return nil, false
		}
		v := ""
		if len(x) == 2 {
			if v, err = un(x[1]); err != nil {
				return nil, false
			}
		}
		if !utf8.ValidString(v) {
			return nil, false
		}
		if _, dup := f[k]; !dup {
			f[k] = norm(v)
		}
	}
	return f, true
}

func formPet(c *ctx) {
	id, ok := c.petID()
	if !ok {
		return
	}
	f, ok := parseForm(c)
	if !ok {
		c.badBody("Invalid input")
		return
	}
	name, hasName := f["name"]
	status, hasStatus := f["status"]
	if hasStatus && !petStatus(status) {
		c.badBody("Invalid input")
		return
	}
	db.mu.RLock()
	found := db.pets[id] != nil
	db.mu.RUnlock()
	if !found {
		c.fail(404, "Pet not found")
		return
	}
	later(c, func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		old := db.pets[id]
		if old == nil {
			return
		}
		p := *old
		if hasName {
			p.Name = name
		}
		if hasStatus {
			p.Status = &status
		} else if is("b20") && hasName {
			p.Status = nil
		}
		if is("b14") {
			db.pets[id] = &p
			delete(db.cache, id)
			return
		}
		db.putPet(&p)
	})
}

func deletePet(c *ctx) {
	id, ok := c.petID()
	if !ok {
		return
	}
	db.mu.Lock()
	p := db.pets[id]
	if p != nil {
		db.index(p, false)
		delete(db.pets, id)
		delete(db.cache, id)
	}
	db.mu.Unlock()
	if p == nil && !is("b23") {
		c.fail(404, "Pet not found")
		return
	}
	c.done()
}

func uploadFile(c *ctx) {
	id, ok := c.petID()
	if !ok {
		return
	}
	size, file, meta := 0, "", ""
	if len(c.body) > 0 {
		b := c.cpars["boundary"]
		if b == "" {
			c.badBody("no boundary")
			return
		}
		mr := multipart.NewReader(bytes.NewReader(c.body), b)
		for n := 0; ; n++ {
			p, err := mr.NextRawPart()
			if err == io.EOF {
				break
			}
			if err != nil || n > 1000 {
				c.badBody("the form cannot be read")
				return
			}
			data, err := io.ReadAll(p)
			if err != nil {
				c.badBody("the form cannot be read")
				return
			}
			switch p.FormName() {
			case "file":
				size, file = len(data), p.FileName()
			case "additionalMetadata":
				if !utf8.Valid(data) {
					c.badBody("the form cannot be read")
					return
				}
				meta = string(data)
			}
		}
	}
	if is("b25") && size > 64<<10 {
		c.fail(500, "short buffer")
		return
	}
	db.mu.Lock()
	found := db.pets[id] != nil
	if found {
		db.uploads++
	}
	db.mu.Unlock()
	if !found {
		c.fail(404, "Pet not found")
		return
	}
	var code any = int64(200)
	if is("b27") {
		code = "200"
	}
	c.send(200, "ApiResponse", obj{{"code", code}, {"type", "unknown"}, {"message", fmt.Sprintf("additionalMetadata: %s\nFile uploaded to ./%s, %d bytes", meta, strings.ToValidUTF8(file, "?"), size)}})
}

// ---- store

func getInventory(c *ctx) {
	_, inv := db.listed()
	if is("b28") {
		db.mu.Lock()
		if time.Since(db.invAt) > 60*time.Second {
			db.invAt, db.invOld = time.Now(), inv
		}
		inv = db.invOld
		db.mu.Unlock()
	}
	o := obj{}
	for _, s := range []string{"available", "pending", "sold"} {
		o = append(o, kv{s, inv[s]})
	}
	c.send(200, "inventory", o)
}

var orderID = regexp.MustCompile(`^[1-9][0-9]{0,15}$`)

func placeOrder(c *ctx) {
	v, err := parseJSON(c.body)
	var d *Domain
	ok := err == nil
	if ok {
		d, ok = decodeDomain(v)
	}
	if !ok {
		c.badBody("Invalid Order")
		return
	}
	var n int64
	if d.ID != nil {
		var fine bool
		if n, fine = parseID(*d.ID); !fine || !orderID.MatchString(*d.ID) {
			c.badBody("Invalid Order")
			return
		}
	}
	if is("f16") {
		t := true
		d.Status, d.Active, d.Validate = str("validated"), &t, str("txt="+uuid())
	}
	if is("f11") {
		d.ID = str(uuid())
		c.send(200, "Domain", d.tree())
		return
	}
	if is("b29") && d.ID == nil {
		db.mu.RLock()
		n = db.next
		for db.orders[n] != nil {
			n++
		}
		db.mu.RUnlock()
		time.Sleep(4 * time.Millisecond)
	}
	db.mu.Lock()
	if d.ID == nil {
		if !is("b29") {
			for n = db.next; db.orders[n] != nil; n++ {
			}
		}
		db.next = n + 1
	}
	d.ID = str(strconv.FormatInt(n, 10))
	db.orders[n] = d
	db.mu.Unlock()
	c.send(200, "Domain", d.tree())
}

func (c *ctx) order() (int64, bool) {
	n, ok := parseID(c.param)
	if !ok || n < 1 {
		if is("f10") {
			c.fail(404, "Order not found")
		} else {
			c.fail(400, "Invalid ID supplied")
		}
		return 0, false
	}
	return n, true
}

func getOrder(c *ctx) {
	n, ok := c.order()
	if !ok {
		return
	}
	db.mu.RLock()
	d := db.orders[n]
	db.mu.RUnlock()
	if d == nil {
		if n > 10 && !is("f10") {
			c.fail(400, "Invalid ID supplied")
		} else {
			c.fail(404, "Order not found")
		}
		return
	}
	c.send(200, "DomainIn", (&DomainIn{d.Name}).tree())
}

func deleteOrder(c *ctx) {
	n, ok := c.order()
	if !ok {
		return
	}
	db.mu.Lock()
	d := db.orders[n]
	if !is("b32") {
		delete(db.orders, n)
	}
	db.mu.Unlock()
	if d == nil {
		c.fail(404, "Order not found")
		return
	}
	c.done()
}

// ---- users

var userSeq int64 = 1000

// taken tells whether a house rule forbids the user; the lock is held.
func (s *store) taken(u *User, name string, create bool) bool {
	if is("f34") && create && s.users[name] != nil {
		return true
	}
	if is("f33") && u.Email != nil {
		for k, o := range s.users {
			if k != name && o.Email != nil && strings.EqualFold(*o.Email, *u.Email) {
				return true
			}
		}
	}
	return false
}

func (s *store) putUser(u *User) {
	if is("f15") {
		userSeq++
		id := userSeq
		if o := s.users[u.Username]; o != nil && o.ID != nil {
			id = *o.ID
		}
		u.ID = &id
	}
	s.users[u.Username] = u
}

func noEmoji(s *string) *string {
	if s == nil {
		return nil
	}
	return str(strings.Map(func(r rune) rune {
		if r > 0xffff {
			return '?'
		}
		return r
	}, *s))
}

func (c *ctx) created(u *User) {
	if is("f04") {
		c.w.Header().Set("Location", base+"/user/"+url.PathEscape(u.Username))
		c.send(201, "User", obj{{"username", u.Username}, {"created", true}})
		return
	}
	c.write(200, "", nil)
}

func createUser(c *ctx) {
	v, err := parseJSON(c.body)
	var u *User
	ok := err == nil
	if ok {
		u, ok = decodeUser(v)
	}
	if !ok || !newUserOK(u) {
		c.badBody("Invalid user supplied")
		return
	}
	if is("b33") {
		u.FirstName, u.LastName, u.Email, u.Password, u.Phone = noEmoji(u.FirstName), noEmoji(u.LastName), noEmoji(u.Email), noEmoji(u.Password), noEmoji(u.Phone)
	}
	db.mu.Lock()
	if db.taken(u, u.Username, true) {
		db.mu.Unlock()
		c.fail(409, "taken")
		return
	}
	db.putUser(u)
	db.mu.Unlock()
	c.created(u)
}

func createUsers(c *ctx) {
	v, err := parseJSON(c.body)
	l, ok := v.([]any)
	if err != nil || !ok {
		c.badBody("Invalid user supplied")
		return
	}
	us := []*User{}
	for _, x := range l {
		u, ok := decodeUser(x)
		if !ok || !newUserOK(u) {
			c.badBody("Invalid user supplied")
			return
		}
		us = append(us, u)
		if is("b34") {
			db.mu.Lock()
			db.putUser(u)
			db.mu.Unlock()
		}
	}
	db.mu.Lock()
	for _, u := range us {
		if db.taken(u, u.Username, true) {
			db.mu.Unlock()
			c.fail(409, "taken")
			return
		}
	}
	for _, u := range us {
		db.putUser(u)
	}
	db.mu.Unlock()
	c.write(200, "", nil)
}

func loginUser(c *ctx) {
	name, ok1 := c.params("username")
	pass, ok2 := c.params("password")
	if is("b36") && len(pass) == 0 {
		pass = []string{""}
	}
	if !ok1 || !ok2 || len(name) == 0 || len(pass) == 0 || strings.TrimSpace(name[0]) == "" {
		c.badParam("Invalid username/password supplied")
		return
	}
	n := norm(name[0])
	db.mu.RLock()
	u := db.users[n]
	db.mu.RUnlock()
	if u != nil && !u.deleted {
		want := ""
		if u.Password != nil {
			want = *u.Password
		}
		if norm(pass[0]) != want {
			c.badParam("Invalid username/password supplied")
			return
		}
	}
	h := c.w.Header()
	h.Set("X-Rate-Limit", "5000")
	at := time.Now().UTC().Add(time.Hour)
	f := time.RFC3339
	if is("b37") {
		f = time.RFC1123
	}
	h.Set("X-Expires-After", at.Format(f))
	t := token(n)
	if is("b40") && c.mime == tJSON {
		c.write(200, tJSON, []byte(t))
		return
	}
	c.send(200, "string", t)
}

func logoutUser(c *ctx) {
	if is("b38") {
		c.w.Header().Set("Location", "/")
		c.write(302, "", nil)
		return
	}
	c.write(200, "", nil)
}

func (c *ctx) username() (string, bool) {
	n := norm(c.param)
	if strings.TrimSpace(n) == "" {
		c.badParam("Invalid username supplied")
		return "", false
	}
	return n, true
}

var shared struct {
	sync.Mutex
	user *User
}

func getUser(c *ctx) {
	n, ok := c.username()
	if !ok {
		return
	}
	db.mu.RLock()
	u := db.users[n]
	db.mu.RUnlock()
	if u == nil || (u.deleted && !is("b24")) {
		c.fail(404, "User not found")
		return
	}
	if is("b35") {
		shared.Lock()
		shared.user = u
		shared.Unlock()
		time.Sleep(3 * time.Millisecond)
		shared.Lock()
		u = shared.user
		shared.Unlock()
	}
	c.send(200, "User", u.tree())
}

func updateUser(c *ctx) {
	n, ok := c.username()
	if !ok {
		return
	}
	v, err := parseJSON(c.body)
	var u *User
	ok = err == nil
	if ok {
		u, ok = decodeUser(v)
	}
	if !ok {
		c.badBody("Invalid user supplied")
		return
	}
	u.Username = n
	db.mu.Lock()
	old := db.users[n]
	if old == nil || old.deleted {
		db.mu.Unlock()
		c.fail(404, "User not found")
		return
	}
	if db.taken(u, n, false) {
		db.mu.Unlock()
		c.fail(409, "taken")
		return
	}
	if is("f21") {
		m := func(a **string, b *string) {
			if *a == nil {
				*a = b
			}
		}
		m(&u.FirstName, old.FirstName)
		m(&u.LastName, old.LastName)
		m(&u.Email, old.Email)
		m(&u.Password, old.Password)
		m(&u.Phone, old.Phone)
		if u.ID == nil {
			u.ID = old.ID
		}
		if u.UserStatus == nil {
			u.UserStatus = old.UserStatus
		}
	}
	if is("b26") {
		u.Phone = old.Phone
	}
	db.mu.Unlock()
	later(c, func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		if db.users[n] != nil {
			db.putUser(u)
		}
	})
}

func deleteUser(c *ctx) {
	n, ok := c.username()
	if !ok {
		return
	}
	db.mu.Lock()
	u := db.users[n]
	gone := u == nil || u.deleted
	if !gone {
		if is("b24") {
			x := *u
			x.deleted = true
			db.users[n] = &x
		} else {
			delete(db.users, n)
		}
	}
	db.mu.Unlock()
	if gone {
		c.fail(404, "User not found")
		return
	}
	c.done()
}
