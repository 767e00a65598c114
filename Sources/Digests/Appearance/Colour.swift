import Foundation

/// An sRGB colour, such as `#9c2a1f`.
public struct Colour: Hashable, Sendable, CustomStringConvertible {
    /// 0 to 255 each.
    let red, green, blue: Double

    /// Reads `#` and six hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        let digits = text.dropFirst()
        guard text.first == "#", digits.utf8.count == 6, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let value = Int(digits, radix: 16)
        else { return nil }
        self.init(red: Double(value >> 16), green: Double(value >> 8 & 255), blue: Double(value & 255))
    }

    private init(red: Double, green: Double, blue: Double) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    static let white = Colour(red: 255, green: 255, blue: 255)
    static let ink = Colour(red: 26, green: 24, blue: 21)
    /// What mails and pages are printed on, by day and by night.
    static let paper = Colour(red: 253, green: 252, blue: 249)
    static let night = Colour(red: 22, green: 21, blue: 20)

    /// `#rrggbb`.
    public var description: String {
        "#"
            + [red, green, blue].map { channel in
                let digits = String(Int(channel.rounded()), radix: 16)
                return digits.count == 1 ? "0" + digits : digits
            }.joined()
    }

    /// Relative luminance, 0 to 1 (WCAG 2.1).
    var luminance: Double {
        func linear(_ channel: Double) -> Double {
            let share = channel / 255
            return share <= 0.03928 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// From 1 to 21 (WCAG 2.1); 4.5 is the least for body text.
    func contrast(with other: Colour) -> Double {
        let (light, dark) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (light + 0.05) / (dark + 0.05)
    }

    /// This colour, made as much lighter or darker as it takes to be read with ease on `background`, and to bear text
    /// itself. Hue and saturation stay.
    func readable(on background: Colour) -> Colour {
        let goal: Double = background.luminance > 0.18 ? 0 : 1
        let start = lightness
        for step in 0...20 {
            let colour = with(lightness: start + (goal - start) * Double(step) / 20)
            if colour.contrast(with: background) >= 5.5 { return step == 0 ? self : colour }
        }
        return goal == 0 ? .ink : .white
    }

    /// What is read best on this colour.
    var text: Colour { contrast(with: .white) >= contrast(with: .ink) ? .white : .ink }

    /// 0 to 1, as in HSL.
    private var lightness: Double { (max(red, green, blue) + min(red, green, blue)) / 510 }

    /// The same hue and saturation at another lightness: channels keep their places between darkest and brightest.
    private func with(lightness new: Double) -> Colour {
        let (low, high) = (min(red, green, blue) / 255, max(red, green, blue) / 255)
        let old = (low + high) / 2
        let spread = 1 - abs(2 * old - 1)
        let saturation = spread > 0 ? (high - low) / spread : 0
        let reach = saturation * (1 - abs(2 * new - 1))
        func channel(_ value: Double) -> Double {
            let place = high > low ? (value / 255 - low) / (high - low) - 0.5 : 0
            return (new + place * reach) * 255
        }
        return Colour(red: channel(red), green: channel(green), blue: channel(blue))
    }
}
