package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

const maxSafe = int64(1)<<53 - 1

type kv struct {
	k string
	v any
}
type obj []kv

type DomainIn struct{ Name *string }
type Domain struct {
	ID, Name, Validate, Status *string
	Active                     *bool
}
type Tag struct {
	ID   *int64
	Name *string
}
type Pet struct {
	ID        int64
	Category  *DomainIn
	Name      string
	PhotoUrls []string
	Tags      []Tag
	HasTags   bool
	Status    *string
}
type User struct {
	ID                                          *int64
	Username                                    string
	FirstName, LastName, Email, Password, Phone *string
	UserStatus                                  *int64
	deleted                                     bool
}

func str(s string) *string { return &s }

func addS(o obj, k string, s *string) obj {
	if s != nil {
		o = append(o, kv{k, *s})
	}
	return o
}
func addI(o obj, k string, i *int64) obj {
	if i != nil {
		o = append(o, kv{k, *i})
	}
	return o
}

func (d *DomainIn) tree() obj { return addS(obj{}, "name", d.Name) }
func (d *Domain) tree() obj {
	o := obj{}
	if is("b06") && d.ID != nil {
		if n, e := strconv.ParseInt(*d.ID, 10, 64); e == nil {
			o = append(o, kv{"id", n})
		}
	} else {
		o = addS(o, "id", d.ID)
	}
	o = addS(o, "name", d.Name)
	o = addS(o, "validate", d.Validate)
	o = addS(o, "status", d.Status)
	if d.Active != nil {
		o = append(o, kv{"active", *d.Active})
	}
	return o
}
func (p *Pet) tree() obj {
	o := obj{{"id", p.ID}}
	if p.Category != nil {
		o = append(o, kv{"category", p.Category.tree()})
	}
	o = append(o, kv{"name", p.Name})
	ph := []any{}
	for _, s := range p.PhotoUrls {
		ph = append(ph, s)
	}
	o = append(o, kv{"photoUrls", ph})
	if p.HasTags {
		ts := []any{}
		for _, t := range p.Tags {
			ts = append(ts, addS(addI(obj{}, "id", t.ID), "name", t.Name))
		}
		o = append(o, kv{"tags", ts})
	}
	return addS(o, "status", p.Status)
}
func (u *User) tree() obj {
	o := addI(obj{}, "id", u.ID)
	o = append(o, kv{"username", u.Username})
	o = addS(o, "firstName", u.FirstName)
	o = addS(o, "lastName", u.LastName)
	o = addS(o, "email", u.Email)
	if !is("f14") {
		o = addS(o, "password", u.Password)
	}
	o = addS(o, "phone", u.Phone)
	return addI(o, "userStatus", u.UserStatus)
}

// ---- JSON out

