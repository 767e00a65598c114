/// Which scalars of Unicode show nothing and join nothing: the one table that cleaning, folding and measuring go by.
public enum InvisibleScalar {
    /// Soft hyphens, zero-width blanks, marks and overrides of direction, separators of annotations, tags.
    ///
    /// The zero-width joiners are none of these: emoji, Persian and the scripts of India need them.
    @inlinable
    public static func contains(_ value: UInt32) -> Bool {
        switch value {
        case 0..<0xAD: false
        case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// The zero-width joiner and non-joiner.
    @inlinable
    public static func isJoiner(_ value: UInt32) -> Bool { value == 0x200C || value == 0x200D }

    /// What chooses between two shapes of the letter before it.
    @inlinable
    public static func isVariationSelector(_ value: UInt32) -> Bool {
        (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
    }

    /// What Unicode will never use.
    @inlinable
    public static func isNoncharacter(_ value: UInt32) -> Bool {
        value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value)
    }
}
