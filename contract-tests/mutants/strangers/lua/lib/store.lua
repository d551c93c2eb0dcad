-- Everything the server remembers, and its fixtures.
local json = require "json"
local S = require "schema"
local net = require "net"
local V = require "variant"
local M = { pets = {}, users = {}, orders = {}, domains = {}, ghosts = {}, last_order = 10, last_user = 1000, last_domain = 0 }
local NAMES = { "Rex", "Minka", "Bello", "Luna", "Nala", "Simba", "Fips", "Waldi", "Molly", "Strolch", "Paula", "Balu" }
local STATUS = { "available", "available", "pending", "sold", "available", "pending", "sold", "available", "pending", "available", "sold", "available" }
local TAGS = { { 1 }, { 1, 2 }, { 2 }, { 3 }, { 1, 3 }, {}, { 2, 3 }, { 3 }, { 1, 2, 3 }, { 10 }, { 1 }, { 2 } }
local function pet(id, i)
  local tags = json.array()
  for _, n in ipairs(TAGS[i]) do tags[#tags + 1] = setmetatable({ id = n, name = "tag" .. n }, S.Tag.mt) end
  local p = {
    id = id, name = NAMES[i], status = STATUS[i], tags = tags,
    category = setmetatable({ name = i % 2 == 1 and "dogs.example" or "cats.example" }, S.DomainIn.mt),
    photoUrls = json.array { "https://img.example/pets/" .. i .. ".jpg" },
  }
  if V.f37 then p.tags, p.category, p.photoUrls = nil, nil, json.array() end
  return setmetatable(p, S.Pet.mt)
end
function M.seed()
  for i = 1, 12 do
    local id = i
    if V.f27 and i >= 8 then id = 9007199254740993 + (i - 8) * 1000000007 end
    M.pets[id] = pet(id, i)
  end
  M.snapshot = {}
  for id, p in pairs(M.pets) do M.snapshot[id] = p end
  if V.f37 then return end
  for i = 1, 10 do
    M.users["user" .. i] = setmetatable({
      id = i, username = "user" .. i, firstName = "First" .. i, lastName = "Last" .. i, email = "user" .. i .. "@example.com",
      password = "secret" .. i, phone = "+49 30 555 00" .. i, userStatus = i % 3,
    }, S.User.mt)
    M.orders[i] = setmetatable({
      name = "order" .. i .. ".example.com", validate = "inboxes-verification=" .. 7000 + i,
      status = i % 2 == 0 and "validated" or "missing validation", active = i % 2 == 0,
    }, S.Domain.mt)
  end
end
-- A pet is never changed in place: each write puts a new record (or nil).
function M.put_pet(id, record)
  M.pets[id] = record
  if V.f03 then
    net.spawn(function()
      net.sleep(1.4)
      M.snapshot[id] = record
    end)
  end
end
function M.copy(record)
  local out = setmetatable({}, getmetatable(record))
  for k, v in pairs(record) do out[k] = v end
  return out
end
-- The pets as lists and the inventory see them, by rising id.
function M.listed(with_ghosts)
  local out = {}
  for _, p in pairs(V.f03 and M.snapshot or M.pets) do out[#out + 1] = p end
  if with_ghosts then for _, p in pairs(M.ghosts) do out[#out + 1] = p end end
  table.sort(out, function(a, b) return a.id < b.id end)
  if V.f26 then
    for i = #out, 2, -1 do local j = math.random(i) out[i], out[j] = out[j], out[i] end
  end
  return out
end
function M.next_order()
  local n = M.last_order
  repeat n = n + 1 until not M.orders[n]
  return n
end
-- Another client of the same shop (f38): renames pet 9, changes its status, and creates users.
function M.other_client()
  local n = 0
  while true do
    net.sleep(1.5)
    n = n + 1
    local p = M.pets[9]
    if p then
      p = M.copy(p)
      p.name, p.status = "Molly " .. n, n % 2 == 0 and "pending" or "sold"
      M.put_pet(9, p)
    end
    M.users["crawler" .. n] = setmetatable({ id = 5000 + n, username = "crawler" .. n }, S.User.mt)
    M.users["crawler" .. n - 3] = nil
  end
end
return M
