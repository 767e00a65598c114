import Foundation
import Testing

@testable import Digests

@Suite("The operator's logo")
struct LogoTests {
    /// 8 × 2 dots.
    private static let data =
        "iVBORw0KGgoAAAANSUhEUgAAAAgAAAACCAIAAADq9gq6AAAAEUlEQVR42mOYoyWPFTHgkgAAbeEOUTxASNEAAAAASUVORK5CYII="
    private static var png: [UInt8] { Data(base64Encoded: data).map { [UInt8]($0) } ?? [] }

    private static func png(width: UInt32, height: UInt32) -> [UInt8] {
        var bytes = png
        for (start, value) in [(16, width), (20, height)] {
            for index in 0..<4 { bytes[start + index] = UInt8(truncatingIfNeeded: value >> UInt32(24 - 8 * index)) }
        }
        return bytes
    }

    @Test(
        "is shown as it is where it is small, and as large as there is room otherwise",
        arguments: [
            (8, 2, 8, 2), (320, 64, 320, 64), (640, 128, 320, 64), (2000, 100, 320, 16), (100, 1000, 6, 64),
            (10_000, 1, 320, 1),
        ] as [(UInt32, UInt32, Int, Int)])
    func size(across: UInt32, down: UInt32, width: Int, height: Int) throws {
        let logo = try #require(Logo(png: Self.png(width: across, height: down)))
        #expect(logo.width == width && logo.height == height)
    }

    @Test("what is no whole PNG is none")
    func others() {
        #expect(Logo(png: []) == nil)
        #expect(
            Logo(
                png: Array(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg> and more, so that it is long".utf8))
                == nil)
        #expect(Logo(png: Self.png.dropLast(6)) == nil)
        #expect(Logo(png: Self.png(width: 0, height: 5)) == nil)
        #expect(Logo(png: Self.png(width: 100_000, height: 5)) == nil)
    }
}
