import GlossNN
import GlossPipeline
import GlossTraining
import Testing

struct RunConfigurationTests {
    @Test(arguments: Task.allCases) func whatIsPrintedIsReadBack(task: Task) throws {
        let defaults = RunConfiguration(task)
        let toml = try defaults.toml()
        #expect(try RunConfiguration(task, toml: toml, file: "f.toml", settings: []) == defaults)
        let rate = task == .vectors ? "0.05" : task == .tokenize ? "0.005" : "0.001"
        #expect(toml.contains("rate = \(rate)"))
        #expect(!toml.contains(/\d\.\d{15,}/))
    }

    @Test func aFileNamesOnlyWhatItChangesAndSettingsComeLast() throws {
        let run = try RunConfiguration(
            .classify,
            toml: "[model.encoder.stack]\nhidden = 12\ncell = \"gru\"\n[model.head.labelNames]\n0 = \"no\"\n",
            file: "f.toml",
            settings: [
                "model.encoder.stack.hidden=7", "training.optimizer.rate=2e-3", "model.head.multiLabel=true",
                "model.head.pooling=[\"last\"]", "training.optimizer.kind=sgd",
            ])
        #expect(run.model.encoder.stack.hidden == 7)
        #expect(run.model.encoder.stack.cell == .gru)
        #expect(run.model.head.labelNames == ["0": "no"])
        #expect(run.model.head.multiLabel)
        #expect(run.model.head.pooling == [.last])
        #expect(run.training.optimizer.rate == 2e-3)
        #expect(run.training.optimizer.kind == .sgd)
        #expect(run.training.epochs == RunConfiguration(.classify).training.epochs)
    }

    @Test(arguments: [
        ("base", "base"), ("\"base\"", "base"), ("", ""), ("\"a\\u0062\"", "ab"), ("a\\b", "a\\b"), ("a\"b", "a\"b"),
    ])
    func textMayLeaveItsQuotesOut(typed: String, value: String) throws {
        let run = try RunConfiguration(
            .classify, toml: "", file: "f.toml", settings: ["training.pretrained=\(typed)"])
        #expect(run.training.pretrained == value)
    }

