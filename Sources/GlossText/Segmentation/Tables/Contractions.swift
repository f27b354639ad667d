/// English words written as one that treebanks keep as two.
enum Contractions {
    /// The longest entry of all tables, in bytes.
    static let longest = 8

    /// What splits off at an apostrophe, without the apostrophe; “n't” is a rule of its own.
    static let clitics: Set<String> = ["s", "m", "d", "re", "ve", "ll"]

    /// What stands whole behind an apostrophe that opens a word.
    static let openings: Set<String> = [
        "s", "m", "d", "re", "ve", "ll", "em", "til", "till", "cause", "cuz", "bout", "n", "nuff", "round", "tis",
        "twas",
        "kay", "sup", "nother", "fraid",
    ]

    /// Words without an apostrophe, in small letters, and the length in bytes of each part.
    static let merged: [String: [Int]] = [
        "cannot": [3, 3], "gonna": [3, 2], "wanna": [3, 2], "gotta": [3, 2], "lemme": [3, 2], "gimme": [3, 2],
        "dunno": [2, 1, 2], "outta": [3, 2], "whatcha": [4, 3], "gotcha": [3, 3],
        "dont": [2, 2], "doesnt": [4, 2], "didnt": [3, 2], "isnt": [2, 2], "arent": [3, 2], "wasnt": [3, 2],
        "werent": [4, 2], "hasnt": [3, 2], "havent": [4, 2], "hadnt": [3, 2], "wont": [2, 2], "cant": [2, 2],
        "wouldnt": [5, 2], "couldnt": [5, 2], "shouldnt": [6, 2], "mustnt": [4, 2], "neednt": [4, 2], "aint": [2, 2],
        "im": [1, 1], "ive": [1, 2], "youve": [3, 2], "weve": [2, 2], "theyve": [4, 2], "theyre": [4, 2],
        "youre": [3, 2], "youll": [3, 2], "theyll": [4, 2], "thats": [4, 1], "whats": [4, 1], "theres": [5, 1],
        "hes": [2, 1], "shes": [3, 1], "heres": [4, 1], "wheres": [5, 1], "alot": [1, 3],
    ]
}
