-- The nineteen operations.
local json = require "json"
local xml = require "xml"
local http = require "http"
local media = require "media"
local net = require "net"
local nfc = require "nfc"
local store = require "store"
local S = require "schema"
local api = require "api"
local V = require "variant"
local H = {}
local function blank(s) return not s or not s:find("%S") end
local function trim(s) return (s:match("^%s*(.-)%s*$")) end

-- What this server does to every text that it is sent.
local function text(s)
  if V.f10 then s = trim(s) end
  if V.f11 then s = nfc(s) end
  return s
end
local function texts(record)
  if not (V.f10 or V.f11) then return record end
  for k, v in pairs(record) do
    if type(v) == "string" and k ~= "password" then
      record[k] = text(v)
    elseif type(v) == "table" and v ~= json.null then
      texts(v)
    end
  end
  return record
end
local function json_body(req)
  if not req.body or req.body == "" then return nil, "the body is empty" end
  return json.decode(req.body)
end

-- A canonical decimal integer out of a path segment, or nil.
local function path_int(raw)
  local s = raw and http.unescape(raw)
  if V.b18 and s then s = s:match("^%-?%d+") end
  if not s or not (s:match("^%-?[1-9]%d*$") or s == "0") then return nil end
  local n = tonumber(s)
  if math.type(n) ~= "integer" then return nil end
  return S.int64(n)
end
local function pet_id(req)
  local n = path_int(req.param)
  if n and n >= 0 then return n end
end

-- Does a write now, or later behind a 202 (f02, f40).
local function commit(req, kind, write, status)
  if (V.f02 and kind == "user") or (V.f40 and kind == "pet") then
    net.spawn(function()
      net.sleep(1.2)
      write()
    end)
    return { status = 202 }
  end
  write()
  return api.empty(req, status)
end

function H.addDomain(req)
  local body, err = json_body(req)
  if not body then return api.invalid(req, err) end
  if V.b07 and type(body) == "table" and (type(body.name) == "number" or type(body.name) == "boolean") then body.name = tostring(body.name) end
  local d, why = S.clean(S.DomainIn, body)
  if not d then return api.invalid(req, why) end
  texts(d)
  if blank(d.name) then return api.invalid(req, "The domain needs a name.") end
  store.last_domain = store.last_domain + 1
  local id = string.format("dom_%06d", store.last_domain)
  local out = setmetatable({
    id = id, name = d.name, validate = string.format("inboxes-verification=%08x%04x", math.random(0, 0x7fffffff), store.last_domain),
    status = V.b08 and "pending validation" or "missing validation", active = false,
  }, S.Domain.mt)
  store.domains[id] = out
  if V.f28 then return { status = 201, headers = { { "Location", "/v2/domain/" .. id } } } end
  return api.render(req, out, "Domain")
end

local cache = {}
local function forget(id) cache[id] = nil end

