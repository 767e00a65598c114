/// How much a text looks like writing in a script, from 0 to about 1; only what is not ASCII counts.
enum WritingScore {
    /// Accented letters that the languages use, standing beside other letters, and usual punctuation.
    static func latin(_ text: String, letters: String) -> Double {
        let usual = Set(letters.unicodeScalars)
        return average(text) { scalar, previous in
            let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
            guard usual.contains(scalar) || usual.contains(lower) else {
                return scalar.properties.isAlphabetic ? 0.1 : -0.3
            }
            // A capital in the middle of a word is what wrong decoding looks like.
            let isWrongCapital = scalar.properties.isUppercase && previous.properties.isLowercase
            return isWrongCapital ? 0.05 : 0.7
        }
    }

    static func cyrillic(_ text: String) -> Double {
        let common = Set("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэф".unicodeScalars)
        let frequent = Set("оеаинтсрвл".unicodeScalars)
        return average(text, ofWordsWithoutLatin: true) { scalar, previous in
            if frequent.contains(scalar) { return 1.1 }
            if common.contains(scalar) { return 0.8 }
            guard (0x0410...0x042F).contains(scalar.value) else {
                return (0x0400...0x045F).contains(scalar.value) ? 0.2 : -0.2
            }
            return previous.properties.isLowercase ? -0.5 : 0.5
        }
    }

    static func greek(_ text: String) -> Double {
        average(text, ofWordsWithoutLatin: true) { scalar, previous in
            guard (0x0386...0x03CE).contains(scalar.value) else { return -0.3 }
            return scalar.properties.isUppercase && previous.properties.isLowercase ? -0.5 : 0.9
        }
    }

    static func japanese(_ text: String) -> Double {
        average(text) { scalar, _ in
            switch scalar.value {
            case 0x3041...0x3096, 0x30A1...0x30FC: 1.1
            case 0x3001, 0x3002, 0x300C, 0x300D, 0x30FB: 0.9
            case 0x4E00...0x9FFF: 0.5
            // Half-width kana are what one-byte encodings turn into.
            case 0xFF61...0xFF9F: -0.5
            default: -0.2
            }
        }
    }

    static func korean(_ text: String) -> Double {
        average(text) { scalar, _ in
            switch scalar.value {
            case 0xAC00...0xD7A3: 1
            case 0x4E00...0x9FFF: 0.1
            case 0x3000...0x303F: 0.5
            default: -0.3
            }
        }
    }

    static func chinese(_ text: String, common: Set<Unicode.Scalar>) -> Double {
        average(text) { scalar, _ in
            if common.contains(scalar) { return 1.1 }
            switch scalar.value {
            case 0x4E00...0x9FFF: return 0.45
            case 0x3001, 0x3002, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF01, 0xFF1F, 0x300A, 0x300B: return 0.9
            case 0xAC00...0xD7A3, 0x3041...0x30FC: return -0.1
            default: return -0.3
            }
        }
    }

    static func share(_ text: String, of letters: ClosedRange<UInt32>) -> Double {
        average(text, ofWordsWithoutLatin: true) { scalar, _ in letters.contains(scalar.value) ? 0.85 : -0.3 }
    }

    /// The most frequent characters of each writing.
    static let simplified = Set(
        "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文无开手用主行方又如前所本见经头面公同三已老从动两长知样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并内加化由却代军产入先山五太水万市眼体别处总才场师书比住员九笑性通目华报立马命张活难神数件安表原车白应路期叫死常提感金何更反合放做系计或司利受光王果亲界及今京务制解各任至清物台象记边共风战干接它许八特觉望直服毛林题建南度统色字请交爱让认算论百吃义科怎元社术结六功指思非流每青管夫连远资队跟带花快条院变联言权往展该领传近留红治决周保达办运武半候七必城父强步完革深区即求品士转量空甚众技轻程告江语英基派满式李息写呢识极令黄德收脸钱党倒未持取设始版双历越史商千片容研像找友孩站广改议形委早房音火际则首单据导影失拿网香似斯专石若兵弟谁校读志飞观争究包组造落视济喜离虽坏兰坐研论文学习模型"
            .unicodeScalars)
    static let traditional = Set(
        "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手用主行方又如前所本見經頭面公同三已老從動兩長知樣現分將外但身些與高意進把法此實回二理美點月明其種聲全工己話兒者向情部正名定女問力機給等幾很業最間新什打便位因重被走電四第門相次東政海口使教西再平真聽世氣信北少關並內加化由卻代軍產入先山五太水萬市眼體別處總才場師書比住員九笑性通目華報立馬命張活難神數件安表原車白應路期叫死常提感金何更反合放做係計或司利受光王果親界及今京務制解各任至清物台象記邊共風戰幹接它許八特覺望直服毛林題建南度統色字請交愛讓認算論百吃義科怎元社術結六功指思非流每青管夫連遠資隊跟帶花快條院變聯言權往展該領傳近留紅治決週保達辦運武半候七必城父強步完革深區即求品士轉量空甚眾技輕程告江語英基派滿式李息寫呢識極令黃德收臉錢黨倒未持取設始版雙歷越史商千片容研像找友孩站廣改議形委早房音火際則首單據導影失拿網香似斯專石若兵弟誰校讀志飛觀爭究包組造落視濟喜離雖壞蘭坐習模型"
            .unicodeScalars)

    /// What a letter of another alphabet weighs in the middle of a Latin word: `Mьller` and `Jόrgen` are no writing.
    private static let amongLatin = -0.5

    /// - Parameter ofWordsWithoutLatin: whether the script's letters never stand beside Latin ones.
    private static func average(
        _ text: String, ofWordsWithoutLatin isAlone: Bool = false,
        _ weight: (_ scalar: Unicode.Scalar, _ previous: Unicode.Scalar) -> Double
    ) -> Double {
        var sum = 0.0
        var count = 0
        var previous: Unicode.Scalar = " "
        // Whether the last one counted is a letter, which a Latin one after it would make noise too.
        var lastWeight: Double?
        for scalar in text.unicodeScalars {
            let isLatin = scalar.isASCII && scalar.properties.isAlphabetic
            if isLatin, isAlone, let last = lastWeight {
                sum += min(0, amongLatin - last)
            }
            lastWeight = nil
            if !scalar.isASCII {
                let isBesideLatin = isAlone && previous.isASCII && previous.properties.isAlphabetic
                let weight = isBesideLatin ? amongLatin : weight(scalar, previous)
                lastWeight = scalar.properties.isAlphabetic ? weight : nil
                sum += weight
                count += 1
            }
            previous = scalar
        }
        return count == 0 ? 0 : sum / Double(count)
    }
}
