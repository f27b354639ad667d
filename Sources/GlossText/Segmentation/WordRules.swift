/// The shapes of words as rules for ICU's rule-based break iterator: the longest match wins, and of equally long ones
/// the highest tag.
///
/// Where a shape alone cannot tell (“Mr.” and “end.”, “e-mail” and “oil-rich”), the rules take the longest candidate and
/// `WordSplitter` decides by the tables. Every repetition is itself a match, so that no input makes the rules look far
/// ahead in vain: the time is linear. The fewer and the simpler the rules, the faster they compile at the start.
enum WordRules {
    /// What a rule found, by the tag in braces behind it.
    enum Shape: Int32 {
        /// Punctuation, a symbol or a blank: a token as it stands.
        case other = 0
        /// A script that is written without spaces: the parts that ICU's dictionary found.
        case dictionary = 100
        /// Words joined by full stops, apostrophes, hyphens, ampersands or plus signs, perhaps with marks behind them.
        case compound = 300
        /// An apostrophe and a compound: “'s”, “'90s”, “'quoted”.
        case apostrophe = 310
        /// A number with marks in it and letters behind it: “10:30am”, “1,000m”.
        case measure = 320
        /// A mark and a compound that could be taken for a face: “:Do”.
        case face = 340
        /// Numbers joined by marks, perhaps with marks behind them: “1,000.”, “10:30-11:15”, “713-853-5620”.
        case figures = 400
        /// A face, a hashtag, a name with @, an emoji: a token as it stands.
        case whole = 500
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
        $joint = [[. \- \u2010 \u2011 \u0026 +] $apostrophe];
        $mark = [.!?\u2026];
        $compound = $w+ ($joint $w+)* $mark*;

        # Blanks, scripts without spaces, candidates.
        $blank+;
        $dictionary ($dictionary | $extend)* {100};
        $compound {300};
        $apostrophe $compound {310};
        [\:;=] [DPpOoSs3] $compound {340};

        # Numbers, times, dates, telephone numbers; with letters behind them.
        $n = $digit $extend*;
        $n+ ([.,:/\-\u066B\u066C] $n+)* $mark* {400};
        '.' $n+ {500};
        $n+ ([.,:] $n+)+ $letter $w* ($joint $w+)* '.'? {320};
        '.' $n+ $letter $w* {320};

        # Names on the Internet.
        [@\uFF20] $w+ {500};
        [\u0023 \uFF03] [$letter - $extend] $w* {500};

        # Runs of one mark, of sentence marks, of quotation marks.
        $mark+;
        '-'+; '='+; '*'+; '~'+; '+'+; '<'+; '>'+; '|'+; '^'+; [\\]+; '#'+; '$'+; '`'+; [\u2013]+; [\u2014]+;
        $apostrophe $apostrophe; [\u2018] [\u2019];

        # Emoji sequences of UTS #51: families, flags, keycaps.
        $pictograph = [\p{Extended_Pictographic} - [\u00A9 \u00AE]];
        $pictograph $extend* ([\u200D] $pictograph $extend*)* {500};
        [\p{Regional_Indicator}] [\p{Regional_Indicator}] $extend* {500};
        [0-9 \u0023 *] [\uFE0F]? [\u20E3] {500};

        # Faces.
        [\:;=] [\-o\u0027\^*]? [)(\[\]\}\{|\\/*@] [)(]* {500};
        [\:;=] [\-\u0027\^]? [DPpOoSs3] {500};
        [xX] '-' [)(D] {500};
        [(\[] '-'? [\:;=] {500};
        '<' '/'? '3'+ {500};
        '^' [_\-.]* '^' {500}; '-' '_'+ '-' {500};

        # Any other character with the marks on it.
        [^ $w $blank $dictionary] $extend*;
        """#
}
