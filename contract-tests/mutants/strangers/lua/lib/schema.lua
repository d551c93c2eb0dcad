-- The schemas of the document, and what it means that a value fits one.
local json = require "json"
local V = require "variant"
local M = {}
local function define(name, fields)
  local s = { name = name, fields = fields, byname = {}, order = {} }
  for _, f in ipairs(fields) do
    s.byname[f.name] = f
    s.order[#s.order + 1] = f.name
  end
  s.mt = { order = s.order, schema = s }
  return s
end
local function set(...)
  local t = {}
  for _, v in ipairs { ... } do t[v] = true end
  return t
end
M.PET_STATUS = set("available", "pending", "sold")
M.Domain = define("Domain", {
  { name = "id", type = "string" },
  { name = "name", type = "string" },
  { name = "validate", type = "string" },
  { name = "status", type = "string", enum = set("missing validation", "validated") },
  { name = "active", type = "boolean" },
})
M.DomainIn = define("DomainIn", { { name = "name", type = "string" } })
M.User = define("User", {
  { name = "id", type = "int64" },
  { name = "username", type = "string" },
  { name = "firstName", type = "string" },
  { name = "lastName", type = "string" },
  { name = "email", type = "string" },
  { name = "password", type = "string" },
  { name = "phone", type = "string" },
  { name = "userStatus", type = "int32" },
})
M.Tag = define("Tag", { { name = "id", type = "int64" }, { name = "name", type = "string" } })
M.Pet = define("Pet", {
  { name = "id", type = "int64" },
  { name = "category", type = "object", of = M.DomainIn },
  { name = "name", type = "string", required = true },
  { name = "photoUrls", type = "array", of = { type = "string" }, required = true },
  { name = "tags", type = "array", of = { type = "object", of = M.Tag } },
  { name = "status", type = "string", enum = M.PET_STATUS },
})
M.ApiResponse = define("ApiResponse", {
  { name = "code", type = "int32" }, { name = "type", type = "string" }, { name = "message", type = "string" },
})
M.SAFE = 9007199254740991
local function integer(v, lo, hi)
  if type(v) ~= "number" then return nil end
  if math.type(v) == "float" then
    if v ~= math.floor(v) or v < -M.SAFE or v > M.SAFE then return nil end
    v = math.tointeger(v)
  end
  if v < lo or v > hi then return nil end
  return v
end
function M.int64(v)
  local hi = V.f27 and math.maxinteger or M.SAFE
  return integer(v, -hi, hi)
end
local function fit(field, v, path)
  local t = field.type
  if t == "string" then
    if type(v) ~= "string" then return nil, path .. " must be a string" end
    if field.enum and not field.enum[v] then return nil, path .. " has a value outside its enumeration" end
    return v
  elseif t == "boolean" then
    if type(v) ~= "boolean" then return nil, path .. " must be a boolean" end
    return v
  elseif t == "int64" then
    local n = M.int64(v)
    if not n then return nil, path .. " must be an integer within +-(2^53-1)" end
    return n
  elseif t == "int32" then
    local n = integer(v, -2147483648, 2147483647)
    if not n then return nil, path .. " must be a 32 bit integer" end
    return n
  elseif t == "array" then
    if not json.is_array(v) then return nil, path .. " must be an array" end
    local out = json.array()
    for i, e in ipairs(v) do
      local c, err = fit(field.of, e, path .. "/" .. (i - 1))
      if c == nil then return nil, err end
      out[i] = c
    end
    return out
  end
  return M.clean(field.of, v, path)
end
-- A copy of v with the schema's properties only; nil and a reason where one does not fit.
function M.clean(schema, v, path)
  path = path or ""
  if type(v) ~= "table" or v == json.null or json.is_array(v) then return nil, (path == "" and "the body" or path) .. " must be an object" end
  local out = setmetatable({}, schema.mt)
  for _, f in ipairs(schema.fields) do
    local raw = v[f.name]
    if raw == nil then
      if f.required then return nil, path .. "/" .. f.name .. " is required" end
    else
      local c, err = fit(f, raw, path .. "/" .. f.name)
      if c == nil then return nil, err end
      out[f.name] = c
    end
  end
  return out
end
return M
