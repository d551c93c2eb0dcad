"""What the server knows: pets, orders, users, domains. All in memory; records are replaced, never changed in place."""
import threading
import time

PET_NAMES = ['Rex', 'Luna', 'Milo', 'Bella', 'Oskar', 'Nala', 'Simba', 'Coco', 'Balu', 'Emma']
CATEGORIES = ['dogs.example.com', 'cats.example.com', 'birds.example.com']
STATUSES = ['available', 'pending', 'sold']
PETS = 40


class Store:
    def __init__(self, variant):
        self.variant = variant
        self.lock = threading.RLock()
        self.pets, self.orders, self.users, self.domains = {}, {}, {}, {}
        self.hidden = set()
        self.pending = {}
        self.next_order = 11
        self.next_user = 13
        self.history = []
        self.seed()

    def seed(self):
        labels = ['red', 'blue', 'green'] if self.variant == 'f34' else ['tag1', 'tag2', 'tag3']
        for n in range(1, PETS + 1):
            tags = [{'id': n % 3 + 1, 'name': labels[n % 3]}]
            if n % 4 == 0:
                tags.append({'id': (n + 1) % 3 + 1, 'name': labels[(n + 1) % 3]})
            pet_id = n
            if self.variant == 'f53' and n in (2, 5):
                pet_id = 2 ** 53 + 2 * n + 1
                tags[0]['id'] = 2 ** 60 + 1
            self.pets[pet_id] = {
                'id': pet_id,
                'category': {'name': CATEGORIES[n % 3]},
                'name': PET_NAMES[n % 10],
                'photoUrls': [f'https://img.example.com/pets/{n}.jpg'],
                'tags': tags,
                'status': STATUSES[n % 3],
            }
        for n in range(1, 11):
            self.orders[n] = {'id': str(n), 'name': f'order{n}.example.com', 'validate': f'inboxes-verification={n:08x}',
                              'status': 'validated' if n % 2 else 'missing validation', 'active': bool(n % 2)}
        for n in range(1, 13):
            name = f'user{n}'
            if self.variant == 'f34':
                name = f'member{n}'
            self.users[name] = {'id': n, 'username': name, 'firstName': 'First' + str(n), 'lastName': 'Last' + str(n),
                                'email': f'{name}@example.com', 'password': f'secret{n}', 'phone': f'555-010{n:02d}',
                                'userStatus': 1}
        self.passwords = {name: user['password'] for name, user in self.users.items()}
        self.counters = {}
        for pet in self.pets.values():
            self.counters[pet['status']] = self.counters.get(pet['status'], 0) + 1
        self.remember()

    # --- pets

    def remember(self):
        if self.variant == 'f21':
            self.history.append((time.monotonic(), dict(self.pets)))
            while len(self.history) > 2 and self.history[1][0] < time.monotonic() - 3:
                del self.history[0]

    def listed_pets(self):
        """What lists and the inventory are made of."""
        with self.lock:
            pets = self.pets
            if self.variant == 'f21':
                limit = time.monotonic() - 1.2
                pets = next((seen for at, seen in reversed(self.history) if at <= limit), self.history[0][1])
            return [pet for pet in pets.values() if pet['id'] not in self.hidden]

    def put_pet(self, pet, count=True):
        with self.lock:
            old = self.pets.get(pet['id'])
            if count:
                if old and old.get('status'):
                    self.counters[old['status']] -= 1
                if pet.get('status'):
                    self.counters[pet['status']] = self.counters.get(pet['status'], 0) + 1
            self.pets[pet['id']] = pet
            self.remember()

    def settle(self, pet_id, pet=None):
        """Does a write that was put off (a given one, if it is still the latest)."""
        with self.lock:
            waiting = self.pending.get(pet_id)
            if waiting is not None and pet in (None, waiting):
                del self.pending[pet_id]
                self.put_pet(waiting)

    def delete_pet(self, pet_id):
        with self.lock:
            pet = self.pets.pop(pet_id)
            if pet.get('status'):
                self.counters[pet['status']] -= 1
            self.remember()

    # --- orders

    def free_order_number(self):
        while self.next_order in self.orders:
            self.next_order += 1
        return self.next_order

    # --- users

    def put_user(self, user):
        with self.lock:
            self.users[user['username']] = user
            self.passwords[user['username']] = user.get('password')
