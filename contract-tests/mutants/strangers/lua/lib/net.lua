-- Coroutines over socket.select: one coroutine per connection, plus background tasks.
local socket = require "socket"
local M = { now = socket.gettime }
local ready, waits, bysock, count = {}, {}, {}, 0
function M.spawn(fn, ...)
  local args = table.pack(...)
  ready[#ready + 1] = { coroutine.create(function() fn(table.unpack(args, 1, args.n)) end) }
end
-- All three are called inside a coroutine. wait_* return false when the deadline passed first.
function M.sleep(s) coroutine.yield { kind = "t", deadline = M.now() + s } end
function M.wait_read(sock, deadline) return coroutine.yield { kind = "r", sock = sock, deadline = deadline } end
function M.wait_write(sock, deadline) return coroutine.yield { kind = "w", sock = sock, deadline = deadline } end
local function resume(co, value)
  local old = waits[co]
  if old then
    waits[co] = nil
    if old.sock then bysock[old.sock] = nil end
  end
  local ok, wait = coroutine.resume(co, value)
  if not ok then io.stderr:write("task failed: ", tostring(wait), "\n") return end
  if coroutine.status(co) == "dead" then return end
  waits[co] = wait
  if wait.sock then bysock[wait.sock] = co end
end
local function acceptor(server, handler)
  while true do
    M.wait_read(server)
    for _ = 1, 64 do
      if count >= 900 then M.sleep(0.05) break end
      local c = server:accept()
      if not c then break end
      c:settimeout(0)
      c:setoption("tcp-nodelay", true)
      count = count + 1
      M.spawn(function()
        local ok, err = pcall(handler, c)
        if not ok then io.stderr:write("connection failed: ", tostring(err), "\n") end
        c:close()
        count = count - 1
      end)
    end
  end
end
function M.serve(server, handler)
  server:settimeout(0)
  M.spawn(acceptor, server, handler)
end
function M.loop()
  while true do
    while #ready > 0 do
      local batch = ready
      ready = {}
      for _, item in ipairs(batch) do resume(item[1], item[2]) end
    end
    local r, w, t = {}, {}, nil
    local now = M.now()
    for _, wait in pairs(waits) do
      if wait.kind == "r" then r[#r + 1] = wait.sock elseif wait.kind == "w" then w[#w + 1] = wait.sock end
      if wait.deadline then
        local left = wait.deadline - now
        if not t or left < t then t = left end
      end
    end
    if t and t < 0 then t = 0 end
    local rr, ww
    if #r + #w > 0 then rr, ww = socket.select(r, w, t) else socket.sleep(t or 1) rr, ww = {}, {} end
    for _, s in ipairs(rr) do if bysock[s] then resume(bysock[s], true) end end
    for _, s in ipairs(ww) do if bysock[s] then resume(bysock[s], true) end end
    now = M.now()
    local late = {}
    for co, wait in pairs(waits) do
      if wait.deadline and wait.deadline <= now then late[#late + 1] = co end
    end
    table.sort(late, function(a, b) return waits[a].deadline < waits[b].deadline end)
    for _, co in ipairs(late) do if waits[co] then resume(co, false) end end
  end
end
return M
