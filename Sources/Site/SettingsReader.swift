import Configuration
import Core
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
    private let faults = FaultList()

    /// What is wrong with the file, or with the names of variables, is told by ``check()``, after the values.
    init(file path: String?, environment variables: [String: String]) async {
        self.variables = variables
        environment = ConfigReader(
            provider: EnvironmentVariablesProvider(environmentVariables: variables).prefixKeys(with: "broadsheet"))
        filePath = path
        for fault in Self.unknown(variables) { faults.add(fault) }
        var reader: ConfigReader?
        do {
            if let path, try Self.hasKeys(inFile: path, faults) {
                reader = ConfigReader(provider: try await FileProvider<YAMLSnapshot>(filePath: FilePath(path)))
            }
        } catch let fault as SiteError {
            faults.add(fault)
        } catch {
            faults.add(
                SiteError(
                    path ?? "", "cannot be read as settings (\(error))", mend: "compare it with config/broadsheet.yaml")
            )
        }
        file = reader
    }

    /// - Throws: ``SiteError``, or ``SettingsFaults`` for several, for all that was found wrong so far.
    func check() throws { try faults.check() }

    /// Notes what is wrong with settings that do not fit each other.
    func add(_ fault: SiteError) { faults.add(fault) }

    /// The value from the environment, else the file, else the default. Of one that is not allowed the place, the value and
    /// what is allowed are noted, and the default is given.
    func value<Value>(_ setting: Setting<Value>) throws -> Value {
        let found = text(setting)
        if let value = setting.parse(found?.text ?? setting.fallback) { return value }
        let text = found?.text ?? setting.fallback
        let refusal = setting.refusal(text)
        let fault = SiteError(
            found?.place ?? setting.key, refusal?.problem ?? "“\(text)” is not allowed",
            mend: refusal?.mend ?? "write \(setting.allowed)")
        faults.add(fault)
        guard let fallback = setting.parse(setting.fallback) else { throw fault }
        return fallback
    }

    /// The value where one is written, else nil.
    func optional<Value>(_ setting: Setting<Value>) throws -> Value? {
        guard let found = text(setting), !found.text.isEmpty else { return nil }
        if let value = setting.parse(found.text) { return value }
        faults.add(
            SiteError(found.place, "“\(found.text)” is not allowed", mend: "write \(setting.allowed)"))
        return nil
    }

    /// A secret that only a file may hold.
    func secret(inFile setting: Setting<String>) throws -> String? {
        guard let path = try path(setting) else { return nil }
        do {
            return try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        } catch {
            faults.add(
                SiteError(
                    text(setting)?.place ?? setting.key, "cannot read \(path)",
                    mend: "name a file that this user may read"))
            return nil
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
            faults.add(
                SiteError(
                    place, "the value is not allowed (it is a secret, so it is not shown)",
                    mend: "write \(setting.allowed)"))
            return nil
        }
        return value
    }

    /// Where the database is: a relative path in the settings file is taken from its folder, and without a setting it lies
    /// beside that file, or in `/var/lib/broadsheet` for one below `/etc`. Without a file it is in the working folder.
    func database() throws -> String {
        let setting = SettingKeys.database
        let folder = filePath.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        guard let written = try secret(setting, orFile: SettingKeys.databaseFile) else {
            guard let folder else { return setting.fallback }
            let isSystems = folder == "/etc" || folder.hasPrefix("/etc/")
            return "sqlite:\(isSystems ? "/var/lib/broadsheet" : folder)/\(Self.databaseName)"
        }
        let isInFile = (text(setting) ?? text(SettingKeys.databaseFile))?.folder != nil
        guard isInFile, let folder, written.lowercased().hasPrefix("sqlite:") else { return written }
        let path = written.dropFirst("sqlite:".count)
        return path.hasPrefix("/") ? written : "sqlite:\(folder)/\(path)"
    }

    private static let databaseName = String(SettingKeys.database.fallback.dropFirst("sqlite:".count))

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

    /// Variables that look like settings and are none. Those of the tests, and ``Settings/fileVariable``, are known.
    private static func unknown(_ variables: [String: String]) -> [SiteError] {
        let known = SettingKeys.all.map(\.environmentName) + [Settings.fileVariable]
        let others = ["BROADSHEET_TEST_", "BROADSHEET_UPDATE_FIXTURES"]
        return variables.keys.sorted().filter { name in
            name.hasPrefix("BROADSHEET_") && !known.contains(name) && !others.contains { name.hasPrefix($0) }
        }.map { name in
            SiteError(
                name, "there is no such setting",
                mend: Suggestion.closest(to: name, in: known).map { "did you mean \($0)?" }
                    ?? "unset it; `broadsheet config reference` names all")
        }
    }

    /// Whether a file holds any. Keys that nothing reads are noted: a slip of the pen must not silently mean the default.
    ///
    /// - Throws: ``SiteError`` for a file that cannot be read or is no YAML mapping.
    private static func hasKeys(inFile path: String, _ faults: FaultList) throws -> Bool {
        let root = try YAMLFile(path: path).root
        guard let root, root != Node("", Tag(.null)) else { return false }
        guard let mapping = root.mapping else {
            throw SiteError(
                path, "is not a list of keys", mend: "write lines such as `web:` and, indented, `port: 8080`")
        }
        let known = SettingKeys.all.map(\.key)
        checkKeys(mapping, prefix: "", path: path, known: known, faults)
        return true
    }

    private static func checkKeys(
        _ mapping: Node.Mapping, prefix: String, path: String, known: [String], _ faults: FaultList
    ) {
        for (name, value) in mapping {
            let key = prefix + (name.string ?? "")
            if known.contains(key) { continue }
            if let inner = value.mapping, known.contains(where: { $0.hasPrefix(key + ".") }) {
                checkKeys(inner, prefix: key + ".", path: path, known: known, faults)
            } else if value == Node("", Tag(.null)), known.contains(where: { $0.hasPrefix(key + ".") }) {
                continue  // a section whose keys are all commented out
            } else {
                let line = name.mark.map { ":\($0.line)" } ?? ""
                faults.add(
                    SiteError(
                        path + line, "unknown key “\(key)”",
                        mend: Suggestion.closest(to: key, in: known).map { "did you mean “\($0)”?" }
                            ?? "the keys are listed in config/broadsheet.yaml"))
            }
        }
    }
}
