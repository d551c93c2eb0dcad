module inboxes

go 1.19
