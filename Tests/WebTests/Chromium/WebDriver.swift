import Foundation
import Loopback
import TestSupport
import TestTools

/// A real Chromium without a window, driven through chromedriver by the WebDriver protocol (W3C WebDriver 2).
final class WebDriver: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// An element of the page that is open, by the protocol's reference.
    struct Element: Sendable {
        let reference: String
        static let key = "element-6066-11e4-a52e-4f735466cecf"
    }

    private let base: String
    private let session: String

    /// Whether both programs are where Debian's packages put them.
    static let isInstalled =
        FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")
        && FileManager.default.isExecutableFile(atPath: "/usr/bin/chromedriver")

    private init(base: String, session: String) {
        self.base = base
        self.session = session
    }

    /// Starts a browser, does something with it and ends it.
    static func run(language: String = "en", _ work: (WebDriver) async throws -> Void) async throws {
        let port = try await LoopbackPort.free()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/chromedriver")
        process.arguments = ["--port=\(port)", "--silent"]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            // It inherits the signals that the test's thread does not want, SIGTERM among them.
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        let base = "http://127.0.0.1:\(port)"
        _ = try await Browser().patiently { _ in
            let status = try await send("GET", base + "/status", nil) as? [String: Any]
            guard status?["ready"] as? Bool == true else { throw Failure(description: "chromedriver is not ready") }
            return true
        }
        let options: [String: Any] = [
            "binary": "/usr/bin/chromium",
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                "--lang=\(language)", "--accept-lang=\(language)",
            ],
        ]
        let capabilities = [
            "capabilities": [
                "alwaysMatch": [
                    "browserName": "chrome", "goog:chromeOptions": options,
                    // axe-core takes its time on a long page, on a machine under load.
                    "timeouts": ["script": 240_000],
                ] as [String: Any]
            ]
        ]
        let value = try await post(base + "/session", capabilities) as? [String: Any]
        guard let session = value?["sessionId"] as? String else {
            throw Failure(description: "no session: \(value ?? [:])")
        }
        let driver = WebDriver(base: base, session: session)
        do {
            try await work(driver)
        } catch {
            try? await driver.quit()
            throw error
        }
        try await driver.quit()
    }

    private func quit() async throws { _ = try await Self.send("DELETE", "\(base)/session/\(session)", nil) }

    // MARK: - The page

    func open(_ address: String) async throws { _ = try await command("url", ["url": address]) }

    /// The title of the page that is open.
    func title() async throws -> String { try await read("title") }
    func address() async throws -> String { try await read("url") }
    /// What the page shows, as a reader sees it.
    func text() async throws -> String { try await text(of: element("body")) }
    /// The page as it came.
    func source() async throws -> String { try await read("source") }

    func element(_ selector: String) async throws -> Element {
        let value = try await command("element", ["using": "css selector", "value": selector]) as? [String: String]
        guard let reference = value?[Element.key] else { throw Failure(description: "no element “\(selector)”") }
        return Element(reference: reference)
    }

    func text(of element: Element) async throws -> String { try await read("element/\(element.reference)/text") }

    /// Clicks a button that sends a form, and returns when the page that it leads to is there: when the button is gone with the
    /// page before. Any question then waits for the new one.
    func click(_ selector: String) async throws {
        let button = try await element(selector)
        _ = try await command("element/\(button.reference)/click", [:] as [String: String])
        await Awaiting.until { await isGone(button) }
        _ = try await title()
    }

    private func isGone(_ element: Element) async -> Bool {
        do {
            _ = try await read("element/\(element.reference)/name")
            return false
        } catch {
            return true
        }
    }

    /// Types into a field in place of what stands there.
    func type(_ text: String, into selector: String) async throws {
        let field = try await element(selector).reference
        _ = try await command("element/\(field)/clear", [:] as [String: String])
        _ = try await command("element/\(field)/value", ["text": text])
    }

    // MARK: - Looking closer

    /// Runs a script as the developer tools would, beside the page's own policy, and gives what it hands to `arguments[0]`.
    @discardableResult
    func script(_ text: String) async throws -> Any {
        try await command("execute/async", ["script": text, "args": [] as [String]] as [String: Any])
    }

    /// Makes the page as wide as a phone or a desk, by day or by night.
    func look(width: Int, dark: Bool) async throws {
        try await tool(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600])
        try await tool(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": dark ? "dark" : "light"]]])
    }

    /// The whole page as a PNG.
    func picture() async throws -> Data {
        let value = try await tool("Page.captureScreenshot", ["captureBeyondViewport": true]) as? [String: Any]
        guard let text = value?["data"] as? String, let data = Data(base64Encoded: text) else {
            throw Failure(description: "no picture")
        }
        return data
    }

    @discardableResult
    private func tool(_ name: String, _ parameters: [String: Any]) async throws -> Any {
        try await command("goog/cdp/execute", ["cmd": name, "params": parameters] as [String: Any])
    }

    // MARK: - The protocol

    private func read(_ path: String) async throws -> String {
        try await Self.send("GET", "\(base)/session/\(session)/\(path)", nil) as? String ?? ""
    }

    private func command(_ path: String, _ body: Any) async throws -> Any {
        try await Self.post("\(base)/session/\(session)/\(path)", body)
    }

    private static func post(_ address: String, _ body: Any) async throws -> Any {
        try await send("POST", address, try JSONSerialization.data(withJSONObject: body))
    }

    private static func send(_ method: String, _ address: String, _ body: Data?) async throws -> Any {
        let data = try await transfer(method, address, body)
        let answer = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        if let value = answer?["value"] as? [String: Any], let error = value["error"] as? String {
            throw Failure(description: "\(error): \(value["message"] ?? "")")
        }
        return answer?["value"] ?? ""
    }

    /// By the curl command, on a thread that may block: URLSession does not understand the head of chromedriver's answers.
    private static func transfer(_ method: String, _ address: String, _ body: Data?) async throws -> Data {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("broadsheet-\(UUID().uuidString).json")
        try (body ?? Data()).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        var arguments = ["--silent", "--show-error", "--max-time", "120", "--request", method]
        if body != nil {
            arguments += ["--header", "Content-Type: application/json", "--data-binary", "@\(file.path)"]
        }
        arguments.append(address)
        return try await withCheckedThrowingContinuation { [arguments] continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try Command.run("curl", arguments) }) }
        }
    }
}
