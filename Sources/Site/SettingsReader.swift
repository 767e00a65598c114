import Configuration
import Filters
import Foundation
import SystemPackage
import Yams

/// Reads settings as text, remembering where each came from so that an error can say it.
struct SettingsReader {
    private let environment: ConfigReader
    private let variables: [String: String]
    private let file: ConfigReader?
    private let filePath: String?

    /// - Throws: ``SiteError`` for a file that cannot be read, is no YAML mapping, or names an unknown key.
    init(file path: String?, environment variables: [String: String]) async throws {
        self.variables = variables
        environment = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "broadsheet"))
        filePath = path
        guard let path, try Self.hasKeys(inFile: path) else {
            file = nil
            return
        }
        do {
            file = ConfigReader(provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
        } catch {
            throw SiteError(
                path, "cannot be read as settings (\(error))", mend: "compare it with config/broadsheet.yaml")
        }
    }

    /// The value from the environment, else the file, else the default.
    ///
    /// - Throws: ``SiteError`` that names the place, the value and what is allowed.
    func value<Value>(_ setting: Setting<Value>) throws -> Value {
        let found = text(setting)
        guard let value = setting.parse(found?.text ?? setting.fallback) else {
            let place = found?.place ?? setting.key
            throw SiteError(
                place, "“\(found?.text ?? setting.fallback)” is not allowed", mend: "write \(setting.allowed)")
        }
        return value
    }

    /// The value where one is written, else nil.
    func optional<Value>(_ setting: Setting<Value>) throws -> Value? {
        guard let found = text(setting), !found.text.isEmpty else { return nil }
        return try value(setting)
    }

    /// A secret that only a file may hold.
    func secret(inFile setting: Setting<String>) throws -> String? {
        guard let path = try path(setting) else { return nil }
        do {
            return try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            throw SiteError(
                text(setting)?.place ?? setting.key, "cannot read \(path)",
                mend: "name a file that this user may read")
        }
    }

    /// A path, made absolute by where it was written; nil where none is.
    func path(_ setting: Setting<String>) throws -> String? {
        guard let found = text(setting), !found.text.isEmpty else { return nil }
        guard let folder = found.folder, !found.text.hasPrefix("/") else { return found.text }
        return folder + "/" + found.text
    }

    /// A secret from its own key or from the file that another key names. Its text never stands in an error.
    func secret(_ setting: Setting<String>, orFile fileSetting: Setting<String>) throws -> String? {
        var place = text(setting)?.place ?? setting.key
        var secret = text(setting)?.text
        if secret == nil, let path = try path(fileSetting) {
            place = path
            secret = try self.secret(inFile: fileSetting)
        }
        guard let secret else { return nil }
        guard let value = setting.parse(secret) else {
            throw SiteError(
                place, "the value is not allowed (it is a secret, so it is not shown)", mend: "write \(setting.allowed)"
            )
        }
        return value
    }

    /// The settings file where the setting stands in it.
    func file(of setting: Setting<some Any>) -> String? {
        text(setting).flatMap { $0.folder == nil ? nil : filePath }
    }

    /// Whether the value as it is written holds some text.
    func holds(_ setting: Setting<String>, _ part: String) -> Bool { text(setting)?.text.contains(part) ?? false }

    /// Whether the value as it is written is an address with a password.
    func holdsPassword(_ setting: Setting<String>) -> Bool {
        text(setting).flatMap { URLComponents(string: $0.text)?.password }?.isEmpty == false
    }

    private struct Found {
        let text: String
        let place: String
        /// The folder that a relative path is taken from; nil for the working folder.
        let folder: String?
    }

    private func text(_ setting: Setting<some Any>) -> Found? {
        let key = ConfigKey(setting.key.split(separator: ".").map(String.init))
        if let text = environment.string(forKey: key) {
            return Found(text: text, place: setting.environmentName, folder: nil)
        }
        if let filePath, let text = file?.string(forKey: key) {
            let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent().path
            return Found(text: text, place: "\(filePath): \(setting.key)", folder: folder)
        }
        return nil
    }

    /// Refuses keys that nobody reads: a slip of the pen must not silently mean the default. False for an empty file.
    private static func hasKeys(inFile path: String) throws -> Bool {
        let root = try YAMLFile(path: path).root
        guard let root, root != Node("", Tag(.null)) else { return false }
        guard let mapping = root.mapping else {
            throw SiteError(path, "is no list of keys", mend: "write lines such as `web:` and, indented, `port: 8080`")
        }
        let known = SettingKeys.all.map(\.key)
        try check(mapping, prefix: "", path: path, known: known)
        return true
    }

    private static func check(_ mapping: Node.Mapping, prefix: String, path: String, known: [String]) throws {
        for (name, value) in mapping {
            let key = prefix + (name.string ?? "")
            if known.contains(key) { continue }
            if let inner = value.mapping, known.contains(where: { $0.hasPrefix(key + ".") }) {
                try check(inner, prefix: key + ".", path: path, known: known)
            } else if value == Node("", Tag(.null)), known.contains(where: { $0.hasPrefix(key + ".") }) {
                continue  // a section whose keys are all commented out
            } else {
                let line = name.mark.map { ":\($0.line)" } ?? ""
                throw SiteError(
                    path + line, "unknown key “\(key)”",
                    mend: Suggestion.closest(to: key, in: known).map { "did you mean “\($0)”?" }
                        ?? "the keys are listed in config/broadsheet.yaml")
            }
        }
    }
}
