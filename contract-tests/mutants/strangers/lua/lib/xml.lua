-- XML out of records, and records out of XML, both by the schema.
local lxp = require "lxp"
local json = require "json"
local V = require "variant"
local M = {}
local REPL = "\xEF\xBF\xBD"
local function legal(s) return (s:gsub("[%z\1-\8\11\12\14-\31]", REPL):gsub("\xEF\xBF[\xBE\xBF]", REPL)) end
local function escape(s, raw)
  s = legal(s)
  if raw then return s end
  if V.f39 and s ~= "" then
    local ch = s:match("^" .. utf8.charpattern)
    local rest = s:sub(#ch + 1)
    local out = string.format("&#x%X;<!-- text -->", utf8.codepoint(ch))
    if rest == "" then return out end
    if rest:find("\r", 1, true) then return out .. rest:gsub("[&<>\r]", { ["&"] = "&#38;", ["<"] = "&#60;", [">"] = "&#62;", ["\r"] = "&#13;" }) end
    return out .. "<![CDATA[" .. rest:gsub("%]%]>", "]]]]><![CDATA[>") .. "]]>"
  end
  return (s:gsub("[&<>\r]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ["\r"] = "&#13;" }))
end
local function element(out, name, v, attrs, raw)
  attrs = attrs or ""
  if json.is_array(v) then
    for _, e in ipairs(v) do element(out, name, e, attrs, raw) end
  elseif type(v) == "table" and v ~= json.null then
    local keys = json.keys(v)
    out[#out + 1] = "<" .. name .. attrs .. ">"
    for _, k in ipairs(keys) do
      if V.f39 then out[#out + 1] = "\n  " end
      element(out, k, v[k], nil, raw)
    end
    if V.f39 and #keys > 0 then out[#out + 1] = "<!-- " .. #keys .. " --><?cache no?>\n" end
    out[#out + 1] = "</" .. name .. ">"
  else
    local text = type(v) == "string" and escape(v, raw) or tostring(v)
    if V.f39 and text == "" then out[#out + 1] = "<" .. name .. attrs .. " />" return end
    out[#out + 1] = "<" .. name .. attrs .. ">" .. text .. "</" .. name .. ">"
  end
end
local DECL = '<?xml version="1.0" encoding="UTF-8"?>\n'
local XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" served-by=\'node-1\''
function M.encode(name, v, raw)
  local out = { V.f39 and "" or DECL }
  element(out, name, v, V.f39 and XSI or nil, raw)
  return table.concat(out)
end
function M.encode_list(root, name, list, raw)
  if V.f39 then root = "ArrayOf" .. name end
  local out = { V.f39 and "" or DECL, "<" .. root .. (V.f39 and XSI or "") .. ">" }
  for _, v in ipairs(list) do element(out, name, v, nil, raw) end
  out[#out + 1] = "</" .. root .. ">"
  return table.concat(out)
end
local function dom(text)
  local root, doctype
  local stack = {}
  local p
  p = lxp.new {
    StartElement = function(_, name)
      local node = { name = name, children = {}, text = {} }
      local top = stack[#stack]
      if top then top.children[#top.children + 1] = node else root = node end
      stack[#stack + 1] = node
      if #stack > 100 then p:stop() end
    end,
    EndElement = function() stack[#stack] = nil end,
    CharacterData = function(_, s)
      local top = stack[#stack]
      if top then top.text[#top.text + 1] = s end
    end,
    StartDoctypeDecl = function() doctype = true p:stop() end,
  }
  local ok, err = p:parse(text)
  if ok then ok, err = p:parse() end
  pcall(p.close, p)
  if doctype then return nil, "a DOCTYPE is not accepted" end
  if not ok then return nil, "malformed XML: " .. tostring(err) end
  return root
end
local bind
local function scalar(field, node)
  if field.type == "object" then return bind(field.of, node) end
  if #node.children > 0 then return json.null end
  local text = table.concat(node.text)
  if field.type == "string" then return text end
  local trimmed = text:match("^%s*(.-)%s*$")
  if field.type == "boolean" then
    if trimmed == "true" or trimmed == "1" then return true end
    if trimmed == "false" or trimmed == "0" then return false end
    return text
  end
  if trimmed:match("^[+-]?%d+$") then return tonumber((trimmed:gsub("^%+", ""))) end
  return text
end
function bind(schema, node)
  local out = {}
  for _, f in ipairs(schema.fields) do
    if f.type == "array" and f.required then out[f.name] = json.array() end
  end
  for _, child in ipairs(node.children) do
    local f = schema.byname[child.name]
    if f and f.type == "array" then
      out[f.name] = out[f.name] or json.array()
      table.insert(out[f.name], scalar(f.of, child))
    elseif f then
      out[f.name] = out[f.name] == nil and scalar(f, child) or json.null
    end
  end
  if #node.children == 0 and table.concat(node.text):find("%S") then return json.null end
  return out
end
-- Returns the value that the same document would have in JSON, or nil and a reason.
function M.decode(schema, text)
  local root, err = dom(text)
  if not root then return nil, err or "no document" end
  if root.name ~= schema.name then return nil, "the root element must be " .. schema.name end
  return bind(schema, root)
end
return M
