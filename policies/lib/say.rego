# How policies put dates and lists into words.
package trackwarden.lib.say

months := {
	"01": "Jan", "02": "Feb", "03": "Mar", "04": "Apr", "05": "May", "06": "Jun",
	"07": "Jul", "08": "Aug", "09": "Sep", "10": "Oct", "11": "Nov", "12": "Dec",
}

# date writes 2026-11-20 as 20 Nov 2026, and anything else as it is.
date(iso) := sprintf("%s %s %s", [trim_left(parts[2], "0"), months[parts[1]], parts[0]]) if {
	parts := split(iso, "-")
	count(parts) == 3
} else := iso

# since is " since 20 Nov 2026", or nothing when the date is not known.
default since(_) := ""

since(iso) := sprintf(" since %s", [date(iso)]) if iso != ""

# list writes a list of at least two words as "A, B and C", and counts what
# goes beyond five.
list(words) := sprintf("%s and %s", [
	concat(", ", array.slice(words, 0, count(words) - 1)),
	words[count(words) - 1],
]) if {
	count(words) <= 5
} else := sprintf("%s and %d more", [concat(", ", array.slice(words, 0, 5)), count(words) - 5])

# tenths writes a number with one decimal at most, cut and not rounded: what is
# short of a limit never reads as the limit.
tenths(n) := floor(n * 10) / 10
