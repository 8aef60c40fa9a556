if source.fqdn :contains "shop" { append! extra.seen "contains" }
if source.fqdn !~ "\.example$" { append! extra.seen "elsewhere" }
if comment == "it's \"here\"" { append! extra.seen 'quotes' }
if source.fqdn :containsany ["bank", "shop"] || source.fqdn :regexin ["^www\.", "^mail\."] { append! extra.seen "any" }
if source.geolocation.cc :in ["AT", "DE"] && !(source.port < 1024) { append! extra.seen "high port" }
if feed.accuracy >= 99.5 && source.asn != 64500 { append! extra.seen "sure" }
if time.source :before "2024-01-01" { append! extra.seen "old" }
if time.source :after "2 weeks" { append! extra.seen "fresh" }
if extra.tags :equals ["a", 1, true] { append! extra.seen "equals" }
if extra.tags :setequals [1, "a"] { append! extra.seen "setequals" }
if extra.tags :overlaps ["z", "a"] { append! extra.seen "overlaps" }
if extra.tags :subsetof ["a", "b", 1] && extra.tags :supersetof [] { append! extra.seen "subset" }
if extra.checked == true || extra.checked != true { append! extra.seen "boolean" }
if extra.missing != "x" && !extra.missing == "x" && extra.missing !~ "x" { append! extra.seen "missing" }
$cc = source.geolocation.cc
$asn = source.asn
if extra.country == $cc && destination.asn :in [64511, $asn] { append! extra.seen "variables" }
