/// The shapes of words as rules for ICU's rule-based break iterator: the longest match wins, and of equally long ones
/// the highest tag.
///
/// Where a shape alone cannot tell (“Mr.” and “end.”, “e-mail” and “oil-rich”), the rules take the longest candidate and
/// `WordSplitter` decides by the tables. Every repetition is itself a token or part of a candidate, and candidates are
/// cut in linear time, so no input makes the rules look back far.
enum WordRules {
    /// What a rule found, by the tag in braces behind it.
    enum Shape: Int32 {
        /// Punctuation, a symbol or a blank: a token as it stands.
        case other = 0
        /// Letters and digits: a token unless it is a contraction without an apostrophe (“cannot”).
        case word = 200
        /// Words joined by full stops, apostrophes or hyphens, perhaps with a full stop behind them.
        case compound = 300
        /// An apostrophe and a compound: “'s”, “'90s”, “'quoted”.
        case apostrophe = 310
        /// A number and letters: “10:30am”, “20th”, “5kg”.
        case measure = 320
        /// A compound and marks: “what?!”, “well...”.
        case marked = 330
        /// A mark and a compound that could be taken for a face: “:Do”.
        case face = 340
        /// A script that is written without spaces: the parts that ICU's dictionary found.
        case dictionary = 100
        /// Numbers joined by marks, perhaps with marks behind them: “1,000.”, “10:30-11:15”, “713-853-5620”.
        case figures = 400
        /// A fraction without a number before it.
        case fraction = 450
        /// An address, a hashtag, a face: a token as it stands.
        case whole = 500
        /// An address of a page, perhaps with an apostrophe before it.
        case page = 510
    }

    /// The rules' source.
    static let source = #"""
        !!quoted_literals_only;
        $dictionary = [\p{Line_Break=Complex_Context}\p{Han}\p{Hiragana}\p{Word_Break=Katakana}];
        $extend = [[\p{Word_Break=Extend}\p{Word_Break=Format}\u200D] - $dictionary];
        $digit = [\p{Nd}];
        $letter = [[\p{Alphabetic}\p{M}\p{Nl}_] - $dictionary - [\u24C2 \U0001F170-\U0001F189]];
        $w = [$letter $digit $extend];
        $blank = [\p{White_Space}\p{Cc}\u200B\uFEFF];
        $apostrophe = [\u0027 \u2019 \uFF07 \u0060 \u00B4];
        $joint = [[. \- \u2010 \u2011] $apostrophe];
        $mark = [.!?\u2026];
        $compound = $w+ ($joint $w+)*;

        # Blanks, words, scripts without spaces.
        $blank+;
        $w+ {200};
        $dictionary ($dictionary | $extend)* {100};

        # Candidates.
        $w+ ($joint $w+)+ {300};
        $compound '.' {300};
        $compound '.' $mark+ {330};
        $apostrophe $compound '.'? {310};
        [\:;=] [DPpOoSs3] $w ($w | $joint $w)* '.'? {340};

        # Numbers, times, dates, telephone numbers; with letters behind: candidates.
        $n = $digit $extend*;
        $figures = $n+ ([.,:/\-\u066B\u066C] $n+)*;
        $figures $mark* {400};
        '.' $n+ {450};
        $n+ ([.,:] $n+)* $letter $w* ($joint $w+)* '.'? {320};
        '.' $n+ $letter $w* {320};

        # Addresses.
        $path = [^ \p{White_Space}\p{Cc}\p{Cs}\p{Cn} < > \u0022 \u201C \u201D \u00AB \u00BB { } | \\ \^ `];
        $pathEnd = [$path - [.,;:!?\u0027\u2019\u2026()\[\]*]];
        $scheme = [A-Za-z]+ '://' | 'mailto:' | [Ww] [Ww] [Ww] '.';
        $host = $compound '.' $w $w+ (':' $digit+)? '/';
        $apostrophe? ($scheme | $host) $path* $pathEnd {510};
        $compound ([+%\&=] $compound)? '...'? '@' $compound {500};
        [@\uFF20] $w+ {500};
        [\u0023 \uFF03] [$letter - $extend] $w* {500};

        # Runs of one mark, of sentence marks, of quotation marks.
        $mark+;
        '-'+; '='+; '*'+; '~'+; '+'+; '<'+; '>'+; '|'+; '^'+; [\\]+; '#'+; '$'+; '`'+; [\u2013]+; [\u2014]+;
        $apostrophe $apostrophe; [\u2018] [\u2019];

        # Letters joined by an ampersand: AT&T, P&L, R&D.
        $w $w? $w? '&' $w $w? {500};
        $w $w? $w? '&' $w $w $w+ {300};

        # Emoji sequences of UTS #51: families, flags, keycaps.
        $pictograph = [\p{Extended_Pictographic} - [\u00A9 \u00AE]];
        $pictograph $extend* ([\u200D] $pictograph $extend*)* {500};
        [\p{Regional_Indicator}] [\p{Regional_Indicator}] $extend* {500};
        [0-9 \u0023 *] [\uFE0F]? [\u20E3] {500};

        # Faces.
        [\:;=] [\-o\u0027\^*]? [)(\[\]\}\{|\\/*@] [)(]* {500};
        [\:;=] [\-\u0027\^] [DPpOoSs3] {500};
        [\:;=] [DPp] {500};
        [xX] '-' [)(D] {500};
        [(\[] '-'? [\:;=] {500};
        '<' [3]+ {500}; '</3' {500};
        '^' [_\-.]* '^' {500}; '-' '_'+ '-' {500}; [oO] [_.] [oO] {500};

        # Any other character with the marks on it.
        [^ $w $blank $dictionary] $extend* {0};
        """#
}
