import Foundation
import HTTPTypes
import Hummingbird
import Papers
import Workers

/// The addresses of the public pages and their feeds.
struct PublicRoutes: Sendable {
    let site: PublicSite

    /// - Parameter searches: where each request is counted as a search.
    func add(to router: Router<SiteContext>, searches: RouterGroup<SiteContext>) {
        addLists(to: router)
        addFinds(to: router, searches: searches)
        let papers = PaperPages(site: site)
        router.get("/paper/**") { request, _ in try await papers.page(request) }
        let files = SiteFiles(site: site)
        router.get("/style.css") { request, _ in try await files.style(request) }
        router.get("/favicon.svg") { request, _ in try await files.icon(request) }
        router.get("/logo.png") { request, _ in try await files.logo(request) }
        router.get("/about") { request, _ in try await files.about(request) }
        router.get("/privacy") { request, _ in try await files.privacy(request) }
        router.get("/imprint") { request, _ in try await files.imprint(request) }
        router.get("/sitemap.xml") { request, _ in try await files.sitemap(request) }
        router.get("/robots.txt") { request, _ in try await files.robots(request) }
    }

    private func addLists(to router: Router<SiteContext>) {
        let front = FrontPages(site: site)
        let lists: [(String, TrendingPeriod)] = [("", .day), ("/week", .week), ("/month", .month), ("/trending", .now)]
        for (path, period) in lists {
            router.get(RouterPath(path.isEmpty ? "/" : path)) { request, _ in try await front.page(period, request) }
            for format in PaperFeed.Format.allCases {
                router.get(RouterPath("\(path)/\(format.file)")) { request, _ in
                    try await front.feed(period, format, request)
                }
            }
            for format in CitationFormat.allCases {
                router.get(RouterPath("\(path)/\(format.file)")) { request, _ in
                    try await front.export(period, format, request)
                }
            }
        }
        router.get("/papers/:period") { request, context in
            try await front.page(of: try context.parameters.require("period"), request)
        }
        for format in PaperFeed.Format.allCases {
            router.get(RouterPath("/papers/:period/\(format.file)")) { request, context in
                try await front.feed(of: try context.parameters.require("period"), format, request)
            }
        }
        for format in CitationFormat.allCases {
            router.get(RouterPath("/papers/:period/\(format.file)")) { request, context in
                try await front.export(of: try context.parameters.require("period"), format, request)
            }
        }
    }

    private func addFinds(to router: Router<SiteContext>, searches: RouterGroup<SiteContext>) {
        let finds = SearchPages(site: site)
        searches.get("/search") { request, _ in try await finds.search(request) }
        router.get("/topics") { request, _ in try await finds.topics(request) }
        router.get("/topics/:slug") { request, context in
            try await finds.topic(try context.parameters.require("slug"), request)
        }
        for format in PaperFeed.Format.allCases {
            searches.get(RouterPath("/search/\(format.file)")) { request, _ in
                try await finds.feed(format, request)
            }
            router.get(RouterPath("/topics/:slug/\(format.file)")) { request, context in
                try await finds.feed(ofTopic: try context.parameters.require("slug"), format, request)
            }
        }
        for format in CitationFormat.allCases {
            searches.get(RouterPath("/search/\(format.file)")) { request, _ in
                try await finds.export(format, request)
            }
            router.get(RouterPath("/topics/:slug/\(format.file)")) { request, context in
                try await finds.export(ofTopic: try context.parameters.require("slug"), format, request)
            }
        }
    }
}
