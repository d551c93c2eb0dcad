package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	mrand "math/rand"
	"sort"
	"sync"
	"time"
)

// server holds everything in memory under one lock. The second half of the fields serves single
// variants only.
type server struct {
	variant string
	mu      sync.Mutex

	pets      map[int64]obj
	users     map[string]obj
	orders    map[int64]obj
	domains   []obj
	nextOrder int64

	requests int64 // f26, f27
	reads    int64 // f06
	userSeq  int64 // f19

	later     chan func()          // f23: writes that were accepted
	listCopy  map[int64]obj        // f25: what the lists show
	listTime  time.Time            // f25
	countCopy obj                  // f24
	countTime time.Time            // f24
	failed    map[string]int       // f37: wrong passwords
	locked    map[string]time.Time // f37
	stale     map[int64][]string   // b05: statuses that the index still has
	xmlCopies map[int64]obj        // b15
	missing   map[string]time.Time // b40
	grave     map[int64]obj        // b23
	counts    map[string]int64     // b26
	slots     []obj                // b31
	slotOf    map[int64]int        // b31
	sessions  int                  // b38
	current   string               // b39
}

func (s *server) is(id string) bool { return s.variant == id }

func randomHex(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}

func newServer(variant string) *server {
	mrand.Seed(time.Now().UnixNano())
	s := &server{
		variant: variant, pets: map[int64]obj{}, users: map[string]obj{}, orders: map[int64]obj{}, nextOrder: 11,
		later: make(chan func(), 10000), failed: map[string]int{}, locked: map[string]time.Time{},
		stale: map[int64][]string{}, xmlCopies: map[int64]obj{}, missing: map[string]time.Time{},
		grave: map[int64]obj{}, counts: map[string]int64{}, slotOf: map[int64]int{},
	}
	names := []string{"doggie", "Whiskers", "Bubbles", "Zoë", "Rex", "Tweety", "Shelly", "Nibbles", "Coco", "Ginger"}
	for i, name := range names {
		n := int64(i + 1)
		s.pets[n] = obj{
			{"id", n},
			{"category", obj{{"name", "mydomain.com"}}},
			{"name", name},
			{"photoUrls", list{fmt.Sprintf("https://img.example.com/%d.png", n)}},
			{"tags", list{
				obj{{"id", n%3 + 1}, {"name", s.seedName("tag", n%3+1)}},
				obj{{"id", 100 + n}, {"name", fmt.Sprintf("seed%d", n)}},
			}},
			{"status", petStatuses[i%3]},
		}
	}
	for n := int64(1); n <= 5; n++ {
		name := s.seedName("user", n)
		s.users[name] = obj{
			{"id", n}, {"username", name}, {"firstName", "First" + fmt.Sprint(n)}, {"lastName", "Last" + fmt.Sprint(n)},
			{"email", name + "@example.com"}, {"password", "secret" + fmt.Sprint(n)},
			{"phone", fmt.Sprintf("+1-555-01%02d", n)}, {"userStatus", int64(1)},
		}
	}
	for n := int64(1); n <= 10; n++ {
		s.putOrder(n, obj{{"name", fmt.Sprintf("shop%d.example.com", n)}, {"status", "missing validation"}, {"active", false}})
	}
	s.domains = []obj{s.newDomain("mydomain.com"), s.newDomain("theinboxes.example")}
	for _, p := range s.pets {
		s.counts[p.str("status")]++
	}
	if s.is("f29") {
		for n := int64(11); n <= 14; n++ {
			s.pets[n] = s.pets[n-10].set("id", n).set("name", fmt.Sprintf("Shop pet %d", n)).set("tags", list{})
		}
		go s.otherClient()
	}
	go func() {
		for f := range s.later {
			f()
		}
	}()
	return s
}

// seedName names the fixtures; f13 has none of those that the document proposes for testing.
func (s *server) seedName(kind string, n int64) string {
	if s.is("f13") {
		return fmt.Sprintf("%s-%c", map[string]string{"tag": "colour", "user": "member"}[kind], 'a'+rune(n))
	}
	return fmt.Sprintf("%s%d", kind, n)
}

// otherClient is somebody else who uses the same server (f29).
func (s *server) otherClient() {
	for i := 0; ; i++ {
		time.Sleep(300 * time.Millisecond)
		s.mu.Lock()
		n := int64(11 + mrand.Intn(4))
		if p, found := s.pets[n]; found {
			s.pets[n] = p.set("status", petStatuses[mrand.Intn(3)])
		}
		if i%8 == 0 {
			s.putOrder(s.freeOrder(), obj{{"name", "other-client.example.com"}})
		}
		s.mu.Unlock()
	}
}

func (s *server) newDomain(name string) obj {
	d := obj{
		{"id", "dom" + randomHex(8)}, {"name", name}, {"validate", "inboxes-validation=" + randomHex(16)},
		{"status", "missing validation"}, {"active", false},
	}
	if s.is("f01") {
		h := randomHex(16)
		d = d.set("id", fmt.Sprintf("urn:inboxes:domain:%s-%s/é?v=1#%s", h[:8], h[8:12], h[12:]))
	}
	if s.is("f03") {
		d = d.set("status", "validated").set("active", true)
	}
	return d
}

// freeOrder gives the next free number.
func (s *server) freeOrder() int64 {
	for {
		n := s.nextOrder
		if _, taken := s.getOrder(n); !taken {
			return n
		}
		s.nextOrder++
	}
}

// The orders by number. In b31 they are in a slice, and the index of positions is not renewed
// when one is cut out of it. In b28 the column of the number is a 32-bit float.

func (s *server) putOrder(n int64, o obj) {
	if s.is("b28") {
		n = int64(float32(n))
	}
	if !s.is("b31") {
		s.orders[n] = o
		return
	}
	if at, known := s.slotOf[n]; known && at < len(s.slots) {
		s.slots[at] = o
		return
	}
	s.slotOf[n] = len(s.slots)
	s.slots = append(s.slots, o)
}

func (s *server) getOrder(n int64) (obj, bool) {
	if !s.is("b31") {
		o, found := s.orders[n]
		return o, found
	}
	at, found := s.slotOf[n]
	if !found || at >= len(s.slots) {
		return nil, false
	}
	return s.slots[at], true
}

func (s *server) cutOrder(n int64) {
	if !s.is("b31") {
		delete(s.orders, n)
		return
	}
	at := s.slotOf[n]
	s.slots = append(s.slots[:at:at], s.slots[at+1:]...)
	delete(s.slotOf, n)
}

// listed gives what the lists of pets read, by id. f25 renews it once a second only.
func (s *server) listed() []obj {
	from := s.pets
	if s.is("f25") {
		if time.Since(s.listTime) > time.Second {
			s.listCopy, s.listTime = map[int64]obj{}, time.Now()
			for n, p := range s.pets {
				s.listCopy[n] = p
			}
		}
		from = s.listCopy
	}
	out := make([]obj, 0, len(from))
	for _, p := range from {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].int("id") < out[j].int("id") })
	if s.is("f09") {
		mrand.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	}
	return out
}
