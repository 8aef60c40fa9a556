# tests never leave, urgent events also go to the duty officer
if classification.type == "test" { drop }
if feed.name =~ "^Honeypot " && source.port :in [22, 2222] {
    path ["_default", "duty"]
    keep
}
if source.ip << ["10.0.0.0/8", "2001:db8::/32"] { path "internal" } // the last path counts
elif ! :exists source.ip { path "unlocated" path "odd" }
else { add comment = "elsewhere" }
