-- Accept, Content-Type, forms and multipart.
local http = require "http"
local V = require "variant"
local M = {}
local function split(s, sep)
  local out = {}
  for item in (s .. sep):gmatch("(.-)" .. sep) do out[#out + 1] = item end
  return out
end
function M.parse_type(v)
  local name = v:match("^%s*([^;%s]+)")
  return name and name:lower()
end
local TYPES = { json = "application/json", xml = "application/xml" }
local function quality(ranges, mime)
  local best, q = -1, 0
  for _, r in ipairs(ranges) do
    local rank = r.name == mime and 2 or r.name == mime:match("^[^/]+/") .. "*" and 1 or r.name == "*/*" and 0 or nil
    if rank and rank > best then best, q = rank, r.q end
  end
  return q
end
-- Which of the offered formats ("json", "xml") to send; nil: none is acceptable. JSON wins a tie.
function M.negotiate(accept, offers)
  if not accept or not accept:find("%S") then return offers[1] end
  local ranges = {}
  for _, item in ipairs(split(accept, ",")) do
    local name = M.parse_type(item)
    if name then
      local q = tonumber(item:match(";%s*[qQ]%s*=%s*([%d.]+)")) or 1
      ranges[#ranges + 1] = { name = name, q = q }
    end
  end
  if #ranges == 0 then return offers[1] end
  local choice, top = nil, 0
  for _, o in ipairs(offers) do
    local q = quality(ranges, TYPES[o])
    if q > top then choice, top = o, q end
  end
  return choice
end
-- Whether a Content-Type is one of the declared ones; returns its short name.
function M.content_type(value, declared, exact)
  if not value then return nil end
  local name = exact and value or M.parse_type(value)
  local charset = value:match("[;%s][cC][hH][aA][rR][sS][eE][tT]%s*=%s*\"?([%w_-]+)")
  if charset and not (charset:lower() == "utf-8" or charset:lower() == "utf8" or charset:lower() == "us-ascii") then return nil end
  for short, mime in pairs(declared) do if name == mime then return short end end
end
-- name=value pairs as a list of { name, value }; nil where an escape is malformed or it is not UTF-8.
function M.form(text)
  local out = {}
  for pair in text:gmatch("[^&]+") do
    local k, v = pair:match("^([^=]*)=?(.*)$")
    if V.b22 then -- bytes taken for Latin-1
      v = v:gsub("%+", " "):gsub("%%(%x%x)", function(h) return utf8.char(tonumber(h, 16)) end)
      k = http.unescape(k, true)
    else
      k, v = http.unescape(k, true), http.unescape(v, true)
    end
    if not k or not v then return nil end
    out[#out + 1] = { k, v }
  end
  return out
end
function M.get(list, name)
  for _, kv in ipairs(list) do if kv[1] == name then return kv[2] end end
end
local function params(value)
  local out = {}
  for k, v in value:gmatch(';%s*([%w*-]+)%s*=%s*"([^"]*)"') do out[k:lower()] = v end
  for k, v in value:gmatch(';%s*([%w*-]+)%s*=%s*([^";%s]+)') do out[k:lower()] = out[k:lower()] or v end
  return out
end
-- The parts of a multipart body: list of { name, filename, type, data }; or nil and a reason.
function M.multipart(ctype, body)
  local boundary = V.b25 and ctype:match("boundary=([^;]+)") or params(ctype).boundary
  if not boundary or boundary == "" or #boundary > 70 then return nil, "no usable boundary" end
  local delim = "\r\n--" .. boundary
  local text = "\r\n" .. body
  local _, e = text:find(delim, 1, true)
  if not e then return nil, "the boundary does not occur" end
  local parts = {}
  while true do
    if text:sub(e + 1, e + 2) == "--" then return parts end
    local _, le = text:find("^[ \t]*\r\n", e + 1)
    if not le then return nil, "malformed boundary line" end
    local s, ne = text:find(delim, le - 1, true)
    if not s then return nil, "the closing boundary is missing" end
    local part = text:sub(le - 1, s - 1)
    local hs, he = part:find("\r\n\r\n", 1, true)
    if not hs then return nil, "a part has no end of headers" end
    local headers = {}
    for line in (part:sub(1, hs - 1) .. "\r\n"):gmatch("(.-)\r\n") do
      local k, v = line:match("^([^:%s]+):%s*(.-)%s*$")
      if k then headers[k:lower()] = v end
    end
    local disp = headers["content-disposition"] or ""
    local p = params(disp)
    if not disp:lower():match("^form%-data") or not p.name then return nil, "a part is no form-data" end
    parts[#parts + 1] = { name = p.name, filename = p.filename, type = headers["content-type"], data = part:sub(he + 1) }
    e = ne
  end
end
return M
