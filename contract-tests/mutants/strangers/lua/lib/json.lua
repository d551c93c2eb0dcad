-- JSON that keeps int64, null and empty arrays apart from everything else.
local V = require "variant"
local M = { null = setmetatable({}, { __tostring = function() return "null" end }), ARR = {} }
function M.array(t) return setmetatable(t or {}, M.ARR) end
function M.is_array(t) return type(t) == "table" and getmetatable(t) == M.ARR end
local ESC = { ['"'] = '"', ["\\"] = "\\", ["/"] = "/", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t" }
local value
local function fail(pos, what) error({ json = what .. " at byte " .. pos }, 0) end
local function skip(s, i) return s:find("[^ \t\r\n]", i) or #s + 1 end
local function hex4(s, i)
  local h = s:match("^%x%x%x%x", i)
  if not h then fail(i, "bad \\u escape") end
  return tonumber(h, 16)
end
local function str(s, i)
  local out, pos = {}, i + 1
  while true do
    local q = s:find('["\\%c]', pos)
    if not q then fail(pos, "unterminated string") end
    out[#out + 1] = s:sub(pos, q - 1)
    local c = s:sub(q, q)
    if c == '"' then return table.concat(out), q + 1 end
    if c == "\127" then
      out[#out + 1] = c
      pos = q + 1
    elseif c ~= "\\" then
      fail(q, "control character in string")
    else
      local e = s:sub(q + 1, q + 1)
      if e == "u" then
        local cp = hex4(s, q + 2)
        pos = q + 6
        if cp >= 0xDC00 and cp <= 0xDFFF then fail(q, "lone surrogate") end
        if cp >= 0xD800 and cp <= 0xDBFF then
          if s:sub(pos, pos + 1) ~= "\\u" then fail(q, "lone surrogate") end
          local lo = hex4(s, pos + 2)
          if lo < 0xDC00 or lo > 0xDFFF then fail(q, "lone surrogate") end
          cp = 0x10000 + ((cp - 0xD800) << 10) + (lo - 0xDC00)
          pos = pos + 6
        end
        out[#out + 1] = utf8.char(cp)
      else
        if not ESC[e] then fail(q, "bad escape") end
        out[#out + 1] = ESC[e]
        pos = q + 2
      end
    end
  end
end
local function number(s, i)
  local text = s:match("^-?%d+", i)
  if not text or text:match("^-?0%d") then fail(i, "bad number") end
  local pos = i + #text
  local frac = s:match("^%.%d+", pos) or ""
  pos = pos + #frac
  local exp = s:match("^[eE][+-]?%d+", pos) or ""
  pos = pos + #exp
  return tonumber(text .. frac .. exp), pos
end
function value(s, i, depth)
  if depth > 100 then fail(i, "nested too deeply") end
  i = skip(s, i)
  local c = s:sub(i, i)
  if c == "{" then
    local obj = {}
    i = skip(s, i + 1)
    if s:sub(i, i) == "}" then return obj, i + 1 end
    while true do
      if s:sub(i, i) ~= '"' then fail(i, "member name expected") end
      local k
      k, i = str(s, i)
      i = skip(s, i)
      if s:sub(i, i) ~= ":" then fail(i, "':' expected") end
      obj[k], i = value(s, i + 1, depth + 1)
      i = skip(s, i)
      c = s:sub(i, i)
      if c == "}" then return obj, i + 1 end
      if c ~= "," then fail(i, "',' or '}' expected") end
      i = skip(s, i + 1)
    end
  elseif c == "[" then
    local arr = M.array()
    i = skip(s, i + 1)
    if s:sub(i, i) == "]" then return arr, i + 1 end
    while true do
      arr[#arr + 1], i = value(s, i, depth + 1)
      i = skip(s, i)
      c = s:sub(i, i)
      if c == "]" then return arr, i + 1 end
      if c ~= "," then fail(i, "',' or ']' expected") end
      i = i + 1
    end
  elseif c == '"' then
    return str(s, i)
  elseif s:find("^true", i) then
    return true, i + 4
  elseif s:find("^false", i) then
    return false, i + 5
  elseif s:find("^null", i) then
    return M.null, i + 4
  end
  return number(s, i)
end
-- Returns the value, or nil and a reason.
function M.decode(s)
  s = s:gsub("^\xEF\xBB\xBF", "")
  if not utf8.len(s) then return nil, "not UTF-8" end
  local ok, v, pos = pcall(value, s, 1, 1)
  if not ok then
    if type(v) == "table" and v.json then return nil, v.json end
    error(v, 0)
  end
  if skip(s, pos) <= #s then return nil, "trailing characters at byte " .. pos end
  return v
end
local OUT = { ['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }
local function quote(s)
  s = s:gsub('[%c"\\]', function(c) return OUT[c] or (c == "\127" and c) or string.format("\\u%04x", c:byte()) end)
  if V.f26 then
    s = s:gsub("/", "\\/"):gsub(utf8.charpattern, function(ch)
      if #ch == 1 then return nil end
      local cp = utf8.codepoint(ch)
      if cp < 0x10000 then return string.format("\\u%04X", cp) end
      cp = cp - 0x10000
      return string.format("\\u%04X\\u%04X", 0xD800 + (cp >> 10), 0xDC00 + (cp & 0x3FF))
    end)
  end
  return '"' .. s .. '"'
end
-- The keys of an object: those of its schema in their order, then the others sorted.
function M.keys(obj)
  local mt = getmetatable(obj)
  local out, seen = {}, {}
  for _, k in ipairs(mt and mt.order or {}) do
    if obj[k] ~= nil then out[#out + 1] = k seen[k] = true end
  end
  local rest = {}
  for k in pairs(obj) do if not seen[k] then rest[#rest + 1] = k end end
  table.sort(rest)
  table.move(rest, 1, #rest, #out + 1, out)
  if V.f26 then
    for i = #out, 2, -1 do local j = math.random(i) out[i], out[j] = out[j], out[i] end
  end
  return out
end
local function encode(v, indent)
  local t = type(v)
  if v == M.null then return "null" end
  if t == "string" then return quote(v) end
  if t == "number" then return math.type(v) == "integer" and string.format("%d", v) or string.format("%.17g", v) end
  if t == "boolean" then return tostring(v) end
  local deeper = indent .. "\t"
  local parts, open, close = {}, "{", "}"
  if M.is_array(v) then
    if #v == 0 then return V.b17 and "{}" or (V.f26 and "[\n ]" or "[]") end
    open, close = "[", "]"
    for i, e in ipairs(v) do parts[i] = encode(e, deeper) end
  else
    for i, k in ipairs(M.keys(v)) do parts[i] = quote(k) .. (V.f26 and " : " or ":") .. encode(v[k], deeper) end
  end
  if V.f26 then return open .. "\r\n" .. deeper .. table.concat(parts, ",\r\n" .. deeper) .. "\r\n" .. indent .. close end
  return open .. table.concat(parts, ",") .. close
end
function M.encode(v) return encode(v, "") end
return M
