import Feeds
import Filters
import Foundation
import TestTools

/// Feeds every parser with documents that were damaged at random, and filters with random text: nothing may crash or hang.
///
/// `Benchmarks fuzz [COUNT] [SEED]`; build with `--sanitize=address` to look for wrong accesses and leaks as well. The same
/// seed gives the same documents.
struct FuzzRun {
    private let count: Int
    private let seed: UInt64
    /// A document that takes longer counts as a hang.
    private static let slowest = 5.0

    init(arguments: [String]) throws {
        let numbers = arguments.filter { !$0.hasPrefix("--") }.map(UInt64.init)
        guard !numbers.contains(nil), numbers.count <= 2 else {
            throw BenchmarkFailure("fuzz takes two numbers: how many documents, and the seed")
        }
        count = Int(numbers.first.flatMap(\.self) ?? 100_000)
        seed = numbers.count == 2 ? numbers[1] ?? 1 : 1
    }

    func run() throws {
        let seeds = FuzzSeeds.all + SampleFeeds.documents(largest: 60_000)
        var random = SplitMix64(seed: seed)
        var feeds = 0
        var errors = 0
        var worst = 0.0
        for index in 0..<count {
            var bytes = seeds[index % seeds.count]
            for _ in 0..<Int.random(in: 1...8, using: &random) { Mutation.apply(to: &bytes, &random) }
            let seconds = ContinuousClock().measure {
                do throws(FeedError) {
                    let feed = try ParsedFeed(parsing: FeedDocument(bytes: bytes, url: "https://example.org/feed"))
                    feeds += FeedReport.lines(feed).isEmpty ? 0 : 1
                } catch {
                    errors += 1
                }
            }
            worst = max(worst, seconds / .seconds(1))
            guard worst < Self.slowest else {
                throw BenchmarkFailure("document \(index) of seed \(seed) took \(worst) s")
            }
        }
        print("fuzz.feeds \(count) documents: \(feeds) feeds, \(errors) errors, slowest \(worst) s")
        print(filters(&random))
        print("fuzz.peak_memory \(Machine.peakMemory) MB")
        print(Machine.description(runs: 1))
    }

    /// Filter text of pieces that mean something and bytes that do not; ten bytes of it for each document.
    private func filters(_ random: inout SplitMix64) -> String {
        let pieces = Mutation.filterPieces
        var bytes = 0
        var parsed = 0
        var errors = 0
        while bytes < count * 10 {
            var text: [UInt8] = []
            let noise = Int.random(in: 2...200, using: &random)
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                if Int.random(in: 0..<noise, using: &random) == 0 {
                    text.append(UInt8.random(in: 0...255, using: &random))
                } else {
                    text += pieces.randomElement(using: &random) ?? []
                }
            }
            bytes += text.count + 1
            do {
                let filter = try Filter(String(decoding: text, as: UTF8.self))
                // What is printed must mean the same.
                if (try? Filter(filter.description)) != filter { return "fuzz.filters CHANGED BY PRINTING: \(filter)" }
                parsed += 1
            } catch {
                errors += 1
            }
        }
        return "fuzz.filters \(bytes) bytes: \(parsed) filters, \(errors) errors"
    }
}
