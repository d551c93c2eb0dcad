-- Unicode normalisation form C.
local decomp, compose, ccc
local function load_data()
  decomp, compose, ccc = {}, {}, {}
  local dir = debug.getinfo(1, "S").source:match("^@(.*)/[^/]*$") or "."
  for line in io.lines(dir .. "/nfc_data.txt") do
    local kind, cp, rest = line:match("^(%a) (%x+) (.*)$")
    cp = tonumber(cp, 16)
    if kind == "K" then
      ccc[cp] = tonumber(rest)
    else
      local seq = {}
      for h in rest:gmatch("%x%x%x+") do seq[#seq + 1] = tonumber(h, 16) end
      decomp[cp] = seq
      if rest:sub(-2) == " C" then compose[seq[1] << 21 | seq[2]] = cp end
    end
  end
end
local function expand(cp, out)
  if cp >= 0xAC00 and cp <= 0xD7A3 then
    local i = cp - 0xAC00
    out[#out + 1] = 0x1100 + i // 588
    out[#out + 1] = 0x1161 + i % 588 // 28
    if i % 28 > 0 then out[#out + 1] = 0x11A7 + i % 28 end
  elseif decomp[cp] then
    for _, c in ipairs(decomp[cp]) do expand(c, out) end
  else
    out[#out + 1] = cp
  end
end
local function pair(a, b)
  if a >= 0x1100 and a <= 0x1112 and b >= 0x1161 and b <= 0x1175 then return 0xAC00 + (a - 0x1100) * 588 + (b - 0x1161) * 28 end
  if a >= 0xAC00 and a <= 0xD7A3 and (a - 0xAC00) % 28 == 0 and b > 0x11A7 and b <= 0x11C2 then return a + b - 0x11A7 end
  return compose[a << 21 | b]
end
return function(s)
  if not s:find("[\x80-\xFF]") then return s end
  if not decomp then load_data() end
  local seq = {}
  for _, cp in utf8.codes(s) do expand(cp, seq) end
  local i = 1
  while i <= #seq do -- canonical order: a stable sort of each run of marks
    local j = i
    while j <= #seq and ccc[seq[j]] do j = j + 1 end
    for a = i + 1, j - 1 do
      local b = a
      while b > i and ccc[seq[b - 1]] > ccc[seq[b]] do
        seq[b - 1], seq[b] = seq[b], seq[b - 1]
        b = b - 1
      end
    end
    i = j + 1
  end
  local out, starter, last = {}, nil, 0
  for _, cp in ipairs(seq) do
    local class = ccc[cp] or 0
    local joined
    if starter and (#out == starter or (last < class and last ~= 0) or (class ~= 0 and last == 0)) then
      joined = (#out == starter or last < class) and pair(out[starter], cp)
    end
    if joined then
      out[starter] = joined
    else
      out[#out + 1] = cp
      if class == 0 then starter = #out end
      last = class
    end
  end
  for k, cp in ipairs(out) do out[k] = utf8.char(cp) end
  return table.concat(out)
end