    @Test(arguments: [
        ("training.epochs=x", "it is 20 now"), ("training.epochs=", "it is 20 now"),
        ("training.pretrained=\"x", "it is text now"),
        ("model.head.pooling=last", "it is a list now"),
    ])
    func whatIsNoValueIsNamed(setting: String, remedy: String) {
        #expect {
            try RunConfiguration(.classify, toml: "", file: "f.toml", settings: [setting])
        } throws: { error in
            "\(error)".hasPrefix("--set \(setting): ") && "\(error)".hasSuffix(remedy)
        }
    }

    @Test(arguments: [
        ("[model]\nhiden = 1", "model.hiden"), ("[training\n", "f.toml:1"),
        ("[training]\nepochs = \"x\"", "training.epochs"),
        ("training = 3", "training is a table"), ("[training]\nepochs = 0", "training.epochs"),
        ("[model.head.groups]\na = \"x\"\nb = \"x\"", "model.head.groups"),
        ("[model.head.groups]\na = \"x\"\nb = \"a\"", "model.head.groups"),
        ("[model.head]\nmultiLabel = true\n[model.head.groups]\na = \"x\"\nb = \"y\"", "multiLabel"),
        ("[training]\nbalancesClasses = true\n[model.head.groups]\na = \"x\"\nb = \"y\"", "balancesClasses"),
        ("[model.encoder]\nwordDropout = 1.0", "wordDropout"), ("[model.head]\npooling = []", "pooling"),
        ("[model.head]\nconsistency = -1.0", "model.head.consistency"),
        ("[training]\npretrainedWidth = 9", "training.pretrainedWidth"),
        ("[training]\npretrained = \"x\"\npretrainedWidth = -1", "training.pretrainedWidth"),
        ("[training]\npretrained = \"x\"\ncontinues = true\npretrainedWidth = 9", "training.pretrainedWidth"),
    ])
    func whatIsWrongIsNamed(toml: String, place: String) {
        #expect {
            try RunConfiguration(.classify, toml: toml, file: "f.toml", settings: [])
        } throws: { error in
            "\(error)".contains(place) && !"\(error)".contains("\n")
        }
    }

    @Test(arguments: Task.allCases) func everyNumberHasBounds(task: Task) throws {
        for (path, _) in try ConfigurationTree(RunConfiguration(task)).numbers where path != ["training", "seed"] {
            let key = path.joined(separator: ".")
            #expect(NumberBounds.ofRun[key] != nil, "\(key)")
            for wrong in ["-1", "1e31"] {
                #expect(throws: (any Error).self, "\(key) = \(wrong)") {
                    try RunConfiguration(task, toml: nil, file: "", settings: ["\(key)=\(wrong)"])
                }
            }
        }
    }

    /// What would have ended in a trap, without an end or in a model of nothing.
    @Test(arguments: [
        ("training.stream.steps=0", "from 1 to 65536"), ("training.stream.columns=0", "from 1 to 65536"),
        ("training.optimizer.beta1=1", "less than 1"), ("training.optimizer.beta1=0.99999999", "less than 1"),
        ("training.optimizer.beta2=1.5", "less than 1"), ("training.optimizer.epsilon=0", "above 0"),
        ("model.encoder.characterHidden=0", "from 1"), ("model.encoder.base.hidden=-1", "from 1"),
        ("training.ngrams.order=1000", "from 0 to 16"), ("training.ngrams.costs=[1e-45]", "give a number"),
        ("training.ngrams.interpolations=[2]", "from 0 to 1"), ("training.skipGram.longest=9223372036854775807", "64"),
        ("training.optimizer.rates={\"encoder.words\"=-1}", "from 0"),
        ("training.optimizer.rates.encoder.words=-1", "from 0"),
        ("training.epochs=0.5", "key's kind"), ("training.seed=-1", "key's kind"),
        ("training.optimizer.rate=1e300", "key's kind"),
        ("training.optimizer.kind=SGD", "sgd or rmsprop or adam or adamw"), ("model.encoder.stack.cell=x", "lstm"),
        ("model.head.pooling=[\"least\"]", "attention"), ("training.optimizer.rate=inf", "0.001"),
    ])
    func whatIsOutOfItsRangeIsNamedWithIt(setting: String, remedy: String) throws {
        #expect {
            try RunConfiguration(.classify, toml: nil, file: "", settings: [setting])
        } throws: { error in
            let key = setting.prefix { $0 != "=" }
            return "\(error)".contains(key) && "\(error)".contains(remedy)
        }
    }

    @Test func aNumberThatIsNoneIsAFaultOfItsFile() {
        #expect {
            try RunConfiguration(.classify, toml: "[training]\nsmoothing = nan", file: "f.toml", settings: [])
        } throws: { "\($0)".hasPrefix("f.toml: ") }
    }

    @Test func tablesOfTheUsersKeysTakeThemOneByOne() throws {
        let run = try RunConfiguration(
            .classify, toml: nil, file: "",
            settings: [
                "training.optimizer.rates.encoder.words=0.5", "training.optimizer.rates.head=2",
                "model.head.labelNames.a=b",
            ])
        #expect(run.training.optimizer.rates == ["encoder.words": 0.5, "head": 2])
        #expect(run.model.head.labelNames == ["a": "b"])
    }

    @Test func productsMultiplyFloat32UnlessBfloat16IsAskedFor() throws {
        func read(_ settings: [String]) throws -> RunConfiguration {
            try RunConfiguration(.tag, toml: nil, file: "", settings: settings)
        }
        #expect(try read([]).training.precision == .float32)
        #expect(try read(["training.precision=bfloat16"]).training.precision == .bfloat16)
        #expect {
            try read(["training.precision=int8"])
        } throws: { error in
            "\(error)".contains("training.precision = int8") && "\(error)".contains("float32 or bfloat16")
        }
        #expect(throws: ConfigurationError.self) { try read(["training.precision=float16"]) }
    }

    @Test func whatARunIsResumedUnderLeavesOutRateClippingAndADefaultPrecision() throws {
        func identity(_ settings: String...) throws -> String {
            try RunConfiguration(.tag, toml: nil, file: "", settings: settings).identity()
        }
        let plain = try identity()
        #expect(plain.contains("shards"))
        for later in [
            "precision", "adversarial", "unfreezing", "pretrained", "continues", "base", "groups", "consistency",
        ] {
            #expect(!plain.contains(later), "a checkpoint from before the key is resumed")
        }
        #expect(try identity("training.precision=float32") == plain)
        #expect(try identity("training.optimizer.rate=0.5", "training.optimizer.clip=0.5") == plain)
        #expect(try identity("training.precision=bfloat16") != plain)
        #expect(try identity("model.head.consistency=2") != plain)
        #expect(try identity("training.pretrained=x", "training.pretrainedWidth=9").contains("pretrainedWidth = 9"))
        #expect(try !identity("training.adversarial.weight=1").contains("unlabelled"))
        #expect(try identity("training.adversarial.unlabelled=0.5").contains("unlabelled"))
        #expect(try identity("training.seed=2") != plain)
    }

    @Test(arguments: [
        "training.epochs", "epochs=3", "training=3", "training.epochs=many", "model.encoder.stack.cell=gnu",
    ])
    func aSettingThatCannotBeIsRefused(setting: String) {
        #expect(throws: (any Error).self) {
            try RunConfiguration(.classify, toml: nil, file: "", settings: [setting])
        }
    }
}
