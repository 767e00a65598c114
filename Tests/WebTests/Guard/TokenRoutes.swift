import Foundation
import Mail
import Site
import Store
import TestSupport
import Testing

/// Where a kind of token is shown.
struct TokenRoute: Sendable {
    let purpose: TokenPurpose
    /// With what its page needs beside the token.
    let path: String

    func link(_ token: String) -> String { "\(path)\(path.contains("?") ? "&" : "?")token=\(token)" }

    static let all: [TokenRoute] = TokenPurpose.allCases.map { purpose in
        switch purpose {
        case .confirm: TokenRoute(purpose: purpose, path: "/confirm")
        case .unsubscribe: TokenRoute(purpose: purpose, path: "/unsubscribe")
        case .preferences: TokenRoute(purpose: purpose, path: "/preferences")
        case .marks: TokenRoute(purpose: purpose, path: "/mark?paper=1&like=more")
        case .left: TokenRoute(purpose: purpose, path: "/unsubscribe/undo")
        case .address: TokenRoute(purpose: purpose, path: "/address")
        }
    }
}

extension TestInstallation {
    /// Somebody who has confirmed.
    func reader(_ address: String = "ada@example.org") async throws -> Subscriber {
        let address = try Address(address)
        return try #require(
            try await desk.add(address, interests: Interests(topics: ["diffusion"]), source: "test"))
    }

    func token(
        _ purpose: TokenPurpose, of subscriber: Subscriber, epoch: Int64? = nil, expiresAt: Date? = nil,
        madeAt: Date? = nil
    ) -> String {
        Token(
            purpose: purpose, subscriberID: subscriber.id, epoch: epoch ?? subscriber.tokenEpoch, expiresAt: expiresAt,
            madeOn: Links.day(of: madeAt ?? clock.now), detail: purpose == .address ? "new@example.org" : nil
        ).text(key: installation.key)
    }

    /// Everything that is stored. Of a file every byte: whatever is written appears in one of the two; of a database on a
    /// server every row.
    func stored() async throws -> [Data] {
        if TestPlace.isOnServer { return try await installation.database.contents().map { Data($0.utf8) } }
        return try ["test.sqlite", "test.sqlite-wal"].map {
            try Data(contentsOf: folder.appendingPathComponent($0))
        }
    }
}
