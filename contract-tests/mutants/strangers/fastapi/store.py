"""The data of one process, in memory."""
import copy
import time
import uuid

from variant import on
from wire import STATUSES


class Store:
    def __init__(self):
        base = 700000 if on("f16") else 0
        tag = "label" if on("f16") else "tag"
        self.pets, self.orders, self.users = {}, {}, {}
        names = ["doggie", "Kitty", "Rex", "Bella", "Milo", "Luna", "Coco", "Max", "Nala", "Oscar", "Zoë", "Pip"]
        for i, name in enumerate(names, 1):
            pet = {"id": base + i, "category": {"name": "mydomain.com" if i % 2 else "theinboxes.com"}, "name": name,
                   "photoUrls": ["https://img.example.com/%d.png" % i], "status": STATUSES[i % 3],
                   "tags": [{"id": i % 3 + 1, "name": "%s%d" % (tag, i % 3 + 1)}]}
            if i % 4 == 0:
                pet["tags"].append({"id": (i + 1) % 3 + 1, "name": "%s%d" % (tag, (i + 1) % 3 + 1)})
            self.pets[pet["id"]] = pet
        if on("f19"):
            for i, big in enumerate((9007199254740993, 9223372036854775807)):
                self.pets[big] = {"id": big, "name": "Snowflake %d" % i, "photoUrls": [], "status": "available",
                                  "tags": [{"id": big, "name": "tag1"}]}
        for i in range(1, 11):
            number = base + i
            self.orders[number] = {"id": str(number), "name": "order%d.example.com" % i,
                                   "validate": "inboxes-verify=%08x" % (i * 7919), "status": "missing validation",
                                   "active": False}
            user = ("demo" if on("f16") else "user") + str(i)
            self.users[user] = {"id": i, "username": user, "firstName": "First%d" % i, "lastName": "Last%d" % i,
                                "email": "%s@theinboxes.com" % user, "password": "secret%d" % i,
                                "phone": "+49 30 1234%02d" % i, "userStatus": 1}
        self.next_order = base + 11
        self.next_user = 1000
        self.domains = {}
        self.images = {}
        self.failures = {}
        self.user_cache = {}
        self.old_passwords = {}
        self.sold_counts = self.count(self.pets.values())
        self._snapshot, self._taken = None, 0.0
        self.ghosts = {}

    @staticmethod
    def count(pets):
        counts = {status: 0 for status in STATUSES}
        for pet in pets:
            if pet.get("status") in counts:
                counts[pet["status"]] += 1
        return counts

    def listed(self):
        """The pets as lists and inventory see them."""
        if on("f31"):
            if time.monotonic() - self._taken > 1.0:
                self._snapshot, self._taken = copy.deepcopy(list(self.pets.values())), time.monotonic()
            return self._snapshot
        if on("b17"):
            return list(self.pets.values()) + list(self.ghosts.values())
        return list(self.pets.values())

    def free_order(self):
        while self.next_order in self.orders:
            self.next_order += 1
        return self.next_order

    def domain(self, name):
        key = str(uuid.uuid4())
        domain = {"id": key, "name": name, "validate": "inboxes-verify=" + uuid.uuid4().hex,
                  "status": "pending" if on("b37") else "missing validation", "active": False}
        self.domains[key] = domain
        return domain
