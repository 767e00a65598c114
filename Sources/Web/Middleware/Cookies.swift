import Foundation
import HTTPTypes

extension HTTPFields {
    /// The value of a cookie that a browser brought back (RFC 6265 section 5.4); the first, where it has several of a name.
    func cookie(_ name: String) -> String? {
        for field in self[values: .cookie] {
            for pair in field.split(separator: ";") {
                let halves = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                if halves.count == 2, halves[0] == name { return halves[1] }
            }
        }
        return nil
    }
}
