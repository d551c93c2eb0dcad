-- The Inboxes API: lua5.4 server.lua --port 0 --variant ID [--api-key KEY]
local dir = (arg[0] or ""):match("^(.*)/[^/]*$") or "."
package.path = dir .. "/lib/?.lua;" .. package.path
local opts = { port = "0", variant = "plain", ["api-key"] = "special-key", host = "127.0.0.1" }
local i = 1
while arg[i] do
  local name, value = arg[i]:match("^%-%-([%w-]+)=?(.*)$")
  if not name or opts[name] == nil then io.stderr:write("unknown argument " .. arg[i] .. "\n") os.exit(2) end
  if value == "" then i = i + 1 value = arg[i] end
  if not value then io.stderr:write("--" .. name .. " needs a value\n") os.exit(2) end
  opts[name] = value
  i = i + 1
end
local V = require "variant"
V.id = opts.variant
if not (V.id == "plain" or V.id:match("^[fb]%d%d$") and tonumber(V.id:sub(2)) >= 1 and tonumber(V.id:sub(2)) <= 40) then
  io.stderr:write("unknown variant " .. V.id .. "\n")
  os.exit(2)
end
local socket = require "socket"
local net = require "net"
local http = require "http"
local api = require "api"
local store = require "store"
local server = assert(socket.bind(opts.host, tonumber(opts.port), 128))
local _, port = server:getsockname()
store.seed()
api.setup { dir = dir, key = opts["api-key"], url = "http://" .. opts.host .. ":" .. port }
if V.f38 then net.spawn(store.other_client) end
local function serve(sock)
  local conn = http.connection(sock)
  while true do
    local req, refuse = conn:head()
    if not req then
      if refuse then conn:respond(nil, api.problem(refuse, "The request could not be read.")) conn:linger() end
      return
    end
    local resp = api.before(req)
    local keep
    if resp and resp.unread then
      keep = conn:respond(req, resp) -- (b03)
    elseif resp and req.expects then
      resp.close = true
      keep = conn:respond(req, resp)
    else
      if req.expects and (req.chunked or req.length <= http.MAX_BODY) then conn:send("HTTP/1.1 100 Continue\r\n\r\n") end
      local body, why = conn:body(req)
      if body == nil then
        if type(why) == "number" and why >= 400 then conn:respond(req, { status = why, close = true }) conn:linger() end
        return
      end
      if not body and not resp then resp = api.too_large(req) end
      if not body then resp.close = true end
      if not resp then
        req.body = body
        resp = api.handle(req)
      end
      keep = conn:respond(req, resp)
    end
    if not keep then conn:linger() return end
  end
end
net.serve(server, serve)
print("listening on http://" .. opts.host .. ":" .. port .. "/v2")
io.stdout:flush()
net.loop()
