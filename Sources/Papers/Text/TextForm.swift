/// What a source says that the characters of a field are.
public enum TextForm: Sendable {
    /// Nothing but themselves: `<s>` is three characters of a sentence about tokens, and `&lt;` is four.
    case plain
    /// The same without such a promise about `&`: tags are text, and character references that an editor left behind are
    /// resolved.
    case plainWithReferences
    /// HTML, XHTML or JATS.
    case html
    /// Nobody says, or the source is one of those that get it wrong: markup counts only where it is that beyond doubt.
    case undeclared
}
