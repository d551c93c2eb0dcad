// In-memory storage. A few pets, orders and accounts to start with.
export const pets = new Map()
export const orders = new Map()
export const users = Object.create(null)
export const photos = new Map()
export const domains = new Map()

const pet = (id, name, status, category, tags, photos = []) =>
  pets.set(id, {
    id,
    category: { name: category },
    name,
    photoUrls: photos.length ? photos : [`https://cdn.example.net/pets/${id}.jpg`],
    tags: tags.map((t, i) => ({ id: id * 10 + i, name: t })),
    status,
  })
pet(101, 'Biscuit', 'available', 'dogs.example', ['friendly', 'small'])
pet(102, 'Clementine', 'available', 'cats.example', ['indoor', 'tag1'])
pet(103, 'Moss', 'pending', 'dogs.example', ['working', 'tag2'])
pet(104, 'Ziggy', 'sold', 'birds.example', ['loud'])
pet(105, 'Pumpkin', 'available', 'cats.example', ['friendly', 'indoor', 'tag3'])
pet(106, 'Captain', 'sold', 'birds.example', ['talks', 'tag1', 'tag2'])
pet(107, 'Noodle', 'pending', 'reptiles.example', [])
pet(
  108,
  'Waffles',
  'available',
  'dogs.example',
  ['friendly', 'large'],
  ['https://cdn.example.net/a.jpg', 'https://cdn.example.net/b.jpg'],
)
pet(109, 'Olive', 'available', 'cats.example', ['shy'])
pet(110, 'Rufus', 'sold', 'dogs.example', ['working', 'large'])
pet(111, 'Juniper', 'pending', 'rabbits.example', ['quiet', 'small'])
pet(4000000112, 'Atlas', 'available', 'tortoises.example', ['quiet'])

for (const [id, name] of [
  [1, 'acme-post.example'],
  [2, 'harbour.example'],
  [3, 'northwind.example'],
  [7, 'lantern.example'],
]) {
  orders.set(id, {
    id: String(id),
    name,
    validate: `inboxes-verify=${id}f9`,
    status: 'missing validation',
    active: false,
  })
}
for (const [username, first] of [
  ['user1', 'Una'],
  ['mara', 'Mara'],
  ['t.okafor', 'Tobe'],
]) {
  users[username] = {
    id: Object.keys(users).length + 1,
    username,
    firstName: first,
    lastName: 'Example',
    email: `${first.toLowerCase()}@example.net`,
    password: `pw-${username}`,
    phone: '+44 20 7946 0000',
    userStatus: 1,
  }
}
