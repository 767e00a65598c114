/// The superscripts and subscripts that Unicode has.
enum Scripts {
    /// The whole of `text` raised or lowered; nil as soon as one character has no such form.
    static func script(_ text: String, raised: Bool) -> String? {
        let table = raised ? superscripts : subscripts
        var result = ""
        for character in text {
            guard let script = table[character] else { return nil }
            result.append(script)
        }
        return result.isEmpty ? nil : result
    }

    private static let superscripts = table(
        "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθιφχ⊤′°†‡*",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᶥᵠᵡᵀ′°†‡*")
    private static let subscripts = table(
        "0123456789+-−=()aehijklmnoprstuvxβγρφχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")

    private static func table(_ plain: String, _ scripts: String) -> [Character: Character] {
        Dictionary(zip(plain, scripts)) { first, _ in first }
    }
}
