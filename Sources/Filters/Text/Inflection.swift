/// Folds the simple inflections of English, so that `model` finds "models" and `quantize` finds "quantized".
///
/// The rule readers can rely on: a word finds its singular and plural; a base form also finds its `-ed` and `-ing`
/// forms, but `reasoning` does not find "reason". Words of other languages pass unchanged unless they look English.
enum Inflection {
    /// How a word of a filter must be met: its singular.
    static func key(of word: String) -> String { singular(word) }

    /// All keys that a word of a text meets: its singular, and the verb whose `-ed` or `-ing` form it may be.
    static func keys(of word: String) -> [String] {
        let singular = singular(word)
        return [singular] + verbs(of: singular)
    }

    // MARK: - Nouns

    static func singular(_ word: String) -> String {
        // Every word of every paper comes through here, and most end in nothing that a plural ends in.
        guard let last = word.utf8.last, pluralEndings.contains(last) else { return word }
        let bytes = Array(word.utf8)
        guard bytes.count > 3, bytes.allSatisfy({ 0x61...0x7A ~= $0 }) else { return word }
        if let irregular = irregularPlurals[word] { return irregular }
        guard bytes.last == UInt8(ascii: "s"), !unchanged.contains(word) else { return word }
        func ends(_ suffix: String) -> Bool { bytes.count > suffix.utf8.count && word.hasSuffix(suffix) }
        if ends("ss") || ends("us") || ends("is") || scienceEndings.contains(where: word.hasSuffix) { return word }
        if ends("ies") { return bytes.count > 4 ? word.dropLast(3) + "y" : String(word.dropLast()) }
        if ends("yses") || ends("theses") { return word.dropLast(2) + "is" }
        if ends("ches") || ends("shes") || ends("sses") || ends("xes") { return String(word.dropLast(2)) }
        if ends("oes"), bytes.count > 5 { return String(word.dropLast(2)) }
        return String(word.dropLast())
    }

    /// The last letters of all plurals, the irregular ones among them.
    private static let pluralEndings = Array("saenith".utf8)

    /// Names of sciences: their singular would be an adjective.
    private static let scienceEndings = [
        "physics", "mathematics", "dynamics", "robotics", "genetics", "ethics", "nomics", "omics", "mechanics",
        "linguistics", "statistics", "optics", "graphics", "kinetics", "kinematics", "acoustics", "semantics",
        "analytics", "informatics", "politics", "electronics", "photonics", "logistics",
    ]

    /// Singulars that end in s.
    private static let unchanged: Set<String> = [
        "alias", "always", "atlas", "bias", "canvas", "chaos", "cosmos", "gas", "lens", "news", "pancreas", "perhaps",
        "series", "species", "texas", "towards",
    ]

    private static let irregularPlurals: [String: String] = [
        "aliases": "alias", "antennae": "antenna", "apis": "api", "atlases": "atlas", "automata": "automaton",
        "axes": "axis", "bacteria": "bacterium", "biases": "bias", "buses": "bus", "caches": "cache",
        "calories": "calorie", "campuses": "campus", "canvases": "canvas", "children": "child", "cookies": "cookie",
        "corpora": "corpus", "corpuses": "corpus", "cpus": "cpu", "criteria": "criterion", "feet": "foot",
        "foci": "focus", "formulae": "formula", "fungi": "fungus", "gases": "gas", "genies": "genie", "gpus": "gpu",
        "guis": "gui", "headaches": "headache", "indices": "index", "larvae": "larva", "leaves": "leaf",
        "lenses": "lens", "loci": "locus", "matrices": "matrix", "maxima": "maximum", "menus": "menu",
        "mice": "mouse", "minima": "minimum", "movies": "movie", "niches": "niche", "npus": "npu", "nuclei": "nucleus",
        "optima": "optimum", "phenomena": "phenomenon", "radii": "radius", "selfies": "selfie", "shoes": "shoe",
        "spectra": "spectrum", "statuses": "status", "stimuli": "stimulus", "teeth": "tooth", "tpus": "tpu",
        "vertebrae": "vertebra", "vertices": "vertex", "viruses": "virus", "women": "woman", "zombies": "zombie",
    ]

    // MARK: - Verbs

    private static func verbs(of word: String) -> [String] {
        let bytes = Array(word.utf8)
        guard bytes.count > 3, bytes.allSatisfy({ 0x61...0x7A ~= $0 }) else { return [] }
        if word.hasSuffix("ied"), bytes.count > 4 { return [word.dropLast(3) + "y"] }
        return stem(ofVerb: word).map { bases(ofStem: $0).map { String(decoding: $0, as: UTF8.self) } } ?? []
    }

    /// What stands before `-ing` or `-ed`; nil where the word ends otherwise, or too little of one is left.
    static func stem(ofVerb word: String) -> [UInt8]? {
        let stem: [UInt8]
        if ends(word.utf8, "ing") {
            stem = Array(word.utf8.dropLast(3))
        } else if ends(word.utf8, "ed"), !ends(word.utf8, "eed") {
            stem = Array(word.utf8.dropLast(2))
        } else {
            return nil
        }
        return stem.count >= 2 && stem.contains(where: isVowel) ? stem : nil
    }

    /// What may stand before `-ed`: `plann` is plan, `cod` is code, `segment` is itself, `quantiz` may be either.
    private static func bases(ofStem stem: [UInt8]) -> [[UInt8]] {
        guard let last = stem.last else { return [] }
        if isVowel(last) { return [stem] }
        let before = stem[stem.count - 2]
        if last == before {
            let mayBeDouble = "lszfd".utf8.contains(last)
            return stem.count > 3 ? [Array(stem.dropLast())] + (mayBeDouble ? [stem] : []) : [stem]
        }
        let withE = stem + [UInt8(ascii: "e")]
        let isShort = isVowel(before) && stem.filter(isVowel).count == 1
        return isShort && !"wxy".utf8.contains(last) ? [withE] : [stem, withE]
    }

    /// `hasSuffix` without its care for characters of several scalars.
    static func ends(_ bytes: some BidirectionalCollection<UInt8>, _ suffix: String) -> Bool {
        bytes.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    static func isVowel(_ byte: UInt8) -> Bool { "aeiouy".utf8.contains(byte) }
}
