-- From a request's head to an operation: paths, methods, key, Accept, Content-Type, and the answers around them.
local json = require "json"
local xml = require "xml"
local http = require "http"
local media = require "media"
local net = require "net"
local store = require "store"
local V = require "variant"
local M = {}
local config, ops

local JSON, XML, FORM, PART = { json = "application/json" }, { json = "application/json", xml = "application/xml" },
  { form = "application/x-www-form-urlencoded" }, { multipart = "multipart/form-data" }
local BOTH, ONLY = { "json", "xml" }, { "json" }

-- key: needs the api_key; gives: the formats of its 200; takes: its request types; bad: how it refuses invalid input.
M.OPS = {
  addDomain = { key = true, gives = ONLY, takes = JSON, bad = 405 },
  updatePet = { key = true, takes = XML, bad = 405, silent = true },
  findPetsByStatus = { key = true, gives = BOTH, bad = 400 },
  findPetsByTags = { key = true, gives = BOTH, bad = 400 },
  getPetById = { key = true, gives = BOTH, bad = 400 },
  updatePetWithForm = { key = true, takes = FORM, optional = true, bad = 405, silent = true },
  deletePet = { key = true, bad = 400, silent = true },
  uploadFile = { key = true, gives = ONLY, takes = PART, optional = true, bad = 400 },
  getInventory = { key = true, gives = ONLY, bad = 400 },
  placeOrder = { gives = BOTH, takes = JSON, bad = 400 },
  getOrderById = { gives = BOTH, bad = 400 },
  deleteOrder = { bad = 400, silent = true },
  createUser = { takes = JSON, bad = 400 },
  createUsersWithListInput = { takes = JSON, bad = 400 },
  loginUser = { gives = BOTH, bad = 400 },
  logoutUser = { bad = 400 },
  getUserByName = { gives = BOTH, bad = 400 },
  updateUser = { takes = JSON, bad = 400, silent = true },
  deleteUser = { bad = 400, silent = true },
}
for id, op in pairs(M.OPS) do op.id = id end

