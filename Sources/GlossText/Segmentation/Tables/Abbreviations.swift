/// English abbreviations that keep their full stop, in small letters without it.
enum Abbreviations {
    /// The longest abbreviation in bytes, acronyms included.
    static let longest = 24

    /// Before a name: no sentence ends behind these.
    static let titles: Set<String> = [
        "adm", "attn", "brig", "capt", "cmdr", "col", "cpl", "dr", "drs", "fr", "ft", "gen", "gov", "hon", "lt", "maj",
        "messrs", "mlle", "mme", "mmes", "mr", "mrs", "ms", "mt", "mx", "ofc", "pres", "prof", "rep", "reps", "rev",
        "sen",
        "sens", "sgt", "sr", "st", "ste", "supt",
    ]

    /// Before a number: “No. 5”, “Fig. 3”, “p. 12”.
    static let beforeNumbers: Set<String> = [
        "art", "ch", "chap", "eq", "ext", "fig", "figs", "no", "nos", "p", "para", "pp", "sec", "tel", "vol", "vols",
    ]

    /// Inside of a sentence or at its end.
    static let others: Set<String> = [
        "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues",
        "wed",
        "weds", "thu", "thur", "thurs", "fri", "sat", "sun",
        "approx", "apt", "assn", "assoc", "asst", "ave", "bldg", "blvd", "bros", "ca", "cf", "cie", "co", "conf",
        "corp",
        "ctr", "dept", "dist", "div", "ed", "eds", "eg", "esp", "est", "et", "etc", "ie", "inc", "incl", "inst", "intl",
        "jr", "ln", "ltd", "mfg", "misc", "natl", "op", "orig", "pkwy", "plc", "pls", "pty", "pvt", "rd", "resp",
        "spec",
        "tpke", "univ", "viz", "vs", "ph.d", "m.sc", "b.sc", "ph", "arr", "arrv", "hwy", "rte", "sq", "temp", "yr",
        "yrs",
        "ala", "ariz", "ark", "calif", "colo", "conn", "fla", "ga", "ill", "ind", "kan", "ky", "mass", "md", "mich",
        "minn", "miss", "neb", "nev", "okla", "ore", "pa", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
    ]

    /// Abbreviations that are also ordinary words, so that a capital letter must begin them.
    static let capitalized: Set<String> = [
        "art", "ill", "ind", "kan", "mar", "mass", "miss", "mon", "ore", "sat", "sun", "wash", "fig", "gen", "col",
        "hon",
        "rev", "rep", "reps", "pres", "wed", "fr", "ga", "pa", "va", "md", "mt", "no", "spec", "ft", "ala",
    ]
}
