import Core
import Foundation
import Papers

/// A list of feeds as feed readers exchange it: OPML 2.0 (http://opml.org/spec2.opml).
public struct OPML: Sendable, Equatable {
    /// One subscription.
    public struct Outline: Sendable, Equatable {
        /// `xmlUrl`, absolute.
        public var url: String
        /// `title`, else `text`.
        public var title: String?

        public init(url: String, title: String? = nil) {
            self.url = url
            self.title = title
        }
    }

    public var title: String?
    /// In the order of the document, folders opened, each address once.
    public var outlines: [Outline]

    public init(title: String? = nil, outlines: [Outline]) {
        self.title = title
        self.outlines = outlines
    }

    /// Reads a list.
    ///
    /// - Throws: ``FeedError`` for a document that is no OPML.
    public init(parsing document: FeedDocument) throws(FeedError) {
        let text = DecodedText(document)
        var outlines: [Outline] = []
        var known: Set<String> = []
        do throws(FeedError) {
            // Each top-level outline comes as one element; folders hold the others.
            let outcome = try XMLReader.read(text, entries: ["body"]) { body, _ in
                Self.collect(body, into: &outlines, &known)
            }
            guard let head = outcome.head, head.name.local == "opml" else {
                throw FeedError(.wrongShape, "it is not OPML: export the list of feeds from your reader again")
            }
            title = head.children.first { $0.name.local == "head" }?.children.first { $0.name.local == "title" }
                .flatMap { FieldText.clean($0.text) }
        } catch {
            throw error.at(document.url)
        }
        self.outlines = outlines
    }

    private static func collect(_ element: XMLElement, into outlines: inout [Outline], _ known: inout Set<String>) {
        for child in element.children where child.name.local == "outline" {
            if let url = child[attribute: "xmlurl"].flatMap({ WebAddress.resolve($0, against: nil) }),
                known.insert(url).inserted
            {
                let title = [child[attribute: "title"], child[attribute: "text"]].compactMap(\.self)
                    .map(PlainText.clean).first { !$0.isEmpty }
                outlines.append(Outline(url: url, title: title))
            }
            collect(child, into: &outlines, &known)
        }
    }

    /// The document; `date` is when it was made.
    public func serialised(date: Date) -> String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#, #"<opml version="2.0">"#, "  <head>"]
        if let title { lines.append("    <title>\(Self.escaped(title))</title>") }
        lines += ["    <dateCreated>\(MailDate.string(date))</dateCreated>", "  </head>", "  <body>"]
        for outline in outlines {
            let name = Self.escaped(outline.title ?? outline.url)
            lines.append(
                #"    <outline type="rss" text="\#(name)" title="\#(name)" xmlUrl="\#(Self.escaped(outline.url))"/>"#)
        }
        return (lines + ["  </body>", "</opml>", ""]).joined(separator: "\n")
    }

    /// XML forbids most controls even as references (XML 1.0, section 2.2).
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case _ where scalar.value < 0x20: continue
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
