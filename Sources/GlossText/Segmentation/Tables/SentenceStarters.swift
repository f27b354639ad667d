/// Words that begin an English sentence far more often than they stand inside one with a capital.
enum SentenceStarters {
    /// The words in small letters.
    static let all: Set<String> = [
        "a", "after", "all", "also", "although", "an", "and", "any", "are", "as", "at", "because", "before", "but",
        "by",
        "can", "did", "do", "does", "during", "each", "even", "finally", "for", "from", "he", "her", "here", "his",
        "how",
        "however", "i", "if", "in", "is", "it", "its", "many", "maybe", "meanwhile", "moreover", "most", "my", "no",
        "not",
        "now", "of", "on", "once", "one", "or", "our", "perhaps", "please", "she", "since", "so", "some", "soon",
        "still",
        "such", "that", "the", "their", "then", "there", "these", "they", "this", "those", "though", "to", "today",
        "under",
        "unfortunately", "until", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will",
        "with", "would", "yes", "yet", "you", "your",
    ]
}
