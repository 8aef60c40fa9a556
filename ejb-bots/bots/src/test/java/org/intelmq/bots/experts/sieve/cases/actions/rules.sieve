add comment = "new"
add source.fqdn = "kept.example"
add! source.port = "0443"
update classification.type = "scanner"
update destination.fqdn = "never.example"
remove extra.secret
append extra.list 2.5
append extra.text "ignored"
append! extra.text "second"
append! extra.fresh false
add! time.source -= "1 week"
update time.observation += "90 minutes"
$name = source.fqdn
add! destination.fqdn = $name
add! extra.emptied = ""