local leaked = 0
local function html(s) return (s:gsub('[&<>"\']', { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" })) end
local function put_pet(req)
  local body, err
  if req.ctype == "xml" then
    body, err = xml.decode(S.Pet, req.body)
  else
    body, err = json_body(req)
  end
  if type(body) ~= "table" or body == json.null or json.is_array(body) then return api.invalid(req, err or "The body must be a Pet.") end
  local id = body.id ~= nil and S.int64(body.id)
  if not id or id < 0 then return api.invalid(req, "Invalid ID supplied", 400) end
  local p, why = S.clean(S.Pet, body)
  if not p then return api.invalid(req, why) end
  texts(p)
  local old = store.pets[id]
  if not old and not V.b09 then return api.problem(404, "Pet not found") end
  if V.b10 and p.tags then
    for _, t in ipairs(p.tags) do if t.id and t.id > 2147483647 then t.id = 2147483647 end end
  end
  if V.b11 then p.name = html(p.name) end
  if V.b12 and req.ctype == "xml" and #p.photoUrls == 1 then p.photoUrls = p.photoUrls[1] end
  if V.f12 then
    for k, v in pairs(old) do if p[k] == nil then p[k] = v end end
  end
  if V.f13 then
    p.status = p.status or "available"
    p.tags = p.tags or json.array()
    p.category = p.category or setmetatable({ name = "" }, S.DomainIn.mt)
  end
  return commit(req, "pet", function()
    forget(id)
    store.put_pet(id, p)
  end)
end

function H.updatePet(req)
  if V.b13 and leaked >= 10 then error("no connection left in the pool") end
  local resp = put_pet(req)
  if resp.status >= 400 then leaked = leaked + 1 end
  return resp
end

-- The items of a list parameter; nil where it is missing or has nothing in it.
local function list_param(req, name)
  local q = media.form(req.query)
  if not q then return nil end
  local out
  for _, kv in ipairs(q) do
    if kv[1] == name then
      out = out or {}
      for item in (kv[2] .. ","):gmatch("([^,]*),") do
        item = trim(item)
        if item ~= "" then out[#out + 1] = item end
      end
    end
  end
  if not out or #out == 0 then return nil end
  return out
end

function H.findPetsByStatus(req)
  local items = list_param(req, "status")
  if not items then return api.invalid(req, "Invalid status value") end
  local want = {}
  for i, s in ipairs(items) do
    if not S.PET_STATUS[s] and not V.b15 then return api.invalid(req, "Invalid status value") end
    if i == 1 or not V.b14 then want[s] = true end
  end
  local out = json.array()
  for _, p in ipairs(store.listed(V.b23)) do if p.status and want[p.status] then out[#out + 1] = p end end
  return api.render(req, out, "Pets", "Pet")
end

function H.findPetsByTags(req)
  local items = list_param(req, "tags")
  if not items then return api.invalid(req, "Invalid tag value") end
  local want = {}
  for _, s in ipairs(items) do want[text(s)] = true end
  local out = json.array()
  for _, p in ipairs(store.listed(V.b23)) do
    for _, t in ipairs(p.tags or {}) do
      local hit = want[t.name or false]
      if V.b16 and t.name then
        for s in pairs(want) do hit = hit or t.name:find(s, 1, true) end
      end
      if hit then out[#out + 1] = p break end
    end
  end
  return api.render(req, out, "Pets", "Pet")
end

function H.getPetById(req)
  local id = pet_id(req)
  if not id then return api.invalid(req, "Invalid ID supplied") end
  local p = store.pets[id]
  if not p then return api.problem(404, "Pet not found") end
  if V.b20 then
    local hit = cache[id]
    if hit and hit.until_ > net.now() then return { status = 200, headers = { table.unpack(hit.headers) }, body = hit.body } end
    local resp = api.render(req, p, "Pet")
    cache[id] = { until_ = net.now() + 5, headers = { table.unpack(resp.headers) }, body = resp.body }
    return resp
  end
  return api.render(req, p, "Pet")
end

function H.updatePetWithForm(req)
  local id = pet_id(req)
  if not id then return api.invalid(req, "Invalid ID supplied") end
  local form = media.form(req.body or "")
  if not form then return api.invalid(req, "The form is malformed.") end
  local name, status = media.get(form, "name"), media.get(form, "status")
  if name then name = text(name) end
  if status and not S.PET_STATUS[status] then return api.invalid(req, "Invalid status value") end
  local p = store.pets[id]
  if not p then return api.problem(404, "Pet not found") end
  return commit(req, "pet", function()
    local now = store.pets[id]
    if not now then return end
    now = store.copy(now)
    if V.b21 then now.name = name or "" end
    now.name = name or now.name
    now.status = status or now.status
    forget(id)
    store.put_pet(id, now)
  end)
end

function H.deletePet(req)
  local id = pet_id(req)
  if not id then return api.invalid(req, "Invalid ID supplied") end
  local p = store.pets[id]
  if not p then return api.problem(404, "Pet not found") end
  return commit(req, "pet", function()
    if V.b23 then store.ghosts[id] = p end
    forget(id)
    store.put_pet(id, nil)
  end)
end

function H.uploadFile(req)
  local id = pet_id(req)
  if not id then return api.invalid(req, "Invalid ID supplied") end
  local meta, name, size
  if req.body and req.body ~= "" then
    local parts, err = media.multipart(req.headers["content-type"], req.body)
    if not parts then return api.invalid(req, err) end
    for _, part in ipairs(parts) do
      if part.name == "additionalMetadata" then
        if not utf8.len(part.data) then return api.invalid(req, "additionalMetadata is not UTF-8") end
        meta = text(part.data)
      elseif part.name == "file" then
        if V.b24 then assert(utf8.len(part.data), "cannot decode the file as text") end
        name, size = part.filename, #part.data
      end
    end
  end
  if not store.pets[id] then return api.problem(404, "Pet not found") end
  local message = "additionalMetadata: " .. (meta or "null")
  if size then message = message .. "\nFile uploaded to ./" .. (name and utf8.len(name) and name or "file") .. ", " .. size .. " bytes" end
  return api.render(req, setmetatable({ code = 200, type = "unknown", message = message }, S.ApiResponse.mt), "ApiResponse")
end

function H.getInventory(req)
  local out = setmetatable({ available = 0, pending = 0, sold = 0 }, { order = { "available", "pending", "sold" } })
  for _, p in ipairs(store.listed()) do if p.status then out[p.status] = out[p.status] + 1 end end
  if V.f36 then out = { ["on the shelf"] = out.available, PENDING = out.pending > 0 and out.pending or nil, gone = out.sold, ["42"] = 0 } end
  return api.render(req, out, "inventory")
end

local tickets = 0

function H.placeOrder(req)
  local body, err = json_body(req)
  if not body then return api.invalid(req, err) end
  local o, why = S.clean(S.Domain, body)
  if not o then return api.invalid(req, why) end
  texts(o)
  local n
  if o.id == nil then
    n = store.next_order()
    if V.b28 then net.sleep(0.04) end
    store.last_order = n
  else
    n = o.id:match("^[1-9]%d*$") and S.int64(tonumber(o.id))
    if not n then return api.invalid(req, "Invalid Order") end
  end
  if V.f31 then
    tickets = tickets + 1
    o.id = string.format("ORD-%04d-X", tickets)
    return api.render(req, o, "Domain")
  end
  if V.f08 then o.status, o.active, o.validate = "missing validation", false, "inboxes-verification=" .. n end
  o.id = nil
  store.orders[n] = o
  local out = store.copy(o)
  out.id = tostring(n)
  if V.b31 and req.format == "xml" and out.active ~= nil then out.active = out.active and "True" or "False" end
  return api.render(req, out, "Domain")
end

function H.getOrderById(req)
  local n = path_int(req.param)
  local o = n and store.orders[n]
  if not o then
    if V.b30 and n and n > 10 then error("order not found: " .. n) end
    if not n or n < 1 or n > 10 then return api.invalid(req, "Invalid ID supplied") end
    return api.problem(404, "Order not found")
  end
  return api.render(req, setmetatable({ name = o.name }, S.DomainIn.mt), "DomainIn")
end

function H.deleteOrder(req)
  local n = path_int(req.param)
  if not n or n < 1 then
    if V.b32 then return api.empty(req) end
    return api.invalid(req, "Invalid ID supplied")
  end
  if not store.orders[n] then return api.problem(404, "Order not found") end
  store.orders[n] = nil
  return api.empty(req)
end

local RESERVED = { login = true, logout = true, createWithList = true }
local failures, seen = {}, {}
local function user_key(name)
  name = text(name)
  if V.f09 then name = name:lower() end
  return name
end

-- The username of the path, or nil where it is blank or malformed.
local function path_user(req)
  local name = http.unescape(req.param)
  if blank(name) then return nil end
  if V.b40 then name = name:gsub("%.[^.]*$", "") end
  return user_key(name)
end
local function own_fields(u, old)
  texts(u)
  if V.f09 then
    u.username = u.username and u.username:lower()
    u.email = u.email and u.email:lower()
  end
  if V.f07 then
    if old then u.id = old.id else store.last_user = store.last_user + 1 u.id = store.last_user end
  end
  return u
end
local function email_taken(u, name)
  if not V.f18 or blank(u.email) then return false end
  for k, other in pairs(store.users) do if k ~= name and other.email == u.email then return true end end
  return false
end
local function new_user(v)
  local u, why = S.clean(S.User, v)
  if not u then return nil, why end
  own_fields(u)
  if blank(u.username) then return nil, "A user needs a username." end
  if RESERVED[u.username] then return nil, "This username is reserved." end
  return u
end
local function store_user(u)
  seen[u.username] = nil
  failures[u.username] = nil
  store.users[u.username] = u
end

function H.createUser(req)
  local body, err = json_body(req)
  if not body then return api.invalid(req, err) end
  local u, why = new_user(body)
  if not u then return api.invalid(req, why) end
  if email_taken(u, u.username) then return api.problem(409, "This email address is in use.") end
  return commit(req, "user", function() store_user(u) end)
end

function H.createUsersWithListInput(req)
  local body, err = json_body(req)
  if not body then return api.invalid(req, err) end
  if not json.is_array(body) then return api.invalid(req, "The body must be an array of users.") end
  local users = {}
  for i, v in ipairs(body) do
    local u, why = new_user(v)
    if not u then return api.invalid(req, "/" .. (i - 1) .. ": " .. why) end
    if email_taken(u, u.username) then return api.problem(409, "The email address of user " .. i .. " is in use.") end
    users[i] = u
    if V.b35 then store_user(u) end
  end
  return commit(req, "user", function() for _, u in ipairs(users) do store_user(u) end end)
end
local function token(name)
  if not V.f14 then
    local sum = 5381
    for i = 1, #name do sum = (sum * 33 + name:byte(i)) & 0xFFFFFFFFFFFF end
    return string.format("logged in user session:%012x", sum)
  end
  local parts = {}
  for i = 1, 300 do parts[i] = string.format("%08x", math.random(0, 0x7fffffff)) end
  return 'v4."<' .. table.concat(parts) .. '>" & \\ \xC3\xA9'
end

local calls = 2147483647
function H.loginUser(req)
  local q = media.form(req.query)
  local name, password = q and media.get(q, "username"), q and media.get(q, "password")
  if blank(name) or not password then return api.invalid(req, "Invalid username/password supplied") end
  name = user_key(name)
  local u = store.users[name]
  if V.f17 and (failures[name] or 0) >= 3 then return api.problem(403, "The account is locked for an hour.") end
  if u and (u.password or "") ~= password or not u and V.f15 then
    failures[name] = (failures[name] or 0) + 1
    return api.invalid(req, "Invalid username/password supplied")
  end
  failures[name] = nil
  local resp = api.render(req, token(name), "string")
  local expires = math.floor(net.now()) + 3600
  local shown = os.date("!%Y-%m-%dT%H:%M:%SZ", expires)
  if V.f33 then shown = os.date("!%Y-%m-%dt%H:%M:%S.123456+00:00", expires) calls = calls - 1 end
  if V.b36 then shown = os.date("!%a %b %d %H:%M:%S UTC %Y", expires) end
  table.insert(resp.headers, { "X-Rate-Limit", V.f33 and tostring(calls) or "5000" })
  table.insert(resp.headers, { "X-Expires-After", shown })
  return resp
end

function H.logoutUser(req)
  if V.b37 then error("session is nil") end
  return api.empty(req)
end

local current

function H.getUserByName(req)
  local name = path_user(req)
  if not name then return api.invalid(req, "Invalid username supplied") end
  local u = store.users[name]
  if V.b39 then
    local hit = seen[name]
    if hit and hit.until_ > net.now() then u = hit.user elseif u then seen[name] = { user = u, until_ = net.now() + 10 } end
  end
  if not u then return api.problem(404, "User not found") end
  if V.b34 then
    current = u
    net.sleep(0.02)
    u = current
  end
  if V.f01 then
    u = store.copy(u)
    u.password = nil
  end
  if V.b29 then
    u = store.copy(u)
    for _, k in ipairs(S.User.order) do if u[k] == nil then u[k] = json.null end end
  end
  return api.render(req, u, "User")
end

function H.updateUser(req)
  if V.f16 then return api.problem(401, "Please log in first.", { { "WWW-Authenticate", "Bearer" } }) end
  local name = path_user(req)
  if not name then return api.invalid(req, "Invalid username supplied") end
  local body, err = json_body(req)
  if not body then return api.invalid(req, err) end
  local u, why = S.clean(S.User, body)
  if not u then return api.invalid(req, why) end
  local old = store.users[name]
  own_fields(u, old)
  u.username = name
  if not old then return api.problem(404, "User not found") end
  if email_taken(u, name) then return api.problem(409, "This email address is in use.") end
  if V.f12 then
    for k, v in pairs(old) do if u[k] == nil then u[k] = v end end
  end
  if V.f13 then
    u.id, u.userStatus = u.id or old.id, u.userStatus or 0
    for _, k in ipairs { "firstName", "lastName", "email", "password", "phone" } do u[k] = u[k] or "" end
  end
  return commit(req, "user", function() store.users[name] = u end)
end

function H.deleteUser(req)
  if V.f16 then return api.problem(401, "Please log in first.", { { "WWW-Authenticate", "Bearer" } }) end
  local name = path_user(req)
  if not name then return api.invalid(req, "Invalid username supplied") end
  if not store.users[name] then return api.problem(404, "User not found") end
  return commit(req, "user", function()
    store.users[name], seen[name], failures[name] = nil, nil, nil
  end)
end

return H
