/// Scripts that share letters by their looks: `а` may be Cyrillic and `a` Latin. Registries give out no label that mixes them
/// (Unicode Technical Standard 39, section 5.2, restriction levels up to “highly restrictive”).
enum LookalikeScripts {
    private enum Script: Hashable {
        case latin, greek, cyrillic, armenian, cherokee

        /// Nil for a character of no such script, such as a digit or a Han character.
        init?(_ scalar: Unicode.Scalar) {
            guard scalar.properties.isAlphabetic else { return nil }
            switch scalar.value {
            case 0x41...0x24F, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA720...0xA7FF, 0xFF21...0xFF5A: self = .latin
            case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
            case 0x400...0x52F, 0x1C80...0x1C8F, 0x2DE0...0x2DFF, 0xA640...0xA69F: self = .cyrillic
            case 0x531...0x58F: self = .armenian
            case 0x13A0...0x13FF, 0xAB70...0xABBF: self = .cherokee
            default: return nil
            }
        }
    }

    /// Whether a label holds letters of more than one of them.
    static func areMixed(_ label: some StringProtocol) -> Bool {
        Set(label.unicodeScalars.compactMap(Script.init)).count > 1
    }
}