func jsonString(b *bytes.Buffer, s string) {
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '/' && is("f23"):
			b.WriteString(`\/`)
		case r < 0x20 || r == 0x7f || (r > 0x7e && is("f23")):
			if r >= 0x10000 {
				q := r - 0x10000
				fmt.Fprintf(b, `\u%04x\u%04x`, 0xd800+(q>>10), 0xdc00+(q&0x3ff))
			} else {
				fmt.Fprintf(b, `\u%04x`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

func writeJSON(b *bytes.Buffer, v any, ind string) {
	pretty := is("f22")
	nl := func(s string) {
		if pretty {
			b.WriteString("\r\n" + s)
		}
	}
	switch t := v.(type) {
	case string:
		jsonString(b, t)
	case int64:
		b.WriteString(strconv.FormatInt(t, 10))
	case bool:
		b.WriteString(strconv.FormatBool(t))
	case []any:
		b.WriteByte('[')
		for i, x := range t {
			if i > 0 {
				b.WriteByte(',')
			}
			nl(ind + "\t")
			writeJSON(b, x, ind+"\t")
		}
		if len(t) > 0 {
			nl(ind)
		}
		b.WriteByte(']')
	case obj:
		b.WriteByte('{')
		for i := range t {
			f := t[i]
			if pretty {
				f = t[len(t)-1-i]
			}
			if i > 0 {
				b.WriteByte(',')
			}
			nl(ind + "\t")
			jsonString(b, f.k)
			if pretty {
				b.WriteString(" : ")
			} else {
				b.WriteByte(':')
			}
			writeJSON(b, f.v, ind+"\t")
		}
		if len(t) > 0 {
			nl(ind)
		}
		b.WriteByte('}')
	}
}

// ---- XML out

func xmlOK(r rune) bool {
	return r == 9 || r == 10 || r == 13 || (r >= 0x20 && r <= 0xd7ff) || (r >= 0xe000 && r <= 0xfffd) || r >= 0x10000
}

func xmlText(b *bytes.Buffer, s string) {
	if is("f31") && strings.ContainsAny(s, "&<") && !strings.Contains(s, "\r") {
		c := strings.Map(func(r rune) rune {
			if !xmlOK(r) {
				return 0xfffd
			}
			return r
		}, s)
		b.WriteString("<![CDATA[" + strings.ReplaceAll(c, "]]>", "]]]]><![CDATA[>") + "]]>")
		return
	}
	for i, r := range s {
		if !xmlOK(r) {
			r = 0xfffd
		}
		switch {
		case is("b31") && r != '\r':
			b.WriteRune(r)
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '\r':
			b.WriteString("&#13;")
		case is("f31") && (r > 126 || i == 0):
			fmt.Fprintf(b, "&#x%X;", r)
		default:
			b.WriteRune(r)
		}
	}
}

func writeXML(b *bytes.Buffer, name string, v any, depth int) {
	dress := is("f31")
	if l, ok := v.([]any); ok {
		for _, x := range l {
			writeXML(b, name, x, depth)
		}
		return
	}
	if dress {
		b.WriteString("\n" + strings.Repeat("    ", depth))
	}
	b.WriteString("<" + name + ">")
	switch t := v.(type) {
	case string:
		xmlText(b, t)
	case int64:
		b.WriteString(strconv.FormatInt(t, 10))
	case bool:
		b.WriteString(strconv.FormatBool(t))
	case obj:
		for _, f := range t {
			writeXML(b, f.k, f.v, depth+1)
		}
		if dress {
			b.WriteString("<!-- end of " + name + " -->\n" + strings.Repeat("    ", depth))
		}
	}
	b.WriteString("</" + name + ">")
}

func renderXML(root string, v any) []byte {
	var b bytes.Buffer
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>`)
	if is("f31") {
		b.WriteString("\n<!-- Inboxes -->\n<?inboxes render=\"full\"?>")
	}
	if l, ok := v.([]any); ok {
		r := "Pets"
		if is("f32") {
			r = "ArrayOfPet"
		}
		b.WriteString("<" + r + ">")
		writeXML(&b, "Pet", l, 1)
		b.WriteString("</" + r + ">")
	} else {
		writeXML(&b, root, v, 0)
	}
	return b.Bytes()
}

// ---- JSON in (strict)

var errBody = errors.New("the body does not fit the schema")

func parseJSON(data []byte) (any, error) {
	if !utf8.Valid(data) {
		return nil, errBody
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errBody
	}
	return v, nil
}

// ---- XML in

type xnode struct {
	name string
	text strings.Builder
	kids []*xnode
}

func parseXML(data []byte) (*xnode, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = func(cs string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(cs) {
		case "us-ascii", "utf8", "ascii":
			return in, nil
		case "iso-8859-1", "latin1":
			raw, err := io.ReadAll(in)
			if err != nil {
				return nil, err
			}
			rs := make([]rune, len(raw))
			for i, c := range raw {
				rs[i] = rune(c)
			}
			return strings.NewReader(string(rs)), nil
		}
		return nil, errBody
	}
	var root *xnode
	var stack []*xnode
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch e := t.(type) {
		case xml.Directive:
			return nil, errBody
		case xml.StartElement:
			n := &xnode{name: e.Name.Local}
			if len(stack) > 0 {
				p := stack[len(stack)-1]
				p.kids = append(p.kids, n)
			} else if root != nil {
				return nil, errBody
			} else {
				root = n
			}
			stack = append(stack, n)
			if len(stack) > 200 {
				return nil, errBody
			}
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].text.Write(e)
			} else if strings.TrimSpace(string(e)) != "" {
				return nil, errBody
			}
		}
	}
	if root == nil || len(stack) > 0 {
		return nil, errBody
	}
	return root, nil
}

func xmlScalar(n *xnode, kind string) (any, error) {
	if len(n.kids) > 0 {
		return nil, errBody
	}
	s := n.text.String()
	if kind == "int" {
		return json.Number(strings.TrimSpace(s)), nil
	}
	return s, nil
}

func xmlFields(n *xnode, kinds map[string]string) (map[string]any, error) {
	m := map[string]any{}
	if strings.TrimSpace(n.text.String()) != "" {
		return nil, errBody
	}
	for _, k := range n.kids {
		kind, known := kinds[k.name]
		if !known {
			continue
		}
		var v any
		var err error
		switch kind {
		case "string", "int", "[string":
			v, err = xmlScalar(k, kind)
		case "DomainIn":
			v, err = xmlFields(k, map[string]string{"name": "string"})
		case "[Tag":
			v, err = xmlFields(k, map[string]string{"id": "int", "name": "string"})
		}
		if err != nil {
			return nil, err
		}
		if kind[0] == '[' {
			l, _ := m[k.name].([]any)
			if is("b10") && k.name == "photoUrls" {
				l = nil
			}
			m[k.name] = append(l, v)
		} else if _, dup := m[k.name]; dup {
			return nil, errBody
		} else {
			m[k.name] = v
		}
	}
	return m, nil
}

func xmlPet(data []byte) (any, error) {
	n, err := parseXML(data)
	if err != nil {
		return nil, err
	}
	if n.name != "Pet" {
		return nil, errBody
	}
	m, err := xmlFields(n, map[string]string{"id": "int", "name": "string", "status": "string",
		"category": "DomainIn", "photoUrls": "[string", "tags": "[Tag"})
	if err != nil {
		return nil, err
	}
	if _, ok := m["photoUrls"]; !ok {
		m["photoUrls"] = []any{}
	}
	if l, ok := m["tags"].([]any); ok && len(l) == 1 && is("b11") {
		delete(m, "tags")
	}
	return m, nil
}

// ---- schema

func toInt(v any) (int64, bool) {
	n, ok := v.(json.Number)
	if !ok {
		return 0, false
	}
	s := string(n)
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		return i, i <= maxSafe && i >= -maxSafe || is("f39")
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > float64(maxSafe) {
		return 0, false
	}
	return int64(f), true
}

func norm(s string) string {
	if is("f18") {
		return strings.TrimSpace(s)
	}
	return s
}
func lowerIf(s *string) *string {
	if s != nil && is("f17") {
		return str(strings.ToLower(*s))
	}
	return s
}

type fields struct {
	m   map[string]any
	bad bool
}

func (f *fields) s(k string) *string {
	v, ok := f.m[k]
	if !ok {
		return nil
	}
	s, ok := v.(string)
	if !ok {
		f.bad = true
		return nil
	}
	return str(norm(s))
}
func (f *fields) i(k string, max int64) *int64 {
	v, ok := f.m[k]
	if !ok {
		return nil
	}
	i, ok := toInt(v)
	if !ok || (i > max || i < -max-1) && !(is("f39") && max == maxSafe) {
		f.bad = true
		return nil
	}
	return &i
}

func decodeDomainIn(v any) (*DomainIn, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	f := &fields{m: m}
	d := &DomainIn{Name: lowerIf(f.s("name"))}
	return d, !f.bad
}

func decodeDomain(v any) (*Domain, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	f := &fields{m: m}
	d := &Domain{ID: f.s("id"), Name: lowerIf(f.s("name")), Validate: f.s("validate"), Status: f.s("status")}
	if a, ok := m["active"]; ok {
		b, ok := a.(bool)
		if !ok {
			if !is("b30") {
				return nil, false
			}
			b = fmt.Sprint(a) == "true"
		}
		d.Active = &b
	}
	if d.Status != nil && *d.Status != "missing validation" && *d.Status != "validated" {
		return nil, false
	}
	return d, !f.bad
}

func petStatus(s string) bool { return s == "available" || s == "pending" || s == "sold" }

// decodePet leaves the id to the caller, which checks it first.
func decodePet(m map[string]any) (*Pet, bool) {
	f := &fields{m: m}
	p := &Pet{}
	name := f.s("name")
	if name == nil {
		if !is("b08") {
			return nil, false
		}
		name = str("")
	}
	p.Name = *name
	if r := []rune(p.Name); is("b09") && len(r) > 60 {
		p.Name = string(r[:60])
	}
	l, ok := m["photoUrls"].([]any)
	if !ok {
		return nil, false
	}
	p.PhotoUrls = []string{}
	for _, x := range l {
		s, ok := x.(string)
		if !ok {
			return nil, false
		}
		p.PhotoUrls = append(p.PhotoUrls, norm(s))
	}
	if c, ok := m["category"]; ok {
		if p.Category, ok = decodeDomainIn(c); !ok {
			return nil, false
		}
	}
	if t, ok := m["tags"]; ok {
		l, ok := t.([]any)
		if !ok {
			return nil, false
		}
		p.HasTags = true
		for _, x := range l {
			tm, ok := x.(map[string]any)
			if !ok {
				return nil, false
			}
			tf := &fields{m: tm}
			p.Tags = append(p.Tags, Tag{tf.i("id", maxSafe), tf.s("name")})
			if tf.bad {
				return nil, false
			}
		}
	}
	p.Status = f.s("status")
	if p.Status != nil && !petStatus(*p.Status) {
		return nil, false
	}
	return p, !f.bad
}

func decodeUser(v any) (*User, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		return nil, false
	}
	f := &fields{m: m}
	u := &User{ID: f.i("id", maxSafe), FirstName: f.s("firstName"), LastName: f.s("lastName"), Email: lowerIf(f.s("email")),
		Password: f.s("password"), Phone: f.s("phone"), UserStatus: f.i("userStatus", math.MaxInt32)}
	if n := f.s("username"); n != nil {
		u.Username = *n
	}
	return u, !f.bad
}

func newUserOK(u *User) bool {
	return strings.TrimSpace(u.Username) != "" && u.Username != "login" && u.Username != "logout" && u.Username != "createWithList"
}
