import Core
import Digests
import Feeds
import Foundation
import Hummingbird
import NIOCore
import Papers
import Store
import Workers

/// A reader's own library, behind the signed link of their preferences.
struct LibraryPages: Sendable {
    let installation: Installation
    private var service: SubscriptionService { SubscriptionService(installation) }

    /// Entries on one page.
    private static let listed = 100
    /// What a form has around the file.
    private static let frame = 64 << 10

    /// - Parameter before: the number of an entry; older ones are listed.
    func show(_ token: String, before: String?) async throws -> Response {
        try await installation.withPreferences(token) {
            let reader = try await service.subscriber(token: token, purpose: .preferences)
            return installation.answer(
                try await page(of: reader, token, before: before.flatMap { WholeNumber.parse($0) }), to: reader)
        }
    }

    /// Takes what was uploaded and what was pasted. The token stands in the address, so that nobody without one is listened to
    /// for megabytes.
    func add(_ request: Request) async throws -> Response {
        let token = request.token
        return try await installation.withPreferences(token) {
            let reader = try await service.subscriber(token: token, purpose: .preferences)
            let documents: [[UInt8]]
            do {
                documents = try await Self.documents(request)
            } catch is NIOTooManyBytesError {
                return try await refuse(.tooLarge, "", reader, token, status: .contentTooLarge)
            }
            guard !documents.isEmpty else { return try await refuse(.empty, "", reader, token) }
            var reports: [LibraryReport] = []
            do {
                for document in documents {
                    reports.append(try await ReaderLibrary(installation).add(document, to: reader))
                }
            } catch let error as LibraryError {
                return try await refuse(error.problem, error.detail, reader, token, reports)
            }
            var page = try await page(of: reader, token)
            page.reports = reports
            return installation.answer(page, to: reader)
        }
    }

    /// Deletes the ticked entries, or all.
    func remove(_ posted: Posted) async throws -> Response {
        try await installation.withPreferences(posted.token) {
            let reader = try await service.subscriber(token: posted.token, purpose: .preferences)
            let ticked =
                posted.fields["all"] == nil ? posted.fields.all("forget").compactMap { WholeNumber.parse($0) } : nil
            _ = try await installation.database.libraries.remove(ticked, of: reader.id)
            var page = try await page(of: reader, posted.token)
            page.isSaved = true
            return installation.answer(page, to: reader)
        }
    }

    private static func documents(_ request: Request) async throws -> [[UInt8]] {
        var request = request
        let body: ByteBuffer
        do {
            body = try await request.collectBody(upTo: ParsedLibrary.maxBytes + frame)
        } catch let error as NIOTooManyBytesError {
            throw error
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw HTTPError(.badRequest)
        }
        let type = request.headers[.contentType] ?? ""
        guard let form = MultipartForm(Array(buffer: body), contentType: type) else { throw HTTPError(.badRequest) }
        return form.parts.filter { part in
            ["file", "text"].contains(part.name) && part.body.contains { $0 > 0x20 }
        }.map(\.body)
    }

    private func refuse(
        _ problem: LibraryError.Problem, _ detail: String, _ reader: Subscriber, _ token: String,
        _ reports: [LibraryReport] = [], status: HTTPResponse.Status = .unprocessableContent
    ) async throws -> Response {
        var page = try await page(of: reader, token)
        page.problem = (problem, detail)
        page.reports = reports
        return installation.answer(page, to: reader, status: status)
    }

    private func page(of reader: Subscriber, _ token: String, before: Int64? = nil) async throws -> LibraryPage {
        let (libraries, texts) = (installation.database.libraries, installation.texts(of: reader))
        let found = try await libraries.entries(of: reader.id, before: before, limit: Self.listed + 1)
        let entries = found.prefix(Self.listed)
        let papers = Dictionary(
            try await installation.database.papers.papers(seqs: Set(entries.compactMap(\.paperSeq))).map {
                ($0.seq, $0)
            },
            uniquingKeysWith: { first, _ in first })
        return LibraryPage(
            token: token, address: reader.address.description, size: try await libraries.size(of: reader.id),
            entries: entries.map { shelved in
                let paper = shelved.paperSeq.flatMap { papers[$0] }
                let entry = shelved.entry
                let authors = entry.authors.isEmpty ? paper?.paper.authors ?? [] : entry.authors
                return LibraryPage.Row(
                    id: shelved.id,
                    title: paper.map { texts.title(of: $0.paper) }
                        ?? (entry.title.isEmpty ? entry.ids.first?.value ?? "" : entry.title),
                    authors: authors.map(\.name), year: entry.year, address: paper.map { SiteAddress.paper($0) })
            }, older: found.count > Self.listed ? entries.last?.id : nil, isOlder: before != nil)
    }
}
