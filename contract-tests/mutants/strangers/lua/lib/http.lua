-- HTTP/1.1 on a non-blocking socket inside a coroutine.
local net = require "net"
local V = require "variant"
local M = { MAX_BODY = 10 * 1024 * 1024 }
local REASON = {
  [200] = "OK", [201] = "Created", [202] = "Accepted", [204] = "No Content", [302] = "Found", [400] = "Bad Request", [401] = "Unauthorized",
  [403] = "Forbidden", [404] = "Not Found", [405] = "Method Not Allowed", [406] = "Not Acceptable", [408] = "Request Timeout", [409] = "Conflict",
  [413] = "Content Too Large", [414] = "URI Too Long", [415] = "Unsupported Media Type", [417] = "Expectation Failed", [422] = "Unprocessable Content",
  [429] = "Too Many Requests", [431] = "Request Header Fields Too Large", [500] = "Internal Server Error", [501] = "Not Implemented",
  [503] = "Service Unavailable", [505] = "HTTP Version Not Supported",
}
M.REASON = REASON
function M.unescape(s, plus)
  if plus then s = s:gsub("%+", " ") end
  local bad = false
  s = s:gsub("%%(.?.?)", function(h)
    if not h:match("^%x%x$") then bad = true return nil end
    return string.char(tonumber(h, 16))
  end)
  if bad or not utf8.len(s) then return nil end
  return s
end
function M.date(t) return os.date("!%a, %d %b %Y %H:%M:%S GMT", math.floor(t or net.now())) end
local Conn = {}
Conn.__index = Conn
function M.connection(sock) return setmetatable({ sock = sock, buf = "" }, Conn) end
function Conn:receive(deadline)
  while true do
    local data, err, part = self.sock:receive(65536)
    data = data or part
    if data and #data > 0 then return data end
    if err ~= "timeout" then return nil, "closed" end
    if not net.wait_read(self.sock, deadline) then return nil, "timeout" end
  end
end
function Conn:fill(deadline)
  local data, err = self:receive(deadline)
  if not data then return nil, err end
  self.buf = self.buf .. data
  return true
