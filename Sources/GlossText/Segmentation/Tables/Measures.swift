/// Letters behind a number in English.
enum Measures {
    /// The longest unit with a full stop behind it, in bytes.
    static let longest = 8

    /// What stays with the number: “20th”, “1990s”, “3D”.
    static let whole: Set<String> = ["st", "nd", "rd", "th", "s", "d", "e", "er", "g", "q", "h"]

    /// What is a token of its own, in small letters: “10 am”, “5 kg”, “4.5 m”.
    static let units: Set<String> = [
        "am", "pm", "a.m", "p.m", "k", "m", "mm", "b", "bn", "mn", "cm", "km", "kg", "kb", "mb", "gb", "tb", "mg", "ml",
        "oz", "lb", "lbs", "ft", "in", "sq", "mi", "mph", "kph", "hp", "hz", "khz", "mhz", "ghz", "kw", "mw", "gw",
        "kwh",
        "mwh", "hr", "hrs", "min", "mins", "sec", "secs", "yr", "yrs", "x", "p", "c", "f", "w", "v", "hh", "ppm", "bps",
        "mbps", "fps", "dpi", "px", "pt", "wk", "wks", "mo", "mos", "percent", "watt", "watts", "days", "hours",
        "minutes",
        "years", "dollars", "people", "times",
    ]
}