local ROUTES = {
  { "domain", POST = "addDomain", PUT = "updatePet" },
  { "pet", "findByStatus", GET = "findPetsByStatus" },
  { "pet", "findByTags", GET = "findPetsByTags" },
  { "pet", "*", GET = "getPetById", POST = "updatePetWithForm", DELETE = "deletePet" },
  { "pet", "*", "uploadImage", POST = "uploadFile" },
  { "store", "inventory", GET = "getInventory" },
  { "store", "order", POST = "placeOrder" },
  { "store", "order", "*", GET = "getOrderById", DELETE = "deleteOrder" },
  { "user", POST = "createUser" },
  { "user", "createWithList", POST = "createUsersWithListInput" },
  { "user", "login", GET = "loginUser" },
  { "user", "logout", GET = "logoutUser" },
  { "user", "*", GET = "getUserByName", PUT = "updateUser", DELETE = "deleteUser" },
}
local function match(path)
  local rest = V.f32 and path:gsub("/+$", "") or path
  if V.f32 then
    if rest:sub(1, 4):lower() == "/v2/" then rest = "/v2/" .. rest:sub(5) end
  end
  rest = rest:match("^/v2/(.+)$")
  if not rest then return nil end
  local segs = {}
  for s in (rest .. "/"):gmatch("([^/]*)/") do segs[#segs + 1] = s end
  for _, r in ipairs(ROUTES) do
    local ok, param = #r == #segs, nil
    for i = 1, ok and #r or 0 do
      if r[i] == "*" then
        param = segs[i]
        ok = ok and param ~= ""
      elseif r[i] ~= segs[i] and r[i] ~= http.unescape(segs[i]) and not (V.f32 and r[i]:lower() == segs[i]:lower()) then
        ok = false
      end
    end
    if ok then return r, param end
  end
end
local function allow_of(route)
  local out = {}
  for _, m in ipairs { "GET", "HEAD", "POST", "PUT", "DELETE" } do
    if route[m] or (m == "HEAD" and route.GET) then out[#out + 1] = m end
  end
  out[#out + 1] = "OPTIONS"
  return table.concat(out, ", ")
end

function M.problem(status, detail, headers)
  local title = http.REASON[status] or "Error"
  local resp = { status = status, headers = headers or {} }
  if V.f21 then
    resp.body = "<!DOCTYPE html>\n<html><head><title>" .. status .. " " .. title .. "</title></head><body><center><h1>" .. title .. "</h1></center><hr></body></html>\n"
    table.insert(resp.headers, { "Content-Type", "text/html" })
    return resp
  end
  local body = setmetatable({ type = "about:blank", title = title, status = status, detail = detail },
    { order = { "type", "title", "status", "detail" } })
  resp.body = json.encode(body)
  table.insert(resp.headers, { "Content-Type", "application/problem+json" })
  return resp
end

-- Refuses invalid input of an operation.
function M.invalid(req, detail, status)
  status = status or req.op.bad
  if V.f30 then status = 422 end
  return M.problem(status, detail, status == 405 and { { "Allow", allow_of(req.route) } } or nil)
end

local MIME = { json = "application/json", xml = "application/xml; charset=utf-8" }

-- Extra properties that nobody documented, other ones at every read (f06).
local reads = 0
local function decorate(v)
  if type(v) ~= "table" or v == json.null then return v end
  local out = setmetatable({}, getmetatable(v))
  for k, e in pairs(v) do out[k] = decorate(e) end
  if not json.is_array(v) and (getmetatable(v) or {}).schema then
    reads = reads + 1
    out._links = { self = { href = "/v2/r/" .. reads } }
    out.etag = string.format("%08x", math.random(0, 0x7fffffff))
    out.servedAt = net.now()
    out.archived = reads % 2 == 0
    out.aliases = json.array(reads % 2 == 0 and { "a" .. reads } or {})
  end
  return out
end

-- A 200 with a value in the format that was negotiated. what: root element (and item element of a list).
function M.render(req, value, root, item)
  if V.f06 and req.op.id ~= "getInventory" then value = decorate(value) end
  local raw = V.b19 and (root == "Pet" or item == "Pet")
  local body
  if req.format == "xml" then
    body = item and xml.encode_list(root, item, value, raw) or xml.encode(root, value, raw)
  else
    body = json.encode(value)
  end
  local headers = { { "Content-Type", MIME[req.format] } }
  if #req.op.gives > 1 then headers[2] = { "Vary", "Accept" } end
  return { status = 200, headers = headers, body = body, op = req.op.id }
end

function M.empty(req, status)
  if V.f29 and req.op.silent then
    return { status = status or 200, headers = { { "Content-Type", "text/html; charset=iso-8859-1" } }, body = "<p>Done \xE4\xF6\xFC</p>" }
  end
  return { status = status or 200 }
end

function M.too_large(req) return M.finish(req, M.problem(413, "The body is larger than " .. http.MAX_BODY .. " bytes.")) end

-- CORS, on every answer.
local EXPOSED = "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate, Location"
function M.finish(req, resp)
  resp.headers = resp.headers or {}
  local origin = req.headers.origin
  if origin then
    table.insert(resp.headers, { "Access-Control-Allow-Origin", origin })
    table.insert(resp.headers, { "Access-Control-Allow-Credentials", "true" })
    table.insert(resp.headers, { "Vary", "Origin" })
  else
    table.insert(resp.headers, { "Access-Control-Allow-Origin", "*" })
  end
  table.insert(resp.headers, { "Access-Control-Expose-Headers", EXPOSED })
  return resp
end
local function document(kind)
  local f = io.open(config.dir .. "/openapi." .. kind, "rb")
  if not f then return nil end
  local text = f:read("a")
  f:close()
  return (text:gsub("https?://api%.inboxes%.com/v2", function() return config.url .. "/v2" end))
end
local function outside(req)
  local path = req.path
  local get = req.method == "GET" or req.method == "HEAD"
  local known = path == "/" or path == "/v2" or path == "/v2/" or path == "/healthz" or path == "/readyz" or path == "/openapi.json" or path == "/openapi.yaml"
  if not known then return nil end
  local allow = { { "Allow", "GET, HEAD, OPTIONS" } }
  if req.method == "OPTIONS" then return { status = 204, headers = allow } end
  if not get then return M.problem(405, "Only GET is possible here.", allow) end
  if path == "/v2" or path == "/v2/" then return { status = 302, headers = { { "Location", "/" } } } end
  if path == "/healthz" or path == "/readyz" then return { status = 200, headers = { { "Content-Type", "text/plain" } }, body = "ok\n" } end
  if path == "/openapi.json" or path == "/openapi.yaml" then
    local kind = path:match("%a+$")
    local text = document(kind)
    if not text then return M.problem(404, "No document here.") end
    return { status = 200, headers = { { "Content-Type", kind == "json" and "application/json" or "application/yaml" } }, body = text }
  end
  if (req.headers.accept or ""):find("text/html", 1, true) then
    return { status = 200, headers = { { "Content-Type", "text/html; charset=utf-8" } },
      body = "<!doctype html><title>Inboxes</title><h1>Inboxes Developer API</h1><p>Base path: <code>/v2</code>, <a href=/openapi.json>document</a></p>\n" }
  end
  return { status = 200, headers = { { "Content-Type", "application/json" } }, body = '{"name":"Inboxes Developer API","base":"/v2","document":"/openapi.json"}' }
end

local counter, pause = 0, 0
local function throttle()
  local now = net.now()
  local every = V.f04 and 25 or 40
  counter = counter + 1
  if now >= pause and counter % every == 0 then pause = V.f04 and now + 0.95 or math.floor(now) + 2 end
  if now >= pause then return nil end
  if V.f04 then return M.problem(429, "Too many requests.", { { "Retry-After", "1" } }) end
  return M.problem(503, "A new version is being rolled out.", { { "Retry-After", http.date(pause) } })
end
local function key_ok(req)
  local given = req.headers.api_key
  if V.b02 and req.conn.authed then return true end
  if given == config.key or (V.b01 and given and given:sub(1, #config.key) == config.key) then
    req.conn.authed = true
    return true
  end
  return false
end
local function unauthorized()
  return M.problem(401, "The header api_key is missing or wrong.", { { "WWW-Authenticate", 'ApiKey realm="inboxes", header="api_key"' } })
end
M.unauthorized = unauthorized

local READS = { findPetsByStatus = true, findPetsByTags = true, getInventory = true, loginUser = true, logoutUser = true }
local KNOWN = { GET = 1, HEAD = 1, POST = 1, PUT = 1, DELETE = 1, OPTIONS = 1, PATCH = 1, TRACE = 1, CONNECT = 1 }
local function before(req)
  local target = req.target:gsub("#.*$", "")
  if target:match("^[hH][tT][tT][pP][sS]?://") then target = target:gsub("^%a+://[^/?]*", "") end
  if target == "*" and req.method == "OPTIONS" then return { status = 204, headers = { { "Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS" } } } end
  req.path, req.query = target:match("^([^?]*)%??(.*)$")
  if req.path == "" then req.path = "/" end
  local h = req.headers
  if req.method == "OPTIONS" and h.origin and h["access-control-request-method"] then
    local allow = { { "Access-Control-Allow-Methods", h["access-control-request-method"] }, { "Access-Control-Max-Age", "600" } }
    if h["access-control-request-headers"] then allow[3] = { "Access-Control-Allow-Headers", h["access-control-request-headers"] } end
    return { status = 204, headers = allow }
  end
  local out = outside(req)
  if out then return out end
  if V.f04 or V.f05 then
    local busy = throttle()
    if busy then return busy end
  end
  if V.f19 and not (h["user-agent"] or ""):find("%S") then return M.problem(403, "Please send a User-Agent that names your application.") end

  local route, param = match(req.path)
  if not route then return M.problem(404, "There is nothing at this path.") end
  req.route, req.param = route, param
  local allow = { { "Allow", allow_of(route) } }
  if req.method == "OPTIONS" then return { status = 204, headers = allow } end
  if V.f20 and not KNOWN[req.method] then return M.problem(501, "The method is not known here.") end
  if V.f20 and req.method == "HEAD" then return M.problem(405, "HEAD is not supported.", { { "Allow", (allow_of(route):gsub("HEAD, ", "")) } }) end
  local id = route[req.method == "HEAD" and "GET" or req.method]
  if V.b26 and not id and READS[route.GET or ""] then id = route.GET end
  if not id then return M.problem(405, "This path does not have the method " .. req.method .. ".", allow) end
  local op = M.OPS[id]
  req.op = op

  if V.b04 and id == "getPetById" then
    local n = math.tointeger(tonumber(param))
    if n and not store.pets[n] then return M.problem(404, "Pet not found") end
  end
  if op.key and not key_ok(req) and not (V.b05 and id == "deletePet") then
    if V.b06 and id == "updatePetWithForm" then
      req.intruder = true
    else
      local resp = unauthorized()
      resp.unread = V.b03
      return resp
    end
  end
  req.format = "json"
  if op.gives then
    if V.b27 and #op.gives == 1 and h.accept and h.accept ~= "application/json" and h.accept ~= "*/*" then
      return M.problem(406, "Only application/json is produced.")
    end
    req.format = media.negotiate(h.accept, op.gives)
    if not req.format then return M.problem(406, "Nothing that this operation produces is acceptable.") end
  end
  if req.length and req.length > http.MAX_BODY then return M.problem(413, "The body is larger than " .. http.MAX_BODY .. " bytes.") end
end

function M.before(req)
  local resp = before(req)
  return resp and M.finish(req, resp)
end

function M.handle(req)
  local op = req.op
  local resp
  if op.takes and not (req.body == "" and (op.optional or not req.headers["content-type"])) then
    local exact = V.b33 and (op.id == "createUser" or op.id == "createUsersWithListInput" or op.id == "updateUser")
    req.ctype = media.content_type(req.headers["content-type"], op.takes, exact)
    if not req.ctype then resp = M.problem(415, "The Content-Type is not one that this operation takes.") end
  end
  if not resp then
    local ok, result = pcall(ops[op.id], req)
    if ok then
      resp = result
    else
      io.stderr:write(op.id, ": ", tostring(result), "\n")
      resp = M.problem(500, "Something went wrong.")
    end
  end
  if req.intruder then resp = unauthorized() end
  return M.finish(req, resp)
end

function M.setup(c)
  config = c
  ops = require "ops"
end

return M
