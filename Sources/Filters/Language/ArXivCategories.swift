import Core

/// arXiv's archives and their categories (https://arxiv.org/category_taxonomy).
enum ArXivCategories {
    /// Category as arXiv writes it, by its lower-case form.
    static let all: [String: String] = {
        var all: [String: String] = [:]
        for (archive, subjects) in taxonomy {
            for subject in subjects.split(separator: " ") {
                all["\(archive).\(subject)".lowercased()] = "\(archive).\(subject)"
            }
        }
        for archive in undivided { all[archive] = archive }
        return all
    }()

    /// Archive as arXiv writes it, by its lower-case form; only those that are divided into subjects.
    static let divided: [String: String] = Dictionary(uniqueKeysWithValues: taxonomy.keys.map { ($0.lowercased(), $0) })

    /// The category that somebody may have meant by one that does not exist.
    static func suggestion(for typed: String) -> String? {
        let typed = typed.lowercased()
        if let meant = oftenMeant[typed] { return meant }
        let archive = typed.prefix { $0 != "." } + "."
        let siblings = all.values.filter { $0.lowercased().hasPrefix(archive) }.sorted()
        return Suggestion.closest(to: typed, in: siblings.isEmpty ? all.values.sorted() : siblings)
    }

    /// The categories of a divided archive, for people to choose from.
    static func list(of archive: String) -> String {
        (taxonomy[archive] ?? "").split(separator: " ").map { "\(archive).\($0)" }.joined(separator: " ")
    }

    private static let oftenMeant = [
        "cs.ml": "cs.LG", "cs.nlp": "cs.CL", "cs.cvpr": "cs.CV", "cs.rl": "cs.LG", "cs.robotics": "cs.RO",
        "stat.lg": "stat.ML", "stat.ai": "stat.ML", "cs.sp": "eess.SP", "cs.as": "eess.AS", "cs.bio": "q-bio.QM",
        "cs.stat": "stat.ML", "cs.security": "cs.CR", "cs.theory": "cs.CC",
    ]

    private static let undivided = [
        "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nucl-ex", "nucl-th", "quant-ph",
    ]

    private static let taxonomy: [String: String] = [
        "cs": """
        AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL RO SC SD \
        SE SI SY
        """,
        "econ": "EM GN TH",
        "eess": "AS IV SP SY",
        "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
        "astro-ph": "CO EP GA HE IM SR",
        "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
        "nlin": "AO CD CG PS SI",
        "physics": """
        acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph geo-ph hist-ph \
        ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph
        """,
        "q-bio": "BM CB GN MN NC OT PE QM SC TO",
        "q-fin": "CP EC GN MF PM PR RM ST TR",
        "stat": "AP CO ME ML OT TH",
    ]
}
