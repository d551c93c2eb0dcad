-- Which variant runs: V.b07 is true exactly when the server was started with --variant b07.
local V = { id = "plain" }
return setmetatable(V, { __index = function(t, k) return rawget(t, "id") == k end })
