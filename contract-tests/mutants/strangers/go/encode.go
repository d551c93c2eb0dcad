package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math/rand"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// jsonStyle and xmlStyle hold what the variants change about the writing.
type jsonStyle struct {
	fancy bool // f31: indented with CRLF, members in reverse, all of non-ASCII and "/" escaped
}

func (st jsonStyle) encode(v interface{}) []byte {
	var b bytes.Buffer
	st.write(&b, v, 0)
	return b.Bytes()
}

func (st jsonStyle) write(b *bytes.Buffer, v interface{}, depth int) {
	line := func(d int) {
		if st.fancy {
			b.WriteString("\r\n" + strings.Repeat("\t", d))
		}
	}
	switch t := v.(type) {
	case nil:
		b.WriteString("null")
	case bool:
		b.WriteString(strconv.FormatBool(t))
	case int64:
		b.WriteString(strconv.FormatInt(t, 10))
	case float64:
		b.WriteString(strconv.FormatFloat(t, 'f', -1, 64))
	case string:
		st.text(b, t)
	case list:
		b.WriteByte('[')
		for i, e := range t {
			if i > 0 {
				b.WriteByte(',')
			}
			line(depth + 1)
			st.write(b, e, depth+1)
		}
		if len(t) > 0 {
			line(depth)
		}
		b.WriteByte(']')
	case obj:
		b.WriteByte('{')
		for i := range t {
			f := t[i]
			if st.fancy {
				f = t[len(t)-1-i]
			}
			if i > 0 {
				b.WriteByte(',')
			}
			line(depth + 1)
			st.text(b, f.name)
			b.WriteByte(':')
			if st.fancy {
				b.WriteByte(' ')
			}
			st.write(b, f.val, depth+1)
		}
		if len(t) > 0 {
			line(depth)
		}
		b.WriteByte('}')
	}
}

func (st jsonStyle) text(b *bytes.Buffer, t string) {
	var q bytes.Buffer
	enc := json.NewEncoder(&q)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(t)
	out := strings.TrimSuffix(q.String(), "\n")
	if !st.fancy {
		b.WriteString(out)
		return
	}
	for _, r := range out {
		switch {
		case r == '/':
			b.WriteString(`\/`)
		case r < 0x80:
			b.WriteRune(r)
		case r > 0xffff:
			hi, lo := utf16.EncodeRune(r)
			fmt.Fprintf(b, `\u%04X\u%04X`, hi, lo)
		default:
			fmt.Fprintf(b, `\u%04X`, r)
		}
	}
}

type xmlStyle struct {
	cdata     bool // f28: CDATA sections, comments, an instruction, another root for arrays
	ascii     bool // f30: US-ASCII with character references and self-closed empty elements
	noEscapes bool // b11: texts are written as they are
	bigBool   bool // b30: True and False
}

// encode writes v under the element root; an array's items are elements of the name item.
func (st xmlStyle) encode(root, item string, v interface{}) []byte {
	var b bytes.Buffer
	switch {
	case st.ascii:
		b.WriteString("<?xml version='1.0' encoding='US-ASCII'?>\n")
	case st.cdata:
		b.WriteString("<?xml version=\"1.0\"?>\n<?cache hint=\"none\"?>\n<!-- made by a template -->\n")
	default:
		b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
	}
	if l, ok := v.(list); ok {
		if st.cdata {
			root = "ArrayOf" + item
		}
		b.WriteString("<" + root + ">")
		for _, e := range l {
			st.element(&b, item, e)
		}
		b.WriteString("</" + root + ">")
	} else {
		st.element(&b, root, v)
	}
	return b.Bytes()
}

func (st xmlStyle) element(b *bytes.Buffer, name string, v interface{}) {
	if l, ok := v.(list); ok { // repeated, unwrapped
		for _, e := range l {
			st.element(b, name, e)
		}
		return
	}
	if v == nil {
		return
	}
	if t, ok := v.(string); ok && t == "" && st.ascii {
		b.WriteString("<" + name + " />")
		return
	}
	b.WriteString("<" + name + ">")
	switch t := v.(type) {
	case obj:
		for _, f := range t {
			if st.cdata {
				b.WriteString("\n  <!-- " + f.name + " -->")
			}
			st.element(b, f.name, f.val)
		}
		if st.cdata {
			b.WriteString("\n")
		}
	case string:
		st.text(b, t)
	case bool:
		s := strconv.FormatBool(t)
		if st.bigBool {
			s = strings.ToUpper(s[:1]) + s[1:]
		}
		b.WriteString(s)
	case int64:
		b.WriteString(strconv.FormatInt(t, 10))
	case float64:
		b.WriteString(strconv.FormatFloat(t, 'f', -1, 64))
	}
	b.WriteString("</" + name + ">")
}

func (st xmlStyle) text(b *bytes.Buffer, t string) {
	if st.noEscapes {
		b.WriteString(t)
		return
	}
	var q bytes.Buffer
	_ = xml.EscapeText(&q, []byte(t)) // also puts U+FFFD for what XML cannot carry
	escaped := q.String()
	switch {
	case st.cdata && t != "" && !strings.ContainsAny(t, "\r]") && !strings.Contains(escaped, "\ufffd"):
		b.WriteString("<![CDATA[" + t + "]]>")
	case st.ascii:
		for _, r := range escaped {
			if r < 0x80 {
				b.WriteRune(r)
			} else {
				fmt.Fprintf(b, "&#x%X;", r)
			}
		}
	default:
		b.WriteString(escaped)
	}
}

// decorate adds properties that the document does not name, other ones at every read (f06).
func decorate(v interface{}, count int64) interface{} {
	switch t := v.(type) {
	case list:
		out := make(list, 0, len(t))
		for _, e := range t {
			out = append(out, decorate(e, count))
		}
		return out
	case obj:
		out := obj{{"_readCount", count}}
		for _, f := range t {
			out = append(out, field{f.name, decorate(f.val, count)})
		}
		return append(out,
			field{"_servedAt", time.Now().UTC().Format(time.RFC3339Nano)},
			field{"x-node", obj{{"shard", rand.Int63n(1000)}, {"hot", rand.Intn(2) == 0}}})
	}
	return v
}
