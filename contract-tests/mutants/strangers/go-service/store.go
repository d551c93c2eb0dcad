package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

type store struct {
	mu       sync.RWMutex
	pets     map[int64]*Pet // records are immutable: a write replaces the pointer
	byStatus map[string]map[int64]bool
	cache    map[int64]cached // read cache of GET /pet/{petId}
	tagIndex map[string]map[int64]bool
	users    map[string]*User
	orders   map[int64]*Domain
	next     int64
	uploads  int
	domains  int

	snapAt   time.Time
	snapPets []*Pet
	snapInv  map[string]int64
	invAt    time.Time
	invOld   map[string]int64
}

type cached struct {
	p     *Pet
	until time.Time
}

var db = &store{pets: map[int64]*Pet{}, byStatus: map[string]map[int64]bool{}, cache: map[int64]cached{},
	users: map[string]*User{}, orders: map[int64]*Domain{}, next: 11, tagIndex: map[string]map[int64]bool{}}

func (s *store) index(p *Pet, on bool) {
	if p == nil || p.Status == nil {
		return
	}
	m := s.byStatus[*p.Status]
	if m == nil {
		m = map[int64]bool{}
		s.byStatus[*p.Status] = m
	}
	if on {
		m[p.ID] = true
	} else {
		delete(m, p.ID)
	}
}

// putPet must be called with the lock held.
func (s *store) putPet(p *Pet) {
	s.index(s.pets[p.ID], false)
	s.pets[p.ID] = p
	s.index(p, true)
	delete(s.cache, p.ID)
	for _, t := range p.Tags {
		if t.Name != nil && is("b15") {
			if s.tagIndex[*t.Name] == nil {
				s.tagIndex[*t.Name] = map[int64]bool{}
			}
			s.tagIndex[*t.Name][p.ID] = true
		}
	}
}

func (s *store) inventory() map[string]int64 {
	m := map[string]int64{}
	for _, st := range []string{"available", "pending", "sold"} {
		m[st] = int64(len(s.byStatus[st]))
	}
	return m
}

// listed gives the pets of a list read and the inventory, in order of id.
func (s *store) listed() ([]*Pet, map[string]int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if is("f20") && time.Since(s.snapAt) < 900*time.Millisecond {
		return s.snapPets, s.snapInv
	}
	l := make([]*Pet, 0, len(s.pets))
	for _, p := range s.pets {
		l = append(l, p)
	}
	sort.Slice(l, func(i, j int) bool { return l[i].ID < l[j].ID })
	s.snapAt, s.snapPets, s.snapInv = time.Now(), l, s.inventory()
	return l, s.snapInv
}

func seed() {
	names := []string{"doggie", "Rex", "Mia", "Bello", "Luna", "Felix", "Nala", "Oskar", "Kira", "Sammy", "Balu", "Coco", "Lucky", "Emma", "Timmy", "Paula"}
	sts := []string{"available", "pending", "sold"}
	for i, n := range names {
		id := int64(i + 1)
		p := &Pet{ID: id, Name: n, Category: &DomainIn{str("pets" + strconv.Itoa(i%4) + ".example.com")},
			PhotoUrls: []string{"https://img.example.com/" + strings.ToLower(n) + ".jpg"}, HasTags: true, Status: str(sts[i%3])}
		tag := int64(i%3 + 1)
		pre := "tag"
		if is("f40") {
			pre = "label-"
		}
		p.Tags = []Tag{{&tag, str(pre + strconv.FormatInt(tag, 10))}}
		db.putPet(p)
	}
	if is("f39") {
		db.putPet(&Pet{ID: maxSafe + 2, Name: "Methuselah", PhotoUrls: []string{}, Status: str("available")})
		big := maxSafe + 4
		db.putPet(&Pet{ID: 17, Name: "Ada", PhotoUrls: []string{}, HasTags: true, Tags: []Tag{{&big, str("ancient")}}, Status: str("available")})
	}
	for i := int64(1); i <= 10; i++ {
		id, st := i, int64(1)
		n := fmt.Sprintf("user%d", i)
		if is("f40") {
			n = fmt.Sprintf("member-%d", i)
		} else {
			f := false
			db.orders[i] = &Domain{ID: str(strconv.FormatInt(i, 10)), Name: str(fmt.Sprintf("order%d.example.com", i)), Status: str("missing validation"), Active: &f}
		}
		db.users[n] = &User{ID: &id, Username: n, FirstName: str("First"), LastName: str(fmt.Sprintf("Last%d", i)), Email: str(n + "@example.com"),
			Password: str("secret" + strconv.FormatInt(i, 10)), Phone: str("555-010" + strconv.FormatInt(i%10, 10)), UserStatus: &st}
	}
	if is("f38") {
		go func() {
			for n := 0; ; n++ {
				time.Sleep(60 * time.Millisecond)
				db.mu.Lock()
				if n%2 == 0 {
					db.putPet(&Pet{ID: 5000 + int64(n/2%5), Name: "batch", PhotoUrls: []string{}, Status: str(sts[n/2%3])})
					db.users["batch-job"] = &User{Username: "batch-job"}
				} else {
					id := 5000 + int64(n/2%5)
					if n/2%3 == 0 {
						db.index(db.pets[id], false)
						delete(db.pets, id)
						delete(db.cache, id)
					}
					delete(db.users, "batch-job")
				}
				db.mu.Unlock()
			}
		}()
	}
}

func token(name string) string {
	salt := ""
	if is("f13") {
		salt = strconv.FormatInt(time.Now().UnixNano(), 36)
	}
	h := sha256.Sum256([]byte("session:" + name + salt))
	return "tok-" + hex.EncodeToString(h[:12])
}