end
function Conn:take(n, deadline)
  if #self.buf >= n then
    local out = self.buf:sub(1, n)
    self.buf = self.buf:sub(n + 1)
    return out
  end
  local parts, have = { self.buf }, #self.buf
  self.buf = ""
  while have < n do
    local data, err = self:receive(deadline)
    if not data then return nil, err end
    parts[#parts + 1] = data
    have = have + #data
  end
  self.buf = table.concat(parts)
  return self:take(n, deadline)
end
function Conn:line(deadline, limit)
  while true do
    local e = self.buf:find("\n", 1, true)
    if e then
      local out = self.buf:sub(1, e - 1):gsub("\r$", "")
      self.buf = self.buf:sub(e + 1)
      return out
    end
    if #self.buf > (limit or 8192) then return nil, "too long" end
    local ok, err = self:fill(deadline)
    if not ok then return nil, err end
  end
end
function Conn:send(data)
  local i = 1
  while i <= #data do
    local last, err, part = self.sock:send(data, i)
    if last then
      i = last + 1
    elseif err == "timeout" then
      i = (part or i - 1) + 1
      if not net.wait_write(self.sock, net.now() + 30) then return nil end
    else
      return nil
    end
  end
  return true
end
-- Reads a request's head. Returns the request; or nil and a status to refuse with; or nil when the peer is gone.
function Conn:head()
  local idle = net.now() + 60
  while true do
    self.buf = self.buf:gsub("^[\r\n]+", "")
    if self.buf:find("\r?\n\r?\n") then break end
    if #self.buf > 32768 then return nil, self.buf:find("\n", 1, true) and 431 or 414 end
    local ok, err = self:fill(idle)
    if not ok then return nil, err == "timeout" and #self.buf > 0 and 408 or nil end
  end
  local s, e = self.buf:find("\r?\n\r?\n")
  local head = self.buf:sub(1, s - 1)
  self.buf = self.buf:sub(e + 1)
  local req = { headers = {}, conn = self }
  local first = true
  for line in (head:gsub("\r\n", "\n") .. "\n"):gmatch("(.-)\n") do
    if first then
      local method, target, major, minor = line:match("^([!#$%%&'*+.^_`|~%w-]+) (%S+) HTTP/(%d)%.(%d)$")
      if not method then return nil, 400 end
      if major ~= "1" then return nil, 505 end
      if #target > 8192 then return nil, 414 end
      req.method, req.target, req.minor = method, target, tonumber(minor)
      first = false
    else
      local name, value = line:match("^([!#$%%&'*+.^_`|~%w-]+):[ \t]*(.-)[ \t]*$")
      if not name then return nil, 400 end
      name = name:lower()
      local old = req.headers[name]
      if old and (name == "content-length" or name == "host") and old ~= value then return nil, 400 end
      if old and name ~= "content-length" and name ~= "host" then value = old .. ", " .. value end
      req.headers[name] = value
    end
  end
  local h = req.headers
  if req.minor >= 1 and not h.host then return nil, 400 end
  local wanted = "," .. (h.connection or ""):lower():gsub("%s", "") .. ","
  if req.minor >= 1 then req.keep = not wanted:find(",close,", 1, true) else req.keep = wanted:find(",keep-alive,", 1, true) ~= nil end
  if h["transfer-encoding"] then
    if h["content-length"] then return nil, 400 end
    if h["transfer-encoding"]:lower() ~= "chunked" then return nil, 501 end
    req.chunked = true
  elseif h["content-length"] then
    if not h["content-length"]:match("^%d+$") or #h["content-length"] > 15 then return nil, 400 end
    req.length = tonumber(h["content-length"])
  else
    req.length = 0
  end
  if h.expect and h.expect:lower() == "100-continue" and req.minor >= 1 then req.expects = req.chunked or req.length > 0 end
  return req
end
-- Reads the body: the text; or false where it is larger than allowed; or nil and a status (nil: peer gone).
function Conn:body(req)
  local deadline = net.now() + 30
  if req.length then
    if req.length > M.MAX_BODY then return false end
    return self:take(req.length, deadline)
  end
  local parts, size = {}, 0
  while true do
    local line, err = self:line(deadline)
    if not line then return nil, err == "closed" and 0 or 400 end
    local hex = line:match("^(%x+)[ \t]*$") or line:match("^(%x+)[ \t]*;")
    if not hex or #hex > 8 then return nil, 400 end
    local n = tonumber(hex, 16)
    if n == 0 then break end
    size = size + n
    if size > M.MAX_BODY then return false end
    local data = self:take(n, deadline)
    if not data then return nil, 0 end
    parts[#parts + 1] = data
    if self:line(deadline) ~= "" then return nil, 400 end
  end
  repeat
    local line = self:line(deadline)
    if not line then return nil, 400 end
  until line == ""
  return table.concat(parts)
end
local crctab
local function crc32(s)
  if not crctab then
    crctab = {}
    for i = 0, 255 do
      local c = i
      for _ = 1, 8 do c = (c & 1) == 1 and (c >> 1) ~ 0xEDB88320 or c >> 1 end
      crctab[i] = c
    end
  end
  local c = 0xFFFFFFFF
  for i = 1, #s do c = crctab[(c ~ s:byte(i)) & 255] ~ (c >> 8) end
  return c ~ 0xFFFFFFFF
end
local function gzip(s)
  local out = { "\x1f\x8b\8\0\0\0\0\0\0\255" }
  local i = 1
  repeat
    local block = s:sub(i, i + 65534)
    i = i + 65535
    out[#out + 1] = string.pack("<BI2I2", i > #s and 1 or 0, #block, ~#block & 0xFFFF) .. block
  until i > #s
  out[#out + 1] = string.pack("<I4I4", crc32(s), #s & 0xFFFFFFFF)
  return table.concat(out)
end
-- resp: { status, headers = { {name, value}... }, body }; req may be nil (a refused head).
function Conn:respond(req, resp)
  local status, body = resp.status, resp.body or ""
  local head_only = req and req.method == "HEAD"
  local keep = req and req.keep and not resp.close
  local lines, trailer, chunks = {}, nil, nil
  local function add(n, v) lines[#lines + 1] = { n, v } end
  add("Date", M.date())
  for _, h in ipairs(resp.headers or {}) do add(h[1], h[2]) end
  local bare = status == 204 or status == 304
  if bare then body = "" end
  local codings = req and (req.headers["accept-encoding"] or ""):lower():gsub("%s", "") or ""
  if V.f22 and body ~= "" and codings:find("gzip") and not codings:find("gzip;q=0%.?0*%f[^0.]") then
    body = gzip(body)
    add("Content-Encoding", "gzip")
    add("Vary", "Accept-Encoding")
  end
  local length = #body
  if V.b38 and resp.op == "getUserByName" then length = utf8.len(body) or length end
  if V.f24 then
    keep = false
  elseif V.f23 and body ~= "" and req and req.minor >= 1 then
    add("Transfer-Encoding", "chunked")
    add("Trailer", "X-Body-Bytes")
    chunks = true
  elseif not bare then
    add("Content-Length", tostring(length))
  end
  if V.f25 then
    add("Set-Cookie", "sid=0; Path=/")
    add("Set-Cookie", "lb=\"a b\"; HttpOnly")
    add("X-Powered-By", "")
    add("Strict-Transport-Security", "max-age=0")
  end
  if not keep then add("Connection", "close") elseif req.minor == 0 then add("Connection", "keep-alive") end
  local out = { "HTTP/1.1 " .. status .. " " .. (V.f25 and "" or REASON[status] or "Unknown") }
  for _, h in ipairs(lines) do
    if V.f25 then
      local v = h[2]
      if h[1] == "Content-Type" then v = v:upper():gsub("; CHARSET=UTF%-8", "") .. ' ; Charset="utf-8"' end
      out[#out + 1] = h[1]:upper() .. (h[1] == "Content-Length" and ":" .. v or ":\t " .. v .. " \t")
    else
      out[#out + 1] = h[1] .. ": " .. h[2]
    end
  end
  local text = table.concat(out, "\r\n") .. "\r\n\r\n"
  if V.f35 and req and req.minor >= 1 then text = "HTTP/1.1 103 Early Hints\r\nLink: </v2/style.css>; rel=preload\r\n\r\n" .. text end
  if not head_only then
    if chunks then
      local parts = {}
      for i = 1, #body, 7 do
        local c = body:sub(i, i + 6)
        parts[#parts + 1] = string.format("%03X;part=%d\r\n%s\r\n", #c, i, c)
      end
      text = text .. table.concat(parts) .. "000\r\nX-Body-Bytes: " .. #body .. "\r\n\r\n"
    else
      text = text .. body
    end
  end
  if V.f34 then
    net.sleep(0.04)
    local size = math.max(1, #text // 12)
    for i = 1, #text, size do
      if not self:send(text:sub(i, i + size - 1)) then return false end
      net.sleep(0.004)
    end
  elseif not self:send(text) then
    return false
  end
  return keep
end
-- Closes in such a way that a peer which is still sending gets to read the answer.
function Conn:linger()
  self.sock:shutdown("send")
  local deadline, seen = net.now() + 2, 0
  while seen < 64 * 1024 * 1024 do
    local data = self:receive(deadline)
    if not data then return end
    seen = seen + #data
  end
end
return M
