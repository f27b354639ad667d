/// Made by `bench/peers/vocabularies/run pinned`: small vocabularies, and the ids that `tokenizers` gives with them.
enum PinnedVocabularies {
    /// The lines that were encoded.
    static let lines = [
        "the cat sat",
        "",
        " ",
        "  the   mats  ",
        "The caf\u{E9}'s CATS\u{2014}there!",
        "cafe\u{301} \u{FB01}t 12345",
        "\u{65E5}\u{672C} the \u{1F469}\u{200D}\u{1F680}.",
        "a\tb\n\nc \u{A0}d",
        "<s> the</s><mask> cat<unk>",
        "the\u{2581}cat \u{2581}\u{2581}",
        "thethethethethethecatcatcat",
    ]

    /// A name, a tokenizer.json and the ids of each line.
    static let all: [(name: String, json: String, ids: [[Int32]])] = [
        (
            "bytes",
            #"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<unk>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1,"content":"<s>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":2,"conte\#
            nt":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":110,"content":"<mask>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"specia\#
            l":false},{"id":111,"content":"dog","single_word":true,"lstrip":false,"rstrip":false,"normalized":tr\#
            ue,"special":false}],"normalizer":null,"pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,\#
            "trim_offsets":true,"use_regex":true},"post_processor":null,"decoder":null,"model":{"type":"BPE","dr\#
            opout":null,"unk_token":null,"continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":f\#
            alse,"byte_fallback":false,"ignore_merges":false,"vocab":{"<unk>":0,"<s>":1,"</s>":2,"!":3,"'":4,","\#
            :5,".":6,"/":7,"1":8,"2":9,"3":10,"4":11,"5":12,"6":13,"<":14,">":15,"A":16,"C":17,"S":18,"T":19,"a"\#
            :20,"b":21,"c":22,"d":23,"e":24,"f":25,"g":26,"h":27,"i":28,"k":29,"l":30,"m":31,"n":32,"o":33,"r":3\#
            4,"s":35,"t":36,"u":37,"w":38,"¥":39,"©":40,"«":41,"¬":42,"Â":43,"Ã":44,"Ì":45,"â":46,"æ":47,"ï":48,\#
            "ð":49,"ĉ":50,"Ċ":51,"Ġ":52,"Ģ":53,"ģ":54,"į":55,"ĳ":56,"Ķ":57,"ĸ":58,"Ĺ":59,"ļ":60,"ľ":61,"Ł":62,"ł\#
            ":63,"at":64,"th":65,"the":66,"Ġc":67,"Ġthe":68,"Ġcat":69,"re":70,"Ġa":71,"Ġo":72,"mat":73,"nd":74,"\#
            Ġs":75,"Ġmat":76,"Ġand":77,"af":78,"in":79,"Ã©":80,"Ġth":81,"Ġcaf":82,"Ġthere":83,"Ġcats":84,"Ġon":8\#
            5,"Ġsat":86,"Ġthat":87,"ĠcafÃ©":88,"'s":89,"12":90,"45":91,"ere":92,"here":93,"is":94,"it":95,"ld":9\#
            6,"ow":97,"tin":98,"tow":99,"Ġin":100,"Ġ45":101,"Ġhere":102,"Ġtow":103,"this":104,"ther":105,"Ġare":\#
            106,"Ġold":107,"Ġother":108,"Ġsit":109},"merges":[["a","t"],["t","h"],["th","e"],["Ġ","c"],["Ġ","the\#
            "],["Ġc","at"],["r","e"],["Ġ","a"],["Ġ","o"],["m","at"],["n","d"],["Ġ","s"],["Ġ","mat"],["Ġa","nd"],\#
            ["a","f"],["i","n"],["Ã","©"],["Ġ","th"],["Ġc","af"],["Ġthe","re"],["Ġcat","s"],["Ġo","n"],["Ġs","at\#
            "],["Ġth","at"],["Ġcaf","Ã©"],["'","s"],["1","2"],["4","5"],["e","re"],["h","ere"],["i","s"],["i","t\#
            "],["l","d"],["o","w"],["t","in"],["t","ow"],["Ġ","in"],["Ġ","45"],["Ġ","here"],["Ġ","tow"],["th","i\#
            s"],["the","r"],["Ġa","re"],["Ġo","ld"],["Ġo","ther"],["Ġs","it"]]}}\#

            """#,
            [
                [66, 69, 86],
                [],
                [52],
                [52, 68, 52, 52, 76, 35, 52, 52],
                [19, 27, 24, 88, 89, 52, 17, 16, 19, 18, 46, 53, 57, 66, 70, 3],
                [22, 78, 24, 45, 54, 52, 48, 42, 54, 36, 52, 90, 10, 91],
                [47, 59, 39, 47, 61, 42, 68, 52, 49, 62, 56, 40, 46, 53, 55, 49, 62, 60, 53, 6],
                [20, 50, 21, 51, 51, 22, 52, 43, 63, 23],
                [1, 68, 2, 110, 69, 0],
                [66, 46, 58, 54, 22, 64, 52, 46, 58, 54, 46, 58, 54],
                [66, 66, 66, 66, 66, 66, 22, 64, 22, 64, 22, 64],
            ]
        ),
        (
            "bytes, cl100k",
            #"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<unk>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1,"content":"<s>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":2,"conte\#
            nt":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":110,"content":"<mask>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"specia\#
            l":false},{"id":111,"content":"dog","single_word":true,"lstrip":false,"rstrip":false,"normalized":tr\#
            ue,"special":false}],"normalizer":{"type":"NFC"},"pre_tokenizer":{"type":"Sequence","pretokenizers":\#
            [{"type":"Split","pattern":{"Regex":"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{\#
            N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"},"behavior":"Isolated","inver\#
            t":false},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":false}]},"pos\#
            t_processor":null,"decoder":null,"model":{"type":"BPE","dropout":null,"unk_token":null,"continuing_s\#
            ubword_prefix":null,"end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,"ignore_merges"\#
            :true,"vocab":{"<unk>":0,"<s>":1,"</s>":2,"!":3,"'":4,",":5,".":6,"/":7,"1":8,"2":9,"3":10,"4":11,"5\#
            ":12,"6":13,"<":14,">":15,"A":16,"C":17,"S":18,"T":19,"a":20,"b":21,"c":22,"d":23,"e":24,"f":25,"g":\#
            26,"h":27,"i":28,"k":29,"l":30,"m":31,"n":32,"o":33,"r":34,"s":35,"t":36,"u":37,"w":38,"¥":39,"©":40\#
            ,"«":41,"¬":42,"Â":43,"Ã":44,"Ì":45,"â":46,"æ":47,"ï":48,"ð":49,"ĉ":50,"Ċ":51,"Ġ":52,"Ģ":53,"ģ":54,"\#
            į":55,"ĳ":56,"Ķ":57,"ĸ":58,"Ĺ":59,"ļ":60,"ľ":61,"Ł":62,"ł":63,"at":64,"th":65,"the":66,"Ġc":67,"Ġthe\#
            ":68,"Ġcat":69,"re":70,"Ġa":71,"Ġo":72,"mat":73,"nd":74,"Ġs":75,"Ġmat":76,"Ġand":77,"af":78,"in":79,\#
            "Ã©":80,"Ġth":81,"Ġcaf":82,"Ġthere":83,"Ġcats":84,"Ġon":85,"Ġsat":86,"Ġthat":87,"ĠcafÃ©":88,"'s":89,\#
            "12":90,"45":91,"ere":92,"here":93,"is":94,"it":95,"ld":96,"ow":97,"tin":98,"tow":99,"Ġin":100,"Ġher\#
            e":101,"Ġtow":102,"this":103,"ther":104,"Ġare":105,"Ġold":106,"Ġother":107,"Ġsit":108,"Ġmats":109},"\#
            merges":[["a","t"],["t","h"],["th","e"],["Ġ","c"],["Ġ","the"],["Ġc","at"],["r","e"],["Ġ","a"],["Ġ","\#
            o"],["m","at"],["n","d"],["Ġ","s"],["Ġ","mat"],["Ġa","nd"],["a","f"],["i","n"],["Ã","©"],["Ġ","th"],\#
            ["Ġc","af"],["Ġthe","re"],["Ġcat","s"],["Ġo","n"],["Ġs","at"],["Ġth","at"],["Ġcaf","Ã©"],["'","s"],[\#
            "1","2"],["4","5"],["e","re"],["h","ere"],["i","s"],["i","t"],["l","d"],["o","w"],["t","in"],["t","o\#
            w"],["Ġ","in"],["Ġ","here"],["Ġ","tow"],["th","is"],["the","r"],["Ġa","re"],["Ġo","ld"],["Ġo","ther"\#
            ],["Ġs","it"],["Ġmat","s"]]}}\#

            """#,
            [
                [66, 69, 86],
                [],
                [52],
                [52, 68, 52, 52, 109, 52, 52],
                [19, 27, 24, 88, 89, 52, 17, 16, 19, 18, 46, 53, 57, 66, 70, 3],
                [22, 78, 80, 52, 48, 42, 54, 36, 52, 90, 10, 91],
                [47, 59, 39, 47, 61, 42, 68, 52, 49, 62, 56, 40, 46, 53, 55, 49, 62, 60, 53, 6],
                [20, 50, 21, 51, 51, 22, 52, 43, 63, 23],
                [1, 68, 2, 110, 69, 0],
                [66, 46, 58, 54, 22, 64, 52, 46, 58, 54, 46, 58, 54],
                [66, 66, 66, 66, 66, 66, 22, 64, 22, 64, 22, 64],
            ]
        ),
        (
            "characters in bytes",
            #"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<unk>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1,"content":"<s>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":2,"conte\#
            nt":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":3,"content":"<0x00>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special\#
            ":true},{"id":4,"content":"<0x01>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fa\#
            lse,"special":true},{"id":5,"content":"<0x02>","single_word":false,"lstrip":false,"rstrip":false,"no\#
            rmalized":false,"special":true},{"id":6,"content":"<0x03>","single_word":false,"lstrip":false,"rstri\#
            p":false,"normalized":false,"special":true},{"id":7,"content":"<0x04>","single_word":false,"lstrip":\#
            false,"rstrip":false,"normalized":false,"special":true},{"id":8,"content":"<0x05>","single_word":fal\#
            se,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":9,"content":"<0x06>","sing\#
            le_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":10,"content":"\#
            <0x07>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1\#
            1,"content":"<0x08>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":\#
            true},{"id":12,"content":"<0x09>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fal\#
            se,"special":true},{"id":13,"content":"<0x0A>","single_word":false,"lstrip":false,"rstrip":false,"no\#
            rmalized":false,"special":true},{"id":14,"content":"<0x0B>","single_word":false,"lstrip":false,"rstr\#
            ip":false,"normalized":false,"special":true},{"id":15,"content":"<0x0C>","single_word":false,"lstrip\#
            ":false,"rstrip":false,"normalized":false,"special":true},{"id":16,"content":"<0x0D>","single_word":\#
            false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":17,"content":"<0x0E>","\#
            single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":18,"conten\#
            t":"<0x0F>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"i\#
            d":19,"content":"<0x10>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"speci\#
            al":true},{"id":20,"content":"<0x11>","single_word":false,"lstrip":false,"rstrip":false,"normalized"\#
            :false,"special":true},{"id":21,"content":"<0x12>","single_word":false,"lstrip":false,"rstrip":false\#
            ,"normalized":false,"special":true},{"id":22,"content":"<0x13>","single_word":false,"lstrip":false,"\#
            rstrip":false,"normalized":false,"special":true},{"id":23,"content":"<0x14>","single_word":false,"ls\#
            trip":false,"rstrip":false,"normalized":false,"special":true},{"id":24,"content":"<0x15>","single_wo\#
            rd":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":25,"content":"<0x16\#
            >","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":26,"co\#
            ntent":"<0x17>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}\#
            ,{"id":27,"content":"<0x18>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"s\#
            pecial":true},{"id":28,"content":"<0x19>","single_word":false,"lstrip":false,"rstrip":false,"normali\#
            zed":false,"special":true},{"id":29,"content":"<0x1A>","single_word":false,"lstrip":false,"rstrip":f\#
            alse,"normalized":false,"special":true},{"id":30,"content":"<0x1B>","single_word":false,"lstrip":fal\#
            se,"rstrip":false,"normalized":false,"special":true},{"id":31,"content":"<0x1C>","single_word":false\#
            ,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":32,"content":"<0x1D>","singl\#
            e_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":33,"content":"<\#
            0x1E>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":34\#
            ,"content":"<0x1F>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":t\#
            rue},{"id":35,"content":"<0x20>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fals\#
            e,"special":true},{"id":36,"content":"<0x21>","single_word":false,"lstrip":false,"rstrip":false,"nor\#
            malized":false,"special":true},{"id":37,"content":"<0x22>","single_word":false,"lstrip":false,"rstri\#
            p":false,"normalized":false,"special":true},{"id":38,"content":"<0x23>","single_word":false,"lstrip"\#
            :false,"rstrip":false,"normalized":false,"special":true},{"id":39,"content":"<0x24>","single_word":f\#
            alse,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":40,"content":"<0x25>","s\#
            ingle_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":41,"content\#
            ":"<0x26>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":42,"content":"<0x27>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"specia\#
            l":true},{"id":43,"content":"<0x28>","single_word":false,"lstrip":false,"rstrip":false,"normalized":\#
            false,"special":true},{"id":44,"content":"<0x29>","single_word":false,"lstrip":false,"rstrip":false,\#
            "normalized":false,"special":true},{"id":45,"content":"<0x2A>","single_word":false,"lstrip":false,"r\#
            strip":false,"normalized":false,"special":true},{"id":46,"content":"<0x2B>","single_word":false,"lst\#
            rip":false,"rstrip":false,"normalized":false,"special":true},{"id":47,"content":"<0x2C>","single_wor\#
            d":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":48,"content":"<0x2D>\#
            ","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":49,"con\#
            tent":"<0x2E>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},\#
            {"id":50,"content":"<0x2F>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"sp\#
            ecial":true},{"id":51,"content":"<0x30>","single_word":false,"lstrip":false,"rstrip":false,"normaliz\#
            ed":false,"special":true},{"id":52,"content":"<0x31>","single_word":false,"lstrip":false,"rstrip":fa\#
            lse,"normalized":false,"special":true},{"id":53,"content":"<0x32>","single_word":false,"lstrip":fals\#
            e,"rstrip":false,"normalized":false,"special":true},{"id":54,"content":"<0x33>","single_word":false,\#
            "lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":55,"content":"<0x34>","single\#
            _word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":56,"content":"<0\#
            x35>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":57,\#
            "content":"<0x36>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":tr\#
            ue},{"id":58,"content":"<0x37>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false\#
            ,"special":true},{"id":59,"content":"<0x38>","single_word":false,"lstrip":false,"rstrip":false,"norm\#
            alized":false,"special":true},{"id":60,"content":"<0x39>","single_word":false,"lstrip":false,"rstrip\#
            ":false,"normalized":false,"special":true},{"id":61,"content":"<0x3A>","single_word":false,"lstrip":\#
            false,"rstrip":false,"normalized":false,"special":true},{"id":62,"content":"<0x3B>","single_word":fa\#
            lse,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":63,"content":"<0x3C>","si\#
            ngle_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":64,"content"\#
            :"<0x3D>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id"\#
            :65,"content":"<0x3E>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special\#
            ":true},{"id":66,"content":"<0x3F>","single_word":false,"lstrip":false,"rstrip":false,"normalized":f\#
            alse,"special":true},{"id":67,"content":"<0x40>","single_word":false,"lstrip":false,"rstrip":false,"\#
            normalized":false,"special":true},{"id":68,"content":"<0x41>","single_word":false,"lstrip":false,"rs\#
            trip":false,"normalized":false,"special":true},{"id":69,"content":"<0x42>","single_word":false,"lstr\#
            ip":false,"rstrip":false,"normalized":false,"special":true},{"id":70,"content":"<0x43>","single_word\#
            ":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":71,"content":"<0x44>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":72,"cont\#
            ent":"<0x45>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{\#
            "id":73,"content":"<0x46>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"spe\#
            cial":true},{"id":74,"content":"<0x47>","single_word":false,"lstrip":false,"rstrip":false,"normalize\#
            d":false,"special":true},{"id":75,"content":"<0x48>","single_word":false,"lstrip":false,"rstrip":fal\#
            se,"normalized":false,"special":true},{"id":76,"content":"<0x49>","single_word":false,"lstrip":false\#
            ,"rstrip":false,"normalized":false,"special":true},{"id":77,"content":"<0x4A>","single_word":false,"\#
            lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":78,"content":"<0x4B>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":79,"content":"<0x\#
            4C>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":80,"\#
            content":"<0x4D>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":tru\#
            e},{"id":81,"content":"<0x4E>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,\#
            "special":true},{"id":82,"content":"<0x4F>","single_word":false,"lstrip":false,"rstrip":false,"norma\#
            lized":false,"special":true},{"id":83,"content":"<0x50>","single_word":false,"lstrip":false,"rstrip"\#
            :false,"normalized":false,"special":true},{"id":84,"content":"<0x51>","single_word":false,"lstrip":f\#
            alse,"rstrip":false,"normalized":false,"special":true},{"id":85,"content":"<0x52>","single_word":fal\#
            se,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":86,"content":"<0x53>","sin\#
            gle_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":87,"content":\#
            "<0x54>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":\#
            88,"content":"<0x55>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special"\#
            :true},{"id":89,"content":"<0x56>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fa\#
            lse,"special":true},{"id":90,"content":"<0x57>","single_word":false,"lstrip":false,"rstrip":false,"n\#
            ormalized":false,"special":true},{"id":91,"content":"<0x58>","single_word":false,"lstrip":false,"rst\#
            rip":false,"normalized":false,"special":true},{"id":92,"content":"<0x59>","single_word":false,"lstri\#
            p":false,"rstrip":false,"normalized":false,"special":true},{"id":93,"content":"<0x5A>","single_word"\#
            :false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":94,"content":"<0x5B>",\#
            "single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":95,"conte\#
            nt":"<0x5C>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"\#
            id":96,"content":"<0x5D>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"spec\#
            ial":true},{"id":97,"content":"<0x5E>","single_word":false,"lstrip":false,"rstrip":false,"normalized\#
            ":false,"special":true},{"id":98,"content":"<0x5F>","single_word":false,"lstrip":false,"rstrip":fals\#
            e,"normalized":false,"special":true},{"id":99,"content":"<0x60>","single_word":false,"lstrip":false,\#
            "rstrip":false,"normalized":false,"special":true},{"id":100,"content":"<0x61>","single_word":false,"\#
            lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":101,"content":"<0x62>","single\#
            _word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":102,"content":"<\#
            0x63>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":10\#
            3,"content":"<0x64>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":\#
            true},{"id":104,"content":"<0x65>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fa\#
            lse,"special":true},{"id":105,"content":"<0x66>","single_word":false,"lstrip":false,"rstrip":false,"\#
            normalized":false,"special":true},{"id":106,"content":"<0x67>","single_word":false,"lstrip":false,"r\#
            strip":false,"normalized":false,"special":true},{"id":107,"content":"<0x68>","single_word":false,"ls\#
            trip":false,"rstrip":false,"normalized":false,"special":true},{"id":108,"content":"<0x69>","single_w\#
            ord":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":109,"content":"<0x\#
            6A>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":110,\#
            "content":"<0x6B>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":tr\#
            ue},{"id":111,"content":"<0x6C>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fals\#
            e,"special":true},{"id":112,"content":"<0x6D>","single_word":false,"lstrip":false,"rstrip":false,"no\#
            rmalized":false,"special":true},{"id":113,"content":"<0x6E>","single_word":false,"lstrip":false,"rst\#
            rip":false,"normalized":false,"special":true},{"id":114,"content":"<0x6F>","single_word":false,"lstr\#
            ip":false,"rstrip":false,"normalized":false,"special":true},{"id":115,"content":"<0x70>","single_wor\#
            d":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":116,"content":"<0x71\#
            >","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":117,"c\#
            ontent":"<0x72>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true\#
            },{"id":118,"content":"<0x73>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,\#
            "special":true},{"id":119,"content":"<0x74>","single_word":false,"lstrip":false,"rstrip":false,"norm\#
            alized":false,"special":true},{"id":120,"content":"<0x75>","single_word":false,"lstrip":false,"rstri\#
            p":false,"normalized":false,"special":true},{"id":121,"content":"<0x76>","single_word":false,"lstrip\#
            ":false,"rstrip":false,"normalized":false,"special":true},{"id":122,"content":"<0x77>","single_word"\#
            :false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":123,"content":"<0x78>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":124,"con\#
            tent":"<0x79>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},\#
            {"id":125,"content":"<0x7A>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"s\#
            pecial":true},{"id":126,"content":"<0x7B>","single_word":false,"lstrip":false,"rstrip":false,"normal\#
            ized":false,"special":true},{"id":127,"content":"<0x7C>","single_word":false,"lstrip":false,"rstrip"\#
            :false,"normalized":false,"special":true},{"id":128,"content":"<0x7D>","single_word":false,"lstrip":\#
            false,"rstrip":false,"normalized":false,"special":true},{"id":129,"content":"<0x7E>","single_word":f\#
            alse,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":130,"content":"<0x7F>","\#
            single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":131,"conte\#
            nt":"<0x80>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"\#
            id":132,"content":"<0x81>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"spe\#
            cial":true},{"id":133,"content":"<0x82>","single_word":false,"lstrip":false,"rstrip":false,"normaliz\#
            ed":false,"special":true},{"id":134,"content":"<0x83>","single_word":false,"lstrip":false,"rstrip":f\#
            alse,"normalized":false,"special":true},{"id":135,"content":"<0x84>","single_word":false,"lstrip":fa\#
            lse,"rstrip":false,"normalized":false,"special":true},{"id":136,"content":"<0x85>","single_word":fal\#
            se,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":137,"content":"<0x86>","si\#
            ngle_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":138,"content\#
            ":"<0x87>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":139,"content":"<0x88>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"speci\#
            al":true},{"id":140,"content":"<0x89>","single_word":false,"lstrip":false,"rstrip":false,"normalized\#
            ":false,"special":true},{"id":141,"content":"<0x8A>","single_word":false,"lstrip":false,"rstrip":fal\#
            se,"normalized":false,"special":true},{"id":142,"content":"<0x8B>","single_word":false,"lstrip":fals\#
            e,"rstrip":false,"normalized":false,"special":true},{"id":143,"content":"<0x8C>","single_word":false\#
            ,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":144,"content":"<0x8D>","sing\#
            le_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":145,"content":\#
            "<0x8E>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":\#
            146,"content":"<0x8F>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special\#
            ":true},{"id":147,"content":"<0x90>","single_word":false,"lstrip":false,"rstrip":false,"normalized":\#
            false,"special":true},{"id":148,"content":"<0x91>","single_word":false,"lstrip":false,"rstrip":false\#
            ,"normalized":false,"special":true},{"id":149,"content":"<0x92>","single_word":false,"lstrip":false,\#
            "rstrip":false,"normalized":false,"special":true},{"id":150,"content":"<0x93>","single_word":false,"\#
            lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":151,"content":"<0x94>","single\#
            _word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":152,"content":"<\#
            0x95>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":15\#
            3,"content":"<0x96>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":\#
            true},{"id":154,"content":"<0x97>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fa\#
            lse,"special":true},{"id":155,"content":"<0x98>","single_word":false,"lstrip":false,"rstrip":false,"\#
            normalized":false,"special":true},{"id":156,"content":"<0x99>","single_word":false,"lstrip":false,"r\#
            strip":false,"normalized":false,"special":true},{"id":157,"content":"<0x9A>","single_word":false,"ls\#
            trip":false,"rstrip":false,"normalized":false,"special":true},{"id":158,"content":"<0x9B>","single_w\#
            ord":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":159,"content":"<0x\#
            9C>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":160,\#
            "content":"<0x9D>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":tr\#
            ue},{"id":161,"content":"<0x9E>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fals\#
            e,"special":true},{"id":162,"content":"<0x9F>","single_word":false,"lstrip":false,"rstrip":false,"no\#
            rmalized":false,"special":true},{"id":163,"content":"<0xA0>","single_word":false,"lstrip":false,"rst\#
            rip":false,"normalized":false,"special":true},{"id":164,"content":"<0xA1>","single_word":false,"lstr\#
            ip":false,"rstrip":false,"normalized":false,"special":true},{"id":165,"content":"<0xA2>","single_wor\#
            d":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":166,"content":"<0xA3\#
            >","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":167,"c\#
            ontent":"<0xA4>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true\#
            },{"id":168,"content":"<0xA5>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,\#
            "special":true},{"id":169,"content":"<0xA6>","single_word":false,"lstrip":false,"rstrip":false,"norm\#
            alized":false,"special":true},{"id":170,"content":"<0xA7>","single_word":false,"lstrip":false,"rstri\#
            p":false,"normalized":false,"special":true},{"id":171,"content":"<0xA8>","single_word":false,"lstrip\#
            ":false,"rstrip":false,"normalized":false,"special":true},{"id":172,"content":"<0xA9>","single_word"\#
            :false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":173,"content":"<0xAA>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":174,"con\#
            tent":"<0xAB>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},\#
            {"id":175,"content":"<0xAC>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"s\#
            pecial":true},{"id":176,"content":"<0xAD>","single_word":false,"lstrip":false,"rstrip":false,"normal\#
            ized":false,"special":true},{"id":177,"content":"<0xAE>","single_word":false,"lstrip":false,"rstrip"\#
            :false,"normalized":false,"special":true},{"id":178,"content":"<0xAF>","single_word":false,"lstrip":\#
            false,"rstrip":false,"normalized":false,"special":true},{"id":179,"content":"<0xB0>","single_word":f\#
            alse,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":180,"content":"<0xB1>","\#
            single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":181,"conte\#
            nt":"<0xB2>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"\#
            id":182,"content":"<0xB3>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"spe\#
            cial":true},{"id":183,"content":"<0xB4>","single_word":false,"lstrip":false,"rstrip":false,"normaliz\#
            ed":false,"special":true},{"id":184,"content":"<0xB5>","single_word":false,"lstrip":false,"rstrip":f\#
            alse,"normalized":false,"special":true},{"id":185,"content":"<0xB6>","single_word":false,"lstrip":fa\#
            lse,"rstrip":false,"normalized":false,"special":true},{"id":186,"content":"<0xB7>","single_word":fal\#
            se,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":187,"content":"<0xB8>","si\#
            ngle_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":188,"content\#
            ":"<0xB9>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":189,"content":"<0xBA>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"speci\#
            al":true},{"id":190,"content":"<0xBB>","single_word":false,"lstrip":false,"rstrip":false,"normalized\#
            ":false,"special":true},{"id":191,"content":"<0xBC>","single_word":false,"lstrip":false,"rstrip":fal\#
            se,"normalized":false,"special":true},{"id":192,"content":"<0xBD>","single_word":false,"lstrip":fals\#
            e,"rstrip":false,"normalized":false,"special":true},{"id":193,"content":"<0xBE>","single_word":false\#
            ,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":194,"content":"<0xBF>","sing\#
            le_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":195,"content":\#
            "<0xC0>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":\#
            196,"content":"<0xC1>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special\#
            ":true},{"id":197,"content":"<0xC2>","single_word":false,"lstrip":false,"rstrip":false,"normalized":\#
            false,"special":true},{"id":198,"content":"<0xC3>","single_word":false,"lstrip":false,"rstrip":false\#
            ,"normalized":false,"special":true},{"id":199,"content":"<0xC4>","single_word":false,"lstrip":false,\#
            "rstrip":false,"normalized":false,"special":true},{"id":200,"content":"<0xC5>","single_word":false,"\#
            lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":201,"content":"<0xC6>","single\#
            _word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":202,"content":"<\#
            0xC7>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":20\#
            3,"content":"<0xC8>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":\#
            true},{"id":204,"content":"<0xC9>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fa\#
            lse,"special":true},{"id":205,"content":"<0xCA>","single_word":false,"lstrip":false,"rstrip":false,"\#
            normalized":false,"special":true},{"id":206,"content":"<0xCB>","single_word":false,"lstrip":false,"r\#
            strip":false,"normalized":false,"special":true},{"id":207,"content":"<0xCC>","single_word":false,"ls\#
            trip":false,"rstrip":false,"normalized":false,"special":true},{"id":208,"content":"<0xCD>","single_w\#
            ord":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":209,"content":"<0x\#
            CE>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":210,\#
            "content":"<0xCF>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":tr\#
            ue},{"id":211,"content":"<0xD0>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fals\#
            e,"special":true},{"id":212,"content":"<0xD1>","single_word":false,"lstrip":false,"rstrip":false,"no\#
            rmalized":false,"special":true},{"id":213,"content":"<0xD2>","single_word":false,"lstrip":false,"rst\#
            rip":false,"normalized":false,"special":true},{"id":214,"content":"<0xD3>","single_word":false,"lstr\#
            ip":false,"rstrip":false,"normalized":false,"special":true},{"id":215,"content":"<0xD4>","single_wor\#
            d":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":216,"content":"<0xD5\#
            >","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":217,"c\#
            ontent":"<0xD6>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true\#
            },{"id":218,"content":"<0xD7>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,\#
            "special":true},{"id":219,"content":"<0xD8>","single_word":false,"lstrip":false,"rstrip":false,"norm\#
            alized":false,"special":true},{"id":220,"content":"<0xD9>","single_word":false,"lstrip":false,"rstri\#
            p":false,"normalized":false,"special":true},{"id":221,"content":"<0xDA>","single_word":false,"lstrip\#
            ":false,"rstrip":false,"normalized":false,"special":true},{"id":222,"content":"<0xDB>","single_word"\#
            :false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":223,"content":"<0xDC>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":224,"con\#
            tent":"<0xDD>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},\#
            {"id":225,"content":"<0xDE>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"s\#
            pecial":true},{"id":226,"content":"<0xDF>","single_word":false,"lstrip":false,"rstrip":false,"normal\#
            ized":false,"special":true},{"id":227,"content":"<0xE0>","single_word":false,"lstrip":false,"rstrip"\#
            :false,"normalized":false,"special":true},{"id":228,"content":"<0xE1>","single_word":false,"lstrip":\#
            false,"rstrip":false,"normalized":false,"special":true},{"id":229,"content":"<0xE2>","single_word":f\#
            alse,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":230,"content":"<0xE3>","\#
            single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":231,"conte\#
            nt":"<0xE4>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"\#
            id":232,"content":"<0xE5>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"spe\#
            cial":true},{"id":233,"content":"<0xE6>","single_word":false,"lstrip":false,"rstrip":false,"normaliz\#
            ed":false,"special":true},{"id":234,"content":"<0xE7>","single_word":false,"lstrip":false,"rstrip":f\#
            alse,"normalized":false,"special":true},{"id":235,"content":"<0xE8>","single_word":false,"lstrip":fa\#
            lse,"rstrip":false,"normalized":false,"special":true},{"id":236,"content":"<0xE9>","single_word":fal\#
            se,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":237,"content":"<0xEA>","si\#
            ngle_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":238,"content\#
            ":"<0xEB>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":239,"content":"<0xEC>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"speci\#
            al":true},{"id":240,"content":"<0xED>","single_word":false,"lstrip":false,"rstrip":false,"normalized\#
            ":false,"special":true},{"id":241,"content":"<0xEE>","single_word":false,"lstrip":false,"rstrip":fal\#
            se,"normalized":false,"special":true},{"id":242,"content":"<0xEF>","single_word":false,"lstrip":fals\#
            e,"rstrip":false,"normalized":false,"special":true},{"id":243,"content":"<0xF0>","single_word":false\#
            ,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":244,"content":"<0xF1>","sing\#
            le_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":245,"content":\#
            "<0xF2>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":\#
            246,"content":"<0xF3>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special\#
            ":true},{"id":247,"content":"<0xF4>","single_word":false,"lstrip":false,"rstrip":false,"normalized":\#
            false,"special":true},{"id":248,"content":"<0xF5>","single_word":false,"lstrip":false,"rstrip":false\#
            ,"normalized":false,"special":true},{"id":249,"content":"<0xF6>","single_word":false,"lstrip":false,\#
            "rstrip":false,"normalized":false,"special":true},{"id":250,"content":"<0xF7>","single_word":false,"\#
            lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":251,"content":"<0xF8>","single\#
            _word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":252,"content":"<\#
            0xF9>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":25\#
            3,"content":"<0xFA>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":\#
            true},{"id":254,"content":"<0xFB>","single_word":false,"lstrip":false,"rstrip":false,"normalized":fa\#
            lse,"special":true},{"id":255,"content":"<0xFC>","single_word":false,"lstrip":false,"rstrip":false,"\#
            normalized":false,"special":true},{"id":256,"content":"<0xFD>","single_word":false,"lstrip":false,"r\#
            strip":false,"normalized":false,"special":true},{"id":257,"content":"<0xFE>","single_word":false,"ls\#
            trip":false,"rstrip":false,"normalized":false,"special":true},{"id":258,"content":"<0xFF>","single_w\#
            ord":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":330,"content":"<ma\#
            sk>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special":false},{"id":331,\#
            "content":"dog","single_word":true,"lstrip":false,"rstrip":false,"normalized":true,"special":false}]\#
            ,"normalizer":null,"pre_tokenizer":{"type":"Metaspace","replacement":"▁","prepend_scheme":"always","\#
            split":true},"post_processor":null,"decoder":null,"model":{"type":"BPE","dropout":null,"unk_token":"\#
            <unk>","continuing_subword_prefix":null,"end_of_word_suffix":null,"fuse_unk":true,"byte_fallback":tr\#
            ue,"ignore_merges":false,"vocab":{"<unk>":0,"<s>":1,"</s>":2,"<0x00>":3,"<0x01>":4,"<0x02>":5,"<0x03\#
            >":6,"<0x04>":7,"<0x05>":8,"<0x06>":9,"<0x07>":10,"<0x08>":11,"<0x09>":12,"<0x0A>":13,"<0x0B>":14,"<\#
            0x0C>":15,"<0x0D>":16,"<0x0E>":17,"<0x0F>":18,"<0x10>":19,"<0x11>":20,"<0x12>":21,"<0x13>":22,"<0x14\#
            >":23,"<0x15>":24,"<0x16>":25,"<0x17>":26,"<0x18>":27,"<0x19>":28,"<0x1A>":29,"<0x1B>":30,"<0x1C>":3\#
            1,"<0x1D>":32,"<0x1E>":33,"<0x1F>":34,"<0x20>":35,"<0x21>":36,"<0x22>":37,"<0x23>":38,"<0x24>":39,"<\#
            0x25>":40,"<0x26>":41,"<0x27>":42,"<0x28>":43,"<0x29>":44,"<0x2A>":45,"<0x2B>":46,"<0x2C>":47,"<0x2D\#
            >":48,"<0x2E>":49,"<0x2F>":50,"<0x30>":51,"<0x31>":52,"<0x32>":53,"<0x33>":54,"<0x34>":55,"<0x35>":5\#
            6,"<0x36>":57,"<0x37>":58,"<0x38>":59,"<0x39>":60,"<0x3A>":61,"<0x3B>":62,"<0x3C>":63,"<0x3D>":64,"<\#
            0x3E>":65,"<0x3F>":66,"<0x40>":67,"<0x41>":68,"<0x42>":69,"<0x43>":70,"<0x44>":71,"<0x45>":72,"<0x46\#
            >":73,"<0x47>":74,"<0x48>":75,"<0x49>":76,"<0x4A>":77,"<0x4B>":78,"<0x4C>":79,"<0x4D>":80,"<0x4E>":8\#
            1,"<0x4F>":82,"<0x50>":83,"<0x51>":84,"<0x52>":85,"<0x53>":86,"<0x54>":87,"<0x55>":88,"<0x56>":89,"<\#
            0x57>":90,"<0x58>":91,"<0x59>":92,"<0x5A>":93,"<0x5B>":94,"<0x5C>":95,"<0x5D>":96,"<0x5E>":97,"<0x5F\#
            >":98,"<0x60>":99,"<0x61>":100,"<0x62>":101,"<0x63>":102,"<0x64>":103,"<0x65>":104,"<0x66>":105,"<0x\#
            67>":106,"<0x68>":107,"<0x69>":108,"<0x6A>":109,"<0x6B>":110,"<0x6C>":111,"<0x6D>":112,"<0x6E>":113,\#
            "<0x6F>":114,"<0x70>":115,"<0x71>":116,"<0x72>":117,"<0x73>":118,"<0x74>":119,"<0x75>":120,"<0x76>":\#
            121,"<0x77>":122,"<0x78>":123,"<0x79>":124,"<0x7A>":125,"<0x7B>":126,"<0x7C>":127,"<0x7D>":128,"<0x7\#
            E>":129,"<0x7F>":130,"<0x80>":131,"<0x81>":132,"<0x82>":133,"<0x83>":134,"<0x84>":135,"<0x85>":136,"\#
            <0x86>":137,"<0x87>":138,"<0x88>":139,"<0x89>":140,"<0x8A>":141,"<0x8B>":142,"<0x8C>":143,"<0x8D>":1\#
            44,"<0x8E>":145,"<0x8F>":146,"<0x90>":147,"<0x91>":148,"<0x92>":149,"<0x93>":150,"<0x94>":151,"<0x95\#
            >":152,"<0x96>":153,"<0x97>":154,"<0x98>":155,"<0x99>":156,"<0x9A>":157,"<0x9B>":158,"<0x9C>":159,"<\#
            0x9D>":160,"<0x9E>":161,"<0x9F>":162,"<0xA0>":163,"<0xA1>":164,"<0xA2>":165,"<0xA3>":166,"<0xA4>":16\#
            7,"<0xA5>":168,"<0xA6>":169,"<0xA7>":170,"<0xA8>":171,"<0xA9>":172,"<0xAA>":173,"<0xAB>":174,"<0xAC>\#
            ":175,"<0xAD>":176,"<0xAE>":177,"<0xAF>":178,"<0xB0>":179,"<0xB1>":180,"<0xB2>":181,"<0xB3>":182,"<0\#
            xB4>":183,"<0xB5>":184,"<0xB6>":185,"<0xB7>":186,"<0xB8>":187,"<0xB9>":188,"<0xBA>":189,"<0xBB>":190\#
            ,"<0xBC>":191,"<0xBD>":192,"<0xBE>":193,"<0xBF>":194,"<0xC0>":195,"<0xC1>":196,"<0xC2>":197,"<0xC3>"\#
            :198,"<0xC4>":199,"<0xC5>":200,"<0xC6>":201,"<0xC7>":202,"<0xC8>":203,"<0xC9>":204,"<0xCA>":205,"<0x\#
            CB>":206,"<0xCC>":207,"<0xCD>":208,"<0xCE>":209,"<0xCF>":210,"<0xD0>":211,"<0xD1>":212,"<0xD2>":213,\#
            "<0xD3>":214,"<0xD4>":215,"<0xD5>":216,"<0xD6>":217,"<0xD7>":218,"<0xD8>":219,"<0xD9>":220,"<0xDA>":\#
            221,"<0xDB>":222,"<0xDC>":223,"<0xDD>":224,"<0xDE>":225,"<0xDF>":226,"<0xE0>":227,"<0xE1>":228,"<0xE\#
            2>":229,"<0xE3>":230,"<0xE4>":231,"<0xE5>":232,"<0xE6>":233,"<0xE7>":234,"<0xE8>":235,"<0xE9>":236,"\#
            <0xEA>":237,"<0xEB>":238,"<0xEC>":239,"<0xED>":240,"<0xEE>":241,"<0xEF>":242,"<0xF0>":243,"<0xF1>":2\#
            44,"<0xF2>":245,"<0xF3>":246,"<0xF4>":247,"<0xF5>":248,"<0xF6>":249,"<0xF7>":250,"<0xF8>":251,"<0xF9\#
            >":252,"<0xFA>":253,"<0xFB>":254,"<0xFC>":255,"<0xFD>":256,"<0xFE>":257,"<0xFF>":258,"'":259,",":260\#
            ,"1":261,"2":262,"3":263,"4":264,"5":265,"6":266,"a":267,"c":268,"d":269,"e":270,"f":271,"g":272,"h"\#
            :273,"i":274,"l":275,"m":276,"n":277,"o":278,"r":279,"s":280,"t":281,"w":282,"é":283,"▁":284,"at":28\#
            5,"th":286,"▁th":287,"▁the":288,"▁c":289,"▁a":290,"▁cat":291,"re":292,"▁o":293,"mat":294,"nd":295,"▁\#
            s":296,"▁mat":297,"▁and":298,"af":299,"in":300,"▁that":301,"▁there":302,"▁caf":303,"▁cats":304,"▁on"\#
            :305,"▁sat":306,"▁café":307,"'s":308,"12":309,"45":310,"er":311,"ere":312,"here":313,"is":314,"it":3\#
            15,"ld":316,"n,":317,"ow":318,"tin":319,"tow":320,"▁in":321,"▁12":322,"▁45":323,"▁here":324,"▁tow":3\#
            25,"ther":326,"▁this":327,"▁are":328,"▁cat's":329},"merges":[["a","t"],["t","h"],["▁","th"],["▁th","\#
            e"],["▁","c"],["▁","a"],["▁c","at"],["r","e"],["▁","o"],["m","at"],["n","d"],["▁","s"],["▁","mat"],[\#
            "▁a","nd"],["a","f"],["i","n"],["▁th","at"],["▁the","re"],["▁c","af"],["▁cat","s"],["▁o","n"],["▁s",\#
            "at"],["▁caf","é"],["'","s"],["1","2"],["4","5"],["e","r"],["e","re"],["h","ere"],["i","s"],["i","t"\#
            ],["l","d"],["n",","],["o","w"],["t","in"],["t","ow"],["▁","in"],["▁","12"],["▁","45"],["▁","here"],\#
            ["▁","tow"],["th","er"],["▁th","is"],["▁a","re"],["▁cat","'s"]]}}\#

            """#,
            [
                [288, 291, 306],
                [],
                [284],
                [284, 288, 284, 284, 297, 280, 284, 284],
                [284, 87, 273, 270, 307, 308, 284, 70, 68, 87, 86, 229, 131, 151, 286, 312, 36],
                [303, 270, 207, 132, 284, 242, 175, 132, 281, 322, 263, 310],
                [
                    284, 233, 154, 168, 233, 159, 175, 288, 284, 243, 162, 148, 172, 229, 131, 144, 243, 162, 157, 131,
                    49,
                ],
                [290, 12, 101, 13, 13, 268, 284, 197, 163, 269],
                [1, 288, 2, 330, 291, 0],
                [288, 291, 284, 284, 284],
                [288, 286, 270, 286, 270, 286, 270, 286, 270, 286, 270, 268, 285, 268, 285, 268, 285],
            ]
        ),
        (
            "characters and unknown",
            #"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<unk>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1,"content":"<s>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":2,"conte\#
            nt":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":80,"content":"<mask>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special\#
            ":false},{"id":81,"content":"dog","single_word":true,"lstrip":false,"rstrip":false,"normalized":true\#
            ,"special":false}],"normalizer":{"type":"Lowercase"},"pre_tokenizer":{"type":"Whitespace"},"post_pro\#
            cessor":null,"decoder":null,"model":{"type":"BPE","dropout":null,"unk_token":"<unk>","continuing_sub\#
            word_prefix":null,"end_of_word_suffix":"</w>","fuse_unk":false,"byte_fallback":false,"ignore_merges"\#
            :false,"vocab":{"<unk>":0,"<s>":1,"</s>":2,"'":3,",":4,"1":5,"2":6,"3":7,"4":8,"5":9,"6":10,"a":11,"\#
            c":12,"d":13,"e":14,"f":15,"g":16,"h":17,"i":18,"l":19,"m":20,"n":21,"o":22,"r":23,"s":24,"t":25,"w"\#
            :26,"é":27,"e</w>":28,"r</w>":29,"t</w>":30,"s</w>":31,"g</w>":32,"n</w>":33,"6</w>":34,"'</w>":35,"\#
            d</w>":36,"é</w>":37,",</w>":38,"a</w>":39,"3</w>":40,"th":41,"at</w>":42,"the</w>":43,"ca":44,"re</\#
            w>":45,"an":46,"cat</w>":47,"ere</w>":48,"ts</w>":49,"and</w>":50,"fé</w>":51,"mat</w>":52,"on</w>":\#
            53,"sat</w>":54,"that</w>":55,"there</w>":56,"cats</w>":57,"café</w>":58,"12":59,"45":60,"are</w>":6\#
            1,"ats</w>":62,"er</w>":63,"here</w>":64,"in":65,"it":66,"is</w>":67,"in</w>":68,"ld</w>":69,"mats</\#
            w>":70,"ow":71,"oth":72,"old</w>":73,"sit":74,"tin":75,"tow":76,"this</w>":77,"123</w>":78,"456</w>"\#
            :79},"merges":[["t","h"],["a","t</w>"],["th","e</w>"],["c","a"],["r","e</w>"],["a","n"],["c","at</w>\#
            "],["e","re</w>"],["t","s</w>"],["an","d</w>"],["f","é</w>"],["m","at</w>"],["o","n</w>"],["s","at</\#
            w>"],["th","at</w>"],["th","ere</w>"],["ca","ts</w>"],["ca","fé</w>"],["1","2"],["4","5"],["a","re</\#
            w>"],["a","ts</w>"],["e","r</w>"],["h","ere</w>"],["i","n"],["i","t"],["i","s</w>"],["i","n</w>"],["\#
            l","d</w>"],["m","ats</w>"],["o","w"],["o","th"],["o","ld</w>"],["s","it"],["t","in"],["t","ow"],["t\#
            h","is</w>"],["12","3</w>"],["45","6</w>"]]}}\#

            """#,
            [
                [43, 47, 54],
                [],
                [],
                [43, 70],
                [43, 58, 35, 31, 57, 0, 56, 0],
                [44, 15, 14, 0, 0, 30, 59, 7, 8, 0],
                [0, 0, 43, 0, 0, 0, 0],
                [39, 0, 0, 36],
                [1, 43, 2, 80, 47, 0],
                [43, 0, 47, 0, 0],
                [41, 14, 41, 14, 41, 14, 41, 14, 41, 14, 41, 14, 44, 25, 44, 25, 47],
            ]
        ),
        (
            "Unigram",
            #"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<unk>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1,"content":"<s>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":2,"conte\#
            nt":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":43,"content":"<mask>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special\#
            ":false},{"id":44,"content":"dog","single_word":true,"lstrip":false,"rstrip":false,"normalized":true\#
            ,"special":false}],"normalizer":{"type":"Sequence","normalizers":[{"type":"NFKC"},{"type":"Replace",\#
            "pattern":{"Regex":" {2,}"},"content":" "}]},"pre_tokenizer":{"type":"Metaspace","replacement":"▁","\#
            prepend_scheme":"always","split":true},"post_processor":null,"decoder":null,"model":{"type":"Unigram\#
            ","unk_id":0,"vocab":[["<unk>",0.0],["<s>",0.0],["</s>",0.0],["▁",-2.3256718864757575],["s",-2.71065\#
            85570292743],["n",-2.7184882891830284],["▁the",-2.728663298117437],["▁cat",-2.9643551939198605],["e"\#
            ,-3.1396046040039356],["d",-3.161743426834633],["▁a",-3.1807710828840663],["▁o",-3.265364114922312],\#
            ["▁mat",-3.474164202893746],["t",-3.527847932843278],["ther",-3.6225940744639455],["i",-3.8252791666\#
            136],["▁ca",-3.850346850365957],[",",-3.8982874384312263],["f",-3.8982874384312263],["é",-3.89828743\#
            84312263],["▁that",-3.921826738647125],["in",-3.977031934293146],["at",-3.989795237047896],["▁s",-4.\#
            005050393984438],["o",-4.311304279087663],["r",-4.373960888269093],["a",-4.411981189333927],["▁th",-\#
            4.558915562488751],["her",-4.562248164199053],["'",-4.6816207717645595],["l",-4.6816207717645595],["\#
            4",-4.6816207717645595],["3",-4.6816207717645595],["2",-4.6816207717645595],["1",-4.6816207717645595\#
            ],["6",-4.6816207717645595],["5",-4.6816207717645595],["w",-4.6816207717645595],["g",-4.681620771764\#
            5595],["m",-5.367762251611486],["c",-5.367862251611487],["h",-5.367962251611487],["▁t",-5.3679622516\#
            11487]],"byte_fallback":false}}\#

            """#,
            [
                [6, 7, 23, 22],
                [],
                [3],
                [6, 12, 4, 3],
                [3, 0, 41, 8, 16, 18, 19, 29, 4, 3, 0, 14, 8, 0],
                [16, 18, 19, 3, 18, 15, 13, 3, 34, 33, 32, 31, 36],
                [3, 0, 6, 3, 0],
                [10, 0, 40, 3, 9],
                [1, 6, 2, 43, 7, 0],
                [6, 7, 3, 3, 3],
                [6, 13, 41, 8, 13, 41, 8, 13, 41, 8, 13, 41, 8, 13, 41, 8, 40, 22, 40, 22, 40, 22],
            ]
        ),
        (
            "Unigram with a table",
            #"""
            {"version":"1.0","truncation":null,"padding":null,"added_tokens":[{"id":0,"content":"<unk>","single_\#
            word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":1,"content":"<s>"\#
            ,"single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id":2,"conte\#
            nt":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},{"id\#
            ":44,"content":"<mask>","single_word":false,"lstrip":true,"rstrip":false,"normalized":false,"special\#
            ":false},{"id":45,"content":"dog","single_word":true,"lstrip":false,"rstrip":false,"normalized":true\#
            ,"special":false}],"normalizer":{"type":"Sequence","normalizers":[{"type":"Precompiled","precompiled\#
            _charsmap":"AAQAAAAAAQBBDQAAAAAAgEMdAAACAACAzAgCAIEFAAAHAACArAACAIENAAAEAACACgAAAA0AAAAMAAAADwAAAA4A\#
            AAARAAAAEAAAABMAAAASAAAAFQAAABQAAAAXAAAAFgAAABkAAAAYAAAAGwAAABoAAAAdAAAAHAAAAB8AAAAeAAAAIQAAACAAAAAj\#
            AAAAIgAAACUAAABlsAMAJwAAACYAAAApAAAAKAAAACsAAAAqAAAALQAAACwAAAAvAAAALgAAADEAAAAwAAAAMwAAADIAAAA1AAAA\#
            NAAAADcAAAA2AAAAOQAAADgAAAA7AAAAOgAAAD0AAAA8AAAAPwAAAD4AAABBAAAAQAAAAEMAAABCAAAARQAAAEQAAABHAAAARgAA\#
            AEkAAABIAAAASwAAAEoAAABNAAAATAAAAE8AAABOAAAAUQAAAFAAAABTAAAAUgAAAFUAAABUAAAAVwAAAFYAAABZAAAAWAAAAFsA\#
            AABaAAAAXQAAAFwAAABfAAAAXgAAAGEAAABgAAAAYwAAAGIAAABlAAAAZAAAAGcAAABmAAAAaQAAAGgAAABrAAAAagAAAG0AAABs\#
            AAAAbwAAAG4AAABxAAAAcAAAAHMAAAByAAAAdQAAAHQAAAB3AAAAdgAAAHkAAAB4AAAAewAAAHoAAAB9AAAAfAAAAH8AAAB+AAAA\#
            gQAAAIAAAACDAAAAggAAAIUAAACEAAAAhwAAAIYAAACJAAAAiAAAAIsAAACKAAAAjQAAAIwAAACPAAAAjgAAAJEAAACQAAAAkwAA\#
            AJIAAACVAAAAlAAAAJcAAACWAAAAmQAAAJgAAACbAAAAmgAAAJ0AAACcAAAAnwAAAJ4AAAChAAAAoAAAAKMAAACiAAAApQAAAKQA\#
            AACnAAAApgAAAKkAAACoAAAAqwAAAKoAAACtAAAArAAAAK8AAADvLAAAsQAAALAAAACzAAAAsgAAALUAAAC0AAAAtwAAALYAAAC5\#
            AAAAuAAAALsAAAC6AAAAvQAAALwAAAC/AAAAvgAAAMEAAADAAAAAwwAAAMIAAADFAAAAxAAAAMcAAADGAAAAyQAAAMgAAADLAAAA\#
            ygAAAM0AAADMAAAAzwAAAM4AAADRAAAA0AAAANMAAADSAAAA1QAAANQAAADXAAAA1gAAANkAAADYAAAA2wAAANoAAADdAAAA3AAA\#
            AN8AAADeAAAA4QAAAOAAAADjAAAA4gAAAOUAAADkAAAA5wAAAOYAAADpAAAA6AAAAOsAAADqAAAA7QAAAOwAAADvAAAA7gAAAPEA\#
            AADwAAAA8wAAAPIAAAD1AAAA9AAAAPcAAAD2AAAA+QAAAPgAAAD7AAAA+gAAAP0AAAD8AAAA/wAAAP4AAABhAGMAZmkAw6kA"},{\#
            "type":"Replace","pattern":{"Regex":" {2,}"},"content":" "}]},"pre_tokenizer":{"type":"Metaspace","r\#
            eplacement":"▁","prepend_scheme":"always","split":true},"post_processor":null,"decoder":null,"model"\#
            :{"type":"Unigram","unk_id":0,"vocab":[["<unk>",0.0],["<s>",0.0],["</s>",0.0],["n",-2.56243848800659\#
            2],["▁the",-2.57428240776062],["s",-2.72628116607666],["▁a",-2.781773567199707],["▁cat",-2.797522306\#
            4422607],["▁",-2.86661696434021],["d",-3.006134510040283],["▁o",-3.0261542797088623],["▁mat",-3.3081\#
            54821395874],["▁s",-3.424781560897827],["t",-3.650498628616333],["i",-3.6683380603790283],["at",-3.7\#
            27165699005127],[",",-3.742678642272949],["▁café",-3.742678642272949],["▁that",-3.7650880813598633],\#
            ["▁there",-3.7998764514923096],["in",-3.8229753971099854],["re",-4.431230068206787],["o",-4.43972110\#
            748291],["▁th",-4.4788594245910645],["here",-4.504512786865234],["'",-4.526011943817139],["1",-4.526\#
            011943817139],["2",-4.526011943817139],["3",-4.526011943817139],["4",-4.526011943817139],["5",-4.526\#
            011943817139],["6",-4.526011943817139],["g",-4.526011943817139],["l",-4.526011943817139],["ther",-4.\#
            526011943817139],["w",-4.526011943817139],["é",-4.67197847366333],["f",-4.672078609466553],["m",-4.6\#
            72178268432617],["r",-4.67227840423584],["c",-4.6723785400390625],["h",-4.672478675842285],["e",-4.6\#
            7257833480835],["a",-4.672678470611572]],"byte_fallback":false}}\#

            """#,
            [
                [4, 7, 12, 15],
                [],
                [8],
                [4, 11, 5, 8],
                [8, 0, 41, 42, 17, 25, 5, 8, 40, 43, 0, 13, 24, 0],
                [17, 8, 37, 14, 13, 8, 26, 27, 28, 29, 30],
                [8, 0, 4, 8, 0],
                [6, 0, 40, 8, 0, 9],
                [1, 4, 2, 44, 7, 0],
                [4, 7, 8, 8, 8],
                [4, 13, 41, 42, 13, 41, 42, 13, 41, 42, 13, 41, 42, 13, 41, 42, 40, 15, 40, 15, 40, 15],
            ]
        ),
    ]
}
