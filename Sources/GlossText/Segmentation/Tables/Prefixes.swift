/// What stays with the other half across a hyphen in English: “e-mail”, “non-profit”, “mid-June”.
enum Prefixes {
    /// The longest entry of both tables, in bytes.
    static let longest = 8

    /// Bound forms, in small letters, which are not words of their own.
    static let all: Set<String> = [
        "a", "ante", "anti", "arch", "audio", "auto", "bi", "bio", "co", "contra", "counter", "cross", "crypto",
        "cyber",
        "de", "demi", "di", "dis", "e", "eco", "electro", "en", "equi", "euro", "ex", "extra", "geo", "hemi", "hetero",
        "homo", "hydro", "hyper", "hypo", "il", "im", "infra", "inter", "intra", "ir", "iso", "macro", "mal", "mega",
        "meta", "micro", "mid", "milli", "mini", "mis", "mono", "multi", "nano", "neo", "neuro", "non", "omni", "over",
        "pan", "para", "peri", "petro", "photo", "poly", "post", "pre", "pro", "proto", "pseudo", "psycho", "quasi",
        "re",
        "semi", "socio", "sub", "super", "supra", "tele", "thermo", "trans", "tri", "ultra", "un", "under", "uni",
        "vice",
    ]

    /// Bound endings, in small letters: “all-ish”.
    static let endings: Set<String> = ["ahol", "aholic", "esque", "fest", "gate", "ish", "ism", "itis", "rama", "wise"]
}
