module inboxes.example/server

go 1.19
